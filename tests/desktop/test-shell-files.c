/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <glib/gstdio.h>
#include <mullion.h>
#include <unistd.h>

/*
 * Files, and what other programs of the desktop do with them: a file manager on the bus, a program
 * that opens text, and the trash of this test's own home.
 */

#define INTERFACE "org.freedesktop.FileManager1"

static const char xml[] =
  "<node><interface name='" INTERFACE "'>"
  "  <method name='ShowItems'><arg type='as'/><arg type='s'/></method>"
  "</interface></node>";

static char *home;
static GAsyncResult *outcome;

/* What came before is forgotten: the next outcome is that of @path. */
static const char *
fresh (const char *path)
{
  g_clear_object (&outcome);
  return path;
}

static void
note_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&outcome, result);
}

static char *
write_file (const char *name,
            const char *text)
{
  char *path = g_build_filename (home, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_show_item (void)
{
  g_autoptr(MockService) service =
    mock_service_new (INTERFACE, "/org/freedesktop/FileManager1", xml, NULL);
  g_autofree char *path = write_file ("a file.txt", "text");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr(GVariant) call = NULL;
  g_autofree const char **uris = NULL;
  g_autoptr(GError) error = NULL;

  mullion_shell_show_item_in_folder_async (fresh (path), NULL, note_cb, NULL);
  call = mock_service_wait (service, "ShowItems");
  g_variant_get (call, "(^a&ss)", &uris, NULL);
  g_assert_cmpstrv (uris, ((const char *[]) { uri, NULL }));
  mock_wait_until (outcome != NULL);
  g_assert_true (mullion_shell_show_item_in_folder_finish (outcome, &error));
  g_assert_no_error (error);
}

static void
assert_fails (gboolean   (*finish) (GAsyncResult *, GError **),
              int          code)
{
  g_autoptr(GError) error = NULL;

  mock_wait_until (outcome != NULL);
  g_assert_false (finish (outcome, &error));
  g_assert_error (error, MULLION_ERROR, code);
}

static void
test_not_found (void)
{
  g_autofree char *path = g_build_filename (home, "nowhere", NULL);

  mullion_shell_open_path_async (fresh (path), NULL, note_cb, NULL);
  assert_fails (mullion_shell_open_path_finish, MULLION_ERROR_NOT_FOUND);
  mullion_shell_show_item_in_folder_async (fresh (path), NULL, note_cb, NULL);
  assert_fails (mullion_shell_show_item_in_folder_finish, MULLION_ERROR_NOT_FOUND);
  mullion_shell_trash_item_async (fresh (path), NULL, note_cb, NULL);
  assert_fails (mullion_shell_trash_item_finish, MULLION_ERROR_NOT_FOUND);
}

/* No file manager, and nothing else that opens folders. */
static void
test_no_file_manager (void)
{
  g_autofree char *path = write_file ("a file.txt", "text");

  mullion_shell_show_item_in_folder_async (fresh (path), NULL, note_cb, NULL);
  assert_fails (mullion_shell_show_item_in_folder_finish, MULLION_ERROR_UNAVAILABLE);
}

static void
test_no_program (void)
{
  g_autofree char *path = write_file ("thing.unheard-of", "\x01\x02");

  mullion_shell_open_path_async (fresh (path), NULL, note_cb, NULL);
  assert_fails (mullion_shell_open_path_finish, MULLION_ERROR_UNAVAILABLE);
}

static void
changed_cb (GFileMonitor *monitor)
{
  /* The main loop turns, and whoever waits looks again. */
}

static void
test_open_path (void)
{
  g_autofree char *opened = g_build_filename (home, "opened", NULL);
  g_autofree char *path = write_file ("note.txt", "text");
  g_autoptr(GFile) folder = g_file_new_for_path (home);
  g_autoptr(GFileMonitor) monitor =
    g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_connect (monitor, "changed", G_CALLBACK (changed_cb), NULL);
  mullion_shell_open_path_async (fresh (path), NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_true (mullion_shell_open_path_finish (outcome, &error));
  g_assert_no_error (error);
  mock_wait_until (g_file_test (opened, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (opened, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, path);
}

static void
test_trash (void)
{
  g_autofree char *path = write_file ("waste.txt", "text");
  g_autoptr(GError) error = NULL;

  mullion_shell_trash_item_async (fresh (path), NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  if (!mullion_shell_trash_item_finish (outcome, &error))
    {
      /* Not each file system has one; that is said, and the file stays. */
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
      g_test_skip (error->message);
      return;
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The types of this machine, and of programs one: a shell that writes what it was given. */
static void
install_program (void)
{
  g_autofree char *opened = g_build_filename (home, "opened", NULL);
  g_autofree char *system = g_build_filename (home, "system", NULL);
  g_autofree char *types = g_build_filename (system, "mime", NULL);
  g_autofree char *entry =
    g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Opener\nMimeType=text/plain;\n"
                     "Exec=sh -c \"printf %%%%s \\\\$1 >%s.part; mv %s.part %s\" sh %%f\n",
                     opened, opened, opened);
  g_autofree char *desktop = write_file ("data/applications/opener.desktop", entry);
  g_autofree char *list = write_file ("config/mimeapps.list",
                                      "[Default Applications]\ntext/plain=opener.desktop\n");

  g_assert_cmpint (g_mkdir (system, 0700), ==, 0);
  g_assert_cmpint (symlink ("/usr/share/mime", types), ==, 0);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("mullion-shell-XXXXXX", NULL);
  data = g_build_filename (home, "data", NULL);
  config = g_build_filename (home, "config", NULL);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  install_program ();
  mock_bus_start ();

  g_test_add_func ("/shell/show-item-in-folder", test_show_item);
  g_test_add_func ("/shell/not-found", test_not_found);
  g_test_add_func ("/shell/no-file-manager", test_no_file_manager);
  g_test_add_func ("/shell/no-program", test_no_program);
  g_test_add_func ("/shell/open-path", test_open_path);
  g_test_add_func ("/shell/trash-item", test_trash);

  status = g_test_run ();
  g_clear_object (&outcome);
  mock_bus_stop ();
  g_free (home);
  return status;
}
