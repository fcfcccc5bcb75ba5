/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Finds the printer of GTK that writes files: it has another name in each language. */
void  mullion_printers_find_file_async  (GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* (transfer full): its name */
char *mullion_printers_find_file_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
