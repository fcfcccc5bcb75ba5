/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-print.h"

#include "mullion-print-dialog.h"

/*
 * The dialog that WebKit shows when a script of a page calls print (). Main process.
 *
 * WebKit alone knows which frame is to be printed, so the dialog is left to it. But it runs the main loop
 * until that is answered, and forgets its page: the dialog would stay when the window has gone, and the
 * app could not end. So it is answered when the page is closed.
 */

static void
toplevels_changed_cb (GListModel         *toplevels,
                      guint               position,
                      guint               n_removed,
                      guint               n_added,
                      MullionWebContents *contents)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(GObject) toplevel = g_list_model_get_item (toplevels, i);

      if (GTK_IS_PRINT_UNIX_DIALOG (toplevel))
        mullion_print_dialog_end_with (GTK_PRINT_UNIX_DIALOG (toplevel), contents);
    }
}

static gboolean
stop_cb (gpointer contents)
{
  g_signal_handlers_disconnect_by_func (gtk_window_get_toplevels (), toplevels_changed_cb, contents);
  return G_SOURCE_REMOVE;
}

void
mullion_page_print_begin (MullionWebContents *contents)
{
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (toplevels_changed_cb), contents, G_CONNECT_DEFAULT);
  /* The dialog is there before the loop runs again. */
  g_idle_add_full (G_PRIORITY_HIGH, stop_cb, g_object_ref (contents), g_object_unref);
}
