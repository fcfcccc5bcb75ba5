/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WRITABLE_STREAM (mullion_writable_stream_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWritableStream, mullion_writable_stream, MULLION, WRITABLE_STREAM,
                      GOutputStream)

MULLION_AVAILABLE_IN_ALL
void mullion_writable_stream_abort (MullionWritableStream *self,
                                    GError                *reason);

G_END_DECLS
