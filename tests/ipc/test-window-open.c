/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

/* Windows that pages open: none, unless a handler lets them; then a window of the app. */

#define ORIGIN "app://io.github.mullion.testwindowopen"
#define SECOND ORIGIN "/window-open/second.html"
#define REFUSED "WebContents #*: a window for * was refused: "
#define OPTIONS "{ \"width\": 400, \"height\": 300, \"webPreferences\":" \
                "  { \"preload\": \"window-open/preload.js\"," \
                "    \"additionalArguments\": [\"of-the-opener\"] } }"

/* Where the page has its links. */
#define BLANK_Y 50
#define PLAIN_Y 250

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  IpcWindow *opened;     /* (nullable): the last one */
  GPtrArray *asked;      /* "URL FRAME-NAME DISPOSITION", in their order */
  guint n_created;
  gboolean allow;
  gboolean outlives;
  const char *overrides; /* (nullable): JSON */
} Fixture;

static gboolean
decide_cb (MullionWebContents       *contents,
           MullionWindowOpenRequest *request,
           gpointer                  user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->asked,
                   g_strdup_printf ("%s %s %s", mullion_window_open_request_get_url (request),
                                    mullion_window_open_request_get_frame_name (request),
                                    mullion_window_open_request_get_disposition (request)));
  g_test_message ("%s", (char *) fixture->asked->pdata[fixture->asked->len - 1]);
  mullion_window_open_request_set_outlives_opener (request, fixture->outlives);
  if (fixture->overrides != NULL)
    {
      g_autoptr(JsonNode) node = json_from_string (fixture->overrides, NULL);

      mullion_window_open_request_override_options (request, json_node_get_object (node));
    }

  return fixture->allow;
}

static void
created_cb (MullionWebContents       *contents,
            MullionBrowserWindow     *window,
            MullionWindowOpenRequest *request,
            Fixture                  *fixture)
{
  fixture->n_created++;
  g_clear_pointer (&fixture->opened, ipc_window_free);
  fixture->opened = ipc_window_watch (window);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = web_server_new (NULL);
  fixture->asked = g_ptr_array_new_with_free_func (g_free);
  fixture->allow = TRUE;
  fixture->window = ipc_window_new (OPTIONS);
  mullion_web_contents_set_window_open_handler (fixture->window->contents, decide_cb, fixture,
                                                NULL);
  g_signal_connect (fixture->window->contents, "did-create-window", G_CALLBACK (created_cb),
                    fixture);
  ipc_window_load (fixture->window, "window-open/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->opened, ipc_window_free);
  g_signal_handlers_disconnect_by_data (fixture->window->contents, fixture);
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
  g_ptr_array_unref (fixture->asked);
  assert_warned ();
}

static void
assert_asked (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpuint (fixture->asked->len, ==, 1);
  g_assert_cmpstr (fixture->asked->pdata[0], ==, expected);
}

/* -- No window -- */

static void
test_deny (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->allow = FALSE;
  ipc_assert_run (fixture->window, "window.open('second.html', 'second')", "null");
  assert_asked (fixture, SECOND "  foreground-tab");
  g_assert_cmpuint (fixture->n_created, ==, 0);
}

/* No handler is asked about these. */
static void
test_never (Fixture       *fixture,
            gconstpointer  data)
{
  expect_warning (REFUSED "it is of another app");
  ipc_assert_run (fixture->window, "window.open('app://io.github.mullion.other/index.html')",
                  "null");
  expect_warning (REFUSED "a page never leads to files");
  ipc_assert_run (fixture->window, "window.open('file:///etc/passwd')", "null");
  g_assert_cmpuint (fixture->asked->len, ==, 0);
  g_assert_cmpuint (fixture->n_created, ==, 0);
}

static gboolean
destroy_cb (MullionWebContents       *contents,
            MullionWindowOpenRequest *request,
            gpointer                  user_data)
{
  mullion_browser_window_destroy (mullion_browser_window_from_web_contents (contents));
  return TRUE;
}

static void
test_destroyed_by_handler (Fixture       *fixture,
                           gconstpointer  data)
{
  mullion_web_contents_set_window_open_handler (fixture->window->contents, destroy_cb, NULL, NULL);
  mullion_web_contents_execute_javascript_async (fixture->window->contents,
                                                 "window.open('second.html')", NULL, NULL, NULL);
  g_free (ipc_window_wait (fixture->window, "closed"));
  g_assert_cmpuint (fixture->n_created, ==, 0);
}

/* -- A window -- */

static void
open_second (Fixture *fixture)
{
  ipc_assert_run (fixture->window, "globalThis.child = window.open('second.html', 'second'), 1",
                  "1");
  g_assert_nonnull (fixture->opened);
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
}

static void
test_allow (Fixture       *fixture,
            gconstpointer  data)
{
  open_second (fixture);
  assert_asked (fixture, SECOND "  foreground-tab");
  g_assert_cmpuint (fixture->n_created, ==, 1);
  ipc_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->opened->window)));

  ipc_assert_run (fixture->opened, "[document.title, opener.document.title, name, preload]",
                  "[\"Second\",\"Opener\",\"second\",\"of-the-opener\"]");
  ipc_assert_run (fixture->opened, "ping(opener)", "\"pong from Opener\"");
  ipc_assert_run (fixture->window, "ping(child)", "\"pong from Second\"");
  g_assert_cmpint (mullion_web_contents_get_os_process_id (fixture->opened->contents), ==,
                   mullion_web_contents_get_os_process_id (fixture->window->contents));

  /* Each is its own document to the main process. */
  g_assert_cmpstr (mullion_web_contents_get_uri (fixture->opened->contents), ==, SECOND);
  g_assert_true (mullion_web_contents_get_main_frame (fixture->opened->contents) !=
                 mullion_web_contents_get_main_frame (fixture->window->contents));
}

