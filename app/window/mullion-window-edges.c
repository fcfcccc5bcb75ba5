/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-edges.h"

/*
 * The edges of a window without a frame, by which the user resizes it.
 *
 * Main process. With the frame of a window GTK takes its edges away, too. These are eight widgets
 * that nobody sees, each with the cursor of its side, above the page: as in Electron, the outermost
 * pixels of such a window are not the page's. They are gone while the window cannot be resized.
 */

#define THICKNESS 5
#define CORNER 16

typedef struct
{
  GdkSurfaceEdge edge;
  const char *cursor;
  GtkAlign across; /* GTK_ALIGN_FILL: all but the corners */
  GtkAlign down;
} Edge;

static const Edge edges[] = {
  { GDK_SURFACE_EDGE_NORTH, "n-resize", GTK_ALIGN_FILL, GTK_ALIGN_START },
  { GDK_SURFACE_EDGE_SOUTH, "s-resize", GTK_ALIGN_FILL, GTK_ALIGN_END },
  { GDK_SURFACE_EDGE_WEST, "w-resize", GTK_ALIGN_START, GTK_ALIGN_FILL },
  { GDK_SURFACE_EDGE_EAST, "e-resize", GTK_ALIGN_END, GTK_ALIGN_FILL },
  /* Corners last, so that they lie above. */
  { GDK_SURFACE_EDGE_NORTH_WEST, "nw-resize", GTK_ALIGN_START, GTK_ALIGN_START },
  { GDK_SURFACE_EDGE_NORTH_EAST, "ne-resize", GTK_ALIGN_END, GTK_ALIGN_START },
  { GDK_SURFACE_EDGE_SOUTH_WEST, "sw-resize", GTK_ALIGN_START, GTK_ALIGN_END },
  { GDK_SURFACE_EDGE_SOUTH_EAST, "se-resize", GTK_ALIGN_END, GTK_ALIGN_END },
};

static void
pressed_cb (GtkGesture *gesture,
            int         n_presses,
            double      x,
            double      y,
            const Edge *edge)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GtkNative *native = gtk_widget_get_native (gtk_event_controller_get_widget (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  double left, top;

  if (event == NULL || !gdk_event_get_position (event, &left, &top))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gdk_toplevel_begin_resize (GDK_TOPLEVEL (gtk_native_get_surface (native)), edge->edge,
                             gdk_event_get_device (event), GDK_BUTTON_PRIMARY, left, top,
                             gdk_event_get_time (event));
  /* The window system has the pointer now, and there is no release for this press. */
  gtk_event_controller_reset (controller);
}

static void
update (GtkWidget *widget,
        GParamSpec *pspec,
        GtkWindow *window)
{
  gtk_widget_set_visible (widget, gtk_window_get_resizable (window)
                                  && !gtk_window_is_maximized (window)
                                  && !gtk_window_is_fullscreen (window));
}

static GtkWidget *
create (const Edge *edge)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkGesture *gesture = gtk_gesture_click_new ();
  gboolean is_corner = edge->across != GTK_ALIGN_FILL && edge->down != GTK_ALIGN_FILL;

  gtk_widget_set_size_request (widget, is_corner ? CORNER : THICKNESS,
                               is_corner ? CORNER : THICKNESS);
  gtk_widget_set_halign (widget, edge->across);
  gtk_widget_set_valign (widget, edge->down);
  gtk_widget_set_cursor_from_name (widget, edge->cursor);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), (gpointer) edge);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  return widget;
}

void
mullion_window_edges_add (GtkWindow  *window,
                          GtkOverlay *content)
{
  static const char *const causes[] = {
    "notify::resizable", "notify::maximized", "notify::fullscreened",
  };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      GtkWidget *widget = create (&edges[i]);

      gtk_overlay_add_overlay (content, widget);
      for (guint j = 0; j < G_N_ELEMENTS (causes); j++)
        g_signal_connect_object (window, causes[j], G_CALLBACK (update), widget,
                                 G_CONNECT_SWAPPED);
      update (widget, NULL, window);
    }
}
