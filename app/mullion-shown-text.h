/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): what of a page's text may stand in a message to a person. */
char *mullion_shown_text_dup (const char *text);

G_END_DECLS
