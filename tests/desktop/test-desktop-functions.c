/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

/*
 * The plain functions of mullion/desktop, each called by a page, and what it does seen from C. What modules
 * refuse and what they tell is in the other tests of them.
 */

/* Calls one that resolves with nothing. */
static void
assert_done (DesktopFixture *fixture,
             const char     *call)
{
  desktop_assert_rejects (fixture, call, "done");
}

/* -- The window -- */

static void
test_place (void)
{
  MullionBrowserWindow *window;
  DesktopFixture fixture = { 0 };
  int across, down;
  int x, y;

  desktop_set_up (&fixture, "{ \"window\": true }");
  window = fixture.window->window;
  assert_done (&fixture, "window.setSize(500, 400)");
  ipc_wait_until ((mullion_browser_window_get_size (window, &across, &down),
                   across == 500 && down == 400));
  ipc_assert_run (fixture.window, "desktop.window.getSize()", "[500,400]");
  assert_done (&fixture, "window.setPosition(70, 80)");
  ipc_wait_until (mullion_browser_window_get_position (window, &x, &y) && x == 70 && y == 80);
  ipc_assert_run (fixture.window, "desktop.window.getPosition()", "[70,80]");
  assert_done (&fixture, "window.center()");
  ipc_wait_until (mullion_browser_window_get_position (window, &x, &y) && x != 70 && y != 80);
  desktop_tear_down (&fixture);
}

static void
test_bounds (void)
{
  static const GdkRectangle expected = { 30, 40, 420, 330 };
  DesktopFixture fixture = { 0 };
  GdkRectangle bounds;

  desktop_set_up (&fixture, "{ \"window\": true }");
  assert_done (&fixture, "window.setBounds({ x: 30, y: 40, width: 420, height: 330 })");
  ipc_wait_until ((mullion_browser_window_get_bounds (fixture.window->window, &bounds),
                   gdk_rectangle_equal (&bounds, &expected)));
  ipc_assert_run (fixture.window, "desktop.window.getBounds()",
                  "{\"x\":30,\"y\":40,\"width\":420,\"height\":330}");
  ipc_assert_run (fixture.window, "desktop.window.getNormalBounds()",
                  "{\"x\":30,\"y\":40,\"width\":420,\"height\":330}");
  assert_done (&fixture, "window.setContentBounds({ x: 50, y: 60, width: 400, height: 300 })");
  ipc_wait_until ((mullion_browser_window_get_content_bounds (fixture.window->window, &bounds),
                   bounds.x == 50 && bounds.y == 60 && bounds.width == 400 && bounds.height == 300));
  ipc_assert_run (fixture.window, "desktop.window.getContentBounds()",
                  "{\"x\":50,\"y\":60,\"width\":400,\"height\":300}");

  assert_done (&fixture, "window.setMinimumSize(100, 90)");
  ipc_assert_run (fixture.window, "desktop.window.getMinimumSize()", "[100,90]");
  assert_done (&fixture, "window.setMaximumSize(900, 0)");
  ipc_assert_run (fixture.window, "desktop.window.getMaximumSize()", "[900,0]");
  desktop_assert_invalid (&fixture, "window.setBounds", "window.setBounds({ x: 1, y: 1, width: 0, height: 9 })",
                          "arguments[0].width: expected a number from 1");
  desktop_tear_down (&fixture);
}

/* What the window manager is told of them is a matter of tests/ipc/window-manager-hints.c. */
static void
test_wishes (void)
{
  DesktopFixture fixture = { 0 };
  MullionBrowserWindow *window;

  desktop_set_up (&fixture, "{ \"window\": true }");
  window = fixture.window->window;
  assert_done (&fixture, "window.setAlwaysOnTop(true)");
  g_assert_true (mullion_browser_window_is_always_on_top (window));
  ipc_assert_run (fixture.window, "desktop.window.isAlwaysOnTop()", "true");
  assert_done (&fixture, "window.setVisibleOnAllWorkspaces(true)");
  ipc_assert_run (fixture.window, "desktop.window.isVisibleOnAllWorkspaces()", "true");
  assert_done (&fixture, "window.setSkipTaskbar(true)");
  assert_done (&fixture, "window.flashFrame(true)");
  assert_done (&fixture, "window.moveTop()");
  assert_done (&fixture, "window.setIgnoreMouseEvents(true)");
  assert_done (&fixture, "window.setOpacity(0.5)");
  g_assert_cmpfloat (mullion_browser_window_get_opacity (window), ==, 0.5);
  ipc_assert_run (fixture.window, "desktop.window.getOpacity()", "0.5");
  assert_done (&fixture, "window.setResizable(false)");
  g_assert_false (mullion_browser_window_is_resizable (window));
  ipc_assert_run (fixture.window, "desktop.window.isResizable()", "false");
  ipc_assert_run (fixture.window, "desktop.window.isKiosk()", "false");
  ipc_assert_run (fixture.window, "desktop.window.isNormal()", "true");
  ipc_assert_run (fixture.window, "desktop.window.isMinimized()", "false");
  assert_done (&fixture, "window.setKiosk(true)");
  desktop_assert_invalid (&fixture, "window.setOpacity", "window.setOpacity(2)",
                          "arguments[0]: expected a number up to 1");
  desktop_tear_down (&fixture);
}

