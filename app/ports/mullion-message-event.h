/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_MESSAGE_EVENT (mullion_message_event_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMessageEvent, mullion_message_event, MULLION, MESSAGE_EVENT, GObject)

MULLION_AVAILABLE_IN_ALL
JsonNode *mullion_message_event_get_data (MullionMessageEvent *self);
MULLION_AVAILABLE_IN_ALL
MullionMessagePortMain **mullion_message_event_get_ports (MullionMessageEvent *self,
                                                          guint               *n_ports);

G_END_DECLS
