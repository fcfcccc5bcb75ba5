/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-message-event.h"

G_BEGIN_DECLS

/* Takes all: @data, whose first element is the message if it has one, @hold (nullable), @ports. */
MullionMessageEvent *mullion_message_event_new (JsonArray       *data,
                                                MullionByteHold *hold,
                                                GPtrArray       *ports);

G_END_DECLS
