/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-stream-failure.h"

G_BEGIN_DECLS

/* Below GDK's painting: a stream that is fast slows itself down, and not the window. */
#define MULLION_STREAM_PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

/* (transfer full): what C is told of a stream that failed. */
GError               *mullion_stream_error_new       (const MullionStreamFailure *failure);
/* (transfer full): what a page is told when C wants no more, or has no more to say. */
MullionStreamFailure *mullion_stream_failure_new_let_go (const char              *message);

G_END_DECLS
