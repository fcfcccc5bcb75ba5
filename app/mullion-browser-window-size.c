/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-window-setup.h"

/*
 * The size of a MullionBrowserWindow, its limits, and what the user may do to it.
 *
 * Main process. The limits begin as the options of the window have them.
 */

/**
 * mullion_browser_window_set_size:
 * @self: the window
 * @width: the width in pixels, at least 1
 * @height: the height in pixels, at least 1
 *
 * Resizes the window, within its limits. A frame that the window manager draws
 * is not part of the size.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_size (MullionBrowserWindow *self,
                                 int                   width,
                                 int                   height)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (width > 0 && height > 0);

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_window_setup_resize (GTK_WINDOW (self), mullion_browser_window_get_options (self),
                                 width, height);
}

/**
 * mullion_browser_window_get_size:
 * @self: the window
 * @width: (out) (optional): return location for the width in pixels
 * @height: (out) (optional): return location for the height in pixels
 *
 * Gets the size of the window, or, before it is shown, the size it will have.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_size (MullionBrowserWindow *self,
                                 int                  *width,
                                 int                  *height)
{
  int default_width, default_height;
  gboolean is_mapped;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  gtk_window_get_default_size (GTK_WINDOW (self), &default_width, &default_height);
  is_mapped = gtk_widget_get_mapped (GTK_WIDGET (self)) &&
              gtk_widget_get_width (GTK_WIDGET (self)) > 0;
  if (width != NULL)
    *width = is_mapped ? gtk_widget_get_width (GTK_WIDGET (self)) : default_width;
  if (height != NULL)
    *height = is_mapped ? gtk_widget_get_height (GTK_WIDGET (self)) : default_height;
}

/**
 * mullion_browser_window_set_content_size:
 * @self: the window
 * @width: the width in pixels, at least 1
 * @height: the height in pixels, at least 1
 *
 * Resizes the window so that its page has this size, like Electron's `win.setContentSize`. A title
 * bar that GTK draws, and a menu bar, come on top.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_content_size (MullionBrowserWindow *self,
                                         int                   width,
                                         int                   height)
{
  MullionWindowOptions *options;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (width > 0 && height > 0);

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  options = mullion_browser_window_change_options (self);
  options->width = width;
  options->height = height;
  options->use_content_size = !gtk_widget_get_realized (GTK_WIDGET (self));
  if (!options->use_content_size)
    mullion_window_setup_resize_content (GTK_WINDOW (self), options);
}

/**
 * mullion_browser_window_get_content_size:
 * @self: the window
 * @width: (out) (optional): return location for the width in pixels
 * @height: (out) (optional): return location for the height in pixels
 *
 * Gets the size of the page, like Electron's `win.getContentSize`. Both are 0 while the window was
 * never shown.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_content_size (MullionBrowserWindow *self,
                                         int                  *width,
                                         int                  *height)
{
  GtkWidget *content;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  content = mullion_browser_window_get_content (self);
  if (width != NULL)
    *width = content != NULL ? gtk_widget_get_width (content) : 0;
  if (height != NULL)
    *height = content != NULL ? gtk_widget_get_height (content) : 0;
}

/* As large as it is, within new limits. GTK keeps this size, too, while the window is maximized. */
static void
limit (MullionBrowserWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  mullion_window_setup_limit (GTK_WINDOW (self), mullion_browser_window_get_options (self));
  mullion_window_setup_resize (GTK_WINDOW (self), mullion_browser_window_get_options (self),
                               width, height);
}

/**
 * mullion_browser_window_set_minimum_size:
 * @self: the window
 * @width: the least width in pixels, or 0 for any
 * @height: the least height in pixels, or 0 for any
 *
 * Sets the least size of the window, like Electron's `win.setMinimumSize`. A smaller window grows.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_minimum_size (MullionBrowserWindow *self,
                                         int                   width,
                                         int                   height)
{
  MullionWindowOptions *options;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (width >= 0 && height >= 0);

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  options = mullion_browser_window_change_options (self);
  options->min_width = width;
  options->min_height = height;
  limit (self);
}

/**
 * mullion_browser_window_get_minimum_size:
 * @self: the window
 * @width: (out) (optional): return location for the least width in pixels
 * @height: (out) (optional): return location for the least height in pixels
 *
 * Gets the least size of the window; 0 is any.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_minimum_size (MullionBrowserWindow *self,
                                         int                  *width,
                                         int                  *height)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (width != NULL)
    *width = mullion_browser_window_get_options (self)->min_width;
  if (height != NULL)
    *height = mullion_browser_window_get_options (self)->min_height;
}

/**
 * mullion_browser_window_set_maximum_size:
 * @self: the window
 * @width: the largest width in pixels, or 0 for any
 * @height: the largest height in pixels, or 0 for any
 *
 * Sets the largest size of the window, like Electron's `win.setMaximumSize`. A larger window
 * shrinks; see `maxWidth` in `docs/window-options.md` for how it is kept.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_maximum_size (MullionBrowserWindow *self,
                                         int                   width,
                                         int                   height)
{
  MullionWindowOptions *options;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (width >= 0 && height >= 0);

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  options = mullion_browser_window_change_options (self);
  options->max_width = width;
  options->max_height = height;
  limit (self);
}

/**
 * mullion_browser_window_get_maximum_size:
 * @self: the window
 * @width: (out) (optional): return location for the largest width in pixels
 * @height: (out) (optional): return location for the largest height in pixels
 *
 * Gets the largest size of the window; 0 is any.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_maximum_size (MullionBrowserWindow *self,
                                         int                  *width,
                                         int                  *height)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (width != NULL)
    *width = mullion_browser_window_get_options (self)->max_width;
  if (height != NULL)
    *height = mullion_browser_window_get_options (self)->max_height;
}

/**
 * mullion_browser_window_set_resizable:
 * @self: the window
 * @resizable: whether the user may resize the window
 *
 * Allows or forbids that the user resizes the window, like Electron's `win.setResizable`.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_resizable (MullionBrowserWindow *self,
                                      gboolean              resizable)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  gtk_window_set_resizable (GTK_WINDOW (self), resizable);
  limit (self);
}

/**
 * mullion_browser_window_is_resizable:
 * @self: the window
 *
 * Tells whether the user may resize the window.
 *
 * Returns: %TRUE if the user may
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_resizable (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_window_get_resizable (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_set_full_screenable:
 * @self: the window
 * @full_screenable: whether the window may be in full screen
 *
 * Allows or forbids that the app or the page brings the window into full screen, like Electron's
 * `win.setFullScreenable`.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_full_screenable (MullionBrowserWindow *self,
                                            gboolean              full_screenable)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_browser_window_change_options (self)->full_screenable = full_screenable;
}

/**
 * mullion_browser_window_is_full_screenable:
 * @self: the window
 *
 * Tells whether the window may be in full screen.
 *
 * Returns: %TRUE if it may
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_full_screenable (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return mullion_browser_window_get_options (self)->full_screenable;
}
