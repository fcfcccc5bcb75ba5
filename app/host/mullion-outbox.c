/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-outbox.h"

#include "mullion-byte-store.h"
#include "mullion-web-frame-main-private.h"

/*
 * MullionOutbox: messages that wait for a page to listen.
 *
 * Lives in the main process. A page that never comes must not make it grow for ever.
 */

/* Beyond this the oldest is dropped, with a warning. */
#define MAX_MESSAGES 10000

typedef struct
{
  char *channel;
  JsonArray *args; /* (nullable) */
  MullionByteHold *hold; /* (nullable): the binary values of @args */
} Message;

struct _MullionOutbox
{
  GQueue messages;
};

MullionOutbox *
mullion_outbox_new (void)
{
  MullionOutbox *self = g_new0 (MullionOutbox, 1);

  g_queue_init (&self->messages);

  return self;
}

static void
free_message (gpointer data)
{
  Message *message = data;

  g_free (message->channel);
  g_clear_pointer (&message->args, json_array_unref);
  g_clear_pointer (&message->hold, mullion_byte_hold_unref);
  g_free (message);
}

void
mullion_outbox_put (MullionOutbox *self,
                    const char    *channel,
                    JsonArray     *args)
{
  Message *message = g_new (Message, 1);

  if (g_queue_get_length (&self->messages) >= MAX_MESSAGES)
    {
      Message *oldest = g_queue_pop_head (&self->messages);

      g_warning ("More than %d messages wait for a page to load: one on '%s' is lost",
                 MAX_MESSAGES, oldest->channel);
      free_message (oldest);
    }

  message->channel = g_strdup (channel);
  message->args = args;
  message->hold = mullion_byte_hold_new_array (args);
  g_queue_push_tail (&self->messages, message);
}

void
mullion_outbox_flush (MullionOutbox       *self,
                      MullionWebFrameMain *frame)
{
  Message *message;

  while ((message = g_queue_pop_head (&self->messages)) != NULL)
    {
      mullion_web_frame_main_deliver (frame, 0, message->channel, message->args);
      free_message (message);
    }
}

void
mullion_outbox_clear (MullionOutbox *self)
{
  g_queue_clear_full (&self->messages, free_message);
}

void
mullion_outbox_free (MullionOutbox *self)
{
  mullion_outbox_clear (self);
  g_free (self);
}
