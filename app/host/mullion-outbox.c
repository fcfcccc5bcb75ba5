/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-outbox.h"

#include "mullion-byte-store.h"
#include "mullion-web-frame-main-private.h"

/*
 * MullionOutbox: messages and questions that wait for a page to listen.
 *
 * Lives in the main process. A page that never comes must not make it grow for ever.
 */

/* Beyond this the oldest is dropped: a message with a warning, a question with an error. */
#define MAX_ITEMS 10000

/* Either a message or a question. */
typedef struct
{
  char *channel;
  JsonArray *args;           /* (nullable) */
  MullionByteHold *hold;     /* (nullable): the binary values of @args */
  GUnixFDList *ports;        /* (nullable) */
  MullionQuestion *question; /* (nullable): (owned), but for free_item () */
} Item;

struct _MullionOutbox
{
  GQueue items;
};

MullionOutbox *
mullion_outbox_new (void)
{
  MullionOutbox *self = g_new0 (MullionOutbox, 1);

  g_queue_init (&self->items);

  return self;
}

static void
free_item (Item *item)
{
  g_free (item->channel);
  g_clear_pointer (&item->args, json_array_unref);
  g_clear_pointer (&item->hold, mullion_byte_hold_unref);
  g_clear_object (&item->ports);
  g_free (item);
}

/* Returns: (transfer full) (nullable): the item's question */
static MullionQuestion *
take_question (Item *item)
{
  MullionQuestion *question = g_steal_pointer (&item->question);

  if (question != NULL)
    mullion_question_set_holder (question, NULL, NULL);

  return question;
}

static void
drop_oldest (MullionOutbox *self)
{
  Item *item = g_queue_pop_head (&self->items);
  MullionQuestion *question = take_question (item);

  if (question != NULL)
    mullion_question_fail (question, MULLION_ERROR_TOO_LARGE,
                           "Too many messages wait for the page to load");
  else
    g_warning ("More than %d messages wait for a page to load: one on '%s' is lost",
               MAX_ITEMS, item->channel);
  free_item (item);
}

static void
put (MullionOutbox *self,
     Item          *item)
{
  g_queue_push_tail (&self->items, item);
  if (g_queue_get_length (&self->items) > MAX_ITEMS)
    drop_oldest (self);
}

void
mullion_outbox_put (MullionOutbox *self,
                    const char    *channel,
                    JsonArray     *args)
{
  mullion_outbox_put_ports (self, channel, args, NULL);
}

void
mullion_outbox_put_ports (MullionOutbox *self,
                          const char    *channel,
                          JsonArray     *args,
                          GUnixFDList   *ports)
{
  Item *item = g_new0 (Item, 1);

  item->channel = g_strdup (channel);
  item->args = args;
  item->hold = mullion_byte_hold_new_array (args);
  item->ports = ports;
  put (self, item);
}

static void
leave_cb (MullionQuestion *question,
          gpointer         user_data)
{
  MullionOutbox *self = user_data;

  for (GList *l = self->items.head; l != NULL; l = l->next)
    {
      Item *item = l->data;

      if (item->question == question)
        {
          g_queue_delete_link (&self->items, l);
          free_item (item);
          return;
        }
    }
}

void
mullion_outbox_put_question (MullionOutbox   *self,
                             MullionQuestion *question)
{
  Item *item = g_new0 (Item, 1);

  item->question = question;
  mullion_question_set_holder (question, leave_cb, self);
  put (self, item);
}

/* Whoever is answered at once may close the page: what waits then is gone from the queue. */
void
mullion_outbox_flush (MullionOutbox       *self,
                      MullionWebFrameMain *frame)
{
  g_autoptr(MullionWebFrameMain) kept_frame = g_object_ref (frame);
  Item *item;

  while ((item = g_queue_pop_head (&self->items)) != NULL)
    {
      MullionQuestion *question = take_question (item);

      if (question != NULL)
        mullion_web_frame_main_ask (frame, question);
      else
        mullion_web_frame_main_deliver_ports (frame, 0, item->channel, item->args,
                                              g_steal_pointer (&item->ports));
      free_item (item);
    }
}

/* Each is taken out before the first is answered: an answer may ask anew. */
void
mullion_outbox_fail_questions (MullionOutbox *self)
{
  g_autoptr(GPtrArray) questions = g_ptr_array_new ();

  for (GList *l = self->items.head, *next; l != NULL; l = next)
    {
      MullionQuestion *question = take_question (l->data);

      next = l->next;
      if (question == NULL)
        continue;

      g_ptr_array_add (questions, question);
      free_item (l->data);
      g_queue_delete_link (&self->items, l);
    }

  for (guint i = 0; i < questions->len; i++)
    mullion_question_fail (questions->pdata[i], MULLION_ERROR_GONE, "There is no page");
}

void
mullion_outbox_clear (MullionOutbox *self)
{
  mullion_outbox_fail_questions (self);
  g_queue_clear_full (&self->items, (GDestroyNotify) free_item);
}

void
mullion_outbox_free (MullionOutbox *self)
{
  mullion_outbox_clear (self);
  g_free (self);
}
