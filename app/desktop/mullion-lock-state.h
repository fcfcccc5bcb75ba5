/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the screen is locked, by whoever says so. Not to know it is no error: then it is not. */
void     mullion_lock_state_read_async  (GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean mullion_lock_state_read_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
