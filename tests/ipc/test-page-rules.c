/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "rules/mullion-page-rules.h"
#include "tests/test-folder.h"
#include "tests/test-warnings.h"
#include "web-server.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* What a manifest says about its pages: where they go, what they open, keep and ask for. In each manifest
 * here WEB stands for the origin of a server, and another server is not mentioned. */

#define REFUSED "WebContents #*: navigation to * was refused: *"

typedef struct
{
  WebServer *server;
  WebServer *other;
  char *folder; /* of the manifest */
  MullionPageRules *rules;
  IpcWindow *window;
  MullionSession *session;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = web_server_new (NULL);
  fixture->other = web_server_new (NULL);
  fixture->folder = g_dir_make_tmp ("mullion-rules-XXXXXX", NULL);
  fixture->session = mullion_session_get_default (ipc_app_get ());
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->window, ipc_window_free);
  mullion_page_rules_free (fixture->rules);
  mullion_session_set_permission_request_handler (fixture->session, NULL, NULL, NULL);
  mullion_session_set_permission_check_handler (fixture->session, NULL, NULL, NULL);
  mullion_session_unhandle_protocol (fixture->session, "pictures");
  mullion_session_unhandle_protocol (fixture->session, "notes");
  mullion_session_remove_content_filter (fixture->session, "manifest:ads");
  mullion_session_remove_content_filter (fixture->session, "manifest:more");
  mullion_session_set_user_agent (fixture->session, NULL);
  mullion_app_set_content_security_policy (ipc_app_get (), NULL);
  g_signal_handlers_disconnect_matched (fixture->session, G_SIGNAL_MATCH_ID,
                                        g_signal_lookup ("will-download", MULLION_TYPE_SESSION), 0,
                                        NULL, NULL, NULL);
  web_server_free (fixture->server);
  web_server_free (fixture->other);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  assert_warned ();
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Reads a manifest that says @text, and begins to follow it. */
static gboolean
start_with (Fixture     *fixture,
            const char  *text,
            GError     **error)
{
  g_autofree char *web = web_server_dup_uri (fixture->server, "");
  g_autoptr(GString) package = g_string_new (text);
  g_autoptr(MullionManifest) manifest = NULL;

  g_string_replace (package, "WEB", web, 0);
  g_string_prepend (package, "{ \"name\": \"app\", \"mullion\": { ");
  g_string_append (package, " } }");
  write_file (fixture, "index.html", "");
  write_file (fixture, "package.json", package->str);
  manifest = mullion_manifest_load (fixture->folder, error);
  g_assert_nonnull (manifest);

  fixture->rules = mullion_page_rules_new (ipc_app_get (), manifest);
  return mullion_page_rules_start (fixture->rules, error);
}

/* Opens a window of an app whose manifest says @text. */
static void
open_with (Fixture    *fixture,
           const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (start_with (fixture, text, &error));
  g_assert_no_error (error);
  fixture->window = ipc_window_new ("{}");
  webkit_settings_set_enable_mock_capture_devices (
    webkit_web_view_get_settings (mullion_web_contents_get_web_view (fixture->window->contents)),
    TRUE);
  ipc_window_load (fixture->window, "session/index.html");
}

static void
load_web (Fixture *fixture)
{
  g_autofree char *page = web_server_dup_uri (fixture->server, "/page");

  mullion_web_contents_load_uri (fixture->window->contents, page);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

/* -- Permissions -- */

#define PLACE \
  "new Promise ((resolve) => navigator.geolocation.getCurrentPosition " \
  "  (() => resolve ('given'), ({ code }) => resolve (code === 1 ? 'denied' : 'given'), " \
  "   { timeout: 1 }))"

static void
test_permissions (Fixture       *fixture,
                  gconstpointer  data)
{
  open_with (fixture, "\"permissions\": [ { \"permissions\": [\"media\"], \"mediaTypes\": [\"audio\"] },"
                      "  { \"permissions\": [\"geolocation\"], \"origin\": \"WEB\" } ]");
  ipc_assert_run (fixture->window, "wishes.microphone ()", "\"given\"");
  ipc_assert_run (fixture->window, "wishes.camera ()", "\"NotAllowedError\"");
  ipc_assert_run (fixture->window, "query ('geolocation')", "\"prompt\"");
  ipc_assert_run (fixture->window, PLACE, "\"denied\"");
  load_web (fixture);
  ipc_assert_run (fixture->window, PLACE, "\"given\"");
}

static void
test_own_permission (Fixture       *fixture,
                     gconstpointer  data)
{
  open_with (fixture, "\"permissions\": [ \"geolocation\" ]");
  ipc_assert_run (fixture->window, "query ('geolocation')", "\"granted\"");
  ipc_assert_run (fixture->window, PLACE, "\"given\"");
  load_web (fixture);
  ipc_assert_run (fixture->window, PLACE, "\"denied\"");
}

/* -- Navigation -- */

static void
go (Fixture   *fixture,
    WebServer *server)
{
  g_autofree char *uri = web_server_dup_uri (server, "/page");
  g_autofree char *code = g_strdup_printf ("setTimeout (() => { location.href = '%s' }), 0", uri);

  g_free (ipc_window_run (fixture->window, code));
}

static void
test_navigation (Fixture       *fixture,
                 gconstpointer  data)
{
  open_with (fixture, "\"navigation\": [ \"WEB\" ]");
  expect_warning (REFUSED);
  go (fixture, fixture->other);
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  g_assert_false (web_server_saw (fixture->other, "GET /page"));
  g_queue_clear_full (&fixture->window->events, g_free);
  go (fixture, fixture->server);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");
}

/* -- Windows -- */

static guint
count_windows (void)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();

  return g_list_length (windows);
}

