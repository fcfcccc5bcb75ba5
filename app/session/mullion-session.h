/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-permission-request.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SESSION (mullion_session_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSession, mullion_session, MULLION, SESSION, GObject)

MULLION_AVAILABLE_IN_ALL
MullionSession *mullion_session_get_default (MullionApp *app);
MULLION_AVAILABLE_IN_ALL
MullionSession *mullion_session_from_partition (MullionApp *app,
                                                const char *partition);
MULLION_AVAILABLE_IN_ALL
MullionSession *mullion_web_contents_get_session (MullionWebContents *self);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_is_persistent (MullionSession *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_session_get_storage_path (MullionSession *self);
MULLION_AVAILABLE_IN_ALL
WebKitNetworkSession *mullion_session_get_network_session (MullionSession *self);

MULLION_AVAILABLE_IN_ALL
void mullion_session_set_permission_request_handler (MullionSession                  *self,
                                                     MullionPermissionRequestHandler  handler,
                                                     gpointer                         user_data,
                                                     GDestroyNotify                   destroy);
MULLION_AVAILABLE_IN_ALL
void mullion_session_set_permission_check_handler (MullionSession                *self,
                                                   MullionPermissionCheckHandler  handler,
                                                   gpointer                       user_data,
                                                   GDestroyNotify                 destroy);

MULLION_AVAILABLE_IN_ALL
void mullion_session_download_uri (MullionSession *self,
                                   const char     *uri);

G_END_DECLS
