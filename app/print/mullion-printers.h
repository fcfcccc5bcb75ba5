/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MULLION_PRINTER_DEFAULT, /* else the first one */
  MULLION_PRINTER_NAMED, /* any of that name */
  MULLION_PRINTER_NAMED_ON_PAPER, /* but GTK's own, that writes files */
  MULLION_PRINTER_FILE, /* that one, which has another name in each language */
} MullionPrinterKind;

/* @name: (nullable): of the printer, for the two that are named */
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
