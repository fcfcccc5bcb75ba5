/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mullion_app_path_decode (const char  *uri,
                               const char  *origin,
                               GError     **error);
char *mullion_app_path_encode (const char  *path,
                               GError     **error);

G_END_DECLS
