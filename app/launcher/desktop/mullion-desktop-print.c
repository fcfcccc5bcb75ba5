/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `print`: the page that calls, on paper or as a document. Main process.
 *
 * A page writes no file but one that the user chose, whatever its options say; and to print without a
 * dialog is a part of the capability of its own, as paper is the user's.
 */

/* -- As a document -- */

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *pdf = mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result,
                                                          &error);

  mullion_desktop_answer_bytes (event, pdf, error);
}

static void
print_to_pdf_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents != NULL)
    mullion_web_contents_print_to_pdf_async (contents, mullion_desktop_get_object (args, 0),
                                             mullion_ipc_main_invoke_event_get_cancellable (event),
                                             printed_cb, g_object_ref (event));
}

/* A document on its way to the file that the user chose. */
typedef struct
{
  char *path;
  GBytes *pdf; /* (nullable): not there yet */
} Document;

static void
document_free (Document *document)
{
  g_free (document->path);
  g_clear_pointer (&document->pdf, g_bytes_unref);
  g_free (document);
}

/* Whatever happens, the old file or the new one is there, and all of it. */
static void
write_document (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Document *document = data;
  gsize size;
  const char *bytes = g_bytes_get_data (document->pdf, &size);
  GError *error = NULL;

  if (g_file_set_contents_full (document->path, bytes, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  mullion_desktop_answer (event, error);
}

static void
printed_for_file_cb (GObject      *contents,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Document *document = g_task_get_task_data (task);
  GError *error = NULL;

  document->pdf = mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result,
                                                            &error);
  if (document->pdf == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, write_document);
}

static void
save_pdf_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;
  Document *document;
  GTask *task;

  if (contents == NULL)
    return;
  if (!mullion_desktop_check_file (user_data, path, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  document = g_new0 (Document, 1);
  document->path = g_strdup (path);
  task = g_task_new (NULL, NULL, saved_cb, g_object_ref (event));
  g_task_set_task_data (task, document, (GDestroyNotify) document_free);
  mullion_web_contents_print_to_pdf_async (contents, mullion_desktop_get_object (args, 1),
                                           mullion_ipc_main_invoke_event_get_cancellable (event),
                                           printed_for_file_cb, task);
}

/* -- On paper -- */

static void
on_paper_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_web_contents_print_finish (MULLION_WEB_CONTENTS (contents), result, &error);
  mullion_desktop_answer (event, error);
}

static gboolean
is_silent (JsonObject *options)
{
  return options != NULL && json_object_has_member (options, "silent")
         && json_object_get_boolean_member (options, "silent");
}

static gboolean
check_target (MullionDesktop  *self,
              JsonObject      *options,
              GError         **error)
{
  return options == NULL || !json_object_has_member (options, "filePath")
         || mullion_desktop_check_file (self, json_object_get_string_member (options, "filePath"),
                                        error);
}

static void
print_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  JsonObject *options = mullion_desktop_get_object (args, 0);
  GError *error = NULL;

  if (contents == NULL
      || (is_silent (options) && !mullion_desktop_check_right (user_data, event, "silent")))
    return;
  if (!check_target (user_data, options, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  mullion_web_contents_print_async (contents, options,
                                    mullion_ipc_main_invoke_event_get_cancellable (event),
                                    on_paper_cb, g_object_ref (event));
}

static void
got_printers_cb (GObject      *contents,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr(JsonArray) printers =
    mullion_web_contents_get_printers_finish (MULLION_WEB_CONTENTS (contents), result, &error);

  if (printers == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event,
                                          json_node_init_array (json_node_alloc (), printers));
}

static void
get_printers_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents != NULL)
    mullion_web_contents_get_printers_async (contents,
                                             mullion_ipc_main_invoke_event_get_cancellable (event),
                                             got_printers_cb, g_object_ref (event));
}

#define PRINT                                                                                      \
  "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"object\",\"properties\":{"                       \
  "\"silent\":{\"type\":\"boolean\"},\"filePath\":{\"type\":\"string\",\"maxLength\":4096}}}],"     \
  "\"maxItems\":1}"

static const MullionDesktopMethod methods[] = {
  { "getPrinters", get_printers_cb, MULLION_DESKTOP_NOTHING },
  { "print", print_cb, PRINT },
  { "printToPDF", print_to_pdf_cb, MULLION_DESKTOP_OPTIONS },
  { "savePDF", save_pdf_cb,
    "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096},"
    "{\"type\":\"object\"}],\"minItems\":1,\"maxItems\":2}" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_print = {
  .name = "print",
  .methods = methods,
  .options = "{\"type\":\"object\",\"properties\":{\"silent\":{\"type\":\"boolean\"}},"
             "\"additionalProperties\":false}",
};
