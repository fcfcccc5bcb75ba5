/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-ipc-main.h"

G_BEGIN_DECLS

gboolean mullion_ipc_main_emit (MullionIpcMain            *self,
                                MullionIpcMainEvent       *event,
                                JsonArray                 *args);
gboolean mullion_ipc_main_call (MullionIpcMain            *self,
                                MullionIpcMainInvokeEvent *event,
                                JsonArray                 *args);

/* (transfer none): channel → MullionSchema */
GHashTable *mullion_ipc_main_get_schemas (MullionIpcMain *self);
/* (nullable) (transfer full): where arguments are not what the schema of @channel asks, and what was
 * expected there. */
char    *mullion_ipc_main_find_mistake (MullionIpcMain *self,
                                        const char     *channel,
                                        JsonArray      *args);

G_END_DECLS
