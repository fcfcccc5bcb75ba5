/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_POWER_MONITOR (mullion_power_monitor_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionPowerMonitor, mullion_power_monitor, MULLION, POWER_MONITOR, GObject)

MULLION_AVAILABLE_IN_ALL
MullionPowerMonitor *mullion_power_monitor_get_default         (void);

MULLION_AVAILABLE_IN_ALL
gboolean             mullion_power_monitor_is_on_battery_power (MullionPowerMonitor  *self);
MULLION_AVAILABLE_IN_ALL
void mullion_power_monitor_get_system_idle_time_async  (MullionPowerMonitor  *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
int  mullion_power_monitor_get_system_idle_time_finish (MullionPowerMonitor  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

MULLION_AVAILABLE_IN_ALL
void mullion_power_monitor_get_system_idle_state_async (MullionPowerMonitor  *self,
                                                        guint                 threshold,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
const char *mullion_power_monitor_get_system_idle_state_finish (MullionPowerMonitor  *self,
                                                                GAsyncResult         *result,
                                                                GError              **error);

G_END_DECLS
