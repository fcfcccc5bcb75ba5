/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include "user-catch.h"
#include "user-hand.h"
#include "web-server.h"

#include <glib/gstdio.h>

/*
 * The modules `views` and `drag` of mullion/desktop: what a page shows in its window beside itself,
 * and what leaves it by the user's hand.
 */

typedef struct
{
  DesktopFixture desktop;
  WebServer *server;
  char *origin; /* of the server: the one that the capability lists */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *capabilities = NULL;
  g_autofree char *uri = NULL;

  fixture->server = web_server_new (NULL);
  uri = web_server_dup_uri (fixture->server, "/");
  fixture->origin = g_strndup (uri, strlen (uri) - 1);
  capabilities = g_strdup_printf ("{ \"views\": { \"origins\": [ \"%s\" ], \"max\": 3 },"
                                  "  \"drag\": true }", fixture->origin);
  desktop_set_up (&fixture->desktop, capabilities);
  ipc_assert_run (fixture->desktop.window,
                  "window.told = []; window.bounds = { x: 10, y: 20, width: 100, height: 50 };"
                  "window.heard = (what) => new Promise((resolve) => { const look = () =>"
                  "  told.some((all) => all === what) ? resolve(true) : setTimeout(look, 10);"
                  "  look(); });"
                  "window.settled = async (id) => {"
                  "  while ((await desktop.views.getState(id)).isLoading);"
                  "  return (await desktop.views.getState(id)).url; };"
                  "Promise.all(['closed', 'failed', 'gone', 'loading', 'navigated', 'title'].map("
                  "  (name) => desktop.views.on(name, (...all) => told.push([name, ...all].join(' ')))"
                  ")).then(() => 'listening')", "\"listening\"");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  desktop_tear_down (&fixture->desktop);
  web_server_free (fixture->server);
  g_free (fixture->origin);
}

static void
assert_run (Fixture    *fixture,
            const char *expected,
            const char *format,
            ...) G_GNUC_PRINTF (3, 4);

static void
assert_run (Fixture    *fixture,
            const char *expected,
            const char *format,
            ...)
{
  g_autofree char *code = NULL;
  va_list list;

  va_start (list, format);
  code = g_strdup_vprintf (format, list);
  va_end (list);
  ipc_assert_run (fixture->desktop.window, code, expected);
}

/* Calls a function of `views`, which resolves with nothing or rejects for @reason. */
static void
assert_call (Fixture    *fixture,
             const char *call,
             const char *reason)
{
  g_autofree char *whole = g_strdup_printf ("views.%s", call);

  desktop_assert_rejects (&fixture->desktop, whole, reason);
}

static GList *
list_views (Fixture *fixture)
{
  return mullion_browser_window_dup_child_views (fixture->desktop.window->window);
}

static guint
count_views (Fixture *fixture)
{
  g_autoptr(GList) views = list_views (fixture);

  return g_list_length (views);
}

/* Makes one, which is `id` in the page, and waits until its page is there. */
static MullionWebContents *
create (Fixture    *fixture,
        const char *url)
{
  g_autoptr(GList) views = NULL;

  assert_run (fixture, "true",
              "desktop.views.create({ url: '%s', bounds })"
              "  .then((made) => { window.id = made; return heard(`loading ${id} false`); })", url);
  views = list_views (fixture);
  return mullion_web_contents_view_get_web_contents (g_list_last (views)->data);
}

static void
ran_cb (GObject      *contents,
        GAsyncResult *result,
        gpointer      user_data)
{
  JsonNode **answer = user_data;

  *answer = mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                            NULL);
  if (*answer == NULL)
    *answer = json_node_new (JSON_NODE_NULL);
}

