/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include <glib/gstdio.h>

/*
 * `mullion/desktop` in a page that has nothing else: what it has and what the main process has are
 * the same, a capability that is missing is named, and one that is there goes all the way.
 */

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

/* A page of an app with no capability calls all that there is, but for the app's own actions.
 * Those that are not refused by name would be listed with what came instead. */
static void
test_all_refused (void)
{
  g_autofree char *functions = list_functions ();
  g_autofree char *expected = g_strdup_printf ("\"%s\"", functions);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{}");
  ipc_assert_run (fixture.window,
                  "(async () => { const all = [];"
                  "  for (const name of Object.keys(desktop).filter((n) => n !== 'actions'))"
                  "    for (const f of Object.keys(desktop[name])) {"
                  "      const error = await desktop[name][f](...(f === 'on' ? ['x', () => {}] : []))"
                  "        .catch((e) => e);"
                  "      const { domain, code, details } = error ?? {};"
                  "      const good = domain === 'mullion-error-quark' && code === 3"
                  "        && details.capability === name;"
                  "      all.push(good ? `${name}.${f}` : `${name}.${f}: ${error}`);"
                  "    }"
                  "  return all.sort().join(' '); })()", expected);
  desktop_assert_rejects (&fixture, "shell.openExternal('https://example.org')",
                  "this app lacks the capability \"shell\": its package.json would have to name it "
                  "in \"mullion.capabilities\"");
  desktop_tear_down (&fixture);
}

static void
test_dialog (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"dialog\": true }");
  desktop_answer_next ("{ \"filePaths\": [\"/nowhere/a.txt\"] }");
  ipc_assert_run (fixture.window, "desktop.dialog.showOpenDialog().then((answer) => answer.filePaths)",
                  "[\"/nowhere/a.txt\"]");
  desktop_answer_next ("{ \"response\": 1 }");
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showMessageBox({ message: 'Keep it?', buttons: ['Yes', 'No'] })"
                  "  .then((answer) => answer.response)", "1");
  desktop_answer_next ("{ \"response\": 0 }");
  ipc_assert_run (fixture.window, "desktop.dialog.showErrorBox('Title', 'Text').then(() => 'closed')",
                  "\"closed\"");
  desktop_assert_invalid (&fixture, "dialog.showErrorBox", "dialog.showErrorBox('Title')",
                  "arguments: expected at least 2 elements, not 1");
  desktop_assert_invalid (&fixture, "dialog.showOpenDialog", "dialog.showOpenDialog('x')",
                  "arguments[0]: expected an object, not a string");
  desktop_assert_rejects (&fixture, "dialog.showMessageBox({ message: 1 })", "message: expected a string");
  desktop_assert_rejects (&fixture, "dialog.showMessageBox({ message: 'x', icon: '/etc/hostname' })",
                          "icon: expected a file of the app, or the name of an icon");
  desktop_tear_down (&fixture);
}

/* A file is the user's to choose, and a link the manifest's. */
static void
test_shell (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"dialog\": true, \"shell\": { \"schemes\": [\"mailto\"] } }");
  desktop_assert_rejects (&fixture, "shell.openPath('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  desktop_assert_rejects (&fixture, "shell.trashItem('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  desktop_assert_invalid (&fixture, "shell.showItemInFolder", "shell.showItemInFolder(7)",
                  "arguments[0]: expected a string, not an integer");
  desktop_assert_rejects (&fixture, "shell.openExternal('https://example.org')",
                  "cannot open this link: the \"schemes\" of the capability \"shell\" do not list "
                  "\"https\"");
  desktop_assert_rejects (&fixture, "shell.openExternal('MAILTO:a@example.org?attach=/etc/hostname')",
                  "cannot open this link: the address attaches a file");
  desktop_assert_rejects (&fixture, "shell.openExternal('javascript:alert(1)')",
                  "cannot open this link: the \"schemes\" of the capability \"shell\" do not list "
                  "\"javascript\"");
  ipc_assert_run (fixture.window, "desktop.shell.beep().then(() => 'rung')", "\"rung\"");
  mullion_shell_set_external_schemes (NULL);
  desktop_tear_down (&fixture);
}

