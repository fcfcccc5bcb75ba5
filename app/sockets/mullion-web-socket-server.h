/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-socket.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WEB_SOCKET_SERVER (mullion_web_socket_server_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWebSocketServer, mullion_web_socket_server, MULLION, WEB_SOCKET_SERVER, GObject)

MULLION_AVAILABLE_IN_ALL
MullionWebSocketServer *mullion_web_socket_server_new                 (void);

MULLION_AVAILABLE_IN_ALL
gboolean                mullion_web_socket_server_listen              (MullionWebSocketServer  *self,
                                                                       const char              *path,
                                                                       GError                 **error);
MULLION_AVAILABLE_IN_ALL
gboolean                mullion_web_socket_server_listen_tcp          (MullionWebSocketServer  *self,
                                                                       guint16                  port,
                                                                       GError                 **error);
MULLION_AVAILABLE_IN_ALL
void                    mullion_web_socket_server_stop                (MullionWebSocketServer  *self);

MULLION_AVAILABLE_IN_ALL
guint16                 mullion_web_socket_server_get_port            (MullionWebSocketServer  *self);
MULLION_AVAILABLE_IN_ALL
GPtrArray              *mullion_web_socket_server_get_clients         (MullionWebSocketServer  *self);
MULLION_AVAILABLE_IN_ALL
void                    mullion_web_socket_server_allow_origin        (MullionWebSocketServer  *self,
                                                                       const char              *origin);
MULLION_AVAILABLE_IN_ALL
gboolean                mullion_web_socket_server_set_protocols       (MullionWebSocketServer  *self,
                                                                       const char * const      *protocols,
                                                                       GError                 **error);
MULLION_AVAILABLE_IN_ALL
void                    mullion_web_socket_server_set_max_connections (MullionWebSocketServer  *self,
                                                                       guint                    max_connections);

G_END_DECLS
