/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-power-monitor.h"

#include "mullion-error.h"
#include "mullion-idle-time.h"
#include "mullion-lock-state.h"
#include "mullion-service.h"

/**
 * MullionPowerMonitor:
 *
 * What the machine is about to do: Electron's `powerMonitor`.
 *
 * Sleep and shutdown are told by systemd's log-in manager, mains and battery by UPower, the lock by
 * the screen saver of the desktop. What is missing is not told.
 *
 * It lives in the main process.
 *
 * Since: 0.1
 */

struct _MullionPowerMonitor
{
  GObject parent_instance;

  GDBusConnection *session; /* (nullable) */
  GDBusConnection *system;  /* (nullable) */
  gboolean is_on_battery;
  gboolean is_locked;
};

enum
{
  SUSPEND,
  RESUME,
  SHUTDOWN,
  LOCK_SCREEN,
  UNLOCK_SCREEN,
  ON_AC,
  ON_BATTERY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionPowerMonitor, mullion_power_monitor, G_TYPE_OBJECT)

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define UPOWER "org.freedesktop.UPower"

static const MullionService upower = {
  G_BUS_TYPE_SYSTEM, "power service", UPOWER, "/org/freedesktop/UPower", PROPERTIES,
};

/* -- What is told -- */

/* One of two signals, by the boolean that came. */
static void
emit_either (MullionPowerMonitor *self,
             GVariant            *arguments,
             guint                if_true,
             guint                if_false)
{
  gboolean is_true = FALSE;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (arguments, "(b)", &is_true);
  if (is_true || if_false != N_SIGNALS)
    g_signal_emit (self, signals[is_true ? if_true : if_false], 0);
}

static void
sleep_cb (GDBusConnection *connection,
          const char      *sender,
          const char      *path,
          const char      *interface,
          const char      *signal,
          GVariant        *arguments,
          gpointer         self)
{
  emit_either (self, arguments, SUSPEND, RESUME);
}

static void
shutdown_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *arguments,
             gpointer         self)
{
  emit_either (self, arguments, SHUTDOWN, N_SIGNALS);
}

static void
lock_cb (GDBusConnection *connection,
         const char      *sender,
         const char      *path,
         const char      *interface,
         const char      *signal,
         GVariant        *arguments,
         gpointer         user_data)
{
  MullionPowerMonitor *self = user_data;

  if (g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(b)")))
    g_variant_get (arguments, "(b)", &self->is_locked);
  emit_either (self, arguments, LOCK_SCREEN, UNLOCK_SCREEN);
}

static void
take_battery (MullionPowerMonitor *self,
              gboolean             is_on_battery)
{
  if (self->is_on_battery == is_on_battery)
    return;

  self->is_on_battery = is_on_battery;
  g_signal_emit (self, signals[is_on_battery ? ON_BATTERY : ON_AC], 0);
}

static void
properties_cb (GDBusConnection *connection,
               const char      *sender,
               const char      *path,
               const char      *interface,
               const char      *signal,
               GVariant        *arguments,
               gpointer         self)
{
  g_autoptr(GVariant) changed = NULL;
  gboolean is_on_battery = FALSE;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;

  changed = g_variant_get_child_value (arguments, 1);
  if (g_variant_lookup (changed, "OnBattery", "b", &is_on_battery))
    take_battery (self, is_on_battery);
}

/* -- Listening -- */

static const struct
{
  GBusType bus;
  const char *name;
  const char *path; /* (nullable): any */
  const char *interface;
  const char *signal;
  const char *argument; /* (nullable): the first one */
  GDBusSignalCallback callback;
} sources[] = {
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1", "/org/freedesktop/login1",
    "org.freedesktop.login1.Manager", "PrepareForSleep", NULL, sleep_cb },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1", "/org/freedesktop/login1",
    "org.freedesktop.login1.Manager", "PrepareForShutdown", NULL, shutdown_cb },
  { G_BUS_TYPE_SYSTEM, UPOWER, "/org/freedesktop/UPower", PROPERTIES, "PropertiesChanged", UPOWER,
    properties_cb },
  /* GNOME has a name of its own for it, and not the common one. */
  { G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver", NULL, "org.freedesktop.ScreenSaver",
    "ActiveChanged", NULL, lock_cb },
  { G_BUS_TYPE_SESSION, "org.gnome.ScreenSaver", NULL, "org.gnome.ScreenSaver", "ActiveChanged",
    NULL, lock_cb },
};

