/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-ipc-main-event.h"

G_BEGIN_DECLS

/* @sync_id: what the blocked sender waits for, or 0 when nobody waits */
MullionIpcMainEvent *mullion_ipc_main_event_new (MullionWebContents  *sender,
                                                 MullionWebFrameMain *frame,
                                                 const char          *channel,
                                                 guint64              sync_id);

/* @hold: (transfer full): what the arguments name, which lives as long as the event */
void                 mullion_ipc_main_event_take_bytes (MullionIpcMainEvent *self,
                                                        MullionByteHold     *hold);

/* @ports: (transfer full): of MullionMessagePortMain */
void                 mullion_ipc_main_event_take_ports (MullionIpcMainEvent *self,
                                                        GPtrArray           *ports);

G_END_DECLS
