/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-ipc-main-invoke-event.h"

G_BEGIN_DECLS

MullionIpcMainInvokeEvent *mullion_ipc_main_invoke_event_new (MullionWebContents        *sender,
                                                              MullionWebFrameMain       *frame,
                                                              const char                *channel,
                                                              guint64                    id);
void                       mullion_ipc_main_invoke_event_refuse (MullionIpcMainInvokeEvent *self,
                                                                 const char                *message);

/* @hold: (transfer full): what the arguments name, which lives as long as the event */
void mullion_ipc_main_invoke_event_take_bytes (MullionIpcMainInvokeEvent *self,
                                               MullionByteHold           *hold);

G_END_DECLS
