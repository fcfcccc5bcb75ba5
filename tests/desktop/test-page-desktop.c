/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "launcher/capabilities/mullion-capability.h"
#include "mock-service.h"

/*
 * The desktop's capabilities, from a page to the bus and back.
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

static MullionCapabilitySet *set;
static guint last_id;

static GVariant *
answer (MockService *service,
        const char  *method,
        GVariant    *arguments)
{
  return g_str_equal (method, "Notify") ? g_variant_new ("(u)", ++last_id) : g_variant_new ("()");
}

static MockService *
start_service (void)
{
  return mock_service_new (NOTIFICATIONS, "/org/freedesktop/Notifications", xml, answer);
}

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
  g_autoptr(MockService) service = start_service ();
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

  mock_service_emit (service, NOTIFICATIONS, "ActionInvoked", g_variant_new ("(us)", last_id, "0"));
  mock_service_emit (service, NOTIFICATIONS, "ActionInvoked",
                     g_variant_new ("(us)", last_id, "default"));
  mock_service_emit (service, NOTIFICATIONS, "NotificationClosed",
                     g_variant_new ("(uu)", last_id, 2));
  ipc_assert_run (window,
                  "new Promise((resolve) => { const look = () => { told.length < 3"
                  "  ? setTimeout(look, 10) : resolve(told.join()); }; look(); })",
                  "\"true action 0,true click ,true close userCanceled\"");
}

static void
test_close (void)
{
  g_autoptr(MockService) service = start_service ();
  g_autoptr(IpcWindow) window = open_page ();
  g_autoptr(GVariant) message = NULL;
  guint id = 0;

  ipc_assert_run (window, "api.invoke('mullion:notifications.show', { title: 't' })"
                          "  .then((id) => api.invoke('mullion:notifications.close', id))"
                          "  .then(() => 'asked')", "\"asked\"");
  message = mock_service_wait (service, "CloseNotification");
  g_variant_get (message, "(u)", &id);
  g_assert_cmpuint (id, ==, last_id);
  mock_service_emit (service, NOTIFICATIONS, "NotificationClosed", g_variant_new ("(uu)", id, 3));
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
  g_autoptr(MockService) service = start_service ();
  g_autoptr(IpcWindow) window = open_page ();
  guint first = last_id + 1;

  ipc_assert_run (window,
                  "(async () => { for (let i = 0; i < 8; i += 1)"
                  "  await api.invoke('mullion:notifications.show', { title: 't' });"
                  "  return api.invoke('mullion:notifications.show', { title: 't' })"
                  "    .catch((error) => error.message.replace(/.*: /, '')); })()",
                  "\"there are 8 notifications already\"");
  for (guint id = first; id <= last_id; id++)
    mock_service_emit (service, NOTIFICATIONS, "NotificationClosed", g_variant_new ("(uu)", id, 1));
  ipc_assert_run (window,
                  "new Promise((resolve) => { const look = () =>"
                  "  api.invoke('mullion:notifications.show', { title: 't' }).then(resolve, look);"
                  "  look(); }).then(() => 'room')", "\"room\"");
  mock_service_emit (service, NOTIFICATIONS, "NotificationClosed",
                     g_variant_new ("(uu)", last_id, 1));
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
