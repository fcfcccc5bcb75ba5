/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-drag.h"

/*
 * Moves a window by a region of its page, in the place of a title bar.
 *
 * Main process. Only the page knows where its regions are, and the page is not trusted: it can say
 * no more than "here", and only while the user holds the first button down in its view, once a
 * press. What moves, by which device and from where is what GTK has seen.
 */

#define KEY "mullion-window-drag"

/* (nullable): the press that has no release yet */
static GdkEvent *
get_press (GtkWidget *view)
{
  return g_object_get_data (G_OBJECT (view), KEY);
}

static void
set_press (GtkWidget *view,
           GdkEvent  *event)
{
  g_object_set_data_full (G_OBJECT (view), KEY, event != NULL ? gdk_event_ref (event) : NULL,
                          event != NULL ? (GDestroyNotify) gdk_event_unref : NULL);
}

static gboolean
event_cb (GtkEventController *controller,
          GdkEvent           *event)
{
  GtkWidget *view = gtk_event_controller_get_widget (controller);
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS && gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY)
    set_press (view, event);
  else if (type == GDK_BUTTON_RELEASE || type == GDK_GRAB_BROKEN)
    set_press (view, NULL);
  return GDK_EVENT_PROPAGATE;
}

void
mullion_window_drag_watch (GtkWidget *view)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (view, controller);
}

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
  GdkEvent *press = get_press (view);
  GtkRoot *root = gtk_widget_get_root (view);
  g_autoptr(GdkEvent) held = NULL;

  if (press == NULL || !GTK_IS_WINDOW (root) || !gtk_widget_get_mapped (view))
    return FALSE;

  held = gdk_event_ref (press);
  set_press (view, NULL);
  if (clicks % 2 == 0)
    toggle_maximized (GTK_WINDOW (root));
  else
    move (GTK_WINDOW (root), held);
  return TRUE;
}
