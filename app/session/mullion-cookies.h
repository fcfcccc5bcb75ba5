/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_COOKIES (mullion_cookies_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionCookies, mullion_cookies, MULLION, COOKIES, GObject)

MULLION_AVAILABLE_IN_ALL
void mullion_cookies_get_async (MullionCookies      *self,
                                JsonObject          *filter,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
JsonArray *mullion_cookies_get_finish (MullionCookies  *self,
                                       GAsyncResult    *result,
                                       GError         **error);
MULLION_AVAILABLE_IN_ALL
void mullion_cookies_set_async (MullionCookies      *self,
                                JsonObject          *details,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_cookies_set_finish (MullionCookies  *self,
                                     GAsyncResult    *result,
                                     GError         **error);
MULLION_AVAILABLE_IN_ALL
void mullion_cookies_remove_async (MullionCookies      *self,
                                   const char          *url,
                                   const char          *name,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_cookies_remove_finish (MullionCookies  *self,
                                        GAsyncResult    *result,
                                        GError         **error);

MULLION_AVAILABLE_IN_ALL
void mullion_cookies_flush_store_async (MullionCookies      *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_cookies_flush_store_finish (MullionCookies  *self,
                                             GAsyncResult    *result,
                                             GError         **error);

MULLION_AVAILABLE_IN_ALL
MullionCookies *mullion_session_get_cookies (MullionSession *session);

G_END_DECLS
