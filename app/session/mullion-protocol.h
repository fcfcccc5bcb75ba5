/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-protocol-request.h"

G_BEGIN_DECLS

/**
 * MullionProtocolHandler:
 * @request: what a page wants; take a reference to answer later
 * @user_data: what was given with the handler
 *
 * Answers what pages ask of a scheme, like the handler of Electron's `protocol.handle`.
 *
 * Since: 0.1
 */
typedef void (*MullionProtocolHandler) (MullionProtocolRequest *request,
                                        gpointer                user_data);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_handle_protocol (MullionSession          *self,
                                          const char              *scheme,
                                          MullionProtocolHandler   handler,
                                          gpointer                 user_data,
                                          GDestroyNotify           destroy,
                                          GError                 **error);
MULLION_AVAILABLE_IN_ALL
void mullion_session_unhandle_protocol (MullionSession *self,
                                        const char     *scheme);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_is_protocol_handled (MullionSession *self,
                                              const char     *scheme);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_protocol_check_scheme (const char  *scheme,
                                        GError     **error);
MULLION_AVAILABLE_IN_ALL
void mullion_app_allow_scheme_content (MullionApp *app,
                                       const char *scheme);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_register_schemes_as_privileged (MullionApp  *app,
                                                     JsonArray   *schemes,
                                                     GError     **error);

G_END_DECLS
