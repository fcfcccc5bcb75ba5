/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-render-streams.h"

G_BEGIN_DECLS

/* Gives the native door, an object of @context, what preload/stream-ends.js needs. */
void mullion_native_add_stream_functions (JSCValue             *native,
                                          JSCContext           *context,
                                          MullionRenderStreams *streams);

G_END_DECLS
