/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"
#include "web-server.h"

#include <glib/gstdio.h>

/* Where web contents go and have been, what their pages say of themselves, and who asks for a
 * password on the way. */

#define PAGE "app://io.github.mullion.testcontentspages/contents/"

typedef struct
{
  IpcWindow *window;
  MullionWebContents *contents; /* unowned */
  GString *told;                /* a line a signal */
  gboolean is_handled;
  MullionLoginRequest *request; /* (nullable): the last one */
  guint n_requests;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static guint n = 0;
  g_autofree char *options =
    g_strdup_printf ("{ \"webPreferences\": { \"partition\": \"%u\" } }", n++);

  fixture->window = ipc_window_new (options);
  fixture->contents = fixture->window->contents;
  fixture->told = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->request);
  ipc_window_free (fixture->window);
  g_string_free (fixture->told, TRUE);
  assert_warned ();
}

static void
wait_for_told (Fixture    *fixture,
               const char *expected)
{
  guint limit = ipc_limit_begin (expected);

  while (!g_str_has_suffix (fixture->told->str, expected))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

/* -- Its ways -- */

static void
started_cb (MullionWebContents *contents,
            const char         *url,
            gboolean            is_same_document,
            gboolean            is_main_frame,
            Fixture            *fixture)
{
  g_assert_true (is_main_frame);
  g_string_append_printf (fixture->told, "start %s %s\n", url, is_same_document ? "same" : "other");
}

static void
moved_cb (MullionWebContents *contents,
          const char         *url,
          gboolean            is_main_frame,
          Fixture            *fixture)
{
  g_assert_true (is_main_frame);
  g_string_append_printf (fixture->told, "move %s\n", url);
}

static void
navigated_cb (MullionWebContents *contents,
              const char         *url,
              Fixture            *fixture)
{
  g_string_append_printf (fixture->told, "load %s\n", url);
}

#define LOADED(path) "start " PAGE path " other\nload " PAGE path "\n"
#define MOVED(path) "start " PAGE path " same\nmove " PAGE path "\n"

static void
follow (Fixture *fixture)
{
  g_signal_connect (fixture->contents, "did-start-navigation", G_CALLBACK (started_cb), fixture);
  g_signal_connect (fixture->contents, "did-navigate-in-page", G_CALLBACK (moved_cb), fixture);
  g_signal_connect (fixture->contents, "did-navigate", G_CALLBACK (navigated_cb), fixture);
}

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  follow (fixture);
  ipc_window_load (fixture->window, "contents/index.html");
  wait_for_told (fixture, LOADED ("index.html"));

  ipc_assert_run (fixture->window, "location.hash = 'a', 1", "1");
  wait_for_told (fixture, MOVED ("index.html#a"));
  ipc_assert_run (fixture->window, "history.pushState(1, '', 'pushed'), 1", "1");
  wait_for_told (fixture, MOVED ("pushed"));
  ipc_assert_run (fixture->window, "history.replaceState(1, '', 'replaced'), 1", "1");
  wait_for_told (fixture, MOVED ("replaced"));
  mullion_web_contents_load_uri (fixture->contents, PAGE "replaced#b");
  wait_for_told (fixture, MOVED ("replaced#b"));
  mullion_web_contents_go_to_offset (fixture->contents, -3);
  wait_for_told (fixture, MOVED ("index.html"));
}

static void
test_ways_between (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_window_load (fixture->window, "contents/index.html");
  follow (fixture);
  ipc_assert_run (fixture->window, "location.hash = 'a', 1", "1");
  wait_for_told (fixture, MOVED ("index.html#a"));
  ipc_window_load (fixture->window, "contents/second.html");
  wait_for_told (fixture, LOADED ("second.html"));
  g_queue_clear_full (&fixture->window->events, g_free);
  mullion_web_contents_go_back (fixture->contents);
  wait_for_told (fixture, LOADED ("index.html#a"));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  mullion_web_contents_reload (fixture->contents);
  wait_for_told (fixture, LOADED ("index.html#a"));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_cmpstr (fixture->told->str, ==, "");
}

