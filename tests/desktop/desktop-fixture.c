/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop-fixture.h"

#include "tests/test-warnings.h"

/* -- Notifications -- */

#define NOTIFICATIONS "org.freedesktop.Notifications"

static const char xml[] =
  "<node><interface name='" NOTIFICATIONS "'>"
  "  <method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/>"
  "    <arg type='s'/><arg type='as'/><arg type='a{sv}'/><arg type='i'/>"
  "    <arg type='u' direction='out'/></method>"
  "  <method name='CloseNotification'><arg type='u'/></method>"
  "  <method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "  <signal name='NotificationReplied'><arg type='u'/><arg type='s'/></signal>"
  "  <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "  <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

static guint last_id;

static GVariant *
answer (MockService *service,
        const char  *method,
        GVariant    *arguments)
{
  if (g_str_equal (method, "GetCapabilities"))
    return g_variant_new_parsed ("(['body', 'inline-reply'],)");
  return g_str_equal (method, "Notify") ? g_variant_new ("(u)", ++last_id) : g_variant_new ("()");
}

MockService *
desktop_notifications_start (void)
{
  return mock_service_new (NOTIFICATIONS, "/org/freedesktop/Notifications", xml, answer);
}

guint
desktop_notifications_get_last (void)
{
  return last_id;
}

void
desktop_notifications_press (MockService *service,
                             const char  *action)
{
  mock_service_emit (service, NOTIFICATIONS, "ActionInvoked",
                     g_variant_new ("(us)", last_id, action));
}

void
desktop_notifications_reply (MockService *service,
                             const char  *reply)
{
  mock_service_emit (service, NOTIFICATIONS, "NotificationReplied",
                     g_variant_new ("(us)", last_id, reply));
}

void
desktop_notifications_end (MockService *service,
                           guint        id,
                           guint        reason)
{
  mock_service_emit (service, NOTIFICATIONS, "NotificationClosed",
                     g_variant_new ("(uu)", id, reason));
}

/* -- A page -- */

void
desktop_set_up (DesktopFixture *fixture,
                const char     *capabilities)
{
  g_autoptr(JsonNode) node = json_from_string (capabilities, NULL);
  g_autofree char *options =
    g_strdup_printf ("{ \"webPreferences\": { \"preload\": \"%s\" } }",
                     mullion_desktop_get_preload ());
  g_autoptr(JsonNode) window = json_from_string (options, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  fixture->set = mullion_capability_set_new (ipc_app_get ());
  mullion_capability_set_set_web_preferences (
    fixture->set, json_object_get_object_member (json_node_get_object (window), "webPreferences"));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    mullion_capability_set_add (fixture->set, name,
                                JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value)
                                                               : NULL);
  mullion_capability_set_refuse_others (fixture->set);

  fixture->window = ipc_window_new (options);
  ipc_window_load (fixture->window, "lifecycle/index.html");
}

void
desktop_tear_down (DesktopFixture *fixture)
{
  ipc_window_free (fixture->window);
  g_object_run_dispose (G_OBJECT (fixture->set));
  g_object_unref (fixture->set);
}

void
desktop_assert_rejects (DesktopFixture *fixture,
                        const char     *call,
                        const char     *reason)
{
  g_autofree char *code =
    g_strdup_printf ("desktop.%s.then(() => 'done', (error) => error.message"
                     "  .replace(/^Error invoking remote method '[^']*': Error: /, ''))", call);
  g_autoptr(JsonNode) expected = json_node_init_string (json_node_alloc (), reason);
  g_autofree char *text = json_to_string (expected, FALSE);

  ipc_assert_run (fixture->window, code, text);
}

void
desktop_assert_invalid (DesktopFixture *fixture,
                        const char     *channel,
                        const char     *call,
                        const char     *mistake)
{
  g_autofree char *reason =
    g_strdup_printf ("Invalid arguments for 'mullion:desktop.%s': %s", channel, mistake);
  g_autofree char *warning = g_strdup_printf ("*was denied ipcRenderer.invoke(): %s", reason);

  expect_warning (warning);
  desktop_assert_rejects (fixture, call, reason);
  assert_warned ();
}

void
desktop_crash (MullionWebContents *contents)
{
  expect_warning ("The web process of WebContents #* is gone: killed");
  mullion_web_contents_forcefully_crash_renderer (contents);
}

void
desktop_answer_next (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autoptr(GError) error = NULL;

  mullion_dialog_answer_next (json_object_ref (json_node_get_object (node)), &error);
  g_assert_no_error (error);
}

void
desktop_start (const char *name)
{
  g_autofree char *template = g_strdup_printf ("mullion-%s-XXXXXX", name);
  g_autofree char *home = g_dir_make_tmp (template, NULL);
  g_autofree char *data = g_build_filename (home, "data", NULL);
  g_autofree char *config = g_build_filename (home, "config", NULL);

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  watch_warnings ();
}
