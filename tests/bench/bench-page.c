/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion.h>

#include "bench-page.h"

#include "bench-fetch.h"
#include "bench-floor.h"
#include "bench-streams.h"
#include "bench-webkit.h"

#include <stdlib.h>

/*
 * BenchPage: an app of one window, whose page measures messages, payloads and calls, Mullion's and
 * what they are compared with in turns (bench.js). This is its main process: it answers, holds the
 * clock and keeps the samples.
 */

#define ROUND_TRIPS 300

/* So often are the bytes of an ArrayBuffer copied on their way from a page and back (over the bridge,
 * into a memfd, out of one, over the bridge), and those of a text (base64, bytes, a memfd, a node, a
 * memfd, bytes, a text). */
#define BYTES_COPIES 4
#define TEXT_COPIES 7

typedef struct
{
  MullionApp *app;
  MullionWebContents *contents; /* (unowned): the window's */

  BenchResults *results; /* (unowned) */
  int warm_up_rounds;
  int rounds;
  GStrv series;

  GArray *arrivals; /* gint64: when messages came in, since the page last asked */
  gboolean is_done;

  /* The series that is run from here, for the page. */
  MullionIpcMainInvokeEvent *run;
  JsonArray *pongs;
  gint64 ping_time;
} BenchPage;

/* -- The other end of the page's messages -- */

static void
note_arrival (BenchPage *page)
{
  gint64 now = bench_clock ();

  g_array_append_val (page->arrivals, now);
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
  BenchPage *page = user_data;
  g_autoptr(MullionIpcMainInvokeEvent) event = g_steal_pointer (&page->run);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, samples);
  mullion_ipc_main_invoke_event_return (event, node);
}

static void
ping (BenchPage *page)
{
  JsonArray *args = json_array_new ();

  json_array_add_int_element (args, 42);
  page->ping_time = bench_clock ();
  mullion_web_contents_send (page->contents, "bench:ping", args);
}

static void
pong_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  BenchPage *page = user_data;

  json_array_add_double_element (page->pongs, (bench_clock () - page->ping_time) / 1000.0);
  if (json_array_get_length (page->pongs) < ROUND_TRIPS)
    ping (page);
  else
    return_samples (g_steal_pointer (&page->pongs), page);
}

static void
run (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  BenchPage *page = user_data;
  const char *name = json_array_get_string_element (args, 0);

  page->run = g_object_ref (event);
  if (g_str_equal (name, "floor"))
    {
      return_samples (bench_floor_run (), page);
    }
  else if (g_str_equal (name, "floor-stream"))
    {
      return_samples (bench_floor_stream (), page);
    }
  else if (g_str_equal (name, "copies-16 MiB"))
    {
      return_samples (bench_floor_copy (16 * 1024 * 1024, BYTES_COPIES), page);
    }
  else if (g_str_equal (name, "copies-1 MiB"))
    {
      return_samples (bench_floor_copy (1024 * 1024, TEXT_COPIES), page);
    }
  else if (g_str_equal (name, "evaluate"))
    {
      bench_webkit_evaluate (mullion_web_contents_get_web_view (page->contents),
                             return_samples, page);
    }
  else
    {
      page->pongs = json_array_sized_new (ROUND_TRIPS);
      ping (page);
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
  GArray *arrivals = ((BenchPage *) user_data)->arrivals;
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
  BenchPage *page = user_data;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *options = json_object_new ();
  JsonArray *series = json_array_new ();

  for (guint i = 0; page->series[i] != NULL; i++)
    json_array_add_string_element (series, page->series[i]);
  json_object_set_int_member (options, "warmUpRounds", page->warm_up_rounds);
  json_object_set_int_member (options, "rounds", page->rounds);
  json_object_set_array_member (options, "series", series);
  json_node_take_object (node, options);
  mullion_ipc_main_event_set_return_value (event, node);
}

static void
report_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  BenchPage *page = user_data;
  JsonArray *samples = json_array_get_array_element (args, 1);
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < json_array_get_length (samples); i++)
    {
      double value = json_array_get_double_element (samples, i);

      g_array_append_val (values, value);
    }

  bench_results_add (page->results, json_array_get_string_element (args, 0),
                     (double *) values->data, values->len);
  mullion_ipc_main_event_set_return_value (event, NULL);
}

