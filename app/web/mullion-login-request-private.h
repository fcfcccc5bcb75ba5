/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-login-request.h"

G_BEGIN_DECLS

/* Hands on to the app who wants a name and a password of the user in the view of @contents. */
void mullion_login_request_watch (MullionWebContents *contents,
                                  WebKitWebView      *view);

G_END_DECLS
