/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-batch.h"

#include "mullion-web-frame-main.h"

/*
 * MullionBatch: what is left of a frame of messages when its turn is over.
 *
 * Lives in the main process. One frame may hold a million messages, and even to look at each takes
 * long. So they stay where they are, and are handed out in many turns of the loop.
 */

MullionBatch *
mullion_batch_new (MullionWebFrameMain *sender,
                   MullionByteHold     *hold,
                   MullionFramePorts   *ports,
                   guint64              sync_id,
                   JsonArray           *messages,
                   guint                first)
{
  MullionBatch *self = g_new0 (MullionBatch, 1);

  self->sender = g_object_ref (sender);
  self->hold = hold != NULL ? mullion_byte_hold_ref (hold) : NULL;
  self->ports = ports != NULL ? mullion_frame_ports_ref (ports) : NULL;
  self->sync_id = sync_id;
  self->messages = json_array_ref (messages);
  self->next = first;

  return self;
}

JsonNode *
mullion_batch_take (MullionBatch *self,
                    guint64      *sync_id)
{
  guint length = json_array_get_length (self->messages);

  if (self->next == length)
    return NULL;

  *sync_id = self->next + 1 == length ? self->sync_id : 0;

  return json_array_dup_element (self->messages, self->next++);
}

void
mullion_batch_free (MullionBatch *self)
{
  json_array_unref (self->messages);
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->ports, mullion_frame_ports_unref);
  g_object_unref (self->sender);
  g_free (self);
}
