/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The lives of pages, with real web processes: what is under way when a page navigates, closes or
 * crashes, and what reaches one that has not begun yet. */

#define PRELOAD "\"webPreferences\": { \"preload\": \"lifecycle/preload.js\" }"
#define OPTIONS "{ \"show\": false, " PRELOAD " }"

typedef struct
{
  IpcWindow *window;
  GPtrArray *calls; /* MullionIpcMainInvokeEvent that wait */
  GPtrArray *told;  /* MullionIpcMainEvent */
  guint n_flood;
  gboolean is_in_order;
} Fixture;

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;

  g_assert_nonnull (mullion_ipc_main_invoke_event_get_sender_frame (event));
  g_ptr_array_add (fixture->calls, g_object_ref (event));
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
tell_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->told, g_object_ref (event));
}

static void
flood_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  Fixture *fixture = user_data;

  fixture->is_in_order &= json_array_get_int_element (args, 0) == fixture->n_flood;
  fixture->n_flood++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->calls = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->told = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->is_in_order = TRUE;
  mullion_ipc_main_handle (ipc, "keep", keep_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "tell", tell_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "flood", flood_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "keep");
  mullion_ipc_main_remove_handler (ipc, "echo");
  g_ptr_array_unref (fixture->calls);
  g_ptr_array_unref (fixture->told);
  g_clear_pointer (&fixture->window, ipc_window_free);
  assert_warned ();
}

static void
assert_bridge (Fixture *fixture)
{
  ipc_assert_run (fixture->window, "api.invoke('echo', [1, 'a'])", "[1,\"a\"]");
}

/* -- Calls in flight -- */

static void
begin_calls (Fixture *fixture)
{
  ipc_window_load (fixture->window, "lifecycle/index.html");
  ipc_assert_run (fixture->window,
                  "void api.invoke('keep', 1).catch(() => {}),"
                  "void api.invoke('keep', 2).catch(() => {}), api.send('tell'), 1", "1");
  ipc_wait_until (fixture->calls->len == 2 && fixture->told->len == 1);
}

static GCancellable *
nth_cancellable (Fixture *fixture,
                 guint    n)
{
  return mullion_ipc_main_invoke_event_get_cancellable (fixture->calls->pdata[n]);
}

/* The document of the calls is gone; answers come too late, and nobody keeps anything. */
static void
assert_calls_ended (Fixture *fixture)
{
  gpointer frame = mullion_ipc_main_invoke_event_get_sender_frame (fixture->calls->pdata[0]);

  g_assert_null (frame);
  g_assert_null (mullion_ipc_main_event_get_sender_frame (fixture->told->pdata[0]));
  g_assert_true (g_cancellable_is_cancelled (nth_cancellable (fixture, 0)));
  g_assert_true (g_cancellable_is_cancelled (nth_cancellable (fixture, 1)));

  mullion_ipc_main_invoke_event_return (fixture->calls->pdata[0],
                                        json_node_new (JSON_NODE_NULL));
  mullion_ipc_main_event_reply (fixture->told->pdata[0], "push", NULL);
  /* The second one is dropped without an answer. */
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (G_OBJECT (fixture->calls->pdata[i])->ref_count, ==, 1);
  g_ptr_array_set_size (fixture->calls, 0);
  g_ptr_array_set_size (fixture->told, 0);
}

static void
navigate (Fixture *fixture)
{
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/second.html");
}

static void
navigate_itself (Fixture *fixture)
{
  mullion_web_contents_execute_javascript_async (fixture->window->contents,
                                                 "location.href = 'second.html'",
                                                 NULL, NULL, NULL);
}

static void
reload (Fixture *fixture)
{
  mullion_web_contents_reload (fixture->window->contents);
}

static void
reload_itself (Fixture *fixture)
{
  mullion_web_contents_execute_javascript_async (fixture->window->contents, "location.reload()",
                                                 NULL, NULL, NULL);
}

static void
test_leave (Fixture       *fixture,
            gconstpointer  data)
{
  void (*leave) (Fixture *) = (void (*) (Fixture *)) data;
  MullionWebFrameMain *frame;
  gpointer weak_frame;

  begin_calls (fixture);
  frame = mullion_web_contents_get_main_frame (fixture->window->contents);
  weak_frame = frame;
  g_object_add_weak_pointer (G_OBJECT (frame), &weak_frame);
  g_assert_false (mullion_web_frame_main_is_detached (frame));

  leave (fixture);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  assert_bridge (fixture);
  g_assert_nonnull (weak_frame);
  g_assert_true (mullion_web_frame_main_is_detached (frame));
  g_assert_null (mullion_web_frame_main_get_web_contents (frame));
  g_assert_false (mullion_web_frame_main_send (frame, "push", json_array_new ()));

  assert_calls_ended (fixture);
  g_assert_null (weak_frame);
  ipc_assert_run (fixture->window, "api.heard()", "[]");
  assert_bridge (fixture);
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  begin_calls (fixture);
  mullion_browser_window_destroy (fixture->window->window);
  g_assert_true (mullion_web_contents_is_destroyed (fixture->window->contents));
  assert_calls_ended (fixture);

  /* What is left of it does nothing any more. */
  mullion_web_contents_send (fixture->window->contents, "push", json_array_new ());
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/index.html");
  mullion_web_contents_reload (fixture->window->contents);
  ipc_assert_run (fixture->window, "1", "!The page went away before the script had ended");
  g_assert_cmpint (mullion_web_contents_get_os_process_id (fixture->window->contents), ==, 0);
}

