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

G_END_DECLS
