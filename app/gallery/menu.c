/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Native menus that a page asked for: a popup at a point, and a menu bar for its window.
 *
 * Both are made here, from templates as Electron has them: the page says only where and whether.
 */

#define LARGEST_COORDINATE 1e5

static const char popup_template[] =
  "[ { \"id\": \"cut\", \"label\": \"Cu&t\" },"
  "  { \"id\": \"copy\", \"label\": \"&Copy\" },"
  "  { \"id\": \"paste\", \"label\": \"&Paste\" },"
  "  { \"type\": \"separator\" },"
  "  { \"label\": \"&Window\", \"submenu\": ["
  "    { \"id\": \"one-pane\", \"label\": \"One &Pane\" },"
  "    { \"id\": \"two-panes\", \"label\": \"&Two Panes\" } ] } ]";

/* What is clicked here is told to the page, on the channel that the template names; one item has an
 * action of the app's instead, which the page has as well. */
static const char bar_template[] =
  "[ { \"role\": \"editMenu\" }, { \"role\": \"viewMenu\" },"
  "  { \"label\": \"&Panes\", \"submenu\": ["
  "    { \"id\": \"frame\", \"label\": \"With a &Frame\", \"type\": \"checkbox\","
  "      \"accelerator\": \"CmdOrCtrl+Shift+F\", \"click\": \"menu:click\" },"
  "    { \"label\": \"With &Glass\", \"action\": \"app.glass\","
  "      \"accelerator\": \"CmdOrCtrl+Shift+G\" },"
  "    { \"type\": \"separator\" },"
  "    { \"id\": \"oak\", \"label\": \"&Oak\", \"type\": \"radio\", \"checked\": true,"
  "      \"click\": \"menu:click\" },"
  "    { \"id\": \"stone\", \"label\": \"&Stone\", \"type\": \"radio\","
  "      \"click\": \"menu:click\" } ] } ]";

static MullionMenu *
create_menu (const char *template)
{
  g_autoptr(GError) error = NULL;
  MullionMenu *menu = mullion_menu_new_from_json (template, &error);

  g_assert_no_error (error);
  return menu;
}

static void
closed_cb (GObject      *menu,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMenuItem) item =
    mullion_menu_popup_finish (MULLION_MENU (menu), result, &error);

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else if (item == NULL)
    mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
  else
    mullion_ipc_main_invoke_event_return (event,
                                          gallery_string_node (mullion_menu_item_get_id (item)));
}

static MullionBrowserWindow *
get_window (MullionIpcMainInvokeEvent *event)
{
  return mullion_browser_window_from_web_contents (
    mullion_ipc_main_invoke_event_get_sender (event));
}

/* The call ends when the menu closes; and a page that goes away takes its menu along. */
static void
popup (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMenu) menu = NULL;
  double x = 0;
  double y = 0;

  if (!gallery_args_get_number (args, 0, 0, LARGEST_COORDINATE, &x, &error)
      || !gallery_args_get_number (args, 1, 0, LARGEST_COORDINATE, &y, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  menu = create_menu (popup_template);
  mullion_menu_popup_async (menu, get_window (event), (int) x, (int) y,
                            mullion_ipc_main_invoke_event_get_cancellable (event), closed_cb,
                            g_object_ref (event));
}

static void
show_bar (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMenu) menu = NULL;
  gboolean is_shown = FALSE;

  if (!gallery_args_get_boolean (args, 0, &is_shown, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  if (is_shown)
    menu = create_menu (bar_template);
  mullion_browser_window_set_menu (get_window (event), menu);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* A boolean state is turned round when the action is activated: GSimpleAction does so by itself. */
static void
share_glass (MullionApp *app)
{
  g_autoptr(GSimpleAction) glass =
    g_simple_action_new_stateful ("glass", NULL, g_variant_new_boolean (FALSE));

  g_action_map_add_action (G_ACTION_MAP (app), G_ACTION (glass));
  mullion_app_share_action (app, "app.glass");
}

void
gallery_menu_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  share_glass (app);
  mullion_ipc_main_handle (ipc, "menu:popup", popup, NULL, NULL);
  mullion_ipc_main_handle (ipc, "menu:show-bar", show_bar, NULL, NULL);
}