/* What a window manager makes of them is a matter of tests/ipc/test-window-manager.c. */
static void
test_state (void)
{
  static const char *const calls[] = {
    "window.hide()", "window.showInactive()", "window.focus()", "window.maximize()",
    "window.unmaximize()", "window.minimize()", "window.restore()", "window.setFullScreen(true)",
    "window.setFullScreen(false)", "window.setMenuBarVisibility(true)",
  };
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"window\": true }");
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    assert_done (&fixture, calls[i]);
  ipc_assert_run (fixture.window, "desktop.window.isVisible()", "true");
  ipc_assert_run (fixture.window,
                  "Promise.all([desktop.window.isFocused(), desktop.window.isMaximized(),"
                  "  desktop.window.isFullScreen()]).then((all) => all.map((is) => typeof is))",
                  "[\"boolean\",\"boolean\",\"boolean\"]");
  assert_done (&fixture, "window.hide()");
  g_assert_false (mullion_browser_window_is_visible (fixture.window->window));
  assert_done (&fixture, "window.show()");
  g_assert_true (mullion_browser_window_is_visible (fixture.window->window));
  desktop_tear_down (&fixture);
}

/* -- The app -- */

static void
test_app (void)
{
  DesktopFixture fixture = { 0 };
  g_autofree char *name = g_strdup_printf ("\"%s\"", mullion_app_get_name (ipc_app_get ()));

  desktop_set_up (&fixture, "{ \"app\": true }");
  ipc_assert_run (fixture.window, "desktop.app.getName()", name);
  ipc_assert_run (fixture.window, "desktop.app.getPreferredSystemLanguages()",
                  "[\"de-AT\",\"de\",\"en\"]");
  assert_done (&fixture, "app.setBadgeCount(3)");
  g_assert_cmpuint (mullion_app_get_badge_count (ipc_app_get ()), ==, 3);
  ipc_assert_run (fixture.window, "desktop.app.getBadgeCount()", "3");
  assert_done (&fixture, "app.setBadgeCount(0)");
  assert_done (&fixture, "app.setProgress(0.5)");
  assert_done (&fixture, "app.setProgress(-1)");
  desktop_tear_down (&fixture);
}

/* -- The page -- */

static void
test_page (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"print\": true, \"session\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.print.printToPDF({ landscape: true })"
                  "  .then((bytes) => String.fromCharCode(...bytes.subarray(0, 5)))", "\"%PDF-\"");
  assert_done (&fixture, "session.clearStorageData({ storages: ['localstorage'] })");
  desktop_tear_down (&fixture);
}

/* -- The desktop -- */

static void
test_shortcut (void)
{
  static const char *const key = "CmdOrCtrl+Alt+F10";
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"globalShortcut\": true }");
  assert_done (&fixture, "globalShortcut.register('CmdOrCtrl+Alt+F10')");
  g_assert_true (mullion_global_shortcut_is_registered (key));
  assert_done (&fixture, "globalShortcut.unregister('CmdOrCtrl+Alt+F10')");
  g_assert_false (mullion_global_shortcut_is_registered (key));
  desktop_tear_down (&fixture);
}

static void
test_notification (void)
{
  g_autoptr(MockService) service = desktop_notifications_start ();
  g_autoptr(GVariant) ended = NULL;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"notification\": true }");
  ipc_assert_run (fixture.window, "desktop.notification.isSupported()", "true");
  ipc_assert_run (fixture.window, "desktop.notification.isReplySupported()", "true");
  ipc_assert_run (fixture.window,
                  "desktop.notification.show({ title: 'Mail' })"
                  "  .then((id) => desktop.notification.close(id)).then(() => 'closed')",
                  "\"closed\"");
  ended = mock_service_wait (service, "CloseNotification");
  g_assert_nonnull (ended);
  desktop_tear_down (&fixture);
}

