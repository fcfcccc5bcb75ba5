/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads @stream as fast as the other end of @fd takes it, and closes it at its end, at an error, or
 * when the other end wants no more. Takes @fd. Looks after itself. */
void mullion_stream_pump_start (GInputStream *stream,
                                int           fd);

G_END_DECLS
