/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-print.h"

#include "mullion-options.h"
#include "mullion-print-dialog.h"
#include "mullion-printers.h"
#include "mullion-web-contents-private.h"

/*
 * The printing of MullionWebContents on paper. Main process.
 *
 * A job goes from its options to a printer, which is found or which the user chooses, and from there
 * to WebKit, after the other jobs of its page.
 */

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
print_job (GTask *task)
{
  MullionPrintOptions *options = g_task_get_task_data (task);

  gtk_print_settings_set_printer (options->settings, options->printer);
  mullion_web_contents_print_with (g_task_get_source_object (task), options,
                                   g_task_get_cancellable (task), printed_cb, g_object_ref (task));
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (mullion_print_dialog_run_finish (result, &error))
    print_job (task);
  else
    g_task_return_error (task, error);
}

/* Where there is no page, nobody is asked how to print it. */
static void
ask (GTask *task)
{
  MullionWebContents *self = g_task_get_source_object (task);
  MullionPrintOptions *options = g_task_get_task_data (task);

  if (self->is_destroyed)
    {
      print_job (task);
      return;
    }
  if (options->printer != NULL)
    gtk_print_settings_set_printer (options->settings, options->printer);
  mullion_print_dialog_run_async (self, options, g_task_get_cancellable (task), answered_cb,
                                  g_object_ref (task));
}

static void
found_printer_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  MullionPrintOptions *options = g_task_get_task_data (task);
  GError *error = NULL;
  char *printer = mullion_printers_find_finish (result, &error);

  if (printer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_free (options->printer);
  options->printer = printer;
  if (options->is_silent)
    print_job (task);
  else
    ask (task);
}

/* @path: (out) (nullable) (transfer none): the file to print into */
static MullionPrintOptions *
read_job (JsonObject  *object,
          const char **path,
          GError     **error)
{
  g_autoptr(MullionPrintOptions) options = mullion_print_options_read_job (object, error);

  if (options == NULL || !mullion_options_get_string (object, "filePath", G_MAXSIZE, path, error) ||
      (*path != NULL && !mullion_print_options_aim_at (options, *path, error)))
    return NULL;

  return g_steal_pointer (&options);
}

/* A printer that is named is looked for, even if the user may choose another one. */
static void
start_job (GTask      *owned_task,
           const char *path)
{
  g_autoptr(GTask) task = owned_task;
  MullionPrintOptions *options = g_task_get_task_data (task);
  MullionPrinterKind kind = options->printer != NULL ? MULLION_PRINTER_NAMED
                                                     : MULLION_PRINTER_DEFAULT;

  if (options->is_silent && path != NULL)
    kind = MULLION_PRINTER_FILE;
  else if (options->is_silent && options->printer != NULL)
    kind = MULLION_PRINTER_NAMED_ON_PAPER;
  if (!options->is_silent && kind == MULLION_PRINTER_DEFAULT)
    ask (task);
  else
    mullion_printers_find_async (kind, options->printer, g_task_get_cancellable (task),
                                 found_printer_cb, g_object_ref (task));
}

/**
 * mullion_web_contents_print_async:
 * @self: web contents
 * @options: (nullable): what Electron's `print` takes: `silent`, `deviceName`, `printBackground`,
 *   `color`, `margins`, `landscape`, `scaleFactor`, `pagesPerSheet`, `collate`, `copies`,
 *   `pageRanges`, `duplexMode`, `dpi` and `pageSize`; and `filePath`
 * @cancellable: (nullable): to give up, and to close the dialog
 * @callback: (scope async): called when it is on its way to the printer
 * @user_data: given to @callback
 *
 * Prints the page, like Electron's `contents.print`: the user chooses a printer and how, unless it is
 * `silent`. Then it goes to the printer `deviceName`, which cannot be GTK's own of files, or to the
 * default one.
 *
 * `filePath` is Mullion's own: with `silent` the page goes into that PDF file, an absolute path, and
 * to no printer. An app that hands on the options of a page takes it out of them. `header` and
 * `footer` fail with %MULLION_ERROR_NOT_SUPPORTED.
 *
 * Since: 0.1
 */
void
mullion_web_contents_print_async (MullionWebContents  *self,
                                  JsonObject          *options,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  MullionPrintOptions *job;
  const char *path = NULL;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_print_async);
  job = read_job (options, &path, &error);
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, job, (GDestroyNotify) mullion_print_options_free);

  start_job (g_steal_pointer (&task), path);
}

/**
 * mullion_web_contents_print_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why it is not printed: %G_IO_ERROR_CANCELLED when the user does not want to,
 *   %MULLION_ERROR_NOT_FOUND for a printer that is not there, %MULLION_ERROR_UNAVAILABLE when there
 *   is none, %MULLION_ERROR_INVALID_ARGUMENT, %MULLION_ERROR_NOT_SUPPORTED, %MULLION_ERROR_GONE, or
 *   one of `WebKitPrintError`
 *
 * Ends [method@WebContents.print_async].
 *
 * Returns: whether it is on its way to the printer
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_print_finish (MullionWebContents  *self,
                                   GAsyncResult        *result,
                                   GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_web_contents_get_printers_async:
 * @self: web contents
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called with the printers
 * @user_data: given to @callback
 *
 * Looks for printers, like Electron's `contents.getPrintersAsync`. GTK's own, that writes files, is
 * one of them. It waits for all that answer, some on the network.
 *
 * Since: 0.1
 */
void
mullion_web_contents_get_printers_async (MullionWebContents  *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_get_printers_async);
  mullion_printers_list (task);
}

/**
 * mullion_web_contents_get_printers_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Ends [method@WebContents.get_printers_async].
 *
 * Each printer is an object with the `name` that is a `deviceName` of [method@WebContents.print_async],
 * its `displayName`, a `description` and `options` of the system: `printer-location` and
 * `printer-state-message`.
 *
 * Returns: (transfer full): the printers
 *
 * Since: 0.1
 */
JsonArray *
mullion_web_contents_get_printers_finish (MullionWebContents  *self,
                                          GAsyncResult        *result,
                                          GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
