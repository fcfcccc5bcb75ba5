/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

/* Where a page may go: the app's own addresses, and elsewhere only where a handler lets it. */

#define ORIGIN "app://io.github.mullion.testnavigation"
#define HERE ORIGIN "/navigation/index.html"
#define REFUSED "WebContents #*: navigation to * was refused: *"

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  GPtrArray *asked;   /* "SIGNAL URL main|frame", in their order */
  const char *allow;  /* the signal whose handler lets it happen */
  const char *prevent;
} Fixture;

static void
note_question (Fixture                *fixture,
               const char             *signal,
               MullionNavigationEvent *event)
{
  g_ptr_array_add (fixture->asked,
                   g_strdup_printf ("%s %s %s%s", signal, mullion_navigation_event_get_url (event),
                                    mullion_navigation_event_is_main_frame (event) ? "main"
                                                                                   : "frame",
                                    mullion_navigation_event_is_default_prevented (event)
                                      ? " prevented" : ""));
  g_test_message ("%s", (char *) fixture->asked->pdata[fixture->asked->len - 1]);
  if (g_strcmp0 (fixture->allow, signal) == 0)
    mullion_navigation_event_allow (event);
  if (g_strcmp0 (fixture->prevent, signal) == 0)
    mullion_navigation_event_prevent_default (event);
}

static void
will_frame_navigate_cb (Fixture                *fixture,
                        MullionNavigationEvent *event)
{
  note_question (fixture, "will-frame-navigate", event);
}

static void
will_navigate_cb (Fixture                *fixture,
                  MullionNavigationEvent *event)
{
  note_question (fixture, "will-navigate", event);
}

static void
will_redirect_cb (Fixture                *fixture,
                  MullionNavigationEvent *event)
{
  note_question (fixture, "will-redirect", event);
}

static void
open_window (Fixture *fixture)
{
  fixture->window = ipc_window_new ("{ \"show\": false }");
  g_signal_connect_swapped (fixture->window->contents, "will-frame-navigate",
                            G_CALLBACK (will_frame_navigate_cb), fixture);
  g_signal_connect_swapped (fixture->window->contents, "will-navigate",
                            G_CALLBACK (will_navigate_cb), fixture);
  g_signal_connect_swapped (fixture->window->contents, "will-redirect",
                            G_CALLBACK (will_redirect_cb), fixture);
}

static void
load_start (Fixture *fixture)
{
  ipc_window_load (fixture->window, "navigation/index.html");
  g_ptr_array_set_size (fixture->asked, 0);
  g_queue_clear_full (&fixture->window->events, g_free);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = web_server_new (NULL);
  fixture->asked = g_ptr_array_new_with_free_func (g_free);
  open_window (fixture);
  load_start (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->window->contents, fixture);
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
  g_ptr_array_unref (fixture->asked);
  assert_warned ();
}

static void
run (Fixture    *fixture,
     const char *format,
     ...)
{
  g_autofree char *code = NULL;
  va_list arguments;

  va_start (arguments, format);
  code = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  mullion_web_contents_execute_javascript_async (fixture->window->contents, code, NULL, NULL,
                                                 NULL);
}

/* The page is still where it was, works, and nobody thinks that anything is being loaded. */
static void
assert_stayed (Fixture *fixture)
{
  ipc_wait_until (!webkit_web_view_is_loading (
    mullion_web_contents_get_web_view (fixture->window->contents)));
  g_assert_false (mullion_web_contents_is_loading (fixture->window->contents));
  g_assert_false (ipc_window_has (fixture->window, "did-fail-load"));
  g_assert_false (ipc_window_has (fixture->window, "did-navigate"));
  g_assert_cmpstr (mullion_web_contents_get_uri (fixture->window->contents), ==, HERE);
  ipc_assert_run (fixture->window, "[document.title, location.href]",
                  "[\"Start\",\"" HERE "\"]");
}

#define wait_for_warnings() ipc_wait_until (g_queue_is_empty (&expected_warnings))

static void
assert_asked (Fixture    *fixture,
              const char *first,
              ...)
{
  const char *text = first;
  va_list arguments;
  guint n = 0;

  va_start (arguments, first);
  for (; text != NULL; text = va_arg (arguments, const char *), n++)
    {
      g_assert_cmpuint (n, <, fixture->asked->len);
      g_assert_cmpstr (fixture->asked->pdata[n], ==, text);
    }
  va_end (arguments);
  g_assert_cmpuint (fixture->asked->len, ==, n);
}

/* -- Away from the app -- */

static const char *const ways[] = { "assign", "replace", "open", "frame", "link", "refresh" };

/* A page that tries again and again fills no log. */
#define WARNINGS_A_PERIOD 5

