/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "web-server.h"

/* What a session keeps and how that goes away; its filters, its proxy, its name, its spelling. */

typedef struct
{
  WebServer *server;
  IpcWindow *window;
  MullionSession *session;
  GError *error; /* (nullable) */
  gboolean is_done;
  gboolean has_answered;
} Fixture;

static void
open_page (Fixture    *fixture,
           IpcWindow  *window,
           const char *path)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, path);

  mullion_web_contents_load_uri (window->contents, uri);
  g_free (ipc_window_wait (window, "did-finish-load"));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *partition = g_strdup_printf (
    "{ \"show\": false, \"webPreferences\": { \"partition\": \"%s\" } }", (const char *) data);

  fixture->server = web_server_new (NULL);
  fixture->window = ipc_window_new (partition);
  fixture->session = mullion_web_contents_get_session (fixture->window->contents);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  ipc_window_free (fixture->window);
  web_server_free (fixture->server);
}

/* -- Clearing -- */

static void
cleared_cb (GObject      *session,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->is_done = mullion_session_clear_storage_data_finish (MULLION_SESSION (session), result,
                                                                &fixture->error);
  fixture->has_answered = TRUE;
}

static gboolean
clear (Fixture    *fixture,
       const char *json)
{
  g_autoptr(JsonNode) options = json != NULL ? json_from_string (json, NULL) : NULL;

  fixture->has_answered = FALSE;
  g_clear_error (&fixture->error);
  mullion_session_clear_storage_data_async (
    fixture->session, options != NULL ? json_node_get_object (options) : NULL, NULL, cleared_cb,
    fixture);
  ipc_wait_until (fixture->has_answered);
  g_assert_true (fixture->is_done == (fixture->error == NULL));

  return fixture->is_done;
}

#define KEEP "localStorage.kept = 'yes'; document.cookie = 'kept=yes; max-age=3600'; 0"
#define KEPT "[localStorage.kept ?? null, document.cookie]"

static void
test_clear_storage (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *here = web_server_dup_uri (fixture->server, "");
  g_autofree char *ours = g_strdup_printf ("{ \"origin\": \"%s\" }", here);

  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEEP, "0");
  ipc_assert_run (fixture->window, KEPT, "[\"yes\",\"kept=yes\"]");

  g_assert_true (clear (fixture, "{ \"origin\": \"https://example.org\" }"));
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[\"yes\",\"kept=yes\"]");

  g_assert_true (clear (fixture, "{ \"storages\": [\"cookies\", \"shadercache\"] }"));
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[\"yes\",\"\"]");

  g_assert_true (clear (fixture, ours));
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[null,\"\"]");

  /* The page's cookies have a way of their own, which a clearing could overtake. A load cannot. */
  ipc_assert_run (fixture->window, KEEP, "0");
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[\"yes\",\"kept=yes\"]");
  g_assert_true (clear (fixture, NULL));
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[null,\"\"]");
}

static void
test_clear_refused (Fixture       *fixture,
                    gconstpointer  data)
{
  g_assert_false (clear (fixture, "{ \"storages\": [\"everything\"] }"));
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_false (clear (fixture, "{ \"storages\": \"cookies\" }"));
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_false (clear (fixture, "{ \"origin\": \"example\" }"));
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_false (clear (fixture, "{ \"origin\": \"app://org.example.notes\" }"));
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED);
}

static void
cache_cleared_cb (GObject      *session,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->is_done = mullion_session_clear_cache_finish (MULLION_SESSION (session), result,
                                                         &fixture->error);
  fixture->has_answered = TRUE;
}

static void
clear_cache (Fixture *fixture)
{
  fixture->has_answered = FALSE;
  mullion_session_clear_cache_async (fixture->session, NULL, cache_cleared_cb, fixture);
  ipc_wait_until (fixture->has_answered);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->is_done);
}

static void
test_clear_cache (Fixture       *fixture,
                  gconstpointer  data)
{
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEEP, "0");
  clear_cache (fixture);
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, KEPT, "[\"yes\",\"kept=yes\"]");
}

/* -- Filters -- */

static void
filtered_cb (GObject      *session,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->is_done = mullion_session_add_content_filter_finish (MULLION_SESSION (session), result,
                                                                &fixture->error);
  fixture->has_answered = TRUE;
}

static gboolean
add_filter (Fixture    *fixture,
            const char *rules)
{
  fixture->has_answered = FALSE;
  g_clear_error (&fixture->error);
  mullion_session_add_content_filter_async (fixture->session, "ads", rules, NULL, filtered_cb,
                                            fixture);
  ipc_wait_until (fixture->has_answered);
  g_assert_true (fixture->is_done == (fixture->error == NULL));

  return fixture->is_done;
}

