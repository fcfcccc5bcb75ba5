/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-service.h"

G_BEGIN_DECLS

/* A token that no other request or session of this program has; (transfer full). */
char     *mullion_portal_request_new_token (void);

/* Calls a method of a portal that answers with a signal of a Request. @arguments: sunk; its options
 * hold @token as `handle_token`. @patience: in seconds, or 0 where a user is asked, who may take any
 * time. */
void      mullion_portal_request_async     (const MullionService *portal,
                                            const char           *method,
                                            GVariant             *arguments,
                                            const char           *token,
                                            guint                 patience,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);

/* (transfer full): the results, of type a{sv} */
GVariant *mullion_portal_request_finish    (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
