/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <signal.h>
#include <string.h>

/* What becomes of a page whose web process is killed, with real web processes: who hears of it, what
 * comes back, and what is shown when it would only be killed again. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": " \
                "{ \"preload\": \"crashes/preload.js\", \"reloadAfterCrash\": %s } }"

/* What a page has that is not in its scripts. */
#define KEEP "sessionStorage.kept = 'session', localStorage.kept = 'local'," \
             "history.replaceState({ at: 1 }, '', '?first')," \
             "history.pushState({ at: 2 }, '', '?second#place'), 1"
#define KEPT "[sessionStorage.kept, localStorage.kept, location.search, location.hash," \
             " history.state.at, history.length]"
#define ALL_KEPT "[\"session\",\"local\",\"?second\",\"#place\",2,2]"

typedef struct
{
  IpcWindow *window;
  GPtrArray *calls;     /* MullionIpcMainInvokeEvent that wait */
  gboolean is_busy;     /* the page said that it will not answer from now on */
  GString *app_heard;   /* what the app was told */
  GString *responsive;  /* what the window was told */
} Fixture;

/* -- The host -- */

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;

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
busy_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, json_node_new (JSON_NODE_NULL));
  ((Fixture *) user_data)->is_busy = TRUE;
}

static void
app_gone_cb (MullionApp         *app,
             MullionWebContents *contents,
             const char         *reason,
             Fixture            *fixture)
{
  g_assert_true (contents == fixture->window->contents);
  g_string_append_printf (fixture->app_heard, "%s ", reason);
}

static void
unresponsive_cb (Fixture *fixture)
{
  g_string_append (fixture->responsive, "unresponsive ");
}

static void
responsive_cb (Fixture *fixture)
{
  g_string_append (fixture->responsive, "responsive ");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());
  g_autofree char *options = g_strdup_printf (OPTIONS, data != NULL ? "true" : "false");

  fixture->calls = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->app_heard = g_string_new (NULL);
  fixture->responsive = g_string_new (NULL);
  mullion_ipc_main_handle (ipc, "keep", keep_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "busy", busy_cb, fixture, NULL);
  fixture->window = ipc_window_new (options);
  g_signal_connect (ipc_app_get (), "render-process-gone", G_CALLBACK (app_gone_cb), fixture);
  g_signal_connect_swapped (fixture->window->window, "unresponsive",
                            G_CALLBACK (unresponsive_cb), fixture);
  g_signal_connect_swapped (fixture->window->window, "responsive",
                            G_CALLBACK (responsive_cb), fixture);
  ipc_window_load (fixture->window, "crashes/index.html");
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
  g_clear_pointer (&fixture->window, ipc_window_free);
  g_signal_handlers_disconnect_by_data (ipc_app_get (), fixture);
  g_string_free (fixture->app_heard, TRUE);
  g_string_free (fixture->responsive, TRUE);
  assert_warned ();
}

#define is_crashed(fixture) mullion_web_contents_is_crashed (fixture->window->contents)

static void
crash (Fixture *fixture)
{
  int pid = mullion_web_contents_get_os_process_id (fixture->window->contents);

  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (pid, !=, getpid ());
  expect_warning ("The web process of WebContents #* is gone: crashed");
  g_assert_no_errno (kill (pid, SIGKILL));
  g_free (ipc_window_wait (fixture->window, "render-process-gone crashed"));
}

static void
crash_and_come_back (Fixture *fixture)
{
  crash (fixture);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "api.invoke('echo', 'back')", "\"back\"");
}

/* What WebKit hears of the page comes on another way than what we do: one may be ahead. */
static void
keep (Fixture *fixture)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (fixture->window->contents);

  ipc_assert_run (fixture->window, KEEP, "1");
  ipc_wait_until (g_str_has_suffix (webkit_web_view_get_uri (view), "?second#place"));
}

static void
push (Fixture    *fixture,
      const char *text)
{
  JsonArray *args = json_array_new ();

  json_array_add_string_element (args, text);
  mullion_web_contents_send (fixture->window->contents, "push", args);
}

/* -- Who hears of it -- */

static void
asked_cb (GObject      *contents,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(JsonNode) node =
    mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result, user_data);

  g_assert_null (node);
}

static void
ran_cb (GObject      *contents,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(JsonNode) node =
    mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    user_data);

  g_assert_null (node);
}

/* Whatever waits for the other side has ended when the app hears of the crash, or does so in the
 * same turn; and it is not done again for the page that comes. */
static void
test_pending (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) asked = NULL;
  g_autoptr(GError) ran = NULL;

  ipc_assert_run (fixture->window, "void api.invoke('keep').catch(() => {}), 1", "1");
  ipc_wait_until (fixture->calls->len == 1);
  mullion_web_contents_invoke_async (fixture->window->contents, "never", NULL, 0, NULL, asked_cb,
                                     &asked);
  mullion_web_contents_execute_javascript_async (fixture->window->contents,
                                                 "new Promise(() => {})", NULL, ran_cb, &ran);
  ipc_assert_run (fixture->window, "api.invoke('echo', 1)", "1");
  g_assert_no_error (asked);
  g_assert_no_error (ran);

  crash (fixture);
  g_assert_true (g_cancellable_is_cancelled (
    mullion_ipc_main_invoke_event_get_cancellable (fixture->calls->pdata[0])));
  g_assert_null (mullion_ipc_main_invoke_event_get_sender_frame (fixture->calls->pdata[0]));
  ipc_wait_until (asked != NULL && ran != NULL);
  g_assert_error (asked, MULLION_ERROR, MULLION_ERROR_GONE);
  g_assert_error (ran, MULLION_ERROR, MULLION_ERROR_GONE);

  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_cmpuint (fixture->calls->len, ==, 1);
}

