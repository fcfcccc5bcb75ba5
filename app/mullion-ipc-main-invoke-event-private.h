/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-ipc-main-invoke-event.h"
#include "mullion-wire.h"

G_BEGIN_DECLS

MullionIpcMainInvokeEvent *mullion_ipc_main_invoke_event_new (MullionWebContents        *sender,
                                                              MullionWebFrameMain       *frame,
                                                              const char                *channel,
                                                              guint64                    id);
/* Somebody who calls a handler and is no page. @answer is called once, on the thread of the main loop:
 * @args are those of a message REPLY or REPLY_ERROR. */
typedef struct _MullionOutsideCall MullionOutsideCall;

struct _MullionOutsideCall
{
  void (*answer) (MullionOutsideCall *self,
                  MullionMessageKind  kind,
                  JsonArray          *args);
  void (*free)   (MullionOutsideCall *self);
};

/* Takes @outside. */
MullionIpcMainInvokeEvent *mullion_ipc_main_invoke_event_new_outside (const char         *channel,
                                                                      MullionOutsideCall *outside);
void                       mullion_ipc_main_invoke_event_refuse (MullionIpcMainInvokeEvent *self,
                                                                 const char                *message);

/* @hold: (transfer full): what the arguments name, which lives as long as the event */
void mullion_ipc_main_invoke_event_take_bytes (MullionIpcMainInvokeEvent *self,
                                               MullionByteHold           *hold);

G_END_DECLS
