/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_IPC_MAIN_INVOKE_EVENT (mullion_ipc_main_invoke_event_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionIpcMainInvokeEvent, mullion_ipc_main_invoke_event, MULLION, IPC_MAIN_INVOKE_EVENT, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_ipc_main_invoke_event_get_channel (MullionIpcMainInvokeEvent *self);
MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_ipc_main_invoke_event_get_sender (MullionIpcMainInvokeEvent *self);
MULLION_AVAILABLE_IN_ALL
MullionWebFrameMain *mullion_ipc_main_invoke_event_get_sender_frame (MullionIpcMainInvokeEvent *self);
MULLION_AVAILABLE_IN_ALL
GCancellable *mullion_ipc_main_invoke_event_get_cancellable (MullionIpcMainInvokeEvent *self);

MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_invoke_event_return (MullionIpcMainInvokeEvent *self,
                                           JsonNode                  *value);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_invoke_event_return_error (MullionIpcMainInvokeEvent *self,
                                                 GError                    *error);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_invoke_event_return_error_with_details (MullionIpcMainInvokeEvent *self,
                                                              GError                    *error,
                                                              JsonNode                  *details);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_invoke_event_return_new_error (MullionIpcMainInvokeEvent *self,
                                                     GQuark                     domain,
                                                     int                        code,
                                                     const char                *format,
                                                     ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
