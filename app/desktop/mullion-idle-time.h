/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For how long nobody has touched the machine, by whoever knows it. */
void mullion_idle_time_read_async  (GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* In seconds; -1 with @error set, which is UNAVAILABLE where nobody knows. */
int  mullion_idle_time_read_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
