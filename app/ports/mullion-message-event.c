/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-event-private.h"

#include "mullion-json-access.h"

/**
 * MullionMessageEvent:
 *
 * A message that came through a [class@MessagePortMain].
 *
 * Since: 0.1
 */
struct _MullionMessageEvent
{
  GObject parent_instance;

  JsonArray *data;       /* what came, as its first element */
  MullionByteHold *hold; /* (nullable): the binary values of it */
  GPtrArray *ports;
};

G_DEFINE_FINAL_TYPE (MullionMessageEvent, mullion_message_event, G_TYPE_OBJECT)

/**
 * mullion_message_event_get_data:
 * @self: an event
 *
 * Gets what was sent. A page chose it: check it before use.
 *
 * Returns: (transfer none) (nullable): the message, which lives as long as the event; %NULL when the
 *   main process sent `undefined`
 *
 * Since: 0.1
 */
JsonNode *
mullion_message_event_get_data (MullionMessageEvent *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_EVENT (self), NULL);

  return mullion_json_node_at (self->data, 0);
}

/**
 * mullion_message_event_get_ports:
 * @self: an event
 * @n_ports: (out): how many
 *
 * Gets the ports that came with the message, in their order. One that nobody references is closed
 * with the event.
 *
 * Returns: (array length=n_ports) (transfer none) (nullable): the ports, %NULL if there are none
 *
 * Since: 0.1
 */
MullionMessagePortMain **
mullion_message_event_get_ports (MullionMessageEvent *self,
                                 guint               *n_ports)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_EVENT (self), NULL);
  g_return_val_if_fail (n_ports != NULL, NULL);

  *n_ports = self->ports->len;

  return *n_ports > 0 ? (MullionMessagePortMain **) self->ports->pdata : NULL;
}

static void
mullion_message_event_finalize (GObject *object)
{
  MullionMessageEvent *self = MULLION_MESSAGE_EVENT (object);

  g_clear_pointer (&self->data, json_array_unref);
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_clear_pointer (&self->ports, g_ptr_array_unref);

  G_OBJECT_CLASS (mullion_message_event_parent_class)->finalize (object);
}

static void
mullion_message_event_class_init (MullionMessageEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_message_event_finalize;
}

static void
mullion_message_event_init (MullionMessageEvent *self)
{
}

MullionMessageEvent *
mullion_message_event_new (JsonArray       *data,
                           MullionByteHold *hold,
                           GPtrArray       *ports)
{
  MullionMessageEvent *self = g_object_new (MULLION_TYPE_MESSAGE_EVENT, NULL);

  self->data = data;
  self->hold = hold;
  self->ports = ports;

  return self;
}
