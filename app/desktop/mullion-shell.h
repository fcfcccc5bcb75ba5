/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_shell_open_external_async (const char          *url,
                                        GtkWindow           *parent,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_shell_open_external_finish (GAsyncResult  *result,
                                             GError       **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_shell_check_external (const char  *url,
                                       GError     **error);
MULLION_AVAILABLE_IN_ALL
void mullion_shell_set_external_schemes (const char *const *schemes);

G_END_DECLS
