/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <string.h>

/* MullionWebContents in real windows: what it reports, what it can do, and in which order the
 * `ipcMain`s hear its page. */

#define PRELOAD(name) \
  "{ \"show\": false, \"webPreferences\": { \"preload\": \"lifecycle/" name "\" } }"
#define OPTIONS PRELOAD ("preload.js")
#define PAGE "lifecycle/index.html"

typedef struct
{
  IpcWindow *window;
  GString *order;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->order = g_string_new (NULL);
  if (data != NULL)
    fixture->window = ipc_window_new (data);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->window, ipc_window_free);
  g_string_free (fixture->order, TRUE);
  assert_warned ();
}

/* -- Preload scripts that fail: the page loads all the same -- */

static void
test_preload_missing (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *event = NULL;

  expect_warning ("Unable to load preload script: lifecycle/none.js: *No such file*");
  mullion_web_contents_load_file (fixture->window->contents, PAGE);
  event = ipc_window_wait (fixture->window, "preload-error");
  g_assert_true (g_str_has_prefix (event, "preload-error lifecycle/none.js "));
  g_assert_nonnull (strstr (event, "No such file"));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title + typeof api", "\"Firstundefined\"");
}

static void
check_preload_error (Fixture    *fixture,
                     const char *text,
                     const char *place)
{
  g_autofree char *event = NULL;

  expect_warning ("Unable to load preload script: *");
  mullion_web_contents_load_file (fixture->window->contents, PAGE);
  event = ipc_window_wait (fixture->window, "preload-error");
  g_assert_nonnull (strstr (event, text));
  g_assert_nonnull (strstr (event, place));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title + typeof api", "\"Firstundefined\"");
}

static void
test_preload_syntax (Fixture       *fixture,
                     gconstpointer  data)
{
  check_preload_error (fixture, "SyntaxError", "syntax-error.js:4");
}

static void
test_preload_throws (Fixture       *fixture,
                     gconstpointer  data)
{
  check_preload_error (fixture, "Error: boom in the preload", "throws.js:5");
}

/* -- Loads that fail -- */

static void
check_load_fails (Fixture    *fixture,
                  const char *expected)
{
  g_autofree char *event = ipc_window_wait (fixture->window, "did-fail-load");

  if (!g_pattern_match_simple (expected, event))
    g_error ("%s is not %s", event, expected);
  g_assert_false (ipc_window_has (fixture->window, "did-finish-load"));
}

static void
test_missing_page (Fixture       *fixture,
                   gconstpointer  data)
{
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/none.html");
  check_load_fails (fixture, "did-fail-load -6 ERR_FILE_NOT_FOUND app://*/lifecycle/none.html");

  /* And the next one loads. */
  ipc_window_load (fixture->window, PAGE);
  ipc_assert_run (fixture->window, "document.title", "\"First\"");
}

static void
test_page_outside (Fixture       *fixture,
                   gconstpointer  data)
{
  expect_warning ("Loading /etc/passwd failed: *");
  mullion_web_contents_load_file (fixture->window->contents, "/etc/passwd");
  check_load_fails (fixture, "did-fail-load -* ERR_* /etc/passwd");
}

static void
test_unknown_scheme (Fixture       *fixture,
                     gconstpointer  data)
{
  mullion_web_contents_load_uri (fixture->window->contents, "no-such-scheme:page");
  check_load_fails (fixture, "did-fail-load -302 ERR_UNKNOWN_URL_SCHEME no-such-scheme:page");
}

/* -- What it reports -- */

