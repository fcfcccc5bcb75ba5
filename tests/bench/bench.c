/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion.h>

#include "bench-floor.h"
#include "bench-rows.h"
#include "bench-series.h"
#include "bench-webkit.h"

#include <stdlib.h>

/*
 * The benchmark: an app of one window, whose page measures Mullion and what it is compared with in
 * turns (bench.js). This is its main process: it answers, holds the clock, keeps the samples and
 * prints what they come to.
 */

#define ROUND_TRIPS 300

typedef struct
{
  MullionApp *app;
  MullionWebContents *contents; /* (unowned): the window's */

  int rounds;
  char **only;
  char *json_path;

  GHashTable *series; /* name → BenchSeries */
  GArray *arrivals;   /* gint64: when messages came in, since the page last asked */
  gboolean is_done;

  /* The series that is run from here, for the page. */
  MullionIpcMainInvokeEvent *run;
  JsonArray *pongs;
  gint64 ping_time;
} Bench;

/* -- The other end of the page's messages -- */

static void
note_arrival (Bench *bench)
{
  gint64 now = bench_clock ();

  g_array_append_val (bench->arrivals, now);
}

static JsonNode *
dup_first (JsonArray *args)
{
  return json_array_get_length (args) > 0 ? json_array_dup_element (args, 0) : NULL;
}

static void
echo (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  note_arrival (user_data);
  mullion_ipc_main_invoke_event_return (event, dup_first (args));
}

static void
echo_sync_cb (MullionIpcMainEvent *event,
              JsonArray           *args,
              gpointer             user_data)
{
  note_arrival (user_data);
  mullion_ipc_main_event_set_return_value (event, dup_first (args));
}

static void
send_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
}

/* -- Series that are run from here -- */

static void
return_samples (JsonArray *samples,
                gpointer   user_data)
{
  Bench *bench = user_data;
  g_autoptr(MullionIpcMainInvokeEvent) event = g_steal_pointer (&bench->run);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, samples);
  mullion_ipc_main_invoke_event_return (event, node);
}

static void
ping (Bench *bench)
{
  JsonArray *args = json_array_new ();

  json_array_add_int_element (args, 42);
  bench->ping_time = bench_clock ();
  mullion_web_contents_send (bench->contents, "bench:ping", args);
}

static void
pong_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Bench *bench = user_data;

  json_array_add_double_element (bench->pongs, (bench_clock () - bench->ping_time) / 1000.0);
  if (json_array_get_length (bench->pongs) < ROUND_TRIPS)
    ping (bench);
  else
    return_samples (g_steal_pointer (&bench->pongs), bench);
}

static void
run (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  Bench *bench = user_data;
  const char *name = json_array_get_string_element (args, 0);

  bench->run = g_object_ref (event);
  if (g_str_equal (name, "floor"))
    {
      return_samples (bench_floor_run (), bench);
    }
  else if (g_str_equal (name, "evaluate"))
    {
      bench_webkit_evaluate (mullion_web_contents_get_web_view (bench->contents),
                             return_samples, bench);
    }
  else
    {
      bench->pongs = json_array_sized_new (ROUND_TRIPS);
      ping (bench);
    }
}

/* -- The clock and the report -- */

static void
clock_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (
    event, json_node_init_int (json_node_alloc (), bench_clock ()));
}

/* Answers with the microseconds between each arrival and the one before. */
static void
take_arrivals_cb (MullionIpcMainEvent *event,
                  JsonArray           *args,
                  gpointer             user_data)
{
  GArray *arrivals = ((Bench *) user_data)->arrivals;
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *gaps = json_array_new ();

  for (guint i = 1; i < arrivals->len; i++)
    json_array_add_double_element (gaps, (g_array_index (arrivals, gint64, i) -
                                          g_array_index (arrivals, gint64, i - 1)) / 1000.0);
  g_array_set_size (arrivals, 0);
  json_node_take_array (node, gaps);
  mullion_ipc_main_event_set_return_value (event, node);
}

static void
options_cb (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  Bench *bench = user_data;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *options = json_object_new ();
  JsonArray *only = json_array_new ();

  for (guint i = 0; bench->only != NULL && bench->only[i] != NULL; i++)
    json_array_add_string_element (only, bench->only[i]);
  json_object_set_int_member (options, "rounds", bench->rounds);
  json_object_set_array_member (options, "only", only);
  json_node_take_object (node, options);
  mullion_ipc_main_event_set_return_value (event, node);
}

static void
report_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  Bench *bench = user_data;
  const char *name = json_array_get_string_element (args, 0);
  BenchSeries *series = g_hash_table_lookup (bench->series, name);

  if (series == NULL)
    {
      series = bench_series_new ();
      g_hash_table_insert (bench->series, g_strdup (name), series);
    }

  bench_series_add (series, json_array_get_int_element (args, 1),
                    json_array_get_array_element (args, 2));
  mullion_ipc_main_event_set_return_value (event, NULL);
}

