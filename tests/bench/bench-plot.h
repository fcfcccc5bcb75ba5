/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-results.h"

G_BEGIN_DECLS

gboolean bench_plot_is_possible (BenchResults  *results);
gboolean bench_plot_save        (BenchResults  *results,
                                 const char    *path,
                                 GError       **error);

G_END_DECLS
