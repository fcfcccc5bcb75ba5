/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bridge.h"

/*
 * What the bridges of the launcher share: how they speak with a page over its port.
 */

gboolean
mullion_bridge_tell (MullionMessagePortMain  *port,
                     const char              *type,
                     const char              *name,
                     JsonNode                *value,
                     GError                 **error)
{
  JsonObject *object = json_object_new ();
  JsonNode *message = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, "type", type);
  if (name != NULL)
    json_object_set_member (object, name, value);

  return mullion_message_port_main_post_message (port, message, NULL, 0, error);
}

MullionMessagePortMain *
mullion_bridge_take_port (MullionIpcMainEvent *event)
{
  guint n_ports = 0;
  MullionMessagePortMain **ports = mullion_ipc_main_event_get_ports (event, &n_ports);

  if (n_ports == 1)
    return g_object_ref (ports[0]);

  g_info ("'%s' takes one message port, and a page sent %u",
          mullion_ipc_main_event_get_channel (event), n_ports);
  return NULL;
}

char *
mullion_bridge_dup_text (JsonNode   *value,
                         const char *name)
{
  JsonNode *member = NULL;

  if (value != NULL && mullion_value_get_kind (value) == MULLION_VALUE_OBJECT)
    member = mullion_value_get_member (value, name);

  return member != NULL && mullion_value_get_kind (member) == MULLION_VALUE_STRING
             ? mullion_value_dup_string (member, NULL) : NULL;
}
