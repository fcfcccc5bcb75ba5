/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes to @stream what comes from the other end of @fd, and closes it at the end. When that is an
 * error, it is closed as GIO does to drop what was written. Takes @fd. Looks after itself. */
void mullion_stream_sink_start (GOutputStream *stream,
                                int            fd);

G_END_DECLS
