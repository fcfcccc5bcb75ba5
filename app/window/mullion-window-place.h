/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the frame of a window stands, in pixels of the app. Both answer FALSE where the window
 * system keeps that to itself, and for a window that is not realized. */
gboolean mullion_window_place_get      (GtkWindow  *window,
                                        int        *x,
                                        int        *y);
/* The same for what is within its frame. */
gboolean mullion_window_place_get_inner (GtkWindow *window,
                                        int        *x,
                                        int        *y);
gboolean mullion_window_place_set      (GtkWindow  *window,
                                        int         x,
                                        int         y);

/* Whether windows of @display have places at all. */
gboolean mullion_window_place_is_known (GdkDisplay *display);

/* (transfer full) (element-type GdkRectangle): the monitors of @display, the first one first */
GArray  *mullion_window_place_list     (GdkDisplay *display);

G_END_DECLS
