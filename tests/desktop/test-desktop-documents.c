/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include "web-server.h"

#include <glib/gstdio.h>

/*
 * What documents hear of the desktop and what they hold of it, from their first call to their end:
 * each is told of its own window and session, and what it held is given back when it goes.
 */

#define SAVER "org.freedesktop.ScreenSaver"

static const char saver_xml[] =
  "<node><interface name='" SAVER "'>"
  "  <method name='Inhibit'><arg type='s'/><arg type='s'/><arg type='u' direction='out'/></method>"
  "  <method name='UnInhibit'><arg type='u'/></method>"
  "</interface></node>";

/* Puts what is told from now on into the page's list `told`. */
static void
listen_to (DesktopFixture *fixture,
           const char     *module,
           const char     *events)
{
  g_autofree char *code =
    g_strdup_printf ("window.told = []; Promise.all([%s].map((name) =>"
                     "  desktop.%s.on(name, (...all) => told.push([name, ...all].join(' ')))))"
                     "  .then(() => 'listening')", events, module);

  ipc_assert_run (fixture->window, code, "\"listening\"");
}

/* Waits until @n were told. */
static void
assert_told (DesktopFixture *fixture,
             guint           n,
             const char     *expected)
{
  g_autofree char *code =
    g_strdup_printf ("new Promise((resolve) => { const look = () => { told.length < %u"
                     "  ? setTimeout(look, 10) : resolve(told.join()); }; look(); })", n);

  ipc_assert_run (fixture->window, code, expected);
}

/* Its own window, and no other. */
static void
test_window_events (void)
{
  g_autoptr(IpcWindow) other = NULL;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"window\": true }");
  other = ipc_window_new ("{}");
  listen_to (&fixture, "window", "'focus', 'blur', 'resize', 'enter-full-screen'");
  g_signal_emit_by_name (other->window, "blur");
  g_signal_emit_by_name (fixture.window->window, "focus");
  g_signal_emit_by_name (fixture.window->window, "enter-full-screen");
  assert_told (&fixture, 2, "\"focus,enter-full-screen\"");

  /* A document that comes after it has not asked for anything. */
  ipc_window_load (fixture.window, "lifecycle/index.html");
  g_signal_emit_by_name (fixture.window->window, "blur");
  listen_to (&fixture, "window", "'focus'");
  g_signal_emit_by_name (fixture.window->window, "focus");
  assert_told (&fixture, 1, "\"focus\"");
  desktop_tear_down (&fixture);
}

/* The ids are counted over all of the run. */
static void
test_windows (void)
{
  IpcWindow *other;
  DesktopFixture fixture = { 0 };
  g_autofree char *created = NULL;
  g_autofree char *both = NULL;
  g_autofree char *close = NULL;
  guint id;

  desktop_set_up (&fixture, "{ \"windows\": true }");
  listen_to (&fixture, "windows", "'created', 'closed'");
  ipc_assert_run (fixture.window,
                  "desktop.windows.getAllWindows().then((all) => all.map(({ isOwn }) => isOwn))",
                  "[true]");

  other = ipc_window_new ("{ \"show\": false, \"title\": \"Other\" }");
  id = mullion_browser_window_get_id (other->window);
  created = g_strdup_printf ("\"created %u\"", id);
  both = g_strdup_printf ("\"created %u,closed %u\"", id, id);
  close = g_strdup_printf ("windows.close(%u)", id);
  assert_told (&fixture, 1, created);
  ipc_assert_run (fixture.window,
                  "desktop.windows.getAllWindows().then((all) => { const last = all.at(-1);"
                  "  return [all.length, last.title, last.isOwn, last.isVisible]; })",
                  "[2,\"Other\",false,false]");
  mullion_browser_window_show (other->window);
  ipc_assert_run (fixture.window,
                  "desktop.windows.getAllWindows().then((all) => desktop.windows.focus(all[1].id))"
                  "  .then(() => desktop.windows.getAllWindows()).then((all) => all[1].isVisible)",
                  "true");

  desktop_assert_rejects (&fixture, close, "done");
  assert_told (&fixture, 2, both);
  ipc_window_free (other);
  desktop_assert_rejects (&fixture, "windows.focus(4000000000)", "there is no window 4000000000");
  desktop_tear_down (&fixture);
}

