/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-permission-request.h"

G_BEGIN_DECLS

/* Electron's name for what WebKit asks, "unknown" for what Electron has no name for. */
const char               *mullion_permission_request_name (WebKitPermissionRequest *wish);

MullionPermissionRequest *mullion_permission_request_new  (MullionWebContents      *contents,
                                                           WebKitPermissionRequest *wish);

G_END_DECLS
