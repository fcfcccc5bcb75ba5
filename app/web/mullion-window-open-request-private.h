/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-window-open-request.h"

G_BEGIN_DECLS

/* Whether the user clicked so that a link shall open elsewhere, as browsers have it. */
gboolean                  mullion_window_open_request_is_meant         (WebKitNavigationAction   *action);
/* @frame_name: (nullable) */
MullionWindowOpenRequest *mullion_window_open_request_new              (WebKitNavigationAction   *action,
                                                                        const char               *frame_name);
JsonObject               *mullion_window_open_request_get_options      (MullionWindowOpenRequest *self);
gboolean                  mullion_window_open_request_outlives_opener  (MullionWindowOpenRequest *self);

G_END_DECLS
