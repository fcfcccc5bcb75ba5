/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable) (transfer full): what is missing of the programs that WebKit's sandbox is made with, for
 * a person to read; NULL when they are there. @root: "/" outside of tests. */
char *mullion_sandbox_helpers_dup_fault (const char *root);

G_END_DECLS