/* What was chosen can be thrown away. Not each file system has a trash; that is said, and the file
 * stays. */
static void
test_chosen_file (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "chosen.txt", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePaths\": [\"%s\"] }", path);
  g_autofree char *outcome = NULL;
  DesktopFixture fixture = { 0 };

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  desktop_set_up (&fixture, "{ \"dialog\": true, \"shell\": true }");
  desktop_answer_next (answer);
  outcome = ipc_window_run (fixture.window,
                            "desktop.dialog.showOpenDialog({}).then(({ filePaths }) =>"
                            "  desktop.shell.trashItem(filePaths[0]))"
                            "  .then(() => 'gone', (error) => error.code)");
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_assert_cmpstr (outcome, ==, "9");
  else
    g_assert_cmpstr (outcome, ==, "\"gone\"");
  g_remove (path);
  desktop_tear_down (&fixture);
}

/* Of a file that was chosen, and of no other. */
static void
test_file_icon (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autofree char *path = g_build_filename (g_get_home_dir (), "picture.txt", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePaths\": [\"%s\"] }", path);
  DesktopFixture fixture = { 0 };

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  desktop_set_up (&fixture, "{ \"dialog\": true, \"app\": true }");
  desktop_assert_rejects (&fixture, "app.getFileIcon('/etc/hostname')",
                          "the user did not choose this file in a dialog");
  desktop_assert_invalid (&fixture, "app.getFileIcon", "app.getFileIcon('/a', { size: 'huge' })",
                          "arguments[1].size: expected one of 3 values, and it is none of them");
  desktop_answer_next (answer);
  /* The name of a PNG file, and its width. */
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showOpenDialog({}).then(({ filePaths }) =>"
                  "  desktop.app.getFileIcon(filePaths[0], { size: 'large' }))"
                  "  .then((png) => [png[1], png[2], png[3], png[19]], (error) => error.code)",
                  gtk_icon_theme_has_icon (theme, "text-x-generic") ? "[80,78,71,48]" : "2");
  g_remove (path);
  desktop_tear_down (&fixture);
}

static void
test_clipboard (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"clipboard\": true }");
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
  /* The smallest picture that there is, as the page has it. */
  ipc_assert_run (fixture.window, "desktop.clipboard.readImage()", "null");
  ipc_assert_run (fixture.window,
                  "(async () => { const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"
                  "FcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0));"
                  "  await desktop.clipboard.writeImage(png);"
                  "  const read = await desktop.clipboard.readImage();"
                  "  return [await desktop.clipboard.has('image/png'), read[1], read[2]]; })()",
                  "[true,80,78]");
  desktop_assert_rejects (&fixture, "clipboard.writeImage(new Uint8Array(100))",
                          "image: expected the bytes of a PNG picture");
  desktop_assert_rejects (&fixture, "clipboard.writeImage('x')",
                          "image: expected the bytes of a PNG picture");
  desktop_assert_invalid (&fixture, "clipboard.readText", "clipboard.readText('primary')",
                  "arguments[0]: expected one of 2 values, and it is none of them");
  desktop_tear_down (&fixture);
}

static void
test_clipboard_limited (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"clipboard\": { \"write\": true } }");
  ipc_assert_run (fixture.window, "desktop.clipboard.writeHTML('<i>x</i>').then(() => 'written')",
                  "\"written\"");
  desktop_assert_rejects (&fixture, "clipboard.readText()",
                  "the capability \"clipboard\" of this app does not include \"read\"");
  desktop_assert_rejects (&fixture, "clipboard.availableFormats()",
                  "the capability \"clipboard\" of this app does not include \"read\"");
  desktop_tear_down (&fixture);
}

/* The theme is the app's, and who listens hears of it. */
static void
test_native_theme (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"nativeTheme\": true }");
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
  desktop_tear_down (&fixture);
}

