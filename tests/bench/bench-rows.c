/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-rows.h"

#include "mullion-graphics.h"

#include <string.h>

/*
 * The rows of the benchmark: which series of ours stands beside which other one, and what the
 * comparison should come to. A new row is a line here, and the two series that it names.
 */

#define RATE "calls/s"
#define SPEED "MB/s"
#define POST "postMessage with reply"
#define CLOSURE "closure made in C"
#define BARE "bare program"

/* A payload of each kind, beside what WebKit has for a page that sends as much. */
#define TEXT(size, ...) \
  { "text, " size, "µs", "text-" size, POST, "post-text-" size, __VA_ARGS__ }
#define BYTES(size, ...) \
  { "ArrayBuffer, " size, "µs", "bytes-" size, POST ", text", "post-text-" size, __VA_ARGS__ }
#define FETCH(size, ...) \
  { "ArrayBuffer, " size, "µs", "bytes-" size, "fetch of a scheme", "fetch-" size, __VA_ARGS__ }
#define PRELOAD(size, ...) \
  { "ArrayBuffer of the preload, " size, "µs", "preload-bytes-" size, POST ", text", \
    "post-text-" size, __VA_ARGS__ }
#define LONG .is_long = TRUE

/* An app chooses how it is drawn (docs/architecture.md, "Graphics"). Here it leaves that to GTK and
 * WebKit, as the bare program does. */
#define SAME ", same drawing"

