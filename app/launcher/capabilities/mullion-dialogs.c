/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"
#include "mullion-dialog-options.h"

/*
 * The capability `dialogs`: the desktop's own open, save and message dialogs. Main process.
 *
 * A dialog is modal to the window whose page asked, and goes when that page goes. A page has one at
 * a time: a loop in a page shall not be able to bury the desktop. The files that the user chose are
 * granted to `text-files` for the rest of the run, which is the only way in for them.
 */

/* One question under way, from the call to its answer. */
typedef struct
{
  MullionIpcMainInvokeEvent *event;
  MullionFileGrants *grants;
  GHashTable *busy; /* ids of the web contents that have a dialog */
  guint sender_id;
  gboolean is_save;
} Question;

typedef struct
{
  MullionFileGrants *grants;
  GHashTable *busy;
} Dialogs;

static void
free_question (Question *question)
{
  g_hash_table_remove (question->busy, GUINT_TO_POINTER (question->sender_id));
  g_hash_table_unref (question->busy);
  g_object_unref (question->grants);
  g_object_unref (question->event);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, free_question)

/* NULL when the page has a dialog already, or is gone; the call is answered then. */
static Question *
begin (Dialogs                   *self,
       MullionIpcMainInvokeEvent *event,
       GtkWindow                **parent)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  MullionBrowserWindow *window;
  Question *question;

  *parent = NULL;
  if (sender == NULL)
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_GONE,
                                                      "the page is gone");
      return NULL;
    }
  if (!g_hash_table_add (self->busy, GUINT_TO_POINTER (mullion_web_contents_get_id (sender))))
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_NOT_ALLOWED,
                                                      "this page has a dialog open already");
      return NULL;
    }
  window = mullion_browser_window_from_web_contents (sender);
  *parent = window != NULL ? GTK_WINDOW (window) : NULL;

  question = g_new0 (Question, 1);
  question->event = g_object_ref (event);
  question->grants = g_object_ref (self->grants);
  question->busy = g_hash_table_ref (self->busy);
  question->sender_id = mullion_web_contents_get_id (sender);
  return question;
}

static void
add_paths (JsonBuilder *builder,
           GPtrArray   *paths)
{
  json_builder_set_member_name (builder, "filePaths");
  json_builder_begin_array (builder);
  for (guint i = 0; i < paths->len; i++)
    json_builder_add_string_value (builder, paths->pdata[i]);
  json_builder_end_array (builder);
}

/* Electron's answers: { canceled, filePaths } to open, { canceled, filePath } to save. */
static JsonNode *
describe_choice (Question  *question,
                 GPtrArray *paths)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "canceled");
  json_builder_add_boolean_value (builder, paths->len == 0);
  if (question->is_save)
    {
      json_builder_set_member_name (builder, "filePath");
      json_builder_add_string_value (builder, paths->len > 0 ? paths->pdata[0] : "");
    }
  else
    add_paths (builder, paths);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* All or nothing: a place on another machine has no path here, and a page cannot name bytes that
 * are no text. */
static GPtrArray *
collect_paths (GListModel  *files,
               GError     **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path == NULL || !g_utf8_validate (path, -1, NULL))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "a file was chosen that has no path here, or none in UTF-8");
          return NULL;
        }
      g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  return g_steal_pointer (&paths);
}

static void
files_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  GError *error = NULL;

  files = mullion_file_chooser_choose_finish (result, &error);
  if (files != NULL)
    paths = collect_paths (files, &error);
  if (paths == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (question->event, error);
      return;
    }
  for (guint i = 0; i < paths->len; i++)
    mullion_file_grants_add (question->grants, paths->pdata[i]);
  mullion_ipc_main_invoke_event_return (question->event, describe_choice (question, paths));
}

static void
choose_files (Dialogs                    *self,
              MullionIpcMainInvokeEvent  *event,
              JsonArray                  *args,
              gboolean                    is_save)
{
  g_autoptr (MullionFileChooserRequest) request = NULL;
  JsonObject *options;
  Question *question;
  GtkWindow *parent;
  GError *error = NULL;

  if (mullion_arguments_check_count (args, 1, &error) &&
      mullion_arguments_get_options (args, 0, &options, &error))
    request = is_save ? mullion_dialog_options_read_save (options, &error)
                      : mullion_dialog_options_read_open (options, &error);
  if (request == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  question = begin (self, event, &parent);
  if (question == NULL)
    return;
  question->is_save = is_save;
  mullion_file_chooser_choose_async (request, parent,
                                     mullion_ipc_main_invoke_event_get_cancellable (event),
                                     files_chosen_cb, question);
}

static void
open_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  choose_files (user_data, event, args, FALSE);
}

static void
save_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  choose_files (user_data, event, args, TRUE);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  int response = mullion_message_box_ask_finish (result, &error);

  if (error != NULL)
    {
      mullion_ipc_main_invoke_event_return_error (question->event, error);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "response");
  json_builder_add_int_value (builder, response);
  json_builder_end_object (builder);
  mullion_ipc_main_invoke_event_return (question->event, json_builder_get_root (builder));
}

static void
message_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  MullionMessageBoxRequest request = { 0 };
  g_auto (GStrv) buttons = NULL;
  JsonObject *options;
  Question *question;
  GtkWindow *parent;
  GError *error = NULL;

  if (!mullion_arguments_check_count (args, 1, &error) ||
      !mullion_arguments_get_options (args, 0, &options, &error) ||
      !mullion_dialog_options_read_message (options, &request, &buttons, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  question = begin (user_data, event, &parent);
  if (question == NULL)
    return;
  mullion_message_box_ask_async (&request, parent,
                                 mullion_ipc_main_invoke_event_get_cancellable (event),
                                 answered_cb, question);
}

/* A question that is still open keeps what it needs itself. */
static void
free_dialogs (gpointer data)
{
  Dialogs *self = data;

  g_hash_table_unref (self->busy);
  g_object_unref (self->grants);
  g_free (self);
}

void
mullion_dialogs_add_handlers (MullionCapabilitySet *set)
{
  Dialogs *self = g_new0 (Dialogs, 1);

  self->grants = g_object_ref (mullion_capability_set_get_grants (set));
  self->busy = g_hash_table_new (NULL, NULL);
  mullion_capability_set_own (set, self, free_dialogs);

  mullion_capability_set_handle (set, "mullion:dialogs.open", open_cb, self);
  mullion_capability_set_handle (set, "mullion:dialogs.save", save_cb, self);
  mullion_capability_set_handle (set, "mullion:dialogs.message", message_cb, self);
}
