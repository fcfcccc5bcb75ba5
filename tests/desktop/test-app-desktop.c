/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <glib/gstdio.h>
#include <mullion.h>
#include <string.h>

/*
 * What an app has on the desktop, in a home of this test's own and on a bus of its own.
 */

#define ID "io.github.mullion.AppDesktop"
#define LAUNCHER "com.canonical.Unity.LauncherEntry"

static MullionApp *app;

static void
note_cb (GDBusConnection *connection,
         const char      *sender,
         const char      *path,
         const char      *interface,
         const char      *signal,
         GVariant        *arguments,
         gpointer         user_data)
{
  g_autofree char *text = g_variant_print (arguments, FALSE);

  g_string_append_printf (user_data, "%s;", text);
}

static void
assert_heard (GString    *heard,
              const char *expected)
{
  mock_wait_until (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, expected);
  g_string_truncate (heard, 0);
}

static void
test_badge (void)
{
  g_autoptr(MockService) dock =
    mock_service_new ("io.github.mullion.Dock", "/dock", "<node/>", NULL);
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  g_dbus_connection_signal_subscribe (mock_service_get_connection (dock), NULL, LAUNCHER, "Update",
                                      NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, note_cb, heard, NULL);
  /* The bus has seen to that before it answers this. */
  answer = g_dbus_connection_call_sync (mock_service_get_connection (dock), "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId",
                                        NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);
  g_assert_true (mullion_app_set_badge_count (app, 3, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mullion_app_get_badge_count (app), ==, 3);
  assert_heard (heard, "('application://" ID ".desktop', "
                       "{'count': <int64 3>, 'count-visible': <true>});");
  g_assert_true (mullion_app_set_badge_count (app, 0, &error));
  assert_heard (heard, "('application://" ID ".desktop', "
                       "{'count': <int64 0>, 'count-visible': <false>});");

  g_assert_true (mullion_app_set_progress (app, 0.25, &error));
  assert_heard (heard, "('application://" ID ".desktop', "
                       "{'progress': <0.25>, 'progress-visible': <true>});");
  g_assert_true (mullion_app_set_progress (app, -1, &error));
  assert_heard (heard, "('application://" ID ".desktop', "
                       "{'progress': <0.0>, 'progress-visible': <false>});");
}

static void
test_open_at_login (void)
{
  static const char *const args[] = { "--quiet", "a \"b\" $c 50%", NULL };
  g_autofree char *path =
    g_build_filename (g_get_user_config_dir (), "autostart", ID ".desktop", NULL);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *expected =
    g_strdup_printf ("\"%s\" \"--quiet\" \"a \\\"b\\\" \\$c 50%%%%\"", program);
  g_autoptr(GKeyFile) entry = g_key_file_new ();
  g_autofree char *command = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_app_get_open_at_login (app));
  g_assert_true (mullion_app_set_open_at_login (app, TRUE, args, &error));
  g_assert_no_error (error);
  g_assert_true (mullion_app_get_open_at_login (app));
  g_assert_true (g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, &error));
  command = g_key_file_get_string (entry, "Desktop Entry", "Exec", NULL);
  name = g_key_file_get_string (entry, "Desktop Entry", "Name", NULL);
  g_assert_cmpstr (command, ==, expected);
  g_assert_cmpstr (name, ==, "Panes");

  g_assert_true (mullion_app_set_open_at_login (app, FALSE, NULL, &error));
  g_assert_false (mullion_app_get_open_at_login (app));
  g_assert_true (mullion_app_set_open_at_login (app, FALSE, NULL, &error));
  g_assert_no_error (error);
}

static void
test_recent_documents (void)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  g_auto(GStrv) paths = NULL;
  g_auto(GStrv) none = NULL;

  mullion_app_add_recent_document (app, "/tmp/a note.txt");
  gtk_recent_manager_add_item (manager, "file:///tmp/other.txt");
  mock_wait_until (gtk_recent_manager_has_item (manager, "file:///tmp/other.txt"));
  paths = mullion_app_dup_recent_documents (app);
  g_assert_cmpstrv (paths, ((const char *[]) { "/tmp/a note.txt", NULL }));

  /* Those of other programs stay. */
  mullion_app_clear_recent_documents (app);
  none = mullion_app_dup_recent_documents (app);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (gtk_recent_manager_has_item (manager, "file:///tmp/other.txt"));
}

