/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <libsoup/soup.h>
#include <string.h>

/* Who gets the bridge: pages of the app, pages of the web, what is in their frames, and one after
 * the other in one window. A small server on this machine plays the web. */

#define PRELOAD "\"preload\": \"lifecycle/preload.js\""
#define OPTIONS "{ \"show\": false, \"webPreferences\": { " PRELOAD " } }"
#define OPTIONS_IN_FRAMES \
  "{ \"show\": false, \"webPreferences\": { " PRELOAD ", \"nodeIntegrationInSubFrames\": true } }"
#define OPTIONS_FOR_FRAMES \
  "{ \"show\": false, \"webPreferences\": { " PRELOAD ", " \
  "\"grants\": [{ \"channels\": [\"*\"], \"frames\": [\"main\", \"sub\"] }] } }"

typedef struct
{
  SoupServer *server;
  SoupServer *other; /* the same on another port, which is another origin */
  IpcWindow *window;
  GPtrArray *told; /* MullionIpcMainEvent */
} Fixture;

static void
serve_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  g_autofree char *text = NULL;

  if (query != NULL && g_hash_table_contains (query, "frame"))
    text = g_strdup_printf ("<!doctype html><title>Outer</title>"
                            "<script>addEventListener('message', (e) => { inner = e.data; });"
                            "var inner;</script>"
                            "<iframe src='%s'></iframe>",
                            (char *) g_hash_table_lookup (query, "frame"));
  else
    text = g_strdup ("<!doctype html><title>Web</title>"
                     "<script>if (parent !== window) {"
                     "  if (window.api) api.send('tell');"
                     "  parent.postMessage(typeof api, '*');"
                     "}</script>");

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_COPY, text, strlen (text));
}

static SoupServer *
start_server (void)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr(GError) error = NULL;

  soup_server_add_handler (server, NULL, serve_cb, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  return server;
}

static char *
dup_origin (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  char *origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return origin;
}

static char *
dup_address (SoupServer *server,
             const char *query)
{
  g_autofree char *origin = dup_origin (server);

  return g_strconcat (origin, "/", query, NULL);
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
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->server = start_server ();
  fixture->other = start_server ();
  fixture->told = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "tell", tell_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "echo");
  g_ptr_array_unref (fixture->told);
  ipc_window_free (fixture->window);
  soup_server_disconnect (fixture->server);
  soup_server_disconnect (fixture->other);
  g_object_unref (fixture->server);
  g_object_unref (fixture->other);
  assert_warned ();
}

static void
assert_bridge (Fixture *fixture)
{
  ipc_assert_run (fixture->window, "api.invoke('echo', [1, 'a'])", "[1,\"a\"]");
}

static void
assert_no_bridge (Fixture *fixture)
{
  JsonArray *args = json_array_new ();

  ipc_assert_run (fixture->window, "[typeof api, typeof require, typeof process]",
                  "[\"undefined\",\"undefined\",\"undefined\"]");
  /* Nobody listens there, and that is no mistake. */
  mullion_web_contents_send (fixture->window->contents, "push", args);
  ipc_assert_run (fixture->window, "1", "1");
}

