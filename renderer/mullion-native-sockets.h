/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-render-sockets.h"

G_BEGIN_DECLS

/* Gives the native door, an object of @context, what preload/sockets.js needs. */
void         mullion_native_add_socket_functions (JSCValue             *native,
                                                  JSCContext           *context,
                                                  MullionRenderSockets *sockets);

/* (transfer full): the bytes of @buffers, a JavaScript array of ArrayBuffers. They stay where they
 * are until a script runs again. The runtime has put the same offsets into the text. */
MullionSide *mullion_native_gather_side          (JSCValue             *buffers);

G_END_DECLS