static void
test_forcefully (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_false (is_crashed (fixture));
  expect_warning ("The web process of WebContents #* is gone: killed");
  mullion_web_contents_forcefully_crash_renderer (fixture->window->contents);
  g_free (ipc_window_wait (fixture->window, "render-process-gone killed"));
  g_assert_true (is_crashed (fixture));
  g_assert_null (mullion_web_contents_get_gone_message (fixture->window->contents));

  /* Nobody asked for the page to come back; and what is gone cannot crash. */
  mullion_web_contents_forcefully_crash_renderer (fixture->window->contents);
  ipc_assert_run (fixture->window, "1", "!The page went away before the script had ended");
  g_assert_cmpstr (fixture->app_heard->str, ==, "killed ");
  ipc_window_load (fixture->window, "crashes/index.html");
  g_assert_false (is_crashed (fixture));
}

/* -- Who comes back -- */

static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  keep (fixture);
  ipc_assert_run (fixture->window, KEPT, ALL_KEPT);
  crash (fixture);
  push (fixture, "meanwhile");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, KEPT, ALL_KEPT);
  ipc_assert_run (fixture->window, "api.heard()", "[\"meanwhile\"]");
  g_assert_false (is_crashed (fixture));

  /* The way back is there, too. */
  ipc_assert_run (fixture->window, "new Promise((done) => { addEventListener('popstate', (event) => "
                  "done(event.state.at), { once: true }); history.back(); })", "1");
}

/* Before it was shown once, there is no history with it. */
static void
test_before_first (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"show\": false, \"webPreferences\": "
                                                "{ \"reloadAfterCrash\": true } }");

  g_signal_handlers_disconnect_by_data (ipc_app_get (), fixture);
  mullion_web_contents_load_file (window->contents, "crashes/index.html");
  expect_warning ("The web process of WebContents #* is gone: killed");
  mullion_web_contents_forcefully_crash_renderer (window->contents);
  g_free (ipc_window_wait (window, "render-process-gone killed"));
  g_free (ipc_window_wait (window, "did-finish-load"));
  ipc_assert_run (window, "document.title", "\"Crashes\"");
}

static void
load_other_cb (IpcWindow *window)
{
  mullion_web_contents_load_file (window->contents, "lifecycle/second.html");
}

/* Who hears of it may have a plan of its own. */
static void
test_other_plan (Fixture       *fixture,
                 gconstpointer  data)
{
  g_signal_connect_swapped (fixture->window->contents, "render-process-gone",
                            G_CALLBACK (load_other_cb), fixture->window);
  crash (fixture);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
  g_signal_handlers_disconnect_by_func (fixture->window->contents, load_other_cb, fixture->window);
}

static void
close_cb (MullionBrowserWindow *window)
{
  mullion_browser_window_destroy (window);
}

static void
test_closed_by_handler (Fixture       *fixture,
                        gconstpointer  data)
{
  g_signal_connect_swapped (fixture->window->contents, "render-process-gone",
                            G_CALLBACK (close_cb), fixture->window->window);
  crash (fixture);
  g_assert_true (mullion_web_contents_is_destroyed (fixture->window->contents));
}

static void
test_asked_later (Fixture       *fixture,
                  gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;

  g_assert_false (mullion_web_contents_get_reload_after_crash (contents));
  mullion_web_contents_set_reload_after_crash (contents, TRUE);
  g_assert_true (mullion_web_contents_get_reload_after_crash (contents));
  crash_and_come_back (fixture);
}

/* -- The page that says so -- */

static void
evaluated_cb (GObject      *view,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JSCValue) value =
    webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (view), result, &error);

  g_assert_no_error (error);
  *(char **) user_data = jsc_value_to_string (value);
}

/* (transfer full): what is shown, which is no page of the app: only WebKit reaches it */
static char *
look (Fixture    *fixture,
      const char *code)
{
  char *text = NULL;

  webkit_web_view_evaluate_javascript (
    mullion_web_contents_get_web_view (fixture->window->contents), code, -1, NULL, NULL, NULL,
    evaluated_cb, &text);
  ipc_wait_until (text != NULL);

  return text;
}

static void
crash_too_often (Fixture *fixture)
{
  crash_and_come_back (fixture);
  crash_and_come_back (fixture);
  crash (fixture);
  g_free (ipc_window_wait (fixture->window, "text This page stopped working"));
  ipc_wait_until (!mullion_web_contents_is_loading (fixture->window->contents));
}

