/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-batch.h"

#include "mullion-web-frame-main.h"

/*
 * MullionBatch: what is left of a frame of messages when its turn is over.
 *
 * Lives in the main process. One frame may hold a million messages. They are handed out in many turns
 * of the loop, and each is freed with its turn, so that neither keeps the window waiting.
 */

/* Fewer are freed sooner than a thread begins. */
#define MANY_MESSAGES 1000

static void
free_message (gpointer message)
{
  if (message != NULL)
    json_node_unref (message);
}

MullionBatch *
mullion_batch_new (MullionWebFrameMain *sender,
                   MullionByteHold     *hold,
                   MullionFramePorts   *ports,
                   guint64              sync_id,
                   JsonArray           *messages,
                   guint                first)
{
  MullionBatch *self = g_new0 (MullionBatch, 1);
  guint length = json_array_get_length (messages);

  self->sender = g_object_ref (sender);
  self->hold = hold != NULL ? mullion_byte_hold_ref (hold) : NULL;
  self->ports = ports != NULL ? mullion_frame_ports_ref (ports) : NULL;
  self->sync_id = sync_id;
  self->messages = g_ptr_array_new_full (length - first, free_message);
  for (guint i = first; i < length; i++)
    g_ptr_array_add (self->messages, json_node_ref (json_array_get_element (messages, i)));

  return self;
}

JsonNode *
mullion_batch_take (MullionBatch *self,
                    guint64      *sync_id)
{
  if (self->next == self->messages->len)
    return NULL;

  *sync_id = self->next + 1 == self->messages->len ? self->sync_id : 0;

  return g_steal_pointer (&self->messages->pdata[self->next++]);
}

static gpointer
free_messages (gpointer messages)
{
  g_ptr_array_unref (messages);

  return NULL;
}

/* Nobody has seen those that are left, so any thread may free them. */
void
mullion_batch_free (MullionBatch *self)
{
  if (self->messages->len - self->next > MANY_MESSAGES)
    g_thread_unref (g_thread_new ("mullion-free", free_messages, self->messages));
  else
    free_messages (self->messages);
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->ports, mullion_frame_ports_unref);
  g_object_unref (self->sender);
  g_free (self);
}
