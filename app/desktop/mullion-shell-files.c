/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shell-files.h"

#include "mullion-error.h"
#include "mullion-service.h"

/*
 * What of Electron's `shell` is for files: what other programs of the desktop do with files.
 *
 * Main process. It does what the app says, with the app's rights: a path that a page named is the
 * app's to check first.
 */

static const MullionService file_manager = {
  G_BUS_TYPE_SESSION, "file manager", "org.freedesktop.FileManager1",
  "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1",
};

/* (nullable): the task is over already where there is no such file. */
static GTask *
begin (const char          *path,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data,
       gpointer             tag)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return g_steal_pointer (&task);

  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND, "There is no file %s",
                           path);
  return NULL;
}

static gboolean
finish (GAsyncResult  *result,
        gpointer       tag,
        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
get_uri (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  return g_file_get_uri (file);
}

/* -- Opening -- */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                             "This desktop has no program for it: %s", error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
launch (const char *uri,
        GTask      *task)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr(GAppLaunchContext) context =
    display != NULL ? G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (display)) : NULL;

  g_app_info_launch_default_for_uri_async (uri, context, g_task_get_cancellable (task), launched_cb,
                                           task);
}

/**
 * mullion_shell_open_path_async:
 * @path: a file or a folder
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called when the program for it was started
 * @user_data: data for @callback
 *
 * Opens a file as the desktop does, like Electron's `shell.openPath`.
 *
 * It fails with %MULLION_ERROR_NOT_FOUND where there is no such file, and with
 * %MULLION_ERROR_UNAVAILABLE where no program opens it.
 *
 * Since: 0.1
 */
void
mullion_shell_open_path_async (const char          *path,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autofree char *uri = NULL;
  GTask *task;

  g_return_if_fail (path != NULL);

  task = begin (path, cancellable, callback, user_data, mullion_shell_open_path_async);
  if (task == NULL)
    return;

  uri = get_uri (path);
  launch (uri, task);
}

/**
 * mullion_shell_open_path_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@shell_open_path_async] began.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_shell_open_path_finish (GAsyncResult  *result,
                                GError       **error)
{
  return finish (result, mullion_shell_open_path_async, error);
}

/* -- Showing -- */

static void
item_shown_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);

  if (answer == NULL && g_error_matches (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE))
    {
      /* Whatever opens folders shows at least the one with the file in it. */
      launch (g_task_get_task_data (task), task);
      return;
    }

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

/**
 * mullion_shell_show_item_in_folder_async:
 * @path: a file or a folder
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called when it is shown
 * @user_data: data for @callback
 *
 * Shows a file in the file manager, like Electron's `shell.showItemInFolder`. Without a file
 * manager that can point at a file, its folder is opened.
 *
 * It fails like [func@shell_open_path_async].
 *
 * Since: 0.1
 */
void
mullion_shell_show_item_in_folder_async (const char          *path,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autofree char *uri = NULL;
  g_autofree char *folder = NULL;
  const char *uris[2] = { NULL, NULL };
  GTask *task;

  g_return_if_fail (path != NULL);

  task = begin (path, cancellable, callback, user_data, mullion_shell_show_item_in_folder_async);
  if (task == NULL)
    return;

  uri = get_uri (path);
  uris[0] = uri;
  folder = g_path_get_dirname (path);
  g_task_set_task_data (task, get_uri (folder), g_free);
  mullion_service_call_async (&file_manager, "ShowItems", g_variant_new ("(^ass)", uris, ""), "()",
                              cancellable, item_shown_cb, task);
}

/**
 * mullion_shell_show_item_in_folder_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@shell_show_item_in_folder_async] began.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_shell_show_item_in_folder_finish (GAsyncResult  *result,
                                          GError       **error)
{
  return finish (result, mullion_shell_show_item_in_folder_async, error);
}

/* -- Throwing away -- */

static void
trashed_cb (GObject      *file,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_trash_finish (G_FILE (file), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                             "There is no trash for it: %s", error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mullion_shell_trash_item_async:
 * @path: a file or a folder
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called when it is there
 * @user_data: data for @callback
 *
 * Moves a file to the trash, like Electron's `shell.trashItem`.
 *
 * It fails with %MULLION_ERROR_NOT_FOUND where there is no such file, with
 * %MULLION_ERROR_UNAVAILABLE where its file system has no trash, and else with what
 * [method@Gio.File.trash] says.
 *
 * Since: 0.1
 */
void
mullion_shell_trash_item_async (const char          *path,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GFile) file = NULL;
  GTask *task;

  g_return_if_fail (path != NULL);

  task = begin (path, cancellable, callback, user_data, mullion_shell_trash_item_async);
  if (task == NULL)
    return;

  file = g_file_new_for_path (path);
  g_file_trash_async (file, G_PRIORITY_DEFAULT, cancellable, trashed_cb, task);
}

/**
 * mullion_shell_trash_item_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@shell_trash_item_async] began.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_shell_trash_item_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return finish (result, mullion_shell_trash_item_async, error);
}

/**
 * mullion_shell_beep:
 *
 * Beeps, like Electron's `shell.beep`, where there is a display that can.
 *
 * Since: 0.1
 */
void
mullion_shell_beep (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display != NULL)
    gdk_display_beep (display);
}
