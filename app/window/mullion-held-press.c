/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-held-press.h"

/*
 * The button that the user holds down in a view, which a window is moved by or a file dragged away.
 *
 * Main process. It is what GTK has seen, and no page can make one up. A press is good for one thing.
 */

#define KEY "mullion-held-press"

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
mullion_held_press_watch (GtkWidget *view)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (view, controller);
}

GdkEvent *
mullion_held_press_take (GtkWidget *view)
{
  GdkEvent *press = g_object_get_data (G_OBJECT (view), KEY);

  if (press == NULL || !gtk_widget_get_mapped (view))
    return NULL;

  gdk_event_ref (press);
  set_press (view, NULL);
  return press;
}
