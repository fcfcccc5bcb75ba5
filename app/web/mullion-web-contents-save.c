/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-save.h"

#include "mullion-web-contents-private.h"

/*
 * The page of MullionWebContents as a file. Main process; WebKit writes it.
 */

static gboolean
check (MullionWebContents  *self,
       const char          *path,
       const char          *save_type,
       GError             **error)
{
  if (!mullion_web_contents_has_page (self, error))
    return FALSE;
  if (!g_path_is_absolute (path))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Path must be absolute");
      return FALSE;
    }
  if (g_str_equal (save_type, "MHTML"))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "WebKit saves a page as MHTML only, not as “%s”", save_type);
  return FALSE;
}

static void
saved_cb (GObject      *view,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (webkit_web_view_save_to_file_finish (WEBKIT_WEB_VIEW (view), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mullion_web_contents_save_page_async:
 * @self: web contents
 * @path: the file, absolute; one that is there is replaced
 * @save_type: `MHTML`, the only one of Electron's types that WebKit knows
 * @cancellable: (nullable): to stop
 * @callback: (scope async): called when the file is there
 * @user_data: given to @callback
 *
 * Saves the page with its pictures and styles in one file, like Electron's `contents.savePage`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_save_page_async (MullionWebContents  *self,
                                      const char          *path,
                                      const char          *save_type,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GFile) file = NULL;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (save_type != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_save_page_async);
  if (!check (self, path, save_type, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  file = g_file_new_for_path (path);
  webkit_web_view_save_to_file (self->view, file, WEBKIT_SAVE_MODE_MHTML, cancellable, saved_cb,
                                g_steal_pointer (&task));
}

/**
 * mullion_web_contents_save_page_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why it failed: %MULLION_ERROR_INVALID_ARGUMENT when the path is not absolute or the type is
 *   another one, %MULLION_ERROR_GONE when there is no page, or what the file system says
 *
 * Ends [method@WebContents.save_page_async].
 *
 * Returns: whether the file is there
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_save_page_finish (MullionWebContents  *self,
                                       GAsyncResult        *result,
                                       GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
