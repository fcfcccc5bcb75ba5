/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-series.h"

/*
 * BenchSeries: what was measured of one thing, round by round.
 *
 * Two series are compared by their medians, and round by round as well: what the machine did in a
 * round hit both, so that the ratios of rounds vary less than the times.
 */

struct _BenchSeries
{
  GArray *samples; /* double, of all rounds */
  GArray *medians; /* double, one a round */
};

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* @part: 0 to 1 */
static double
get_quantile (GArray *values,
              double  part)
{
  g_autoptr(GArray) sorted = g_array_copy (values);

  if (sorted->len == 0)
    return 0;

  g_array_sort (sorted, compare_doubles);
  return g_array_index (sorted, double, (guint) (part * (sorted->len - 1) + 0.5));
}

static double
get_spread (GArray *values)
{
  double median = get_quantile (values, 0.5);

  if (median == 0)
    return 0;

  return (get_quantile (values, 0.75) - get_quantile (values, 0.25)) / median;
}

BenchSeries *
bench_series_new (void)
{
  BenchSeries *self = g_new (BenchSeries, 1);

  self->samples = g_array_new (FALSE, FALSE, sizeof (double));
  self->medians = g_array_new (FALSE, TRUE, sizeof (double));

  return self;
}

void
bench_series_free (BenchSeries *self)
{
  g_array_unref (self->samples);
  g_array_unref (self->medians);
  g_free (self);
}

/* Adds what was measured in a round: both series of a row are measured in the same rounds. */
void
bench_series_add (BenchSeries  *self,
                  const double *samples,
                  guint         n_samples)
{
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  double median;

  g_array_append_vals (values, samples, n_samples);
  median = get_quantile (values, 0.5);
  g_array_append_vals (self->samples, samples, n_samples);
  g_array_append_val (self->medians, median);
}

/* Of a rate, the worst hundredth is the slowest one. */
BenchSummary
bench_series_summarize (BenchSeries *self,
                        gboolean     is_rate)
{
  return (BenchSummary) {
    .median = get_quantile (self->samples, 0.5),
    .p99 = get_quantile (self->samples, is_rate ? 0.01 : 0.99),
    .spread = get_spread (self->medians),
  };
}

/* The ratio of the medians of all samples. */
double
bench_series_get_ratio (BenchSeries *self,
                        BenchSeries *reference)
{
  double median = get_quantile (reference->samples, 0.5);

  return median > 0 ? get_quantile (self->samples, 0.5) / median : 0;
}

/* Sums up the ratios of the rounds. */
BenchSummary
bench_series_compare (BenchSeries *self,
                      BenchSeries *reference,
                      gboolean     is_rate)
{
  g_autoptr(GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < MIN (self->medians->len, reference->medians->len); i++)
    {
      double median = g_array_index (reference->medians, double, i);
      double ratio = median > 0 ? g_array_index (self->medians, double, i) / median : 0;

      g_array_append_val (ratios, ratio);
    }

  return (BenchSummary) {
    .median = get_quantile (ratios, 0.5),
    .p99 = get_quantile (ratios, is_rate ? 0.01 : 0.99),
    .spread = get_spread (ratios),
  };
}
