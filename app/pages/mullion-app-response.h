/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit.h>

#include "mullion-app-file.h"

G_BEGIN_DECLS

WebKitURISchemeResponse *mullion_app_response_new_file    (MullionAppFile *file,
                                                           const char     *range,
                                                           gboolean        has_body,
                                                           const char     *policy);
WebKitURISchemeResponse *mullion_app_response_new_message (guint           status,
                                                           const char     *message,
                                                           gboolean        has_body);
WebKitURISchemeResponse *mullion_app_response_new_detour  (const char     *uri);
guint                    mullion_app_response_status_for  (const GError   *error);

G_END_DECLS