/* What the manifest's `downloads` would do. @path: (nullable) */
static void
decide_cb (MullionSession      *session,
           MullionDownloadItem *item,
           MullionWebContents  *contents,
           const char         **path)
{
  if (*path != NULL)
    mullion_download_item_set_save_path (item, *path);
  else
    mullion_download_item_cancel (item);
}

/* Calls downloadURL with the server's @path. */
static void
download (DesktopFixture *fixture,
          WebServer      *server,
          const char     *path)
{
  g_autofree char *uri = web_server_dup_uri (server, path);
  g_autofree char *code =
    g_strdup_printf ("desktop.downloads.downloadURL('%s').then(() => 'begun')", uri);

  ipc_assert_run (fixture->window, code, "\"begun\"");
}

static void
test_downloads (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "saved.txt", NULL);
  const char *place = NULL;
  MullionSession *session = mullion_session_get_default (ipc_app_get ());
  WebServer *server = web_server_new (NULL);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"downloads\": true }");
  g_signal_connect (session, "will-download", G_CALLBACK (decide_cb), &place);
  ipc_assert_run (fixture.window,
                  "window.told = []; window.last = {}; Promise.all(['started', 'done'].map((name) =>"
                  "  desktop.downloads.on(name, (item) => { last = item;"
                  "    told.push([name, item.id, item.filename, item.state].join(' ')); })))"
                  "  .then(() => 'listening')", "\"listening\"");

  download (&fixture, server, "/download/note.txt");
  assert_told (&fixture, 1, "\"done 1 note.txt cancelled\"");

  place = path;
  ipc_assert_run (fixture.window, "told = [], 0", "0");
  download (&fixture, server, "/download/note.txt");
  assert_told (&fixture, 2, "\"started 2 saved.txt progressing,done 2 saved.txt completed\"");
  g_assert_cmpint (g_remove (path), ==, 0);

  /* Without an end; another document knows nothing of it. */
  ipc_assert_run (fixture.window, "told = [], 0", "0");
  download (&fixture, server, "/endless");
  assert_told (&fixture, 1, "\"started 3 saved.txt progressing\"");
  desktop_assert_rejects (&fixture, "downloads.cancel(2)",
                          "this document has no download 2 that is running");
  ipc_assert_run (fixture.window, "desktop.downloads.cancel(3).then(() => 'asked')", "\"asked\"");
  assert_told (&fixture, 2, "\"started 3 saved.txt progressing,done 3 saved.txt cancelled\"");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  desktop_assert_rejects (&fixture, "downloads.downloadURL('file:///etc/hostname')",
                          "url: expected an address of https: or http:");
  g_signal_handlers_disconnect_by_func (session, decide_cb, &place);
  desktop_tear_down (&fixture);
  web_server_free (server);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_cookies_changed (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"session\": { \"cookies\": true } }");
  ipc_assert_run (fixture.window,
                  "window.told = []; desktop.session.on('changed', (cookie, cause, removed) =>"
                  "  told.push([cookie.name, cookie.value, cookie.domain, cause, removed].join(' ')))"
                  "  .then(() => 'listening')", "\"listening\"");
  ipc_assert_run (fixture.window,
                  "desktop.session.setCookie({ url: 'https://example.org/', name: 'a', value: 'b' })"
                  "  .then(() => 'set')", "\"set\"");
  assert_told (&fixture, 1, "\"a b example.org explicit false\"");
  ipc_assert_run (fixture.window, "told.length = 0, desktop.session.removeCookie('https://example.org/', 'a')"
                                  "  .then(() => desktop.session.flushCookies())"
                                  "  .then(() => 'flushed')", "\"flushed\"");
  assert_told (&fixture, 1, "\"a b example.org explicit true\"");
  desktop_assert_rejects (&fixture, "session.clearCache()",
                          "the capability \"session\" of this app does not include \"storage\"");
  desktop_assert_rejects (&fixture, "session.setProxy({ mode: 'direct' })",
                          "the capability \"session\" of this app does not include \"network\"");
  desktop_assert_rejects (&fixture, "session.isSpellCheckerEnabled()",
                          "the capability \"session\" of this app does not include \"spelling\"");
  desktop_tear_down (&fixture);
}

