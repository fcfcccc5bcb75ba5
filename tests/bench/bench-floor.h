/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gint64     bench_clock        (void);

gboolean   bench_floor_start  (GError **error);
JsonArray *bench_floor_run    (void);
JsonArray *bench_floor_copy   (gsize    size,
                               guint    n);
JsonArray *bench_floor_stream (void);

G_END_DECLS
