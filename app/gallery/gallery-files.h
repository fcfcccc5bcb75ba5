/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Writes a file of the Gallery's own, over the one of that name.
 *
 * Returns: (transfer full) (nullable): its path */
char *gallery_write_file (MullionApp  *app,
                          const char  *name,
                          const char  *text,
                          GError     **error);

G_END_DECLS
