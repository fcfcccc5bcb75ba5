/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <mullion.h>
#include <unistd.h>

/*
 * Sleep, battery and lock as the services of the desktop tell them, and what keeps them from it.
 */

#define LOGIN "org.freedesktop.login1"
#define LOGIN_MANAGER "org.freedesktop.login1.Manager"
#define UPOWER "org.freedesktop.UPower"
#define SAVER "org.freedesktop.ScreenSaver"
#define IDLE "org.gnome.Mutter.IdleMonitor"

static GString *events;
static GAsyncResult *outcome;
static int blocker[2] = { -1, -1 }; /* a pipe: the end that the log-in manager keeps, and the other */

static void
note_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&outcome, result);
}

static void
suspend_cb (void)
{
  g_string_append (events, "suspend;");
}

static void
resume_cb (void)
{
  g_string_append (events, "resume;");
}

static void
shutdown_cb (void)
{
  g_string_append (events, "shutdown;");
}

static void
lock_cb (void)
{
  g_string_append (events, "lock;");
}

static void
unlock_cb (void)
{
  g_string_append (events, "unlock;");
}

static void
ac_cb (void)
{
  g_string_append (events, "ac;");
}

static void
battery_cb (void)
{
  g_string_append (events, "battery;");
}

static MullionPowerMonitor *
listen (void)
{
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();

  g_signal_connect (monitor, "suspend", G_CALLBACK (suspend_cb), NULL);
  g_signal_connect (monitor, "resume", G_CALLBACK (resume_cb), NULL);
  g_signal_connect (monitor, "shutdown", G_CALLBACK (shutdown_cb), NULL);
  g_signal_connect (monitor, "lock-screen", G_CALLBACK (lock_cb), NULL);
  g_signal_connect (monitor, "unlock-screen", G_CALLBACK (unlock_cb), NULL);
  g_signal_connect (monitor, "on-ac", G_CALLBACK (ac_cb), NULL);
  g_signal_connect (monitor, "on-battery", G_CALLBACK (battery_cb), NULL);
  return monitor;
}

static void
assert_events (const char *expected)
{
  mock_wait_until (g_str_has_suffix (events->str, expected));
  g_assert_cmpstr (events->str, ==, expected);
  g_string_truncate (events, 0);
}

static MockService *
start_upower (void)
{
  MockService *service = mock_service_new (
    UPOWER, "/org/freedesktop/UPower",
    "<node><interface name='" UPOWER "'>"
    "  <property name='OnBattery' type='b' access='read'/>"
    "</interface></node>", NULL);

  mock_service_set_property (service, "OnBattery", g_variant_new_boolean (TRUE));
  return service;
}

static MockService *
start_login (void)
{
  return mock_service_new (LOGIN, "/org/freedesktop/login1",
                           "<node><interface name='" LOGIN_MANAGER "'>"
                           "  <signal name='PrepareForSleep'><arg type='b'/></signal>"
                           "  <signal name='PrepareForShutdown'><arg type='b'/></signal>"
                           "</interface></node>", NULL);
}

static GVariant *
answer_saver (MockService *service,
              const char  *method,
              GVariant    *arguments)
{
  return g_str_equal (method, "Inhibit") ? g_variant_new ("(u)", 99) : g_variant_new ("()");
}

static MockService *
start_saver (void)
{
  return mock_service_new (SAVER, "/org/freedesktop/ScreenSaver",
                           "<node><interface name='" SAVER "'>"
                           "  <method name='Inhibit'><arg type='s'/><arg type='s'/>"
                           "    <arg type='u' direction='out'/></method>"
                           "  <method name='UnInhibit'><arg type='u'/></method>"
                           "  <signal name='ActiveChanged'><arg type='b'/></signal>"
                           "</interface></node>", answer_saver);
}

