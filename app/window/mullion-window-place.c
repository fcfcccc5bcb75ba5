/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-place.h"

#include <X11/Xatom.h>
#include <gdk/x11/gdkx.h>

/*
 * The place of a window on the display. GTK 4 has no word for it, as Wayland does not tell programs
 * where their windows are; X11 does, and is asked here directly.
 *
 * Main process. X11 counts device pixels and the app its own, the scale factor between them.
 */

static GdkSurface *
find_surface (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return surface != NULL && GDK_IS_X11_SURFACE (surface) ? surface : NULL;
}

/* What the window manager drew around the window, to the left and above; 0 without one. */
static void
get_frame (GdkSurface *surface,
           int        *left,
           int        *top)
{
  GdkDisplay *display = gdk_surface_get_display (surface);
  Atom name = gdk_x11_get_xatom_by_name_for_display (display, "_NET_FRAME_EXTENTS");
  Atom type = None;
  int format = 0;
  unsigned long n_items = 0;
  unsigned long left_over;
  unsigned char *data = NULL;

  *left = *top = 0;
  if (XGetWindowProperty (gdk_x11_display_get_xdisplay (display), gdk_x11_surface_get_xid (surface),
                          name, 0, 4, False, XA_CARDINAL, &type, &format, &n_items, &left_over,
                          &data) == Success
      && type == XA_CARDINAL && format == 32 && n_items == 4)
    {
      *left = (int) ((long *) data)[0];
      *top = (int) ((long *) data)[2];
    }
  if (data != NULL)
    XFree (data);
}

gboolean
mullion_window_place_get (GtkWindow *window,
                          int       *x,
                          int       *y)
{
  GdkSurface *surface = find_surface (window);
  Display *display;
  int left, top, scale;
  Window child;

  if (surface == NULL)
    return FALSE;

  display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  scale = gdk_surface_get_scale_factor (surface);
  if (!XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface),
                              DefaultRootWindow (display), 0, 0, x, y, &child))
    return FALSE;

  get_frame (surface, &left, &top);
  *x = (*x - left) / scale;
  *y = (*y - top) / scale;
  return TRUE;
}

gboolean
mullion_window_place_set (GtkWindow *window,
                          int        x,
                          int        y)
{
  GdkSurface *surface = find_surface (window);
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
