/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether this program is in a sandbox, whose autostart folder nobody reads. */
gboolean mullion_background_portal_is_needed      (void);

/* @argv: what is started with the session, if @opens. */
void     mullion_background_portal_request_async  (gboolean              opens,
                                                   const char *const    *argv,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean mullion_background_portal_request_finish (GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
