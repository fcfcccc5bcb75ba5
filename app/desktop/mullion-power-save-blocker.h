/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionPowerSaveBlockerType:
 * @MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION: the machine stays awake
 * @MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP: and the display stays on
 *
 * What shall not happen, by Electron's names.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_POWER_SAVE_BLOCKER_PREVENT_APP_SUSPENSION,
  MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP,
} MullionPowerSaveBlockerType;

MULLION_AVAILABLE_IN_ALL
void     mullion_power_save_blocker_start_async  (MullionPowerSaveBlockerType  type,
                                                  const char                  *reason,
                                                  GCancellable                *cancellable,
                                                  GAsyncReadyCallback          callback,
                                                  gpointer                     user_data);
MULLION_AVAILABLE_IN_ALL
guint    mullion_power_save_blocker_start_finish (GAsyncResult                *result,
                                                  GError                     **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_power_save_blocker_stop         (guint                        id);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_power_save_blocker_is_started   (guint                        id);

G_END_DECLS
