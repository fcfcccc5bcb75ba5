/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_READABLE_STREAM (mullion_readable_stream_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionReadableStream, mullion_readable_stream, MULLION, READABLE_STREAM,
                      GInputStream)

MULLION_AVAILABLE_IN_ALL
void mullion_readable_stream_cancel (MullionReadableStream *self,
                                     GError                *reason);

G_END_DECLS
