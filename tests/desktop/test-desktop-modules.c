/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "launcher/capabilities/mullion-capability.h"
#include "mock-service.h"
#include "tests/test-warnings.h"

#include <glib/gstdio.h>

/*
 * `mullion/desktop` in a page that has nothing else: what it has and what the main process has are
 * the same, a capability that is missing is named, and one that is there goes all the way.
 */

#define NOTIFICATIONS "org.freedesktop.Notifications"

static const char xml[] =
  "<node><interface name='" NOTIFICATIONS "'>"
  "  <method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/>"
  "    <arg type='s'/><arg type='as'/><arg type='a{sv}'/><arg type='i'/>"
  "    <arg type='u' direction='out'/></method>"
  "  <method name='CloseNotification'><arg type='u'/></method>"
  "  <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "  <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

typedef struct
{
  MullionCapabilitySet *set;
  IpcWindow *window;
} Fixture;

static guint last_id;

/* @capabilities: an object as in the manifest. */
static void
set_up (Fixture    *fixture,
        const char *capabilities)
{
  g_autoptr(JsonNode) node = json_from_string (capabilities, NULL);
  g_autofree char *options =
    g_strdup_printf ("{ \"webPreferences\": { \"preload\": \"%s\" } }", mullion_desktop_get_preload ());
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  fixture->set = mullion_capability_set_new (ipc_app_get ());
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    mullion_capability_set_add (fixture->set, name,
                                JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL);
  mullion_capability_set_refuse_others (fixture->set);

  fixture->window = ipc_window_new (options);
  ipc_window_load (fixture->window, "lifecycle/index.html");
}

static void
tear_down (Fixture *fixture)
{
  ipc_window_free (fixture->window);
  g_object_run_dispose (G_OBJECT (fixture->set));
  g_object_unref (fixture->set);
}

/* What a call rejects with, without the words that all begin with. */
static void
assert_rejects (Fixture    *fixture,
                const char *call,
                const char *reason)
{
  g_autofree char *code =
    g_strdup_printf ("desktop.%s.then(() => 'done', (error) => error.message"
                     "  .replace(/^Error invoking remote method '[^']*': Error: /, ''))", call);
  g_autoptr(JsonNode) expected = json_node_init_string (json_node_alloc (), reason);
  g_autofree char *text = json_to_string (expected, FALSE);

  ipc_assert_run (fixture->window, code, text);
}

/* The same where the arguments are not what they must be, of which the log tells too. */
static void
assert_invalid (Fixture    *fixture,
                const char *channel,
                const char *call,
                const char *mistake)
{
  g_autofree char *reason = g_strdup_printf ("Invalid arguments for 'mullion:desktop.%s': %s", channel, mistake);
  g_autofree char *warning = g_strdup_printf ("*was denied ipcRenderer.invoke(): %s", reason);

  expect_warning (warning);
  assert_rejects (fixture, call, reason);
  assert_warned ();
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* All that the main process has, sorted. */
static char *
list_functions (void)
{
  g_autofree char *names = mullion_capability_dup_names ();
  g_auto(GStrv) all = g_strsplit (names, ", ", -1);
  g_autoptr(GPtrArray) functions = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; all[i] != NULL; i++)
    {
      const MullionDesktopModule *module = mullion_capability_find (all[i])->module;

      if (module == NULL)
        continue;
      if (module->events != NULL)
        g_ptr_array_add (functions, g_strdup_printf ("%s.on", module->name));
      for (const MullionDesktopMethod *method = module->methods; method->name != NULL; method++)
        g_ptr_array_add (functions, g_strdup_printf ("%s.%s", module->name, method->name));
    }
  g_ptr_array_sort (functions, compare_texts);
  g_ptr_array_add (functions, NULL);

  return g_strjoinv (" ", (char **) functions->pdata);
}

/* A page of an app with no capability calls all that there is. Those that are not refused by name
 * would be listed with what came instead. */