/* The window was there before its document, and the opener's to change. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "globalThis.calls = 0; globalThis.child = window.open('second.html', 'second');"
                  "const { defineProperty } = child.Reflect;"
                  "child.Reflect.defineProperty = function changed(...args) {"
                  "  calls++; return defineProperty(...args); }; 1", "1");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  ipc_assert_run (fixture->window, "[child.Reflect.defineProperty.name, child.preload, calls]",
                  "[\"changed\",\"of-the-opener\",0]");
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  open_second (fixture);
  ipc_assert_run (fixture->window, "child.close(), 1", "1");
  g_free (ipc_window_wait (fixture->opened, "closed"));
  ipc_wait_until (mullion_browser_window_is_destroyed (fixture->opened->window));
  ipc_assert_run (fixture->window, "child.closed", "true");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "(() => { const w = window.open(); w.document.title = 'Written';"
                  "  return [w.document.title, w.origin, w.preload]; })()",
                  "[\"Written\",\"" ORIGIN "\",\"of-the-opener\"]");
  assert_asked (fixture, "about:blank  foreground-tab");
  ipc_assert_run (fixture->opened, "document.title", "\"Written\"");
}

static void
test_named (Fixture       *fixture,
            gconstpointer  data)
{
  open_second (fixture);
  ipc_assert_run (fixture->window, "window.open('index.html', 'second') === child", "true");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  ipc_assert_run (fixture->opened, "document.title", "\"Opener\"");
  ipc_assert_run (fixture->window, "document.querySelector('#named').click(), 1", "1");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  ipc_assert_run (fixture->opened, "document.title", "\"Second\"");
  g_assert_cmpuint (fixture->n_created, ==, 1);
}

/* target="_blank" means rel="noopener". */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_assert_run (fixture->window, "document.querySelector('#blank').click(), 1", "1");
  ipc_wait_until (fixture->opened != NULL && ipc_window_has (fixture->opened, "did-finish-load"));
  assert_asked (fixture, SECOND "  foreground-tab");
  ipc_assert_run (fixture->opened, "[document.title, opener, preload]",
                  "[\"Second\",null,\"of-the-opener\"]");
}

static void
test_named_link (Fixture       *fixture,
                 gconstpointer  data)
{
  ipc_assert_run (fixture->window, "document.querySelector('#named').click(), 1", "1");
  ipc_wait_until (fixture->opened != NULL && ipc_window_has (fixture->opened, "did-finish-load"));
  assert_asked (fixture, SECOND " second foreground-tab");
  ipc_assert_run (fixture->opened, "[document.title, opener.document.title, name]",
                  "[\"Second\",\"Opener\",\"second\"]");
}

static void
test_size (Fixture       *fixture,
           gconstpointer  data)
{
  int width, height;

  ipc_assert_run (fixture->window,
                  "window.open('second.html', '', 'width=320,height=240') !== null", "true");
  ipc_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->opened->window)));
  mullion_browser_window_get_size (fixture->opened->window, &width, &height);
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 240);
}

static void
test_override (Fixture       *fixture,
               gconstpointer  data)
{
  int width, height;

  fixture->overrides = "{ \"width\": 500, \"show\": false, \"webPreferences\":"
                       "  { \"additionalArguments\": [\"of-the-child\"],"
                       "    \"partition\": \"another\" } }";
  ipc_assert_run (fixture->window,
                  "(localStorage.kept = 'here', globalThis.child ="
                  "  window.open('second.html', '', 'width=320,height=240')), 1", "1");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  mullion_browser_window_get_size (fixture->opened->window, &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 240);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->opened->window)));
  ipc_assert_run (fixture->opened, "[preload, localStorage.kept]", "[\"of-the-child\",\"here\"]");
}

/* The web gets a window and nothing of the app. */
static void
test_web (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *code = g_strdup_printf ("window.open('%s') !== null", uri);

  ipc_assert_run (fixture->window, code, "true");
  g_free (ipc_window_wait (fixture->opened, "did-finish-load"));
  ipc_assert_run (fixture->opened, "[document.title, typeof preload]", "[\"Web\",\"undefined\"]");
}