/* What a script in a view comes to. */
static void
assert_in_view (MullionWebContents *contents,
                const char         *code,
                const char         *expected)
{
  g_autoptr(JsonNode) answer = NULL;
  g_autofree char *text = NULL;

  mullion_web_contents_execute_javascript_async (contents, code, NULL, ran_cb, &answer);
  ipc_wait_until (answer != NULL);
  text = json_to_string (answer, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

/* -- Views -- */

static void
test_functions (Fixture       *fixture,
                gconstpointer  data)
{
  MullionWebContents *contents = create (fixture, "second.html");
  MullionWebContentsView *view;
  GdkRectangle bounds;

  view = MULLION_WEB_CONTENTS_VIEW (
    gtk_widget_get_parent (GTK_WIDGET (mullion_web_contents_get_web_view (contents))));
  mullion_web_contents_view_get_bounds (view, &bounds);
  g_assert_true (gdk_rectangle_equal (&bounds, &(GdkRectangle) { 10, 20, 100, 50 }));
  assert_run (fixture, "true", "heard(`title ${id} Second`)");
  assert_run (fixture, "[true,\"Second\",false,false,false]",
              "desktop.views.getState(id).then(({ url, title, canGoBack, canGoForward, isLoading }) =>"
              "  [url === new URL('second.html', location).href, title, canGoBack, canGoForward,"
              "   isLoading])");

  assert_call (fixture, "setBounds(id, { x: -5, y: 6, width: 7, height: 0 })", "done");
  assert_run (fixture, "{\"x\":-5,\"y\":6,\"width\":7,\"height\":0}", "desktop.views.getBounds(id)");
  assert_call (fixture, "setVisible(id, false)", "done");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (view)));
  assert_call (fixture, "setVisible(id, true)", "done");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (view)));

  assert_run (fixture, "0", "told.length = 0");
  assert_call (fixture, "loadURL(id, 'index.html')", "done");
  assert_run (fixture, "true", "heard(`loading ${id} false`)");
  assert_run (fixture, "true", "told.includes(`navigated ${id} ${location.href}`)");
  assert_call (fixture, "goBack(id)", "done");
  assert_run (fixture, "true", "heard(`title ${id} Second`)");
  assert_run (fixture, "[false,true]",
              "desktop.views.getState(id).then((state) => [state.canGoBack, state.canGoForward])");
  assert_run (fixture, "0", "told.length = 0");
  assert_call (fixture, "goForward(id)", "done");
  assert_run (fixture, "true", "heard(`title ${id} First`)");
  assert_run (fixture, "0", "told.length = 0");
  assert_call (fixture, "reload(id)", "done");
  assert_run (fixture, "true", "heard(`loading ${id} false`)");
  assert_call (fixture, "stop(id)", "done");

  assert_call (fixture, "close(id)", "done");
  assert_run (fixture, "true", "heard(`closed ${id}`)");
  g_assert_cmpuint (count_views (fixture), ==, 0);
}

/* A page of the app has what the page has that made the view, and no views of its own. */
static void
test_own_page (Fixture       *fixture,
               gconstpointer  data)
{
  MullionWebContents *contents = create (fixture, "second.html");

  assert_in_view (contents,
                  "desktop.views.create({ url: 'index.html',"
                  "  bounds: { x: 0, y: 0, width: 1, height: 1 } })"
                  "  .catch((error) => error.message.split(': ').pop())",
                  "\"a page in a view has no views\"");

  /* It may end itself, and then answers nobody. */
  mullion_web_contents_execute_javascript_async (contents, "close()", NULL, NULL, NULL);
  assert_run (fixture, "true", "heard(`closed ${id}`)");
  g_assert_cmpuint (count_views (fixture), ==, 0);
}

/* Has the view load what the server sends on to @target, and waits until that has ended. */
static void
load_redirect (Fixture    *fixture,
               const char *target,
               const char *ends_at)
{
  g_autofree char *expected = g_strdup_printf ("\"%s\"", ends_at);

  assert_run (fixture, expected,
              "desktop.views.loadURL(id, '%s/redirect?%s').then(() => settled(id))",
              fixture->origin, target);
}

static void
count_refused_cb (MullionWebContents     *contents,
                  MullionNavigationEvent *event,
                  guint                  *n)
{
  if (mullion_navigation_event_is_default_prevented (event))
    (*n)++;
}