static const BenchRow rows[] = {
  { "invoke, one after another", "µs", "invoke", POST, "post", { 0.15 } },
  { "invoke, one after another", "µs", "invoke", "raw socketpair", "floor", { 3 } },
  { "invoke, page animates", "µs", "invoke-animated", POST, "post-animated", LONG },
  { "invoke, 1,000 in flight", RATE, "invoke-in-flight", POST, "post-in-flight", { 4 } },
  { "send", RATE, "send", "postMessage", "post-send" },
  { "sendSync", "µs", "sendSync", "raw socketpair", "floor" },
  { "main to page to main", "µs", "main-to-page", "evaluate_javascript", "evaluate" },

  { "bridge, empty call", "µs", "bridge-empty", CLOSURE, "closure-empty", { 1.0 / 15 } },
  { "bridge, empty call", "µs", "bridge-empty", "plain function", "plain-empty", { 0, 0.1 } },
  { "bridge, string", "µs", "bridge-text", CLOSURE, "closure-text" },
  { "bridge, small object", "µs", "bridge-object", CLOSURE, "closure-object" },
  { "bridge, callback", "µs", "bridge-callback", CLOSURE, "closure-callback" },
  { "bridge, list of 400 objects", "µs", "bridge-list", CLOSURE, "closure-list" },

  TEXT ("1 KiB"), TEXT ("4 KiB"), TEXT ("16 KiB"), TEXT ("64 KiB"), TEXT ("256 KiB"),
  TEXT ("1 MiB", { 0.5 }), TEXT ("4 MiB", LONG), TEXT ("16 MiB", LONG), TEXT ("64 MiB", LONG),

  { "text, 1 MiB", "µs", "text-1 MiB", "its seven copies alone", "copies-1 MiB" },

  BYTES ("1 KiB"), BYTES ("4 KiB"), BYTES ("16 KiB"), BYTES ("64 KiB"), BYTES ("256 KiB"),
  BYTES ("1 MiB"), BYTES ("4 MiB", LONG), BYTES ("16 MiB", { 0.1 }, LONG), BYTES ("64 MiB", LONG),

  { "ArrayBuffer, 16 MiB", "µs", "bytes-16 MiB", "its four copies alone", "copies-16 MiB", LONG },

  PRELOAD ("1 MiB"), PRELOAD ("16 MiB", { 0.1 }, LONG), PRELOAD ("64 MiB", LONG),

  FETCH ("1 KiB"), FETCH ("4 KiB"), FETCH ("16 KiB"), FETCH ("64 KiB"), FETCH ("256 KiB"),
  FETCH ("1 MiB"), FETCH ("4 MiB", LONG), FETCH ("16 MiB", LONG), FETCH ("64 MiB", LONG),

  { "stream, C to page", SPEED, "stream-down", "raw socketpair", "floor-stream",
    { .plus = 1000 } },
  { "stream, C to preload", SPEED, "stream-down-preload", "raw socketpair", "floor-stream" },
  { "stream, page to C", SPEED, "stream-up", "raw socketpair", "floor-stream" },

  { "stdio, round trip", "µs", "stdio", "raw pipe", "pipe" },
  { "Node's channel, round trip", "µs", "channel", "raw socketpair", "socketpair" },
  { "Node's channel, round trip to Node.js", "µs", "node", "raw socketpair", "socketpair" },
  { "Node's channel, advanced, round trip to Node.js", "µs", "advanced", "raw socketpair", "socketpair" },
  { "helper's port, round trip", "µs", "helper", "raw socketpair", "socketpair" },
  { "socket, round trip", "µs", "socket", "raw socketpair", "socketpair" },
  { "WebSocket, round trip", "µs", "web-socket", "raw socketpair", "socketpair" },
  { "local bus, round trip", "µs", "bus", "raw socketpair", "socketpair" },
  { "Redis, round trip", "µs", "redis", "raw socketpair", "socketpair" },
  { "D-Bus, round trip", "µs", "dbus", "raw socketpair", "socketpair" },
  { "stdio, 64 KiB texts", "MB/s", "stdio-rate", "raw pipe", "pipe-rate" },
  { "Node's channel, 64 KiB texts", "MB/s", "channel-rate", "raw socketpair", "socketpair-rate" },
  { "Node's channel, 64 KiB texts to Node.js", "MB/s", "node-rate", "raw socketpair",
    "socketpair-rate" },
  { "Node's channel, advanced, 64 KiB texts to Node.js", "MB/s", "advanced-rate", "raw socketpair",
    "socketpair-rate" },
  { "helper's port, 64 KiB texts", "MB/s", "helper-rate", "raw socketpair", "socketpair-rate" },
  { "socket, 64 KiB texts", "MB/s", "socket-rate", "raw socketpair", "socketpair-rate" },
  { "WebSocket, 64 KiB texts", "MB/s", "web-socket-rate", "raw socketpair", "socketpair-rate" },
  { "local bus, 64 KiB texts", "MB/s", "bus-rate", "raw socketpair", "socketpair-rate" },
  { "Redis, 64 KiB texts", "MB/s", "redis-rate", "raw socketpair", "socketpair-rate" },
  { "D-Bus, 64 KiB texts", "MB/s", "dbus-rate", "raw socketpair", "socketpair-rate" },

  { "start to DOMContentLoaded", "ms", "app-start", BARE, "bare-start", { 1 }, { 0.9 } },
  { "start to DOMContentLoaded" SAME, "ms", "app-same-start", BARE, "bare-start", { 1 } },
  { "start to first paint", "ms", "app-paint", BARE, "bare-paint" },
  { "start to first paint" SAME, "ms", "app-same-paint", BARE, "bare-paint" },

  { "memory, 1 window", "MiB", "app-memory", BARE, "bare-memory", { 1, 4 }, { 0.6 } },
  { "memory, 1 window" SAME, "MiB", "app-same-memory", BARE, "bare-memory", { 1, 4 } },
  { "memory, 1 window, no acceleration", "MiB", "app-unaccelerated-memory", BARE, "bare-memory",
    { 1, 4 }, { 0.6 }, LONG },
  { "memory, 2 windows", "MiB", "app-2-memory", "2 bare programs", "bares-2-memory", LONG },
  { "memory, 2 windows", "MiB", "app-2-memory", BARE ", 2 windows", "bare-2-memory", LONG },
  { "memory, 5 windows", "MiB", "app-5-memory", "5 bare programs", "bares-5-memory", LONG },
  { "memory, 5 windows", "MiB", "app-5-memory", BARE ", 5 windows", "bare-5-memory", LONG },
  { "memory, a further window", "MiB", "app-further", "a second bare program", "bare-further",
    { 0.5 }, LONG },

  { "wake-ups, 5 s idle", "wake-ups", "app-idle", BARE, "bare-idle", { 1 } },
};

