/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-box.h"

#include "mullion-icon-file.h"

/*
 * A question to the user. Main process.
 *
 * GtkAlertDialog came with GTK 4.10, and GtkMessageDialog is deprecated since; but only the older
 * one can have a checkbox, as Electron's boxes do. A question that is taken back cancels, and the
 * box closes with it.
 */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#define ICON_SIZE 48

typedef struct
{
  int cancel_id;
  GtkWidget *checkbox; /* (nullable) (unowned): lives as long as the box */
  gboolean is_checked; /* when the box was answered */
} Box;

/* A page means the character where GTK reads the mark of a mnemonic. */
char *
mullion_message_box_escape (const char *label)
{
  g_auto(GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
responded_cb (GtkDialog *dialog,
              int        response,
              gpointer   user_data)
{
  g_autoptr(GTask) task = user_data;
  Box *box = g_task_get_task_data (task);

  if (box->checkbox != NULL)
    box->is_checked = gtk_check_button_get_active (GTK_CHECK_BUTTON (box->checkbox));
  g_signal_handlers_disconnect_by_data (dialog, task);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_int (task, response >= 0 ? response : box->cancel_id);
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

static GtkWidget *
add_checkbox (GtkWidget                      *dialog,
              const MullionMessageBoxRequest *request)
{
  GtkWidget *area = gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog));
  GtkWidget *checkbox = gtk_check_button_new_with_label (request->checkbox);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (checkbox), request->is_checked);
  gtk_box_append (GTK_BOX (area), checkbox);
  return checkbox;
}

static void
add_icon (GtkWidget  *dialog,
          const char *icon)
{
  GtkWidget *area = gtk_message_dialog_get_message_area (GTK_MESSAGE_DIALOG (dialog));
  g_autoptr(GdkPixbuf) picture = mullion_icon_file_read (icon, ICON_SIZE);
  g_autoptr(GdkTexture) texture = picture != NULL ? gdk_texture_new_for_pixbuf (picture) : NULL;
  GtkWidget *image = texture != NULL ? gtk_image_new_from_paintable (GDK_PAINTABLE (texture))
                                     : gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), ICON_SIZE);
  gtk_box_prepend (GTK_BOX (area), image);
}

static GtkWidget *
create_dialog (const MullionMessageBoxRequest *request,
               GtkWindow                      *parent)
{
  /* Not destroyed with its parent, for then nobody would answer. */
  GtkWidget *dialog = gtk_message_dialog_new (parent, parent != NULL ? GTK_DIALOG_MODAL : 0,
                                              request->type, GTK_BUTTONS_NONE, "%s",
                                              request->message);

  if (request->title != NULL)
    gtk_window_set_title (GTK_WINDOW (dialog), request->title);
  if (request->detail != NULL)
    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", request->detail);
  if (request->icon != NULL)
    add_icon (dialog, request->icon);
  for (int i = 0; request->buttons[i] != NULL; i++)
    {
      g_autofree char *label = mullion_message_box_escape (request->buttons[i]);

      gtk_dialog_add_button (GTK_DIALOG (dialog), label, i);
    }
  if (request->default_id >= 0)
    gtk_dialog_set_default_response (GTK_DIALOG (dialog), request->default_id);
  return dialog;
}

void
mullion_message_box_ask_async (const MullionMessageBoxRequest *request,
                               GtkWindow                      *parent,
                               GCancellable                   *cancellable,
                               GAsyncReadyCallback             callback,
                               gpointer                        user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkWidget *dialog = create_dialog (request, parent);
  Box *box = g_new0 (Box, 1);

  g_task_set_source_tag (task, mullion_message_box_ask_async);
  box->cancel_id = request->cancel_id;
  box->is_checked = request->is_checked;
  if (request->checkbox != NULL)
    box->checkbox = add_checkbox (dialog, request);
  g_task_set_task_data (task, box, g_free);

  g_signal_connect (dialog, "response", G_CALLBACK (responded_cb), task);
  watch_cancellable (task, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

int
mullion_message_box_ask_finish (GAsyncResult  *result,
                                gboolean      *is_checked,
                                GError       **error)
{
  Box *box = g_task_get_task_data (G_TASK (result));

  *is_checked = box->is_checked;
  return g_task_propagate_int (G_TASK (result), error);
}

G_GNUC_END_IGNORE_DEPRECATIONS