static void
test_windows (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *other = web_server_dup_uri (fixture->other, "/page");
  g_autofree char *code = g_strdup_printf ("open ('%s') === null", other);

  open_with (fixture, "\"windows\": { \"max\": 1, \"options\": { \"show\": false } }");
  ipc_assert_run (fixture->window, code, "true");
  ipc_assert_run (fixture->window, "(globalThis.first = open ('index.html')) !== null", "true");
  ipc_wait_until (count_windows () == 2);
  ipc_assert_run (fixture->window, "open ('index.html') === null", "true");
  ipc_assert_run (fixture->window, "first.close (), 0", "0");
  ipc_wait_until (count_windows () == 1);
  ipc_assert_run (fixture->window, "open ('index.html') !== null", "true");
}

static void
test_listed_window (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *web = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *code = g_strdup_printf ("open ('%s') !== null", web);

  open_with (fixture, "\"windows\": { \"origins\": [ \"WEB\" ] }, \"navigation\": [ \"WEB\" ]");
  ipc_assert_run (fixture->window, code, "true");
  ipc_wait_until (web_server_saw (fixture->server, "GET /page"));
}

/* -- Downloads -- */

static void
download (Fixture    *fixture,
          const char *path)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, path);
  g_autofree char *code = g_strdup_printf ("location.href = '%s', 0", uri);

  g_free (ipc_window_run (fixture->window, code));
}

static char *
in_data (const char *name)
{
  g_autofree char *data = mullion_app_dup_path (ipc_app_get (), "userData", NULL);

  return g_build_filename (data, "downloads", name, NULL);
}

static void
note_done_cb (MullionDownloadItem *item,
              const char          *state,
              GPtrArray           *ends)
{
  g_ptr_array_add (ends, g_strdup (state));
}

static void
watch_cb (MullionSession      *session,
          MullionDownloadItem *item,
          MullionWebContents  *contents,
          GPtrArray           *ends)
{
  if (g_str_equal (mullion_download_item_get_state (item), "cancelled"))
    g_ptr_array_add (ends, g_strdup ("refused"));
  else
    g_signal_connect (item, "done", G_CALLBACK (note_done_cb), ends);
}

static void
test_downloads (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) ends = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *first = in_data ("note.txt");
  g_autofree char *second = in_data ("note (1).txt");

  open_with (fixture, "\"downloads\": { \"to\": \"data\", \"maxBytes\": 150000 },"
                      "\"navigation\": [ \"WEB\" ]");
  g_signal_connect (fixture->session, "will-download", G_CALLBACK (watch_cb), ends);
  download (fixture, "/download/note.txt");
  ipc_wait_until (ends->len == 1);
  download (fixture, "/download/note.txt");
  ipc_wait_until (ends->len == 2);
  g_assert_cmpstr (ends->pdata[0], ==, "completed");
  g_assert_cmpstr (ends->pdata[1], ==, "completed");
  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_cmpint (g_unlink (second), ==, 0);

  /* Too much, whether the server says so or not. */
  download (fixture, "/endless");
  ipc_wait_until (ends->len == 3);
  g_assert_cmpstr (ends->pdata[2], ==, "refused");
  download (fixture, "/unsaid");
  ipc_wait_until (ends->len == 4);
  g_assert_cmpstr (ends->pdata[3], ==, "cancelled");

  /* A page of the web that is not listed. */
  load_web (fixture);
  download (fixture, "/download/note.txt");
  ipc_wait_until (ends->len == 5);
  g_assert_cmpstr (ends->pdata[4], ==, "refused");
}