static void
test_machine (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"powerMonitor\": true, \"screen\": true, \"menu\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.powerMonitor.getSystemIdleTime().then((seconds) => typeof seconds)",
                  "\"number\"");
  /* What tells a program of X11 that the session is one of Wayland. */
  g_setenv ("WAYLAND_DISPLAY", "wayland-0", TRUE);
  desktop_assert_rejects (&fixture, "powerMonitor.getSystemIdleTime()",
                          "This desktop has no idle monitor");
  g_unsetenv ("WAYLAND_DISPLAY");
  ipc_assert_run (fixture.window,
                  "desktop.screen.getCursorScreenPoint().then(({ x, y }) => [typeof x, typeof y])",
                  "[\"number\",\"number\"]");
  ipc_assert_run (fixture.window,
                  "desktop.menu.popup([{ role: 'magic' }]).catch((e) => e.code)", "1");
  desktop_tear_down (&fixture);
}

#define BAR "[{ label: 'Note', submenu: ["                                                       \
            "  { id: 'wrap', label: 'Wrap', type: 'checkbox', accelerator: 'F7' },"                \
            "  { id: 'left', label: 'Left', type: 'radio', checked: true },"                       \
            "  { id: 'right', label: 'Right', type: 'radio' },"                                    \
            "  { type: 'separator' },"                                                             \
            "  { id: 'paste', role: 'paste' }, { id: 'quit', label: 'Quit', action: 'app.quit' }," \
            "  { id: 'more', label: 'More', submenu: [{ id: 'deep', label: 'Deep' }] } ] }]"

/* Whatever turns an item on or off, a page sees it, and has no template to set anew. */
static void
test_menu_bar (void)
{
  MullionMenu *menu;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"menu\": true }");
  desktop_assert_rejects (&fixture, "menu.getItem('wrap')",
                          "the menu bar that pages made has no item “wrap”");
  ipc_assert_run (fixture.window,
                  "window.told = []; window.clicks = [];"
                  "window.hear = (n) => new Promise((done) => { const look = () => told.length < n"
                  "  ? setTimeout(look, 5) : done(told.splice(0)); look(); });"
                  "desktop.menu.setApplicationMenu(" BAR ")"
                  "  .then(() => desktop.menu.on('click', (...all) => clicks.push(all)))"
                  "  .then(() => desktop.menu.on('changed', (item) =>"
                  "    told.push([item.id, item.checked, item.enabled, item.label].join())))"
                  "  .then(() => desktop.menu.getItem('wrap'))",
                  "{\"id\":\"wrap\",\"label\":\"Wrap\",\"type\":\"checkbox\",\"role\":null,"
                  "\"accelerator\":\"F7\",\"enabled\":true,\"visible\":true,\"checked\":false}");
  menu = mullion_app_get_application_menu (ipc_app_get ());

  /* The user's hand, which is the action of the window; a page's; and what C sets. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window->window), "menu.wrap",
                                             NULL));
  ipc_assert_run (fixture.window, "hear(1)", "[\"wrap,true,true,Wrap\"]");
  ipc_assert_run (fixture.window, "desktop.menu.activate('wrap').then(() => hear(1))",
                  "[\"wrap,false,true,Wrap\"]");
  ipc_assert_run (fixture.window, "clicks", "[[\"wrap\",true],[\"wrap\",false]]");
  mullion_menu_item_set_enabled (mullion_menu_get_menu_item_by_id (menu, "deep"), FALSE);
  ipc_assert_run (fixture.window, "hear(1)", "[\"deep,false,false,Deep\"]");
  desktop_assert_rejects (&fixture, "menu.activate('deep')", "the item “deep” is not enabled");

  /* Once a turn, however much of an item changes. */
  ipc_assert_run (fixture.window,
                  "desktop.menu.setItem('wrap', { label: 'Fold', checked: true, enabled: false })"
                  "  .then(async (item) => [item.label, item.checked, ...await hear(1)])",
                  "[\"Fold\",true,\"wrap,true,false,Fold\"]");
  ipc_assert_run (fixture.window,
                  "desktop.menu.setItem('right', { checked: true }).then(() => hear(2))"
                  "  .then((all) => all.sort())",
                  "[\"left,false,true,Left\",\"right,true,true,Right\"]");
  ipc_assert_run (fixture.window, "clicks.length", "2");

  desktop_assert_rejects (&fixture, "menu.setApplicationMenu(null)", "done");
  desktop_assert_rejects (&fixture, "menu.setItem('wrap', {})",
                          "the menu bar that pages made has no item “wrap”");
  desktop_tear_down (&fixture);
}

