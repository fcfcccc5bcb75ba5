/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

/* Sessions, and what their pages may do with what is the user's: nothing, unless a handler says so. */

#define ORIGIN "app://io.github.mullion.testpermissions"
#define HERE ORIGIN "/session/index.html"
#define REFUSED(name) \
  "WebContents #*: the permission " name " was refused: there is no permission request handler"

typedef struct
{
  IpcWindow *window;
  MullionSession *session;
  const char *url;  /* of the page that asks */
  GPtrArray *asked; /* "PERMISSION MEDIA-TYPES" */
  enum { DENY, ALLOW, DROP, LATER } answer;
  MullionPermissionRequest *kept;
  char *checked; /* (nullable): what was asked last, "PERMISSION ORIGIN" */
  gboolean check;
} Fixture;

static void
request_cb (MullionPermissionRequest *request,
            gpointer                  user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *types =
    g_strjoinv ("+", (char **) mullion_permission_request_get_media_types (request));

  g_assert_true (mullion_permission_request_get_web_contents (request) ==
                 fixture->window->contents);
  g_assert_cmpstr (mullion_permission_request_get_requesting_url (request), ==, fixture->url);
  g_ptr_array_add (fixture->asked,
                   g_strdup_printf ("%s %s", mullion_permission_request_get_permission (request),
                                    types));
  if (fixture->answer == ALLOW)
    mullion_permission_request_allow (request);
  else if (fixture->answer == DENY)
    mullion_permission_request_deny (request);
  else if (fixture->answer == LATER)
    fixture->kept = g_object_ref (request);
}

static gboolean
check_cb (MullionWebContents *contents,
          const char         *permission,
          const char         *requesting_origin,
          gpointer            user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (contents == fixture->window->contents);
  g_free (fixture->checked);
  fixture->checked = g_strdup_printf ("%s %s", permission, requesting_origin);

  return fixture->check;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  WebKitSettings *settings;

  fixture->url = HERE;
  fixture->asked = g_ptr_array_new_with_free_func (g_free);
  fixture->window = ipc_window_new ("{}");
  fixture->session = mullion_web_contents_get_session (fixture->window->contents);
  settings = webkit_web_view_get_settings (
    mullion_web_contents_get_web_view (fixture->window->contents));
  webkit_settings_set_enable_mock_capture_devices (settings, TRUE);
  ipc_window_load (fixture->window, "session/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, NULL, NULL, NULL);
  mullion_session_set_permission_check_handler (fixture->session, NULL, NULL, NULL);
  g_clear_object (&fixture->kept);
  ipc_window_free (fixture->window);
  g_ptr_array_unref (fixture->asked);
  g_free (fixture->checked);
  assert_warned ();
}

/* Each kind that WebKit asks about, and that a page can have it asked here. */
typedef struct
{
  const char *wish;
  const char *permission;
  const char *asked;
  const char *denied;
  const char *given;
} Wish;

static const Wish wishes[] = {
  { "geolocation", "geolocation", "geolocation ", "\"denied\"", "\"given\"" },
  { "camera", "media", "media video", "\"NotAllowedError\"", "\"given\"" },
  { "microphone", "media", "media audio", "\"NotAllowedError\"", "\"given\"" },
  { "both", "media", "media audio+video", "\"NotAllowedError\"", "\"given\"" },
  { "display", "display-capture", "display-capture ", "\"NotAllowedError\"", "\"given\"" },
  { "notifications", "notifications", "notifications ", "\"denied\"", "\"granted\"" },
  { "clipboard", "clipboard-read", "clipboard-read ", "\"NotAllowedError\"", "\"given\"" },
  { "pointerLock", "pointerLock", "pointerLock ", "\"refused\"", "\"given\"" },
};

/* -- Which session a window has -- */

static void
test_sessions (Fixture       *fixture,
               gconstpointer  data)
{
  MullionApp *app = ipc_app_get ();
  MullionSession *kept = mullion_session_from_partition (app, "persist:notes/../x");
  MullionSession *memory = mullion_session_from_partition (app, "notes");
  g_autoptr(IpcWindow) window = NULL;

  g_assert_true (fixture->session == mullion_session_get_default (app));
  g_assert_true (fixture->session == mullion_session_from_partition (app, ""));
  g_assert_true (mullion_session_is_persistent (fixture->session));

  g_assert_true (kept == mullion_session_from_partition (app, "persist:notes/../x"));
  g_assert_true (mullion_session_is_persistent (kept));
  g_assert_true (g_str_has_suffix (mullion_session_get_storage_path (kept),
                                   "/Partitions/notes%2F..%2Fx"));

  g_assert_false (mullion_session_is_persistent (memory));
  g_assert_null (mullion_session_get_storage_path (memory));
  window = ipc_window_new ("{ \"show\": false, \"webPreferences\": { \"partition\": \"notes\" } }");
  g_assert_true (mullion_web_contents_get_session (window->contents) == memory);
  g_assert_true (webkit_web_view_get_network_session (
                   mullion_web_contents_get_web_view (window->contents)) ==
                 mullion_session_get_network_session (memory));

  ipc_assert_run (fixture->window, "localStorage.here = 'yes'", "\"yes\"");
  ipc_window_load (window, "session/index.html");
  ipc_assert_run (window, "localStorage.here ?? null", "null");
}

/* -- Requests -- */

/* WebKit takes a script of the view's owner for the user's hand, which some need. */
static void
run_wish (Fixture    *fixture,
          const char *wish,
          const char *expected)
{
  g_autofree char *code = g_strdup_printf ("globalThis.outcome = new Promise ((resolve) => "
                                           "  { globalThis.click = () => resolve (wishes.%s ()); "
                                           "}), 1", wish);

  g_test_message ("%s", wish);
  /* WebKit asks a page that was denied once no more. */
  ipc_window_load (fixture->window, "session/index.html");
  ipc_assert_run (fixture->window, code, "1");
  /* Nobody is asked for the pointer of a window that the user does not look at. */
  ipc_assert_run (fixture->window, "focused ()", "true");
  webkit_web_view_evaluate_javascript (
    mullion_web_contents_get_web_view (fixture->window->contents), "click (), 1", -1, NULL, NULL,
    NULL, NULL, NULL);
  ipc_assert_run (fixture->window, "outcome", expected);
}

static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  const Wish *wish = data;
  g_autofree char *pattern = g_strdup_printf (REFUSED ("%s"), wish->permission);

  expect_warning (pattern);
  run_wish (fixture, wish->wish, wish->denied);
}

