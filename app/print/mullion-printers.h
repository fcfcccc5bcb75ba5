/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MULLION_PRINTER_DEFAULT, /* else the first one */
  MULLION_PRINTER_NAMED,
  MULLION_PRINTER_FILE, /* GTK's own, that writes files: it has another name in each language */
} MullionPrinterKind;

/* @name: (nullable): of the printer, for MULLION_PRINTER_NAMED */
void  mullion_printers_find_async  (MullionPrinterKind    kind,
                                    const char           *name,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* (transfer full): its name */
char *mullion_printers_find_finish (GAsyncResult         *result,
                                    GError              **error);
/* @task: (transfer full): returns a #JsonArray of Electron's `PrinterInfo` */
void  mullion_printers_list         (GTask                *task);

G_END_DECLS
