/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Reads `pageSize` and `landscape`. @unit: how many millimetres `width` and `height` are counted in
 * @fallback: (nullable): the paper where nothing is said, else what @setup has */
gboolean mullion_print_paper_read        (JsonObject    *options,
                                          double         unit,
                                          const char    *fallback,
                                          GtkPageSetup  *setup,
                                          GError       **error);
/* In millimetres; they must leave something of the page. */
gboolean mullion_print_paper_set_margins (GtkPageSetup  *setup,
                                          double         top,
                                          double         bottom,
                                          double         left,
                                          double         right,
                                          GError       **error);

G_END_DECLS
