/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-print-options.h"
#include "mullion-web-contents.h"

#include <gtk/gtkunixprint.h>

G_BEGIN_DECLS

/* Answers the dialog, as if the user had cancelled, when the page is closed. */
void     mullion_print_dialog_end_with   (GtkPrintUnixDialog   *dialog,
                                          MullionWebContents   *contents);

/* Asks the user, and puts what he wants into @options.
 * @contents: not destroyed; the dialog is closed with them
 * @options: (transfer none): kept by whom this calls back */
void     mullion_print_dialog_run_async  (MullionWebContents   *contents,
                                          MullionPrintOptions  *options,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Fails with G_IO_ERROR_CANCELLED when the user does not want to print. */
gboolean mullion_print_dialog_run_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