static void
listen (MullionPowerMonitor *self,
        GDBusConnection     *connection,
        GBusType             bus)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].bus == bus)
      g_dbus_connection_signal_subscribe (connection, sources[i].name, sources[i].interface,
                                          sources[i].signal, sources[i].path, sources[i].argument,
                                          G_DBUS_SIGNAL_FLAGS_NONE, sources[i].callback, self,
                                          NULL);
}

static void
battery_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MullionPowerMonitor *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);
  g_autoptr(GVariant) value = NULL;

  if (answer == NULL)
    {
      g_debug ("%s", error->message);
      return;
    }

  g_variant_get (answer, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    take_battery (self, g_variant_get_boolean (value));
}

/* (transfer full) (nullable): kept, for else nothing is heard any more */
static GDBusConnection *
take_bus (MullionPowerMonitor *self,
          GAsyncResult        *result,
          GBusType             bus)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection = g_bus_get_finish (result, &error);

  if (connection != NULL)
    listen (self, connection, bus);
  else
    g_debug ("Nothing tells of power here: %s", error->message);
  return connection;
}

static void
session_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  MullionPowerMonitor *self = user_data;

  self->session = take_bus (self, result, G_BUS_TYPE_SESSION);
}

static void
system_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  MullionPowerMonitor *self = user_data;

  self->system = take_bus (self, result, G_BUS_TYPE_SYSTEM);
  mullion_service_call_async (&upower, "Get", g_variant_new ("(ss)", UPOWER, "OnBattery"), "(v)",
                              NULL, battery_read_cb, self);
}

/* -- Questions -- */

/**
 * mullion_power_monitor_is_on_battery_power:
 * @self: the monitor
 *
 * Asks where the power comes from, like Electron's `powerMonitor.isOnBatteryPower`.
 *
 * Returns: whether it is a battery, as far as is known: UPower is asked when the monitor is made,
 *   and [signal@PowerMonitor::on-battery] tells of its answer
 *
 * Since: 0.1
 */
gboolean
mullion_power_monitor_is_on_battery_power (MullionPowerMonitor *self)
{
  g_return_val_if_fail (MULLION_IS_POWER_MONITOR (self), FALSE);

  return self->is_on_battery;
}

static void
idle_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  int seconds = mullion_idle_time_read_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, seconds);
}

/**
 * mullion_power_monitor_get_system_idle_time_async:
 * @self: the monitor
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Asks for how long nobody has touched the machine, like Electron's
 * `powerMonitor.getSystemIdleTime`.
 *
 * GNOME tells, and so does the X server in a session of X11. It fails with
 * %MULLION_ERROR_UNAVAILABLE where nobody does, as in most other sessions of Wayland.
 *
 * Since: 0.1
 */
void
mullion_power_monitor_get_system_idle_time_async (MullionPowerMonitor *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_POWER_MONITOR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_power_monitor_get_system_idle_time_async);
  mullion_idle_time_read_async (cancellable, idle_read_cb, task);
}

/**
 * mullion_power_monitor_get_system_idle_time_finish:
 * @self: the monitor
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [method@PowerMonitor.get_system_idle_time_async] began.
 *
 * Returns: the seconds, -1 with @error set
 *
 * Since: 0.1
 */
int
mullion_power_monitor_get_system_idle_time_finish (MullionPowerMonitor  *self,
                                                   GAsyncResult         *result,
                                                   GError              **error)
{
  g_return_val_if_fail (MULLION_IS_POWER_MONITOR (self), -1);
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

static void
state_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  guint threshold = GPOINTER_TO_UINT (g_task_get_task_data (task));
  GError *error = NULL;
  int seconds = mullion_power_monitor_get_system_idle_time_finish (MULLION_POWER_MONITOR (source),
                                                                   result, &error);

  if (g_error_matches (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE))
    {
      g_error_free (error);
      g_task_return_pointer (task, (gpointer) "unknown", NULL);
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, (gpointer) ((guint) seconds >= threshold ? "idle" : "active"),
                           NULL);
}

