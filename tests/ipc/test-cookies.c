/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "web-server.h"
#include "tests/test-folder.h"


/* Cookies: the app's side of them, and that they are there in the next run where they should be. */

/* -- Two runs of an app -- */

static const struct
{
  const char *options;
  gboolean is_kept;
} partitions[] = {
  { "{ \"show\": false }", TRUE },
  { "{ \"show\": false, \"webPreferences\": { \"partition\": \"persist:notes\" } }", TRUE },
  { "{ \"show\": false, \"webPreferences\": { \"partition\": \"notes\" } }", FALSE },
};

static IpcWindow *
open_page (WebServer  *server,
           const char *options)
{
  IpcWindow *window = ipc_window_new (options);
  g_autofree char *uri = web_server_dup_uri (server, "/page");

  mullion_web_contents_load_uri (window->contents, uri);
  g_free (ipc_window_wait (window, "did-finish-load"));

  return window;
}

static void
got_cookies_cb (GObject      *manager,
                GAsyncResult *result,
                gpointer      user_data)
{
  guint *count = user_data;
  g_autoptr(GError) error = NULL;
  GList *cookies = webkit_cookie_manager_get_all_cookies_finish (WEBKIT_COOKIE_MANAGER (manager),
                                                                 result, &error);

  g_assert_no_error (error);
  *count = g_list_length (cookies);
  g_list_free_full (cookies, (GDestroyNotify) soup_cookie_free);
}

static guint
count_cookies (IpcWindow *window)
{
  WebKitNetworkSession *network = mullion_session_get_network_session (
    mullion_web_contents_get_session (window->contents));
  guint count = G_MAXUINT;

  webkit_cookie_manager_get_all_cookies (webkit_network_session_get_cookie_manager (network), NULL,
                                         got_cookies_cb, &count);
  ipc_wait_until (count != G_MAXUINT);

  return count;
}

/* Cookies of a script are on their way to the process that keeps them. */
static void
wait_for_cookies (IpcWindow *window,
                  guint      expected)
{
  guint limit = ipc_limit_begin ("cookies");

  while (count_cookies (window) != expected)
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (limit);
}

static void
run_first (void)
{
  g_autoptr(WebServer) server = web_server_new (NULL);
  MullionApp *run = ipc_app_new ("io.github.mullion.TestCookies");

  for (gsize i = 0; i < G_N_ELEMENTS (partitions); i++)
    {
      g_autoptr(IpcWindow) window = open_page (server, partitions[i].options);

      ipc_assert_run (window, "document.cookie", "\"\"");
      ipc_assert_run (window, "document.cookie = 'kept=yes; max-age=3600';"
                              "document.cookie = 'brief=yes'; 0", "0");
      wait_for_cookies (window, 2);
    }
  g_object_unref (run);
}

static void
run_second (void)
{
  g_autoptr(WebServer) server = web_server_new (NULL);
  MullionApp *run = ipc_app_new ("io.github.mullion.TestCookies");

  for (gsize i = 0; i < G_N_ELEMENTS (partitions); i++)
    {
      g_autoptr(IpcWindow) window = open_page (server, partitions[i].options);

      ipc_assert_run (window, "document.cookie", partitions[i].is_kept ? "\"kept=yes\"" : "\"\"");
    }
  g_object_unref (run);
}

/* The two share a home, and this process never looks into it. */
static void
test_two_runs (void)
{
  g_autofree char *home = g_dir_make_tmp ("mullion-cookies-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_test_trap_subprocess ("/cookies/two-runs/subprocess/first", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_subprocess ("/cookies/two-runs/subprocess/second", 0, 0);
  g_test_trap_assert_passed ();
  remove_folder (home);
}

/* -- The app's side -- */

/* The two runs are processes of their own, and this one has an app only after them. */
static MullionApp *app;

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  MullionCookies *cookies;
  JsonArray *found; /* (nullable) */
  GError *error;    /* (nullable) */
  gboolean has_answered;
  guint n_changes;
  GString *told; /* of each change, a line */
} Fixture;