static void
test_deny (Fixture       *fixture,
           gconstpointer  data)
{
  static const int answers[] = { DENY, DROP };
  const Wish *wish = data;

  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      fixture->answer = answers[i];
      run_wish (fixture, wish->wish, wish->denied);
      g_assert_cmpuint (fixture->asked->len, ==, i + 1);
      g_assert_cmpstr (fixture->asked->pdata[i], ==, wish->asked);
    }
}

static void
test_allow (Fixture       *fixture,
            gconstpointer  data)
{
  const Wish *wish = data;

  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  fixture->answer = ALLOW;
  run_wish (fixture, wish->wish, wish->given);
  g_assert_cmpuint (fixture->asked->len, ==, 1);
  g_assert_cmpstr (fixture->asked->pdata[0], ==, wish->asked);
}

/* A page of the web asks in its own name. */
static void
test_elsewhere (Fixture       *fixture,
                gconstpointer  data)
{
  static const char ask[] =
    "new Promise ((resolve) => navigator.geolocation.getCurrentPosition "
    "  (resolve, ({ code }) => resolve (code), { timeout: 1 }))";
  g_autoptr(WebServer) server = web_server_new (NULL);
  g_autofree char *url = web_server_dup_uri (server, "/page");

  fixture->url = url;
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  mullion_web_contents_load_uri (fixture->window->contents, url);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, ask, "1");
  g_assert_cmpuint (fixture->asked->len, ==, 1);
  g_assert_cmpstr (fixture->asked->pdata[0], ==, "geolocation ");
}

/* What WebKitGTK could ask about and does not: sessions do not track what sites of others they keep,
 * and there are neither keys of media nor glasses. */
static void
test_never (Fixture       *fixture,
            gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  ipc_assert_run (fixture->window, "typeof navigator.requestMediaKeySystemAccess",
                  "\"undefined\"");
  ipc_assert_run (fixture->window, "typeof navigator.xr", "\"undefined\"");
  ipc_assert_run (fixture->window, "document.hasStorageAccess ()", "true");
  g_assert_false (webkit_network_session_get_itp_enabled (
    mullion_session_get_network_session (fixture->session)));
  g_assert_cmpuint (fixture->asked->len, ==, 0);
}

