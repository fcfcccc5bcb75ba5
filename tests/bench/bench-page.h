/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-results.h"

G_BEGIN_DECLS

gboolean bench_page_run (BenchResults *results,
                         GStrv         series,
                         int           warm_up_rounds,
                         int           rounds);

G_END_DECLS