static int
print_report (Bench *bench)
{
  g_autoptr(GError) error = NULL;

  bench_rows_print (bench->series);
  if (bench->json_path != NULL && !bench_rows_save (bench->series, bench->json_path, &error))
    {
      g_printerr ("Saving the results failed: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}

static void
done_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Bench *bench = user_data;
  const char *failure = json_array_get_string_element (args, 0);

  bench->is_done = TRUE;
  if (failure != NULL)
    g_printerr ("The page failed: %s\n", failure);

  mullion_app_exit (bench->app, failure != NULL ? EXIT_FAILURE : print_report (bench));
}

/* -- The app -- */

static void
add_handlers (Bench *bench)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (bench->app);
  const struct { const char *channel; MullionIpcMainListener listener; } listeners[] = {
    { "bench:send", send_cb }, { "bench:echo-sync", echo_sync_cb }, { "bench:pong", pong_cb },
    { "bench:clock", clock_cb }, { "bench:take-arrivals", take_arrivals_cb },
    { "bench:options", options_cb }, { "bench:report", report_cb }, { "bench:done", done_cb },
  };

  mullion_ipc_main_handle (ipc, "bench:echo", echo, bench, NULL);
  mullion_ipc_main_handle (ipc, "bench:run", run, bench, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    mullion_ipc_main_on (ipc, listeners[i].channel, listeners[i].listener, bench, NULL);
}

static void
console_cb (MullionWebContents *contents,
            int                 level,
            const char         *message,
            int                 line,
            const char         *source,
            gpointer            user_data)
{
  g_printerr ("%s:%d: %s\n", source, line, message);
}

static void
preload_error_cb (MullionWebContents *contents,
                  const char         *path,
                  const char         *message,
                  Bench              *bench)
{
  g_printerr ("%s: %s\n", path, message);
  mullion_app_exit (bench->app, EXIT_FAILURE);
}

static void
ready_cb (MullionApp *app,
          Bench      *bench)
{
  g_autoptr(GError) error = NULL;
  MullionBrowserWindow *window = mullion_browser_window_new_from_json (
    app, "{ \"title\": \"Benchmark\", \"webPreferences\": { \"preload\": \"preload.js\" } }",
    &error);

  if (window == NULL)
    g_error ("Making the window failed: %s", error->message);

  bench->contents = mullion_browser_window_get_web_contents (window);
  g_signal_connect (bench->contents, "console-message", G_CALLBACK (console_cb), NULL);
  g_signal_connect (bench->contents, "preload-error", G_CALLBACK (preload_error_cb), bench);
  bench_webkit_add_handlers (mullion_web_contents_get_web_view (bench->contents),
                             G_CALLBACK (note_arrival), bench);
  mullion_browser_window_load_file (window, "index.html");
}

/* Our extension and the closures beside it: the folder of this program. */
static void
choose_extension_dir (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (program);

  g_setenv ("MULLION_EXTENSION_DIR", dir, TRUE);
}

static gboolean
parse_options (Bench    *bench,
               int      *argc,
               char   ***argv)
{
  const GOptionEntry entries[] = {
    { "rounds", 'r', 0, G_OPTION_ARG_INT, &bench->rounds, "How often all is measured", "N" },
    { "only", 'o', 0, G_OPTION_ARG_STRING_ARRAY, &bench->only,
      "Measure this series of the page only; may be repeated", "SERIES" },
    { "json", 'j', 0, G_OPTION_ARG_FILENAME, &bench->json_path, "Write the results", "FILE" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && bench->rounds > 0 && *argc == 1)
    return TRUE;

  g_printerr ("mullion-bench: %s\n",
              error != NULL ? error->message : "bad arguments; see mullion-bench --help");
  return FALSE;
}

static void
clear_bench (Bench *bench)
{
  g_clear_object (&bench->app);
  g_hash_table_unref (bench->series);
  g_array_unref (bench->arrivals);
  g_strfreev (bench->only);
  g_free (bench->json_path);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { .rounds = 15 };
  g_autoptr(GError) error = NULL;
  int status;

  if (!parse_options (&bench, &argc, &argv))
    return 2;

  if (!bench_floor_start (&error))
    {
      g_printerr ("mullion-bench: %s\n", error->message);
      return EXIT_FAILURE;
    }

  bench.series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) bench_series_free);
  bench.arrivals = g_array_new (FALSE, FALSE, sizeof (gint64));
  choose_extension_dir ();

  bench.app = mullion_app_new ("io.github.mullion.Bench", G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (bench.app, "resource:///io/github/mullion/bench");
  add_handlers (&bench);
  g_signal_connect (bench.app, "ready", G_CALLBACK (ready_cb), &bench);
  status = mullion_app_run (bench.app, argc, argv);
  clear_bench (&bench);

  return bench.is_done ? status : EXIT_FAILURE;
}
