/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-message.h"

#include "mullion-message-error.h"
#include "mullion-plain-json.h"
#include "mullion-value.h"

/*
 * Messages with a type, as node-ipc and many others have them.
 */

gboolean
mullion_socket_message_write (GString     *out,
                              const char  *type,
                              JsonNode    *data,
                              GError     **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonNode) message = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, "type", type);
  json_object_set_member (object, "data",
                          data != NULL ? data : json_node_init_null (json_node_alloc ()));

  return mullion_plain_json_write (out, message, error);
}

gboolean
mullion_socket_message_read (const char  *text,
                             gsize        length,
                             char       **type,
                             JsonNode   **data,
                             GError     **error)
{
  g_autoptr(JsonNode) message = mullion_plain_json_read (text, length, error);
  JsonNode *member = NULL;

  if (message == NULL)
    return FALSE;

  if (mullion_value_get_kind (message) == MULLION_VALUE_OBJECT)
    member = mullion_value_get_member (message, "type");

  if (member == NULL || mullion_value_get_kind (member) != MULLION_VALUE_STRING)
    {
      g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX,
                           "This is no object with a “type” that is a text");
      return FALSE;
    }

  *type = mullion_value_dup_string (member, NULL);
  member = mullion_value_get_member (message, "data");
  *data = member != NULL ? json_node_ref (member) : mullion_value_new_undefined ();
  return TRUE;
}
