/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says once on stderr what a page wanted and no rule allows. */
void mullion_rule_note (const char *format,
                        ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