static void
test_monitor (void)
{
  g_autoptr(MockService) upower = start_upower ();
  g_autoptr(MockService) login = start_login ();
  g_autoptr(MockService) saver = start_saver ();
  MullionPowerMonitor *monitor = listen ();

  assert_events ("battery;");
  g_assert_true (mullion_power_monitor_is_on_battery_power (monitor));

  mock_service_emit (login, LOGIN_MANAGER, "PrepareForSleep", g_variant_new ("(b)", TRUE));
  mock_service_emit (login, LOGIN_MANAGER, "PrepareForSleep", g_variant_new ("(b)", FALSE));
  assert_events ("suspend;resume;");
  mock_service_emit (login, LOGIN_MANAGER, "PrepareForShutdown", g_variant_new ("(b)", FALSE));
  mock_service_emit (login, LOGIN_MANAGER, "PrepareForShutdown", g_variant_new ("(b)", TRUE));
  assert_events ("shutdown;");
  mock_service_emit (saver, SAVER, "ActiveChanged", g_variant_new ("(b)", TRUE));
  mock_service_emit (saver, SAVER, "ActiveChanged", g_variant_new ("(b)", FALSE));
  assert_events ("lock;unlock;");

  mock_service_emit (upower, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new_parsed ("(%s, {'OnBattery': <false>}, @as [])", UPOWER));
  assert_events ("ac;");
  g_assert_false (mullion_power_monitor_is_on_battery_power (monitor));
}

static GVariant *
answer_idle (MockService *service,
             const char  *method,
             GVariant    *arguments)
{
  return g_variant_new ("(t)", G_GUINT64_CONSTANT (61500));
}

static MockService *
start_idle_monitor (void)
{
  return mock_service_new (IDLE, "/org/gnome/Mutter/IdleMonitor/Core",
                           "<node><interface name='" IDLE "'>"
                           "  <method name='GetIdletime'><arg type='t' direction='out'/></method>"
                           "</interface></node>", answer_idle);
}

static void
test_idle_time (void)
{
  g_autoptr(MockService) service = start_idle_monitor ();
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();
  g_autoptr(GError) error = NULL;

  mullion_power_monitor_get_system_idle_time_async (monitor, NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_power_monitor_get_system_idle_time_finish (monitor, outcome, &error), ==,
                   61);
  g_assert_no_error (error);
  g_clear_object (&outcome);
}