/* A router moves while its page still loads. */
static void
test_moves_while_loading (Fixture       *fixture,
                          gconstpointer  data)
{
  follow (fixture);
  ipc_window_load (fixture->window, "contents/router.html");
  wait_for_told (fixture, LOADED ("router.html") MOVED ("routed"));
}

static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(JsonArray) entries = NULL;
  g_autoptr(JsonObject) first = NULL;

  g_assert_cmpint (mullion_web_contents_get_active_index (fixture->contents), ==, -1);
  g_assert_cmpuint (mullion_web_contents_get_history_length (fixture->contents), ==, 0);
  g_assert_null (mullion_web_contents_get_entry_at_index (fixture->contents, 0));
  g_assert_false (mullion_web_contents_can_go_to_offset (fixture->contents, 0));

  ipc_window_load (fixture->window, "contents/index.html");
  ipc_window_load (fixture->window, "contents/second.html");
  g_assert_cmpint (mullion_web_contents_get_active_index (fixture->contents), ==, 1);
  g_assert_true (mullion_web_contents_can_go_to_offset (fixture->contents, -1));
  g_assert_false (mullion_web_contents_can_go_to_offset (fixture->contents, 1));
  g_assert_null (mullion_web_contents_get_entry_at_index (fixture->contents, 2));
  g_assert_null (mullion_web_contents_get_entry_at_index (fixture->contents, -1));

  mullion_web_contents_go_to_index (fixture->contents, 0);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_cmpint (mullion_web_contents_get_active_index (fixture->contents), ==, 0);
  entries = mullion_web_contents_get_all_entries (fixture->contents);
  g_assert_cmpuint (json_array_get_length (entries), ==, 2);
  first = mullion_web_contents_get_entry_at_index (fixture->contents, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "url"), ==, PAGE "index.html");
  g_assert_cmpstr (json_object_get_string_member (first, "title"), ==, "Contents");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (entries, 1),
                                                  "url"), ==, PAGE "second.html");
}

static void
note_waiting_cb (MullionWebContents *contents,
                 const char         *url,
                 Fixture            *fixture)
{
  g_assert_true (mullion_web_contents_is_loading_main_frame (contents));
  g_assert_false (mullion_web_contents_is_waiting_for_response (contents));
  fixture->is_handled = TRUE;
}

static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  g_signal_connect (fixture->contents, "did-navigate", G_CALLBACK (note_waiting_cb), fixture);
  g_assert_false (mullion_web_contents_is_waiting_for_response (fixture->contents));
  mullion_web_contents_load_file (fixture->contents, "contents/index.html");
  g_assert_true (mullion_web_contents_is_waiting_for_response (fixture->contents));
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_true (fixture->is_handled);
  g_assert_false (mullion_web_contents_is_loading_main_frame (fixture->contents));
}

/* -- What it says of itself -- */

static void
favicon_cb (MullionWebContents *contents,
            char              **favicons,
            Fixture            *fixture)
{
  g_assert_cmpuint (g_strv_length (favicons), ==, 1);
  g_string_append_printf (fixture->told, "%s\n", favicons[0]);
}

static void
test_favicon (Fixture       *fixture,
              gconstpointer  data)
{
  g_signal_connect (fixture->contents, "page-favicon-updated", G_CALLBACK (favicon_cb), fixture);
  ipc_window_load (fixture->window, "contents/index.html");
  wait_for_told (fixture, PAGE "icon.png\n");
}

/* Who does not want to know costs no server a request. */
static void
test_no_favicon (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(WebServer) server = web_server_new (NULL);
  g_autofree char *uri = web_server_dup_uri (server, "/page");

  mullion_web_contents_load_uri (fixture->contents, uri);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "fetch('/last').then((r) => r.status)", "200");
  g_assert_cmpuint (server->requests->len, ==, 2);
}

static void
theme_color_cb (MullionWebContents *contents,
                const char         *color,
                Fixture            *fixture)
{
  g_string_append_printf (fixture->told, "%s\n", color != NULL ? color : "none");
}