static void
test_events (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const expected[] = {
    "did-start-loading", "did-navigate app://*/lifecycle/index.html", "dom-ready",
    "did-finish-load", "did-stop-loading",
  };
  guint n = 0;

  mullion_web_contents_load_file (fixture->window->contents, PAGE);
  ipc_wait_until (ipc_window_has (fixture->window, "did-stop-loading") &&
                  ipc_window_has (fixture->window, "text First"));
  for (GList *l = fixture->window->events.head; l != NULL; l = l->next)
    if (!g_str_has_prefix (l->data, "text"))
      {
        g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
        g_assert_true (g_pattern_match_simple (expected[n++], l->data));
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  g_assert_cmpstr (mullion_web_contents_get_title (fixture->window->contents), ==, "First");
  g_assert_false (mullion_web_contents_is_loading (fixture->window->contents));
}

static void
test_console (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *log = NULL;
  g_autofree char *error = NULL;

  ipc_window_load (fixture->window, PAGE);
  ipc_assert_run (fixture->window, "console.log('hello', 5), console.error('oh'), 1", "1");
  log = ipc_window_wait (fixture->window, "console-message");
  error = ipc_window_wait (fixture->window, "console-message");
  g_assert_nonnull (strstr (log, "hello"));
  g_assert_nonnull (strstr (error, " oh "));
  /* The levels are not the same. */
  g_assert_cmpint (log[strlen ("console-message ")], !=, error[strlen ("console-message ")]);
}

static void
captured_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(GBytes **) user_data =
    mullion_web_contents_capture_page_finish (MULLION_WEB_CONTENTS (contents), result, &error);
  g_assert_no_error (error);
}

/* The page is green all over. */
static void
test_capture (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree guchar *pixels = NULL;
  gsize stride;

  ipc_window_load (fixture->window, PAGE);
  ipc_assert_run (fixture->window,
                  "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
                  ".then(() => 1)", "1");
  mullion_web_contents_capture_page_async (fixture->window->contents, NULL, captured_cb, &bytes);
  ipc_wait_until (bytes != NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 8);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 8, "\x89PNG\r\n\x1a\n", 8);

  texture = gdk_texture_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 100);
  stride = 4 * gdk_texture_get_width (texture);
  pixels = g_malloc (stride * gdk_texture_get_height (texture));
  gdk_texture_download (texture, pixels, stride);
  /* In the middle: blue, green, red. */
  g_assert_cmpmem (pixels + stride * (gdk_texture_get_height (texture) / 2) + stride / 2 / 4 * 4, 3,
                   "\x00\xff\x00", 3);
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;

  ipc_window_load (fixture->window, PAGE);
  g_assert_cmpfloat (mullion_web_contents_get_zoom_factor (contents), ==, 1.5);
  mullion_web_contents_set_zoom_factor (contents, 2.0);
  g_assert_cmpfloat (mullion_web_contents_get_zoom_factor (contents), ==, 2.0);
}

/* -- Many of them -- */

static void
test_ids (Fixture       *fixture,
          gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;
  IpcWindow *other = ipc_window_new (OPTIONS);
  guint other_id = mullion_web_contents_get_id (other->contents);
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  g_assert_true (mullion_web_contents_from_id (mullion_web_contents_get_id (contents)) == contents);
  g_assert_true (mullion_web_contents_from_id (other_id) == other->contents);
  g_assert_cmpuint (other_id, >, mullion_web_contents_get_id (contents));
  g_assert_cmpuint (g_list_length (all), ==, 2);
  g_assert_true (all->data == contents);
  g_assert_true (all->next->data == other->contents);
  g_assert_null (mullion_web_contents_from_id (0));
  g_assert_null (mullion_web_contents_from_id (G_MAXUINT));
  /* Neither is shown. */
  g_assert_null (mullion_web_contents_get_focused ());

  ipc_window_free (other);
  g_assert_null (mullion_web_contents_from_id (other_id));
}

