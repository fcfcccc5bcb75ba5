/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bench-series.h"

G_BEGIN_DECLS

/*
 * What a row should reach: the reference's median times @factor, plus @plus in the row's unit; at
 * most that of a cost, at least that of a rate. Both are 0 where nothing is asked.
 */
typedef struct
{
  double factor;
  double plus;
} BenchGoal;

/* Two series side by side. */
typedef struct
{
  const char *name;
  const char *unit;
  const char *series;
  const char *reference_name;
  const char *reference;
  BenchGoal goal;
  BenchGoal goal_without_gpu; /* where it is another one */
  gboolean is_long;           /* no part of a quick run */
} BenchRow;

const BenchRow *bench_rows_get     (gsize           *n_rows);
GHashTable     *bench_rows_choose  (char           **only,
                                    char           **series,
                                    gboolean         is_quick,
                                    GError         **error);

gboolean        bench_row_is_rate  (const BenchRow  *row);
BenchGoal       bench_row_get_goal (const BenchRow  *row);
gboolean        bench_row_is_met   (const BenchRow  *row,
                                    BenchSeries     *ours,
                                    BenchSeries     *reference);

G_END_DECLS