static void
changed_cb (MullionCookies *cookies,
            JsonObject     *cookie,
            const char     *cause,
            gboolean        is_removed,
            Fixture        *fixture)
{
  fixture->n_changes++;
  g_string_append_printf (fixture->told, "%s%s=%s %s\n", is_removed ? "-" : "+",
                          json_object_get_string_member (cookie, "name"),
                          json_object_get_string_member (cookie, "value"), cause);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  path)
{
  g_autofree char *options = g_strdup_printf (
    "{ \"show\": false, \"webPreferences\": { \"partition\": \"%s\" } }", (const char *) path);

  if (app == NULL)
    app = ipc_app_new ("io.github.mullion.TestCookies");
  fixture->server = web_server_new (NULL);
  fixture->window = open_page (fixture->server, options);
  fixture->cookies =
    mullion_session_get_cookies (mullion_web_contents_get_session (fixture->window->contents));
  g_signal_connect (fixture->cookies, "changed", G_CALLBACK (changed_cb), fixture);
  fixture->told = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  path)
{
  g_signal_handlers_disconnect_by_data (fixture->cookies, fixture);
  g_clear_pointer (&fixture->found, json_array_unref);
  g_clear_error (&fixture->error);
  g_string_free (fixture->told, TRUE);
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
}

static void
begin (Fixture *fixture)
{
  fixture->has_answered = FALSE;
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->found, json_array_unref);
}

static void
got_cb (GObject      *cookies,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->found = mullion_cookies_get_finish (MULLION_COOKIES (cookies), result, &fixture->error);
  fixture->has_answered = TRUE;
}

/* Returns how many there are, -1 for an error. */
static int
get (Fixture    *fixture,
     const char *json)
{
  g_autoptr(JsonNode) filter = json != NULL ? json_from_string (json, NULL) : NULL;

  begin (fixture);
  mullion_cookies_get_async (fixture->cookies,
                             filter != NULL ? json_node_get_object (filter) : NULL, NULL, got_cb,
                             fixture);
  ipc_wait_until (fixture->has_answered);

  return fixture->found != NULL ? (int) json_array_get_length (fixture->found) : -1;
}

static void
set_cb (GObject      *cookies,
        GAsyncResult *result,
        gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (mullion_cookies_set_finish (MULLION_COOKIES (cookies), result, &fixture->error) ==
                 (fixture->error == NULL));
  fixture->has_answered = TRUE;
}

static gboolean
set (Fixture    *fixture,
     const char *json)
{
  g_autoptr(JsonNode) details = json_from_string (json, NULL);

  begin (fixture);
  mullion_cookies_set_async (fixture->cookies, json_node_get_object (details), NULL, set_cb,
                             fixture);
  ipc_wait_until (fixture->has_answered);

  return fixture->error == NULL;
}

static void
removed_cb (GObject      *cookies,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (mullion_cookies_remove_finish (MULLION_COOKIES (cookies), result,
                                                &fixture->error));
  fixture->has_answered = TRUE;
}

static void
flushed_cb (GObject      *cookies,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (mullion_cookies_flush_store_finish (MULLION_COOKIES (cookies), result,
                                                     &fixture->error));
  fixture->has_answered = TRUE;
}

static void
test_set_get_remove (Fixture       *fixture,
                     gconstpointer  path)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");
  g_autofree char *note = g_strdup_printf (
    "{ \"url\": \"%s\", \"name\": \"note\", \"value\": \"one\" }", uri);
  g_autofree char *hidden = g_strdup_printf (
    "{ \"url\": \"%s\", \"name\": \"hidden\", \"value\": \"two\", \"httpOnly\": true,"
    "  \"sameSite\": \"strict\", \"expirationDate\": 4102444800.5 }", uri);
  g_autofree char *here = g_strdup_printf ("{ \"url\": \"%s\", \"name\": \"hidden\" }", uri);
  JsonObject *cookie;

  g_assert_true (set (fixture, note));
  g_assert_true (set (fixture, hidden));
  ipc_wait_until (fixture->n_changes >= 2);
  ipc_assert_run (fixture->window, "document.cookie", "\"note=one\"");

  g_assert_cmpint (get (fixture, NULL), ==, 2);
  g_assert_cmpint (get (fixture, "{ \"session\": true }"), ==, 1);
  g_assert_cmpint (get (fixture, "{ \"domain\": \"example.org\" }"), ==, 0);
  g_assert_cmpint (get (fixture, "{ \"url\": \"http://example.org/\" }"), ==, 0);
  g_assert_cmpint (get (fixture, "{ \"httpOnly\": true, \"secure\": false, \"path\": \"/\" }"),
                   ==, 1);
  g_assert_cmpint (get (fixture, here), ==, 1);
  cookie = json_array_get_object_element (fixture->found, 0);
  g_assert_cmpstr (json_object_get_string_member (cookie, "value"), ==, "two");
  g_assert_cmpstr (json_object_get_string_member (cookie, "domain"), ==, "127.0.0.1");
  g_assert_cmpstr (json_object_get_string_member (cookie, "sameSite"), ==, "strict");
  g_assert_true (json_object_get_boolean_member (cookie, "hostOnly"));
  g_assert_false (json_object_get_boolean_member (cookie, "session"));
  g_assert_cmpfloat (json_object_get_double_member (cookie, "expirationDate"), ==, 4102444800.0);

  begin (fixture);
  mullion_cookies_remove_async (fixture->cookies, uri, "note", NULL, removed_cb, fixture);
  ipc_wait_until (fixture->has_answered);
  g_assert_cmpint (get (fixture, NULL), ==, 1);

  /* It is no error that there is none. */
  begin (fixture);
  mullion_cookies_remove_async (fixture->cookies, uri, "note", NULL, removed_cb, fixture);
  ipc_wait_until (fixture->has_answered);

  begin (fixture);
  mullion_cookies_flush_store_async (fixture->cookies, NULL, flushed_cb, fixture);
  ipc_wait_until (fixture->has_answered);
}

