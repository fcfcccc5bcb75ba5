/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

/*
 * The desktop's capabilities, from a page to the bus and back.
 */

static MullionCapabilitySet *set;

static IpcWindow *
open_page (void)
{
  IpcWindow *window =
    ipc_window_new ("{ \"webPreferences\": { \"preload\": \"lifecycle/preload.js\" } }");

  ipc_window_load (window, "lifecycle/index.html");
  return window;
}

static void
test_notification (void)
{
  g_autoptr(MockService) service = desktop_notifications_start ();
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GVariant) message = NULL;
  const char *title = NULL;

  ipc_assert_run (window,
                  "window.told = [];"
                  "api.on('mullion:notifications.event', (number, what, detail) =>"
                  "  told.push([number === window.shown, what, detail].join(' ')));"
                  "api.invoke('mullion:notifications.show',"
                  "  { title: 'Mail', actions: [{ type: 'button', text: 'Reply' }] })"
                  "  .then((number) => { window.shown = number; return 'shown'; })",
                  "\"shown\"");
  message = mock_service_wait (service, "Notify");
  g_variant_get_child (message, 3, "&s", &title);
  g_assert_cmpstr (title, ==, "Mail");

  desktop_notifications_press (service, "0");
  desktop_notifications_press (service, "default");
  desktop_notifications_end (service, desktop_notifications_get_last (), 2);
  ipc_assert_run (window,
                  "new Promise((resolve) => { const look = () => { told.length < 3"
                  "  ? setTimeout(look, 10) : resolve(told.join()); }; look(); })",
                  "\"true action 0,true click ,true close userCanceled\"");
}

static void
test_close (void)
{
  g_autoptr(MockService) service = desktop_notifications_start ();
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GVariant) message = NULL;
  guint id = 0;

  ipc_assert_run (window, "api.invoke('mullion:notifications.show', { title: 't' })"
                          "  .then((id) => api.invoke('mullion:notifications.close', id))"
                          "  .then(() => 'asked')", "\"asked\"");
  message = mock_service_wait (service, "CloseNotification");
  g_variant_get (message, "(u)", &id);
  g_assert_cmpuint (id, ==, desktop_notifications_get_last ());
  desktop_notifications_end (service, id, 3);
  ipc_assert_run (window, "api.invoke('mullion:notifications.close', 1000)"
                          "  .then(() => 'nothing')", "\"nothing\"");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *call;
    const char *reason;
  } cases[] = {
    { "'mullion:notifications.show', { icon: '/etc/hostname' }",
      "icon: expected a file of the app, or the name of an icon" },
    { "'mullion:notifications.show', { icon: '../../secret.png' }",
      "icon: expected a file of the app, or the name of an icon" },
    { "'mullion:notifications.show', { icon: 'file:///etc/hostname' }",
      "icon: expected a file of the app, or the name of an icon" },
    { "'mullion:notifications.show', { title: 1 }", "title: expected a string" },
    { "'mullion:notifications.show', 7", "options: expected a plain object" },
    { "'mullion:notifications.close', 'x'", "id: expected the number of a notification" },
    { "'mullion:notifications.show', { title: 't' }", "This desktop has no notification service" },
    { "'mullion:clipboard.write', 1", "text: expected a string" },
    { "'mullion:clipboard.write', 'a', 1", "html: expected a string" },
    { "'mullion:clipboard.read-text', 1", "expected at most 0 arguments, not 1" },
  };
  g_autoptr(IpcWindow) window = open_page ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code =
        g_strdup_printf ("api.invoke(%s).then(() => 'done', (error) => error.message"
                         "  .replace(/.*': Error: /, ''))", cases[i].call);
      g_autofree char *expected = g_strdup_printf ("\"%s\"", cases[i].reason);

      ipc_assert_run (window, code, expected);
    }
}

static void
test_too_many (void)
{
  g_autoptr(MockService) service = desktop_notifications_start ();
  g_autoptr(IpcWindow) window = open_page ();
  guint first = desktop_notifications_get_last () + 1;

  ipc_assert_run (window,
                  "(async () => { for (let i = 0; i < 8; i += 1)"
                  "  await api.invoke('mullion:notifications.show', { title: 't' });"
                  "  return api.invoke('mullion:notifications.show', { title: 't' })"
                  "    .catch((error) => error.message.replace(/.*: /, '')); })()",
                  "\"there are 8 notifications already\"");
  for (guint id = first; id <= desktop_notifications_get_last (); id++)
    desktop_notifications_end (service, id, 1);
  ipc_assert_run (window,
                  "new Promise((resolve) => { const look = () =>"
                  "  api.invoke('mullion:notifications.show', { title: 't' }).then(resolve, look);"
                  "  look(); }).then(() => 'room')", "\"room\"");
  desktop_notifications_end (service, desktop_notifications_get_last (), 1);
}

static void
test_clipboard (void)
{
  g_autoptr(IpcWindow) window = open_page ();

  ipc_assert_run (window, "api.invoke('mullion:clipboard.write', 'bold', '<b>bold</b>')"
                          "  .then(() => api.invoke('mullion:clipboard.read-text'))", "\"bold\"");
  ipc_assert_run (window, "api.invoke('mullion:clipboard.read-html')", "\"<b>bold</b>\"");
  ipc_assert_run (window, "api.invoke('mullion:clipboard.write', 'plain')"
                          "  .then(() => api.invoke('mullion:clipboard.read-html'))", "\"\"");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  ipc_app_new ("io.github.mullion.PageDesktop");
  set = mullion_capability_set_new (ipc_app_get ());
  mullion_capability_set_add (set, "notifications", NULL);
  mullion_capability_set_add (set, "clipboard-read", NULL);
  mullion_capability_set_add (set, "clipboard-write", NULL);

  g_test_add_func ("/page-desktop/refused", test_refused);
  g_test_add_func ("/page-desktop/notification", test_notification);
  g_test_add_func ("/page-desktop/close", test_close);
  g_test_add_func ("/page-desktop/too-many", test_too_many);
  g_test_add_func ("/page-desktop/clipboard", test_clipboard);

  status = g_test_run ();
  g_clear_object (&set);
  mock_bus_stop ();
  return status;
}
