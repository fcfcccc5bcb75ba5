/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-drag.h"

#include "mullion-held-press.h"

/*
 * Moves a window by a region of its page, in the place of a title bar.
 *
 * Main process. Only the page knows where its regions are, and the page is not trusted: it can say
 * no more than "here", and only while the user holds the first button down in its view, once a
 * press. What moves, by which device and from where is what GTK has seen.
 */

static void
toggle_maximized (GtkWindow *window)
{
  if (!gtk_window_get_resizable (window))
    return;

  if (gtk_window_is_maximized (window))
    gtk_window_unmaximize (window);
  else
    gtk_window_maximize (window);
}

static void
move (GtkWindow *window,
      GdkEvent  *press)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  double x = 0;
  double y = 0;

  gdk_event_get_position (press, &x, &y);
  gdk_toplevel_begin_move (GDK_TOPLEVEL (surface), gdk_event_get_device (press),
                           GDK_BUTTON_PRIMARY, x, y, gdk_event_get_time (press));
}

gboolean
mullion_window_drag_begin (GtkWidget *view,
                           int        clicks)
{
  GtkRoot *root = gtk_widget_get_root (view);
  g_autoptr(GdkEvent) press = GTK_IS_WINDOW (root) ? mullion_held_press_take (view) : NULL;

  if (press == NULL)
    return FALSE;

  if (clicks % 2 == 0)
    toggle_maximized (GTK_WINDOW (root));
  else
    move (GTK_WINDOW (root), press);
  return TRUE;
}