static void
assert_told (Fixture    *fixture,
             const char *expected)
{
  ipc_wait_until (fixture->told->len >= strlen (expected));
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

static void
remove_mine (Fixture *fixture)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "/page");

  begin (fixture);
  mullion_cookies_remove_async (fixture->cookies, uri, "mine", NULL, removed_cb, fixture);
  ipc_wait_until (fixture->has_answered);
}

/* A page's own cookies are told of, too, and those of the app. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  path)
{
  ipc_assert_run (fixture->window, "document.cookie = 'mine=yes'; 0", "0");
  assert_told (fixture, "+mine=yes explicit\n");
  ipc_assert_run (fixture->window, "document.cookie = 'mine=no'; 0", "0");
  assert_told (fixture, "-mine=yes overwrite\n+mine=no explicit\n");
  ipc_assert_run (fixture->window, "document.cookie = 'mine=; max-age=0'; 0", "0");
  assert_told (fixture, "-mine=no explicit\n");

  ipc_assert_run (fixture->window, "document.cookie = 'mine=again'; 0", "0");
  assert_told (fixture, "+mine=again explicit\n");
  remove_mine (fixture);
  assert_told (fixture, "-mine=again explicit\n");
}

static void
count_cb (WebKitCookieManager *manager,
          guint               *count)
{
  (*count)++;
}

/* Sets another cookie while the first is told of, and waits until WebKit has said so. */
static void
set_meanwhile_cb (MullionCookies *cookies,
                  JsonObject     *cookie,
                  const char     *cause,
                  gboolean        is_removed,
                  Fixture        *fixture)
{
  WebKitCookieManager *manager = webkit_network_session_get_cookie_manager (
    mullion_session_get_network_session (
      mullion_web_contents_get_session (fixture->window->contents)));
  guint count = 0;
  gulong id;

  if (fixture->n_changes > 1)
    return;

  id = g_signal_connect (manager, "changed", G_CALLBACK (count_cb), &count);
  ipc_assert_run (fixture->window, "document.cookie = 'second=yes'; 0", "0");
  ipc_wait_until (count > 0);
  g_signal_handler_disconnect (manager, id);
}

/* What changes while a comparison runs is compared again. */
static void
test_changed_meanwhile (Fixture       *fixture,
                        gconstpointer  path)
{
  g_signal_connect (fixture->cookies, "changed", G_CALLBACK (set_meanwhile_cb), fixture);
  ipc_assert_run (fixture->window, "document.cookie = 'first=yes'; 0", "0");
  assert_told (fixture, "+first=yes explicit\n+second=yes explicit\n");
}

/* Each is told of once, however they come. */
static void
test_many_changes (Fixture       *fixture,
                   gconstpointer  path)
{
  ipc_assert_run (fixture->window,
                  "for (let i = 0; i < 100; i++) document.cookie = `c${i}=yes`; 0", "0");
  ipc_wait_until (fixture->n_changes >= 100);
  ipc_assert_run (fixture->window, "document.cookie = 'last=yes'; 0", "0");
  ipc_wait_until (g_str_has_suffix (fixture->told->str, "+last=yes explicit\n"));
  g_assert_cmpuint (fixture->n_changes, ==, 101);
}

/* It is seen when something else changes. */
static void
test_expired (Fixture       *fixture,
              gconstpointer  path)
{
  ipc_assert_run (fixture->window, "document.cookie = 'brief=yes; max-age=1'; 0", "0");
  assert_told (fixture, "+brief=yes explicit\n");
  ipc_assert_run (fixture->window,
                  "new Promise ((resolve) => { const look = () => document.cookie === ''"
                  "  ? resolve ('gone') : setTimeout (look, 20); look (); })", "\"gone\"");
  ipc_assert_run (fixture->window, "document.cookie = 'mine=yes'; 0", "0");
  assert_told (fixture, "-brief=yes expired\n+mine=yes explicit\n");
}

