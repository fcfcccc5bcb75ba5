/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page of @view says that the press which is held there was at a drag region, and the @clicks-th
 * in a row. Returns whether there is one. */
gboolean mullion_window_drag_begin (GtkWidget *view,
                                    int        clicks);

G_END_DECLS
