/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-rows.h"

#include "bench-series.h"

#include <json-glib/json-glib.h>
#include <string.h>

/*
 * The rows of the benchmark: which series of ours stands beside which other one, and how the two
 * are shown, as a table for people and as JSON for programs.
 */

typedef struct
{
  const char *name;
  const char *unit;
  const char *series;
  const char *reference_name;
  const char *reference;
} Row;

#define RATE "calls/s"
#define POST "postMessage with reply"
#define CLOSURE "closure made in C"
#define STRING "postMessage of a text"

static const Row rows[] = {
  { "invoke, one after another", "µs", "invoke", POST, "post" },
  { "invoke, one after another", "µs", "invoke", "raw socketpair", "floor" },
  { "invoke, page animates", "µs", "invoke-animated", POST, "post-animated" },
  { "invoke, 1,000 in flight", RATE, "invoke-in-flight", POST, "post-in-flight" },
  { "send", RATE, "send", "postMessage", "post-send" },
  { "sendSync", "µs", "sendSync", "raw socketpair", "floor" },
  { "main to page to main", "µs", "main-to-page", "evaluate_javascript", "evaluate" },
  { "bridge, empty call", "µs", "bridge-empty", CLOSURE, "closure-empty" },
  { "bridge, empty call", "µs", "bridge-empty", "plain function", "plain-empty" },
  { "bridge, string", "µs", "bridge-text", CLOSURE, "closure-text" },
  { "bridge, small object", "µs", "bridge-object", CLOSURE, "closure-object" },
  { "bridge, callback", "µs", "bridge-callback", CLOSURE, "closure-callback" },
  { "bridge, list of 400 objects", "µs", "bridge-list", CLOSURE, "closure-list" },
  { "bytes, 1 KiB", "µs", "bytes-1k", STRING, "post-text-1k" },
  { "bytes, 64 KiB", "µs", "bytes-64k", STRING, "post-text-64k" },
  { "bytes, 1 MiB", "µs", "bytes-1m", STRING, "post-text-1m" },
  { "bytes, 16 MiB", "µs", "bytes-16m", STRING, "post-text-16m" },
  { "bytes through the bridge, 16 MiB", "µs", "bridged-bytes-16m", STRING, "post-text-16m" },
  { "text, 1 KiB", "µs", "text-1k", STRING, "post-text-1k" },
  { "text, 64 KiB", "µs", "text-64k", STRING, "post-text-64k" },
  { "text, 1 MiB", "µs", "text-1m", STRING, "post-text-1m" },
  { "text, 16 MiB", "µs", "text-16m", STRING, "post-text-16m" },
};

static gboolean
is_rate (const Row *row)
{
  return g_str_has_suffix (row->unit, "/s");
}

/* Three digits that count, and no exponent. */
static char *
format (double value)
{
  int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;

  return g_strdup_printf ("%.*f", decimals, value);
}

static void
print_side (const char   *unit,
            BenchSummary  summary)
{
  g_autofree char *median = format (summary.median);
  g_autofree char *p99 = format (summary.p99);
  int width = 7 + strlen (unit) - g_utf8_strlen (unit, -1);

  g_print (" %9s %9s %4.0f%% %-*s", median, p99, summary.spread * 100, width, unit);
}

static void
print_row (const Row   *row,
           BenchSeries *ours,
           BenchSeries *reference)
{
  g_autofree char *ratio = format (bench_series_get_ratio (ours, reference));
  BenchSummary ratios = bench_series_compare (ours, reference);
  g_autofree char *median = format (ratios.median);

  g_print ("%-28s", row->name);
  print_side (row->unit, bench_series_summarize (ours, is_rate (row)));
  g_print ("  %-22s", row->reference_name);
  print_side (row->unit, bench_series_summarize (reference, is_rate (row)));
  g_print (" %7s %7s %4.0f%%\n", ratio, median, ratios.spread * 100);
}

void
bench_rows_print (GHashTable *series)
{
  g_print ("%-28s %9s %9s %5s %-7s  %-22s %9s %9s %5s %-7s %7s %7s %5s\n",
           "", "median", "p99", "iqr", "", "beside", "median", "p99", "iqr", "",
           "ratio", "rounds", "iqr");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenchSeries *ours = g_hash_table_lookup (series, rows[i].series);
      BenchSeries *reference = g_hash_table_lookup (series, rows[i].reference);

      if (ours != NULL && reference != NULL)
        print_row (&rows[i], ours, reference);
    }
}

static JsonObject *
describe (BenchSummary summary)
{
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "median", summary.median);
  json_object_set_double_member (object, "p99", summary.p99);
  json_object_set_double_member (object, "spread", summary.spread);

  return object;
}

static JsonObject *
describe_row (const Row   *row,
              BenchSeries *ours,
              BenchSeries *reference)
{
  JsonObject *object = json_object_new ();
  JsonObject *ratio = describe (bench_series_compare (ours, reference));

  json_object_set_double_member (ratio, "of_medians", bench_series_get_ratio (ours, reference));

  json_object_set_string_member (object, "name", row->name);
  json_object_set_string_member (object, "unit", row->unit);
  json_object_set_object_member (object, "mullion",
                                 describe (bench_series_summarize (ours, is_rate (row))));
  json_object_set_string_member (object, "reference_name", row->reference_name);
  json_object_set_object_member (object, "reference",
                                 describe (bench_series_summarize (reference, is_rate (row))));
  json_object_set_object_member (object, "ratio", ratio);

  return object;
}

gboolean
bench_rows_save (GHashTable  *series,
                 const char  *path,
                 GError     **error)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (root, array);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BenchSeries *ours = g_hash_table_lookup (series, rows[i].series);
      BenchSeries *reference = g_hash_table_lookup (series, rows[i].reference);

      if (ours != NULL && reference != NULL)
        json_array_add_object_element (array, describe_row (&rows[i], ours, reference));
    }

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);

  return json_generator_to_file (generator, path, error);
}
