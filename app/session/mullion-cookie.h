/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* (transfer full): Electron's object of a cookie */
JsonObject *mullion_cookie_to_json      (SoupCookie  *cookie);
/* (transfer full) (nullable): the cookie that Electron's details of `cookies.set` mean */
SoupCookie *mullion_cookie_from_json    (JsonObject  *details,
                                         GError     **error);
/* Whether Electron's filter of `cookies.get` can be understood; @filter: (nullable) */
gboolean    mullion_cookie_check_filter (JsonObject  *filter,
                                         GError     **error);
/* Whether a cookie is one of those that a filter, which was checked, means; its `url` is not
 * looked at. */
gboolean    mullion_cookie_matches      (SoupCookie  *cookie,
                                         JsonObject  *filter);

G_END_DECLS