/* What nobody heard of is nothing that changes when somebody hears again. */
static void
test_unheard (Fixture       *fixture,
              gconstpointer  path)
{
  ipc_assert_run (fixture->window, "document.cookie = 'first=yes'; 0", "0");
  assert_told (fixture, "+first=yes explicit\n");
  g_signal_handlers_disconnect_by_data (fixture->cookies, fixture);
  ipc_assert_run (fixture->window, "document.cookie = 'unheard=yes'; 0", "0");
  wait_for_cookies (fixture->window, 2);

  g_signal_connect (mullion_session_get_cookies (
                      mullion_web_contents_get_session (fixture->window->contents)),
                    "changed", G_CALLBACK (changed_cb), fixture);
  g_assert_cmpint (get (fixture, NULL), ==, 2);
  ipc_assert_run (fixture->window, "document.cookie = 'mine=yes'; 0", "0");
  assert_told (fixture, "+mine=yes explicit\n");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  path)
{
#define HERE "\"url\": \"http://a.example.org/x/y\""
  static const struct { const char *json; const char *message; } bad[] = {
    { "{}", "Failed to get cookie domain" },
    { "{ \"url\": \"app://org.example\" }", "Cannot set cookie for current scheme" },
    { "{ " HERE " }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a;b\" }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a=b\" }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a\", \"value\": \"b; secure\" }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a\", \"value\": \"b\\r\\nc\" }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a\", \"path\": \"x\" }", "Failed to parse cookie" },
    { "{ " HERE ", \"name\": \"a\", \"domain\": \"other.org\" }", "Failed to get cookie domain" },
    { "{ " HERE ", \"name\": \"a\", \"domain\": \"ample.org\" }", "Failed to get cookie domain" },
    { "{ " HERE ", \"name\": \"a\", \"secure\": true }",
      "Cannot create a secure cookie from an insecure URL" },
    { "{ " HERE ", \"name\": \"__Secure-a\" }",
      "Failed because the cookie violated prefix rules." },
    { "{ " HERE ", \"name\": 1 }", "name: expected a string" },
    { "{ " HERE ", \"name\": \"a\", \"expirationDate\": \"soon\" }",
      "expirationDate: expected a number" },
    { "{ " HERE ", \"name\": \"a\", \"sameSite\": \"none\" }",
      "sameSite: expected unspecified, no_restriction, lax or strict" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i].json);
      g_assert_false (set (fixture, bad[i].json));
      g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (fixture->error->message, ==, bad[i].message);
    }
  g_assert_cmpint (get (fixture, NULL), ==, 0);

  g_assert_cmpint (get (fixture, "{ \"secure\": 1 }"), ==, -1);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (get (fixture, "{ \"url\": \"here\" }"), ==, -1);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static void
test_domains (Fixture       *fixture,
              gconstpointer  path)
{
  g_assert_true (set (fixture, "{ " HERE ", \"name\": \"wide\", \"domain\": \"example.org\" }"));
  g_assert_true (set (fixture, "{ " HERE ", \"name\": \"narrow\" }"));
  g_assert_cmpint (get (fixture, "{ \"domain\": \"example.org\" }"), ==, 2);
  g_assert_cmpint (get (fixture, "{ \"url\": \"http://example.org/\" }"), ==, 0);
  g_assert_cmpint (get (fixture, "{ \"url\": \"http://b.example.org/x/\" }"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (
                     json_array_get_object_element (fixture->found, 0), "name"), ==, "wide");
  g_assert_cmpint (get (fixture, "{ \"path\": \"/x\" }"), ==, 2);
}

#define ADD(name, function) \
  g_test_add ("/cookies/" name, Fixture, "cookies-" name, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  web_server_ignore_proxies ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cookies/two-runs", test_two_runs);
  g_test_add_func ("/cookies/two-runs/subprocess/first", run_first);
  g_test_add_func ("/cookies/two-runs/subprocess/second", run_second);

  ADD ("set-get-remove", test_set_get_remove);
  ADD ("changed", test_changed);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("many-changes", test_many_changes);
  ADD ("expired", test_expired);
  ADD ("unheard", test_unheard);
  ADD ("refused", test_refused);
  ADD ("domains", test_domains);
  status = g_test_run ();

  g_clear_object (&app);
  return status;
}
