/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

#include "mullion-printers.h"

#include <glib/gstdio.h>

/*
 * The printing of MullionWebContents into bytes. Main process.
 *
 * WebKit prints to a printer, and GTK has one that writes files. What it writes is read back from a
 * folder that only this user can look into.
 */

typedef struct
{
  MullionPrintOptions *options;
  char *folder; /* (nullable) */
  char *path;   /* (nullable) */
} PdfJob;

static void
free_pdf_job (PdfJob *job)
{
  if (job->path != NULL)
    g_unlink (job->path);
  if (job->folder != NULL)
    g_rmdir (job->folder);
  g_clear_pointer (&job->options, mullion_print_options_free);
  g_free (job->folder);
  g_free (job->path);
  g_free (job);
}

void
mullion_web_contents_fail_printing (MullionWebContents *self)
{
  if (self->printing != NULL)
    mullion_printing_fail (self->printing);
}

void
mullion_web_contents_print_with (MullionWebContents  *self,
                                 MullionPrintOptions *options,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mullion_web_contents_print_with);
  /* WebKit crashes when the page has no process. */
  if (self->is_destroyed || self->host == NULL)
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_GONE, "There is no page");
      g_object_unref (task);
      return;
    }

  if (self->printing == NULL)
    self->printing = mullion_printing_new (self->view);
  mullion_printing_add (self->printing, options, task);
}

static void
loaded_cb (GObject      *file,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = g_file_load_bytes_finish (G_FILE (file), result, NULL, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static void
printed_cb (GObject      *contents,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  PdfJob *job = g_task_get_task_data (task);
  g_autoptr(GFile) file = g_file_new_for_path (job->path);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    g_file_load_bytes_async (file, g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
}

static gboolean
aim_at_file (PdfJob      *job,
             const char  *printer,
             GError     **error)
{
  job->folder = g_dir_make_tmp ("mullion-print-XXXXXX", error);
  if (job->folder == NULL)
    return FALSE;

  job->path = g_build_filename (job->folder, "page.pdf", NULL);
  gtk_print_settings_set_printer (job->options->settings, printer);
  return mullion_print_options_aim_at (job->options, job->path, error);
}

static void
found_file_printer_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  MullionWebContents *self = g_task_get_source_object (task);
  PdfJob *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *printer = mullion_printers_find_finish (result, &error);

  if (printer == NULL || !aim_at_file (job, printer, &error))
    g_task_return_error (task, error);
  else
    mullion_web_contents_print_with (self, job->options, g_task_get_cancellable (task),
                                     printed_cb, g_object_ref (task));
}

/**
 * mullion_web_contents_print_to_pdf_async:
 * @self: web contents
 * @options: (nullable): what Electron's `printToPDF` takes: `landscape`, `printBackground`, `scale`,
 *   `pageSize`, `margins` and `pageRanges`
 * @cancellable: (nullable): to give up; what is being printed already is printed to its end
 * @callback: (scope async): called with the file
 * @user_data: given to @callback
 *
 * Prints the page into a PDF file in memory, like Electron's `contents.printToPDF`.
 *
 * Lengths are inches: `pageSize` is the name of a paper, `Letter` where nothing is said, or an object
 * with `width` and `height`, and `margins` an object with `top`, `bottom`, `left` and `right`, each
 * a centimetre where nothing is said. `scale` is from 0.1 to 2. `pageRanges` is a text such as
 * `1-5, 8, 11-13`, and all pages where it is empty.
 *
 * WebKitGTK prints no header and footer, does not look at `@page`, and makes neither tags nor an
 * outline: `displayHeaderFooter`, `preferCSSPageSize`, `generateTaggedPDF` and
 * `generateDocumentOutline` fail with %MULLION_ERROR_NOT_SUPPORTED.
 *
 * Several of these for one page are done one after the other.
 *
 * Since: 0.1
 */
void
mullion_web_contents_print_to_pdf_async (MullionWebContents  *self,
                                         JsonObject          *options,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  PdfJob *job;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_print_to_pdf_async);
  job = g_new0 (PdfJob, 1);
  g_task_set_task_data (task, job, (GDestroyNotify) free_pdf_job);
  job->options = mullion_print_options_read_pdf (options, &error);

  if (job->options == NULL)
    g_task_return_error (task, error);
  else
    mullion_printers_find_async (MULLION_PRINTER_FILE, NULL, cancellable, found_file_printer_cb,
                                 g_steal_pointer (&task));
}

/**
 * mullion_web_contents_print_to_pdf_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why there is no file: %MULLION_ERROR_INVALID_ARGUMENT for options that mean nothing,
 *   %MULLION_ERROR_NOT_SUPPORTED for those that WebKitGTK has not, %MULLION_ERROR_GONE when the page
 *   went away, or one of `WebKitPrintError`
 *
 * Ends [method@WebContents.print_to_pdf_async].
 *
 * Returns: (transfer full): the PDF file
 *
 * Since: 0.1
 */
GBytes *
mullion_web_contents_print_to_pdf_finish (MullionWebContents  *self,
                                          GAsyncResult        *result,
                                          GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
