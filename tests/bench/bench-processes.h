/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray     *bench_processes_list           (int         root);
gboolean    bench_processes_are_alive      (GArray     *processes);

double      bench_processes_get_memory     (GArray     *processes);
GHashTable *bench_processes_list_wake_ups  (GArray     *processes);
guint64     bench_processes_count_wake_ups (GArray     *processes,
                                            GHashTable *before);

G_END_DECLS