static void
load_uri (Fixture    *fixture,
          const char *uri)
{
  g_queue_clear_full (&fixture->window->events, g_free);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

static void
test_remote (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *uri = dup_address (fixture->server, "");
  g_autofree char *origin = dup_origin (fixture->server);
  MullionWebFrameMain *frame;

  load_uri (fixture, uri);
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");
  assert_no_bridge (fixture);
  frame = mullion_web_contents_get_main_frame (fixture->window->contents);
  g_assert_cmpstr (mullion_web_frame_main_get_origin (frame), ==, origin);
  g_assert_cmpstr (mullion_web_frame_main_get_url (frame), ==, uri);
  g_assert_true (mullion_web_frame_main_is_main_frame (frame));
}

static void
allow_cb (MullionWebContents     *contents,
          MullionNavigationEvent *event)
{
  mullion_navigation_event_allow (event);
}

/* WebKit changes the process between sites: the channel goes along with the page that is shown. */
static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *uri = dup_address (fixture->server, "");
  g_autofree char *script = g_strdup_printf ("location.href = '%s'", uri);

  ipc_window_load (fixture->window, "lifecycle/index.html");
  assert_bridge (fixture);
  load_uri (fixture, uri);
  assert_no_bridge (fixture);
  ipc_window_load (fixture->window, "lifecycle/second.html");
  assert_bridge (fixture);

  /* The same, from the page. */
  g_signal_connect (fixture->window->contents, "will-navigate", G_CALLBACK (allow_cb), NULL);
  mullion_web_contents_execute_javascript_async (fixture->window->contents, script,
                                                 NULL, NULL, NULL);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  assert_no_bridge (fixture);
  mullion_web_contents_go_back (fixture->window->contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
  assert_bridge (fixture);
  g_assert_cmpint (mullion_web_contents_get_os_process_id (fixture->window->contents), >, 1);
}

static void
test_allowed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *uri = dup_address (fixture->server, "");
  g_autofree char *origin = dup_origin (fixture->server);
  g_autofree char *other = dup_address (fixture->other, "");

  g_assert_false (mullion_app_is_origin_allowed (ipc_app_get (), origin));
  mullion_app_allow_origin (ipc_app_get (), origin);
  load_uri (fixture, uri);
  assert_bridge (fixture);
  load_uri (fixture, other);
  assert_no_bridge (fixture);
  load_uri (fixture, uri);
  assert_bridge (fixture);
}

/* -- Frames -- */

#define WAIT_FOR_INNER \
  "inner ?? new Promise((r) => addEventListener('message', (e) => r(e.data)))"

/* The outer page is listed. What it frames of another origin is not. */
static void
test_foreign_frame (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *inner = dup_address (fixture->other, "");
  g_autofree char *query = g_strconcat ("?frame=", inner, NULL);
  g_autofree char *uri = dup_address (fixture->server, query);
  g_autofree char *origin = dup_origin (fixture->server);

  ipc_window_free (fixture->window);
  fixture->window = ipc_window_new (OPTIONS_IN_FRAMES);
  mullion_app_allow_origin (ipc_app_get (), origin);
  load_uri (fixture, uri);
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, WAIT_FOR_INNER, "\"undefined\"");
}

/* The counterpart, without which the test above could not fail. */
static void
test_own_frame (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *inner = dup_address (fixture->server, "");
  g_autofree char *query = g_strconcat ("?frame=", inner, NULL);
  g_autofree char *uri = dup_address (fixture->server, query);
  g_autofree char *origin = dup_origin (fixture->server);

  mullion_app_allow_origin (ipc_app_get (), origin);
  /* Off unless asked for. */
  load_uri (fixture, uri);
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, WAIT_FOR_INNER, "\"undefined\"");

  ipc_window_free (fixture->window);
  fixture->window = ipc_window_new (OPTIONS_IN_FRAMES);
  expect_warning ("*was denied ipcRenderer.send(): 'tell' is not granted to a sub-frame of *");
  load_uri (fixture, uri);
  ipc_assert_run (fixture->window, WAIT_FOR_INNER, "\"object\"");
  assert_bridge (fixture);
  g_assert_cmpuint (fixture->told->len, ==, 0);
}

/* Nobody is listed. The page is granted a call, the frame in it a message of another name. */
static void
test_granted_frame (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *inner = dup_address (fixture->other, "");
  g_autofree char *query = g_strconcat ("?frame=", inner, NULL);
  g_autofree char *uri = dup_address (fixture->server, query);
  g_autofree char *origin = dup_origin (fixture->server);
  g_autofree char *inner_origin = dup_origin (fixture->other);
  g_autoptr(MullionGrants) grants = mullion_grants_new ();
  MullionWebFrameMain *frame;

  mullion_grants_add_for (grants, "echo", origin, MULLION_GRANT_MAIN_FRAME);
  mullion_grants_add_for (grants, "t*l", inner_origin, MULLION_GRANT_SUB_FRAMES);
  mullion_web_contents_set_grants (fixture->window->contents, grants);
  load_uri (fixture, uri);
  ipc_assert_run (fixture->window, WAIT_FOR_INNER, "\"object\"");
  assert_bridge (fixture);
  ipc_wait_until (fixture->told->len == 1);
  frame = mullion_ipc_main_event_get_sender_frame (fixture->told->pdata[0]);
  g_assert_cmpstr (mullion_web_frame_main_get_origin (frame), ==, inner_origin);
  g_assert_cmpstr (mullion_web_frame_main_get_url (frame), ==, inner);
  g_assert_false (mullion_web_frame_main_is_main_frame (frame));

  expect_warning ("*was denied ipcRenderer.send(): 'tell' is not granted to the main frame of *");
  ipc_assert_run (fixture->window, "api.send('tell'), api.invoke('echo', 1)", "1");
  g_assert_cmpuint (fixture->told->len, ==, 1);

  /* The frame's origin as a page of its own was granted nothing, and has no bridge. */
  load_uri (fixture, inner);
  assert_no_bridge (fixture);
}