static void
done_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  BenchPage *page = user_data;
  const char *failure = json_array_get_string_element (args, 0);

  page->is_done = TRUE;
  if (failure != NULL)
    g_printerr ("The page failed: %s\n", failure);

  mullion_app_exit (page->app, failure != NULL ? EXIT_FAILURE : EXIT_SUCCESS);
}

/* -- The app -- */

static void
add_handlers (BenchPage *page)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (page->app);
  const struct { const char *channel; MullionIpcMainListener listener; } listeners[] = {
    { "bench:send", send_cb }, { "bench:echo-sync", echo_sync_cb }, { "bench:pong", pong_cb },
    { "bench:clock", clock_cb }, { "bench:take-arrivals", take_arrivals_cb },
    { "bench:options", options_cb }, { "bench:report", report_cb }, { "bench:done", done_cb },
  };

  mullion_ipc_main_handle (ipc, "bench:echo", echo, page, NULL);
  mullion_ipc_main_handle (ipc, "bench:run", run, page, NULL);
  bench_streams_add_handlers (ipc);
  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    mullion_ipc_main_on (ipc, listeners[i].channel, listeners[i].listener, page, NULL);
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
                  BenchPage          *page)
{
  g_printerr ("%s: %s\n", path, message);
  mullion_app_exit (page->app, EXIT_FAILURE);
}

static void
ready_cb (MullionApp *app,
          BenchPage  *page)
{
  g_autoptr(GError) error = NULL;
  MullionBrowserWindow *window = mullion_browser_window_new_from_json (
    app, "{ \"title\": \"Benchmark\", \"webPreferences\": { \"preload\": \"preload.js\" } }",
    &error);
  WebKitWebView *view;

  if (window == NULL)
    g_error ("Making the window failed: %s", error->message);

  page->contents = mullion_browser_window_get_web_contents (window);
  g_signal_connect (page->contents, "console-message", G_CALLBACK (console_cb), NULL);
  g_signal_connect (page->contents, "preload-error", G_CALLBACK (preload_error_cb), page);
  view = mullion_web_contents_get_web_view (page->contents);
  bench_webkit_add_handlers (view, G_CALLBACK (note_arrival), page);
  bench_fetch_add_scheme (view, G_CALLBACK (note_arrival), page);
  mullion_browser_window_load_file (window, "index.html");
}

/* The page is allowed to ask the scheme that our own messages are compared with. */
#define POLICY "default-src 'self'; connect-src " BENCH_FETCH_SCHEME ":"

/* Measures the @series, which are the page's, and returns when all rounds are over. */
gboolean
bench_page_run (BenchResults *results,
                GStrv         series,
                int           warm_up_rounds,
                int           rounds)
{
  BenchPage page = {
    .results = results,
    .series = series,
    .warm_up_rounds = warm_up_rounds,
    .rounds = rounds,
  };
  int status;

  page.arrivals = g_array_new (FALSE, FALSE, sizeof (gint64));
  page.app = mullion_app_new ("io.github.mullion.Bench", G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (page.app, "resource:///io/github/mullion/bench");
  mullion_app_set_content_security_policy (page.app, POLICY);
  add_handlers (&page);
  g_signal_connect (page.app, "ready", G_CALLBACK (ready_cb), &page);
  status = mullion_app_run (page.app, 0, NULL);

  g_clear_object (&page.app);
  g_array_unref (page.arrivals);

  return page.is_done && status == EXIT_SUCCESS;
}
