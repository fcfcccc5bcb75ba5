/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What Node.js calls a handle: a socket that goes with a message. */

/* What a message is to the protocol itself. */
typedef enum
{
  MULLION_NODE_MESSAGE,     /* one of the program's */
  MULLION_NODE_HANDLE,      /* one of the program's, with a handle */
  MULLION_NODE_HANDLE_ACK,  /* the handle was received */
  MULLION_NODE_HANDLE_NACK, /* it was not */
  MULLION_NODE_SOCKET_GONE, /* how many sockets of a server live here? When the last is closed? */
  MULLION_NODE_SOCKET_COUNT,
  MULLION_NODE_OTHER, /* Node's own, and nothing for us */
} MullionNodeCommand;

MullionNodeCommand mullion_node_handle_classify   (JsonNode      *message);
/* (transfer full): the message { cmd: @command }, about the same server as @about. */
JsonNode          *mullion_node_handle_new_answer (const char    *command,
                                                   JsonNode      *about);
/* (transfer full): @message, with the name of the kind of @socket. Takes @message. */
JsonNode          *mullion_node_handle_wrap       (JsonNode      *message,
                                                   GSocket       *socket);
/* (transfer full): what mullion_node_handle_wrap () wrapped. */
JsonNode          *mullion_node_handle_unwrap     (JsonNode      *envelope);
/* Whether the sender has no use of its own for @socket any more. */
gboolean           mullion_node_handle_is_moved   (GSocket       *socket);

G_END_DECLS