static void
test_send_to (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new (OPTIONS);
  guint id = mullion_web_contents_get_id (fixture->window->contents);
  g_autofree char *send = g_strdup_printf ("api.sendTo(%u, 'push', 'hi', [1]), api.sendSync('sync')",
                                           mullion_web_contents_get_id (other->contents));
  g_autofree char *expected = g_strdup_printf ("[[%u,\"hi\",[1]]]", id);
  g_autofree char *to_nobody = NULL;

  ipc_window_load (fixture->window, PAGE);
  ipc_window_load (other, PAGE);
  /* The answer to sendSync says that what was sent before has been heard. */
  expect_warning ("WebContents #* called ipcRenderer.sendSync() with 'sync' channel *");
  to_nobody = ipc_window_run (fixture->window, send);
  ipc_assert_run (other, "api.heard()", expected);
  ipc_assert_run (fixture->window, "api.heard()", "[]");

  expect_warning ("WebContents #* called ipcRenderer.sendTo() with 'push' channel, but there is no "
                  "page of the id 4000000");
  ipc_assert_run (fixture->window, "api.sendTo(4000000, 'push'), 1", "1");
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
}

static void
test_partition (Fixture       *fixture,
                gconstpointer  data)
{
  const char *in_a = "{ \"show\": false, \"webPreferences\": { \"partition\": \"a\" } }";
  const char *in_b = "{ \"show\": false, \"webPreferences\": { \"partition\": \"b\" } }";
  g_autoptr(IpcWindow) first = ipc_window_new (in_a);
  g_autoptr(IpcWindow) same = ipc_window_new (in_a);
  g_autoptr(IpcWindow) other = ipc_window_new (in_b);

  ipc_window_load (first, PAGE);
  ipc_assert_run (first, "document.cookie, localStorage.setItem('key', 'a'), 1", "1");
  ipc_window_load (other, PAGE);
  ipc_assert_run (other, "localStorage.getItem('key')", "null");
  ipc_window_load (same, PAGE);
  ipc_assert_run (same, "localStorage.getItem('key')", "\"a\"");
}

/* -- The order in which a message is heard -- */

#define NAME(text) ((gpointer) (text))

static void
listen_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  GString *order = g_object_get_data (G_OBJECT (mullion_ipc_main_event_get_sender (event)),
                                      "order");

  g_string_append_printf (order, "%s ", (const char *) user_data);
}

static void
handle_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event,
                                        json_node_init_string (json_node_alloc (), user_data));
}

static void
ipc_message_cb (MullionWebContents  *contents,
                MullionIpcMainEvent *event,
                JsonArray           *args,
                Fixture             *fixture)
{
  g_string_append_printf (fixture->order, "signal:%s ",
                          mullion_ipc_main_event_get_channel (event));
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;
  MullionIpcMain *app_ipc = mullion_app_get_ipc_main (ipc_app_get ());
  MullionIpcMain *contents_ipc = mullion_web_contents_get_ipc (contents);
  MullionIpcMain *frame_ipc;

  g_object_set_data (G_OBJECT (contents), "order", fixture->order);
  ipc_window_load (fixture->window, PAGE);
  frame_ipc = mullion_web_frame_main_get_ipc (mullion_web_contents_get_main_frame (contents));
  g_signal_connect (contents, "ipc-message", G_CALLBACK (ipc_message_cb), fixture);

  mullion_ipc_main_on (app_ipc, "a", listen_cb, NAME ("app"), NULL);
  mullion_ipc_main_on (frame_ipc, "a", listen_cb, NAME ("frame"), NULL);
  mullion_ipc_main_on (contents_ipc, "a", listen_cb, NAME ("contents"), NULL);
  mullion_ipc_main_handle (app_ipc, "h", handle_cb, NAME ("app"), NULL);
  ipc_assert_run (fixture->window, "api.send('a'), api.invoke('h')", "\"app\"");
  g_assert_cmpstr (fixture->order->str, ==, "signal:a frame contents app ");

  /* But a call has one answer: that of the nearest. */
  mullion_ipc_main_handle (contents_ipc, "h", handle_cb, NAME ("contents"), NULL);
  ipc_assert_run (fixture->window, "api.invoke('h')", "\"contents\"");
  mullion_ipc_main_handle (frame_ipc, "h", handle_cb, NAME ("frame"), NULL);
  ipc_assert_run (fixture->window, "api.invoke('h')", "\"frame\"");
  mullion_ipc_main_remove_handler (frame_ipc, "h");
  ipc_assert_run (fixture->window, "api.invoke('h')", "\"contents\"");

  /* The frame's own go with its document; those of the contents stay. */
  mullion_ipc_main_handle (frame_ipc, "h", handle_cb, NAME ("frame"), NULL);
  ipc_window_load (fixture->window, PAGE);
  g_string_truncate (fixture->order, 0);
  ipc_assert_run (fixture->window, "api.send('a'), api.invoke('h')", "\"contents\"");
  g_assert_cmpstr (fixture->order->str, ==, "signal:a contents app ");

  mullion_ipc_main_remove_all_listeners (app_ipc, NULL);
  mullion_ipc_main_remove_handler (app_ipc, "h");
  g_signal_handlers_disconnect_by_data (contents, fixture);
}