/* No request may leave: its address is where a page puts what it wants to carry away. */
static void
test_away (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/?secret");
  g_autofree char *frame_asked = g_strdup_printf ("will-frame-navigate %s main prevented", uri);
  g_autofree char *main_asked = g_strdup_printf ("will-navigate %s main prevented", uri);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_test_message ("%s", ways[i]);
      load_start (fixture);
      if (i < WARNINGS_A_PERIOD)
        expect_warning (REFUSED);
      run (fixture, "ways.%s('%s')", ways[i], uri);
      ipc_wait_until (fixture->asked->len == 2);
      assert_stayed (fixture);
      assert_warned ();
      assert_asked (fixture, frame_asked, main_asked, NULL);
      g_assert_cmpuint (fixture->server->requests->len, ==, 0);
    }
}

/* WebKit looks at the page's policy first. */
static void
test_form (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/?secret");
  g_autofree char *code =
    g_strdup_printf ("(() => { const v = violation(); ways.form('%s'); return v; })()", uri);

  ipc_assert_run (fixture->window, code, "\"form-action\"");
  assert_stayed (fixture);
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
}

static void
test_schemes (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const addresses[] = {
    "data:text/html,<title>Data</title>",
    "blob:" ORIGIN "/00000000-0000-0000-0000-000000000000",
    "app://io.github.mullion.other/index.html",
    "mailto:somebody@example.org",
    "no-such-scheme:anything",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_test_message ("%s", addresses[i]);
      load_start (fixture);
      expect_warning (REFUSED);
      run (fixture, "ways.assign('%s')", addresses[i]);
      wait_for_warnings ();
      assert_stayed (fixture);
    }
}

/* A blob: document would be made by a script of the page, and have the page's origin. */
static void
test_own_blob (Fixture       *fixture,
               gconstpointer  data)
{
  expect_warning (REFUSED);
  run (fixture, "ways.assign(URL.createObjectURL(new Blob(['x'], { type: 'text/html' })))");
  wait_for_warnings ();
  assert_stayed (fixture);
}

/* A handler that allows everything does not allow these. */
static void
test_never (Fixture       *fixture,
            gconstpointer  data)
{
  fixture->allow = "will-frame-navigate";
  expect_warning ("*app://io.github.mullion.other/* was refused: it is of another app");
  run (fixture, "ways.assign('app://io.github.mullion.other/index.html')");
  wait_for_warnings ();
  assert_stayed (fixture);
  assert_asked (fixture, NULL, NULL);

  run (fixture, "ways.assign('mailto:somebody@example.org')");
  ipc_wait_until (fixture->asked->len == 2);
  assert_stayed (fixture);
}

static void
test_javascript (Fixture       *fixture,
                 gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "(() => { const v = violation(); ways.link('javascript:document.title=1');"
                  "  return v; })()", "\"script-src-elem\"");
  assert_stayed (fixture);
}

/* WebKit keeps pages from files by itself, and so do we. */
static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  run (fixture, "ways.assign('file:///etc/passwd')");
  g_free (ipc_window_wait (fixture->window, "console-message 3 Not allowed to load local"));
  assert_stayed (fixture);
  ipc_assert_run (fixture->window,
                  "Promise.all([fetch('file:///etc/passwd').catch((e) => e.name),"
                  "  new Promise((r) => { const x = new XMLHttpRequest();"
                  "    x.onloadend = () => r(x.responseText.length); x.open('GET', 'file:///etc/passwd');"
                  "    try { x.send(); } catch (e) { r(e.name); } }),"
                  "  new Promise((r) => { const i = new Image(); i.onload = () => r('read');"
                  "    i.onerror = () => r('refused'); i.src = 'file:///usr/share/pixmaps/x.png'; })])",
                  "[\"TypeError\",0,\"refused\"]");

  expect_warning ("Loading file:///etc/passwd failed: *");
  mullion_web_contents_load_uri (fixture->window->contents, "file:///etc/passwd");
  g_free (ipc_window_wait (fixture->window, "did-fail-load -10 ERR_ACCESS_DENIED"));
  wait_for_warnings ();
  g_assert_cmpstr (mullion_web_contents_get_uri (fixture->window->contents), ==, HERE);
}

/* -- What a handler decides -- */

static void
test_allow (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *asked = g_strdup_printf ("will-navigate %s main prevented", uri);

  fixture->allow = "will-navigate";
  run (fixture, "ways.assign('%s')", uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_cmpstr (fixture->asked->pdata[1], ==, asked);
  g_assert_true (web_server_saw (fixture->server, "GET /page"));
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");

  /* The site that it is on now is where the page may stay. */
  fixture->allow = NULL;
  run (fixture, "location.href = '/other'");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_true (web_server_saw (fixture->server, "GET /other"));
}

/* Of the app's own pages it is known only with the answer which frame they are for. */
static void
test_prevent (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->prevent = "will-navigate";
  run (fixture, "document.querySelector('a').click()");
  ipc_wait_until (fixture->asked->len == 2);
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  assert_stayed (fixture);
  assert_asked (fixture, "will-frame-navigate " ORIGIN "/navigation/second.html main",
                "will-navigate " ORIGIN "/navigation/second.html main", NULL);

  fixture->prevent = NULL;
  run (fixture, "document.querySelector('a').click()");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Second\"");
}