static void
destroy_window_cb (GCancellable *cancellable,
                   Fixture      *fixture)
{
  mullion_browser_window_destroy (fixture->window->window);
}

/* A handler that is told of the end may bring about another one. */
static void
test_close_in_cancelled (Fixture       *fixture,
                         gconstpointer  data)
{
  begin_calls (fixture);
  g_signal_connect (nth_cancellable (fixture, 0), "cancelled", G_CALLBACK (destroy_window_cb),
                    fixture);
  navigate (fixture);
  g_free (ipc_window_wait (fixture->window, "closed"));
  assert_calls_ended (fixture);
}

/* -- A web process that is killed -- */

static void
crash (Fixture *fixture)
{
  int pid = mullion_web_contents_get_os_process_id (fixture->window->contents);

  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (pid, !=, getpid ());
  expect_warning ("The web process of WebContents #* is gone: crashed");
  g_assert_no_errno (kill (pid, SIGKILL));
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new (OPTIONS);
  g_autofree char *reason = NULL;
  JsonArray *args = json_array_new ();

  ipc_window_load (other, "lifecycle/index.html");
  begin_calls (fixture);
  crash (fixture);
  reason = ipc_window_wait (fixture->window, "render-process-gone");
  g_assert_cmpstr (reason, ==, "render-process-gone crashed");
  assert_calls_ended (fixture);
  g_assert_null (mullion_web_contents_get_main_frame (fixture->window->contents));
  g_assert_cmpint (mullion_web_contents_get_os_process_id (fixture->window->contents), ==, 0);
  ipc_assert_run (fixture->window, "1", "!The page went away before the script had ended");
  ipc_assert_run (other, "api.invoke('echo', 'alive')", "\"alive\"");

  /* What is sent now is for the page that comes. */
  json_array_add_string_element (args, "after the crash");
  mullion_web_contents_send (fixture->window->contents, "push", args);
  mullion_web_contents_reload (fixture->window->contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, "api.heard()", "[[0,\"after the crash\"]]");
  g_assert_cmpint (mullion_web_contents_get_os_process_id (fixture->window->contents), >, 1);
}

static void
done_cb (GObject      *contents,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(JsonNode) node =
    mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    user_data);

  g_assert_null (node);
}

#define run_for_ever(fixture, cancellable, error) \
  mullion_web_contents_execute_javascript_async (fixture->window->contents, \
                                                 "new Promise(() => {})", cancellable, \
                                                 done_cb, error)

static void
test_killed_with_script (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  run_for_ever (fixture, NULL, &error);
  assert_bridge (fixture);
  g_assert_no_error (error);
  crash (fixture);
  ipc_wait_until (error != NULL);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_free (ipc_window_wait (fixture->window, "render-process-gone"));
}

/* What waits for the end of a load that the crash has ended does not wait for ever. */
static void
test_killed_while_loading (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/second.html");
  run_for_ever (fixture, NULL, &error);
  crash (fixture);
  ipc_wait_until (error != NULL);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_free (ipc_window_wait (fixture->window, "render-process-gone"));

  ipc_window_load (fixture->window, "lifecycle/index.html");
  assert_bridge (fixture);
}

/* -- Scripts -- */

static void
test_scripts (Fixture       *fixture,
              gconstpointer  data)
{
  ipc_assert_run (fixture->window, "1", "!The page went away before the script had ended");
  ipc_window_load (fixture->window, "lifecycle/index.html");
  ipc_assert_run (fixture->window, "1 + 1", "2");
  ipc_assert_run (fixture->window, "({ a: [1, 'x', null, true] })",
                  "{\"a\":[1,\"x\",null,true]}");
  ipc_assert_run (fixture->window, "undefined", "null");
  ipc_assert_run (fixture->window, "Promise.resolve('later')", "\"later\"");
  ipc_assert_run (fixture->window, "new Promise((r) => setTimeout(r, 10, 'much later'))",
                  "\"much later\"");
  ipc_assert_run (fixture->window, "Promise.reject(new Error('no'))", "!Error: no");
  ipc_assert_run (fixture->window, "document.title", "\"First\"");
  /* Each is a script of its own, in the page's own world. */
  ipc_assert_run (fixture->window, "var kept = 5; typeof require", "\"undefined\"");
  ipc_assert_run (fixture->window, "kept", "5");
  ipc_assert_run (fixture->window, "(() => {})", "!Error: An object could not be cloned.");
}

