/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-socket-address.h"

G_BEGIN_DECLS

/* Connects, and asks for a WebSocket. Takes @address. */
void       mullion_web_socket_handshake_async  (MullionWebSocketAddress  *address,
                                                const char *const        *protocols,
                                                GCancellable             *cancellable,
                                                GAsyncReadyCallback       callback,
                                                gpointer                  user_data);
/* (nullable) (transfer full): a connection where frames follow. @protocol: (nullable): what was agreed */
GIOStream *mullion_web_socket_handshake_finish (GAsyncResult             *result,
                                                char                    **protocol,
                                                GError                  **error);

G_END_DECLS