static void
test_all_refused (void)
{
  g_autofree char *functions = list_functions ();
  g_autofree char *expected = g_strdup_printf ("\"%s\"", functions);
  Fixture fixture = { 0 };

  set_up (&fixture, "{}");
  ipc_assert_run (fixture.window,
                  "(async () => { const all = [];"
                  "  for (const name of Object.keys(desktop))"
                  "    for (const f of Object.keys(desktop[name])) {"
                  "      const error = await desktop[name][f](...(f === 'on' ? ['x', () => {}] : []))"
                  "        .catch((e) => e);"
                  "      const { domain, code, details } = error ?? {};"
                  "      const good = domain === 'mullion-error-quark' && code === 3"
                  "        && details.capability === name;"
                  "      all.push(good ? `${name}.${f}` : `${name}.${f}: ${error}`);"
                  "    }"
                  "  return all.sort().join(' '); })()", expected);
  assert_rejects (&fixture, "shell.openExternal('https://example.org')",
                  "this app lacks the capability \"shell\": its package.json would have to name it "
                  "in \"mullion.capabilities\"");
  tear_down (&fixture);
}

static void
answer_next (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autoptr(GError) error = NULL;

  mullion_dialog_answer_next (json_object_ref (json_node_get_object (node)), &error);
  g_assert_no_error (error);
}

static void
test_dialog (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"dialog\": true }");
  answer_next ("{ \"filePaths\": [\"/nowhere/a.txt\"] }");
  ipc_assert_run (fixture.window, "desktop.dialog.showOpenDialog().then((answer) => answer.filePaths)",
                  "[\"/nowhere/a.txt\"]");
  answer_next ("{ \"response\": 1 }");
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showMessageBox({ message: 'Keep it?', buttons: ['Yes', 'No'] })"
                  "  .then((answer) => answer.response)", "1");
  answer_next ("{ \"response\": 0 }");
  ipc_assert_run (fixture.window, "desktop.dialog.showErrorBox('Title', 'Text').then(() => 'closed')",
                  "\"closed\"");
  assert_invalid (&fixture, "dialog.showErrorBox", "dialog.showErrorBox('Title')",
                  "arguments: expected at least 2 elements, not 1");
  assert_invalid (&fixture, "dialog.showOpenDialog", "dialog.showOpenDialog('x')",
                  "arguments[0]: expected an object, not a string");
  assert_rejects (&fixture, "dialog.showMessageBox({ message: 1 })", "message: expected a string");
  tear_down (&fixture);
}

/* A file is the user's to choose, and a link the manifest's. */
static void
test_shell (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"dialog\": true, \"shell\": { \"schemes\": [\"mailto\"] } }");
  assert_rejects (&fixture, "shell.openPath('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  assert_rejects (&fixture, "shell.trashItem('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  assert_invalid (&fixture, "shell.showItemInFolder", "shell.showItemInFolder(7)",
                  "arguments[0]: expected a string, not an integer");
  assert_rejects (&fixture, "shell.openExternal('https://example.org')",
                  "cannot open this link: the \"schemes\" of the capability \"shell\" do not list "
                  "\"https\"");
  assert_rejects (&fixture, "shell.openExternal('MAILTO:a@example.org?attach=/etc/hostname')",
                  "cannot open this link: the address attaches a file");
  assert_rejects (&fixture, "shell.openExternal('javascript:alert(1)')",
                  "cannot open this link: the \"schemes\" of the capability \"shell\" do not list "
                  "\"javascript\"");
  ipc_assert_run (fixture.window, "desktop.shell.beep().then(() => 'rung')", "\"rung\"");
  mullion_shell_set_external_schemes (NULL);
  tear_down (&fixture);
}

/* What was chosen can be thrown away. Not each file system has a trash; that is said, and the file
 * stays. */
