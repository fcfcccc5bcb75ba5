/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WINDOW_OPEN_REQUEST (mullion_window_open_request_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWindowOpenRequest, mullion_window_open_request, MULLION, WINDOW_OPEN_REQUEST, GObject)

/**
 * MullionWindowOpenHandler:
 * @contents: the page that wants a window
 * @request: what it wants
 * @user_data: what was given with the handler
 *
 * Decides whether a page gets the window that it asks for, like the function that Electron's
 * `setWindowOpenHandler` takes.
 *
 * Returns: %TRUE for Electron's `{ action: 'allow' }`, %FALSE for `{ action: 'deny' }`
 *
 * Since: 0.1
 */
typedef gboolean (*MullionWindowOpenHandler) (MullionWebContents       *contents,
                                              MullionWindowOpenRequest *request,
                                              gpointer                  user_data);

MULLION_AVAILABLE_IN_ALL
const char *mullion_window_open_request_get_url (MullionWindowOpenRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_window_open_request_get_frame_name (MullionWindowOpenRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_window_open_request_get_disposition (MullionWindowOpenRequest *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_window_open_request_is_user_gesture (MullionWindowOpenRequest *self);
MULLION_AVAILABLE_IN_ALL
void mullion_window_open_request_override_options (MullionWindowOpenRequest *self,
                                                   JsonObject               *options);
MULLION_AVAILABLE_IN_ALL
void mullion_window_open_request_set_outlives_opener (MullionWindowOpenRequest *self,
                                                      gboolean                  outlives);

MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_set_window_open_handler (MullionWebContents       *self,
                                                   MullionWindowOpenHandler  handler,
                                                   gpointer                  user_data,
                                                   GDestroyNotify            destroy);

G_END_DECLS
