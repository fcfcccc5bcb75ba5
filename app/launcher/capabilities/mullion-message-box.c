/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-box.h"

/*
 * A question to the user, with one face for two GTK interfaces. Main process.
 *
 * GtkAlertDialog came with GTK 4.10, and GtkMessageDialog is deprecated since: which one is used is
 * decided when Mullion is built. A page that went away cancels, and the box closes with it.
 */

/* GTK reads "_" in a label as the mark of a mnemonic; a page means the character. */
static GStrv
escape_labels (const char *const *labels)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; labels[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (labels[i], "_", -1);
      g_autofree char *escaped = g_strjoinv ("__", parts);

      g_strv_builder_add (builder, escaped);
    }
  return g_strv_builder_end (builder);
}

#if GTK_CHECK_VERSION (4, 10, 0)

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  int button = gtk_alert_dialog_choose_finish (GTK_ALERT_DIALOG (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL)
    button = gtk_alert_dialog_get_cancel_button (GTK_ALERT_DIALOG (source));
  g_task_return_int (task, button);
}

static void
ask (const MullionMessageBoxRequest *request,
     const char *const              *labels,
     GtkWindow                      *parent,
     GTask                          *task)
{
  g_autoptr (GtkAlertDialog) dialog = gtk_alert_dialog_new ("%s", request->message);

  gtk_alert_dialog_set_modal (dialog, TRUE);
  if (request->detail != NULL)
    gtk_alert_dialog_set_detail (dialog, request->detail);
  gtk_alert_dialog_set_buttons (dialog, labels);
  gtk_alert_dialog_set_default_button (dialog, request->default_id);
  gtk_alert_dialog_set_cancel_button (dialog, request->cancel_id);
  gtk_alert_dialog_choose (dialog, parent, g_task_get_cancellable (task), chosen_cb, task);
}

#else

static void
responded_cb (GtkDialog *dialog,
              int        response,
              gpointer   user_data)
{
  g_autoptr (GTask) task = user_data;
  int cancel_id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "mullion-cancel-id"));

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_int (task, response >= 0 ? response : cancel_id);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* From the main loop and not from inside the cancellation, whose lock is still held there. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  gtk_dialog_response (GTK_DIALOG (user_data), GTK_RESPONSE_CANCEL);
  return G_SOURCE_REMOVE;
}

static void
destroy_source_cb (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static void
watch_cancellable (GTask     *task,
                   GtkWidget *dialog)
{
  GSource *source;

  if (g_task_get_cancellable (task) == NULL)
    return;
  source = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), dialog, NULL);
  g_source_attach (source, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "mullion-cancel-source", source, destroy_source_cb);
}

static void
ask (const MullionMessageBoxRequest *request,
     const char *const              *labels,
     GtkWindow                      *parent,
     GTask                          *task)
{
  GtkWidget *dialog;

  /* Not destroyed with its parent, for then nobody would answer: the page of a window that closes
   * is gone too, and that cancels. */
  dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL, request->type, GTK_BUTTONS_NONE, "%s",
                                   request->message);
  if (request->title != NULL)
    gtk_window_set_title (GTK_WINDOW (dialog), request->title);
  if (request->detail != NULL)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", request->detail);
  for (int i = 0; labels[i] != NULL; i++)
    gtk_dialog_add_button (GTK_DIALOG (dialog), labels[i], i);
  if (request->default_id >= 0)
    gtk_dialog_set_default_response (GTK_DIALOG (dialog), request->default_id);
  g_object_set_data (G_OBJECT (dialog), "mullion-cancel-id", GINT_TO_POINTER (request->cancel_id));

  g_signal_connect (dialog, "response", G_CALLBACK (responded_cb), task);
  watch_cancellable (task, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

void
mullion_message_box_ask_async (const MullionMessageBoxRequest *request,
                               GtkWindow                      *parent,
                               GCancellable                   *cancellable,
                               GAsyncReadyCallback             callback,
                               gpointer                        user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_auto (GStrv) labels = escape_labels (request->buttons);

  g_task_set_source_tag (task, mullion_message_box_ask_async);
  ask (request, (const char *const *) labels, parent, task);
}

int
mullion_message_box_ask_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
