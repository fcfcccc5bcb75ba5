/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `powerMonitor`: what becomes of the machine and of the session. Main process.
 */

static void
is_on_battery_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();

  mullion_desktop_answer_boolean (event, mullion_power_monitor_is_on_battery_power (monitor));
}

static void
idle_time_cb (GObject      *monitor,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  int seconds = mullion_power_monitor_get_system_idle_time_finish (MULLION_POWER_MONITOR (monitor),
                                                                   result, &error);

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_desktop_answer_number (event, seconds);
}

static void
get_idle_time_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  mullion_power_monitor_get_system_idle_time_async (
    mullion_power_monitor_get_default (), mullion_ipc_main_invoke_event_get_cancellable (event),
    idle_time_cb, g_object_ref (event));
}

static void
idle_state_cb (GObject      *monitor,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  const char *state = mullion_power_monitor_get_system_idle_state_finish (
    MULLION_POWER_MONITOR (monitor), result, &error);

  mullion_desktop_answer_text (event, g_strdup (state), error);
}

static void
get_idle_state_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  mullion_power_monitor_get_system_idle_state_async (
    mullion_power_monitor_get_default (), (guint) json_array_get_int_element (args, 0),
    mullion_ipc_main_invoke_event_get_cancellable (event), idle_state_cb, g_object_ref (event));
}

static gpointer
get_source (MullionDesktop     *desktop,
            MullionWebContents *contents)
{
  return mullion_power_monitor_get_default ();
}

static const MullionDesktopMethod methods[] = {
  { "getSystemIdleState", get_idle_state_cb,
    "[{\"type\":\"integer\",\"minimum\":1,\"maximum\":2147483647}]" },
  { "getSystemIdleTime", get_idle_time_cb, MULLION_DESKTOP_NOTHING },
  { "isOnBatteryPower", is_on_battery_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = {
  "lock-screen", "on-ac", "on-battery", "resume", "shutdown", "suspend", "unlock-screen", NULL,
};

const MullionDesktopModule mullion_desktop_power_monitor = {
  .name = "powerMonitor",
  .methods = methods,
  .events = events,
  .get_source = get_source,
};
