/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_IPC_MAIN_EVENT (mullion_ipc_main_event_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionIpcMainEvent, mullion_ipc_main_event, MULLION, IPC_MAIN_EVENT, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_ipc_main_event_get_channel (MullionIpcMainEvent *self);
MULLION_AVAILABLE_IN_ALL
MullionWebContents *mullion_ipc_main_event_get_sender (MullionIpcMainEvent *self);
MULLION_AVAILABLE_IN_ALL
MullionWebFrameMain *mullion_ipc_main_event_get_sender_frame (MullionIpcMainEvent *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_ipc_main_event_is_sync (MullionIpcMainEvent *self);

MULLION_AVAILABLE_IN_ALL
MullionMessagePortMain **mullion_ipc_main_event_get_ports (MullionIpcMainEvent *self,
                                                           guint               *n_ports);

MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_event_reply (MullionIpcMainEvent *self,
                                   const char          *channel,
                                   JsonArray           *args);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_event_set_return_value (MullionIpcMainEvent *self,
                                              JsonNode            *value);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_event_return_error (MullionIpcMainEvent *self,
                                          GError              *error);
MULLION_AVAILABLE_IN_ALL
void mullion_ipc_main_event_return_error_with_details (MullionIpcMainEvent *self,
                                                       GError              *error,
                                                       JsonNode            *details);

G_END_DECLS