static void
test_locale (void)
{
  g_autofree char *locale = mullion_app_dup_locale (app);
  g_autofree char *country = mullion_app_dup_locale_country_code (app);
  g_auto(GStrv) languages = mullion_app_dup_preferred_system_languages (app);

  g_assert_cmpstr (locale, ==, "de-AT");
  g_assert_cmpstr (country, ==, "AT");
  g_assert_cmpstrv (languages, ((const char *[]) { "de-AT", "de", "en-GB", "en", NULL }));
}

/* -- A second start of this very program, from where test_relaunch () began it -- */

#define MARK "MULLION_TEST_MARK"

static void
relaunch_ready_cb (MullionApp *first)
{
  static const char *const args[] = { "--again", "two words", NULL };

  mullion_app_relaunch (first, args);
  mullion_app_quit (first);
}

static int
run_first (int   argc,
           char *argv[])
{
  g_autoptr(MullionApp) first = mullion_app_new (ID ".Relaunch", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (first, "ready", G_CALLBACK (relaunch_ready_cb), NULL);
  return mullion_app_run (first, 1, argv);
}

static int
run_again (int   argc,
           char *argv[])
{
  g_autofree char *text = g_strjoinv ("|", argv + 1);

  return g_file_set_contents (g_getenv (MARK), text, -1, NULL) ? 0 : 1;
}

static void
changed_cb (GFileMonitor *monitor)
{
  /* The main loop turns, and whoever waits looks again. */
}

static void
test_relaunch (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *mark = g_build_filename (g_get_home_dir (), "mark", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (g_get_home_dir ());
  g_autoptr(GFileMonitor) monitor =
    g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GSubprocess) first = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_connect (monitor, "changed", G_CALLBACK (changed_cb), NULL);
  g_setenv (MARK, mark, TRUE);
  first = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--first", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (first, NULL, &error));
  g_assert_no_error (error);
  mock_wait_until (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (mark, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "--again|two words");
}

/* -- A second start, which the first one hears of over the bus -- */

static int
run_second (int   argc,
            char *argv[])
{
  g_autoptr(MullionApp) second = mullion_app_new (ID, G_APPLICATION_DEFAULT_FLAGS);

  return mullion_app_run (second, argc, argv);
}

static void
second_instance_cb (MullionApp  *self,
                    char       **arguments,
                    const char  *cwd,
                    GString     *heard)
{
  g_autofree char *text = g_strjoinv ("|", arguments + 1);

  g_string_append_printf (heard, "%s in %s", text, cwd);
}

static void
test_second_instance (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *cwd = g_canonicalize_filename (g_get_user_data_dir (), NULL);
  g_autofree char *expected = g_strdup_printf ("--second|two words in %s", cwd);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autoptr(GSubprocess) second = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_connect (app, "second-instance", G_CALLBACK (second_instance_cb), heard);
  g_subprocess_launcher_set_cwd (launcher, cwd);
  second = g_subprocess_launcher_spawn (launcher, &error, program, "--second", "two words", NULL);
  g_assert_no_error (error);
  mock_wait_until (heard->len > 0);
  g_assert_cmpstr (heard->str, ==, expected);
  g_signal_handlers_disconnect_by_data (app, heard);
  g_assert_true (g_subprocess_wait_check (second, NULL, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = NULL;
  g_autofree char *config = NULL;
  g_autofree char *data = NULL;
  int status;

  if (argc > 1 && g_str_equal (argv[1], "--first"))
    return run_first (argc, argv);
  if (argc > 1 && g_str_equal (argv[1], "--second"))
    return run_second (argc, argv);
  if (argc > 1 && g_str_equal (argv[1], "--again"))
    return run_again (argc, argv);

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("mullion-app-XXXXXX", NULL);
  config = g_build_filename (home, "config", NULL);
  data = g_build_filename (home, "data", NULL);
  g_mkdir (data, 0700);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("LANGUAGE", "de_AT:en_GB", TRUE);
  g_unsetenv ("LC_ALL");
  mock_bus_start ();
  app = mullion_app_new (ID, G_APPLICATION_DEFAULT_FLAGS);
  mullion_app_set_name (app, "Panes");
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  g_test_add_func ("/app-desktop/badge", test_badge);
  g_test_add_func ("/app-desktop/open-at-login", test_open_at_login);
  g_test_add_func ("/app-desktop/recent-documents", test_recent_documents);
  g_test_add_func ("/app-desktop/locale", test_locale);
  g_test_add_func ("/app-desktop/relaunch", test_relaunch);
  g_test_add_func ("/app-desktop/second-instance", test_second_instance);

  status = g_test_run ();
  g_clear_object (&app);
  mock_bus_stop ();
  return status;
}