static void
test_script_errors (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *thrown = NULL;
  g_autofree char *syntax = NULL;
  g_autofree char *reference = NULL;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  thrown = ipc_window_run (fixture->window, "throw new Error('boom')");
  g_assert_nonnull (strstr (thrown, "boom"));
  g_assert_true (*thrown == '!');
  syntax = ipc_window_run (fixture->window, "1 +");
  g_assert_nonnull (strstr (syntax, "SyntaxError"));
  reference = ipc_window_run (fixture->window, "not.there");
  g_assert_nonnull (strstr (reference, "ReferenceError"));
  ipc_assert_run (fixture->window, "1", "1");
}

static void
test_script_while_loading (Fixture       *fixture,
                           gconstpointer  data)
{
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/index.html");
  g_assert_true (mullion_web_contents_is_loading (fixture->window->contents));
  ipc_assert_run (fixture->window, "document.title + typeof api", "\"Firstobject\"");
}

static void
test_script_page_gone (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  run_for_ever (fixture, NULL, &error);
  assert_bridge (fixture);
  g_assert_no_error (error);
  navigate (fixture);
  ipc_wait_until (error != NULL);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* Who waits may stop at any time, and the script goes on. */
static void
test_script_cancelled (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  run_for_ever (fixture, cancellable, &error);
  assert_bridge (fixture);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  run_for_ever (fixture, cancellable, &again);
  ipc_wait_until (again != NULL);
  g_assert_error (again, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_bridge (fixture);
}

/* -- Messages to a page -- */

static void
push (Fixture    *fixture,
      const char *text)
{
  JsonArray *args = json_array_new ();

  json_array_add_string_element (args, text);
  mullion_web_contents_send (fixture->window->contents, "push", args);
}

static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  push (fixture, "before");
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/index.html");
  push (fixture, "while");
  g_free (ipc_window_wait (fixture->window, "did-navigate"));
  push (fixture, "begun");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  push (fixture, "after");
  mullion_web_contents_send (fixture->window->contents, "push", NULL);
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, "api.heard()",
                  "[[0,\"before\"],[0,\"while\"],[0,\"begun\"],[0,\"after\"],[0]]");
}

/* A load that comes to nothing leaves the page, and what is for it. */
static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  ipc_window_load (fixture->window, "lifecycle/index.html");
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/index.html");
  push (fixture, "before the stop");
  mullion_web_contents_stop (fixture->window->contents);
  g_assert_false (mullion_web_contents_is_loading (fixture->window->contents));
  push (fixture, "after the stop");
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, "api.heard()",
                  "[[0,\"before the stop\"],[0,\"after the stop\"]]");

  ipc_window_load (fixture->window, "lifecycle/index.html");
  assert_bridge (fixture);
}

/* -- 100,000 messages in a loop -- */

static gboolean
tick_cb (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  const guint n = 100000;
  gsize before;
  guint ticks = 0;
  guint ticker;

  ipc_window_load (fixture->window, "lifecycle/index.html");
  assert_bridge (fixture);
  before = read_resident_kib (getpid ());
  ticker = g_timeout_add (1, tick_cb, &ticks);
  ipc_assert_run (fixture->window, "api.flood(100000), 1", "1");
  ipc_wait_until (fixture->n_flood == n);
  g_source_remove (ticker);

  g_test_message ("%u ticks, from %zu to %zu KiB", ticks, before, read_resident_kib (getpid ()));
  g_assert_true (fixture->is_in_order);
  g_assert_cmpuint (ticks, >, 5);
  g_assert_cmpuint (read_resident_kib (getpid ()), <, before + 32 * 1024);
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    void (*leave) (Fixture *);
  } tests[] = {
    { "/lifecycle/calls/navigate", test_leave, navigate },
    { "/lifecycle/calls/navigate-itself", test_leave, navigate_itself },
    { "/lifecycle/calls/reload", test_leave, reload },
    { "/lifecycle/calls/reload-itself", test_leave, reload_itself },
    { "/lifecycle/calls/close", test_close },
    { "/lifecycle/calls/close-in-cancelled", test_close_in_cancelled },
    { "/lifecycle/killed", test_killed },
    { "/lifecycle/killed-with-script", test_killed_with_script },
    { "/lifecycle/killed-while-loading", test_killed_while_loading },
    { "/lifecycle/scripts", test_scripts },
    { "/lifecycle/scripts/errors", test_script_errors },
    { "/lifecycle/scripts/while-loading", test_script_while_loading },
    { "/lifecycle/scripts/page-gone", test_script_page_gone },
    { "/lifecycle/scripts/cancelled", test_script_cancelled },
    { "/lifecycle/send", test_send },
    { "/lifecycle/stopped", test_stopped },
    { "/lifecycle/flood", test_flood },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestLifecycle");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, (gpointer) tests[i].leave, set_up,
                tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
