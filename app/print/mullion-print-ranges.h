/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Says in @settings which pages a text such as "1-5, 8, 11-" means. */
gboolean mullion_print_ranges_apply (const char        *text,
                                     GtkPrintSettings  *settings,
                                     GError           **error);

G_END_DECLS
