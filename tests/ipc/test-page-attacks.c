/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

/* A page with one granted channel whose script is an attacker's: what the web itself has to get further
 * with. Workers, import maps, addresses that are scripts, storage, history, ports, windows. */

#define ORIGIN "app://io.github.mullion.testpageattacks"
#define OPTIONS(more) \
  "{ \"show\": false, \"webPreferences\": { \"preload\": \"page-attacks/preload.js\", " more \
  "  \"grants\": [{ \"channels\": [\"notes:*\"] }] } }"

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  IpcWindow *opened;                /* (nullable) */
  MullionIpcMainInvokeEvent *asked; /* (nullable): not answered yet */
  GPtrArray *saved;                 /* of text */
} Fixture;

static void
save_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;
  const char *text = json_array_get_string_element (args, 0);

  g_ptr_array_add (fixture->saved, g_strdup (text));
  if (g_str_equal (text, "later"))
    g_set_object (&fixture->asked, event);
  else
    mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
erase_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  g_assert_not_reached ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->server = web_server_new (NULL);
  fixture->saved = g_ptr_array_new_with_free_func (g_free);
  mullion_ipc_main_handle (ipc, "notes:save", save_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "disk:erase", erase_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS (""));
  ipc_window_load (fixture->window, "page-attacks/index.html");
}

/* The bridge is there, and no wider than it was. */
static void
assert_whole (IpcWindow *window)
{
  expect_warning ("WebContents #* was denied *: 'disk:erase' is not granted to the main frame of *");
  ipc_assert_run (window,
                  "Promise.all ([api.save ('now'), api.erase ().catch ((e) => e.name)])"
                  "  .then (([, erased]) => erased)", "\"Error\"");
  assert_warned ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  g_clear_object (&fixture->asked);
  g_clear_pointer (&fixture->opened, ipc_window_free);
  g_clear_pointer (&fixture->window, ipc_window_free);
  mullion_ipc_main_remove_handler (ipc, "notes:save");
  mullion_ipc_main_remove_handler (ipc, "disk:erase");
  g_ptr_array_unref (fixture->saved);
  web_server_free (fixture->server);
  assert_warned ();
}

/* -- Workers -- */

#define NOTHING \
  "{\"found\":[],\"loaded\":[\"refused\",\"refused\",\"refused\",\"refused\"]," \
  "\"read\":[\"refused\",\"refused\"]}"

/* One of the app's own files has no more of the bridge than the page, which is nothing. */
static void
test_workers (Fixture       *fixture,
              gconstpointer  data)
{
  ipc_assert_run (fixture->window, "workers.look ()", NOTHING);
  ipc_assert_run (fixture->window, "workers.lookShared ()", NOTHING);
  assert_whole (fixture->window);
}

static void
test_foreign_workers (Fixture       *fixture,
                      gconstpointer  data)
{
  ipc_assert_run (fixture->window, "workers.foreign ()",
                  "[\"refused\",\"refused\",\"refused\",\"refused\","
                  "\"refused\",\"refused\",\"refused\",\"refused\"]");
  /* It would outlive the page, and answer for it. */
  ipc_assert_run (fixture->window, "workers.service ()", "\"refused\"");
  assert_whole (fixture->window);
}

/* -- Scripts -- */

static void
test_import_map (Fixture       *fixture,
                 gconstpointer  data)
{
  ipc_assert_run (fixture->window, "modules ()",
                  "[\"refused\",\"refused\",\"refused\",\"refused\",\"refused\"]");

  /* Nor does the app's policy let one in that stands in the page. */
  ipc_window_load (fixture->window, "page-attacks/mapped.html");
  ipc_assert_run (fixture->window, "modules ()",
                  "[\"refused\",\"refused\",\"refused\",\"refused\",\"refused\"]");
  assert_whole (fixture->window);
}

/* Where the policy lets it in, it is for the modules of the page. */
static void
test_weak_import_map (Fixture       *fixture,
                      gconstpointer  data)
{
  expect_warning ("The Content-Security-Policy of " ORIGIN " is weak: *");
  mullion_app_set_content_security_policy (ipc_app_get (),
                                           "default-src 'self'; script-src 'self' 'unsafe-inline'");
  assert_warned ();
  ipc_window_load (fixture->window, "page-attacks/mapped.html");
  mullion_app_set_content_security_policy (ipc_app_get (), NULL);
  ipc_assert_run (fixture->window, "modules ()",
                  "[\"refused\",\"refused\",\"done\",\"refused\",\"refused\"]");
  assert_whole (fixture->window);
}