/* Who prevents first ends it. */
static void
test_prevent_first (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture->prevent = "will-frame-navigate";
  fixture->allow = "will-navigate";
  run (fixture, "ways.assign('mailto:somebody@example.org')");
  ipc_wait_until (fixture->asked->len == 1);
  run (fixture, "document.querySelector('a').click()");
  ipc_wait_until (fixture->asked->len == 2);
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  assert_stayed (fixture);
  g_assert_cmpuint (fixture->asked->len, ==, 2);
}

/* What the app does itself is no navigation of the page. */
static void
test_own_loads (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  MullionWebContents *contents = fixture->window->contents;

  mullion_web_contents_load_uri (contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_reload (contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_go_back (contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_go_forward (contents);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_load_html (contents, "<title>Made</title>", "https://example.org/");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_load_html (contents, "<title>Made</title>", NULL);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_load_uri (contents, "data:text/html,<title>Data</title>");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_load_uri (contents, "about:blank");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  for (guint i = 0; i < fixture->asked->len; i++)
    g_assert_true (g_str_has_suffix (fixture->asked->pdata[i], "inner.html frame"));
}

/* One load of the app replaces the other, and both are the app's. */
static void
test_replaced_load (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *first = web_server_dup_uri (fixture->server, "/first");
  g_autofree char *second = web_server_dup_uri (fixture->server, "/second");
  g_autofree char *start = web_server_dup_uri (fixture->server, "/start");

  for (guint i = 0; i < 5; i++)
    {
      mullion_web_contents_load_uri (fixture->window->contents, start);
      g_free (ipc_window_wait (fixture->window, "did-finish-load"));
      mullion_web_contents_load_uri (fixture->window->contents, first);
      mullion_web_contents_load_uri (fixture->window->contents, second);
      ipc_wait_until (g_strcmp0 (mullion_web_contents_get_uri (fixture->window->contents),
                                 second) == 0 &&
                      ipc_window_has (fixture->window, "did-finish-load"));
      g_queue_clear_full (&fixture->window->events, g_free);
    }
  assert_asked (fixture, NULL, NULL);
}

static void
load_instead_cb (MullionWebContents *contents)
{
  mullion_web_contents_load_uri (contents, "data:text/html,<title>Sorry</title>");
}

/* The app shows a page of its own where another one cannot be had. */
static void
test_load_instead (Fixture       *fixture,
                   gconstpointer  data)
{
  g_signal_connect (fixture->window->contents, "did-fail-load", G_CALLBACK (load_instead_cb), NULL);
  mullion_web_contents_load_uri (fixture->window->contents, "app://io.github.mullion.testnavigation/missing.html");
  g_free (ipc_window_wait (fixture->window, "text Sorry"));
  assert_asked (fixture, NULL, NULL);
}

static void
test_hash (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "new Promise((r) => { onhashchange = () => r(location.hash);"
                  "  location.hash = 'here'; })", "\"#here\"");
  ipc_assert_run (fixture->window, "history.pushState({}, '', 'elsewhere.html'), location.href",
                  "\"" ORIGIN "/navigation/elsewhere.html\"");
  assert_asked (fixture, NULL, NULL);
}

/* -- Redirects -- */

/* The app trusts the address that it loads, and that is where the server may send it on. */
static void
test_own_redirect (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *target = web_server_dup_uri (fixture->server, "/landed");
  g_autofree char *path = g_strconcat ("/redirect?", target, NULL);
  g_autofree char *uri = web_server_dup_uri (fixture->server, path);
  g_autofree char *asked = g_strdup_printf ("will-redirect %s main", target);

  mullion_web_contents_load_uri (fixture->window->contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  assert_asked (fixture, asked, NULL);
  g_assert_true (web_server_saw (fixture->server, "GET /landed"));

  load_start (fixture);
  fixture->prevent = "will-redirect";
  g_ptr_array_set_size (fixture->server->requests, 0);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
  ipc_wait_until (fixture->asked->len == 1);
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  assert_stayed (fixture);
  g_assert_false (web_server_saw (fixture->server, "GET /landed"));
}

/* A page that may go to one site is not led to the next by it. */
static void
test_page_redirect (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(WebServer) other = web_server_new (NULL);
  g_autofree char *target = web_server_dup_uri (other, "/landed");
  g_autofree char *path = g_strconcat ("/redirect?", target, NULL);
  g_autofree char *uri = web_server_dup_uri (fixture->server, path);
  g_autofree char *asked = g_strdup_printf ("will-redirect %s main prevented", target);

  fixture->allow = "will-navigate";
  expect_warning (REFUSED);
  run (fixture, "ways.assign('%s')", uri);
  wait_for_warnings ();
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  assert_stayed (fixture);
  g_assert_cmpuint (fixture->asked->len, ==, 3);
  g_assert_cmpstr (fixture->asked->pdata[2], ==, asked);
  g_assert_cmpuint (other->requests->len, ==, 0);
}

/* -- Frames -- */

static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "new Promise((r) => { const f = document.querySelector('iframe');"
                  "  f.onload = () => r(f.contentDocument.title); f.src = 'second.html'; })",
                  "\"Second\"");
  assert_asked (fixture, "will-frame-navigate " ORIGIN "/navigation/second.html frame", NULL);

  fixture->prevent = "will-frame-navigate";
  run (fixture, "frames[0].location.href = 'inner.html'");
  ipc_wait_until (fixture->asked->len == 2);
  ipc_assert_run (fixture->window, "frames[0].document.title", "\"Second\"");
}

static void
test_empty_frames (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "Promise.all(['srcdoc', 'src'].map((name) => new Promise((r) => {"
                  "  const f = document.createElement('iframe');"
                  "  f.onload = () => r([f.contentDocument.URL, f.contentWindow.origin]);"
                  "  f[name] = name === 'src' ? 'about:blank' : '<p>text</p>';"
                  "  document.body.append(f); })))",
                  "[[\"about:srcdoc\",\"" ORIGIN "\"],[\"about:blank\",\"" ORIGIN "\"]]");
  assert_asked (fixture, NULL, NULL);
}

