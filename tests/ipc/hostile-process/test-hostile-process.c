/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "tests/ipc/ipc-fixture.h"
#include "tests/ipc/web-server.h"
#include "tests/test-fds.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Real web processes in the hands of an attacker: hostile-renderer.c takes the place of our extension
 * and speaks the wire as it likes.
 *
 * A liar's process is ended and reported. A flood that keeps to the rules slows down itself: the
 * window goes on ticking, memory stays bounded, and a second window is served all the while. */

#define PAGE "lifecycle/index.html"
#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"lifecycle/preload.js\" } }"

/* A tick is due each 16 ms. Between two of them the main loop may not work longer than this for any
 * page: that is counted in the time that our thread got of a processor, for other programs may take
 * it away for as long as they like. */
#define MAX_WORK_MS 100

/* Sanitizers slow all down. */
#ifdef __SANITIZE_ADDRESS__
#define SLOWNESS 6
#else
#define SLOWNESS 1
#endif

typedef struct
{
  const char *name;
  const char *reason; /* a pattern; NULL for a flood, which is not cut off */
  guint memory_mib;   /* how much more main may have at any time */
  gboolean is_remote; /* the page is of the web, and not of the app */
  guint by_ports;     /* messages that come by ports, and are to be heard all */
} Attack;

static WebServer *web;

static const Attack attacks[] = {
  { "forge-document", "A frame of kind 5 is from document 77, which does not live", 32 },
  { "replay-document", "A frame of kind 1 is not of the shape that it must have", 32 },
  { "speak-after-end", "A frame of kind 5 is from document 1, which does not live", 32 },
  { "replay-call", "A frame of kind 5 is not of the shape that it must have", 32 },
  { "speak-for-another-site", "A frame of kind 5 is not of the shape that it must have", 32 },
  { "claim-app", "A document claims the origin app://*, which the view does not show", 32, TRUE },
  { "claim-frame-of-app", "A document claims the origin app://*, which the view does not show", 32,
    TRUE },
  { "send-nonsense", "A frame of kind * announced *", 32 },
  { "announce-length", "A frame of kind 5 announced more bytes than the limit: 4294967295", 32 },
  { "announce-side", "A frame of kind 5 announced a side area of a size that it may not have: *", 32 },
  { "announce-ports", "A frame of kind 5 announced more ports than the limit: 255", 32 },
  { "send-fds", "The channel carried file descriptors that no frame announced", 32 },
  { "announce-fds", "A port of a frame is not a stream socket of this machine", 32 },
  { "forge-port", "A message has a port that did not come", 32 },
  { "forge-far-port", "A message has a port that did not come", 32 },
  { "send-port-twice", "A message has a port that did not come", 32 },
  { "hoard-ports", "A page brought more ports than the limit of 256 that it may have open", 32 },
  { "hoard-memory", "The page has * bytes waiting in the main process, and * more are over the limit",
    32 },
  { "hoard-holes", "The side area of a frame is of * bytes and not all of them were written", 32 },
  { "offers", "It offered too many channels", 32 },

  { "flood", NULL, 32 },
  { "flood-in-one-frame", NULL, 1024 },
  { "send-values", NULL, 512 },
  { "send-text", NULL, 640 },
  { "send-places", NULL, 256 },
  { "storm", NULL, 32 },
  { "pile-calls", NULL, 96 },
  { "flood-port", NULL, 32, FALSE, 50000 },
  { "flood-ports", NULL, 64, FALSE, 200 * 256 },
  { "send-values-by-ports", NULL, 1024, FALSE, 32 },
  { "dawdle", NULL, 32 },
  { "forge-answers", NULL, 32 },
  /* The fixture notes it all. */
  { "chatter", NULL, 128 },
};

typedef struct
{
  IpcWindow *offender;
  IpcWindow *witness;
  gboolean is_done;   /* the attacker says so */
  GPtrArray *calls;   /* MullionIpcMainInvokeEvent that wait */
  GPtrArray *ports;   /* MullionMessagePortMain that the app keeps */
  guint by_ports;     /* messages that have come */

  guint ticker;
  guint n_ticks;
  gint64 last_tick;
  gint64 last_work;
  gint64 worst_gap;   /* in µs */
  gint64 worst_work;  /* in µs */
  gsize memory;       /* in KiB */
  gsize most_memory;

  GCancellable *cancellable; /* (nullable): the witness goes on until then */
  gint64 asked;
  guint n_answers;
  gint64 worst_answer;
} Fixture;

