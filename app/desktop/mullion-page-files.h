/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <webkit/webkit.h>

G_BEGIN_DECLS

void      mullion_page_files_watch (WebKitWebView     *view);
/* What a driver of UI tests is about to choose, without a dialog. */
void      mullion_page_files_give  (WebKitWebView     *view,
                                    const char *const *paths);
/* (transfer full): the paths of the files of these names that were dropped last, or else chosen last.
 * null where it were others, and true where they are not known yet.
 * @names: (nullable): of all that were dropped */
JsonNode *mullion_page_files_take  (WebKitWebView     *view,
                                    gboolean           is_drop,
                                    JsonArray         *names);

G_END_DECLS
