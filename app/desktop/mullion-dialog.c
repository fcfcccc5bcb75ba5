/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-dialog.h"

#include "mullion-app.h"
#include "mullion-browser-window.h"
#include "mullion-dialog-options.h"
#include "mullion-dialog-private.h"
#include "mullion-dialog-question.h"
#include "mullion-error.h"

/*
 * Electron's `dialog`: the desktop's own dialogs to open, to save and to ask.
 *
 * Main process. Options are read with suspicion, for an app may hand on what a page wrote. A dialog
 * with a window is modal to it and goes when the window goes; one without stands alone. All end
 * with Electron's answers, which the functions here take apart.
 */

static GTask *
create_task (MullionBrowserWindow *window,
             GCancellable         *cancellable,
             GAsyncReadyCallback   callback,
             gpointer              user_data,
             gpointer              tag)
{
  GTask *task = g_task_new (window, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static gboolean
can_show (GError **error)
{
  if (gdk_display_get_default () != NULL)
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
               "There is no display to show a dialog on");
  return FALSE;
}

/* -- Files -- */

/* All or nothing: a place on another machine has no path here, and what is not UTF-8 is no text. */
static JsonArray *
list_paths (GListModel  *files,
            GError     **error)
{
  g_autoptr(JsonArray) paths = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path == NULL || !g_utf8_validate (path, -1, NULL))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "a file was chosen that has no path here, or none in UTF-8");
          return NULL;
        }
      json_array_add_string_element (paths, path);
    }
  return g_steal_pointer (&paths);
}

static JsonObject *
describe_choice (MullionDialogQuestion *question,
                 JsonArray             *paths)
{
  JsonObject *result = NULL;

  if (json_array_get_length (paths) == 0)
    return mullion_dialog_question_dismiss (question);

  result = json_object_new ();
  json_object_set_boolean_member (result, "canceled", FALSE);
  if (mullion_dialog_question_get_kind (question) == MULLION_DIALOG_SAVE)
    json_object_set_string_member (result, "filePath", json_array_get_string_element (paths, 0));
  else
    json_object_set_array_member (result, "filePaths", json_array_ref (paths));
  return result;
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(MullionDialogQuestion) question = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) files = mullion_file_chooser_choose_finish (result, &error);
  g_autoptr(JsonArray) paths = files != NULL ? list_paths (files, &error) : NULL;

  if (paths != NULL)
    mullion_dialog_question_return (question, describe_choice (question, paths));
  else
    mullion_dialog_question_fail (question, g_steal_pointer (&error));
}

