/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-server.h"

#include <glib-unix.h>
#include <stdlib.h>

/*
 * mullion-driver: a WebDriver server for Mullion apps.
 */

#define WEBKIT_DRIVER "WebKitWebDriver"

static int port = 4444;
static char *webkit_driver = NULL;
static char *launcher = NULL;
static gboolean shows_version = FALSE;

static const GOptionEntry entries[] = {
  { "port", 'p', 0, G_OPTION_ARG_INT, &port,
    "Listen on this port of the loopback interface; 0 chooses one", "PORT" },
  { "launcher", 0, 0, G_OPTION_ARG_FILENAME, &launcher,
    "The program that runs an app's folder", "PROGRAM" },
  { "webkit-driver", 0, 0, G_OPTION_ARG_FILENAME, &webkit_driver,
    "WebKit's driver, " WEBKIT_DRIVER, "PROGRAM" },
  { "version", 0, 0, G_OPTION_ARG_NONE, &shows_version, "Print the version and exit", NULL },
  G_OPTION_ENTRY_NULL
};

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* The launcher is installed beside this program. */
static char *
find_launcher (const char *own_path)
{
  g_autofree char *folder = g_path_get_dirname (own_path);
  g_autofree char *beside = g_build_filename (folder, "mullion", NULL);

  if (launcher != NULL)
    return g_strdup (launcher);

  return g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&beside)
                                                         : g_strdup ("mullion");
}

static int
serve (const char *launcher_path)
{
  g_autoptr(DriverServer) server =
    driver_server_new (launcher_path, webkit_driver != NULL ? webkit_driver : WEBKIT_DRIVER);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  guint chosen = driver_server_listen (server, (guint) port, &error);

  if (chosen == 0)
    {
      g_printerr ("mullion-driver: %s\n", error->message);
      return EXIT_FAILURE;
    }

  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGHUP, quit_cb, loop);
  g_print ("mullion-driver listens on http://127.0.0.1:%u\n", chosen);
  g_main_loop_run (loop);
  driver_server_stop (server);
  return EXIT_SUCCESS;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *own_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *launcher_path = NULL;

  g_option_context_set_summary (context, "Runs automated UI tests of Mullion apps: a WebDriver "
                                         "server for any WebDriver client.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("mullion-driver: %s\n", error != NULL ? error->message : "Too many arguments");
      return EXIT_FAILURE;
    }

  if (shows_version)
    {
      g_print ("mullion-driver %s\n", MULLION_VERSION);
      return EXIT_SUCCESS;
    }

  if (port < 0 || port > G_MAXUINT16)
    {
      g_printerr ("mullion-driver: A port is a number from 0 to 65535\n");
      return EXIT_FAILURE;
    }

  launcher_path = find_launcher (own_path != NULL ? own_path : argv[0]);
  return serve (launcher_path);
}