/* -- What is measured -- */

/* The time that this thread has worked, in µs. */
static gint64
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer data)
{
  Fixture *fixture = data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  fixture->worst_gap = MAX (fixture->worst_gap, now - fixture->last_tick);
  fixture->worst_work = MAX (fixture->worst_work, work - fixture->last_work);
  fixture->most_memory = MAX (fixture->most_memory, read_resident_kib (getpid ()));
  fixture->last_tick = now;
  fixture->last_work = get_work ();
  fixture->n_ticks++;

  return G_SOURCE_CONTINUE;
}

static void ask_witness (Fixture *fixture);

static void
answered_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value =
    mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (value), ==, "alive");
  fixture->n_answers++;
  fixture->worst_answer = MAX (fixture->worst_answer, g_get_monotonic_time () - fixture->asked);
  ask_witness (fixture);
}

/* Through main into the page, from there by the bridge to main, and all the way back. */
static void
ask_witness (Fixture *fixture)
{
  fixture->asked = g_get_monotonic_time ();
  mullion_web_contents_execute_javascript_async (fixture->witness->contents,
                                                 "api.invoke('echo', 'alive')",
                                                 fixture->cancellable, answered_cb, fixture);
}

static void
begin_watching (Fixture *fixture)
{
  fixture->memory = fixture->most_memory = read_resident_kib (getpid ());
  fixture->last_tick = g_get_monotonic_time ();
  fixture->last_work = get_work ();
  fixture->ticker = g_timeout_add (16, tick_cb, fixture);
  fixture->cancellable = g_cancellable_new ();
  ask_witness (fixture);
}

static void
end_watching (Fixture      *fixture,
              const Attack *attack)
{
  /* The work since the last tick counts, and the witness is there after all. */
  guint n_ticks = fixture->n_ticks;
  guint n_answers = fixture->n_answers;

  ipc_wait_until (fixture->n_ticks > n_ticks + 1 && fixture->n_answers > n_answers + 1);
  g_source_remove (fixture->ticker);
  g_cancellable_cancel (fixture->cancellable);
  g_clear_object (&fixture->cancellable);
  ipc_settle ();

  g_test_message ("%s: %u ticks; the longest work between two %.1f ms, the longest gap %.1f ms; "
                  "%zu MiB more at most; %u answers to the other window, the slowest after %.1f ms",
                  attack->name, fixture->n_ticks, fixture->worst_work / 1000.0,
                  fixture->worst_gap / 1000.0,
                  (fixture->most_memory - fixture->memory) / 1024, fixture->n_answers,
                  fixture->worst_answer / 1000.0);
  g_assert_cmpint (fixture->worst_work, <, MAX_WORK_MS * SLOWNESS * 1000);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (fixture->most_memory, <, fixture->memory + attack->memory_mib * 1024);
#endif
}

/* -- The host -- */

static void
done_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  ((Fixture *) user_data)->is_done = TRUE;
}

static void
ask_cb (MullionIpcMainEvent *event,
        JsonArray           *args,
        gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, json_node_init_int (json_node_alloc (), 42));
}

static void
tell_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  g_ptr_array_add (((Fixture *) user_data)->calls, g_object_ref (event));
}

static void
port_message_cb (MullionMessagePortMain *port,
                 MullionMessageEvent    *event,
                 gpointer                user_data)
{
  ((Fixture *) user_data)->by_ports++;
}

