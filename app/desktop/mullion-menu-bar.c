/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-menu.h"

#include "mullion-app-private.h"
#include "mullion-browser-window-private.h"

/*
 * The menu bars of the app and of its windows: methods of MullionApp and MullionBrowserWindow.
 *
 * Main process. The app's menu is what windows get, now and when they are made; a window may have
 * another one afterwards, or none.
 */

/**
 * mullion_app_set_application_menu:
 * @self: an app
 * @menu: (nullable): the menu; %NULL for none
 *
 * Gives all windows a menu bar, those that are there and those to come, like Electron's
 * `Menu.setApplicationMenu`. Without this call windows have none, where Electron has a default one.
 *
 * Since: 0.1
 */
void
mullion_app_set_application_menu (MullionApp  *self,
                                  MullionMenu *menu)
{
  g_autoptr(GList) windows = NULL;

  g_return_if_fail (MULLION_IS_APP (self));
  g_return_if_fail (menu == NULL || MULLION_IS_MENU (menu));

  g_set_object (&mullion_app_get_private (self)->menu, menu);
  windows = mullion_browser_window_get_all ();
  for (GList *l = windows; l != NULL; l = l->next)
    mullion_browser_window_set_menu (l->data, menu);
}

/**
 * mullion_app_get_application_menu:
 * @self: an app
 *
 * Gets the menu that new windows have.
 *
 * Returns: (transfer none) (nullable): the menu
 *
 * Since: 0.1
 */
MullionMenu *
mullion_app_get_application_menu (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->menu;
}

/**
 * mullion_browser_window_set_menu:
 * @self: the window
 * @menu: (nullable): the menu; %NULL for none
 *
 * Gives the window a menu bar above its page, and the accelerators of the menu. A key that the page
 * handles and prevents is not an accelerator. A frameless window has the accelerators only.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_menu (MullionBrowserWindow *self,
                                 MullionMenu          *menu)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (menu == NULL || MULLION_IS_MENU (menu));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_window_menu_set (mullion_browser_window_get_window_menu (self), menu);
}

/**
 * mullion_browser_window_get_menu:
 * @self: the window
 *
 * Gets the menu of the window.
 *
 * Returns: (transfer none) (nullable): the menu
 *
 * Since: 0.1
 */
MullionMenu *
mullion_browser_window_get_menu (MullionBrowserWindow *self)
{
  MullionWindowMenu *menu;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  menu = mullion_browser_window_get_window_menu (self);
  return menu != NULL ? mullion_window_menu_get (menu) : NULL;
}

/**
 * mullion_browser_window_set_menu_bar_visibility:
 * @self: the window
 * @visible: whether the menu bar is shown
 *
 * Shows or hides the menu bar. The accelerators of a hidden one work.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_menu_bar_visibility (MullionBrowserWindow *self,
                                                gboolean              visible)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_window_menu_set_visible (mullion_browser_window_get_window_menu (self), visible);
}

/**
 * mullion_browser_window_is_menu_bar_visible:
 * @self: the window
 *
 * Asks whether the window shows a menu bar.
 *
 * Returns: whether it does
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_menu_bar_visible (MullionBrowserWindow *self)
{
  MullionWindowMenu *menu;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  menu = mullion_browser_window_get_window_menu (self);
  return menu != NULL && mullion_window_menu_is_visible (menu);
}
