/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mullion_own_files_dup_extension_dir (void);
char *mullion_own_files_dup_program       (const char *name);

G_END_DECLS
