/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The address of a file that takes some seconds to come, from a server of this process on this machine;
 * the first call starts it.
 *
 * Returns: (transfer full) (nullable) */
char *gallery_slow_server_dup_uri (GError **error);
void  gallery_slow_server_stop    (void);

G_END_DECLS
