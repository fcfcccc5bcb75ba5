/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-socket-peer.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SOCKET_SERVER (mullion_socket_server_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSocketServer, mullion_socket_server, MULLION, SOCKET_SERVER, GObject)

MULLION_AVAILABLE_IN_ALL
char                *mullion_socket_server_build_path          (const char           *socket_root,
                                                                const char           *appspace,
                                                                const char           *id);

MULLION_AVAILABLE_IN_ALL
MullionSocketServer *mullion_socket_server_new                 (void);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_socket_server_listen              (MullionSocketServer  *self,
                                                                const char           *path,
                                                                GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_socket_server_listen_tcp          (MullionSocketServer  *self,
                                                                guint16               port,
                                                                GError              **error);
MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_server_stop                (MullionSocketServer  *self);

MULLION_AVAILABLE_IN_ALL
gboolean             mullion_socket_server_broadcast           (MullionSocketServer  *self,
                                                                const char           *type,
                                                                JsonNode             *data,
                                                                GError              **error);

MULLION_AVAILABLE_IN_ALL
guint16              mullion_socket_server_get_port            (MullionSocketServer  *self);
MULLION_AVAILABLE_IN_ALL
GPtrArray           *mullion_socket_server_get_peers           (MullionSocketServer  *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_server_set_max_connections (MullionSocketServer  *self,
                                                                guint                 max_connections);

G_END_DECLS