/* A site that the policy lets into frames is for frames: the page itself does not go there. */
static void
test_listed_frame (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *origin = web_server_dup_uri (fixture->server, "");
  g_autofree char *policy = g_strdup_printf ("default-src 'self'; frame-src 'self' %s", origin);
  g_autofree char *in_frame = g_strdup_printf ("will-frame-navigate %s frame", uri);
  g_autofree char *in_main = g_strdup_printf ("will-navigate %s main prevented", uri);

  mullion_app_set_content_security_policy (ipc_app_get (), policy);
  load_start (fixture);
  run (fixture, "document.querySelector('iframe').src = '%s'", uri);
  ipc_wait_until (fixture->asked->len == 1);
  assert_asked (fixture, in_frame, NULL);

  expect_warning (REFUSED);
  run (fixture, "ways.assign('%s')", uri);
  wait_for_warnings ();
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  assert_stayed (fixture);
  g_assert_cmpstr (fixture->asked->pdata[2], ==, in_main);
  mullion_app_set_content_security_policy (ipc_app_get (), NULL);
}

/* The site in the frame may not take the page along either. */
static void
test_web_frame (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(WebServer) other = web_server_new (NULL);
  g_autofree char *inner = web_server_dup_uri (other, "/inner");
  g_autofree char *path = g_strconcat ("/frame?", inner, NULL);
  g_autofree char *outer = web_server_dup_uri (fixture->server, path);
  g_autofree char *asked = g_strdup_printf ("will-navigate %s main prevented", inner);

  mullion_web_contents_load_uri (fixture->window->contents, outer);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_true (web_server_saw (other, "GET /inner"));

  g_ptr_array_set_size (fixture->asked, 0);
  expect_warning (REFUSED);
  run (fixture, "location.href = '%s'", inner);
  wait_for_warnings ();
  g_free (ipc_window_wait (fixture->window, "did-stop-loading"));
  g_assert_cmpstr (mullion_web_contents_get_uri (fixture->window->contents), ==, outer);
  g_assert_cmpstr (fixture->asked->pdata[1], ==, asked);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/navigation/away", test_away },
    { "/navigation/form", test_form },
    { "/navigation/schemes", test_schemes },
    { "/navigation/own-blob", test_own_blob },
    { "/navigation/never", test_never },
    { "/navigation/javascript", test_javascript },
    { "/navigation/files", test_files },
    { "/navigation/allow", test_allow },
    { "/navigation/prevent", test_prevent },
    { "/navigation/prevent-first", test_prevent_first },
    { "/navigation/own-loads", test_own_loads },
    { "/navigation/replaced-load", test_replaced_load },
    { "/navigation/load-instead", test_load_instead },
    { "/navigation/hash", test_hash },
    { "/navigation/own-redirect", test_own_redirect },
    { "/navigation/page-redirect", test_page_redirect },
    { "/navigation/frames", test_frames },
    { "/navigation/empty-frames", test_empty_frames },
    { "/navigation/listed-frame", test_listed_frame },
    { "/navigation/web-frame", test_web_frame },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestNavigation");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
