/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-printers.h"

#include "mullion-error.h"

#include <gtk/gtkunixprint.h>

/*
 * The printers that GTK knows. Main process.
 *
 * GTK tells of them as its backends find them, CUPS by the network; so nobody waits for the last one
 * who has what he looks for.
 */

typedef struct
{
  GTask *task;
  char *name; /* (nullable): of the one that was found */
} Search;

static gboolean
is_file_printer (GtkPrinter *printer)
{
  return gtk_printer_is_virtual (printer) && gtk_printer_accepts_pdf (printer) &&
         g_str_equal (G_OBJECT_TYPE_NAME (gtk_printer_get_backend (printer)), "GtkPrintBackendFile");
}

static gboolean
look_at_cb (GtkPrinter *printer,
            gpointer    user_data)
{
  Search *search = user_data;

  if (search->name == NULL && is_file_printer (printer))
    search->name = g_strdup (gtk_printer_get_name (printer));

  return search->name != NULL;
}

static void
end_search (gpointer user_data)
{
  Search *search = user_data;

  if (search->name != NULL)
    g_task_return_pointer (search->task, search->name, g_free);
  else
    g_task_return_new_error (search->task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                             "GTK's printer of files is missing: gtk-print-backends leaves out \"file\"");
  g_object_unref (search->task);
  g_free (search);
}

void
mullion_printers_find_file_async (GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Search *search = g_new0 (Search, 1);

  search->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (search->task, mullion_printers_find_file_async);
  gtk_enumerate_printers (look_at_cb, search, end_search, FALSE);
}

char *
mullion_printers_find_file_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