static void
test_chosen_file (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "chosen.txt", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePaths\": [\"%s\"] }", path);
  g_autofree char *outcome = NULL;
  Fixture fixture = { 0 };

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  set_up (&fixture, "{ \"dialog\": true, \"shell\": true }");
  answer_next (answer);
  outcome = ipc_window_run (fixture.window,
                            "desktop.dialog.showOpenDialog({}).then(({ filePaths }) =>"
                            "  desktop.shell.trashItem(filePaths[0]))"
                            "  .then(() => 'gone', (error) => error.code)");
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_assert_cmpstr (outcome, ==, "9");
  else
    g_assert_cmpstr (outcome, ==, "\"gone\"");
  g_remove (path);
  tear_down (&fixture);
}

static void
test_clipboard (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"clipboard\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.clipboard.write({ text: 'bold', html: '<b>bold</b>' })"
                  "  .then(() => Promise.all([desktop.clipboard.readText(undefined),"
                  "    desktop.clipboard.readHTML('clipboard')]))", "[\"bold\",\"<b>bold</b>\"]");
  ipc_assert_run (fixture.window,
                  "desktop.clipboard.writeText('selected', 'selection')"
                  "  .then(() => Promise.all([desktop.clipboard.readText('selection'),"
                  "    desktop.clipboard.readText()]))", "[\"selected\",\"bold\"]");
  ipc_assert_run (fixture.window, "desktop.clipboard.clear()"
                                  "  .then(() => desktop.clipboard.availableFormats())", "[]");
  assert_invalid (&fixture, "clipboard.readText", "clipboard.readText('primary')",
                  "arguments[0]: expected one of 2 values, and it is none of them");
  tear_down (&fixture);
}

static void
test_clipboard_limited (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"clipboard\": { \"write\": true } }");
  ipc_assert_run (fixture.window, "desktop.clipboard.writeHTML('<i>x</i>').then(() => 'written')",
                  "\"written\"");
  assert_rejects (&fixture, "clipboard.readText()",
                  "the capability \"clipboard\" of this app does not include \"read\"");
  assert_rejects (&fixture, "clipboard.availableFormats()",
                  "the capability \"clipboard\" of this app does not include \"read\"");
  tear_down (&fixture);
}

/* The theme is the app's, and who listens hears of it. */
static void
test_native_theme (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"nativeTheme\": true }");
  ipc_assert_run (fixture.window,
                  "(async () => {"
                  "  let tell; const told = new Promise((resolve) => { tell = resolve; });"
                  "  const stop = await desktop.nativeTheme.on('updated', tell);"
                  "  const before = (await desktop.nativeTheme.getState()).shouldUseDarkColors;"
                  "  await desktop.nativeTheme.setThemeSource(before ? 'light' : 'dark');"
                  "  await told; await stop();"
                  "  const after = await desktop.nativeTheme.getState();"
                  "  await desktop.nativeTheme.setThemeSource('system');"
                  "  return [after.shouldUseDarkColors !== before, after.themeSource !== 'system'];"
                  "})()", "[true,true]");
  tear_down (&fixture);
}

static void
test_screen (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"screen\": true }");
  ipc_assert_run (fixture.window,
                  "(async () => {"
                  "  const [first] = await desktop.screen.getAllDisplays();"
                  "  const primary = await desktop.screen.getPrimaryDisplay();"
                  "  const nearest = await desktop.screen.getDisplayNearestPoint({ x: -5, y: 7 });"
                  "  return [first.bounds.width > 0, primary.id === first.id, nearest.id === first.id];"
                  "})()", "[true,true,true]");
  assert_invalid (&fixture, "screen.getDisplayNearestPoint",
                  "screen.getDisplayNearestPoint({ x: 1e9, y: 0 })",
                  "arguments[0].x: expected a number up to 1000000");
  tear_down (&fixture);
}