static void
test_screen (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"screen\": true }");
  ipc_assert_run (fixture.window,
                  "(async () => {"
                  "  const [first] = await desktop.screen.getAllDisplays();"
                  "  const primary = await desktop.screen.getPrimaryDisplay();"
                  "  const nearest = await desktop.screen.getDisplayNearestPoint({ x: -5, y: 7 });"
                  "  const match = await desktop.screen.getDisplayMatching(first.bounds);"
                  "  return [first.bounds.width > 0, primary.id === first.id, nearest.id === first.id,"
                  "    match.id === first.id];"
                  "})()", "[true,true,true,true]");
  desktop_assert_invalid (&fixture, "screen.getDisplayNearestPoint",
                  "screen.getDisplayNearestPoint({ x: 1e9, y: 0 })",
                  "arguments[0].x: expected a number up to 1000000");
  desktop_tear_down (&fixture);
}

static void
test_app (void)
{
  DesktopFixture fixture = { 0 };

  mullion_app_set_app_version (ipc_app_get (), "2.3.4");
  desktop_set_up (&fixture, "{ \"app\": { \"paths\": [\"home\"] } }");
  ipc_assert_run (fixture.window, "desktop.app.getVersion()", "\"2.3.4\"");
  ipc_assert_run (fixture.window, "desktop.app.getLocale().then((text) => text.length > 1)", "true");
  ipc_assert_run (fixture.window, "desktop.app.getLocaleCountryCode().then((text) => /^([A-Z]{2})?$/.test(text))", "true");
  ipc_assert_run (fixture.window, "desktop.app.getPath('home').then((path) => path[0])", "\"/\"");
  desktop_assert_rejects (&fixture, "app.getPath('documents')",
                  "the \"paths\" of the capability \"app\" do not list \"documents\"");
  desktop_assert_rejects (&fixture, "app.addRecentDocument('/etc/hostname')",
                  "the user did not choose this file in a dialog");
  ipc_assert_run (fixture.window,
                  "desktop.app.setLoginItemSettings({ openAtLogin: true })"
                  "  .then(() => desktop.app.getLoginItemSettings())"
                  "  .then(async ({ openAtLogin }) => {"
                  "    await desktop.app.setLoginItemSettings({ openAtLogin: false });"
                  "    return [openAtLogin, (await desktop.app.getLoginItemSettings()).openAtLogin];"
                  "  })", "[true,false]");
  desktop_tear_down (&fixture);
}

static void
test_window (void)
{
  DesktopFixture fixture = { 0 };
  int width;
  int height;

  desktop_set_up (&fixture, "{ \"window\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.window.setTitle('By the page').then(() => desktop.window.getTitle())",
                  "\"By the page\"");
  g_assert_cmpstr (mullion_browser_window_get_title (fixture.window->window), ==, "By the page");
  ipc_assert_run (fixture.window, "desktop.window.setSize(640, 480).then(() => 'set')", "\"set\"");
  ipc_wait_until ((mullion_browser_window_get_size (fixture.window->window, &width, &height),
                   width == 640 && height == 480));
  desktop_assert_rejects (&fixture, "window.setBackgroundColor('url(x)')",
                          "color: expected a colour as CSS writes it, such as #fafafb");
  ipc_assert_run (fixture.window,
                  "desktop.window.setBackgroundColor('#123456').then(() =>"
                  "  desktop.window.isMenuBarVisible())", "false");
  ipc_assert_run (fixture.window,
                  "desktop.window.hide().then(() => desktop.window.isVisible())", "false");
  g_assert_false (mullion_browser_window_is_visible (fixture.window->window));
  desktop_assert_invalid (&fixture, "window.setSize", "window.setSize(0, 10)",
                  "arguments[0]: expected a number from 1");
  desktop_tear_down (&fixture);
}

