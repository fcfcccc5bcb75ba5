/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-results.h"

/*
 * BenchResults: which series are wanted in this run, and what was measured of each.
 */

struct _BenchResults
{
  GHashTable *wanted; /* a set of names */
  GHashTable *series; /* name → BenchSeries */
  GHashTable *missed; /* name → what is missing */
};

/* @wanted: (transfer full): a set of names */
BenchResults *
bench_results_new (GHashTable *wanted)
{
  BenchResults *self = g_new (BenchResults, 1);

  self->wanted = wanted;
  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) bench_series_free);
  self->missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
bench_results_free (BenchResults *self)
{
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->series);
  g_hash_table_unref (self->missed);
  g_free (self);
}

gboolean
bench_results_wants (BenchResults *self,
                     const char   *name)
{
  return g_hash_table_contains (self->wanted, name);
}

GHashTable *
bench_results_get_wanted (BenchResults *self)
{
  return self->wanted;
}

void
bench_results_add (BenchResults *self,
                   const char   *name,
                   const double *samples,
                   guint         n_samples)
{
  BenchSeries *series = g_hash_table_lookup (self->series, name);

  if (series == NULL)
    {
      series = bench_series_new ();
      g_hash_table_insert (self->series, g_strdup (name), series);
    }

  bench_series_add (series, samples, n_samples);
}

/* Returns: (nullable): what was measured of a series */
BenchSeries *
bench_results_lookup (BenchResults *self,
                      const char   *name)
{
  return g_hash_table_lookup (self->series, name);
}

void
bench_results_miss (BenchResults *self,
                    const char   *name,
                    const char   *what)
{
  g_hash_table_insert (self->missed, g_strdup (name), g_strdup (what));
}

/* Returns: (nullable): what a series that is wanted could not be measured for */
const char *
bench_results_get_missed (BenchResults *self,
                          const char   *name)
{
  return bench_results_wants (self, name) ? g_hash_table_lookup (self->missed, name) : NULL;
}
