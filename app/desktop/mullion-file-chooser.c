/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-file-chooser.h"

/*
 * The user's choice of files, with one face for two GTK interfaces. Main process.
 *
 * GtkFileDialog came with GTK 4.10, and GtkFileChooserNative is deprecated since: which one is used
 * is decided when Mullion is built. Both ask the desktop's portal where there is one. Someone who
 * closes the dialog has chosen nothing, which is an answer and no error; a page that went away
 * cancels, and the dialog closes with it.
 */

MullionFileChooserRequest *
mullion_file_chooser_request_new (MullionFileChooserMode mode)
{
  MullionFileChooserRequest *self = g_new0 (MullionFileChooserRequest, 1);

  self->mode = mode;
  self->filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  return self;
}

void
mullion_file_chooser_request_free (MullionFileChooserRequest *self)
{
  g_free (self->title);
  g_free (self->label);
  g_free (self->folder);
  g_free (self->name);
  g_object_unref (self->filters);
  g_free (self);
}

static GFile *
create_folder (const MullionFileChooserRequest *request)
{
  return request->folder != NULL ? g_file_new_for_path (request->folder) : NULL;
}

#if GTK_CHECK_VERSION (4, 10, 0)

static GListModel *
wrap_file (GFile *file)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  if (file != NULL)
    g_list_store_append (files, file);
  g_clear_object (&file);
  return G_LIST_MODEL (files);
}

static GListModel *
finish_dialog (GtkFileDialog          *dialog,
               MullionFileChooserMode  mode,
               gboolean                is_multiple,
               GAsyncResult           *result,
               GError                **error)
{
  if (mode == MULLION_FILE_CHOOSER_SAVE)
    return wrap_file (gtk_file_dialog_save_finish (dialog, result, error));
  if (mode == MULLION_FILE_CHOOSER_OPEN_FOLDER)
    return is_multiple ? gtk_file_dialog_select_multiple_folders_finish (dialog, result, error)
                       : wrap_file (gtk_file_dialog_select_folder_finish (dialog, result, error));
  return is_multiple ? gtk_file_dialog_open_multiple_finish (dialog, result, error)
                     : wrap_file (gtk_file_dialog_open_finish (dialog, result, error));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const MullionFileChooserRequest *request = g_task_get_task_data (task);
  g_autoptr (GListModel) files = NULL;
  GError *error = NULL;

  files = finish_dialog (GTK_FILE_DIALOG (source), request->mode, request->is_multiple, result,
                         &error);
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&files), g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
           g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      g_task_return_pointer (task, g_list_store_new (G_TYPE_FILE), g_object_unref);
    }
  else
    g_task_return_error (task, error);
}

static void
show_dialog (GtkFileDialog                   *dialog,
             const MullionFileChooserRequest *request,
             GtkWindow                       *parent,
             GTask                           *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (request->mode == MULLION_FILE_CHOOSER_SAVE)
    gtk_file_dialog_save (dialog, parent, cancellable, chosen_cb, task);
  else if (request->mode == MULLION_FILE_CHOOSER_OPEN_FOLDER && request->is_multiple)
    gtk_file_dialog_select_multiple_folders (dialog, parent, cancellable, chosen_cb, task);
  else if (request->mode == MULLION_FILE_CHOOSER_OPEN_FOLDER)
    gtk_file_dialog_select_folder (dialog, parent, cancellable, chosen_cb, task);
  else if (request->is_multiple)
    gtk_file_dialog_open_multiple (dialog, parent, cancellable, chosen_cb, task);
  else
    gtk_file_dialog_open (dialog, parent, cancellable, chosen_cb, task);
}