static void
test_loop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *reach = NULL;

  keep (fixture);
  crash_too_often (fixture);
  g_assert_cmpstr (fixture->app_heard->str, ==, "crashed crashed crashed ");
  text = look (fixture, "document.body.innerText");
  g_assert_nonnull (strstr (text, "This page stopped working"));
  g_assert_nonnull (strstr (text, "crashes/index.html?second#place"));
  g_assert_nonnull (strstr (text, "crashed"));

  /* To the app there is no page, and to the page no app. */
  g_assert_true (is_crashed (fixture));
  g_assert_null (mullion_web_contents_get_main_frame (fixture->window->contents));
  g_assert_false (ipc_window_has (fixture->window, "d")); /* id-finish-load, om-ready, … */
  g_assert_false (mullion_web_contents_is_loading (fixture->window->contents));
  ipc_assert_run (fixture->window, "1", "!The page went away before the script had ended");
  reach = look (fixture, "typeof api + ' ' + origin");
  g_assert_cmpstr (reach, ==, "undefined null");

  push (fixture, "for the page");
  g_free (look (fixture, "document.querySelector('button').click()"));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_false (is_crashed (fixture));
  ipc_assert_run (fixture->window, KEPT, ALL_KEPT);
  ipc_assert_run (fixture->window, "api.heard()", "[\"for the page\"]");
  ipc_assert_run (fixture->window, "api.invoke('echo', 'back')", "\"back\"");

  /* The user's wish counts anew. */
  crash_and_come_back (fixture);
}

static void
test_loop_and_load (Fixture       *fixture,
                    gconstpointer  data)
{
  crash_too_often (fixture);
  ipc_window_load (fixture->window, "lifecycle/second.html");
  g_assert_false (is_crashed (fixture));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
}

static void
test_loop_and_reload (Fixture       *fixture,
                      gconstpointer  data)
{
  crash_too_often (fixture);
  mullion_web_contents_reload (fixture->window->contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Crashes\"");
}

/* Even that page can be killed; then nothing is left to try. */
static void
test_loop_goes_on (Fixture       *fixture,
                   gconstpointer  data)
{
  crash_too_often (fixture);
  expect_warning ("The web process of WebContents #* is gone: killed");
  webkit_web_view_terminate_web_process (
    mullion_web_contents_get_web_view (fixture->window->contents));
  g_free (ipc_window_wait (fixture->window, "render-process-gone killed"));
  g_assert_true (is_crashed (fixture));
  ipc_window_load (fixture->window, "crashes/index.html");
  ipc_assert_run (fixture->window, "api.invoke('echo', 'back')", "\"back\"");
}

/* -- A page that does not answer -- */

static void
test_unresponsive (Fixture       *fixture,
                   gconstpointer  data)
{
  mullion_web_contents_execute_javascript_async (
    fixture->window->contents,
    "api.sendSync('busy'); const end = Date.now() + 5000; while (Date.now() < end);",
    NULL, NULL, NULL);
  ipc_wait_until (fixture->is_busy);
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/second.html");
  ipc_wait_until (fixture->responsive->len > 0);
  g_assert_cmpstr (fixture->responsive->str, ==, "unresponsive ");
  g_assert_false (ipc_window_has (fixture->window, "did-start-loading"));

  ipc_wait_until (fixture->responsive->len > strlen ("unresponsive "));
  g_assert_cmpstr (fixture->responsive->str, ==, "unresponsive responsive ");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
}

/* Nobody waits for ever. */
static void
test_unresponsive_ended (Fixture       *fixture,
                         gconstpointer  data)
{
  g_signal_connect_swapped (fixture->window->contents, "unresponsive",
                            G_CALLBACK (mullion_web_contents_forcefully_crash_renderer),
                            fixture->window->contents);
  mullion_web_contents_execute_javascript_async (fixture->window->contents,
                                                 "api.sendSync('busy'); for (;;);",
                                                 NULL, NULL, NULL);
  ipc_wait_until (fixture->is_busy);
  expect_warning ("The web process of WebContents #* is gone: killed");
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/second.html");
  g_free (ipc_window_wait (fixture->window, "render-process-gone killed"));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "api.invoke('echo', 'back')", "\"back\"");
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    gboolean reload;
  } tests[] = {
    { "/crashes/pending", test_pending, TRUE },
    { "/crashes/forcefully", test_forcefully, FALSE },
    { "/crashes/state", test_state, TRUE },
    { "/crashes/before-first", test_before_first, TRUE },
    { "/crashes/other-plan", test_other_plan, TRUE },
    { "/crashes/closed-by-handler", test_closed_by_handler, TRUE },
    { "/crashes/asked-later", test_asked_later, FALSE },
    { "/crashes/loop", test_loop, TRUE },
    { "/crashes/loop-and-load", test_loop_and_load, TRUE },
    { "/crashes/loop-and-reload", test_loop_and_reload, TRUE },
    { "/crashes/loop-goes-on", test_loop_goes_on, TRUE },
    { "/crashes/unresponsive", test_unresponsive, FALSE },
    { "/crashes/unresponsive-ended", test_unresponsive_ended, TRUE },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestCrashes");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].reload), set_up, tests[i].test,
                tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