static void
test_javascript_urls (Fixture       *fixture,
                      gconstpointer  data)
{
  ipc_assert_run (fixture->window, "javascriptUrls ().then (([stopped, well]) =>"
                                   "  [stopped.every (Boolean), stopped.length, well])",
                  "[true,5,true]");
  assert_whole (fixture->window);
}

/* -- Storage -- */

static void
assert_finds (IpcWindow  *window,
              const char *blob,
              const char *expected)
{
  g_autofree char *code = g_strdup_printf ("storage.find (%s)", blob);

  ipc_assert_run (window, code, expected);
}

static void
test_partitions (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(IpcWindow) beside = ipc_window_new (OPTIONS (""));
  g_autoptr(IpcWindow) apart = ipc_window_new (OPTIONS ("\"partition\": \"apart\","));
  g_autofree char *blob = NULL;

  ipc_window_load (beside, "page-attacks/index.html");
  ipc_window_load (apart, "page-attacks/index.html");
  blob = ipc_window_run (fixture->window, "storage.keep ('secret')");
  assert_finds (fixture->window, blob, "[\"secret\",\"secret\",\"refused\"]");
  assert_finds (apart, blob, "[null,null,\"refused\"]");

  ipc_assert_run (apart, "broadcast ('of apart'), 0", "0");
  ipc_assert_run (beside, "broadcast ('of beside'), 0", "0");
  g_free (ipc_window_run (
    fixture->window, "new Promise ((resolve) => { (function look () {"
                     "  broadcasts.length > 0 ? resolve () : setTimeout (look, 10); }) (); })"));
  ipc_assert_run (fixture->window, "broadcasts", "[\"of beside\"]");
}

/* -- History -- */

static void
go_to_web (IpcWindow *window,
           WebServer *server)
{
  g_autofree char *uri = web_server_dup_uri (server, "/page");

  g_queue_clear_full (&window->events, g_free);
  mullion_web_contents_load_uri (window->contents, uri);
  g_free (ipc_window_wait (window, "did-finish-load"));
}

static void
go_back (IpcWindow *window)
{
  g_queue_clear_full (&window->events, g_free);
  mullion_web_contents_execute_javascript_async (window->contents, "history.back ()", NULL, NULL,
                                                 NULL);
  g_free (ipc_window_wait (window, "did-finish-load"));
}

static void
answer (Fixture *fixture)
{
  mullion_ipc_main_invoke_event_return (fixture->asked,
                                        json_node_init_string (json_node_alloc (), "secret"));
  g_clear_object (&fixture->asked);
}

/* The page of the web that it goes back to is as poor as before, and hears nothing of what the page of the
 * app had begun. */
static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  go_to_web (fixture->window, fixture->server);
  ipc_assert_run (fixture->window, "typeof api", "\"undefined\"");
  ipc_window_load (fixture->window, "page-attacks/index.html");
  ipc_assert_run (fixture->window, "api.save ('later'), 0", "0");
  ipc_wait_until (fixture->asked != NULL);

  go_back (fixture->window);
  ipc_assert_run (fixture->window, "[document.title, typeof api]", "[\"Web\",\"undefined\"]");
  answer (fixture);
  ipc_assert_run (fixture->window, "[document.title, typeof api]", "[\"Web\",\"undefined\"]");

  go_back (fixture->window);
  ipc_assert_run (fixture->window, "document.title", "\"Attacks\"");
  ipc_assert_run (fixture->window, "api.texts ()", "[]");
  assert_whole (fixture->window);
}

/* -- Ports -- */

static void
heard_cb (MullionMessagePortMain *port,
          MullionMessageEvent    *event,
          Fixture                *fixture)
{
  g_ptr_array_add (fixture->saved,
                   g_strdup (json_node_get_string (mullion_message_event_get_data (event))));
}

static void
closed_cb (MullionMessagePortMain *port,
           Fixture                *fixture)
{
  g_ptr_array_add (fixture->saved, g_strdup ("closed"));
}

/* What the page gives away it has given away; more than the port the frame has not. The port is of the
 * page's document still, and ends with that. */
