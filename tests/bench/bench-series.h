/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BenchSeries BenchSeries;

/* @spread: the distance of the quartiles of what was summed up, as a part of @median. */
typedef struct
{
  double median;
  double p99;
  double spread;
} BenchSummary;

BenchSeries  *bench_series_new         (void);
void          bench_series_free        (BenchSeries       *self);

void          bench_series_add         (BenchSeries       *self,
                                        const double      *samples,
                                        guint              n_samples);
BenchSummary  bench_series_summarize   (BenchSeries       *self,
                                        gboolean           is_rate);

double        bench_series_get_ratio   (BenchSeries       *self,
                                        BenchSeries       *reference);
BenchSummary  bench_series_compare     (BenchSeries       *self,
                                        BenchSeries       *reference,
                                        gboolean           is_rate);

G_END_DECLS