static void
choose_files (MullionDialogKind     kind,
              MullionBrowserWindow *window,
              JsonObject           *options,
              GtkFileFilter        *filter,
              GTask                *task)
{
  g_autoptr(MullionFileChooserRequest) request = NULL;
  g_autoptr(MullionDialogQuestion) question = NULL;
  g_autoptr(GError) error = NULL;

  request = kind == MULLION_DIALOG_SAVE ? mullion_dialog_options_read_save (options, &error)
                                        : mullion_dialog_options_read_open (options, &error);
  if (request == NULL || !can_show (&error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  if (filter != NULL)
    g_list_store_append (request->filters, filter);
  question = mullion_dialog_question_new (kind, window, options, task);
  if (!mullion_dialog_question_ask (question))
    mullion_file_chooser_choose_async (request, window != NULL ? GTK_WINDOW (window) : NULL,
                                       mullion_dialog_question_get_closer (question),
                                       files_chosen_cb, g_object_ref (question));
}

/**
 * mullion_dialog_show_open_dialog_async:
 * @window: (nullable): the window that the dialog is modal to
 * @options: (nullable): what Electron's `showOpenDialog` takes: `title`, `defaultPath`,
 *   `buttonLabel`, `filters` and `properties`
 * @cancellable: (nullable): closes the dialog
 * @callback: (scope async): what is called when the user has chosen
 * @user_data: data for @callback
 *
 * Lets the user choose files or folders to open, like Electron's `dialog.showOpenDialog`.
 *
 * It fails with %MULLION_ERROR_INVALID_ARGUMENT where an option is not what it must be, and with
 * %MULLION_ERROR_UNAVAILABLE without a display.
 *
 * Since: 0.1
 */
void
mullion_dialog_show_open_dialog_async (MullionBrowserWindow *window,
                                       JsonObject           *options,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  g_return_if_fail (window == NULL || MULLION_IS_BROWSER_WINDOW (window));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  choose_files (MULLION_DIALOG_OPEN, window, options, NULL,
                create_task (window, cancellable, callback, user_data,
                             mullion_dialog_show_open_dialog_async));
}

void
mullion_dialog_open_for_page_async (MullionBrowserWindow *window,
                                    JsonObject           *options,
                                    GtkFileFilter        *filter,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  choose_files (MULLION_DIALOG_OPEN, window, options, filter,
                create_task (window, NULL, callback, user_data,
                             mullion_dialog_show_open_dialog_async));
}

static char **
dup_strings (JsonArray *array)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static JsonObject *
finish (GAsyncResult  *result,
        gpointer       tag,
        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mullion_dialog_show_open_dialog_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@dialog_show_open_dialog_async] began.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the paths that were chosen, none
 *   where the user chose none, %NULL with @error set
 *
 * Since: 0.1
 */
char **
mullion_dialog_show_open_dialog_finish (GAsyncResult  *result,
                                        GError       **error)
{
  g_autoptr(JsonObject) answer = finish (result, mullion_dialog_show_open_dialog_async, error);

  return answer != NULL ? dup_strings (json_object_get_array_member (answer, "filePaths")) : NULL;
}

/**
 * mullion_dialog_show_save_dialog_async:
 * @window: (nullable): the window that the dialog is modal to
 * @options: (nullable): what Electron's `showSaveDialog` takes: `title`, `defaultPath`,
 *   `buttonLabel` and `filters`
 * @cancellable: (nullable): closes the dialog
 * @callback: (scope async): what is called when the user has chosen
 * @user_data: data for @callback
 *
 * Lets the user choose where to save, like Electron's `dialog.showSaveDialog`. Whether a file that
 * is there may be written over, the dialog has asked. It fails like
 * [func@dialog_show_open_dialog_async].
 *
 * Since: 0.1
 */
void
mullion_dialog_show_save_dialog_async (MullionBrowserWindow *window,
                                       JsonObject           *options,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  g_return_if_fail (window == NULL || MULLION_IS_BROWSER_WINDOW (window));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  choose_files (MULLION_DIALOG_SAVE, window, options, NULL,
                create_task (window, cancellable, callback, user_data,
                             mullion_dialog_show_save_dialog_async));
}

/**
 * mullion_dialog_show_save_dialog_finish:
 * @result: what the callback got
 * @file_path: (out) (transfer full) (nullable): the path that was chosen, %NULL where the user
 *   chose none
 * @error: (nullable): where to put an error
 *
 * Ends what [func@dialog_show_save_dialog_async] began.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_dialog_show_save_dialog_finish (GAsyncResult  *result,
                                        char         **file_path,
                                        GError       **error)
{
  g_autoptr(JsonObject) answer = NULL;

  g_return_val_if_fail (file_path != NULL, FALSE);

  *file_path = NULL;
  answer = finish (result, mullion_dialog_show_save_dialog_async, error);
  if (answer == NULL)
    return FALSE;

  if (!json_object_get_boolean_member (answer, "canceled"))
    *file_path = g_strdup (json_object_get_string_member (answer, "filePath"));
  return TRUE;
}

/* -- Messages -- */

static void
message_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(MullionDialogQuestion) question = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_checked = FALSE;
  int response = mullion_message_box_ask_finish (result, &is_checked, &error);

  if (error == NULL)
    {
      JsonObject *answer = json_object_new ();

      json_object_set_int_member (answer, "response", response);
      json_object_set_boolean_member (answer, "checkboxChecked", is_checked);
      mullion_dialog_question_return (question, answer);
    }
  else
    mullion_dialog_question_fail (question, g_steal_pointer (&error));
}

static void
show_message (MullionDialogQuestion          *question,
              MullionBrowserWindow           *window,
              const MullionMessageBoxRequest *request)
{
  if (!mullion_dialog_question_ask (question))
    mullion_message_box_ask_async (request, window != NULL ? GTK_WINDOW (window) : NULL,
                                   mullion_dialog_question_get_closer (question),
                                   message_answered_cb, g_object_ref (question));
}

/**
 * mullion_dialog_show_message_box_async:
 * @window: (nullable): the window that the box is modal to
 * @options: what Electron's `showMessageBox` takes: `message`, which must be there, `type`,
 *   `buttons`, `defaultId`, `cancelId`, `title`, `detail`, `icon`, which is a file of the app, an
 *   absolute path or an icon of the theme, `checkboxLabel` and `checkboxChecked`
 * @cancellable: (nullable): closes the box
 * @callback: (scope async): what is called when a button was pressed
 * @user_data: data for @callback
 *
 * Asks the user, like Electron's `dialog.showMessageBox`. It fails like
 * [func@dialog_show_open_dialog_async].
 *
 * Since: 0.1
 */
void
mullion_dialog_show_message_box_async (MullionBrowserWindow *window,
                                       JsonObject           *options,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  g_autoptr(MullionDialogQuestion) question = NULL;
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) buttons = NULL;
  MullionMessageBoxRequest request = { 0 };

  g_return_if_fail (window == NULL || MULLION_IS_BROWSER_WINDOW (window));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = create_task (window, cancellable, callback, user_data,
                      mullion_dialog_show_message_box_async);
  if (!mullion_dialog_options_read_message (options, &request, &buttons, &error)
      || !can_show (&error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  question = mullion_dialog_question_new (MULLION_DIALOG_MESSAGE, window, options,
                                          g_steal_pointer (&task));
  mullion_dialog_question_set_buttons (question, g_strv_length (buttons), request.cancel_id);
  show_message (question, window, &request);
}

/**
 * mullion_dialog_show_message_box_finish:
 * @result: what the callback got
 * @checkbox_checked: (out) (optional): whether the checkbox was checked
 * @error: (nullable): where to put an error
 *
 * Ends what [func@dialog_show_message_box_async] began.
 *
 * Returns: the index of the button that was pressed, `cancelId` where the box was closed, -1 with
 *   @error set
 *
 * Since: 0.1
 */
int
mullion_dialog_show_message_box_finish (GAsyncResult  *result,
                                        gboolean      *checkbox_checked,
                                        GError       **error)
{
  g_autoptr(JsonObject) answer = finish (result, mullion_dialog_show_message_box_async, error);

  if (checkbox_checked != NULL)
    *checkbox_checked =
      answer != NULL && json_object_get_boolean_member (answer, "checkboxChecked");
  return answer != NULL ? (int) json_object_get_int_member (answer, "response") : -1;
}

/**
 * mullion_dialog_show_error_box:
 * @title: what stands in large letters
 * @content: what stands below
 *
 * Shows an error, like Electron's `dialog.showErrorBox`, and does not wait for the user. Without a
 * display the error goes to standard error.
 *
 * Since: 0.1
 */
void
mullion_dialog_show_error_box (const char *title,
                               const char *content)
{
  static const char *const buttons[] = { "OK", NULL };
  const MullionMessageBoxRequest request = {
    .type = GTK_MESSAGE_ERROR, .message = title, .detail = content, .buttons = buttons,
  };
  g_autoptr(MullionDialogQuestion) question = NULL;
  g_autoptr(JsonObject) options = NULL;

  g_return_if_fail (title != NULL);
  g_return_if_fail (content != NULL);

  if (!can_show (NULL))
    {
      g_printerr ("%s\n%s\n", title, content);
      return;
    }

  options = json_object_new ();
  json_object_set_string_member (options, "title", title);
  json_object_set_string_member (options, "content", content);
  question = mullion_dialog_question_new (MULLION_DIALOG_ERROR, NULL, options, NULL);
  show_message (question, NULL, &request);
}

/* -- Without a person -- */

/**
 * mullion_dialog_answer_next:
 * @answer: (transfer full): what Electron's promise would resolve with: `filePaths` to open,
 *   `filePath` to save, `response` and `checkboxChecked` for a message box, or
 *   `{ "canceled": true }`
 * @error: (nullable): where to put an error
 *
 * Answers in the place of the user, for tests: the dialog that is open, of several the newest, or
 * else the next one, which is then never shown. Answers wait in the order in which they were given.
 *
 * A dialog that meets an answer of another kind fails with %MULLION_ERROR_INVALID_ARGUMENT; one
 * that is open stays so, and this call fails.
 *
 * Returns: %FALSE with @error set where this is no answer
 *
 * Since: 0.1
 */
gboolean
mullion_dialog_answer_next (JsonObject  *answer,
                            GError     **error)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  return mullion_dialog_question_answer_next (answer, error);
}

/**
 * mullion_dialog_dup_record:
 *
 * Gets which dialogs there were, for tests: the latest hundred, the oldest first. Each is an object
 * with its `type` (`open`, `save`, `message` or `error`), its `options`, the `windowId` where it
 * has one, and its `answer`, which is missing while it is open. One that failed has an `error`.
 *
 * Returns: (transfer full): an array
 *
 * Since: 0.1
 */
JsonNode *
mullion_dialog_dup_record (void)
{
  return mullion_dialog_question_dup_record ();
}
