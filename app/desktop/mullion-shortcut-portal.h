/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @session: as mullion_shortcut_portal_bind_finish () gave it. @is_over: it will be heard no more. */
typedef void (*MullionShortcutPortalFunc) (const char *session,
                                           gboolean    is_over);

void  mullion_shortcut_portal_bind_async  (guint                       key,
                                           GdkModifierType             modifiers,
                                           MullionShortcutPortalFunc   func,
                                           GCancellable               *cancellable,
                                           GAsyncReadyCallback         callback,
                                           gpointer                    user_data);
/* (transfer full): the session, which stands for the shortcut */
char *mullion_shortcut_portal_bind_finish (GAsyncResult               *result,
                                           GError                    **error);
void  mullion_shortcut_portal_close       (const char                 *session);

G_END_DECLS