/* -- Schemes -- */

#define SCHEMES \
  "\"schemes\": { \"pictures\": { \"folder\": \"pictures\" }, \"notes\": { \"data\": \"notes\" } }"

static void
make_folder (Fixture    *fixture,
             const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
open_with_schemes (Fixture *fixture)
{
  g_autofree char *link = g_build_filename (fixture->folder, "pictures", "out.txt", NULL);

  make_folder (fixture, "pictures");
  write_file (fixture, "pictures/digits.txt", "0123456789");
  write_file (fixture, "pictures/code.js", "document.title = 'run'");
  write_file (fixture, "pictures/dot.svg",
              "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'/>");
  write_file (fixture, "secret.txt", "secret");
  g_assert_cmpint (symlink ("../secret.txt", link), ==, 0);
  open_with (fixture, SCHEMES);
  ipc_assert_run (fixture->window,
                  "window.tell = (url, options) => fetch (url, options).then (async (answer) =>"
                  "  [answer.status, answer.headers.get ('content-type'), await answer.text ()]"
                  "  .join (' '), (error) => error.name);"
                  "window.show = (name, url) => new Promise ((resolve) => {"
                  "  const element = document.createElement (name);"
                  "  element.onload = () => resolve (element.width ?? 'loaded');"
                  "  element.onerror = () => resolve ('refused');"
                  "  element.src = url; document.body.append (element); }); 0", "0");
}

static void
assert_answer (Fixture    *fixture,
               const char *call,
               const char *expected)
{
  g_autofree char *answer = ipc_window_run (fixture->window, call);

  g_test_message ("%s: %s", call, answer);
  g_assert_true (g_pattern_match_simple (expected, answer));
}

static void
test_schemes (Fixture       *fixture,
              gconstpointer  data)
{
  open_with_schemes (fixture);
  assert_answer (fixture, "tell ('pictures:///digits.txt')",
                 "\"200 text/plain; charset=utf-8 0123456789\"");
  assert_answer (fixture, "tell ('pictures:///digits.txt', { headers: { range: 'bytes=2-4' } })",
                 "\"206 text/plain; charset=utf-8 234\"");
  assert_answer (fixture, "tell ('pictures:///digits.txt', { headers: { range: 'bytes=20-' } })",
                 "\"416 *\"");
  assert_answer (fixture, "fetch ('pictures:///digits.txt', { method: 'HEAD' }).then ((answer) =>"
                          "  answer.headers.get ('content-length'))", "\"10\"");
  assert_answer (fixture, "show ('img', 'pictures:///dot.svg')", "7");
  assert_answer (fixture, "show ('script', 'pictures:///code.js')", "\"refused\"");
  assert_answer (fixture, "document.title === 'run'", "false");
}

/* Whatever looks for a way out finds none. */
static void
test_hostile_schemes (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct { const char *url; const char *answer; } hostile[] = {
    { "pictures:///none.txt", "404" }, { "pictures:///", "404" },
    { "pictures:///../secret.txt", "404" }, { "pictures:///%2e%2e/secret.txt", "404" },
    { "pictures:///..%2fsecret.txt", "403" }, { "pictures:///%2e%2e%2fsecret.txt", "403" },
    { "pictures:///..%5csecret.txt", "403" }, { "pictures:///a//b", "403" },
    { "pictures:///out.txt", "403" }, { "pictures:///digits.txt%00.js", "400" },
    { "pictures:///%ff", "400" }, { "pictures:////etc/passwd", "403" },
    { "pictures://digits.txt", "404" }, { "pictures://x/digits.txt", "404" },
    { "pictures:digits.txt", "404" }, { "notes:///../../package.json", "404" },
  };

  open_with_schemes (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *call = g_strdup_printf ("tell ('%s')", hostile[i].url);
      g_autofree char *expected = g_strdup_printf ("\"%s *", hostile[i].answer);

      assert_answer (fixture, call, expected);
    }
  assert_answer (fixture, "tell ('pictures:///digits.txt', { method: 'POST', body: 'x' })",
                 "\"405 *");
}

/* What its pages wrote, and nothing else of the app's data. */
static void
test_data_scheme (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *own = mullion_app_dup_path (ipc_app_get (), "userData", NULL);
  g_autofree char *folder = g_build_filename (own, "files", "notes", NULL);
  g_autofree char *path = g_build_filename (folder, "today.txt", NULL);

  open_with_schemes (fixture);
  assert_answer (fixture, "tell ('notes:///today.txt')", "\"404 *");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "bread", -1, NULL));
  assert_answer (fixture, "tell ('notes:///today.txt')", "\"200 text/plain; charset=utf-8 bread\"");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* No document of a scheme is shown, even if the app's policy lets it into frames. */