static void
test_sub_frame (Fixture       *fixture,
                gconstpointer  data)
{
  MullionWebFrameMain *main_frame;
  MullionWebFrameMain *frame;
  JsonArray *args = json_array_new ();
  MullionIpcMainEvent *event;

  ipc_window_free (fixture->window);
  fixture->window = ipc_window_new (OPTIONS_FOR_FRAMES);
  ipc_window_load (fixture->window, "lifecycle/frames.html");
  ipc_assert_run (fixture->window, "frames[0].api.send('tell'), 1", "1");
  ipc_wait_until (fixture->told->len == 1);

  event = fixture->told->pdata[0];
  main_frame = mullion_web_contents_get_main_frame (fixture->window->contents);
  frame = mullion_ipc_main_event_get_sender_frame (event);
  g_assert_true (mullion_ipc_main_event_get_sender (event) == fixture->window->contents);
  g_assert_nonnull (frame);
  g_assert_true (frame != main_frame);
  g_assert_false (mullion_web_frame_main_is_main_frame (frame));
  g_assert_true (mullion_web_frame_main_is_main_frame (main_frame));
  g_assert_cmpuint (mullion_web_frame_main_get_frame_id (frame), !=,
                    mullion_web_frame_main_get_frame_id (main_frame));
  g_assert_true (g_str_has_suffix (mullion_web_frame_main_get_url (frame), "/second.html"));
  g_assert_cmpstr (mullion_web_frame_main_get_origin (frame), ==,
                   mullion_app_get_origin (ipc_app_get ()));

  /* A reply is for that frame alone; the contents' own messages are for the main frame. */
  json_array_add_string_element (args, "reply");
  mullion_ipc_main_event_reply (event, "push", args);
  args = json_array_new ();
  json_array_add_string_element (args, "send");
  mullion_web_contents_send (fixture->window->contents, "push", args);
  ipc_assert_run (fixture->window, "frames[0].api.invoke('echo', 1)", "1");
  ipc_assert_run (fixture->window, "[api.heard(), frames[0].api.heard()]",
                  "[[[0,\"send\"]],[[0,\"reply\"]]]");

  /* The frame goes, and the page stays. */
  ipc_assert_run (fixture->window, "document.querySelector('iframe').remove(), 1", "1");
  ipc_wait_until (mullion_ipc_main_event_get_sender_frame (event) == NULL);
  mullion_ipc_main_event_reply (event, "push", json_array_new ());
  assert_bridge (fixture);
}

static void
test_frame_navigates (Fixture       *fixture,
                      gconstpointer  data)
{
  MullionWebFrameMain *frame;
  guint64 frame_id;

  ipc_window_free (fixture->window);
  fixture->window = ipc_window_new (OPTIONS_FOR_FRAMES);
  ipc_window_load (fixture->window, "lifecycle/frames.html");
  ipc_assert_run (fixture->window, "frames[0].api.send('tell'), 1", "1");
  ipc_wait_until (fixture->told->len == 1);
  frame = mullion_ipc_main_event_get_sender_frame (fixture->told->pdata[0]);
  frame_id = mullion_web_frame_main_get_frame_id (frame);

  ipc_assert_run (fixture->window,
                  "new Promise((r) => { const f = document.querySelector('iframe');"
                  "f.onload = () => r(f.contentDocument.title); f.src = 'index.html'; })",
                  "\"First\"");
  g_assert_null (mullion_ipc_main_event_get_sender_frame (fixture->told->pdata[0]));
  ipc_assert_run (fixture->window, "frames[0].api.send('tell'), 1", "1");
  ipc_wait_until (fixture->told->len == 2);
  frame = mullion_ipc_main_event_get_sender_frame (fixture->told->pdata[1]);
  g_assert_cmpuint (mullion_web_frame_main_get_frame_id (frame), ==, frame_id);
}