static void
test_theme_color (Fixture       *fixture,
                  gconstpointer  data)
{
#if WEBKIT_CHECK_VERSION (2, 50, 0)
  g_signal_connect (fixture->contents, "did-change-theme-color", G_CALLBACK (theme_color_cb),
                    fixture);
  ipc_window_load (fixture->window, "contents/index.html");
  wait_for_told (fixture, "#0A0B0C\n");
  ipc_assert_run (fixture->window, "document.querySelector('meta').remove(), 1", "1");
  wait_for_told (fixture, "none\n");
#else
  g_test_skip ("WebKit tells of it since 2.50");
#endif
}

static void
ended_cb (MullionWebContents *contents,
          Fixture            *fixture)
{
  g_assert_true (mullion_web_contents_is_destroyed (contents));
  g_assert_null (mullion_web_contents_from_id (mullion_web_contents_get_id (contents)));
  g_string_append (fixture->told, "destroyed\n");
}

static void
test_destroyed (Fixture       *fixture,
                gconstpointer  data)
{
  g_signal_connect (fixture->contents, "destroyed", G_CALLBACK (ended_cb), fixture);
  ipc_window_load (fixture->window, "contents/index.html");
  mullion_browser_window_destroy (fixture->window->window);
  wait_for_told (fixture, "destroyed\n");
  g_assert_false (mullion_web_contents_is_waiting_for_response (fixture->contents));
}

/* -- Its file -- */

typedef struct
{
  gboolean is_done;
  gboolean is_saved;
  GError *error;
} Saved;

static void
saved_cb (GObject      *contents,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saved *saved = user_data;

  saved->is_saved = mullion_web_contents_save_page_finish (MULLION_WEB_CONTENTS (contents), result,
                                                           &saved->error);
  saved->is_done = TRUE;
}

static gboolean
save (Fixture     *fixture,
      const char  *path,
      const char  *type,
      GError     **error)
{
  Saved saved = { 0 };

  mullion_web_contents_save_page_async (fixture->contents, path, type, NULL, saved_cb, &saved);
  ipc_wait_until (saved.is_done);
  if (saved.error != NULL)
    g_propagate_error (error, saved.error);
  return saved.is_saved;
}