static void
test_about (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"app\": { \"protocols\": [\"notes\"] } }");
  ipc_assert_run (fixture.window,
                  "desktop.app.setAboutPanelOptions({ website: 'https://example.org', authors: ['A'] })"
                  "  .then(() => desktop.app.showAboutPanel()).then(() => 'shown')", "\"shown\"");
  desktop_assert_rejects (&fixture, "app.setAboutPanelOptions({ iconPath: '/etc/hostname' })",
                          "icon: expected a file of the app, or the name of an icon");
  desktop_assert_rejects (&fixture, "app.setAboutPanelOptions({ website: 'file:///etc' })",
                          "website: expected an address of the web");
  ipc_assert_run (fixture.window, "desktop.app.isDefaultProtocolClient('notes')", "false");
  desktop_assert_rejects (&fixture, "app.setAsDefaultProtocolClient('https')",
                          "the \"protocols\" of the capability \"app\" do not list \"https\"");
  desktop_assert_rejects (&fixture, "app.setAsDefaultProtocolClient('notes')",
                          "The desktop file io.github.mullion.DesktopModules.desktop is not installed");
  desktop_tear_down (&fixture);
}

/* On paper without being asked only where the manifest says so, and into no file but a chosen one. */
static void
test_print (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "paper.pdf", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePath\": \"%s\" }", path);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"print\": { \"silent\": false } }");
  desktop_assert_rejects (&fixture, "print.print({ silent: true })",
                          "the capability \"print\" of this app does not include \"silent\"");
  ipc_assert_run (fixture.window, "desktop.print.getPrinters().then(Array.isArray)", "true");
  desktop_tear_down (&fixture);

  desktop_set_up (&fixture, "{ \"print\": true, \"dialog\": true }");
  desktop_assert_rejects (&fixture, "print.print({ silent: true, filePath: '/nowhere/paper.pdf' })",
                          "the user did not choose this file in a dialog");
  desktop_assert_rejects (&fixture, "print.print({ silent: true, deviceName: 'No such' })",
                          "Invalid deviceName provided");
  desktop_answer_next (answer);
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showSaveDialog({}).then(({ filePath }) =>"
                  "  desktop.print.print({ silent: true, filePath })).then(() => 'printed')",
                  "\"printed\"");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_remove (path);
  desktop_tear_down (&fixture);
}

/* A picture of the page, of which frames of others are a part: it needs a capability of its own. */
static void
test_capture (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"capture\": true }");
  ipc_assert_run (fixture.window,
                  "Promise.all([desktop.capture.capturePage(),"
                  "  desktop.capture.capturePage({ x: 0, y: 0, width: 20, height: 10 })])"
                  "  .then(([all, part]) => [all[1], part[1], part.length < all.length])",
                  "[80,80,true]");
  desktop_assert_rejects (&fixture, "capture.capturePage({ x: -90, y: 0, width: 20, height: 10 })",
                          "The area is not in the visible part of the page");
  desktop_assert_invalid (&fixture, "capture.capturePage", "capture.capturePage({ x: 1 })",
                          "arguments[0]: the property \"y\" is missing");
  desktop_tear_down (&fixture);
}

/* Of the page that calls: its text, its size, and a picture of it in a file of the user's. */
static void
test_page (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "page.pdf", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePath\": \"%s\" }", path);
  g_autofree char *content = NULL;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"find\": true, \"zoom\": true, \"print\": true, \"dialog\": true }");
  ipc_assert_run (fixture.window, "desktop.find.findInPage('first')", "{\"matches\":1}");
  ipc_assert_run (fixture.window, "desktop.find.findInPage('none such')", "{\"matches\":0}");
  ipc_assert_run (fixture.window,
                  "desktop.find.stopFindInPage('clearSelection').then(() => 'ended')", "\"ended\"");
  ipc_assert_run (fixture.window,
                  "desktop.zoom.setZoomFactor(1.5).then(() => desktop.zoom.getZoomFactor())", "1.5");
  ipc_assert_run (fixture.window,
                  "desktop.zoom.setZoomLevel(0).then(() => Promise.all(["
                  "  desktop.zoom.getZoomLevel(), desktop.zoom.getZoomFactor()]))", "[0,1]");
  desktop_assert_rejects (&fixture, "print.savePDF('/nowhere/page.pdf')",
                  "the user did not choose this file in a dialog");
  desktop_answer_next (answer);
  ipc_assert_run (fixture.window,
                  "desktop.dialog.showSaveDialog({}).then(({ filePath }) =>"
                  "  desktop.print.savePDF(filePath, { landscape: true })).then(() => 'saved')",
                  "\"saved\"");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_remove (path);
  desktop_tear_down (&fixture);
}

