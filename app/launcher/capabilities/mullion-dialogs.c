/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capabilities `dialog` and `dialogs`: the desktop's own open, save and message dialogs. Main
 * process.
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
       MullionBrowserWindow     **parent)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
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
  *parent = mullion_browser_window_from_web_contents (sender);

  question = g_new0 (Question, 1);
  question->event = g_object_ref (event);
  question->grants = g_object_ref (self->grants);
  question->busy = g_hash_table_ref (self->busy);
  question->sender_id = mullion_web_contents_get_id (sender);
  return question;
}

static void
add_paths (JsonBuilder *builder,
           char       **paths)
{
  json_builder_set_member_name (builder, "filePaths");
  json_builder_begin_array (builder);
  for (guint i = 0; paths[i] != NULL; i++)
    json_builder_add_string_value (builder, paths[i]);
  json_builder_end_array (builder);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static JsonBuilder *
begin_answer (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

static void
answer (Question    *question,
        JsonBuilder *builder)
{
  json_builder_end_object (builder);
  mullion_ipc_main_invoke_event_return (question->event, json_builder_get_root (builder));
}

/* Electron's answers: { canceled, filePaths } to open, { canceled, filePath } to save. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  g_auto (GStrv) paths = mullion_dialog_show_open_dialog_finish (result, &error);

  if (paths == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (question->event, error);
      return;
    }
  for (guint i = 0; paths[i] != NULL; i++)
    mullion_file_grants_add (question->grants, paths[i]);
  builder = begin_answer ();
  add_boolean (builder, "canceled", paths[0] == NULL);
  add_paths (builder, paths);
  answer (question, builder);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!mullion_dialog_show_save_dialog_finish (result, &path, &error))
    {
      mullion_ipc_main_invoke_event_return_error (question->event, error);
      return;
    }
  if (path != NULL)
    mullion_file_grants_add (question->grants, path);
  builder = begin_answer ();
  add_boolean (builder, "canceled", path == NULL);
  json_builder_set_member_name (builder, "filePath");
  json_builder_add_string_value (builder, path != NULL ? path : "");
  answer (question, builder);
}

static void
message_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  gboolean is_checked = FALSE;
  int response = mullion_dialog_show_message_box_finish (result, &is_checked, &error);

  if (error != NULL)
    {
      mullion_ipc_main_invoke_event_return_error (question->event, error);
      return;
    }
  builder = begin_answer ();
  json_builder_set_member_name (builder, "response");
  json_builder_add_int_value (builder, response);
  add_boolean (builder, "checkboxChecked", is_checked);
  answer (question, builder);
}

typedef void (*ShowDialog) (MullionBrowserWindow *window,
                            JsonObject           *options,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);

/* What the options say is checked by the dialog. */
static void
show (Dialogs                   *self,
      MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      ShowDialog                 show_dialog,
      GAsyncReadyCallback        callback)
{
  MullionBrowserWindow *parent;
  JsonObject *options;
  Question *question;
  GError *error = NULL;

  if (!mullion_arguments_check_count (args, 1, &error) ||
      !mullion_arguments_get_options (args, 0, &options, &error) ||
      !mullion_desktop_check_icon_option (options, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  question = begin (self, event, &parent);
  if (question != NULL)
    show_dialog (parent, options, mullion_ipc_main_invoke_event_get_cancellable (event), callback,
                 question);
}

static void
open_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  show (user_data, event, args, mullion_dialog_show_open_dialog_async, opened_cb);
}

static void
save_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  show (user_data, event, args, mullion_dialog_show_save_dialog_async, saved_cb);
}

static void
message_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  show (user_data, event, args, mullion_dialog_show_message_box_async, message_answered_cb);
}

static void
error_box_closed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  GError *error = NULL;

  mullion_dialog_show_message_box_finish (result, NULL, &error);
  mullion_desktop_answer (question->event, error);
}

/* Modal to the page's window as the others, for a page could open any number of those that are not. */
static void
error_box_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  g_autoptr (JsonArray) options = json_array_new ();
  JsonObject *box = json_object_new ();

  json_object_set_string_member (box, "type", "error");
  json_object_set_member (box, "message", json_array_dup_element (args, 0));
  json_object_set_member (box, "detail", json_array_dup_element (args, 1));
  json_array_add_object_element (options, box);
  show (user_data, event, options, mullion_dialog_show_message_box_async, error_box_closed_cb);
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

static Dialogs *
new_dialogs (MullionCapabilitySet *set)
{
  Dialogs *self = g_new0 (Dialogs, 1);

  self->grants = g_object_ref (mullion_capability_set_get_grants (set));
  self->busy = g_hash_table_new (NULL, NULL);

  return self;
}

static gpointer
open_module (MullionDesktop *desktop)
{
  return new_dialogs (mullion_desktop_get_set (desktop));
}

static const MullionDesktopMethod methods[] = {
  { "showErrorBox", error_box_cb,
    "[{\"type\":\"string\",\"maxLength\":65536},{\"type\":\"string\",\"maxLength\":65536}]" },
  { "showMessageBox", message_cb, MULLION_DESKTOP_OPTIONS },
  { "showOpenDialog", open_cb, MULLION_DESKTOP_OPTIONS },
  { "showSaveDialog", save_cb, MULLION_DESKTOP_OPTIONS },
  { NULL },
};

const MullionDesktopModule mullion_desktop_dialog = {
  .name = "dialog",
  .methods = methods,
  .open = open_module,
  .close = free_dialogs,
};

void
mullion_dialogs_add_handlers (MullionCapabilitySet *set)
{
  Dialogs *self = new_dialogs (set);

  mullion_capability_set_own (set, self, free_dialogs);
  mullion_capability_set_handle (set, "mullion:dialogs.open", open_cb, self);
  mullion_capability_set_handle (set, "mullion:dialogs.save", save_cb, self);
  mullion_capability_set_handle (set, "mullion:dialogs.message", message_cb, self);
}
