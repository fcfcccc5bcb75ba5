/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-socket-peer.h"

G_BEGIN_DECLS

/* One end of a connection. @pid: of the process at the other end, or -1 */
MullionSocketPeer *mullion_socket_peer_new       (GSocketConnection  *connection,
                                                  int                 pid);
/* Sends what mullion_socket_message_write () wrote. */
gboolean           mullion_socket_peer_send_text (MullionSocketPeer  *self,
                                                  GString            *text,
                                                  GError            **error);

G_END_DECLS