/* -- Pages that come otherwise -- */

static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;

  g_assert_false (mullion_web_contents_can_go_back (contents));
  mullion_web_contents_go_back (contents);
  mullion_web_contents_go_to_offset (contents, -5);

  ipc_window_load (fixture->window, "lifecycle/index.html");
  ipc_window_load (fixture->window, "lifecycle/second.html");
  g_assert_true (mullion_web_contents_can_go_back (contents));
  g_assert_false (mullion_web_contents_can_go_forward (contents));
  g_assert_true (g_str_has_suffix (mullion_web_contents_get_uri (contents), "/second.html"));

  mullion_web_contents_go_back (contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"First\"");
  assert_bridge (fixture);
  g_assert_true (mullion_web_contents_can_go_forward (contents));

  mullion_web_contents_go_forward (contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
  assert_bridge (fixture);

  mullion_web_contents_go_to_offset (contents, -1);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"First\"");
  assert_bridge (fixture);
}

/* A move within the document makes no new one: the bridge goes on, with what it has. */
/* Pages of the web, which WebKit may keep alive in its history, each with its realm. */
static void
test_web_history (Fixture       *fixture,
                  gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;
  g_autofree char *first = dup_address (fixture->server, "?first");
  g_autofree char *second = dup_address (fixture->server, "?second");
  g_autofree char *origin = dup_origin (fixture->server);

  mullion_app_allow_origin (ipc_app_get (), origin);
  load_uri (fixture, first);
  assert_bridge (fixture);
  load_uri (fixture, second);
  assert_bridge (fixture);
  for (guint i = 0; i < 2; i++)
    {
      mullion_web_contents_go_to_offset (contents, -1);
      g_free (ipc_window_wait (fixture->window, "did-finish-load"));
      ipc_assert_run (fixture->window, "location.search", "\"?first\"");
      assert_bridge (fixture);
      mullion_web_contents_go_to_offset (contents, 1);
      g_free (ipc_window_wait (fixture->window, "did-finish-load"));
      ipc_assert_run (fixture->window, "location.search", "\"?second\"");
      assert_bridge (fixture);
    }
}

static void
test_hash (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = NULL;
  JsonArray *args = json_array_new ();

  ipc_window_load (fixture->window, "lifecycle/index.html");
  uri = g_strconcat (mullion_web_contents_get_uri (fixture->window->contents), "#here", NULL);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  mullion_web_contents_send (fixture->window->contents, "push", args);
  assert_bridge (fixture);
  ipc_assert_run (fixture->window, "[location.hash, api.heard()]", "[\"#here\",[[0]]]");
}

static void
test_html (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_web_contents_load_html (fixture->window->contents, "<title>Made</title>", NULL);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Made\"");
  assert_bridge (fixture);

  mullion_web_contents_load_html (fixture->window->contents, "<title>Foreign</title>",
                                  "https://example.org/");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title + location.origin",
                  "\"Foreignhttps://example.org\"");
  assert_no_bridge (fixture);
}

/* An opaque origin has the word null for its name, and is nobody's. */
static void
test_opaque (Fixture       *fixture,
             gconstpointer  data)
{
  load_uri (fixture, "data:text/html,<title>Data</title>");
  ipc_assert_run (fixture->window, "document.title", "\"Data\"");
  assert_no_bridge (fixture);
  load_uri (fixture, "about:blank");
  assert_no_bridge (fixture);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/origins/remote", test_remote },
    { "/origins/there-and-back", test_there_and_back },
    { "/origins/allowed", test_allowed },
    { "/origins/foreign-frame", test_foreign_frame },
    { "/origins/own-frame", test_own_frame },
    { "/origins/granted-frame", test_granted_frame },
    { "/origins/sub-frame", test_sub_frame },
    { "/origins/frame-navigates", test_frame_navigates },
    { "/origins/history", test_history },
    { "/origins/web-history", test_web_history },
    { "/origins/hash", test_hash },
    { "/origins/html", test_html },
    { "/origins/opaque", test_opaque },
  };
  static const char *const proxies[] = {
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
  };
  MullionApp *app;
  int status;

  /* The server is on this machine, wherever the machine's own way to the web leads. */
  for (gsize i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_unsetenv (proxies[i]);
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestOrigins");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
