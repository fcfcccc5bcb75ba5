/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "print-fixture.h"

#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>
#include <string.h>

/* The dialog of printing: that of the app, and that of a page that calls print (). */

static GtkPrintUnixDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_PRINT_UNIX_DIALOG (window) && gtk_widget_get_mapped (window))
        return GTK_PRINT_UNIX_DIALOG (window);
    }

  return NULL;
}

static void
test_dialog (PrintFixture *fixture,
             gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "page.pdf", NULL);
  g_autofree char *json = print_dup_job (fixture, FALSE, path);
  GtkPrintUnixDialog *dialog;

  print_begin_job (fixture, json, NULL);
  ipc_wait_until ((dialog = find_dialog ()) != NULL);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) ==
                 GTK_WINDOW (fixture->window->window));
  ipc_wait_until (gtk_print_unix_dialog_get_selected_printer (dialog) != NULL);
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  ipc_wait_until (fixture->n_answers == 1);
  print_read_file (fixture, path);
  g_assert_cmpint (memcmp (g_bytes_get_data (fixture->pdf, NULL), "%PDF-", 5), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_dialog_closed (PrintFixture *fixture,
                    gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  print_begin_job (fixture, "{}", NULL);
  ipc_wait_until (find_dialog () != NULL);
  gtk_dialog_response (GTK_DIALOG (find_dialog ()), GTK_RESPONSE_CANCEL);
  ipc_wait_until (fixture->n_answers == 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->error->message, ==, "Print job canceled");

  print_begin_job (fixture, "{}", cancellable);
  ipc_wait_until (find_dialog () != NULL);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (fixture->n_answers == 2);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (find_dialog ());
}

/* The dialog goes with its window. */
static void
test_dialog_destroyed (PrintFixture *fixture,
                       gconstpointer data)
{
  MullionWebContents *contents = g_object_ref (fixture->window->contents);

  print_begin_job (fixture, "{}", NULL);
  ipc_wait_until (find_dialog () != NULL);
  mullion_browser_window_destroy (fixture->window->window);
  ipc_wait_until (fixture->n_answers == 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (find_dialog ());

  print_job (fixture, "{ \"silent\": true, \"filePath\": \"/nowhere/page.pdf\" }");
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_object_unref (contents);
}

static void
note_closed_cb (gboolean *is_closed)
{
  *is_closed = TRUE;
}

static gboolean
destroy_window_cb (gpointer user_data)
{
  PrintFixture *fixture = user_data;

  if (find_dialog () == NULL)
    return G_SOURCE_CONTINUE;

  mullion_browser_window_destroy (fixture->window->window);
  return G_SOURCE_REMOVE;
}

/* WebKit waits for the answer in a main loop of its own, which must end with the window. */
static void
test_page_asks (PrintFixture *fixture,
                gconstpointer data)
{
  g_autoptr(GObject) contents = g_object_ref (G_OBJECT (fixture->window->contents));
  gboolean is_closed = FALSE;

  g_signal_connect_swapped (contents, "closed", G_CALLBACK (note_closed_cb), &is_closed);
  g_timeout_add (10, destroy_window_cb, fixture);
  mullion_web_contents_execute_javascript_async (fixture->window->contents, "print()", NULL, NULL,
                                                 NULL);
  ipc_wait_until (is_closed);
  g_assert_null (find_dialog ());
}

int
main (int    argc,
      char **argv)
{
  static const PrintTest tests[] = {
    { "/print-dialog/answered", test_dialog },
    { "/print-dialog/closed", test_dialog_closed },
    { "/print-dialog/destroyed", test_dialog_destroyed },
    { "/print-dialog/page-asks", test_page_asks },
  };

  return print_run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