static void
test_scheme_document (Fixture       *fixture,
                      gconstpointer  data)
{
  make_folder (fixture, "pictures");
  write_file (fixture, "pictures/page.html", "<script>parent.postMessage ('run', '*')</script>");
  mullion_app_set_content_security_policy (ipc_app_get (), "default-src 'self'; frame-src pictures:");
  open_with (fixture, SCHEMES);
  expect_warning (REFUSED);
  g_free (ipc_window_run (fixture->window,
                          "const frame = document.createElement ('iframe');"
                          "frame.src = 'pictures:///page.html'; document.body.append (frame); 0"));
  ipc_wait_until (g_queue_is_empty (&expected_warnings));

  expect_warning (REFUSED);
  g_free (ipc_window_run (fixture->window,
                          "setTimeout (() => { location.href = 'pictures:///page.html' }), 0"));
  ipc_wait_until (g_queue_is_empty (&expected_warnings));
  ipc_assert_run (fixture->window, "location.protocol", "\"app:\"");
}

/* A page of the web that the app shows gets none of it. */
static void
test_foreign_scheme (Fixture       *fixture,
                     gconstpointer  data)
{
  open_with_schemes (fixture);
  load_web (fixture);
  assert_answer (fixture, "fetch ('pictures:///digits.txt').then (() => 'got', (e) => e.name)",
                 "\"TypeError\"");
  assert_answer (fixture, "new Promise ((resolve) => { const picture = new Image ();"
                          "  picture.onload = () => resolve ('shown');"
                          "  picture.onerror = () => resolve ('refused');"
                          "  picture.src = 'pictures:///dot.svg'; })", "\"refused\"");
}

/* -- Filters -- */

#define BLOCK(what) \
  "[{ \"trigger\": { \"url-filter\": \"" what "\" }, \"action\": { \"type\": \"block\" } }]"
#define FETCH(path) "fetch ('" path "').then (() => 'loaded', () => 'blocked')"

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  write_file (fixture, "more.json", BLOCK ("/more"));
  open_with (fixture, "\"contentFilters\": { \"ads\": " BLOCK ("/ads") ","
                      "                       \"more\": \"more.json\" }");
  load_web (fixture);
  assert_answer (fixture, FETCH ("/ads"), "\"blocked\"");
  assert_answer (fixture, FETCH ("/more"), "\"blocked\"");
  assert_answer (fixture, FETCH ("/other"), "\"loaded\"");
}

static void
test_bad_filters (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (start_with (fixture, "\"contentFilters\": { \"bad\": [{}] }", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "\"mullion.contentFilters.bad\" cannot be compiled: "));
}

/* -- Servers -- */

static void
test_network (Fixture       *fixture,
              gconstpointer  data)
{
  open_with (fixture, "\"userAgent\": \"Notes/1.0\", \"proxy\": { \"mode\": \"direct\" }");
  ipc_assert_run (fixture->window, "navigator.userAgent", "\"Notes/1.0\"");
}

static void
test_bad_proxy (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (start_with (fixture, "\"proxy\": { \"mode\": \"pac_script\" }", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (error->message, "\"mullion.proxy\" is not what it must be: mode: "));
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-rules/permissions", test_permissions },
    { "/page-rules/own-permission", test_own_permission },
    { "/page-rules/navigation", test_navigation },
    { "/page-rules/windows", test_windows },
    { "/page-rules/listed-window", test_listed_window },
    { "/page-rules/downloads", test_downloads },
    { "/page-rules/schemes", test_schemes },
    { "/page-rules/hostile-schemes", test_hostile_schemes },
    { "/page-rules/data-scheme", test_data_scheme },
    { "/page-rules/scheme-document", test_scheme_document },
    { "/page-rules/foreign-scheme", test_foreign_scheme },
    { "/page-rules/filters", test_filters },
    { "/page-rules/bad-filters", test_bad_filters },
    { "/page-rules/network", test_network },
    { "/page-rules/bad-proxy", test_bad_proxy },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageRules");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
