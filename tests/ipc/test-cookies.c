/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "web-server.h"

#include <glib/gstdio.h>

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
  MullionApp *app = ipc_app_new ("io.github.mullion.TestCookies");

  for (gsize i = 0; i < G_N_ELEMENTS (partitions); i++)
    {
      g_autoptr(IpcWindow) window = open_page (server, partitions[i].options);

      ipc_assert_run (window, "document.cookie", "\"\"");
      ipc_assert_run (window, "document.cookie = 'kept=yes; max-age=3600';"
                              "document.cookie = 'brief=yes'; 0", "0");
      wait_for_cookies (window, 2);
    }
  g_object_unref (app);
}

static void
run_second (void)
{
  g_autoptr(WebServer) server = web_server_new (NULL);
  MullionApp *app = ipc_app_new ("io.github.mullion.TestCookies");

  for (gsize i = 0; i < G_N_ELEMENTS (partitions); i++)
    {
      g_autoptr(IpcWindow) window = open_page (server, partitions[i].options);

      ipc_assert_run (window, "document.cookie", partitions[i].is_kept ? "\"kept=yes\"" : "\"\"");
    }
  g_object_unref (app);
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
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
  remove_all (home);
}

int
main (int    argc,
      char **argv)
{
  web_server_ignore_proxies ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cookies/two-runs", test_two_runs);
  g_test_add_func ("/cookies/two-runs/subprocess/first", run_first);
  g_test_add_func ("/cookies/two-runs/subprocess/second", run_second);

  return g_test_run ();
}
