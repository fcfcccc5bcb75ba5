/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-socket-peer.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SOCKET_CLIENT (mullion_socket_client_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSocketClient, mullion_socket_client, MULLION, SOCKET_CLIENT, GObject)

MULLION_AVAILABLE_IN_ALL
MullionSocketClient *mullion_socket_client_new             (const char           *path);
MULLION_AVAILABLE_IN_ALL
MullionSocketClient *mullion_socket_client_new_tcp         (guint16               port);

MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_client_open            (MullionSocketClient  *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_client_close           (MullionSocketClient  *self);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_socket_client_send            (MullionSocketClient  *self,
                                                            const char           *type,
                                                            JsonNode             *data,
                                                            GError              **error);

MULLION_AVAILABLE_IN_ALL
MullionSocketPeer   *mullion_socket_client_get_peer        (MullionSocketClient  *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_client_set_retry       (MullionSocketClient  *self,
                                                            guint                 milliseconds);
MULLION_AVAILABLE_IN_ALL
void                 mullion_socket_client_set_max_retries (MullionSocketClient  *self,
                                                            guint                 max_retries);

G_END_DECLS
