/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_session_add_content_filter_async (MullionSession      *self,
                                               const char          *name,
                                               const char          *rules,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_add_content_filter_finish (MullionSession  *self,
                                                    GAsyncResult    *result,
                                                    GError         **error);
MULLION_AVAILABLE_IN_ALL
void mullion_session_remove_content_filter (MullionSession *self,
                                            const char     *name);

G_END_DECLS
