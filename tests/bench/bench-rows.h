/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     bench_rows_print (GHashTable  *series);
gboolean bench_rows_save  (GHashTable  *series,
                           const char  *path,
                           GError     **error);

G_END_DECLS
