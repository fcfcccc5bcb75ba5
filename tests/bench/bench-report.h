/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-results.h"

G_BEGIN_DECLS

void     bench_report_print (BenchResults  *results);
gboolean bench_report_save  (BenchResults  *results,
                             const char    *path,
                             GError       **error);

G_END_DECLS
