/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "desktop/mullion-icon-picture.h"
#include "mullion-error.h"
#include "mullion-options.h"

/*
 * The icons that the desktop has for files and for programs, as pictures.
 */

#define MAX_SIZE_NAME 16
#define PROGRAM_SIZE 48

static const struct
{
  const char *name;
  int pixels;
} sizes[] = {
  { "small", 16 },
  { "normal", 32 },
  { "large", 48 },
};

static gboolean
read_size (JsonObject  *options,
           int         *size,
           GError     **error)
{
  const char *name = "normal";

  if (!mullion_options_get_string (options, "size", MAX_SIZE_NAME, &name, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_str_equal (sizes[i].name, name))
      {
        *size = sizes[i].pixels;
        return TRUE;
      }

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "size: expected small, normal or large");
  return FALSE;
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GdkTexture *icon = mullion_icon_picture_create_finish (result, &error);

  if (icon != NULL)
    g_task_return_pointer (task, icon, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* -- Of files -- */

static GError *
explain (GError     *error,
         const char *path)
{
  g_autoptr(GError) owned = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_FOUND, "There is no file %s", path);
  return g_steal_pointer (&owned);
}

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *path = g_file_get_path (G_FILE (source));
  GError *error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  GIcon *icon = info != NULL ? g_file_info_get_icon (info) : NULL;

  if (error != NULL)
    g_task_return_error (task, explain (error, path));
  else if (icon == NULL)
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                             "This desktop has no icon for %s", path);
  else
    mullion_icon_picture_create_async (icon, GPOINTER_TO_INT (g_task_get_task_data (task)),
                                       g_task_get_cancellable (task), drawn_cb,
                                       g_object_ref (task));
}

/**
 * mullion_app_get_file_icon_async:
 * @self: an app
 * @path: an absolute path
 * @options: (nullable): Electron's, which are `size`: `small`, `normal` or `large`, that is 16, 32
 *   or 48 pixels; without it is `normal`
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Gets the icon that file managers show for a file, like Electron's `app.getFileIcon`.
 *
 * It fails with %MULLION_ERROR_NOT_FOUND where there is no such file, or the icon theme of the
 * desktop has no icon for it.
 *
 * Since: 0.1
 */
void
mullion_app_get_file_icon_async (MullionApp          *self,
                                 const char          *path,
                                 JsonObject          *options,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GFile) file = NULL;
  GError *error = NULL;
  int size = 0;

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_app_get_file_icon_async);
  if (!read_size (options, &size, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  file = g_file_new_for_path (path);
  g_task_set_task_data (task, GINT_TO_POINTER (size), NULL);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_ICON, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, cancellable, described_cb, g_object_ref (task));
}

/**
 * mullion_app_get_file_icon_finish:
 * @self: an app
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [method@App.get_file_icon_async] began.
 *
 * Returns: (transfer full): a picture; %NULL with @error set
 *
 * Since: 0.1
 */
GdkTexture *
mullion_app_get_file_icon_finish (MullionApp    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Of programs -- */

/**
 * mullion_app_get_application_info_for_protocol_async:
 * @self: an app
 * @url: an address
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Looks for the user's program for an address, like Electron's `app.getApplicationInfoForProtocol`.
 *
 * It fails with %MULLION_ERROR_NOT_FOUND where there is none, or the icon theme of the desktop has no
 * icon for it. [method@App.dup_application_name_for_protocol] needs no icon.
 *
 * Since: 0.1
 */
void
mullion_app_get_application_info_for_protocol_async (MullionApp          *self,
                                                     const char          *url,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *scheme = NULL;
  GAppInfo *info = NULL;

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_app_get_application_info_for_protocol_async);
  scheme = g_uri_parse_scheme (url);
  info = scheme != NULL ? g_app_info_get_default_for_uri_scheme (scheme) : NULL;
  if (info != NULL)
    g_task_set_task_data (task, info, g_object_unref);

  if (info == NULL || g_app_info_get_icon (info) == NULL)
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                             "This desktop has no program with an icon for %.64s", url);
  else
    mullion_icon_picture_create_async (g_app_info_get_icon (info), PROGRAM_SIZE, cancellable,
                                       drawn_cb, g_object_ref (task));
}

/**
 * mullion_app_get_application_info_for_protocol_finish:
 * @self: an app
 * @result: what the callback got
 * @name: (out) (optional) (transfer full): what the user calls the program
 * @path: (out) (optional) (transfer full): where it is; its bare name where that is not known
 * @error: (nullable): where to put an error
 *
 * Ends what [method@App.get_application_info_for_protocol_async] began.
 *
 * Returns: (transfer full): its icon; %NULL with @error set
 *
 * Since: 0.1
 */
GdkTexture *
mullion_app_get_application_info_for_protocol_finish (MullionApp    *self,
                                                      GAsyncResult  *result,
                                                      char         **name,
                                                      char         **path,
                                                      GError       **error)
{
  GdkTexture *icon;
  GAppInfo *info;

  g_return_val_if_fail (MULLION_IS_APP (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  info = g_task_get_task_data (G_TASK (result));
  icon = g_task_propagate_pointer (G_TASK (result), error);
  if (icon == NULL)
    return NULL;

  if (name != NULL)
    *name = g_strdup (g_app_info_get_display_name (info));
  if (path != NULL)
    {
      const char *program = g_app_info_get_executable (info);

      *path = g_find_program_in_path (program);
      if (*path == NULL)
        *path = g_strdup (program);
    }
  return icon;
}
