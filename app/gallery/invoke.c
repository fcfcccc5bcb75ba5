/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * invoke and handle: four ways in which a call ends.
 *
 * The event is the call. A handler that answers later keeps a reference; one that lets its last
 * reference go without an answer has the promise rejected, so no page waits for ever.
 */

#define LARGEST 1e6
#define LONGEST_WAIT (10 * 1000)

static void
multiply (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  double a = 0;
  double b = 0;

  if (!gallery_args_get_number (args, 0, -LARGEST, LARGEST, &a, &error)
      || !gallery_args_get_number (args, 1, -LARGEST, LARGEST, &b, &error))
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    mullion_ipc_main_invoke_event_return (event, gallery_number_node (a * b));
}

static gboolean
answer_later_cb (gpointer user_data)
{
  MullionIpcMainInvokeEvent *event = user_data;

  mullion_ipc_main_invoke_event_return (event, gallery_string_node ("answered by a timer in C"));
  return G_SOURCE_REMOVE;
}

static void
later (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  double milliseconds = 0;

  if (!gallery_args_get_number (args, 0, 0, LONGEST_WAIT, &milliseconds, &error))
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) milliseconds, answer_later_cb,
                        g_object_ref (event), g_object_unref);
}

/* The dialog holds the event: closed in whatever way, the call ends with it. */
static void
answer_question (MullionIpcMainInvokeEvent *event,
                 gboolean                   confirmed)
{
  const char *answer = confirmed ? "confirm" : "cancel";

  mullion_ipc_main_invoke_event_return (event, gallery_string_node (answer));
}

#if GTK_CHECK_VERSION (4, 10, 0)

static void
choose_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;

  int chosen = gtk_alert_dialog_choose_finish (GTK_ALERT_DIALOG (source), result, NULL);

  answer_question (event, chosen == 1);
}

static void
open_question (GtkWindow                 *parent,
               const char                *text,
               MullionIpcMainInvokeEvent *event)
{
  const char *buttons[] = { "_Cancel", "C_onfirm", NULL };
  g_autoptr(GtkAlertDialog) dialog = gtk_alert_dialog_new ("%s", text);

  gtk_alert_dialog_set_buttons (dialog, buttons);
  gtk_alert_dialog_set_cancel_button (dialog, 0);
  gtk_alert_dialog_set_default_button (dialog, 1);
  gtk_alert_dialog_choose (dialog, parent, mullion_ipc_main_invoke_event_get_cancellable (event),
                           choose_cb, g_object_ref (event));
}

#else

static void
response_cb (GtkDialog *dialog,
             int        response,
             gpointer   user_data)
{
  answer_question (user_data, response == GTK_RESPONSE_OK);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
open_question (GtkWindow                 *parent,
               const char                *text,
               MullionIpcMainInvokeEvent *event)
{
  GtkDialogFlags flags = GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT;
  GtkWidget *dialog = gtk_message_dialog_new (parent, flags, GTK_MESSAGE_QUESTION,
                                              GTK_BUTTONS_NONE, "%s", text);

  gtk_dialog_add_buttons (GTK_DIALOG (dialog), "_Cancel", GTK_RESPONSE_CANCEL,
                          "C_onfirm", GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_object_ref (event),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  g_signal_connect_object (mullion_ipc_main_invoke_event_get_cancellable (event), "cancelled",
                           G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

static void
ask (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  const char *question = gallery_args_get_string (args, 0, 200, &error);
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);

  if (question == NULL)
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    open_question (GTK_WINDOW (mullion_browser_window_from_web_contents (sender)), question, event);
}

/* Only whether the file is there is told, and the path is fixed: a page does not get to look
 * around in the file system. */
static void
open_file (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autoptr(GFile) file = g_file_new_for_path ("/there/is/no/such/file");
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, &error);

  if (stream == NULL)
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    mullion_ipc_main_invoke_event_return (event, gallery_string_node ("It is there after all"));
}

void
gallery_invoke_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "invoke:multiply", multiply, NULL, NULL);
  mullion_ipc_main_handle (ipc, "invoke:later", later, NULL, NULL);
  mullion_ipc_main_handle (ipc, "invoke:ask", ask, NULL, NULL);
  mullion_ipc_main_handle (ipc, "invoke:open-file", open_file, NULL, NULL);
}