static void
test_app (void)
{
  Fixture fixture = { 0 };

  mullion_app_set_app_version (ipc_app_get (), "2.3.4");
  set_up (&fixture, "{ \"app\": { \"paths\": [\"home\"] } }");
  ipc_assert_run (fixture.window, "desktop.app.getVersion()", "\"2.3.4\"");
  ipc_assert_run (fixture.window, "desktop.app.getLocale().then((text) => text.length > 1)", "true");
  ipc_assert_run (fixture.window, "desktop.app.getPath('home').then((path) => path[0])", "\"/\"");
  assert_rejects (&fixture, "app.getPath('documents')",
                  "the \"paths\" of the capability \"app\" do not list \"documents\"");
  assert_rejects (&fixture, "app.addRecentDocument('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  ipc_assert_run (fixture.window,
                  "desktop.app.setLoginItemSettings({ openAtLogin: true })"
                  "  .then(() => desktop.app.getLoginItemSettings())"
                  "  .then(async ({ openAtLogin }) => {"
                  "    await desktop.app.setLoginItemSettings({ openAtLogin: false });"
                  "    return [openAtLogin, (await desktop.app.getLoginItemSettings()).openAtLogin];"
                  "  })", "[true,false]");
  tear_down (&fixture);
}

static void
test_window (void)
{
  Fixture fixture = { 0 };
  int width;
  int height;

  set_up (&fixture, "{ \"window\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.window.setTitle('By the page').then(() => desktop.window.getTitle())",
                  "\"By the page\"");
  g_assert_cmpstr (mullion_browser_window_get_title (fixture.window->window), ==, "By the page");
  ipc_assert_run (fixture.window, "desktop.window.setSize(640, 480).then(() => 'set')", "\"set\"");
  ipc_wait_until ((mullion_browser_window_get_size (fixture.window->window, &width, &height),
                   width == 640 && height == 480));
  ipc_assert_run (fixture.window,
                  "desktop.window.hide().then(() => desktop.window.isVisible())", "false");
  g_assert_false (mullion_browser_window_is_visible (fixture.window->window));
  assert_invalid (&fixture, "window.setSize", "window.setSize(0, 10)",
                  "arguments[0]: expected a number from 1");
  tear_down (&fixture);
}

/* Of the page that calls: its text, its size, and a picture of it in a file of the user's. */
static void
test_page (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "page.pdf", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePath\": \"%s\" }", path);
  g_autofree char *content = NULL;
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"find\": true, \"zoom\": true, \"print\": true, \"dialog\": true }");
  ipc_assert_run (fixture.window, "desktop.find.findInPage('first')", "{\"matches\":1}");
  ipc_assert_run (fixture.window, "desktop.find.findInPage('none such')", "{\"matches\":0}");
  ipc_assert_run (fixture.window,
                  "desktop.find.stopFindInPage('clearSelection').then(() => 'ended')", "\"ended\"");
  ipc_assert_run (fixture.window,
                  "desktop.zoom.setZoomFactor(1.5).then(() => desktop.zoom.getZoomFactor())", "1.5");
  assert_rejects (&fixture, "print.savePDF('/nowhere/page.pdf')",
                  "the user did not choose this file in a dialog");
  answer_next (answer);
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showSaveDialog({}).then(({ filePath }) =>"
                  "  desktop.print.savePDF(filePath, { landscape: true })).then(() => 'saved')",
                  "\"saved\"");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_remove (path);
  tear_down (&fixture);
}

static void
test_session (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"session\": true }");
  ipc_assert_run (fixture.window,
                  "(async () => { const url = 'https://example.org/';"
                  "  await desktop.session.setCookie({ url, name: 'theme', value: 'dark' });"
                  "  const [{ value }] = await desktop.session.getCookies({ url });"
                  "  await desktop.session.removeCookie(url, 'theme');"
                  "  return [value, (await desktop.session.getCookies({ url })).length]; })()",
                  "[\"dark\",0]");
  ipc_assert_run (fixture.window, "desktop.session.clearCache().then(() => 'cleared')", "\"cleared\"");
  tear_down (&fixture);
}