static void
test_other_origin (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(WebServer) other = web_server_new (NULL);
  g_autofree char *away = web_server_dup_uri (other, "/away");
  g_autofree char *leave = g_strdup_printf ("location = '%s', 1", away);
  g_autofree char *sent = web_server_dup_uri (other, "/sent");
  g_autofree char *one = web_server_dup_uri (fixture->server, "/one");
  g_autofree char *two = web_server_dup_uri (fixture->server, "/two");
  g_autofree char *three = web_server_dup_uri (fixture->server, "/three");
  MullionWebContents *contents = create (fixture, one);
  guint n_refused = 0;

  assert_run (fixture, "true", "heard(`title ${id} Web`)");
  assert_in_view (contents, "[typeof desktop, typeof require]", "[\"undefined\",\"undefined\"]");

  /* Its page goes where the capability lets it, and nowhere else: WebKit asks the server, but shows
   * nothing of the answer. */
  g_signal_connect (contents, "will-navigate", G_CALLBACK (count_refused_cb), &n_refused);
  assert_in_view (contents, leave, "1");
  ipc_wait_until (n_refused == 1);
  ipc_wait_until (!webkit_web_view_is_loading (mullion_web_contents_get_web_view (contents)));
  assert_run (fixture, "false", "told.some((what) => /^navigated .*away/.test(what))");
  assert_in_view (contents, "location = '/two', 1", "1");
  assert_run (fixture, "true", "heard(`navigated ${id} %s`)", two);
  assert_run (fixture, "true", "settled(id).then(() => true)");

  /* Nor does a server lead it away. */
  load_redirect (fixture, sent, two);
  g_assert_true (web_server_saw (fixture->server, "GET /redirect"));
  load_redirect (fixture, three, three);
  g_assert_false (web_server_saw (other, "GET /sent"));
}

#define NOT_LISTED \
  "cannot show this page: it is none of the app's, and the \"origins\" of the capability \"views\" do " \
  "not list its origin"

static void
test_refused_addresses (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char *const addresses[] = {
    "'https://example.org/'", "'data:text/html,x'", "'file:///etc/hostname'", "'about:blank'",
    "'javascript:alert(1)'", "'app://io.github.mullion.other/index.html'",
    "URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))", "'//example.org/'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *call = g_strdup_printf ("create({ url: %s, bounds })", addresses[i]);

      assert_call (fixture, call, NOT_LISTED);
    }
  assert_call (fixture, "create({ url: 'http://[', bounds })", "url: expected the address of a page");
  g_assert_cmpuint (count_views (fixture), ==, 0);

  create (fixture, "second.html");
  assert_call (fixture, "loadURL(id, 'https://example.org/')", NOT_LISTED);
  assert_call (fixture, "loadURL(id, 'data:text/html,x')", NOT_LISTED);
}

static void
test_bad_arguments (Fixture       *fixture,
                    gconstpointer  data)
{
  desktop_assert_invalid (&fixture->desktop, "views.create", "views.create({ bounds })",
                          "arguments[0]: the property \"url\" is missing");
  desktop_assert_invalid (&fixture->desktop, "views.create",
                          "views.create({ url: 'index.html',"
                          "  bounds: { x: 0, y: 0, width: -1, height: 1 } })",
                          "arguments[0].bounds.width: expected a number from 0");
  desktop_assert_invalid (&fixture->desktop, "views.create",
                          "views.create({ url: 'index.html',"
                          "  bounds: { x: 0, y: 0, width: 1e9, height: 1 } })",
                          "arguments[0].bounds.width: expected a number up to 16384");
  desktop_assert_invalid (&fixture->desktop, "views.close", "views.close(0)",
                          "arguments[0]: expected a number from 1");
}

/* A failed load and a process that is gone are told, and the view is there still. */
static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  MullionWebContents *contents = create (fixture, "nowhere.html");

  assert_run (fixture, "true",
              "told.some((what) => what.startsWith(`failed ${id} -6 ERR_FILE_NOT_FOUND`))");
  assert_call (fixture, "loadURL(id, 'second.html')", "done");
  assert_run (fixture, "true", "heard(`title ${id} Second`)");
  desktop_crash (contents);
  assert_run (fixture, "true", "heard(`gone ${id} killed`)");
  assert_run (fixture, "0", "told.length = 0");
  assert_call (fixture, "reload(id)", "done");
  assert_run (fixture, "true", "heard(`title ${id} Second`)");
}

