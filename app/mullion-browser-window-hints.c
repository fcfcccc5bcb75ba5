/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-error.h"
#include "mullion-window-place.h"
#include "mullion-window-x11.h"

/*
 * What a MullionBrowserWindow asks of the window manager: to be above the others, on all workspaces,
 * without the focus.
 *
 * Main process. X11 has words for it. Wayland has none, and there the functions say so.
 */

static gboolean
check (MullionBrowserWindow  *self,
       const char            *wish,
       GError               **error)
{
  if (!mullion_window_place_is_known (gtk_widget_get_display (GTK_WIDGET (self))))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                   "Programs of this window system cannot %s: it is X11 that can", wish);
      return FALSE;
    }
  if (mullion_browser_window_is_destroyed (self))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "The window is destroyed");
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_hint (MullionBrowserWindow  *self,
          MullionWindowHint      hint,
          gboolean               is_on,
          const char            *wish,
          GError               **error)
{
  if (!check (self, wish, error))
    return FALSE;

  mullion_window_hints_set (mullion_browser_window_get_hints (self), hint, is_on);
  return TRUE;
}

static gboolean
has_hint (MullionBrowserWindow *self,
          MullionWindowHint     hint)
{
  MullionWindowHints *hints = mullion_browser_window_get_hints (self);

  return hints != NULL && mullion_window_hints_get (hints, hint);
}

/**
 * mullion_browser_window_set_always_on_top:
 * @self: the window
 * @always_on_top: whether the window stays above the others
 * @error: (nullable): where to put an error
 *
 * Keeps the window above the others, or no longer, like Electron's `win.setAlwaysOnTop`. There is one
 * level. [signal@BrowserWindow::always-on-top-changed] is emitted if this is new.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_always_on_top (MullionBrowserWindow  *self,
                                          gboolean               always_on_top,
                                          GError               **error)
{
  MullionWindowHints *hints;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  if (!check (self, "keep a window above the others", error))
    return FALSE;

  always_on_top = !!always_on_top;
  hints = mullion_browser_window_get_hints (self);
  if (mullion_window_hints_set (hints, MULLION_WINDOW_HINT_ALWAYS_ON_TOP, always_on_top))
    g_signal_emit_by_name (self, "always-on-top-changed", always_on_top);
  return TRUE;
}

/**
 * mullion_browser_window_is_always_on_top:
 * @self: the window
 *
 * Tells whether the window was asked to stay above the others.
 *
 * Returns: %TRUE if it was; %FALSE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_always_on_top (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return has_hint (self, MULLION_WINDOW_HINT_ALWAYS_ON_TOP);
}

/**
 * mullion_browser_window_set_skip_taskbar:
 * @self: the window
 * @skip: whether the taskbar leaves the window out
 * @error: (nullable): where to put an error
 *
 * Keeps the window out of the taskbar, or no longer, like Electron's `win.setSkipTaskbar`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_skip_taskbar (MullionBrowserWindow  *self,
                                         gboolean               skip,
                                         GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return set_hint (self, MULLION_WINDOW_HINT_SKIP_TASKBAR, !!skip,
                   "keep a window out of the taskbar", error);
}

/**
 * mullion_browser_window_set_visible_on_all_workspaces:
 * @self: the window
 * @visible: whether the window is on all workspaces
 * @error: (nullable): where to put an error
 *
 * Shows the window on all workspaces, or on the current one only, like Electron's
 * `win.setVisibleOnAllWorkspaces`.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_visible_on_all_workspaces (MullionBrowserWindow  *self,
                                                      gboolean               visible,
                                                      GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return set_hint (self, MULLION_WINDOW_HINT_ALL_WORKSPACES, !!visible,
                   "show a window on all workspaces", error);
}

/**
 * mullion_browser_window_is_visible_on_all_workspaces:
 * @self: the window
 *
 * Tells whether the window was asked to be on all workspaces.
 *
 * Returns: %TRUE if it was; %FALSE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_visible_on_all_workspaces (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return has_hint (self, MULLION_WINDOW_HINT_ALL_WORKSPACES);
}

/**
 * mullion_browser_window_flash_frame:
 * @self: the window
 * @flash: whether the window calls for the user
 * @error: (nullable): where to put an error
 *
 * Calls for the user's attention, or no longer, like Electron's `win.flashFrame`. It ends when the
 * window gets the focus. What is seen of it is for the window manager to say.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_flash_frame (MullionBrowserWindow  *self,
                                    gboolean               flash,
                                    GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return set_hint (self, MULLION_WINDOW_HINT_URGENT, !!flash, "call for attention", error);
}

/**
 * mullion_browser_window_set_focusable:
 * @self: the window
 * @focusable: whether the window may have the focus
 * @error: (nullable): where to put an error
 *
 * Lets the window have the focus, or not, like Electron's `win.setFocusable`. The keyboard is then
 * another window's, and the pointer still works.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_focusable (MullionBrowserWindow  *self,
                                      gboolean               focusable,
                                      GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return set_hint (self, MULLION_WINDOW_HINT_UNFOCUSABLE, !focusable,
                   "keep the focus from a window", error);
}

/**
 * mullion_browser_window_is_focusable:
 * @self: the window
 *
 * Tells whether the window may have the focus.
 *
 * Returns: %TRUE if it may
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_focusable (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return !has_hint (self, MULLION_WINDOW_HINT_UNFOCUSABLE);
}

/**
 * mullion_browser_window_set_opacity:
 * @self: the window
 * @opacity: from 0, which is not seen, to 1
 * @error: (nullable): where to put an error
 *
 * Makes all of the window translucent, frame and all, like `win.setOpacity`, which Electron has on
 * other systems only. It is seen where the desktop composes its windows.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_set_opacity (MullionBrowserWindow  *self,
                                    double                 opacity,
                                    GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);
  g_return_val_if_fail (opacity >= 0 && opacity <= 1, FALSE);

  if (!check (self, "set the opacity of a window", error))
    return FALSE;

  mullion_window_hints_set_opacity (mullion_browser_window_get_hints (self), opacity);
  return TRUE;
}

/**
 * mullion_browser_window_get_opacity:
 * @self: the window
 *
 * Gets the opacity that the window was given.
 *
 * Returns: from 0 to 1, which is what a window begins with
 *
 * Since: 0.1
 */
