/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-place.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/*
 * Where a web view is in its window, for a driver that moves the pointer there.
 *
 * GTK 4 does not say where its windows are. On X11 the driver asks the display for that, and on
 * Wayland it finds out with its pointer.
 */

/* X11 counts the pixels of the display. */
static gboolean
is_on_x11 (GdkSurface             *surface,
           MullionAutomationPlace *place)
{
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_SURFACE (surface))
    {
      place->window = gdk_x11_surface_get_xid (surface);
      place->scale = gdk_surface_get_scale_factor (surface);
      return TRUE;
    }
#endif

  return FALSE;
}

gboolean
mullion_automation_place_find (GtkWidget               *widget,
                               MullionAutomationPlace  *place,
                               GError                 **error)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double surface_x = 0;
  double surface_y = 0;
  double x = 0;
  double y = 0;

  if (native == NULL || !gtk_widget_get_mapped (widget) ||
      !gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), 0, 0, &x, &y))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The window is not shown");
      return FALSE;
    }

  if (!is_on_x11 (gtk_native_get_surface (native), place))
    {
      place->window = 0;
      place->scale = 1;
    }

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  place->x = (int) ((x + surface_x) * place->scale);
  place->y = (int) ((y + surface_y) * place->scale);
  place->width = gtk_widget_get_width (widget) * place->scale;
  place->height = gtk_widget_get_height (widget) * place->scale;
  return TRUE;
}
