/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keeps F7 in a page from ending the program. Once is enough, before the first page. */
void mullion_caret_key_tame (void);

G_END_DECLS
