/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-handle.h"

#include "mullion-value.h"

#include <sys/socket.h>

/*
 * The messages that Node.js speaks of itself on an IPC channel: sockets that go from one process to
 * another, and whether they arrived.
 *
 * Lives in the main process. Node's own are in lib/internal/child_process.js and
 * lib/internal/socket_list.js of its source.
 */

#define PREFIX "NODE_"

static const struct
{
  const char *name;
  MullionNodeCommand command;
} commands[] = {
  { "NODE_HANDLE", MULLION_NODE_HANDLE },
  { "NODE_HANDLE_ACK", MULLION_NODE_HANDLE_ACK },
  { "NODE_HANDLE_NACK", MULLION_NODE_HANDLE_NACK },
  { "NODE_SOCKET_NOTIFY_CLOSE", MULLION_NODE_SOCKET_GONE },
  { "NODE_SOCKET_GET_COUNT", MULLION_NODE_SOCKET_COUNT },
};

static char *
dup_text (JsonNode   *value,
          const char *name)
{
  return mullion_value_dup_string (mullion_value_get_member (value, name), NULL);
}

MullionNodeCommand
mullion_node_handle_classify (JsonNode *message)
{
  g_autofree char *name = dup_text (message, "cmd");

  if (name == NULL || !g_str_has_prefix (name, PREFIX) || g_str_equal (name, PREFIX))
    return MULLION_NODE_MESSAGE;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return commands[i].command;

  return MULLION_NODE_OTHER;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_object (node, object);
  json_object_unref (object);

  return node;
}

JsonNode *
mullion_node_handle_new_answer (const char *command,
                                JsonNode   *about)
{
  JsonObject *object = json_object_new ();
  g_autofree char *key = about != NULL ? dup_text (about, "key") : NULL;

  json_object_set_string_member (object, "cmd", command);
  if (key != NULL)
    json_object_set_string_member (object, "key", key);
  if (g_str_equal (command, "NODE_SOCKET_COUNT"))
    json_object_set_int_member (object, "count", 0);

  return take_object (object);
}

static gboolean
is_listening (GSocket *socket)
{
  int value = 0;

  return g_socket_get_option (socket, SOL_SOCKET, SO_ACCEPTCONN, &value, NULL) && value != 0;
}

static gboolean
is_datagram (GSocket *socket)
{
  return g_socket_get_socket_type (socket) == G_SOCKET_TYPE_DATAGRAM;
}

gboolean
mullion_node_handle_is_moved (GSocket *socket)
{
  return !is_listening (socket) && !is_datagram (socket);
}

JsonNode *
mullion_node_handle_wrap (JsonNode *message,
                          GSocket  *socket)
{
  JsonObject *object = json_object_new ();
  const char *type = "net.Socket";

  if (is_datagram (socket))
    type = "dgram.Socket";
  else if (is_listening (socket))
    type = "net.Server";

  json_object_set_string_member (object, "cmd", "NODE_HANDLE");
  json_object_set_string_member (object, "type", type);
  if (is_datagram (socket))
    json_object_set_string_member (
        object, "dgramType", g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6 ? "udp6" : "udp4");
  json_object_set_member (object, "msg", message);

  return take_object (object);
}

JsonNode *
mullion_node_handle_unwrap (JsonNode *envelope)
{
  JsonNode *message = mullion_value_get_member (envelope, "msg");

  return message != NULL ? json_node_ref (message) : mullion_value_new_undefined ();
}