#define BLOCK(path) \
  "[{ \"trigger\": { \"url-filter\": \"/" path "\" }, \"action\": { \"type\": \"block\" } }]"

/* Rules reach the web process on another way than a script, so they may come later. */
static void
assert_fetch (Fixture    *fixture,
              IpcWindow  *window,
              const char *path,
              gboolean    is_there)
{
  g_autofree char *code = g_strdup_printf ("fetch('%s').then((r) => r.status, (e) => e.name)", path);
  const char *expected = is_there ? "200" : "\"TypeError\"";
  guint limit = ipc_limit_begin (path);
  gboolean is_so = FALSE;

  while (!is_so)
    {
      g_autofree char *outcome = ipc_window_run (window, code);

      is_so = g_str_equal (outcome, expected);
    }
  g_source_remove (limit);
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  partition)
{
  g_autofree char *options = g_strdup_printf (
    "{ \"show\": false, \"webPreferences\": { \"partition\": \"%s\" } }", (const char *) partition);
  g_autoptr(IpcWindow) next = NULL;

  open_page (fixture, fixture->window, "/page");
  assert_fetch (fixture, fixture->window, "/ads", TRUE);

  g_assert_true (add_filter (fixture, BLOCK ("ads")));
  assert_fetch (fixture, fixture->window, "/ads", FALSE);
  assert_fetch (fixture, fixture->window, "/other", TRUE);
  next = ipc_window_new (options);
  open_page (fixture, next, "/page");
  assert_fetch (fixture, next, "/ads", FALSE);

  g_assert_true (add_filter (fixture, BLOCK ("other")));
  assert_fetch (fixture, fixture->window, "/ads", TRUE);
  assert_fetch (fixture, next, "/other", FALSE);

  mullion_session_remove_content_filter (fixture->session, "ads");
  assert_fetch (fixture, fixture->window, "/other", TRUE);
  mullion_session_remove_content_filter (fixture->session, "ads");
}

static void
test_bad_filters (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const bad[] = {
    "", "{}", "[{}]",
    "[{ \"trigger\": { \"url-filter\": \"(\" }, \"action\": { \"type\": \"block\" } }]",
    "[{ \"trigger\": { \"url-filter\": \"a\" }, \"action\": { \"type\": \"explode\" } }]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (add_filter (fixture, bad[i]));
      g_test_message ("%s: %s", bad[i], fixture->error->message);
      g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
    }
}

/* -- The web -- */

static gboolean
set_proxy (Fixture    *fixture,
           const char *json)
{
  g_autoptr(JsonNode) config = json_from_string (json, NULL);

  g_clear_error (&fixture->error);
  return mullion_session_set_proxy (fixture->session, json_node_get_object (config),
                                    &fixture->error);
}

/* An address of this machine where nobody listens, as long as the socket is there. */
static GSocket *
reserve_address (char **uri)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) error = NULL;
  GSocket *reserved = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                    G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (reserved, any, FALSE, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (reserved, &error);
  g_assert_no_error (error);
  *uri = g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));

  return reserved;
}

static void
load_nowhere (Fixture    *fixture,
              const char *nowhere,
              const char *path)
{
  g_autofree char *uri = g_strconcat (nowhere, path, NULL);

  /* WebKit's network process hears of the proxy by another way than of the load. */
  clear_cache (fixture);
  mullion_web_contents_load_uri (fixture->window->contents, uri);
}

/* Our server plays the proxy of a host that is nowhere. */
static void
test_proxy (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *uri = web_server_dup_uri (fixture->server, "");
  g_autofree char *config = g_strdup_printf ("{ \"proxyRules\": \"%s\" }", uri);
  g_autofree char *nowhere = NULL;
  g_autoptr(GSocket) reserved = reserve_address (&nowhere);

  g_assert_true (set_proxy (fixture, config));
  load_nowhere (fixture, nowhere, "/there");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");
  g_assert_true (web_server_saw (fixture->server, "GET /there"));

  g_assert_true (set_proxy (fixture, "{ \"mode\": \"direct\" }"));
  load_nowhere (fixture, nowhere, "/again");
  g_free (ipc_window_wait (fixture->window, "did-fail-load"));
  g_assert_false (web_server_saw (fixture->server, "GET /again"));
}

