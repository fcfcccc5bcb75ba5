/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-place.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/*
 * Where a web view is on the display, for a driver that moves the pointer there.
 *
 * GTK 4 does not say where its windows are, so the driver asks the display for that.
 */

#ifdef GDK_WINDOWING_X11

static gboolean
find_on_x11 (GtkWidget              *widget,
             GtkNative              *native,
             MullionAutomationPlace *place)
{
  GdkSurface *surface = gtk_native_get_surface (native);
  double surface_x = 0;
  double surface_y = 0;
  double x = 0;
  double y = 0;

  if (!GDK_IS_X11_SURFACE (surface) ||
      !gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), 0, 0, &x, &y))
    return FALSE;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  place->window = gdk_x11_surface_get_xid (surface);
  place->scale = gdk_surface_get_scale_factor (surface);
  place->x = (int) ((x + surface_x) * place->scale);
  place->y = (int) ((y + surface_y) * place->scale);
  place->width = gtk_widget_get_width (widget) * place->scale;
  place->height = gtk_widget_get_height (widget) * place->scale;
  return TRUE;
}

#else

static gboolean
find_on_x11 (GtkWidget              *widget,
             GtkNative              *native,
             MullionAutomationPlace *place)
{
  return FALSE;
}

#endif

gboolean
mullion_automation_place_find (GtkWidget               *widget,
                               MullionAutomationPlace  *place,
                               GError                 **error)
{
  GtkNative *native = gtk_widget_get_native (widget);

  if (native == NULL || !gtk_widget_get_mapped (widget))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The window is not shown");
      return FALSE;
    }

  if (!find_on_x11 (widget, native, place))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "Only on an X11 display is it known where a window is");
      return FALSE;
    }

  return TRUE;
}