/* -- What is off unless asked for -- */

static void
test_remote_off (Fixture       *fixture,
                 gconstpointer  data)
{
  ipc_window_load (fixture->window, PAGE);
  ipc_assert_run (fixture->window, "api.hasRemote()", "false");
}

static void
test_remote_on (Fixture       *fixture,
                gconstpointer  data)
{
  ipc_window_load (fixture->window, PAGE);
  ipc_assert_run (fixture->window, "api.hasRemote()", "true");
}

static void
test_dev_tools (Fixture       *fixture,
                gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;

  ipc_window_load (fixture->window, PAGE);
  g_assert_false (mullion_web_contents_is_dev_tools_opened (contents));
  mullion_web_contents_open_dev_tools (contents);
  g_free (ipc_window_wait (fixture->window, "devtools-opened"));
  g_assert_true (mullion_web_contents_is_dev_tools_opened (contents));
  mullion_web_contents_close_dev_tools (contents);
  g_free (ipc_window_wait (fixture->window, "devtools-closed"));
  g_assert_false (mullion_web_contents_is_dev_tools_opened (contents));
}

static void
test_dev_tools_off (Fixture       *fixture,
                    gconstpointer  data)
{
  ipc_window_load (fixture->window, PAGE);
  mullion_web_contents_open_dev_tools (fixture->window->contents);
  /* Had they come, they would have come before this. */
  ipc_assert_run (fixture->window, "1", "1");
  ipc_settle ();
  g_assert_false (mullion_web_contents_is_dev_tools_opened (fixture->window->contents));
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    const char *options;
  } tests[] = {
    { "/web-contents/preload/missing", test_preload_missing, PRELOAD ("none.js") },
    { "/web-contents/preload/syntax", test_preload_syntax, PRELOAD ("syntax-error.js") },
    { "/web-contents/preload/throws", test_preload_throws, PRELOAD ("throws.js") },
    { "/web-contents/fail/missing-page", test_missing_page, OPTIONS },
    { "/web-contents/fail/page-outside", test_page_outside, OPTIONS },
    { "/web-contents/fail/unknown-scheme", test_unknown_scheme, OPTIONS },
    { "/web-contents/events", test_events, OPTIONS },
    { "/web-contents/console", test_console, OPTIONS },
    { "/web-contents/capture", test_capture, "{}" },
    { "/web-contents/zoom", test_zoom, "{ \"webPreferences\": { \"zoomFactor\": 1.5 } }" },
    { "/web-contents/ids", test_ids, OPTIONS },
    { "/web-contents/send-to", test_send_to, OPTIONS },
    { "/web-contents/partition", test_partition, NULL },
    { "/web-contents/order", test_order, OPTIONS },
    { "/web-contents/remote/off", test_remote_off, OPTIONS },
    { "/web-contents/remote/on", test_remote_on,
      "{ \"webPreferences\": { \"preload\": \"lifecycle/preload.js\","
      " \"enableRemoteModule\": true } }" },
    { "/web-contents/dev-tools/on", test_dev_tools, "{}" },
    { "/web-contents/dev-tools/off", test_dev_tools_off,
      "{ \"webPreferences\": { \"devTools\": false } }" },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestWebContents");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, (gpointer) tests[i].options, set_up, tests[i].test,
                tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
