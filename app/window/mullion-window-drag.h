/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has @view remember which button is down in it. */
void     mullion_window_drag_watch (GtkWidget *view);

/* The page says that the press was at a drag region, and the @clicks-th in a row. Returns whether
 * there is one. */
gboolean mullion_window_drag_begin (GtkWidget *view,
                                    int        clicks);

G_END_DECLS
