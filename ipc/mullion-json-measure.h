/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The memory that the values of one text may take, about. It is four times the longest frame: what
 * people send is far below, and what is made to fill the memory is refused before it is read. */
#define MULLION_JSON_MAX_MEMORY (512u * 1024 * 1024)

gboolean mullion_json_check_memory (const char  *text,
                                    gsize        length,
                                    GError     **error);

G_END_DECLS
