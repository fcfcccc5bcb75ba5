/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-web-contents-private.h"
#include "mullion-window-setup.h"

/* The methods of MullionBrowserWindow that steer its GtkWindow and its page.
 *
 * They live in the main process and ask the window system; what it makes of that
 * is told by the events. Each one warns and does nothing once the window is
 * destroyed.
 */

/**
 * mullion_browser_window_new_from_json:
 * @app: the app
 * @options: the text of a JSON object with Electron's constructor options
 * @error: return location for an error
 *
 * Creates a window like [ctor@BrowserWindow.new], from text.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT when @options is not the text of an
 * object. A bad option in the object is warned about.
 *
 * Returns: (transfer none): the window, which GTK owns until it is destroyed
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_new_from_json (MullionApp  *app,
                                      const char  *options,
                                      GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (MULLION_IS_APP (app), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  node = json_from_string (options, &reason);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return mullion_browser_window_new (app, json_node_get_object (node));

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "The options of a window must be a JSON object: %s",
               reason != NULL ? reason->message : "found something else");
  return NULL;
}

/**
 * mullion_browser_window_load_file:
 * @self: the window
 * @path: path of a page, below the path of the app
 *
 * Loads a page of the app, see [method@WebContents.load_file].
 *
 * Since: 0.1
 */
void
mullion_browser_window_load_file (MullionBrowserWindow *self,
                                  const char           *path)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (path != NULL);

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_web_contents_load_file (mullion_browser_window_get_web_contents (self), path);
}

/**
 * mullion_browser_window_load_uri:
 * @self: the window
 * @uri: the address
 *
 * Loads any address, see [method@WebContents.load_uri].
 *
 * Since: 0.1
 */
void
mullion_browser_window_load_uri (MullionBrowserWindow *self,
                                 const char           *uri)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (uri != NULL);

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_web_contents_load_uri (mullion_browser_window_get_web_contents (self), uri);
}

/**
 * mullion_browser_window_show:
 * @self: the window
 *
 * Shows the window and gives it the focus.
 *
 * Since: 0.1
 */
