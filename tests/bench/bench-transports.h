/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-results.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean bench_transports_run     (BenchResults  *results,
                                   const char    *folder,
                                   int            rounds,
                                   GError       **error);

gboolean bench_transports_measure (const char    *series);

G_END_DECLS
