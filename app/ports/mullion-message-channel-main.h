/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_MESSAGE_CHANNEL_MAIN (mullion_message_channel_main_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMessageChannelMain, mullion_message_channel_main, MULLION, MESSAGE_CHANNEL_MAIN, GObject)

MULLION_AVAILABLE_IN_ALL
MullionMessageChannelMain *mullion_message_channel_main_new (GError **error);
MULLION_AVAILABLE_IN_ALL
MullionMessagePortMain *mullion_message_channel_main_get_port1 (MullionMessageChannelMain *self);
MULLION_AVAILABLE_IN_ALL
MullionMessagePortMain *mullion_message_channel_main_get_port2 (MullionMessageChannelMain *self);

G_END_DECLS
