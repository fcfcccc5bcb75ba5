/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_capture_area_async (MullionWebContents  *self,
                                              const GdkRectangle  *area,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
GBytes *mullion_web_contents_capture_area_finish (MullionWebContents  *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_zoom_level (MullionWebContents *self,
                                          double              level);
MULLION_AVAILABLE_IN_ALL
double mullion_web_contents_get_zoom_level (MullionWebContents *self);

G_END_DECLS
