/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-ledger.h"

#include "mullion-bus-error.h"
#include "mullion-message-error.h"
#include "mullion-message-stream.h"
#include "mullion-message-writer.h"
#include "mullion-plain-json.h"

/*
 * MullionBusLedger: what an engine of the message bus owes, and what is owed to it.
 *
 * A connection may break before the server has answered. Then nobody knows whether it took a job, or
 * heard that one is done: both are said again. And a server that did not hear it gives a job a second
 * time, which its worker must not see.
 */

/* In bytes: what a job takes beside its text, here and on the way. */
#define OVERHEAD 512

/* A job of a queue, which only there is known by its id. */
typedef struct
{
  char *queue;
  char *id;
} Key;

struct _MullionBusLedger
{
  GQueue pushes; /* of MullionBusPush (owned) */
  gsize size;    /* of their texts */

  GHashTable *held; /* set of Key (owned) */
  GHashTable *done; /* the same */
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->id) ^ g_str_hash (key->queue);
}

static gboolean
equal_keys (gconstpointer a,
            gconstpointer b)
{
  const Key *first = a;
  const Key *second = b;

  return g_str_equal (first->id, second->id) && g_str_equal (first->queue, second->queue);
}

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free (key->queue);
  g_free (key->id);
  g_free (key);
}

static Key *
new_key (const char *queue,
         const char *id)
{
  Key *key = g_new (Key, 1);

  key->queue = g_strdup (queue);
  key->id = g_strdup (id);

  return key;
}

static void
free_push (MullionBusPush *push)
{
  g_free (push->id);
  g_free (push->queue);
  json_node_unref (push->value);
  g_object_unref (push->task);
  g_free (push);
}

MullionBusLedger *
mullion_bus_ledger_new (void)
{
  MullionBusLedger *self = g_new0 (MullionBusLedger, 1);

  g_queue_init (&self->pushes);
  self->held = g_hash_table_new_full (hash_key, equal_keys, free_key, NULL);
  self->done = g_hash_table_new_full (hash_key, equal_keys, free_key, NULL);

  return self;
}

void
mullion_bus_ledger_clear (MullionBusLedger *self)
{
  MullionBusPush *push;

  self->size = 0;
  while ((push = g_queue_pop_head (&self->pushes)) != NULL)
    {
      g_task_return_new_error (push->task, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED,
                               "The bus was closed before it took the job");
      free_push (push);
    }

  g_hash_table_remove_all (self->held);
  g_hash_table_remove_all (self->done);
}

void
mullion_bus_ledger_free (MullionBusLedger *self)
{
  mullion_bus_ledger_clear (self);
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->done);
  g_free (self);
}

/* -- Jobs for others -- */

static gboolean
check_size (MullionBusLedger  *self,
            gsize              size,
            GError           **error)
{
  if (size > MULLION_MESSAGE_STREAM_MAX_SIZE)
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                 "A job of %" G_GSIZE_FORMAT " bytes is over the limit of %u bytes", size,
                 MULLION_MESSAGE_STREAM_MAX_SIZE);
  else if (self->size > 0 && self->size + size > MULLION_MESSAGE_WRITER_MAX_QUEUED)
    g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FULL,
                 "The bus does not take jobs: %" G_GSIZE_FORMAT " bytes are waiting for it",
                 self->size);
  else
    return TRUE;

  return FALSE;
}

MullionBusPush *
mullion_bus_ledger_add_push (MullionBusLedger *self,
                             const char       *queue,
                             JsonNode         *value,
                             GTask            *task)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GError *error = NULL;
  MullionBusPush *push;

  if (!mullion_plain_json_write (text, value, &error) || !check_size (self, text->len, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return NULL;
    }

  push = g_new (MullionBusPush, 1);
  push->id = g_uuid_string_random ();
  push->queue = g_strdup (queue);
  push->value = json_node_ref (value);
  push->size = text->len + OVERHEAD;
  push->task = task;
  g_queue_push_tail (&self->pushes, push);
  self->size += push->size;

  return push;
}

void
mullion_bus_ledger_finish_push (MullionBusLedger *self,
                                const char       *id,
                                GError           *error)
{
  for (GList *link = self->pushes.head; link != NULL; link = link->next)
    {
      MullionBusPush *push = link->data;

      if (!g_str_equal (push->id, id))
        continue;

      g_queue_delete_link (&self->pushes, link);
      self->size -= push->size;
      if (error != NULL)
        g_task_return_error (push->task, g_steal_pointer (&error));
      else
        g_task_return_boolean (push->task, TRUE);
      free_push (push);
      break;
    }

  g_clear_error (&error);
}

void
mullion_bus_ledger_foreach_push (MullionBusLedger   *self,
                                 MullionBusPushFunc  func,
                                 gpointer            user_data)
{
  g_queue_foreach (&self->pushes, (GFunc) (void (*) (void)) func, user_data);
}

/* -- Jobs for us -- */

gboolean
mullion_bus_ledger_receive (MullionBusLedger *self,
                            const char       *queue,
                            const char       *id)
{
  Key key = { (char *) queue, (char *) id };

  if (g_hash_table_contains (self->done, &key))
    return FALSE;

  return g_hash_table_add (self->held, new_key (queue, id));
}

gboolean
mullion_bus_ledger_acknowledge (MullionBusLedger *self,
                                const char       *queue,
                                const char       *id)
{
  Key key = { (char *) queue, (char *) id };

  if (!g_hash_table_remove (self->held, &key))
    return FALSE;

  g_hash_table_add (self->done, new_key (queue, id));
  return TRUE;
}

void
mullion_bus_ledger_confirm (MullionBusLedger *self,
                            const char       *queue,
                            const char       *id)
{
  Key key = { (char *) queue, (char *) id };

  g_hash_table_remove (self->done, &key);
}

guint
mullion_bus_ledger_count_held (MullionBusLedger *self,
                               const char       *queue)
{
  GHashTableIter iter;
  gpointer key;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += g_str_equal (((Key *) key)->queue, queue) ? 1 : 0;

  return n;
}

static void
call_for_each (GHashTable        *table,
               MullionBusJobFunc  func,
               gpointer           user_data)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    func (((Key *) key)->queue, ((Key *) key)->id, user_data);
}

void
mullion_bus_ledger_foreach_held (MullionBusLedger  *self,
                                 MullionBusJobFunc  func,
                                 gpointer           user_data)
{
  call_for_each (self->held, func, user_data);
}

void
mullion_bus_ledger_foreach_done (MullionBusLedger  *self,
                                 MullionBusJobFunc  func,
                                 gpointer           user_data)
{
  call_for_each (self->done, func, user_data);
}
