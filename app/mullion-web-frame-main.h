/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WEB_FRAME_MAIN (mullion_web_frame_main_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionWebFrameMain, mullion_web_frame_main, MULLION, WEB_FRAME_MAIN, GObject)

MULLION_AVAILABLE_IN_ALL
guint64 mullion_web_frame_main_get_frame_id (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_web_frame_main_get_url (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_web_frame_main_get_origin (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_frame_main_is_main_frame (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_frame_main_is_detached (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_web_frame_main_get_web_contents (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
MullionIpcMain *mullion_web_frame_main_get_ipc (MullionWebFrameMain *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_frame_main_send (MullionWebFrameMain *self,
                                      const char          *channel,
                                      JsonArray           *args);

MULLION_AVAILABLE_IN_ALL
void mullion_web_frame_main_invoke_async (MullionWebFrameMain *self,
                                          const char          *channel,
                                          JsonArray           *args,
                                          guint                timeout_msec,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_web_frame_main_invoke_finish (MullionWebFrameMain  *self,
                                                GAsyncResult         *result,
                                                GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_frame_main_post_message (MullionWebFrameMain     *self,
                                              const char              *channel,
                                              JsonNode                *message,
                                              MullionMessagePortMain **ports,
                                              guint                    n_ports,
                                              GError                 **error);

G_END_DECLS