static void
test_save_page (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("contents-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.mhtml", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  ipc_window_load (fixture->window, "contents/second.html");
  g_assert_true (save (fixture, path, "MHTML", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "multipart/related"));
  g_assert_nonnull (strstr (text, "A part"));
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_false (save (fixture, "page.mhtml", "MHTML", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "Path must be absolute");
  g_clear_error (&error);
  g_assert_false (save (fixture, path, "HTMLComplete", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_false (save (fixture, path, "MHTML", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* -- Passwords -- */

#define STRANGER "WebContents #*: the login at 127.0.0.1 was refused: no handler of login answers it"

static gboolean
check_cb (SoupAuthDomain    *domain,
          SoupServerMessage *message,
          const char        *username,
          const char        *password,
          gpointer           user_data)
{
  return g_str_equal (username, "ann") && g_str_equal (password, "s3cret");
}

static WebServer *
new_server (void)
{
  WebServer *server = web_server_new (NULL);
  g_autoptr(SoupAuthDomain) domain = soup_auth_domain_basic_new ("realm", "A place", NULL);

  soup_auth_domain_add_path (domain, "/secret");
  soup_auth_domain_basic_set_auth_callback (domain, check_cb, NULL, NULL);
  soup_server_add_auth_domain (server->server, domain);
  return server;
}

static void
load_secret (Fixture   *fixture,
             WebServer *server)
{
  g_autofree char *uri = web_server_dup_uri (server, "/secret");

  mullion_web_contents_load_uri (fixture->contents, uri);
}

static gboolean
login_cb (MullionWebContents  *contents,
          MullionLoginRequest *request,
          Fixture             *fixture)
{
  g_set_object (&fixture->request, request);
  fixture->n_requests++;
  return fixture->is_handled;
}

static gboolean
app_login_cb (MullionApp          *app,
              MullionWebContents  *contents,
              MullionLoginRequest *request,
              Fixture             *fixture)
{
  g_assert_true (contents == fixture->contents);
  mullion_login_request_authenticate (request, "ann", "s3cret");
  return TRUE;
}

static void
test_login (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(WebServer) server = new_server ();

  fixture->is_handled = TRUE;
  g_signal_connect (fixture->contents, "login", G_CALLBACK (login_cb), fixture);
  load_secret (fixture, server);
  ipc_wait_until (fixture->n_requests == 1);
  g_assert_cmpstr (mullion_login_request_get_host (fixture->request), ==, "127.0.0.1");
  g_assert_cmpuint (mullion_login_request_get_port (fixture->request), >, 0);
  g_assert_cmpstr (mullion_login_request_get_realm (fixture->request), ==, "A place");
  g_assert_cmpstr (mullion_login_request_get_scheme (fixture->request), ==, "basic");
  g_assert_false (mullion_login_request_is_proxy (fixture->request));
  g_assert_false (mullion_login_request_is_retry (fixture->request));
  mullion_login_request_authenticate (fixture->request, "ann", "wrong");
  mullion_login_request_authenticate (fixture->request, "ann", "s3cret");

  ipc_wait_until (fixture->n_requests == 2);
  g_assert_true (mullion_login_request_is_retry (fixture->request));
  mullion_login_request_authenticate (fixture->request, "ann", "s3cret");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");
}

static void
test_login_of_app (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(WebServer) server = new_server ();
  gulong handler = g_signal_connect (ipc_app_get (), "login", G_CALLBACK (app_login_cb), fixture);

  g_signal_connect (fixture->contents, "login", G_CALLBACK (login_cb), fixture);
  load_secret (fixture, server);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"Web\"");
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  g_signal_handler_disconnect (ipc_app_get (), handler);
}

static void
test_login_without_handler (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(WebServer) server = new_server ();

  expect_warning (STRANGER);
  load_secret (fixture, server);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  ipc_assert_run (fixture->window, "document.title", "\"\"");
}

/* A handler that forgets the request keeps no page waiting. */
static void
test_login_dropped (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(WebServer) server = new_server ();

  fixture->is_handled = TRUE;
  g_signal_connect (fixture->contents, "login", G_CALLBACK (login_cb), fixture);
  load_secret (fixture, server);
  ipc_wait_until (fixture->n_requests == 1);
  g_clear_object (&fixture->request);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

/* It may be answered when the page is gone. */
static void
test_login_late (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(WebServer) server = new_server ();

  fixture->is_handled = TRUE;
  g_signal_connect (fixture->contents, "login", G_CALLBACK (login_cb), fixture);
  load_secret (fixture, server);
  ipc_wait_until (fixture->n_requests == 1);
  mullion_browser_window_destroy (fixture->window->window);
  mullion_login_request_authenticate (fixture->request, "ann", "s3cret");
  g_clear_object (&fixture->request);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/contents-pages/moves", test_moves },
    { "/contents-pages/moves/between", test_ways_between },
    { "/contents-pages/moves/while-loading", test_moves_while_loading },
    { "/contents-pages/history", test_history },
    { "/contents-pages/waiting", test_waiting },
    { "/contents-pages/favicon", test_favicon },
    { "/contents-pages/favicon/none", test_no_favicon },
    { "/contents-pages/theme-color", test_theme_color },
    { "/contents-pages/destroyed", test_destroyed },
    { "/contents-pages/save-page", test_save_page },
    { "/contents-pages/login", test_login },
    { "/contents-pages/login/app", test_login_of_app },
    { "/contents-pages/login/no-handler", test_login_without_handler },
    { "/contents-pages/login/dropped", test_login_dropped },
    { "/contents-pages/login/late", test_login_late },
  };
  MullionApp *app;
  int status;

  web_server_ignore_proxies ();
  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestContentsPages");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
