/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-report.h"

#include "bench-rows.h"

#include <json-glib/json-glib.h>

/*
 * Shows the rows of which both series were measured, as a table for people and as JSON for
 * programs.
 */

/* Calls @visit with the rows that there are results of. */
typedef void (*VisitFunc) (const BenchRow *row,
                           BenchSeries    *ours,
                           BenchSeries    *reference,
                           gpointer        user_data);

static void
visit_rows (BenchResults *results,
            VisitFunc     visit,
            gpointer      user_data)
{
  gsize n_rows;
  const BenchRow *rows = bench_rows_get (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      BenchSeries *ours = bench_results_lookup (results, rows[i].series);
      BenchSeries *reference = bench_results_lookup (results, rows[i].reference);

      if (ours != NULL && reference != NULL)
        visit (&rows[i], ours, reference, user_data);
    }
}

static gboolean
is_asked (BenchGoal goal)
{
  return goal.factor != 0 || goal.plus != 0;
}

/* Three digits that count, and no exponent. */
static char *
format (double value)
{
  double size = ABS (value);
  int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;

  return g_strdup_printf ("%.*f", decimals, value);
}

/* Such as "≤ 0.15", or "≤ 1 + 4 MiB", of which the first number counts the reference. */
static char *
describe_goal (const BenchRow *row)
{
  BenchGoal goal = bench_row_get_goal (row);
  const char *sign = bench_row_is_rate (row) ? "≥" : "≤";

  if (!is_asked (goal))
    return g_strdup ("");
  if (goal.plus == 0)
    return g_strdup_printf ("%s %.3g", sign, goal.factor);
  if (goal.factor == 0)
    return g_strdup_printf ("%s %.6g %s", sign, goal.plus, row->unit);

  return g_strdup_printf ("%s %.3g + %.3g %s", sign, goal.factor, goal.plus, row->unit);
}

/* -- The table -- */

static void
print_padded (const char *text,
              int         width)
{
  int padding = width - (int) g_utf8_strlen (text, -1);

  g_print ("%s%*s", text, MAX (padding, 0), "");
}

static void
print_side (BenchSummary summary)
{
  g_autofree char *median = format (summary.median);
  g_autofree char *p99 = format (summary.p99);

  g_print (" %9s %9s %4.0f%% ", median, p99, summary.spread * 100);
}

static void
print_row (const BenchRow *row,
           BenchSeries    *ours,
           BenchSeries    *reference,
           gpointer        user_data)
{
  gboolean is_rate = bench_row_is_rate (row);
  BenchSummary ratios = bench_series_compare (ours, reference, is_rate);
  g_autofree char *ratio = format (ratios.median);
  g_autofree char *ratio_p99 = format (ratios.p99);
  g_autofree char *goal = describe_goal (row);

  print_padded (row->name, 40);
  print_padded (row->unit, 10);
  print_side (bench_series_summarize (ours, is_rate));
  g_print (" ");
  print_padded (row->reference_name, 30);
  print_side (bench_series_summarize (reference, is_rate));
  g_print ("%8s %8s %4.0f%%", ratio, ratio_p99, ratios.spread * 100);
  if (*goal != '\0')
    {
      g_print ("  ");
      print_padded (goal, 14);
      g_print (" %s", bench_row_is_met (row, ours, reference) ? "met" : "NOT MET");
    }
  g_print ("\n");
}

/* A row that is simply not there would look forgotten. */
static void
print_missed (BenchResults *results)
{
  gsize n_rows;
  const BenchRow *rows = bench_rows_get (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      const char *what = bench_results_get_missed (results, rows[i].series);

      if (what == NULL)
        continue;
      print_padded (rows[i].name, 50);
      g_print (" not measured: %s is not installed\n", what);
    }
}

void
bench_report_print (BenchResults *results)
{
  g_print ("%-50s %9s %9s %5s  %-30s %9s %9s %5s %8s %8s %5s  %s\n", "", "median", "p99", "iqr",
           "beside", "median", "p99", "iqr", "ratio", "p99", "iqr", "wanted");
  visit_rows (results, print_row, NULL);
  print_missed (results);
}

/* -- JSON -- */

static JsonObject *
describe_summary (BenchSummary summary)
{
  JsonObject *object = json_object_new ();

  json_object_set_double_member (object, "median", summary.median);
  json_object_set_double_member (object, "p99", summary.p99);
  json_object_set_double_member (object, "spread", summary.spread);

  return object;
}

static void
add_row (const BenchRow *row,
         BenchSeries    *ours,
         BenchSeries    *reference,
         gpointer        user_data)
{
  JsonObject *object = json_object_new ();
  gboolean is_rate = bench_row_is_rate (row);
  JsonObject *ratio = describe_summary (bench_series_compare (ours, reference, is_rate));
  g_autofree char *goal = describe_goal (row);

  json_object_set_double_member (ratio, "of_medians", bench_series_get_ratio (ours, reference));

  json_object_set_string_member (object, "name", row->name);
  json_object_set_string_member (object, "unit", row->unit);
  json_object_set_object_member (object, "mullion",
                                 describe_summary (bench_series_summarize (ours, is_rate)));
  json_object_set_string_member (object, "reference_name", row->reference_name);
  json_object_set_object_member (object, "reference",
                                 describe_summary (bench_series_summarize (reference, is_rate)));
  json_object_set_object_member (object, "ratio", ratio);
  if (*goal != '\0')
    {
      json_object_set_string_member (object, "wanted", goal);
      json_object_set_boolean_member (object, "met", bench_row_is_met (row, ours, reference));
    }

  json_array_add_object_element (user_data, object);
}

gboolean
bench_report_save (BenchResults  *results,
                   const char    *path,
                   GError       **error)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (root, array);
  visit_rows (results, add_row, array);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);

  return json_generator_to_file (generator, path, error);
}
