/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-series.h"

G_BEGIN_DECLS

typedef struct _BenchResults BenchResults;

BenchResults *bench_results_new        (GHashTable         *wanted);
void          bench_results_free       (BenchResults       *self);

gboolean      bench_results_wants      (BenchResults       *self,
                                        const char         *name);
GHashTable   *bench_results_get_wanted (BenchResults       *self);

void          bench_results_add        (BenchResults       *self,
                                        const char         *name,
                                        const double       *samples,
                                        guint               n_samples);
BenchSeries  *bench_results_lookup     (BenchResults       *self,
                                        const char         *name);

/* What is not on this machine, and so a series cannot be measured. */
void          bench_results_miss       (BenchResults       *self,
                                        const char         *name,
                                        const char         *what);
const char   *bench_results_get_missed (BenchResults       *self,
                                        const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchResults, bench_results_free)

G_END_DECLS
