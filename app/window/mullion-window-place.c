/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-place.h"

#include "mullion-window-x11.h"

#include <gdk/x11/gdkx.h>

/*
 * The place of a window on the display. GTK 4 has no word for it, as Wayland does not tell programs
 * where their windows are; X11 does, and is asked here directly.
 *
 * Main process. X11 counts device pixels and the app its own, the scale factor between them.
 */

/* What the window manager drew around the window, to the left and above; 0 without one. */
static void
get_frame (GdkSurface *surface,
           int        *left,
           int        *top)
{
  long extents[4] = { 0 };

  mullion_window_x11_read_cardinals (surface, "_NET_FRAME_EXTENTS", extents,
                                     G_N_ELEMENTS (extents));
  *left = (int) extents[0];
  *top = (int) extents[2];
}

/* In device pixels. */
static gboolean
find_origin (GdkSurface *surface,
             int        *x,
             int        *y)
{
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  Window child;

  return XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface),
                                DefaultRootWindow (display), 0, 0, x, y, &child);
}

gboolean
mullion_window_place_get (GtkWindow *window,
                          int       *x,
                          int       *y)
{
  GdkSurface *surface = mullion_window_x11_get_surface (window);
  int left, top, scale;

  if (surface == NULL || !find_origin (surface, x, y))
    return FALSE;

  scale = gdk_surface_get_scale_factor (surface);
  get_frame (surface, &left, &top);
  *x = (*x - left) / scale;
  *y = (*y - top) / scale;
  return TRUE;
}

gboolean
mullion_window_place_get_inner (GtkWindow *window,
                                int       *x,
                                int       *y)
{
  GdkSurface *surface = mullion_window_x11_get_surface (window);

  if (surface == NULL || !find_origin (surface, x, y))
    return FALSE;

  *x /= gdk_surface_get_scale_factor (surface);
  *y /= gdk_surface_get_scale_factor (surface);
  return TRUE;
}

gboolean
mullion_window_place_set (GtkWindow *window,
                          int        x,
                          int        y)
{
  GdkSurface *surface = mullion_window_x11_get_surface (window);
  int scale;

  if (surface == NULL)
    return FALSE;

  scale = gdk_surface_get_scale_factor (surface);
  XMoveWindow (gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface)),
               gdk_x11_surface_get_xid (surface), x * scale, y * scale);
  return TRUE;
}

gboolean
mullion_window_place_is_known (GdkDisplay *display)
{
  return display != NULL && GDK_IS_X11_DISPLAY (display);
}

GArray *
mullion_window_place_list (GdkDisplay *display)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (GdkRectangle));
  GListModel *monitors = gdk_display_get_monitors (display);

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr(GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle place;

      gdk_monitor_get_geometry (monitor, &place);
      g_array_append_val (places, place);
    }
  return places;
}