static void
test_proxy_rules (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct { const char *json; int code; } configs[] = {
    { "{}", -1 },
    { "{ \"mode\": \"system\" }", -1 },
    { "{ \"proxyRules\": \"http=proxy:80;https=other:81\" }", -1 },
    { "{ \"proxyRules\": \"socks=proxy:1080\", \"proxyBypassRules\": \"<local>, *.example.org\" }",
      -1 },
    { "{ \"mode\": \"pac_script\" }", MULLION_ERROR_NOT_SUPPORTED },
    { "{ \"mode\": \"auto_detect\" }", MULLION_ERROR_NOT_SUPPORTED },
    { "{ \"proxyRules\": \"one:80,two:80\" }", MULLION_ERROR_NOT_SUPPORTED },
    { "{ \"mode\": \"fixed_servers\" }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"mode\": \"other\" }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"proxyRules\": \"http=:\" }", MULLION_ERROR_INVALID_ARGUMENT },
    { "{ \"proxyRules\": 1 }", MULLION_ERROR_INVALID_ARGUMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      g_test_message ("%s", configs[i].json);
      g_assert_true (set_proxy (fixture, configs[i].json) == (configs[i].code < 0));
      if (configs[i].code >= 0)
        g_assert_error (fixture->error, MULLION_ERROR, configs[i].code);
    }
  g_assert_true (set_proxy (fixture, "{ \"mode\": \"direct\" }"));
}

static void
test_user_agent (Fixture       *fixture,
                 gconstpointer  partition)
{
  g_autofree char *options = g_strdup_printf (
    "{ \"show\": false, \"webPreferences\": { \"partition\": \"%s\" } }", (const char *) partition);
  g_autoptr(IpcWindow) next = NULL;

  g_assert_null (mullion_session_get_user_agent (fixture->session));
  mullion_session_set_user_agent (fixture->session, "Notes/1.0");
  g_assert_cmpstr (mullion_session_get_user_agent (fixture->session), ==, "Notes/1.0");
  next = ipc_window_new (options);
  open_page (fixture, next, "/page");
  ipc_assert_run (next, "navigator.userAgent", "\"Notes/1.0\"");
  open_page (fixture, fixture->window, "/page");
  ipc_assert_run (fixture->window, "navigator.userAgent.startsWith('Mozilla/5.0')", "true");
}

/* -- Spelling -- */

/* Enchant looks for Hunspell's dictionaries in the user's folder of settings, too. */
static void
write_dictionary (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "enchant", "hunspell", NULL);
  g_autofree char *words = g_build_filename (folder, "xx_YY.dic", NULL);
  g_autofree char *rules = g_build_filename (folder, "xx_YY.aff", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (words, "1\nmullion\n", -1, NULL));
  g_assert_true (g_file_set_contents (rules, "SET UTF-8\n", -1, NULL));
}

static void
test_spelling (Fixture       *fixture,
               gconstpointer  data)
{
  MullionApp *app = ipc_app_get ();
  const char *const *used;

  g_assert_true (mullion_app_is_spell_checker_enabled (app));
  write_dictionary ();
  mullion_app_set_spell_checker_languages (app, (const char *const[]) { "xx-YY", NULL },
                                           &fixture->error);
  g_assert_no_error (fixture->error);
  used = mullion_app_get_spell_checker_languages (app);
  g_assert_cmpstr (used[0], ==, "xx_YY");

  g_assert_false (mullion_app_set_spell_checker_languages (
    app, (const char *const[]) { "zz-ZZ", NULL }, &fixture->error));
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);

  mullion_app_set_spell_checker_enabled (app, FALSE);
  g_assert_false (mullion_app_is_spell_checker_enabled (app));
  mullion_app_set_spell_checker_enabled (app, TRUE);
}

static void
created_cb (MullionApp      *app,
            MullionSession  *session,
            MullionSession **created)
{
  g_assert_null (*created);
  *created = session;
}

/* Once, when somebody asks for it. */
static void
test_created (Fixture       *fixture,
              gconstpointer  data)
{
  MullionApp *app = ipc_app_get ();
  MullionSession *created = NULL;
  gulong id = g_signal_connect (app, "session-created", G_CALLBACK (created_cb), &created);
  MullionSession *session = mullion_session_from_partition (app, "session-created");

  g_assert_true (created == session);
  g_assert_true (mullion_session_from_partition (app, "session-created") == session);
  g_signal_handler_disconnect (app, id);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/session/clear-storage", test_clear_storage },
    { "/session/clear-refused", test_clear_refused },
    { "/session/clear-cache", test_clear_cache },
    { "/session/filters", test_filters },
    { "/session/bad-filters", test_bad_filters },
    { "/session/proxy", test_proxy },
    { "/session/proxy-rules", test_proxy_rules },
    { "/session/user-agent", test_user_agent },
    { "/session/spelling", test_spelling },
    { "/session/created", test_created },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestSession");

  /* A session each, as they change theirs. */
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].path, set_up, tests[i].test, tear_down);
  g_test_add ("/session/filters-kept", Fixture, "persist:filters", set_up, test_filters, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