void
mullion_browser_window_show (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_window_present (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_show_inactive:
 * @self: the window
 *
 * Shows the window without asking for the focus.
 *
 * Window managers give a new window the focus all the same, most of the time.
 *
 * Since: 0.1
 */
void
mullion_browser_window_show_inactive (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * mullion_browser_window_hide:
 * @self: the window
 *
 * Hides the window. Its page stays loaded.
 *
 * Since: 0.1
 */
void
mullion_browser_window_hide (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mullion_browser_window_is_visible:
 * @self: the window
 *
 * Tells whether the window is shown, be it minimized or not.
 *
 * Returns: %TRUE if the window is shown
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_visible (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self));
}

/**
 * mullion_browser_window_focus:
 * @self: the window
 *
 * Asks for the focus. A hidden window stays hidden.
 *
 * Since: 0.1
 */
void
mullion_browser_window_focus (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC) &&
      gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_is_focused:
 * @self: the window
 *
 * Tells whether the window has the focus.
 *
 * Returns: %TRUE if the window has the focus
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_focused (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_window_is_active (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_minimize:
 * @self: the window
 *
 * Minimizes the window. [signal@BrowserWindow::minimize] tells that it happened;
 * not every window manager says so.
 *
 * Since: 0.1
 */
void
mullion_browser_window_minimize (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_window_minimize (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_maximize:
 * @self: the window
 *
 * Maximizes the window, and shows it if it was hidden.
 *
 * Since: 0.1
 */
void
mullion_browser_window_maximize (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  gtk_window_maximize (GTK_WINDOW (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * mullion_browser_window_unmaximize:
 * @self: the window
 *
 * Gives a maximized window its former size.
 *
 * Since: 0.1
 */
void
mullion_browser_window_unmaximize (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_window_unmaximize (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_is_maximized:
 * @self: the window
 *
 * Tells whether the window is maximized.
 *
 * Returns: %TRUE if the window is maximized
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_maximized (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_window_is_maximized (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_is_minimized:
 * @self: the window
 *
 * Tells whether the window is minimized. Compositors of Wayland do not say so.
 *
 * Returns: %TRUE if the window is minimized
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_minimized (MullionBrowserWindow *self)
{
  GdkSurface *surface;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  surface = gtk_native_get_surface (GTK_NATIVE (self));
  return surface != NULL &&
         gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED;
}

/**
 * mullion_browser_window_restore:
 * @self: the window
 *
 * Brings a minimized window back to the state it had before, or, if it is not
 * minimized, a maximized window back to its former size.
 *
 * Since: 0.1
 */
void
mullion_browser_window_restore (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  if (!mullion_browser_window_is_minimized (self) && gtk_window_is_maximized (GTK_WINDOW (self)))
    gtk_window_unmaximize (GTK_WINDOW (self));
  else
    gtk_window_unminimize (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_set_full_screen:
 * @self: the window
 * @full_screen: %TRUE to enter full screen, %FALSE to leave it
 *
 * Puts the window in full screen, or takes it out. A window that was created with
 * `"fullscreenable": false` stays out, with a warning.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_full_screen (MullionBrowserWindow *self,
                                        gboolean              full_screen)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  if (!full_screen)
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else if (mullion_browser_window_get_options (self)->full_screenable)
    gtk_window_fullscreen (GTK_WINDOW (self));
  else
    g_warning ("Window %u was created with \"fullscreenable\": false",
               mullion_browser_window_get_id (self));
}

/**
 * mullion_browser_window_is_full_screen:
 * @self: the window
 *
 * Tells whether the window is in full screen.
 *
 * Returns: %TRUE if the window is in full screen
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_full_screen (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_window_is_fullscreen (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_set_title:
 * @self: the window
 * @title: the title
 *
 * Sets the title of the window, until the page has a new one.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_title (MullionBrowserWindow *self,
                                  const char           *title)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (title != NULL);

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_window_set_title (GTK_WINDOW (self), title);
}

/**
 * mullion_browser_window_get_title:
 * @self: the window
 *
 * Gets the title of the window.
 *
 * Returns: (nullable): the title
 *
 * Since: 0.1
 */
const char *
mullion_browser_window_get_title (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  return gtk_window_get_title (GTK_WINDOW (self));
}

/**
 * mullion_browser_window_set_background_color:
 * @self: the window
 * @color: the colour; its alpha is looked at if the window is `transparent`
 *
 * Sets what the window shows where and while the page has painted nothing.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_background_color (MullionBrowserWindow *self,
                                             const GdkRGBA        *color)
{
  MullionWebContents *contents;
  GdkRGBA painted;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (color != NULL);

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  painted = *color;
  if (!mullion_browser_window_get_options (self)->transparent)
    painted.alpha = 1;
  contents = mullion_browser_window_get_web_contents (self);
  mullion_window_setup_set_background (GTK_WINDOW (self),
                                       mullion_web_contents_get_web_view (contents), &painted);
}

/**
 * mullion_browser_window_get_background_color:
 * @self: the window
 * @color: (out caller-allocates): the colour
 *
 * Tells what the window shows where and while the page has painted nothing.
 *
 * Since: 0.1
 */
void
mullion_browser_window_get_background_color (MullionBrowserWindow *self,
                                             GdkRGBA              *color)
{
  MullionWebContents *contents;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (color != NULL);

  *color = (GdkRGBA) { 1, 1, 1, 1 };
  contents = mullion_browser_window_get_web_contents (self);
  if (contents != NULL)
    webkit_web_view_get_background_color (mullion_web_contents_get_web_view (contents), color);
}

/**
 * mullion_browser_window_set_icon:
 * @self: the window
 * @icon: the name of an icon of the theme, or the path of a picture, absolute or below the path of
 *   the app
 * @error: (nullable): where to put an error
 *
 * Sets the icon of the window, like Electron's `win.setIcon`. On Wayland a picture is not seen: the
 * desktop file of the app has the icon there.
 *
 * Returns: %FALSE with @error set where there is no picture at that path, or the window is destroyed
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_icon (MullionBrowserWindow  *self,
                                 const char            *icon,
                                 GError               **error)
{
  MullionApp *app;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);
  g_return_val_if_fail (icon != NULL && *icon != '\0', FALSE);

  if (mullion_browser_window_is_destroyed (self))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "The window is destroyed");
      return FALSE;
    }

  app = mullion_web_contents_get_app (mullion_browser_window_get_web_contents (self));
  return mullion_window_setup_set_icon (GTK_WINDOW (self), icon, mullion_app_get_app_path (app),
                                        error);
}
