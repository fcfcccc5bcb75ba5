/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-web-socket.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The end of a server, on a connection whose handshake is done. */
MullionWebSocket *mullion_web_socket_new_accepted (GIOStream  *connection,
                                                   GUri       *uri,
                                                   const char *protocol);

G_END_DECLS
