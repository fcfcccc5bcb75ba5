/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SOCKET_PEER (mullion_socket_peer_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSocketPeer, mullion_socket_peer, MULLION, SOCKET_PEER, GObject)

MULLION_AVAILABLE_IN_ALL
gboolean    mullion_socket_peer_send           (MullionSocketPeer  *self,
                                                const char         *type,
                                                JsonNode           *data,
                                                GError            **error);
MULLION_AVAILABLE_IN_ALL
void        mullion_socket_peer_close          (MullionSocketPeer  *self);

MULLION_AVAILABLE_IN_ALL
gboolean    mullion_socket_peer_is_connected   (MullionSocketPeer  *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_socket_peer_get_id         (MullionSocketPeer  *self);
MULLION_AVAILABLE_IN_ALL
int         mullion_socket_peer_get_process_id (MullionSocketPeer  *self);
MULLION_AVAILABLE_IN_ALL
gsize       mullion_socket_peer_get_queued     (MullionSocketPeer  *self);

MULLION_AVAILABLE_IN_ALL
void        mullion_socket_peer_set_max_queued (MullionSocketPeer  *self,
                                                gsize               max_queued);
MULLION_AVAILABLE_IN_ALL
void        mullion_socket_peer_set_max_size   (MullionSocketPeer  *self,
                                                gsize               max_size);
MULLION_AVAILABLE_IN_ALL
void        mullion_socket_peer_set_reading    (MullionSocketPeer  *self,
                                                gboolean            reading);

G_END_DECLS