static void
test_later (Fixture       *fixture,
            gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  fixture->answer = LATER;
  ipc_assert_run (fixture->window, "globalThis.camera = wishes.camera(), 1", "1");
  ipc_wait_until (fixture->kept != NULL);
  mullion_permission_request_allow (fixture->kept);
  mullion_permission_request_deny (fixture->kept);
  ipc_assert_run (fixture->window, "camera", "\"given\"");
}

static void
test_window_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  fixture->answer = LATER;
  ipc_assert_run (fixture->window, "globalThis.camera = wishes.camera(), 1", "1");
  ipc_wait_until (fixture->kept != NULL);
  mullion_browser_window_destroy (fixture->window->window);
  mullion_permission_request_allow (fixture->kept);
}

/* Where WebKit wants the user's hand, a script alone has nobody asked. */
static void
test_no_hand (Fixture       *fixture,
              gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  fixture->answer = ALLOW;
  ipc_assert_run (fixture->window, "wishes.display ()", "\"InvalidStateError\"");
  ipc_assert_run (fixture->window, "wishes.notifications ()", "\"denied\"");
  ipc_assert_run (fixture->window, "wishes.clipboard ()", "\"NotAllowedError\"");
  g_assert_cmpuint (fixture->asked->len, ==, 0);
}

/* -- Checks -- */

static void
test_check (Fixture       *fixture,
            gconstpointer  data)
{
  /* What is denied looks to pages as if nobody had been asked: WebKit wants it so. */
  ipc_assert_run (fixture->window, "query('camera')", "\"prompt\"");

  mullion_session_set_permission_check_handler (fixture->session, check_cb, fixture, NULL);
  ipc_assert_run (fixture->window, "query('camera')", "\"prompt\"");
  g_assert_cmpstr (fixture->checked, ==, "media " ORIGIN);
  fixture->check = TRUE;
  ipc_assert_run (fixture->window, "query('geolocation')", "\"granted\"");
  g_assert_cmpstr (fixture->checked, ==, "geolocation " ORIGIN);
}

/* Nobody is asked as for a wish, and a page that records nothing learns no name. */
static void
test_devices (Fixture       *fixture,
              gconstpointer  data)
{
  mullion_session_set_permission_request_handler (fixture->session, request_cb, fixture, NULL);
  mullion_session_set_permission_check_handler (fixture->session, check_cb, fixture, NULL);
  ipc_assert_run (fixture->window, "devices ()", "\"audioinput ,videoinput \"");
  g_assert_cmpstr (fixture->checked, ==, "media " ORIGIN);
  g_clear_pointer (&fixture->checked, g_free);
  fixture->check = TRUE;
  ipc_assert_run (fixture->window, "devices ()", "\"audioinput ,videoinput \"");
  g_assert_cmpstr (fixture->checked, ==, "media " ORIGIN);
  g_assert_cmpuint (fixture->asked->len, ==, 0);
}

/* -- Settings -- */

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  WebKitSettings *settings = webkit_web_view_get_settings (
    mullion_web_contents_get_web_view (fixture->window->contents));

  g_assert_false (webkit_settings_get_allow_file_access_from_file_urls (settings));
  g_assert_false (webkit_settings_get_allow_universal_access_from_file_urls (settings));
  g_assert_false (webkit_settings_get_allow_top_navigation_to_data_urls (settings));
  g_assert_false (webkit_settings_get_disable_web_security (settings));
  g_assert_false (webkit_settings_get_javascript_can_access_clipboard (settings));
  g_assert_false (webkit_settings_get_javascript_can_open_windows_automatically (settings));
}

static void
add_wish (const Wish *wish)
{
  const struct { const char *name; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "default", test_default },
    { "deny", test_deny },
    { "allow", test_allow },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/permissions/%s/%s", wish->wish, tests[i].name);

      g_test_add (path, Fixture, wish, set_up, tests[i].test, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/permissions/sessions", test_sessions },
    { "/permissions/devices", test_devices },
    { "/permissions/elsewhere", test_elsewhere },
    { "/permissions/never", test_never },
    { "/permissions/no-hand", test_no_hand },
    { "/permissions/later", test_later },
    { "/permissions/window-gone", test_window_gone },
    { "/permissions/check", test_check },
    { "/permissions/settings", test_settings },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPermissions");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    add_wish (&wishes[i]);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
