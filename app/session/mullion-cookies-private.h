/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-cookies.h"

G_BEGIN_DECLS

MullionCookies *mullion_cookies_new (WebKitCookieManager *manager);

G_END_DECLS
