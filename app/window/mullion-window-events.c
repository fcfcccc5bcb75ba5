/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-window-events.h"

#include "mullion-app.h"
#include "mullion-browser-window.h"

/* Turns what the window system says about a window into Electron's events.
 *
 * It lives in the main process and belongs to one window. It reports what did
 * happen, never what was asked for: a window manager may refuse to minimize, and
 * without a window manager nothing is ever maximized.
 */

struct _MullionWindowEvents
{
  GtkWindow *window;            /* unowned: it owns us */
  GdkSurface *surface;          /* while the window is realized */

  GdkToplevelState state;
  int width;                    /* 0 until the window has its first size */
  int height;
  guint idle_id;
};

static const struct
{
  GdkToplevelState state;
  const char *entered;
  const char *left;
} transitions[] = {
  { GDK_TOPLEVEL_STATE_MINIMIZED, "minimize", "restore" },
  { GDK_TOPLEVEL_STATE_MAXIMIZED, "maximize", "unmaximize" },
  { GDK_TOPLEVEL_STATE_FULLSCREEN, "enter-full-screen", "leave-full-screen" },
};

static void
notify_state_cb (MullionWindowEvents *self)
{
  g_autoptr(GtkWindow) window = g_object_ref (self->window);
  GdkToplevelState before = self->state;
  GdkToplevelState now = gdk_toplevel_get_state (GDK_TOPLEVEL (self->surface));

  /* A handler may destroy the window, and us with it: no self in the loop. */
  self->state = now;
  for (guint i = 0; i < G_N_ELEMENTS (transitions); i++)
    {
      GdkToplevelState state = transitions[i].state;

      if (mullion_browser_window_is_destroyed (MULLION_BROWSER_WINDOW (window)))
        return;

      if ((before & state) != (now & state))
        g_signal_emit_by_name (window, now & state ? transitions[i].entered : transitions[i].left);
    }
}

static gboolean
compare_size_cb (gpointer user_data)
{
  MullionWindowEvents *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self->window));
  int height = gtk_widget_get_height (GTK_WIDGET (self->window));
  gboolean is_first = self->width == 0;

  self->idle_id = 0;
  if (width == 0 || (width == self->width && height == self->height))
    return G_SOURCE_REMOVE;

  self->width = width;
  self->height = height;
  if (!is_first)
    g_signal_emit_by_name (self->window, "resize");
  return G_SOURCE_REMOVE;
}

/* GTK lays its widgets out in this very emission: a handler of the app that
 * resized or destroyed the window now would pull the floor away. */
static void
layout_cb (MullionWindowEvents *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, compare_size_cb, self, NULL);
}

static void
is_active_cb (MullionWindowEvents *self)
{
  gboolean is_focused = gtk_window_is_active (self->window);
  g_autoptr(GtkWindow) window = g_object_ref (self->window);
  GtkApplication *app = gtk_window_get_application (window);

  /* A handler may close the window, and this object with it. */
  g_signal_emit_by_name (window, is_focused ? "focus" : "blur");
  if (MULLION_IS_APP (app))
    g_signal_emit_by_name (app, is_focused ? "browser-window-focus" : "browser-window-blur", window);
}

static void
forget_surface (MullionWindowEvents *self)
{
  if (self->surface == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->surface, self);
  g_clear_object (&self->surface);
}

static void
realize_cb (MullionWindowEvents *self)
{
  forget_surface (self);
  self->surface = g_object_ref (gtk_native_get_surface (GTK_NATIVE (self->window)));
  self->state = gdk_toplevel_get_state (GDK_TOPLEVEL (self->surface));
  g_signal_connect_swapped (self->surface, "notify::state", G_CALLBACK (notify_state_cb), self);
  g_signal_connect_swapped (self->surface, "layout", G_CALLBACK (layout_cb), self);
}

MullionWindowEvents *
mullion_window_events_new (GtkWindow *window)
{
  MullionWindowEvents *self = g_new0 (MullionWindowEvents, 1);

  self->window = window;
  g_signal_connect_swapped (window, "realize", G_CALLBACK (realize_cb), self);
  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (forget_surface), self);
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (is_active_cb), self);
  return self;
}

void
mullion_window_events_free (MullionWindowEvents *self)
{
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  forget_surface (self);
  g_free (self);
}