/* A click of the user's, by the menu of the app. */
static void
test_menu (void)
{
  MullionMenu *menu;
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"menu\": true }");
  ipc_assert_run (fixture.window,
                  "window.told = new Promise((resolve) => { window.tell = resolve; });"
                  "desktop.menu.on('click', (...all) => tell(all)).then(() =>"
                  "  desktop.menu.setApplicationMenu([{ label: 'File', submenu: ["
                  "    { id: 'wrap', label: 'Wrap', type: 'checkbox', checked: true }] }]))"
                  "  .then(() => 'set')", "\"set\"");
  menu = mullion_app_get_application_menu (ipc_app_get ());
  mullion_menu_item_click (mullion_menu_get_menu_item_by_id (menu, "wrap"), fixture.window->window);
  ipc_assert_run (fixture.window, "told", "[\"wrap\",false]");
  ipc_assert_run (fixture.window,
                  "desktop.menu.setApplicationMenu(null).then(() => 'gone')", "\"gone\"");
  g_assert_null (mullion_app_get_application_menu (ipc_app_get ()));
  ipc_assert_run (fixture.window,
                  "desktop.menu.setApplicationMenu([{ role: 'magic' }]).catch((e) => e.code)", "1");
  tear_down (&fixture);
}

/* There is no tray on this bus, which is told; an image of the user's is not shown in one. */
static void
test_tray (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"tray\": true }");
  ipc_assert_run (fixture.window,
                  "new Promise((resolve) => desktop.tray.on('failed', resolve)"
                  "  .then(() => desktop.tray.show({ image: 'mail-unread', toolTip: 'Mail',"
                  "    menu: [{ id: 'a', label: 'A' }] })))", "\"This desktop has no tray\"");
  ipc_assert_run (fixture.window, "desktop.tray.hide().then(() => 'hidden')", "\"hidden\"");
  assert_rejects (&fixture, "tray.show({ image: '/etc/hostname' })",
                  "icon: expected a file of the app, or the name of an icon");
  tear_down (&fixture);
}

static void
test_global_shortcut (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"globalShortcut\": true }");
  assert_rejects (&fixture, "globalShortcut.register('A')",
                  "'A' is what the user types: a global shortcut of a page begins with a modifier "
                  "other than Shift");
  assert_rejects (&fixture, "globalShortcut.register('Shift+A')",
                  "'Shift+A' is what the user types: a global shortcut of a page begins with a "
                  "modifier other than Shift");
  ipc_assert_run (fixture.window,
                  "desktop.globalShortcut.register('CmdOrCtrl+Alt+F7')"
                  "  .then(() => desktop.globalShortcut.isRegistered('CmdOrCtrl+Alt+F7'))", "true");
  g_assert_true (mullion_global_shortcut_is_registered ("CmdOrCtrl+Alt+F7"));
  ipc_assert_run (fixture.window,
                  "desktop.globalShortcut.unregisterAll()"
                  "  .then(() => desktop.globalShortcut.isRegistered('CmdOrCtrl+Alt+F7'))", "false");
  g_assert_false (mullion_global_shortcut_is_registered ("CmdOrCtrl+Alt+F7"));
  tear_down (&fixture);
}

/* What the services of the desktop do is told by tests of their own; here none of them is there. */
static void
test_without_services (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"safeStorage\": true, \"powerSaveBlocker\": true, \"powerMonitor\": true }");
  ipc_assert_run (fixture.window, "desktop.safeStorage.encryptString('x').catch((e) => e.code)", "9");
  ipc_assert_run (fixture.window,
                  "desktop.powerSaveBlocker.start('prevent-display-sleep').catch((e) => e.code)", "9");
  ipc_assert_run (fixture.window, "desktop.powerMonitor.isOnBatteryPower()", "false");
  ipc_assert_run (fixture.window, "desktop.powerSaveBlocker.stop(1)", "false");
  assert_rejects (&fixture, "safeStorage.decryptString('x')", "encrypted: expected bytes");
  tear_down (&fixture);
}

