/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-window-place.h"
#include "mullion-window-region.h"

/*
 * The modes of a MullionBrowserWindow, the place that it goes back to from them, that of its page, and
 * where it takes the pointer.
 *
 * Main process.
 */

/**
 * mullion_browser_window_set_kiosk:
 * @self: the window
 * @kiosk: whether the window is in kiosk mode
 *
 * Puts the window in full screen, or takes it out, like Electron's `win.setKiosk`. There is no frame
 * with buttons to leave it by; a menu bar and the buttons of `titleBarOverlay` stay. The keys of the
 * window manager are not the app's to take away.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_kiosk (MullionBrowserWindow *self,
                                  gboolean              kiosk)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  mullion_browser_window_change_options (self)->kiosk = kiosk;
  mullion_browser_window_set_full_screen (self, kiosk);
}

/**
 * mullion_browser_window_is_kiosk:
 * @self: the window
 *
 * Tells whether the window is in kiosk mode, and nobody brought it out of full screen.
 *
 * Returns: %TRUE if it is
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_kiosk (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return mullion_browser_window_get_options (self)->kiosk
         && gtk_window_is_fullscreen (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_is_normal:
 * @self: the window
 *
 * Tells whether the window is neither minimized nor maximized nor in full screen.
 *
 * Returns: %TRUE if it is none of it
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_normal (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return !mullion_browser_window_is_minimized (self)
         && !gtk_window_is_maximized (GTK_WINDOW (self))
         && !gtk_window_is_fullscreen (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_get_normal_bounds:
 * @self: the window
 * @bounds: (out caller-allocates): the place of the window and its size
 *
 * Tells where the window stands and how large it is while it is neither maximized nor in full screen,
 * like Electron's `win.getNormalBounds`. On Wayland, and while the window was never shown, `x` and `y`
 * are 0.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_normal_bounds (MullionBrowserWindow *self,
                                          GdkRectangle         *bounds)
{
  MullionWindowMoves *moves;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (bounds != NULL);

  mullion_browser_window_get_bounds (self, bounds);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && mullion_browser_window_is_normal (self))
    return;

  bounds->x = bounds->y = 0;
  moves = mullion_browser_window_get_moves (self);
  if (moves != NULL)
    mullion_window_moves_get_normal (moves, &bounds->x, &bounds->y);

  /* GTK keeps it while the window is not itself. */
  gtk_window_get_default_size (GTK_WINDOW (self), &bounds->width, &bounds->height);
}

/**
 * mullion_browser_window_get_content_bounds:
 * @self: the window
 * @bounds: (out caller-allocates): the place of the page on the display, and its size
 *
 * Tells where the page of the window stands and how large it is, like Electron's
 * `win.getContentBounds`. On Wayland, and while the window is hidden, `x` and `y` are 0.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_content_bounds (MullionBrowserWindow *self,
                                           GdkRectangle         *bounds)
{
  GtkWidget *content;
  graphene_point_t point;
  double left, top;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (bounds != NULL);

  *bounds = (GdkRectangle) { 0 };
  mullion_browser_window_get_content_size (self, &bounds->width, &bounds->height);
  content = mullion_browser_window_get_content (self);
  if (content == NULL || !gtk_widget_get_mapped (content)
      || !mullion_window_place_get_inner (GTK_WINDOW (self), &bounds->x, &bounds->y)
      || !gtk_widget_compute_point (content, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0), &point))
    return;

  gtk_native_get_surface_transform (GTK_NATIVE (self), &left, &top);
  bounds->x += (int) (left + point.x);
  bounds->y += (int) (top + point.y);
}

/**
 * mullion_browser_window_set_content_bounds:
 * @self: the window
 * @bounds: the place of the page on the display, and its size
 * @error: (nullable): where to put an error
 *
 * Moves and resizes the window so that its page stands there, like Electron's `win.setContentBounds`.
 * Where it cannot be moved, it is resized all the same.
 *
 * What stands around the page is known of a window that is shown. The place of a hidden one is that of
 * its frame.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_content_bounds (MullionBrowserWindow  *self,
                                           const GdkRectangle    *bounds,
                                           GError               **error)
{
  GdkRectangle outer, inner;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);
  g_return_val_if_fail (bounds != NULL && bounds->width > 0 && bounds->height > 0, FALSE);

  mullion_browser_window_get_bounds (self, &outer);
  mullion_browser_window_get_content_bounds (self, &inner);
  if (!mullion_browser_window_is_destroyed (self))
    mullion_browser_window_set_content_size (self, bounds->width, bounds->height);
  return mullion_browser_window_set_position (self, bounds->x - (inner.x - outer.x),
                                              bounds->y - (inner.y - outer.y), error);
}

/**
 * mullion_browser_window_set_ignore_mouse_events:
 * @self: the window
 * @ignore: whether the pointer goes through the window
 *
 * Leaves the pointer to what is below the window, or no longer, like Electron's
 * `win.setIgnoreMouseEvents`. The keyboard works as before.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_ignore_mouse_events (MullionBrowserWindow *self,
                                                gboolean              ignore)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_window_region_set_ignored (GTK_WINDOW (self), ignore);
}

/**
 * mullion_browser_window_set_shape:
 * @self: the window
 * @rects: (array length=n_rects) (nullable): parts of the window, from its corner
 * @n_rects: how many there are; 0 for all of the window
 *
 * Gives the window a shape: outside of @rects the pointer goes to what is below it, like Electron's
 * `win.setShape`. Electron cuts off what is painted there as well. Here a window that is to be seen in
 * its shape is `transparent`, and its page paints nothing else.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_shape (MullionBrowserWindow *self,
                                  const GdkRectangle   *rects,
                                  gsize                 n_rects)
{
  cairo_region_t *region = NULL;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (rects != NULL || n_rects == 0);
  g_return_if_fail (n_rects <= G_MAXINT);

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  if (n_rects > 0)
    region = cairo_region_create_rectangles (rects, (int) n_rects);
  mullion_window_region_set_shape (GTK_WINDOW (self), region);
}
