/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-window-place.h"
#include "mullion-window-state.h"

#include <glib/gstdio.h>

/*
 * Where a MullionBrowserWindow stands, now and in the next run.
 *
 * Main process. X11 lets a program ask for the place of its windows. Wayland does not, and there the
 * functions say so.
 */

/**
 * MullionBrowserWindow::persisted-state-restored:
 * @self: the window
 *
 * Emitted when the window was given the state that the last run has kept, see `name` and
 * `windowStatePersistence` in `docs/window-options.md`.
 *
 * Since: 0.1
 */

static void
map_cb (GtkWidget *window,
        graphene_point_t  *place)
{
  mullion_window_place_set (GTK_WINDOW (window), place->x, place->y);
  g_signal_handlers_disconnect_by_data (window, place);
}

static void
free_place (gpointer  place,
            GClosure *closure)
{
  g_free (place);
}

/* A window manager places a window when it is mapped, whatever was asked for before. */
static void
place_when_mapped (MullionBrowserWindow *self,
                   int                   x,
                   int                   y)
{
  graphene_point_t *place = g_new (graphene_point_t, 1);

  *place = GRAPHENE_POINT_INIT (x, y);
  g_signal_handlers_disconnect_matched (self, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, map_cb, NULL);
  g_signal_connect_data (self, "map", G_CALLBACK (map_cb), place, free_place, G_CONNECT_AFTER);
}

/**
 * mullion_browser_window_set_position:
 * @self: the window
 * @x: how far from the left, in pixels
 * @y: how far from the top, in pixels
 * @error: (nullable): where to put an error
 *
 * Moves the window, frame and all, like Electron's `win.setPosition`. A hidden window is moved when
 * it is shown. Window managers may have a mind of their own.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_position (MullionBrowserWindow  *self,
                                     int                    x,
                                     int                    y,
                                     GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  if (!mullion_window_place_is_known (gtk_widget_get_display (GTK_WIDGET (self))))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                   "This window system leaves the position of a window to the compositor");
      return FALSE;
    }
  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "The window is destroyed");
      return FALSE;
    }

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mullion_window_place_set (GTK_WINDOW (self), x, y);
  else
    place_when_mapped (self, x, y);
  return TRUE;
}

/**
 * mullion_browser_window_get_position:
 * @self: the window
 * @x: (out) (optional): how far from the left, in pixels
 * @y: (out) (optional): how far from the top, in pixels
 *
 * Tells where the window stands, like Electron's `win.getPosition`.
 *
 * Returns: %FALSE, with both 0, on Wayland and while the window is hidden
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_get_position (MullionBrowserWindow *self,
                                     int                  *x,
                                     int                  *y)
{
  int left = 0, top = 0;
  gboolean is_known;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  is_known = gtk_widget_get_mapped (GTK_WIDGET (self))
             && mullion_window_place_get (GTK_WINDOW (self), &left, &top);
  if (x != NULL)
    *x = left;
  if (y != NULL)
    *y = top;
  return is_known;
}

/**
 * mullion_browser_window_set_bounds:
 * @self: the window
 * @bounds: the place of the window, frame and all, and its size
 * @error: (nullable): where to put an error
 *
 * Moves and resizes the window, like Electron's `win.setBounds`. Where it cannot be moved, it is
 * resized all the same.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_bounds (MullionBrowserWindow  *self,
                                   const GdkRectangle    *bounds,
                                   GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);
  g_return_val_if_fail (bounds != NULL && bounds->width > 0 && bounds->height > 0, FALSE);

  if (!mullion_browser_window_is_destroyed (self))
    mullion_browser_window_set_size (self, bounds->width, bounds->height);
  return mullion_browser_window_set_position (self, bounds->x, bounds->y, error);
}

/**
 * mullion_browser_window_get_bounds:
 * @self: the window
 * @bounds: (out caller-allocates): the place of the window and its size
 *
 * Tells where the window stands and how large it is, like Electron's `win.getBounds`. On Wayland,
 * and while the window is hidden, `x` and `y` are 0.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_bounds (MullionBrowserWindow *self,
                                   GdkRectangle         *bounds)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (bounds != NULL);

  mullion_browser_window_get_position (self, &bounds->x, &bounds->y);
  mullion_browser_window_get_size (self, &bounds->width, &bounds->height);
}

static GdkRectangle
find_monitor (MullionBrowserWindow *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  g_autoptr(GArray) monitors = mullion_window_place_list (display);
  GdkRectangle place = { 0 };

  if (surface != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
      && gdk_display_get_monitor_at_surface (display, surface) != NULL)
    gdk_monitor_get_geometry (gdk_display_get_monitor_at_surface (display, surface), &place);
  else if (monitors->len > 0)
    place = g_array_index (monitors, GdkRectangle, 0);
  return place;
}

/**
 * mullion_browser_window_center:
 * @self: the window
 * @error: (nullable): where to put an error
 *
 * Moves the window to the middle of its monitor, like Electron's `win.center`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_center (MullionBrowserWindow  *self,
                               GError               **error)
{
  GdkRectangle monitor;
  int width, height;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  monitor = find_monitor (self);
  mullion_browser_window_get_size (self, &width, &height);
  return mullion_browser_window_set_position (self, monitor.x + (monitor.width - width) / 2,
                                              monitor.y + (monitor.height - height) / 2, error);
}

/* As the options of the window have it. */
void
mullion_browser_window_place (MullionBrowserWindow *self)
{
  const MullionWindowOptions *options = mullion_browser_window_get_options (self);
  g_autoptr(GError) error = NULL;

  if (options->x != MULLION_WINDOW_NO_PLACE && options->y != MULLION_WINDOW_NO_PLACE)
    mullion_browser_window_set_position (self, options->x, options->y, &error);
  else if (options->center)
    mullion_browser_window_center (self, &error);
  if (error != NULL)
    g_warning ("Window options \"x\", \"y\" and \"center\": %s: ignored", error->message);
}

/**
 * mullion_browser_window_clear_persisted_state:
 * @app: the app
 * @name: the `name` of a window
 *
 * Forgets the state that was kept for a window, like Electron's `BaseWindow.clearPersistedState`.
 * A window of that name which is open keeps its state again when it changes or closes.
 *
 * Returns: whether there was one
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_clear_persisted_state (MullionApp *app,
                                              const char *name)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (MULLION_IS_APP (app), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  path = mullion_window_state_dup_path (g_application_get_application_id (G_APPLICATION (app)),
                                        name);
  return g_unlink (path) == 0;
}