static void
port_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  guint n_ports;
  MullionMessagePortMain **ports = mullion_ipc_main_event_get_ports (event, &n_ports);

  for (guint i = 0; i < n_ports; i++)
    {
      g_ptr_array_add (fixture->ports, g_object_ref (ports[i]));
      g_signal_connect (ports[i], "message", G_CALLBACK (port_message_cb), fixture);
      mullion_message_port_main_start (ports[i]);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->ports = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (ipc, "port", port_cb, fixture, NULL);
  fixture->calls = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (ipc, "done", done_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "ask", ask_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "tell", tell_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "keep", keep_cb, fixture, NULL);
  fixture->offender = ipc_window_new (OPTIONS);
  fixture->witness = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->offender, PAGE);
  ipc_window_load (fixture->witness, PAGE);
  ipc_assert_run (fixture->witness, "api.invoke('echo', 'alive')", "\"alive\"");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "echo");
  mullion_ipc_main_remove_handler (ipc, "keep");
  g_ptr_array_unref (fixture->calls);
  g_ptr_array_unref (fixture->ports);
  ipc_window_free (fixture->offender);
  ipc_window_free (fixture->witness);
}

/* -- Attacks -- */

static void
begin_attack (Fixture      *fixture,
              const Attack *attack)
{
  if (attack->is_remote)
    {
      g_autofree char *path = g_strdup_printf ("/?%s=%s", attack->name,
                                               mullion_app_get_origin (ipc_app_get ()));
      g_autofree char *uri = web_server_dup_uri (web, path);

      mullion_web_contents_load_uri (fixture->offender->contents, uri);
      return;
    }

  mullion_web_contents_load_file_with_query (fixture->offender->contents, PAGE, attack->name, NULL);
}

static void
expect_cut (const Attack *attack)
{
  g_autofree char *pattern = NULL;

  if (g_str_equal (attack->name, "offers"))
    {
      expect_warning ("A web process of WebContents #* offered too many channels");
      return;
    }

  pattern = g_strdup_printf ("The channel of WebContents #* was cut off: %s", attack->reason);
  expect_warning (pattern);
}

/* The process ends, and whoever waits for it hears of it. */
static void
test_lie (Fixture       *fixture,
          gconstpointer  data)
{
  const Attack *attack = data;
  int pid = mullion_web_contents_get_os_process_id (fixture->offender->contents);

  g_assert_cmpint (pid, >, 1);
  begin_watching (fixture);
  expect_cut (attack);
  begin_attack (fixture, attack);
  g_free (ipc_window_wait (fixture->offender, "render-process-gone killed"));
  assert_warned ();
  g_assert_true (g_pattern_match_simple (
    attack->reason, mullion_web_contents_get_gone_message (fixture->offender->contents)));
  ipc_wait_until (kill (pid, 0) != 0 && errno == ESRCH);
  end_watching (fixture, attack);

  for (guint i = 0; i < fixture->calls->len; i++)
    g_assert_true (g_cancellable_is_cancelled (
      mullion_ipc_main_invoke_event_get_cancellable (fixture->calls->pdata[i])));

  /* A new process is as good as the first was. */
  ipc_window_load (fixture->offender, PAGE);
  ipc_assert_run (fixture->offender, "api.invoke('echo', 'back')", "\"back\"");
}

static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  const Attack *attack = data;
  guint limit;

  begin_watching (fixture);
  begin_attack (fixture, attack);
  limit = ipc_limit_begin (attack->name);
  while (!fixture->is_done || fixture->by_ports < attack->by_ports)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  end_watching (fixture, attack);

  g_assert_cmpuint (fixture->calls->len, <=, 65536);
  g_assert_false (ipc_window_has (fixture->offender, "render-process-gone"));
}

/* Nothing of it all stays. */
static void
test_leaves_nothing (void)
{
  static guint n_fds;

  if (n_fds == 0)
    n_fds = count_fds ();
  g_assert_cmpuint (count_fds (), <=, n_fds);
}

int
main (int    argc,
      char **argv)
{
  MullionApp *app;
  int status;

  watch_warnings ();
  web_server_ignore_proxies ();
  g_test_init (&argc, &argv, NULL);
  web = web_server_new (NULL);
  app = ipc_app_new ("io.github.mullion.TestHostileProcess");

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile-process/", attacks[i].name, NULL);

      g_test_add (path, Fixture, &attacks[i], set_up,
                  attacks[i].reason != NULL ? test_lie : test_flood, tear_down);
    }
  g_test_add_func ("/hostile-process/leaves-nothing", test_leaves_nothing);
  status = g_test_run ();

  g_object_unref (app);
  web_server_free (web);
  return status;
}
