/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_session_clear_storage_data_async (MullionSession      *self,
                                               JsonObject          *options,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_clear_storage_data_finish (MullionSession  *self,
                                                    GAsyncResult    *result,
                                                    GError         **error);
MULLION_AVAILABLE_IN_ALL
void mullion_session_clear_cache_async (MullionSession      *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_clear_cache_finish (MullionSession  *self,
                                             GAsyncResult    *result,
                                             GError         **error);

G_END_DECLS