/* However many a page wants, there are as many as the capability says. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  assert_run (fixture, "[3,\"there are 3 views already: close one of them first\"]",
              "Promise.allSettled(Array.from({ length: 50 }, () =>"
              "  desktop.views.create({ url: 'second.html', bounds })))"
              "  .then((all) => { window.made = all.filter((one) => one.status === 'fulfilled');"
              "    return [made.length, all.at(-1).reason.message.split('Error: ').pop()]; })");
  g_assert_cmpuint (count_views (fixture), ==, 3);
  assert_call (fixture, "close(made[1].value)", "done");
  create (fixture, "second.html");
  g_assert_cmpuint (count_views (fixture), ==, 3);
}

/* A number is that of the document that made the view, and of no other. */
static void
test_of_others (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const calls[] = {
    "close(ID)", "getBounds(ID)", "getState(ID)", "goBack(ID)", "goForward(ID)", "reload(ID)",
    "loadURL(ID, 'second.html')", "setBounds(ID, { x: 0, y: 0, width: 1, height: 1 })",
    "setVisible(ID, false)", "stop(ID)",
  };
  MullionWebContents *contents = create (fixture, "second.html");
  guint id = mullion_web_contents_get_id (contents);
  g_autofree char *options =
    g_strdup_printf ("{ \"webPreferences\": { \"preload\": \"%s\" } }",
                     mullion_desktop_get_preload ());
  g_autofree char *number = g_strdup_printf ("%u", id);
  g_autofree char *reason = g_strdup_printf ("this document has no view %u", id);
  DesktopFixture other = { NULL, ipc_window_new (options) };

  ipc_window_load (other.window, "lifecycle/index.html");
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto(GStrv) parts = g_strsplit (calls[i], "ID", 2);
      g_autofree char *call = g_strjoin (NULL, "views.", parts[0], number, parts[1], NULL);

      desktop_assert_rejects (&other, call, reason);
    }
  ipc_window_free (other.window);
  g_assert_cmpuint (count_views (fixture), ==, 1);
}

/* The document that made them goes, by a load, a crash or with its window. */
static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  MullionWebContents *contents = g_object_ref (create (fixture, "second.html"));

  ipc_window_load (fixture->desktop.window, "lifecycle/second.html");
  ipc_wait_until (count_views (fixture) == 0);
  ipc_wait_until (mullion_web_contents_is_destroyed (contents));
  g_object_unref (contents);

  assert_run (fixture, "\"made\"", "desktop.views.create({ url: 'index.html',"
              "  bounds: { x: 0, y: 0, width: 10, height: 10 } }).then(() => 'made')");
  g_assert_cmpuint (count_views (fixture), ==, 1);
  desktop_crash (fixture->desktop.window->contents);
  ipc_wait_until (count_views (fixture) == 0);

  /* The last one goes with the window, at the end of the test. */
  ipc_window_load (fixture->desktop.window, "lifecycle/index.html");
  assert_run (fixture, "\"made\"", "desktop.views.create({ url: 'second.html',"
              "  bounds: { x: 0, y: 0, width: 10, height: 10 } }).then(() => 'made')");
}

/* -- Dragging out -- */

#define DRAG(files) "drag.startDrag({ files: [" files "] })"
#define NO_BUTTON "The user holds no button down in the page to drag with"

/* (transfer full): a file that a page could have written with `text-files` */
static char *
write_own_file (void)
{
  g_autofree char *data = mullion_app_dup_path (ipc_app_get (), "userData", NULL);
  g_autofree char *folder = g_build_filename (data, "files", "notes", NULL);
  char *path = g_build_filename (folder, "one two.txt", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "note", -1, NULL));
  return path;
}