static void
test_session (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"session\": true }");
  ipc_assert_run (fixture.window,
                  "(async () => { const url = 'https://example.org/';"
                  "  await desktop.session.setCookie({ url, name: 'theme', value: 'dark' });"
                  "  const [{ value }] = await desktop.session.getCookies({ url });"
                  "  await desktop.session.removeCookie(url, 'theme');"
                  "  return [value, (await desktop.session.getCookies({ url })).length]; })()",
                  "[\"dark\",0]");
  ipc_assert_run (fixture.window,
                  "desktop.session.setUserAgent('Jotter/1').then(() => desktop.session.getUserAgent())",
                  "\"Jotter/1\"");
  desktop_assert_rejects (&fixture, "session.setUserAgent('a\\r\\nCookie: b')",
                          "userAgent: expected printable ASCII");
  ipc_assert_run (fixture.window,
                  "desktop.session.setUserAgent('').then(() => desktop.session.getUserAgent())", "\"\"");
  ipc_assert_run (fixture.window, "desktop.session.setProxy({ mode: 'direct' }).then(() => 'set')",
                  "\"set\"");
  desktop_assert_rejects (&fixture, "session.setProxy({ mode: 'magic' })",
                          "mode: expected direct, system or fixed_servers");
  ipc_assert_run (fixture.window, "desktop.session.clearCache().then(() => 'cleared')", "\"cleared\"");
  desktop_tear_down (&fixture);
}

/* A click of the user's, by the menu of the app. */
static void
test_menu (void)
{
  MullionMenu *menu;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"menu\": true }");
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
  desktop_tear_down (&fixture);
}

/* There is no tray on this bus, which is told; an image of the user's is not shown in one. */
static void
test_tray (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"tray\": true }");
  ipc_assert_run (fixture.window,
                  "new Promise((resolve) => desktop.tray.on('failed', resolve)"
                  "  .then(() => desktop.tray.show({ image: 'mail-unread', toolTip: 'Mail',"
                  "    menu: [{ id: 'a', label: 'A' }] })))", "\"This desktop has no tray\"");
  ipc_assert_run (fixture.window, "desktop.tray.hide().then(() => 'hidden')", "\"hidden\"");
  desktop_assert_rejects (&fixture, "tray.show({ image: '/etc/hostname' })",
                  "icon: expected a file of the app, or the name of an icon");
  desktop_tear_down (&fixture);
}

static void
test_global_shortcut (void)
{
  static const char *const typed[] = { "A", "Shift+A", "shift+a", "SHIFT+Shift+A", "AltGr+Q" };
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"globalShortcut\": true }");
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *call = g_strdup_printf ("globalShortcut.register('%s')", typed[i]);
      g_autofree char *reason = g_strdup_printf (
        "'%s' is what the user types: a global shortcut of a page begins with a modifier other than "
        "Shift", typed[i]);

      desktop_assert_rejects (&fixture, call, reason);
    }
  ipc_assert_run (fixture.window,
                  "desktop.globalShortcut.register('CmdOrCtrl+Alt+F7')"
                  "  .then(() => desktop.globalShortcut.isRegistered('CmdOrCtrl+Alt+F7'))", "true");
  g_assert_true (mullion_global_shortcut_is_registered ("CmdOrCtrl+Alt+F7"));
  ipc_assert_run (fixture.window,
                  "desktop.globalShortcut.unregisterAll()"
                  "  .then(() => desktop.globalShortcut.isRegistered('CmdOrCtrl+Alt+F7'))", "false");
  g_assert_false (mullion_global_shortcut_is_registered ("CmdOrCtrl+Alt+F7"));
  desktop_tear_down (&fixture);
}

