/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_save_page_async (MullionWebContents  *self,
                                           const char          *path,
                                           const char          *save_type,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_save_page_finish (MullionWebContents  *self,
                                                GAsyncResult        *result,
                                                GError             **error);

G_END_DECLS