static void
test_drag_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *own = write_own_file ();
  g_autofree char *absolute = g_strdup_printf (DRAG ("'%s'"), own);
  DesktopFixture *desktop = &fixture->desktop;

  desktop_assert_rejects (desktop, DRAG ("'/etc/hostname'"),
                          "the user did not choose this file in a dialog");
  desktop_assert_rejects (desktop, absolute, "the user did not choose this file in a dialog");
  desktop_assert_rejects (desktop, DRAG ("'notes/one two.txt', '../../secret'"),
                          "\"../../secret\": a path with \"..\" leads out of the app's data folder");
  desktop_assert_rejects (desktop, DRAG ("'notes/none.txt'"),
                          "\"notes/none.txt\": No such file or directory");
  desktop_assert_rejects (desktop,
                          "drag.startDrag({ files: ['notes/one two.txt'], icon: '/etc/icon.png' })",
                          "icon: expected a file of the app, or the name of an icon");
  desktop_assert_rejects (desktop, DRAG ("'notes/one two.txt'"), NO_BUTTON);
  mullion_file_grants_add (mullion_capability_set_get_grants (desktop->set), own);
  desktop_assert_rejects (desktop, absolute, NO_BUTTON);
  desktop_assert_invalid (desktop, "drag.startDrag", DRAG (""),
                          "arguments[0].files: expected at least 1 element, not 0");
  g_unlink (own);
}

/* A hand is never quite still. */
static gboolean
pull_cb (gpointer user_data)
{
  user_hand_pull (1, 1);
  return G_SOURCE_CONTINUE;
}

static void
test_drag (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *own = write_own_file ();
  g_autofree char *uri = g_filename_to_uri (own, NULL, NULL);
  g_autofree char *expected = g_strconcat (uri, "\r\n", NULL);
  MullionWebContents *contents = fixture->desktop.window->contents;
  UserCatch *target;
  guint pull;

  if (!user_hand_is_there ())
    {
      g_test_skip ("no xdotool here");
      return;
    }

  target = user_catch_new (900, 0, 300, 800);
  ipc_wait_until (user_catch_is_ready (target));
  assert_run (fixture, "true",
              "document.body.innerHTML = '<div draggable=\"true\""
              "  style=\"position: fixed; inset: 0\">file</div>';"
              "window.drag = new Promise((resolve) => addEventListener('dragstart', (event) => {"
              "  event.preventDefault();"
              "  desktop.drag.startDrag({ files: ['notes/one two.txt'], icon: 'text-x-generic' })"
              "    .then(() => resolve('drags'), (error) => resolve(error.message)); }));"
              "new Promise((done) => requestAnimationFrame("
              "  () => requestAnimationFrame(() => done(true))))");
  pull = g_timeout_add (50, pull_cb, NULL);
  user_hand_grab (GTK_WIDGET (mullion_web_contents_get_web_view (contents)), 20, 20);
  assert_run (fixture, "\"drags\"", "drag");
  g_source_remove (pull);
  user_hand_pull (1000, 300);
  ipc_wait_until (user_catch_is_entered (target));
  user_hand_let_go ();
  ipc_wait_until (user_catch_get_dropped (target) != NULL);
  g_assert_cmpstr (user_catch_get_dropped (target), ==, expected);
  user_catch_free (target);
  g_unlink (own);
}

int
main (int   argc,
      char *argv[])
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/desktop-views/functions", test_functions },
    { "/desktop-views/own-page", test_own_page },
    { "/desktop-views/other-origin", test_other_origin },
    { "/desktop-views/refused-addresses", test_refused_addresses },
    { "/desktop-views/bad-arguments", test_bad_arguments },
    { "/desktop-views/failures", test_failures },
    { "/desktop-views/flood", test_flood },
    { "/desktop-views/of-others", test_of_others },
    { "/desktop-views/end", test_end },
    { "/desktop-views/drag-refused", test_drag_refused },
    { "/desktop-views/drag", test_drag },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  web_server_ignore_proxies ();
  desktop_start ("views");
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.DesktopViews");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  mock_bus_stop ();
  return status;
}
