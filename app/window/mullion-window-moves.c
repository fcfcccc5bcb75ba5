/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-moves.h"

#include "mullion-window-place.h"
#include "mullion-window-x11.h"

#include <gdk/x11/gdkx.h>

/*
 * Tells that a window was moved, and when the hand on it has come to rest: the events `move`, `moved`
 * and `resized`.
 *
 * Main process. One window owns it. GDK keeps the place of a window to itself, so that the events of
 * X11 are looked at before GDK gets them, while the window is on the display. Wayland has no places,
 * and there no window moves.
 */

/* How long a window stands still before it counts as moved or resized. Nothing on X11 says that the
 * hand has let go. */
#define CALM_MS 250

struct _MullionWindowMoves
{
  MullionBrowserWindow *window; /* unowned: it owns us */
  GdkDisplay *display;          /* while the window is mapped */
  Window xid;

  gboolean is_known;
  int x;
  int y;
  gboolean has_normal;
  int normal_x;
  int normal_y;

  guint look_id;
  guint moved_id;
  guint resized_id;
};

static gboolean
moved_cb (gpointer user_data)
{
  MullionWindowMoves *self = user_data;

  self->moved_id = 0;
  g_signal_emit_by_name (self->window, "moved");
  return G_SOURCE_REMOVE;
}

static gboolean
resized_cb (gpointer user_data)
{
  MullionWindowMoves *self = user_data;

  self->resized_id = 0;
  g_signal_emit_by_name (self->window, "resized");
  return G_SOURCE_REMOVE;
}

static void
resize_cb (MullionWindowMoves *self)
{
  g_clear_handle_id (&self->resized_id, g_source_remove);
  self->resized_id = g_timeout_add (CALM_MS, resized_cb, self);
}

/* Whether the window has another place than before. */
static gboolean
look (MullionWindowMoves *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  gboolean was_known = self->is_known;
  int x, y;

  if (!mullion_window_place_get (window, &x, &y))
    return FALSE;

  if (!gtk_window_is_maximized (window) && !gtk_window_is_fullscreen (window))
    {
      self->has_normal = TRUE;
      self->normal_x = x;
      self->normal_y = y;
    }
  if (was_known && x == self->x && y == self->y)
    return FALSE;

  self->is_known = TRUE;
  self->x = x;
  self->y = y;
  return was_known;
}

static gboolean
look_cb (gpointer user_data)
{
  MullionWindowMoves *self = user_data;

  self->look_id = 0;
  if (!look (self))
    return G_SOURCE_REMOVE;

  g_clear_handle_id (&self->moved_id, g_source_remove);
  self->moved_id = g_timeout_add (CALM_MS, moved_cb, self);
  /* A handler may destroy the window, and us with it. */
  g_signal_emit_by_name (self->window, "move");
  return G_SOURCE_REMOVE;
}

/* For every event of the display: it has to be quick, and leaves the event to GDK. The place is asked
 * for once for all the events that came together, and when GDK has read them. */
static gboolean
xevent_cb (MullionWindowMoves *self,
           const XEvent       *event)
{
  if (event->type == ConfigureNotify && event->xconfigure.window == self->xid && self->look_id == 0)
    self->look_id = g_idle_add_full (G_PRIORITY_DEFAULT, look_cb, self, NULL);
  return GDK_EVENT_PROPAGATE;
}

static void
map_cb (MullionWindowMoves *self)
{
  GdkSurface *surface = mullion_window_x11_get_surface (GTK_WINDOW (self->window));

  if (surface == NULL || self->display != NULL)
    return;

  self->is_known = FALSE;
  self->xid = gdk_x11_surface_get_xid (surface);
  self->display = g_object_ref (gdk_surface_get_display (surface));
  g_signal_connect_swapped (self->display, "xevent", G_CALLBACK (xevent_cb), self);
  look (self);
}

static void
unmap_cb (MullionWindowMoves *self)
{
  if (self->display != NULL)
    g_signal_handlers_disconnect_by_data (self->display, self);
  g_clear_object (&self->display);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->moved_id, g_source_remove);
  g_clear_handle_id (&self->resized_id, g_source_remove);
}

gboolean
mullion_window_moves_get_normal (MullionWindowMoves *self,
                                 int                *x,
                                 int                *y)
{
  if (!self->has_normal)
    return FALSE;

  *x = self->normal_x;
  *y = self->normal_y;
  return TRUE;
}

MullionWindowMoves *
mullion_window_moves_new (MullionBrowserWindow *window)
{
  MullionWindowMoves *self = g_new0 (MullionWindowMoves, 1);

  self->window = window;
  g_signal_connect_data (window, "map", G_CALLBACK (map_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (window, "unmap", G_CALLBACK (unmap_cb), self);
  g_signal_connect_swapped (window, "resize", G_CALLBACK (resize_cb), self);
  return self;
}

void
mullion_window_moves_free (MullionWindowMoves *self)
{
  g_signal_handlers_disconnect_by_data (self->window, self);
  unmap_cb (self);
  g_free (self);
}
