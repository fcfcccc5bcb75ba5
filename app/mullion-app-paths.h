/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mullion_app_paths_dup (const char  *application_id,
                             const char  *name,
                             GError     **error);

G_END_DECLS