/* Who may change the proxy hears of no cookies. */
static void
test_cookies_unheard (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"session\": { \"network\": true } }");
  desktop_assert_rejects (&fixture, "session.on('changed', () => {})",
                          "the capability \"session\" of this app does not include \"cookies\"");
  desktop_tear_down (&fixture);
}

static void
test_spelling (void)
{
  MullionApp *app = ipc_app_get ();
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"session\": { \"spelling\": true } }");
  ipc_assert_run (fixture.window, "desktop.session.isSpellCheckerEnabled()", "true");
  desktop_assert_rejects (&fixture, "session.setSpellCheckerEnabled(false)", "done");
  g_assert_false (mullion_app_is_spell_checker_enabled (app));
  desktop_assert_rejects (&fixture, "session.setSpellCheckerEnabled(true)", "done");
  g_assert_true (mullion_app_is_spell_checker_enabled (app));

  desktop_assert_rejects (&fixture, "session.setSpellCheckerLanguages(['xx-XX'])",
                          "There is no dictionary of \"xx-XX\" on this machine");
  ipc_assert_run (fixture.window, "desktop.session.getSpellCheckerLanguages()", "[]");
  desktop_assert_rejects (&fixture, "session.setSpellCheckerLanguages(['../../tmp/en'])",
                          "languages: expected languages such as \"en-GB\"");
  desktop_assert_rejects (&fixture, "session.setSpellCheckerLanguages([])", "done");
  desktop_tear_down (&fixture);
}

/* A file that the user opens waits for a page that listens, and may then be used as if chosen. */
static void
test_opened_files (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "opened.txt", NULL);
  g_autofree char *told = g_strdup_printf ("\"open-file %s\"", path);
  g_autofree char *call = g_strdup_printf ("app.addRecentDocument('%s')", path);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"app\": true }");
  desktop_assert_rejects (&fixture, call, "the user did not choose this file in a dialog");
  g_signal_emit_by_name (ipc_app_get (), "open-file", path);
  listen_to (&fixture, "app", "'open-file', 'open-url'");
  assert_told (&fixture, 1, told);
  ipc_assert_run (fixture.window, "told.length = 0", "0");
  g_signal_emit_by_name (ipc_app_get (), "open-url", "notes:three");
  assert_told (&fixture, 1, "\"open-url notes:three\"");
  desktop_assert_rejects (&fixture, call, "done");
  ipc_assert_run (fixture.window,
                  "desktop.app.getRecentDocuments().then((all) => all.length)"
                  "  .then(async (before) => { await desktop.app.clearRecentDocuments();"
                  "    return [before, (await desktop.app.getRecentDocuments()).length]; })", "[1,0]");
  desktop_tear_down (&fixture);
}

/* The app's own folder stands on the command line, and nobody has chosen it. */
static void
test_own_folder (void)
{
  const char *own = mullion_app_get_app_path (ipc_app_get ());
  g_autofree char *call = g_strdup_printf ("app.addRecentDocument('%s')", own);
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"app\": true }");
  g_signal_emit_by_name (ipc_app_get (), "open-file", own);
  g_signal_emit_by_name (ipc_app_get (), "open-file", "/nowhere/\xff");
  g_signal_emit_by_name (ipc_app_get (), "open-file", "/nowhere/last");
  listen_to (&fixture, "app", "'open-file'");
  assert_told (&fixture, 1, "\"open-file /nowhere/last\"");
  desktop_assert_rejects (&fixture, call, "the user did not choose this file in a dialog");
  desktop_tear_down (&fixture);
}

