/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void        mullion_safe_storage_is_encryption_available_async  (MullionApp           *app,
                                                                 GCancellable         *cancellable,
                                                                 GAsyncReadyCallback   callback,
                                                                 gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean    mullion_safe_storage_is_encryption_available_finish (GAsyncResult         *result,
                                                                 GError              **error);
MULLION_AVAILABLE_IN_ALL
const char *mullion_safe_storage_get_selected_storage_backend   (void);

MULLION_AVAILABLE_IN_ALL
void    mullion_safe_storage_encrypt_string_async  (MullionApp           *app,
                                                    const char           *text,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
GBytes *mullion_safe_storage_encrypt_string_finish (GAsyncResult         *result,
                                                    GError              **error);
MULLION_AVAILABLE_IN_ALL
void    mullion_safe_storage_decrypt_string_async  (MullionApp           *app,
                                                    GBytes               *encrypted,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
char   *mullion_safe_storage_decrypt_string_finish (GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
