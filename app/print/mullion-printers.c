/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-printers.h"

#include "mullion-error.h"

#include <gtk/gtkunixprint.h>
#include <json-glib/json-glib.h>

/*
 * The printers that GTK knows. Main process.
 *
 * GTK tells of them as its backends find them, CUPS by the network; so nobody waits for the last one
 * who has what he looks for.
 */

typedef struct
{
  GTask *task;
  MullionPrinterKind kind;
  char *wanted; /* (nullable) */
  char *name;   /* (nullable): of the one that was found */
  char *other;  /* (nullable): of the first one that prints on paper */
} Search;

static gboolean
is_file_printer (GtkPrinter *printer)
{
  return gtk_printer_is_virtual (printer) && gtk_printer_accepts_pdf (printer) &&
         g_str_equal (G_OBJECT_TYPE_NAME (gtk_printer_get_backend (printer)), "GtkPrintBackendFile");
}

static gboolean
is_wanted (Search     *search,
           GtkPrinter *printer)
{
  if (search->kind == MULLION_PRINTER_FILE)
    return is_file_printer (printer);
  /* Nobody would have said where to. */
  if (search->kind == MULLION_PRINTER_NAMED_ON_PAPER && is_file_printer (printer))
    return FALSE;
  if (search->wanted != NULL)
    return g_strcmp0 (gtk_printer_get_name (printer), search->wanted) == 0;

  return gtk_printer_is_default (printer);
}

static gboolean
look_at_cb (GtkPrinter *printer,
            gpointer    user_data)
{
  Search *search = user_data;

  if (search->name == NULL && is_wanted (search, printer))
    search->name = g_strdup (gtk_printer_get_name (printer));
  if (search->other == NULL && !gtk_printer_is_virtual (printer))
    search->other = g_strdup (gtk_printer_get_name (printer));

  return search->name != NULL;
}

static GError *
new_error (Search *search)
{
  if (search->kind == MULLION_PRINTER_FILE)
    return g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                        "GTK's printer of files is missing: gtk-print-backends leaves out \"file\"");
  if (search->wanted != NULL)
    return g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_FOUND, "Invalid deviceName provided");

  return g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE, "No printers available on the network");
}

static void
end_search (gpointer user_data)
{
  Search *search = user_data;

  /* Some systems have printers and no default. */
  if (search->name == NULL && search->kind == MULLION_PRINTER_DEFAULT)
    search->name = g_steal_pointer (&search->other);
  if (search->name != NULL)
    g_task_return_pointer (search->task, search->name, g_free);
  else
    g_task_return_error (search->task, new_error (search));
  g_object_unref (search->task);
  g_free (search->wanted);
  g_free (search->other);
  g_free (search);
}

void
mullion_printers_find_async (MullionPrinterKind   kind,
                             const char          *name,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Search *search = g_new0 (Search, 1);

  search->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (search->task, mullion_printers_find_async);
  search->kind = kind;
  search->wanted = g_strdup (name);
  gtk_enumerate_printers (look_at_cb, search, end_search, FALSE);
}

char *
mullion_printers_find_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- All of them -- */

typedef struct
{
  GTask *task;
  JsonArray *printers;
} List;

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  json_object_set_string_member (object, name, text != NULL ? text : "");
}

static gboolean
describe_cb (GtkPrinter *printer,
             gpointer    user_data)
{
  List *list = user_data;
  JsonObject *object = json_object_new ();
  JsonObject *options = json_object_new ();

  set_text (object, "name", gtk_printer_get_name (printer));
  set_text (object, "displayName", gtk_printer_get_name (printer));
  set_text (object, "description", gtk_printer_get_description (printer));
  set_text (options, "printer-location", gtk_printer_get_location (printer));
  set_text (options, "printer-state-message", gtk_printer_get_state_message (printer));
  json_object_set_object_member (object, "options", options);
  json_array_add_object_element (list->printers, object);

  return g_cancellable_is_cancelled (g_task_get_cancellable (list->task));
}

static void
end_list (gpointer user_data)
{
  List *list = user_data;

  g_task_return_pointer (list->task, list->printers, (GDestroyNotify) json_array_unref);
  g_object_unref (list->task);
  g_free (list);
}

void
mullion_printers_list (GTask *task)
{
  List *list = g_new0 (List, 1);

  list->task = task;
  list->printers = json_array_new ();
  gtk_enumerate_printers (describe_cb, list, end_list, FALSE);
}