/* What was typed need be no text: it is told as far as it is one. */
static void
test_second_instance (void)
{
  static const char *const arguments[] = { "mullion", "app", "--note=\xff", NULL };
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"app\": true }");
  g_signal_emit_by_name (ipc_app_get (), "second-instance", arguments, "/tmp");
  listen_to (&fixture, "app", "'second-instance'");
  assert_told (&fixture, 1, "\"second-instance mullion,app,--note=\357\277\275 /tmp\"");
  ipc_assert_run (fixture.window, "told.length = 0", "0");
  g_signal_emit_by_name (ipc_app_get (), "second-instance", arguments, NULL);
  assert_told (&fixture, 1, "\"second-instance mullion,app,--note=\357\277\275 \"");
  desktop_tear_down (&fixture);
}

#define RULES(path) \
  "[{ trigger: { 'url-filter': '" path "' }, action: { type: 'block' } }]"

/* Rules reach the web process on another way than a script, so they may come later. */
static void
assert_loads (DesktopFixture *fixture,
              gboolean        loads)
{
  g_autofree char *code = g_strdup_printf (
    "(async () => { while (await fetch('second.html').then(() => true, () => false) !== %s);"
    "  return (await fetch('index.html')).status; })()", loads ? "true" : "false");

  ipc_assert_run (fixture->window, code, "200");
}

static void
test_content_filters (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"contentFilters\": true }");
  assert_loads (&fixture, TRUE);
  desktop_assert_rejects (&fixture, "contentFilters.add('one', " RULES ("/second") ")", "done");
  assert_loads (&fixture, FALSE);

  /* It is not the document's. */
  ipc_window_load (fixture.window, "lifecycle/index.html");
  assert_loads (&fixture, FALSE);
  desktop_assert_rejects (&fixture, "contentFilters.add('one', " RULES ("/third") ")", "done");
  assert_loads (&fixture, TRUE);
  desktop_assert_rejects (&fixture, "contentFilters.add('one', " RULES ("/second") ")", "done");
  assert_loads (&fixture, FALSE);
  desktop_assert_rejects (&fixture, "contentFilters.remove('one')", "done");
  desktop_assert_rejects (&fixture, "contentFilters.remove('one')", "done");
  assert_loads (&fixture, TRUE);
  desktop_tear_down (&fixture);
}

static void
test_bad_content_filters (void)
{
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"contentFilters\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.contentFilters.add('bad', [{}]).then(() => 'done',"
                  "  ({ domain, code, message }) => [domain, code, message.includes('\"bad\"')])",
                  "[\"mullion-error-quark\",1,true]");
  desktop_assert_invalid (&fixture, "contentFilters.add", "contentFilters.add('bad', [])",
                          "arguments[1]: expected at least 1 element, not 0");
  desktop_assert_rejects (&fixture, "contentFilters.remove('manifest:ads')",
                          "\"manifest:ads\" is a name for content filters of the manifest");
  /* The bad one counts until it is removed. */
  ipc_assert_run (fixture.window,
                  "(async () => { for (let i = 1; i < 16; i += 1)"
                  "  await desktop.contentFilters.add(`n${i}`, " RULES ("/third") "); })()"
                  "  .then(() => 'full')", "\"full\"");
  desktop_assert_rejects (&fixture, "contentFilters.add('last', " RULES ("/third") ")",
                          "there are 16 content filters already: remove one of them first");
  desktop_assert_rejects (&fixture, "contentFilters.add('n1', " RULES ("/third") ")", "done");
  desktop_assert_rejects (&fixture, "contentFilters.remove('bad')", "done");
  desktop_assert_rejects (&fixture, "contentFilters.add('last', " RULES ("/third") ")", "done");
  desktop_tear_down (&fixture);
}

