/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-dialog.h"

/*
 * GTK's dialog of printing. Main process.
 *
 * WebKit has a function that shows it, and runs a main loop of its own until the user has answered;
 * in this one the app goes on.
 */

/* What WebKit does with the pages itself, for printers that cannot. */
#define CAPABILITIES \
  (GTK_PRINT_CAPABILITY_PAGE_SET | GTK_PRINT_CAPABILITY_COPIES | GTK_PRINT_CAPABILITY_COLLATE | \
   GTK_PRINT_CAPABILITY_REVERSE | GTK_PRINT_CAPABILITY_NUMBER_UP | \
   GTK_PRINT_CAPABILITY_NUMBER_UP_LAYOUT)

typedef struct
{
  MullionPrintOptions *options;
  GtkPrintUnixDialog *dialog;
  gulong cancelled_id;
} Question;

static void
free_question (Question *question)
{
  g_object_unref (question->dialog);
  g_free (question);
}

static void
take_answer (Question *question)
{
  MullionPrintOptions *options = question->options;
  GtkPrinter *printer = gtk_print_unix_dialog_get_selected_printer (question->dialog);

  g_object_unref (options->settings);
  options->settings = gtk_print_unix_dialog_get_settings (question->dialog);
  g_set_object (&options->page_setup, gtk_print_unix_dialog_get_page_setup (question->dialog));
  g_free (options->printer);
  options->printer = g_strdup (gtk_printer_get_name (printer));
}

static void
response_cb (GtkDialog *dialog,
             int        response,
             gpointer   user_data)
{
  g_autoptr(GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  gboolean is_wanted = response == GTK_RESPONSE_OK &&
                       gtk_print_unix_dialog_get_selected_printer (question->dialog) != NULL;

  g_signal_handlers_disconnect_by_data (dialog, task);
  g_cancellable_disconnect (g_task_get_cancellable (task), question->cancelled_id);
  if (is_wanted)
    take_answer (question);
  gtk_window_destroy (GTK_WINDOW (dialog));

  if (is_wanted)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Print job canceled");
}

static void
contents_closed_cb (GtkDialog *dialog)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
}

void
mullion_print_dialog_end_with (GtkPrintUnixDialog *dialog,
                               MullionWebContents *contents)
{
  g_signal_connect_object (contents, "closed", G_CALLBACK (contents_closed_cb), dialog,
                           G_CONNECT_SWAPPED);
}

static gboolean
close_cb (gpointer dialog)
{
  gtk_dialog_response (dialog, GTK_RESPONSE_CANCEL);
  return G_SOURCE_REMOVE;
}

/* Whoever cancels may hold a lock of the cancellable, so the answer comes later. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      dialog)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, g_object_ref (dialog), g_object_unref);
}

void
mullion_print_dialog_run_async (MullionWebContents  *contents,
                                MullionPrintOptions *options,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (contents, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (
    GTK_WIDGET (mullion_web_contents_get_web_view (contents)));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  g_task_set_source_tag (task, mullion_print_dialog_run_async);
  g_task_set_task_data (task, question, (GDestroyNotify) free_question);
  question->options = options;
  question->dialog = g_object_ref (
    GTK_PRINT_UNIX_DIALOG (gtk_print_unix_dialog_new (NULL, parent)));
  gtk_window_set_modal (GTK_WINDOW (question->dialog), parent != NULL);
  gtk_print_unix_dialog_set_manual_capabilities (question->dialog, CAPABILITIES);
  gtk_print_unix_dialog_set_embed_page_setup (question->dialog, TRUE);
  gtk_print_unix_dialog_set_page_setup (question->dialog, options->page_setup);
  gtk_print_unix_dialog_set_settings (question->dialog, options->settings);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), task);
  mullion_print_dialog_end_with (question->dialog, contents);
  if (cancellable != NULL)
    question->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                    g_object_ref (question->dialog),
                                                    g_object_unref);
  gtk_window_present (GTK_WINDOW (question->dialog));
}

gboolean
mullion_print_dialog_run_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
