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

/* Nobody shows it, and who asks for it hears so. */
static void
run_without_bus (void)
{
  g_autoptr(GError) badge = NULL;
  g_autoptr(GError) progress = NULL;

  g_assert_false (mullion_app_set_badge_count (app, 3, &badge));
  g_assert_error (badge, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (badge->message, ==, "There is no bus to tell the launcher of the desktop on");
  g_assert_cmpuint (mullion_app_get_badge_count (app), ==, 0);
  g_assert_false (mullion_app_set_progress (app, 0.25, &progress));
  g_assert_error (progress, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
}

static void
test_no_bus (void)
{
  g_test_trap_subprocess ("/app-desktop/no-bus/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
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

/* -- Icons -- */

static GdkTexture *
get_file_icon (const char  *path,
               const char  *options,
               GError     **error)
{
  g_autoptr(JsonNode) node = options != NULL ? json_from_string (options, NULL) : NULL;
  g_autoptr(GAsyncResult) result = NULL;

  mullion_app_get_file_icon_async (app, path, node != NULL ? json_node_get_object (node) : NULL, NULL,
                                   done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_app_get_file_icon_finish (app, result, error);
}

static void
assert_icon (const char *path,
             const char *options,
             int         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) icon = get_file_icon (path, options, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (icon), ==, size);
  g_assert_cmpint (gdk_texture_get_height (icon), ==, size);
}

static void
assert_no_icon (const char *path,
                const char *options,
                int         code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (get_file_icon (path, options, &error));
  g_assert_error (error, MULLION_ERROR, code);
}

static gboolean
has_icon (const char *name)
{
  return gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()), name);
}

static void
test_file_icon (void)
{
  g_autofree char *text = g_build_filename (g_get_user_data_dir (), "a note.txt", NULL);
  g_autoptr(GdkTexture) of_text = NULL;
  g_autoptr(GdkTexture) of_folder = NULL;
  g_autoptr(GBytes) one = NULL;
  g_autoptr(GBytes) other = NULL;

  assert_no_icon ("/nowhere/a.txt", NULL, MULLION_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (text, "A note", -1, NULL));
  assert_no_icon (text, "{ \"size\": \"huge\" }", MULLION_ERROR_INVALID_ARGUMENT);
  if (!has_icon ("text-x-generic") || !has_icon ("folder"))
    {
      g_test_skip ("no icon theme here");
      return;
    }

  assert_icon (text, "{ \"size\": \"small\" }", 16);
  assert_icon (text, "{ \"size\": \"normal\" }", 32);
  assert_icon (text, "{ \"size\": \"large\" }", 48);
  of_text = get_file_icon (text, NULL, NULL);
  of_folder = get_file_icon (g_get_user_data_dir (), NULL, NULL);
  one = gdk_texture_save_to_png_bytes (of_text);
  other = gdk_texture_save_to_png_bytes (of_folder);
  g_assert_false (g_bytes_equal (one, other));
}

static GdkTexture *
get_application_info (const char  *url,
                      char       **name,
                      char       **path,
                      GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  mullion_app_get_application_info_for_protocol_async (app, url, NULL, done_cb, &result);
  mock_wait_until (result != NULL);
  return mullion_app_get_application_info_for_protocol_finish (app, result, name, path, error);
}

/* What the desktop file says, whose icon is a file. */
static void
assert_application_info (void)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *program = g_find_program_in_path ("true");
  g_autoptr(GError) none = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) icon = get_application_info ("panes://x", &name, &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (icon), ==, 48);
  g_assert_cmpstr (name, ==, "Panes");
  g_assert_cmpstr (path, ==, program);
  g_assert_null (get_application_info ("nobody-has-it://x", NULL, NULL, &none));
  g_assert_error (none, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
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

/* -- What the desktop opens -- */

#define DESKTOP_FILE \
  "[Desktop Entry]\nType=Application\nName=Panes\nExec=true %%U\n" \
  "MimeType=x-scheme-handler/panes-declared;\nIcon=%s\n"

static void
open_cb (MullionApp *self,
         const char *text,
         GString    *heard)
{
  g_string_append_printf (heard, "%s|", text);
}

static void
install_desktop_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *path = g_build_filename (folder, ID ".desktop", NULL);
  g_autofree char *icon = g_test_build_filename (G_TEST_DIST, "..", "resources", "desktop",
                                                 "io.github.mullion.Gallery.svg", NULL);
  g_autofree char *text = g_strdup_printf (DESKTOP_FILE, icon);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_protocol_client (void)
{
  g_autofree char *nobody = mullion_app_dup_application_name_for_protocol (app, "panes://x");
  g_autoptr(MullionApp) other = mullion_app_new (ID ".Other", G_APPLICATION_NON_UNIQUE);
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (nobody, ==, "");
  g_assert_false (mullion_app_is_default_protocol_client (app, "panes"));
  g_assert_false (mullion_app_set_as_default_protocol_client (other, "panes", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mullion_app_set_as_default_protocol_client (app, "panes://", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_assert_true (mullion_app_set_as_default_protocol_client (app, "panes", &error));
  g_assert_no_error (error);
  g_assert_true (mullion_app_is_default_protocol_client (app, "panes"));
  g_assert_false (mullion_app_is_default_protocol_client (app, "panes-other"));
  name = mullion_app_dup_application_name_for_protocol (app, "panes://x");
  g_assert_cmpstr (name, ==, "Panes");
  assert_application_info ();
}

/* The files and addresses of a second start; what is neither is not opened. */
static void
test_open_arguments (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *cwd = g_canonicalize_filename (g_get_user_data_dir (), NULL);
  g_autofree char *path = g_build_filename (cwd, "note one.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *files = g_strdup_printf ("%s|%s|", path, path);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr(GString) heard_files = g_string_new (NULL);
  g_autoptr(GString) heard_urls = g_string_new (NULL);
  g_autoptr(GSubprocess) second = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  g_signal_connect (app, "open-file", G_CALLBACK (open_cb), heard_files);
  g_signal_connect (app, "open-url", G_CALLBACK (open_cb), heard_urls);
  g_subprocess_launcher_set_cwd (launcher, cwd);
  second = g_subprocess_launcher_spawn (launcher, &error, program, "--second", "note one.txt", uri,
                                        "no such file", "other://x", "panes-declared:y",
                                        "panes://host/x?y#z", NULL);
  g_assert_no_error (error);
  mock_wait_until (g_str_has_suffix (heard_urls->str, "#z|"));
  g_assert_cmpstr (heard_files->str, ==, files);
  g_assert_cmpstr (heard_urls->str, ==, "panes-declared:y|panes://host/x?y#z|");
  g_signal_handlers_disconnect_by_data (app, heard_files);
  g_signal_handlers_disconnect_by_data (app, heard_urls);
  g_assert_true (g_subprocess_wait_check (second, NULL, &error));
}

static void
opened_cb (GObject      *bus,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(GVariant **) user_data = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  g_assert_no_error (error);
}

/* What a desktop says to an app that the bus has started. */
static void
test_open_by_bus (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "note one.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *files = g_strconcat (path, "|", NULL);
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GString) heard_files = g_string_new (NULL);
  g_autoptr(GString) heard_urls = g_string_new (NULL);
  g_autoptr(GVariant) answer = NULL;
  const char *uris[] = { uri, "panes://x", "other://x", NULL };

  g_signal_connect (app, "open-file", G_CALLBACK (open_cb), heard_files);
  g_signal_connect (app, "open-url", G_CALLBACK (open_cb), heard_urls);
  g_dbus_connection_call (bus, ID, g_application_get_dbus_object_path (G_APPLICATION (app)),
                          "org.freedesktop.Application", "Open",
                          g_variant_new ("(^asa{sv})", uris, NULL), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, opened_cb, &answer);
  mock_wait_until (answer != NULL);
  g_assert_cmpstr (heard_files->str, ==, files);
  g_assert_cmpstr (heard_urls->str, ==, "panes://x|");
  g_signal_handlers_disconnect_by_data (app, heard_files);
  g_signal_handlers_disconnect_by_data (app, heard_urls);
}

/* The first start is told of its own command line, when it is ready. */
static void
first_ready_cb (MullionApp *first,
                GString    *heard)
{
  g_string_append (heard, "ready|");
}

static void
first_open_cb (MullionApp *first,
               const char *path,
               GString    *heard)
{
  g_string_append_printf (heard, "%s|", path);
  g_file_set_contents (g_getenv (MARK), heard->str, -1, NULL);
  mullion_app_quit (first);
}

static int
run_opening (int   argc,
             char *argv[])
{
  g_autoptr(MullionApp) first = mullion_app_new (ID ".Opening", G_APPLICATION_NON_UNIQUE);
  g_autoptr(GString) heard = g_string_new (NULL);
  int status;

  g_signal_connect (first, "ready", G_CALLBACK (first_ready_cb), heard);
  g_signal_connect (first, "open-file", G_CALLBACK (first_open_cb), heard);
  status = mullion_app_run (first, argc, argv);
  g_signal_handlers_disconnect_by_data (first, heard);
  return status;
}

static void
test_open_first (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *mark = g_build_filename (g_get_home_dir (), "opened", NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "note one.txt", NULL);
  g_autofree char *expected = g_strdup_printf ("ready|%s|", path);
  g_autofree char *text = NULL;
  g_autoptr(GSubprocess) first = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv (MARK, mark, TRUE);
  first = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--opening", path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (first, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (mark, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* -- The about panel -- */

static GtkAboutDialog *
find_panel (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkAboutDialog *panel = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_ABOUT_DIALOG (window))
        {
          g_assert_null (panel);
          panel = GTK_ABOUT_DIALOG (window);
        }
    }

  return panel;
}

static gboolean
set_about (const char  *json,
           GError     **error)
{
  g_autoptr(JsonNode) options = json_from_string (json, NULL);

  return mullion_app_set_about_panel_options (app, json_node_get_object (options), error);
}

static void
test_about_panel (void)
{
  g_autoptr(GError) error = NULL;
  GtkAboutDialog *panel;

  mullion_app_show_about_panel (app);
  panel = find_panel ();
  g_assert_nonnull (panel);
  g_assert_cmpstr (gtk_about_dialog_get_program_name (panel), ==, "Panes");
  g_assert_cmpstr (gtk_about_dialog_get_logo_icon_name (panel), ==, ID);

  g_assert_true (set_about ("{ \"applicationName\": \"Glass\", \"applicationVersion\": \"2\","
                            "  \"copyright\": \"(c) us\", \"website\": \"https://example.org\","
                            "  \"authors\": [\"One\", \"Two\"] }", &error));
  g_assert_no_error (error);
  mullion_app_show_about_panel (app);
  panel = find_panel ();
  g_assert_cmpstr (gtk_about_dialog_get_program_name (panel), ==, "Glass");
  g_assert_cmpstr (gtk_about_dialog_get_version (panel), ==, "2");
  g_assert_cmpstr (gtk_about_dialog_get_copyright (panel), ==, "(c) us");
  g_assert_cmpstr (gtk_about_dialog_get_website (panel), ==, "https://example.org");
  g_assert_cmpstr (gtk_about_dialog_get_authors (panel)[1], ==, "Two");

  g_assert_false (set_about ("{ \"authors\": \"One\" }", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (set_about ("{ \"iconPath\": \"/no/such/picture.png\" }", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  gtk_window_destroy (GTK_WINDOW (panel));
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

  if (argc > 1 && g_str_equal (argv[1], "--opening"))
    return run_opening (argc, argv);

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
  /* GIO reads the folder once, and hears of changes by and by. */
  install_desktop_file ();
  if (g_test_subprocess ())
    mock_bus_lack ();
  else
    mock_bus_start ();
  app = mullion_app_new (ID, G_APPLICATION_DEFAULT_FLAGS);
  mullion_app_set_name (app, "Panes");
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  g_test_add_func ("/app-desktop/badge", test_badge);
  g_test_add_func ("/app-desktop/no-bus", test_no_bus);
  g_test_add_func ("/app-desktop/no-bus/subprocess", run_without_bus);
  g_test_add_func ("/app-desktop/recent-documents", test_recent_documents);
  g_test_add_func ("/app-desktop/file-icon", test_file_icon);
  g_test_add_func ("/app-desktop/locale", test_locale);
  g_test_add_func ("/app-desktop/relaunch", test_relaunch);
  g_test_add_func ("/app-desktop/second-instance", test_second_instance);
  g_test_add_func ("/app-desktop/protocol-client", test_protocol_client);
  g_test_add_func ("/app-desktop/open-arguments", test_open_arguments);
  g_test_add_func ("/app-desktop/open-by-bus", test_open_by_bus);
  g_test_add_func ("/app-desktop/open-first", test_open_first);
  g_test_add_func ("/app-desktop/about-panel", test_about_panel);

  status = g_test_run ();
  g_clear_object (&app);
  mock_bus_stop ();
  return status;
}