static GVariant *
answer_service (MockService *service,
                const char  *method,
                GVariant    *arguments)
{
  return g_str_equal (method, "Notify") ? g_variant_new ("(u)", ++last_id) : g_variant_new ("()");
}

static void
emit (MockService *service,
      const char  *signal,
      GVariant    *arguments)
{
  mock_service_emit (service, NOTIFICATIONS, signal, arguments);
}

/* Its events come to who listens, until they listen no more. */
static void
test_notification (void)
{
  g_autoptr(MockService) service =
    mock_service_new (NOTIFICATIONS, "/org/freedesktop/Notifications", xml, answer_service);
  Fixture fixture = { 0 };

  set_up (&fixture, "{ \"notification\": true }");
  ipc_assert_run (fixture.window,
                  "window.told = [];"
                  "const tell = (what) => (id, detail) => told.push([what, id === shown, detail].join(' '));"
                  "Promise.all([desktop.notification.on('click', tell('first')),"
                  "  desktop.notification.on('click', tell('second')),"
                  "  desktop.notification.on('action', tell('action')),"
                  "  desktop.notification.on('close', tell('close'))])"
                  "  .then(([stop]) => stop())"
                  "  .then(() => desktop.notification.show({ title: 'Mail',"
                  "    actions: [{ type: 'button', text: 'Reply' }] }))"
                  "  .then((id) => { window.shown = id; return 'shown'; })", "\"shown\"");
  emit (service, "ActionInvoked", g_variant_new ("(us)", last_id, "default"));
  emit (service, "ActionInvoked", g_variant_new ("(us)", last_id, "0"));
  emit (service, "NotificationClosed", g_variant_new ("(uu)", last_id, 2));
  ipc_assert_run (fixture.window,
                  "new Promise((resolve) => { const look = () => { told.length < 3"
                  "  ? setTimeout(look, 10) : resolve(told.join()); }; look(); })",
                  "\"second true ,action true 0,close true userCanceled\"");
  assert_invalid (&fixture, "notification.on", "notification.on('show', () => {})",
                  "arguments[0]: expected one of 3 values, and it is none of them");
  assert_rejects (&fixture, "notification.show({ icon: '/etc/hostname' })",
                  "icon: expected a file of the app, or the name of an icon");
  tear_down (&fixture);
}

/* Files and settings of pages go into a home of this test's own. */
static void
use_own_home (void)
{
  g_autofree char *home = g_dir_make_tmp ("mullion-modules-XXXXXX", NULL);
  g_autofree char *data = g_build_filename (home, "data", NULL);
  g_autofree char *config = g_build_filename (home, "config", NULL);

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  use_own_home ();
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.DesktopModules");
  watch_warnings ();

  g_test_add_func ("/desktop-modules/all-refused", test_all_refused);
  g_test_add_func ("/desktop-modules/dialog", test_dialog);
  g_test_add_func ("/desktop-modules/shell", test_shell);
  g_test_add_func ("/desktop-modules/chosen-file", test_chosen_file);
  g_test_add_func ("/desktop-modules/clipboard", test_clipboard);
  g_test_add_func ("/desktop-modules/clipboard-limited", test_clipboard_limited);
  g_test_add_func ("/desktop-modules/native-theme", test_native_theme);
  g_test_add_func ("/desktop-modules/screen", test_screen);
  g_test_add_func ("/desktop-modules/app", test_app);
  g_test_add_func ("/desktop-modules/window", test_window);
  g_test_add_func ("/desktop-modules/page", test_page);
  g_test_add_func ("/desktop-modules/session", test_session);
  g_test_add_func ("/desktop-modules/menu", test_menu);
  g_test_add_func ("/desktop-modules/tray", test_tray);
  g_test_add_func ("/desktop-modules/global-shortcut", test_global_shortcut);
  g_test_add_func ("/desktop-modules/without-services", test_without_services);
  g_test_add_func ("/desktop-modules/notification", test_notification);

  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
