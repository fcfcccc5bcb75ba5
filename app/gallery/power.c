/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * Power: what feeds the machine, what becomes of its session, and keeping it awake.
 *
 * One blocker at a time, which is stopped by its number. A desktop without the service says so.
 */

static guint blocker_id; /* 0: none */

static void
get_state (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autoptr(JsonObject) state = json_object_new ();

  json_object_set_boolean_member (
    state, "onBattery",
    mullion_power_monitor_is_on_battery_power (mullion_power_monitor_get_default ()));
  json_object_set_boolean_member (state, "blocked",
                                  blocker_id != 0
                                    && mullion_power_save_blocker_is_started (blocker_id));
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), state));
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  guint id = mullion_power_save_blocker_start_finish (result, &error);

  if (error != NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  /* Another call may have been quicker. */
  if (blocker_id != 0)
    mullion_power_save_blocker_stop (blocker_id);
  blocker_id = id;
  mullion_ipc_main_invoke_event_return (event, gallery_number_node (id));
}

static void
start (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  mullion_power_save_blocker_start_async (MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP,
                                          "The Gallery is being looked at", NULL, started_cb,
                                          g_object_ref (event));
}

static void
stop (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  gboolean was_started = blocker_id != 0 && mullion_power_save_blocker_stop (blocker_id);

  blocker_id = 0;
  mullion_ipc_main_invoke_event_return (event,
                                        json_node_init_boolean (json_node_alloc (), was_started));
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
    mullion_ipc_main_invoke_event_return (event, gallery_number_node (seconds));
}

static void
get_idle_time (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  mullion_power_monitor_get_system_idle_time_async (mullion_power_monitor_get_default (), NULL,
                                                    idle_time_cb, g_object_ref (event));
}

static void
tell (const char          *name,
      MullionPowerMonitor *monitor)
{
  gallery_tell_pages ("power:event", gallery_args_new (gallery_string_node (name), NULL));
}

/* All that the monitor tells, under Electron's names. */
static void
ready_cb (MullionApp *app)
{
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();
  guint n_signals;
  g_autofree guint *signals = g_signal_list_ids (MULLION_TYPE_POWER_MONITOR, &n_signals);

  for (guint i = 0; i < n_signals; i++)
    {
      const char *name = g_signal_name (signals[i]);

      g_signal_connect_swapped (monitor, name, G_CALLBACK (tell), (gpointer) name);
    }
}

void
gallery_power_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "power:state", get_state, NULL, NULL);
  mullion_ipc_main_handle (ipc, "power:start", start, NULL, NULL);
  mullion_ipc_main_handle (ipc, "power:stop", stop, NULL, NULL);
  mullion_ipc_main_handle (ipc, "power:idle", get_idle_time, NULL, NULL);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
}