double
mullion_browser_window_get_opacity (MullionBrowserWindow *self)
{
  MullionWindowHints *hints;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), 1);

  hints = mullion_browser_window_get_hints (self);
  return hints != NULL ? mullion_window_hints_get_opacity (hints) : 1;
}

static gboolean
raise_window (MullionBrowserWindow  *self,
              MullionBrowserWindow  *sibling,
              GError               **error)
{
  GdkSurface *surface, *below;

  if (!check (self, "raise a window", error))
    return FALSE;

  surface = mullion_window_x11_get_surface (GTK_WINDOW (self));
  below = sibling != NULL ? mullion_window_x11_get_surface (GTK_WINDOW (sibling)) : NULL;
  if (surface != NULL && (sibling == NULL || below != NULL))
    mullion_window_x11_raise (surface, below);
  return TRUE;
}

/**
 * mullion_browser_window_move_top:
 * @self: the window
 * @error: (nullable): where to put an error
 *
 * Brings the window above the others without giving it the focus, like Electron's `win.moveTop`. Those
 * that are always on top stay there.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_move_top (MullionBrowserWindow  *self,
                                 GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return raise_window (self, NULL, error);
}

/**
 * mullion_browser_window_move_above:
 * @self: the window
 * @other: the window to stand above
 * @error: (nullable): where to put an error
 *
 * Brings the window above another one of the app, like Electron's `win.moveAbove`, which takes the
 * windows of other programs as well. Some window managers bring it above all.
 *
 * Returns: %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE on Wayland
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_move_above (MullionBrowserWindow  *self,
                                   MullionBrowserWindow  *other,
                                   GError               **error)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (other) && other != self, FALSE);

  return raise_window (self, other, error);
}

/* As the options of the window have it. */
void
mullion_browser_window_hint (MullionBrowserWindow *self)
{
  const MullionWindowOptions *options = mullion_browser_window_get_options (self);
  g_autoptr(GError) error = NULL;

  if (!options->always_on_top && !options->skip_taskbar && options->focusable
      && options->opacity == 1)
    return;

  if (!check (self, "take the options \"alwaysOnTop\", \"skipTaskbar\", \"focusable\" and \"opacity\"",
              &error))
    {
      g_warning ("%s: ignored", error->message);
      return;
    }
  mullion_browser_window_set_always_on_top (self, options->always_on_top, NULL);
  mullion_browser_window_set_skip_taskbar (self, options->skip_taskbar, NULL);
  mullion_browser_window_set_focusable (self, options->focusable, NULL);
  mullion_browser_window_set_opacity (self, options->opacity, NULL);
}
