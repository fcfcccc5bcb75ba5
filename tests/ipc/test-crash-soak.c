/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-fds.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>

/* A page that is killed over and over again, with calls on their way in both directions: each comes
 * to its end, and of no crash anything stays. A short run is part of the suite; docs/testing.md says
 * how to begin a long one. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"crashes/preload.js\" } }"

#define N_KILLS 25

/* What the first crashes make, they make once. */
#define N_WARM_UP 10

/* What the heap may gain for each kill; WebKit's own caches are in it. */
#define MAX_HEAP_PER_KILL (8 * 1024)

typedef struct
{
  guint n_fds;
  guint n_threads;
  guint n_children;
  gsize heap;         /* bytes */
  gsize resident_kib;
} Figures;

typedef struct
{
  IpcWindow *window;
  guint n_kept;      /* calls of the page that got here, */
  guint n_cancelled; /* and were cancelled */
  guint n_asked;     /* calls to the page that failed with MULLION_ERROR_GONE */
  guint n_run;       /* and scripts */
  guint n_gone;
} Soak;

/* -- Figures -- */

static guint
count_entries (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Those that nobody has reaped count as well. */
static guint
count_children (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *children = NULL;
  guint n = 0;

  if (g_file_get_contents (path, &children, NULL, NULL))
    for (const char *at = strchr (children, ' '); at != NULL; at = strchr (at + 1, ' '))
      n++;

  return n;
}

static Figures
measure (const char *when,
         guint       n_kills)
{
  Figures figures = {
    .n_fds = count_fds (),
    .n_threads = count_entries ("/proc/self/task"),
    .n_children = count_children (),
  };

  malloc_trim (0);
  figures.heap = mallinfo2 ().uordblks;
  figures.resident_kib = read_resident_kib (getpid ());
  g_test_message ("%s, %u kills: %u file descriptors, %u threads, %u children, %zu KiB of heap, "
                  "%zu KiB resident", when, n_kills, figures.n_fds, figures.n_threads,
                  figures.n_children, figures.heap / 1024, figures.resident_kib);

  return figures;
}

/* -- What is on its way -- */

static void
cancelled_cb (GCancellable *cancellable,
              Soak         *soak)
{
  soak->n_cancelled++;
}

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Soak *soak = user_data;
  GCancellable *cancellable = mullion_ipc_main_invoke_event_get_cancellable (event);

  /* The event lives as long as the call does. */
  g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), soak);
  g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (g_object_unref),
                         g_object_ref (event), NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  soak->n_kept++;
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
asked_cb (GObject      *contents,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node =
    mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result, &error);

  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
  ((Soak *) user_data)->n_asked++;
}

static void
ran_cb (GObject      *contents,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = mullion_web_contents_execute_javascript_finish (
    MULLION_WEB_CONTENTS (contents), result, &error);

  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
  ((Soak *) user_data)->n_run++;
}

/* -- Kills -- */

static void
gone_cb (Soak *soak)
{
  soak->n_gone++;
}

static void
kill_once (Soak *soak)
{
  MullionWebContents *contents = soak->window->contents;

  mullion_web_contents_invoke_async (contents, "never", NULL, 0, NULL, asked_cb, soak);
  mullion_web_contents_execute_javascript_async (contents, "new Promise(() => {})", NULL, ran_cb,
                                                 soak);
  ipc_assert_run (soak->window, "void api.invoke('keep').catch(() => {}),"
                  "api.invoke('echo', 'alive')", "\"alive\"");

  expect_warning ("The web process of WebContents #* is gone: crashed");
  g_assert_no_errno (kill (mullion_web_contents_get_os_process_id (contents), SIGKILL));
  g_free (ipc_window_wait (soak->window, "render-process-gone crashed"));
  assert_warned ();
  mullion_web_contents_reload (contents);
  g_free (ipc_window_wait (soak->window, "did-finish-load"));
}

static void
kill_often (Soak  *soak,
            guint  n)
{
  guint n_before = soak->n_gone;

  for (guint i = 1; i <= n; i++)
    {
      kill_once (soak);
      if (i % 100 == 0)
        measure ("meanwhile", i);
    }

  /* Each call had one end. */
  ipc_wait_until (soak->n_asked == n_before + n && soak->n_run == n_before + n);
  g_assert_cmpuint (soak->n_gone, ==, n_before + n);
  g_assert_cmpuint (soak->n_kept, ==, n_before + n);
  g_assert_cmpuint (soak->n_cancelled, ==, n_before + n);
  ipc_assert_run (soak->window, "api.invoke('echo', 'alive')", "\"alive\"");
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* What the last web process had ends some time after it. */
static gboolean
is_as_few_as (Figures before)
{
  return count_fds () <= before.n_fds + 2 &&
         count_entries ("/proc/self/task") <= before.n_threads + 4 &&
         /* The process guard may have come. */
         count_children () <= before.n_children + 1;
}

static void
wait_till_as_few_as (Figures before)
{
  /* No event of ours tells. */
  guint ticks = g_timeout_add (50, tick_cb, NULL);

  ipc_wait_until (is_as_few_as (before));
  g_source_remove (ticks);
}

static void
test_soak (void)
{
  const char *wish = g_getenv ("MULLION_SOAK_KILLS");
  guint n_kills = wish != NULL ? g_ascii_strtoull (wish, NULL, 10) : N_KILLS;
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());
  Soak soak = { .window = ipc_window_new (OPTIONS) };
  Figures before;
  G_GNUC_UNUSED Figures after;

  mullion_ipc_main_handle (ipc, "keep", keep_cb, &soak, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, &soak, NULL);
  g_signal_connect_swapped (soak.window->contents, "render-process-gone", G_CALLBACK (gone_cb),
                            &soak);
  ipc_window_load (soak.window, "crashes/index.html");

  kill_often (&soak, N_WARM_UP);
  before = measure ("before", 0);
  kill_often (&soak, n_kills);
  wait_till_as_few_as (before);
  after = measure ("after", n_kills);

#ifndef __SANITIZE_ADDRESS__
  /* The sanitizer's memory is its own. */
  g_assert_cmpuint (after.heap, <, before.heap + n_kills * MAX_HEAP_PER_KILL);
#endif

  g_signal_handlers_disconnect_by_data (soak.window->contents, &soak);
  mullion_ipc_main_remove_handler (ipc, "keep");
  mullion_ipc_main_remove_handler (ipc, "echo");
  ipc_window_free (soak.window);
}

int
main (int    argc,
      char **argv)
{
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestCrashSoak");
  g_test_add_func ("/crash-soak", test_soak);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
