/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-ipc-main-invoke-event.h"

G_BEGIN_DECLS

MullionIpcMainInvokeEvent *mullion_ipc_main_invoke_event_new (MullionWebContents        *sender,
                                                              MullionWebFrameMain       *frame,
                                                              const char                *channel,
                                                              guint64                    id);

G_END_DECLS