static void
choose (const MullionFileChooserRequest *request,
        GtkWindow                       *parent,
        GTask                           *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) folder = create_folder (request);
  MullionFileChooserRequest *kept = g_new0 (MullionFileChooserRequest, 1);

  kept->mode = request->mode;
  kept->is_multiple = request->is_multiple;
  g_task_set_task_data (task, kept, g_free);

  gtk_file_dialog_set_modal (dialog, TRUE);
  if (request->title != NULL)
    gtk_file_dialog_set_title (dialog, request->title);
  if (request->label != NULL)
    gtk_file_dialog_set_accept_label (dialog, request->label);
  if (folder != NULL)
    gtk_file_dialog_set_initial_folder (dialog, folder);
  if (request->name != NULL)
    gtk_file_dialog_set_initial_name (dialog, request->name);
  if (g_list_model_get_n_items (G_LIST_MODEL (request->filters)) > 0)
    gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (request->filters));
  show_dialog (dialog, request, parent, task);
}

#else

static gboolean
release_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

static void
responded_cb (GtkNativeDialog *dialog,
              int              response,
              gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (g_task_return_error_if_cancelled (task))
    ;
  else if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_pointer (task, g_list_store_new (G_TYPE_FILE), g_object_unref);
  gtk_native_dialog_destroy (dialog);
  /* The window behind it is hidden now, but GTK 4.8 has a frame of it under way that still looks at
   * it: the window may go once that is over. */
  g_idle_add_full (G_PRIORITY_LOW, release_cb, g_object_ref (dialog), NULL);
}

/* From the main loop and not from inside the cancellation, whose lock is still held there. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GtkNativeDialog *dialog = user_data;

  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_CANCEL);
  return G_SOURCE_REMOVE;
}

static void
destroy_source_cb (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

/* The watch goes with the task, so that no cancellation reaches a dialog that has answered. */
static void
watch_cancellable (GTask           *task,
                   GtkNativeDialog *dialog)
{
  GSource *source;

  if (g_task_get_cancellable (task) == NULL)
    return;
  source = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), dialog, NULL);
  g_source_attach (source, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "mullion-cancel-source", source, destroy_source_cb);
}

static GtkFileChooserAction
get_action (MullionFileChooserMode mode)
{
  switch (mode)
    {
    case MULLION_FILE_CHOOSER_SAVE:
      return GTK_FILE_CHOOSER_ACTION_SAVE;
    case MULLION_FILE_CHOOSER_OPEN_FOLDER:
      return GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
    case MULLION_FILE_CHOOSER_OPEN_FILE:
    default:
      return GTK_FILE_CHOOSER_ACTION_OPEN;
    }
}

static void
choose (const MullionFileChooserRequest *request,
        GtkWindow                       *parent,
        GTask                           *task)
{
  GtkFileChooserNative *native;
  GtkFileChooser *chooser;
  g_autoptr (GFile) folder = create_folder (request);

  native = gtk_file_chooser_native_new (request->title, parent, get_action (request->mode),
                                        request->label, NULL);
  chooser = GTK_FILE_CHOOSER (native);
  gtk_file_chooser_set_select_multiple (chooser, request->is_multiple);
  /* A folder that is not there is no reason not to ask: the dialog then starts where it likes. */
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  if (request->name != NULL)
    gtk_file_chooser_set_current_name (chooser, request->name);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (request->filters)); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (G_LIST_MODEL (request->filters), i);

      gtk_file_chooser_add_filter (chooser, filter);
    }

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  /* The task owns the dialog, and the answer ends both. */
  g_task_set_task_data (task, native, g_object_unref);
  g_signal_connect (native, "response", G_CALLBACK (responded_cb), task);
  watch_cancellable (task, GTK_NATIVE_DIALOG (native));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

#endif

void
mullion_file_chooser_choose_async (const MullionFileChooserRequest *request,
                                   GtkWindow                       *parent,
                                   GCancellable                    *cancellable,
                                   GAsyncReadyCallback              callback,
                                   gpointer                         user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mullion_file_chooser_choose_async);
  choose (request, parent, task);
}

GListModel *
mullion_file_chooser_choose_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