static void
test_port_in_foreign_frame (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *port = mullion_message_channel_main_get_port1 (channel);
  MullionMessagePortMain *other = mullion_message_channel_main_get_port2 (channel);
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/heir");
  g_autofree char *origin = web_server_dup_uri (fixture->server, "");
  g_autofree char *policy = g_strdup_printf ("default-src 'self'; frame-src %s", origin);
  g_autofree char *code = g_strdup_printf (
    "new Promise ((resolve) => {"
    "  globalThis.heir = document.createElement ('iframe'); heir.src = '%s';"
    "  heir.onload = resolve; document.documentElement.append (heir); }).then (() => 0)", uri);

  mullion_app_set_content_security_policy (ipc_app_get (), policy);
  ipc_window_load (fixture->window, "page-attacks/index.html");
  ipc_assert_run (fixture->window, code, "0");
  mullion_app_set_content_security_policy (ipc_app_get (), NULL);
  ipc_assert_run (fixture->window,
                  "addEventListener ('message', ({ data, ports }) =>"
                  "  data === 'port' && heir.contentWindow.postMessage ('port', '*', ports)), 0",
                  "0");
  g_signal_connect (port, "message", G_CALLBACK (heard_cb), fixture);
  g_signal_connect (port, "close", G_CALLBACK (closed_cb), fixture);
  mullion_message_port_main_start (port);
  g_assert_true (mullion_web_contents_post_message (fixture->window->contents, "port",
                                                    json_node_init_null (json_node_alloc ()),
                                                    &other, 1, NULL));
  ipc_wait_until (fixture->saved->len == 1);
  g_assert_cmpstr (fixture->saved->pdata[0], ==, "undefined undefined SecurityError");

  ipc_window_load (fixture->window, "page-attacks/index.html");
  ipc_wait_until (fixture->saved->len == 2);
  g_assert_cmpstr (fixture->saved->pdata[1], ==, "closed");
  g_signal_handlers_disconnect_by_data (port, fixture);
  assert_whole (fixture->window);
}

/* -- Windows -- */

static gboolean
let_open_cb (MullionWebContents       *contents,
             MullionWindowOpenRequest *request,
             gpointer                  user_data)
{
  return TRUE;
}

static void
created_cb (MullionWebContents       *contents,
            MullionBrowserWindow     *window,
            MullionWindowOpenRequest *request,
            Fixture                  *fixture)
{
  fixture->opened = ipc_window_watch (window);
}

static void
let_go_cb (MullionWebContents     *contents,
           MullionNavigationEvent *event,
           gpointer                user_data)
{
  mullion_navigation_event_allow (event);
}

/* The window may ask, and its opener leads it elsewhere before it is told. */
static void
test_window_led_away (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *code = g_strdup_printf ("child.location = '%s', 0", uri);
  g_autoptr(MullionWebFrameMain) frame = NULL;

  mullion_web_contents_set_window_open_handler (fixture->window->contents, let_open_cb, NULL, NULL);
  g_signal_connect (fixture->window->contents, "did-create-window", G_CALLBACK (created_cb), fixture);
  ipc_window_load (fixture->window, "page-attacks/index.html");
  ipc_assert_run (fixture->window, "(globalThis.child = open ('index.html')) !== null", "true");
  ipc_wait_until (fixture->opened != NULL);
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  g_signal_connect (fixture->opened->contents, "will-navigate", G_CALLBACK (let_go_cb), NULL);
  ipc_assert_run (fixture->window, "child.api.save ('later'), 0", "0");
  ipc_wait_until (fixture->asked != NULL);
  frame = g_object_ref (mullion_ipc_main_invoke_event_get_sender_frame (fixture->asked));

  g_queue_clear_full (&fixture->opened->events, g_free);
  ipc_assert_run (fixture->window, code, "0");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  g_signal_handlers_disconnect_by_data (fixture->window->contents, fixture);
  answer (fixture);
  g_assert_false (mullion_web_frame_main_send (frame, "text", NULL));
  ipc_assert_run (fixture->opened, "[document.title, typeof api, typeof require]",
                  "[\"Web\",\"undefined\",\"undefined\"]");
  assert_whole (fixture->window);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-attacks/workers", test_workers },
    { "/page-attacks/foreign-workers", test_foreign_workers },
    { "/page-attacks/import-map", test_import_map },
    { "/page-attacks/weak-import-map", test_weak_import_map },
    { "/page-attacks/javascript-urls", test_javascript_urls },
    { "/page-attacks/partitions", test_partitions },
    { "/page-attacks/history", test_history },
    { "/page-attacks/port-in-foreign-frame", test_port_in_foreign_frame },
    { "/page-attacks/window-led-away", test_window_led_away },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageAttacks");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
