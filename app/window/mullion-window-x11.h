/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (nullable): the surface of a window that is realized, on X11 */
GdkSurface *mullion_window_x11_get_surface      (GtkWindow  *window);
/* Whether all of @values were there, of the property that the window system or its manager has set. */
gboolean    mullion_window_x11_read_cardinals   (GdkSurface *surface,
                                                 const char *name,
                                                 long       *values,
                                                 gulong      n_values);

/* What follows asks the window manager about a window that is mapped. */
void        mullion_window_x11_change_state     (GdkSurface *surface,
                                                 const char *state,
                                                 gboolean    is_on);
void        mullion_window_x11_change_desktops  (GdkSurface *surface,
                                                 gboolean    is_on_all);
/* @sibling (nullable): above this one, and not above all */
void        mullion_window_x11_raise            (GdkSurface *surface,
                                                 GdkSurface *sibling);

/* These are properties of the window, which others read. */
void        mullion_window_x11_set_accept_focus (GdkSurface *surface,
                                                 gboolean    accept_focus);
void        mullion_window_x11_set_opacity      (GdkSurface *surface,
                                                 double      opacity);

G_END_DECLS