/* It was allowed this address, and not where that sends it on. */
static void
test_web_redirect (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(WebServer) other = web_server_new (NULL);
  g_autofree char *target = web_server_dup_uri (other, "/landed");
  g_autofree char *path = g_strconcat ("/redirect?", target, NULL);
  g_autofree char *uri = web_server_dup_uri (fixture->server, path);
  g_autofree char *code = g_strdup_printf ("window.open('%s') !== null", uri);

  expect_warning ("WebContents #*: navigation to * was refused: *");
  ipc_assert_run (fixture->window, code, "true");
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  g_assert_false (web_server_saw (other, "GET /landed"));
}

/* -- Its end -- */

static void
test_opener_closes (Fixture       *fixture,
                    gconstpointer  data)
{
  open_second (fixture);
  mullion_browser_window_destroy (fixture->window->window);
  g_assert_true (mullion_browser_window_is_destroyed (fixture->opened->window));
}

static void
test_outlives (Fixture       *fixture,
               gconstpointer  data)
{
  fixture->outlives = TRUE;
  open_second (fixture);
  mullion_browser_window_destroy (fixture->window->window);
  g_assert_false (mullion_browser_window_is_destroyed (fixture->opened->window));
  ipc_assert_run (fixture->opened, "document.title", "\"Second\"");
}

/* -- Clicks -- */

/* Whether there is a hand that moves the mouse. */
static gboolean
begin_clicking (IpcWindow *window)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL)
    {
      g_test_skip ("no xdotool here");
      return FALSE;
    }

  ipc_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window->window)));
  ipc_assert_run (window,
                  "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame("
                  "  () => r(1))))", "1");

  return TRUE;
}

static void
click (int         y,
       const char *button,
       const char *key)
{
  g_autofree char *command =
    g_strdup_printf ("xdotool mousemove 100 %d %s%s click %s %s%s", y,
                     key != NULL ? "keydown " : "", key != NULL ? key : "", button,
                     key != NULL ? "keyup " : "", key != NULL ? key : "");
  g_autoptr(GError) error = NULL;

  g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Without a handler, with the user's hand and without. */
static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(IpcWindow) window = NULL;
  g_autoptr(GList) all = NULL;

  mullion_browser_window_destroy (fixture->window->window);
  window = ipc_window_new (OPTIONS);
  ipc_window_load (window, "window-open/index.html");
  ipc_assert_run (window, "window.open('second.html')", "null");
  if (!begin_clicking (window))
    return;

  expect_warning (REFUSED "there is no window open handler");
  click (BLANK_Y, "1", NULL);
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  expect_warning (REFUSED "there is no window open handler");
  click (PLAIN_Y, "2", NULL);
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  ipc_assert_run (window, "document.title", "\"Opener\"");
  all = mullion_browser_window_get_all ();
  g_assert_cmpint (g_list_length (all), ==, 1);
}

static void
test_clicks (Fixture       *fixture,
             gconstpointer  data)
{
  const struct { const char *button; const char *key; const char *asked; } clicks[] = {
    { "2", NULL, SECOND "  background-tab" },
    { "1", "ctrl", SECOND "  background-tab" },
    { "1", "shift", SECOND "  new-window" },
  };

  if (!begin_clicking (fixture->window))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (clicks); i++)
    {
      g_ptr_array_set_size (fixture->asked, 0);
      fixture->allow = FALSE;
      click (PLAIN_Y, clicks[i].button, clicks[i].key);
      ipc_wait_until (fixture->asked->len == 1);
      assert_asked (fixture, clicks[i].asked);
    }
  g_assert_cmpuint (fixture->n_created, ==, 0);

  fixture->allow = TRUE;
  click (PLAIN_Y, "2", NULL);
  ipc_wait_until (fixture->opened != NULL && ipc_window_has (fixture->opened, "did-finish-load"));
  ipc_assert_run (fixture->opened, "[document.title, opener, preload]",
                  "[\"Second\",null,\"of-the-opener\"]");
  ipc_assert_run (fixture->window, "document.title", "\"Opener\"");
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/window-open/default", test_default },
    { "/window-open/deny", test_deny },
    { "/window-open/never", test_never },
    { "/window-open/destroyed-by-handler", test_destroyed_by_handler },
    { "/window-open/allow", test_allow },
    { "/window-open/changed", test_changed },
    { "/window-open/close", test_close },
    { "/window-open/empty", test_empty },
    { "/window-open/named", test_named },
    { "/window-open/link", test_link },
    { "/window-open/named-link", test_named_link },
    { "/window-open/size", test_size },
    { "/window-open/override", test_override },
    { "/window-open/web", test_web },
    { "/window-open/web-redirect", test_web_redirect },
    { "/window-open/opener-closes", test_opener_closes },
    { "/window-open/outlives", test_outlives },
    { "/window-open/clicks", test_clicks },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestWindowOpen");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