const BenchRow *
bench_rows_get (gsize *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);

  return rows;
}

/* -- Which series are measured -- */

static void
choose (GHashTable     *chosen,
        const BenchRow *row)
{
  g_hash_table_add (chosen, (char *) row->series);
  g_hash_table_add (chosen, (char *) row->reference);
}

static gboolean
contains (const char *text,
          const char *part)
{
  g_autofree char *folded_text = g_utf8_casefold (text, -1);
  g_autofree char *folded_part = g_utf8_casefold (part, -1);

  return strstr (folded_text, folded_part) != NULL;
}

static gboolean
choose_rows (GHashTable *chosen,
             const char *part)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (!contains (rows[i].name, part))
        continue;

      choose (chosen, &rows[i]);
      found = TRUE;
    }

  return found;
}

static gboolean
choose_series (GHashTable *chosen,
               const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *both[] = { rows[i].series, rows[i].reference };

      for (gsize j = 0; j < G_N_ELEMENTS (both); j++)
        if (g_str_equal (both[j], name))
          {
            g_hash_table_add (chosen, (char *) both[j]);
            return TRUE;
          }
    }

  return FALSE;
}

static GHashTable *
choose_all (gboolean is_quick)
{
  GHashTable *chosen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!is_quick || !rows[i].is_long)
      choose (chosen, &rows[i]);

  return chosen;
}

/*
 * @only: (nullable): parts of the names of rows
 * @series: (nullable): names of series, to be measured without what stands beside them
 *
 * Returns: (transfer full): the names of the series to measure, all without @only and @series
 */
GHashTable *
bench_rows_choose (char     **only,
                   char     **series,
                   gboolean   is_quick,
                   GError   **error)
{
  g_autoptr(GHashTable) chosen = NULL;

  if (only == NULL && series == NULL)
    return choose_all (is_quick);

  chosen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; only != NULL && only[i] != NULL; i++)
    if (!choose_rows (chosen, only[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "no row has '%s' in its name", only[i]);
        return NULL;
      }

  for (gsize i = 0; series != NULL && series[i] != NULL; i++)
    if (!choose_series (chosen, series[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "no series is named '%s'", series[i]);
        return NULL;
      }

  return g_steal_pointer (&chosen);
}

/* -- What a row should reach -- */

/* Of a rate, more is better. */
gboolean
bench_row_is_rate (const BenchRow *row)
{
  return g_str_has_suffix (row->unit, "/s");
}

static gboolean
is_asked (BenchGoal goal)
{
  return goal.factor != 0 || goal.plus != 0;
}

/* The library's own look at the machine, by which it chooses how to draw. */
static gboolean
has_gpu (void)
{
  g_autoptr(MullionGraphics) graphics = mullion_graphics_look ("/", NULL);

  return graphics->kind != MULLION_GRAPHICS_SOFTWARE;
}

BenchGoal
bench_row_get_goal (const BenchRow *row)
{
  return is_asked (row->goal_without_gpu) && !has_gpu () ? row->goal_without_gpu : row->goal;
}

gboolean
bench_row_is_met (const BenchRow *row,
                  BenchSeries    *ours,
                  BenchSeries    *reference)
{
  BenchGoal goal = bench_row_get_goal (row);
  gboolean is_rate = bench_row_is_rate (row);
  double value = bench_series_summarize (ours, is_rate).median;
  double limit = bench_series_summarize (reference, is_rate).median * goal.factor + goal.plus;

  /* Where only the ratio counts, it is the one that stands in the table. */
  if (goal.plus == 0)
    {
      value = bench_series_compare (ours, reference, is_rate).median;
      limit = goal.factor;
    }

  return is_rate ? value >= limit : value <= limit;
}
