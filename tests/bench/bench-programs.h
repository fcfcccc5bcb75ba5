/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-results.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean bench_programs_run       (BenchResults  *results,
                                   const char    *folder,
                                   int            rounds,
                                   gboolean       is_quick,
                                   GError       **error);

gboolean bench_programs_measure   (const char    *series);

G_END_DECLS