/* The next document can have the key again, as nobody holds it. */
static void
test_shortcut_given_back (void)
{
  static const char *const key = "CmdOrCtrl+Alt+F8";
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"globalShortcut\": true }");
  for (guint i = 0; i < 2; i++)
    {
      ipc_assert_run (fixture.window,
                      "desktop.globalShortcut.register('CmdOrCtrl+Alt+F8').then(() => 'mine')",
                      "\"mine\"");
      g_assert_true (mullion_global_shortcut_is_registered (key));
      ipc_window_load (fixture.window, "lifecycle/index.html");
      ipc_wait_until (!mullion_global_shortcut_is_registered (key));
    }
  desktop_tear_down (&fixture);
}

/* One that has ended by itself, as with a portal that goes, can be had again, and is given back. */
static void
test_shortcut_again (void)
{
  static const char *const key = "CmdOrCtrl+Alt+F9";
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"globalShortcut\": true }");
  for (guint i = 0; i < 2; i++)
    {
      mullion_global_shortcut_unregister (key);
      ipc_assert_run (fixture.window,
                      "desktop.globalShortcut.register('CmdOrCtrl+Alt+F9').then(() => 'mine')",
                      "\"mine\"");
      g_assert_true (mullion_global_shortcut_is_registered (key));
    }
  ipc_window_load (fixture.window, "lifecycle/index.html");
  ipc_wait_until (!mullion_global_shortcut_is_registered (key));
  desktop_tear_down (&fixture);
}

static GVariant *
answer_saver (MockService *service,
              const char  *method,
              GVariant    *arguments)
{
  return g_str_equal (method, "Inhibit") ? g_variant_new ("(u)", 7) : g_variant_new ("()");
}

/* A page that forgot its number, or crashed, does not keep the display on for good. */
static void
test_blocker_ended (void)
{
  g_autoptr(MockService) saver =
    mock_service_new (SAVER, "/org/freedesktop/ScreenSaver", saver_xml, answer_saver);
  g_autoptr(GVariant) asked = NULL;
  g_autoptr(GVariant) ended = NULL;
  DesktopFixture fixture = { 0 };

  desktop_set_up (&fixture, "{ \"powerSaveBlocker\": true }");
  ipc_assert_run (fixture.window,
                  "desktop.powerSaveBlocker.start('prevent-display-sleep')"
                  "  .then((id) => desktop.powerSaveBlocker.isStarted(id))", "true");
  asked = mock_service_wait (saver, "Inhibit");
  ipc_window_load (fixture.window, "lifecycle/index.html");
  ended = mock_service_wait (saver, "UnInhibit");
  g_assert_nonnull (ended);
  desktop_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  desktop_start ("documents");
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.DesktopDocuments");

  g_test_add_func ("/desktop-documents/window-events", test_window_events);
  g_test_add_func ("/desktop-documents/windows", test_windows);
  g_test_add_func ("/desktop-documents/downloads", test_downloads);
  g_test_add_func ("/desktop-documents/cookies-changed", test_cookies_changed);
  g_test_add_func ("/desktop-documents/cookies-unheard", test_cookies_unheard);
  g_test_add_func ("/desktop-documents/spelling", test_spelling);
  g_test_add_func ("/desktop-documents/opened-files", test_opened_files);
  g_test_add_func ("/desktop-documents/own-folder", test_own_folder);
  g_test_add_func ("/desktop-documents/second-instance", test_second_instance);
  g_test_add_func ("/desktop-documents/content-filters", test_content_filters);
  g_test_add_func ("/desktop-documents/bad-content-filters", test_bad_content_filters);
  g_test_add_func ("/desktop-documents/shortcut-given-back", test_shortcut_given_back);
  g_test_add_func ("/desktop-documents/shortcut-again", test_shortcut_again);
  g_test_add_func ("/desktop-documents/blocker-ended", test_blocker_ended);

  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
