/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For the class of a stream whose close_fn never waits: GIO would have a thread call it. To be called
 * when close_fn is set. */
void mullion_instant_close_install (GInputStreamClass *stream_class);

G_END_DECLS
