/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

/*
 * The events of MullionBrowserWindow, which others emit by their names: what the window system does
 * to it is told by MullionWindowEvents, what its page does by mullion_window_page_follow ().
 */

/**
 * MullionBrowserWindow::focus:
 * @self: the window
 *
 * Emitted when the window has got the focus.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::blur:
 * @self: the window
 *
 * Emitted when the window has lost the focus.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::resize:
 * @self: the window
 *
 * Emitted when the window has a new size, once it had its first one.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::resized:
 * @self: the window
 *
 * Emitted when the window has kept a new size for a quarter of a second. Electron has it on other
 * systems only.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::move:
 * @self: the window
 *
 * Emitted when the window stands somewhere else, on X11. Wayland does not tell.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::moved:
 * @self: the window
 *
 * Emitted when the window has stood still for a quarter of a second after it was moved, on X11.
 * Electron has it on other systems only.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::minimize:
 * @self: the window
 *
 * Emitted when the window is minimized.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::restore:
 * @self: the window
 *
 * Emitted when the window is no longer minimized.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::maximize:
 * @self: the window
 *
 * Emitted when the window is maximized.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::unmaximize:
 * @self: the window
 *
 * Emitted when the window is no longer maximized.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::enter-full-screen:
 * @self: the window
 *
 * Emitted when the window is in full screen.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::leave-full-screen:
 * @self: the window
 *
 * Emitted when the window is no longer in full screen.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::enter-html-full-screen:
 * @self: the window
 *
 * Emitted when the page brings an element of its own into full screen, and with it the window.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::leave-html-full-screen:
 * @self: the window
 *
 * Emitted when no element of the page is in full screen any more.
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::unresponsive:
 * @self: the window
 *
 * Emitted when the page of the window does not answer, see [signal@WebContents::unresponsive].
 *
 * Since: 0.1
 */

/**
 * MullionBrowserWindow::responsive:
 * @self: the window
 *
 * Emitted when the page of the window answers again.
 *
 * Since: 0.1
 */

/* The events that carry nothing and cannot be prevented. */
static const char *const plain_signals[] = {
  "focus", "blur", "resize", "resized", "move", "moved", "minimize", "maximize", "unmaximize", "restore",
  "enter-full-screen", "leave-full-screen", "unresponsive", "responsive",
  "enter-html-full-screen", "leave-html-full-screen", "persisted-state-restored",
};

void
mullion_browser_window_add_signals (GType type)
{
  /**
   * MullionBrowserWindow::ready-to-show:
   * @self: the window
   *
   * Emitted once, when the first page can be shown without a white flash.
   *
   * Create the window with `"show": false` and show it here. WebKitGTK does not
   * paint hidden windows, so for those it means the end of the first load; give
   * the window a `backgroundColor` for the frame that remains. A page that loads
   * for long counts as ready one second after its document.
   *
   * Since: 0.1
   */
  g_signal_new ("ready-to-show", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionBrowserWindow::close:
   * @self: the window
   *
   * Emitted when the window is about to close, before the `beforeunload` event of
   * the page.
   *
   * Returns: %TRUE to keep the window open
   *
   * Since: 0.1
   */
  g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0,
                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);

  /**
   * MullionBrowserWindow::closed:
   * @self: the window
   *
   * Emitted once, when the window is destroyed. Drop your references to it.
   *
   * Since: 0.1
   */
  g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionBrowserWindow::page-title-updated:
   * @self: the window
   * @title: the title of the page
   *
   * Emitted when the page has a new title, which the window takes on.
   *
   * Returns: %TRUE to leave the title of the window as it is
   *
   * Since: 0.1
   */
  g_signal_new ("page-title-updated", type, G_SIGNAL_RUN_LAST, 0,
                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);

  /**
   * MullionBrowserWindow::always-on-top-changed:
   * @self: the window
   * @is_always_on_top: whether it is to stay above the others now
   *
   * Emitted when the window is told to stay above the others, or no longer.
   *
   * Since: 0.1
   */
  g_signal_new ("always-on-top-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                1, G_TYPE_BOOLEAN);

  for (guint i = 0; i < G_N_ELEMENTS (plain_signals); i++)
    g_signal_new (plain_signals[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}
