/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_print_async (MullionWebContents  *self,
                                       JsonObject          *options,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_print_finish (MullionWebContents  *self,
                                            GAsyncResult        *result,
                                            GError             **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_get_printers_async (MullionWebContents  *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
JsonArray *mullion_web_contents_get_printers_finish (MullionWebContents  *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

G_END_DECLS