/* A page chooses what it made itself, and no more than that. */
static void
test_menu_bar_refused (void)
{
  g_autoptr(MullionMenu) own = mullion_menu_new_from_json (
    "[ { \"id\": \"erase\", \"label\": \"Erase\" } ]", NULL);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"menu\": true }");
  desktop_assert_rejects (&fixture, "menu.setApplicationMenu(" BAR ")", "done");
  for (guint i = 0; i < 3; i++)
    {
      const char *id = (const char *const []) { "paste", "quit", "more" }[i];
      g_autofree char *call = g_strdup_printf ("menu.activate('%s')", id);
      g_autofree char *reason =
        g_strdup_printf ("the item “%s” is for the user to choose: it has a role, an action or a "
                         "submenu", id);

      desktop_assert_rejects (&fixture, call, reason);
    }

  desktop_assert_invalid (&fixture, "menu.setItem", "menu.setItem('wrap', { checked: 1 })",
                          "arguments[1].checked: expected a boolean, not an integer");
  desktop_assert_invalid (&fixture, "menu.setItem", "menu.setItem('wrap', { role: 'quit' })",
                          "arguments[1].role: nothing may be here");
  desktop_assert_invalid (&fixture, "menu.activate", "menu.activate(7)",
                          "arguments[0]: expected a string, not an integer");

  mullion_app_set_application_menu (ipc_app_get (), own);
  desktop_assert_rejects (&fixture, "menu.activate('erase')",
                          "the menu bar that pages made has no item “erase”");
  desktop_assert_rejects (&fixture, "menu.getItem('wrap')",
                          "the menu bar that pages made has no item “wrap”");
  mullion_app_set_application_menu (ipc_app_get (), NULL);
  desktop_tear_down (&fixture);
}

/* The manifest shares an action that the app's C has made. */
static void
test_actions (void)
{
  g_autoptr(GSimpleAction) action =
    g_simple_action_new_stateful ("note", NULL, g_variant_new_boolean (FALSE));
  DesktopFixture fixture = { 0 };

  g_action_map_add_action (G_ACTION_MAP (ipc_app_get ()), G_ACTION (action));
  desktop_set_up (&fixture, "{ \"actions\": { \"names\": [\"app.note\"] } }");
  ipc_assert_run (fixture.window,
                  "(async () => { const told = new Promise((done) =>"
                  "    desktop.actions.on('app.note', ({ state }) => done(state)));"
                  "  await desktop.actions.activate('app.note'); return told; })()", "true");
  desktop_assert_rejects (&fixture, "actions.getState('app.quit')",
                          "No handler registered for 'mullion:action.app.quit'");
  desktop_tear_down (&fixture);

  desktop_set_up (&fixture, "{}");
  desktop_assert_rejects (&fixture, "actions.getState('app.note')",
                          "No handler registered for 'mullion:action.app.note'");
  desktop_tear_down (&fixture);
  g_action_map_remove_action (G_ACTION_MAP (ipc_app_get ()), "note");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_setenv ("LANGUAGE", "de_AT:en", TRUE);
  g_test_init (&argc, &argv, NULL);
  desktop_start ("functions");
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.DesktopFunctions");

  g_test_add_func ("/desktop-functions/place", test_place);
  g_test_add_func ("/desktop-functions/bounds", test_bounds);
  g_test_add_func ("/desktop-functions/wishes", test_wishes);
  g_test_add_func ("/desktop-functions/state", test_state);
  g_test_add_func ("/desktop-functions/app", test_app);
  g_test_add_func ("/desktop-functions/page", test_page);
  g_test_add_func ("/desktop-functions/shortcut", test_shortcut);
  g_test_add_func ("/desktop-functions/notification", test_notification);
  g_test_add_func ("/desktop-functions/machine", test_machine);
  g_test_add_func ("/desktop-functions/menu-bar", test_menu_bar);
  g_test_add_func ("/desktop-functions/menu-bar-refused", test_menu_bar_refused);
  g_test_add_func ("/desktop-functions/actions", test_actions);

  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
