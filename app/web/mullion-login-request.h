/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_LOGIN_REQUEST (mullion_login_request_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionLoginRequest, mullion_login_request, MULLION, LOGIN_REQUEST, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_login_request_get_url (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_login_request_is_proxy (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_login_request_get_scheme (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_login_request_get_host (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
guint mullion_login_request_get_port (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_login_request_get_realm (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_login_request_is_retry (MullionLoginRequest *self);
MULLION_AVAILABLE_IN_ALL
void mullion_login_request_authenticate (MullionLoginRequest *self,
                                         const char          *username,
                                         const char          *password);
MULLION_AVAILABLE_IN_ALL
void mullion_login_request_cancel (MullionLoginRequest *self);

G_END_DECLS