static void
lock_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  MullionPowerMonitor *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean is_locked = mullion_lock_state_read_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (is_locked)
    g_task_return_pointer (task, (gpointer) "locked", NULL);
  else
    mullion_power_monitor_get_system_idle_time_async (self, g_task_get_cancellable (task),
                                                      state_read_cb, g_object_ref (task));
}

/**
 * mullion_power_monitor_get_system_idle_state_async:
 * @self: the monitor
 * @threshold: after how many seconds without a touch the machine is idle, at least 1
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Asks whether somebody is at the machine, like Electron's `powerMonitor.getSystemIdleState`.
 *
 * Since: 0.1
 */
void
mullion_power_monitor_get_system_idle_state_async (MullionPowerMonitor *self,
                                                   guint                threshold,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (MULLION_IS_POWER_MONITOR (self));
  g_return_if_fail (threshold > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_power_monitor_get_system_idle_state_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (threshold), NULL);
  if (self->is_locked)
    g_task_return_pointer (task, (gpointer) "locked", NULL);
  else
    mullion_lock_state_read_async (cancellable, lock_read_cb, g_steal_pointer (&task));
}

/**
 * mullion_power_monitor_get_system_idle_state_finish:
 * @self: the monitor
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [method@PowerMonitor.get_system_idle_state_async] began.
 *
 * Returns: (nullable): `active`, `idle`, `locked` as the log-in manager or the screen saver says, or
 *   `unknown` where the desktop does not tell how long nobody has touched it; %NULL with @error set
 *
 * Since: 0.1
 */
const char *
mullion_power_monitor_get_system_idle_state_finish (MullionPowerMonitor  *self,
                                                    GAsyncResult         *result,
                                                    GError              **error)
{
  g_return_val_if_fail (MULLION_IS_POWER_MONITOR (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Its beginning -- */

static void
mullion_power_monitor_class_init (MullionPowerMonitorClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  /**
   * MullionPowerMonitor::suspend:
   * @self: the monitor
   *
   * The machine goes to sleep.
   *
   * Since: 0.1
   */
  signals[SUSPEND] =
    g_signal_new ("suspend", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::resume:
   * @self: the monitor
   *
   * The machine woke up.
   *
   * Since: 0.1
   */
  signals[RESUME] =
    g_signal_new ("resume", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::shutdown:
   * @self: the monitor
   *
   * The machine shuts down. It does not wait for the app.
   *
   * Since: 0.1
   */
  signals[SHUTDOWN] =
    g_signal_new ("shutdown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::lock-screen:
   * @self: the monitor
   *
   * The screen is locked.
   *
   * Since: 0.1
   */
  signals[LOCK_SCREEN] =
    g_signal_new ("lock-screen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::unlock-screen:
   * @self: the monitor
   *
   * The screen is locked no longer.
   *
   * Since: 0.1
   */
  signals[UNLOCK_SCREEN] =
    g_signal_new ("unlock-screen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::on-ac:
   * @self: the monitor
   *
   * The power comes from the mains.
   *
   * Since: 0.1
   */
  signals[ON_AC] =
    g_signal_new ("on-ac", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionPowerMonitor::on-battery:
   * @self: the monitor
   *
   * The power comes from a battery.
   *
   * Since: 0.1
   */
  signals[ON_BATTERY] =
    g_signal_new ("on-battery", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* For the rest of the run: the one monitor is never let go. */
static void
mullion_power_monitor_init (MullionPowerMonitor *self)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, session_cb, self);
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, system_cb, self);
}

/**
 * mullion_power_monitor_get_default:
 *
 * Gets the monitor, which listens from the first call on.
 *
 * Returns: (transfer none): the monitor
 *
 * Since: 0.1
 */
MullionPowerMonitor *
mullion_power_monitor_get_default (void)
{
  static MullionPowerMonitor *monitor;

  if (monitor == NULL)
    monitor = g_object_new (MULLION_TYPE_POWER_MONITOR, NULL);
  return monitor;
}