static void
assert_idle_state (MullionPowerMonitor *monitor,
                   guint                threshold,
                   const char          *expected)
{
  g_autoptr(GError) error = NULL;

  mullion_power_monitor_get_system_idle_state_async (monitor, threshold, NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_cmpstr (mullion_power_monitor_get_system_idle_state_finish (monitor, outcome, &error), ==,
                   expected);
  g_assert_no_error (error);
  g_clear_object (&outcome);
}

static void
told_cb (gboolean *is_told)
{
  *is_told = TRUE;
}

static void
lock (MockService         *saver,
      MullionPowerMonitor *monitor,
      gboolean             is_locked)
{
  gboolean is_told = FALSE;
  gulong id = g_signal_connect_swapped (monitor, is_locked ? "lock-screen" : "unlock-screen",
                                        G_CALLBACK (told_cb), &is_told);

  mock_service_emit (saver, SAVER, "ActiveChanged", g_variant_new ("(b)", is_locked));
  mock_wait_until (is_told);
  g_signal_handler_disconnect (monitor, id);
}

/* KDE's interface, which others have too; what it tells, and whether the screen is locked. */
static guint saver_idle;
static gboolean saver_is_active;

static GVariant *
answer_idle_saver (MockService *service,
                   const char  *method,
                   GVariant    *arguments)
{
  return g_str_equal (method, "GetActive") ? g_variant_new ("(b)", saver_is_active)
                                           : g_variant_new ("(u)", saver_idle);
}

static MockService *
start_idle_saver (void)
{
  return mock_service_new (SAVER, "/org/freedesktop/ScreenSaver",
                           "<node><interface name='" SAVER "'>"
                           "  <method name='GetSessionIdleTime'><arg type='u' direction='out'/>"
                           "  </method>"
                           "  <method name='GetActive'><arg type='b' direction='out'/></method>"
                           "  <signal name='ActiveChanged'><arg type='b'/></signal>"
                           "</interface></node>", answer_idle_saver);
}

static void
test_idle_saver (void)
{
  g_autoptr(MockService) saver = start_idle_saver ();
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();

  saver_idle = 61500;
  assert_idle_state (monitor, 61, "idle");
  assert_idle_state (monitor, 62, "active");
  /* Which is what it says in a session of Wayland, whatever happens. */
  saver_idle = 0;
  assert_idle_state (monitor, 1, "unknown");

  saver_is_active = TRUE;
  assert_idle_state (monitor, 62, "locked");
  saver_is_active = FALSE;
}

/* The log-in manager knows what was locked before the app began to listen. */
static void
test_locked_session (void)
{
  g_autoptr(MockService) idle = start_idle_monitor ();
  g_autoptr(MockService) login = mock_service_new (
    LOGIN, "/org/freedesktop/login1/session/auto",
    "<node><interface name='org.freedesktop.login1.Session'>"
    "  <property name='LockedHint' type='b' access='read'/>"
    "</interface></node>", NULL);
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();

  mock_service_set_property (login, "LockedHint", g_variant_new_boolean (TRUE));
  assert_idle_state (monitor, 1, "locked");
  mock_service_set_property (login, "LockedHint", g_variant_new_boolean (FALSE));
  assert_idle_state (monitor, 1, "idle");
}

static void
test_idle_state (void)
{
  g_autoptr(MockService) service = start_idle_monitor ();
  g_autoptr(MockService) saver = start_saver ();
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();

  assert_idle_state (monitor, 61, "idle");
  assert_idle_state (monitor, 62, "active");
  lock (saver, monitor, TRUE);
  assert_idle_state (monitor, 62, "locked");
  lock (saver, monitor, FALSE);
  assert_idle_state (monitor, 62, "active");
}

/* A service that hangs: the call comes back and says so. */
static GDBusMessage *
swallow_cb (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         is_incoming,
            gpointer         user_data)
{
  if (!is_incoming || g_strcmp0 (g_dbus_message_get_member (message), "GetIdletime") != 0)
    return message;

  g_object_unref (message);
  return NULL;
}

static void
test_no_answer (void)
{
  g_autoptr(MockService) service = mock_service_new (
    IDLE, "/org/gnome/Mutter/IdleMonitor/Core", "<node><interface name='" IDLE "'/></node>", NULL);
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();
  g_autoptr(GError) error = NULL;

  g_dbus_connection_add_filter (mock_service_get_connection (service), swallow_cb, NULL, NULL);
  mullion_power_monitor_get_system_idle_time_async (monitor, NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_power_monitor_get_system_idle_time_finish (monitor, outcome, &error), ==,
                   -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TIMED_OUT);
  g_assert_cmpstr (error->message, ==, "The idle monitor of this desktop did not answer");
  g_clear_object (&outcome);
}

static void
test_no_idle_time (void)
{
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();
  g_autoptr(GError) error = NULL;

  mullion_power_monitor_get_system_idle_time_async (monitor, NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_power_monitor_get_system_idle_time_finish (monitor, outcome, &error), ==,
                   -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (error->message, ==, "This desktop has no idle monitor");
  g_clear_object (&outcome);
  assert_idle_state (monitor, 1, "unknown");
}

/* -- What keeps them from it -- */

static guint
start (MullionPowerSaveBlockerType   type,
       GError                      **error)
{
  guint id;

  mullion_power_save_blocker_start_async (type, "Playing a film", NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  id = mullion_power_save_blocker_start_finish (outcome, error);
  g_clear_object (&outcome);
  return id;
}

static void
test_display_sleep (void)
{
  g_autoptr(MockService) saver = start_saver ();
  g_autoptr(GVariant) asked = NULL;
  g_autoptr(GVariant) ended = NULL;
  g_autoptr(GError) error = NULL;
  const char *reason = NULL;
  guint cookie = 0;
  guint id = start (MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP, &error);

  g_assert_no_error (error);
  asked = mock_service_wait (saver, "Inhibit");
  g_variant_get_child (asked, 1, "&s", &reason);
  g_assert_cmpstr (reason, ==, "Playing a film");
  g_assert_true (mullion_power_save_blocker_is_started (id));

  g_assert_true (mullion_power_save_blocker_stop (id));
  g_assert_false (mullion_power_save_blocker_is_started (id));
  g_assert_false (mullion_power_save_blocker_stop (id));
  ended = mock_service_wait (saver, "UnInhibit");
  g_variant_get (ended, "(u)", &cookie);
  g_assert_cmpuint (cookie, ==, 99);
}

/* The log-in manager, whose answer has a file descriptor in it. */
static GDBusMessage *
inhibit_filter_cb (GDBusConnection *connection,
                   GDBusMessage    *message,
                   gboolean         incoming,
                   gpointer         user_data)
{
  g_autoptr(GDBusMessage) owned = message;
  g_autoptr(GDBusMessage) reply = NULL;
  g_autoptr(GUnixFDList) fds = NULL;

  if (!incoming || g_strcmp0 (g_dbus_message_get_member (message), "Inhibit") != 0)
    return g_steal_pointer (&owned);

  fds = g_unix_fd_list_new ();
  reply = g_dbus_message_new_method_reply (message);
  g_dbus_message_set_body (reply, g_variant_new ("(h)", g_unix_fd_list_append (fds, blocker[1],
                                                                               NULL)));
  g_dbus_message_set_unix_fd_list (reply, fds);
  close (blocker[1]);
  g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  return NULL;
}

static gboolean
is_let_go (void)
{
  char byte;

  return read (blocker[0], &byte, 1) == 0;
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_suspension (void)
{
  g_autoptr(MockService) login = start_login ();
  g_autoptr(GError) error = NULL;
  gboolean is_readable = FALSE;
  guint id;

  g_assert_true (g_unix_open_pipe (blocker, FD_CLOEXEC, &error));
  g_assert_true (g_unix_set_fd_nonblocking (blocker[0], TRUE, &error));
  g_dbus_connection_add_filter (mock_service_get_connection (login), inhibit_filter_cb, NULL, NULL);
  id = start (MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION, &error);
  g_assert_no_error (error);
  g_assert_true (mullion_power_save_blocker_is_started (id));
  g_assert_false (is_let_go ());

  g_assert_true (mullion_power_save_blocker_stop (id));
  g_unix_fd_add (blocker[0], G_IO_HUP, readable_cb, &is_readable);
  mock_wait_until (is_readable);
  g_assert_true (is_let_go ());
  close (blocker[0]);
}

static void
test_nobody (void)
{
  g_autoptr(GError) display = NULL;
  g_autoptr(GError) machine = NULL;

  g_assert_cmpuint (start (MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP, &display), ==, 0);
  g_assert_error (display, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (display->message, ==, "This desktop has no screen saver");
  g_assert_cmpuint (start (MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION, &machine), ==, 0);
  g_assert_error (machine, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (machine->message, ==, "This desktop has no log-in manager");
}

/* -- No bus at all, as in a container -- */

static void
assert_no_bus (GError     *error,
               const char *message)
{
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, message));
}

static void
run_without_bus (void)
{
  MullionPowerMonitor *monitor = listen ();
  g_autoptr(GError) idle = NULL;
  g_autoptr(GError) display = NULL;
  g_autoptr(GError) machine = NULL;

  mullion_power_monitor_get_system_idle_time_async (monitor, NULL, note_cb, NULL);
  mock_wait_until (outcome != NULL);
  g_assert_cmpint (mullion_power_monitor_get_system_idle_time_finish (monitor, outcome, &idle), ==,
                   -1);
  assert_no_bus (idle, "There is no bus to reach the idle monitor on: ");
  g_clear_object (&outcome);
  g_assert_cmpuint (start (MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP, &display), ==, 0);
  assert_no_bus (display, "There is no bus to reach the screen saver on: ");
  g_assert_cmpuint (start (MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION, &machine), ==, 0);
  assert_no_bus (machine, "There is no bus to reach the log-in manager on: ");
  g_assert_false (mullion_power_monitor_is_on_battery_power (monitor));
  g_assert_cmpstr (events->str, ==, "");
}

static void
test_no_bus (void)
{
  g_test_trap_subprocess ("/power/no-bus/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_test_subprocess ())
    mock_bus_lack ();
  else
    mock_bus_start ();
  events = g_string_new (NULL);

  g_test_add_func ("/power/monitor", test_monitor);
  g_test_add_func ("/power/idle-time", test_idle_time);
  g_test_add_func ("/power/idle-state", test_idle_state);
  g_test_add_func ("/power/idle-saver", test_idle_saver);
  g_test_add_func ("/power/locked-session", test_locked_session);
  g_test_add_func ("/power/no-idle-time", test_no_idle_time);
  g_test_add_func ("/power/no-answer", test_no_answer);
  g_test_add_func ("/power/display-sleep", test_display_sleep);
  g_test_add_func ("/power/suspension", test_suspension);
  g_test_add_func ("/power/nobody", test_nobody);
  g_test_add_func ("/power/no-bus", test_no_bus);
  g_test_add_func ("/power/no-bus/subprocess", run_without_bus);

  status = g_test_run ();
  g_string_free (events, TRUE);
  mock_bus_stop ();
  return status;
}