/* What the services of the desktop do is told by tests of their own; here none of them is there. */
static void
test_without_services (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"safeStorage\": true, \"powerSaveBlocker\": true, \"powerMonitor\": true }");
  ipc_assert_run (fixture.window, "desktop.safeStorage.encryptString('x').catch((e) => e.code)", "9");
  ipc_assert_run (fixture.window,
                  "desktop.powerSaveBlocker.start('prevent-display-sleep').catch((e) => e.code)", "9");
  ipc_assert_run (fixture.window, "desktop.powerMonitor.isOnBatteryPower()", "false");
  ipc_assert_run (fixture.window, "desktop.safeStorage.isEncryptionAvailable()", "false");
  ipc_assert_run (fixture.window, "desktop.safeStorage.getSelectedStorageBackend()", "\"unknown\"");
  ipc_assert_run (fixture.window,
                  "desktop.powerMonitor.getSystemIdleState(60)"
                  "  .then((state) => ['active', 'idle'].includes(state))", "true");
  desktop_assert_invalid (&fixture, "powerMonitor.getSystemIdleState",
                          "powerMonitor.getSystemIdleState(0)",
                          "arguments[0]: expected a number from 1");
  ipc_assert_run (fixture.window, "desktop.powerSaveBlocker.stop(1)", "false");
  desktop_assert_rejects (&fixture, "safeStorage.decryptString('x')", "encrypted: expected bytes");
  desktop_tear_down (&fixture);
}

/* Its events come to who listens, until they listen no more. */
static void
test_notification (void)
{
  g_autoptr(MockService) service = desktop_notifications_start ();
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"notification\": true }");
  ipc_assert_run (fixture.window,
                  "window.told = [];"
                  "const tell = (what) => (id, detail) => told.push([what, id === shown, detail].join(' '));"
                  "Promise.all([desktop.notification.on('click', tell('first')),"
                  "  desktop.notification.on('click', tell('second')),"
                  "  desktop.notification.on('action', tell('action')),"
                  "  desktop.notification.on('reply', tell('reply')),"
                  "  desktop.notification.on('close', tell('close'))])"
                  "  .then(([stop]) => stop())"
                  "  .then(() => desktop.notification.show({ title: 'Mail', hasReply: true,"
                  "    actions: [{ type: 'button', text: 'Reply' }] }))"
                  "  .then((id) => { window.shown = id; return 'shown'; })", "\"shown\"");
  desktop_notifications_press (service, "default");
  desktop_notifications_press (service, "0");
  desktop_notifications_reply (service, "Yes");
  desktop_notifications_end (service, desktop_notifications_get_last (), 2);
  ipc_assert_run (fixture.window,
                  "new Promise((resolve) => { const look = () => { told.length < 4"
                  "  ? setTimeout(look, 10) : resolve(told.join()); }; look(); })",
                  "\"second true ,action true 0,reply true Yes,close true userCanceled\"");
  desktop_assert_invalid (&fixture, "notification.on", "notification.on('show', () => {})",
                  "arguments[0]: expected one of 4 values, and it is none of them");
  desktop_assert_rejects (&fixture, "notification.show({ icon: '/etc/hostname' })",
                  "icon: expected a file of the app, or the name of an icon");
  desktop_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  desktop_start ("modules");
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.DesktopModules");

  g_test_add_func ("/desktop-modules/all-refused", test_all_refused);
  g_test_add_func ("/desktop-modules/dialog", test_dialog);
  g_test_add_func ("/desktop-modules/shell", test_shell);
  g_test_add_func ("/desktop-modules/chosen-file", test_chosen_file);
  g_test_add_func ("/desktop-modules/file-icon", test_file_icon);
  g_test_add_func ("/desktop-modules/clipboard", test_clipboard);
  g_test_add_func ("/desktop-modules/clipboard-limited", test_clipboard_limited);
  g_test_add_func ("/desktop-modules/native-theme", test_native_theme);
  g_test_add_func ("/desktop-modules/screen", test_screen);
  g_test_add_func ("/desktop-modules/app", test_app);
  g_test_add_func ("/desktop-modules/window", test_window);
  g_test_add_func ("/desktop-modules/about", test_about);
  g_test_add_func ("/desktop-modules/print", test_print);
  g_test_add_func ("/desktop-modules/capture", test_capture);
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
