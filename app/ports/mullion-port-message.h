/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-frame.h"

G_BEGIN_DECLS

/* The frame of a message on a port. */

/* (transfer full) (nullable): its text. Binary values of @message, (nullable), go to @side. */
GString *mullion_port_message_write (JsonNode            *message,
                                     MullionSide         *side,
                                     GError             **error);

/* (transfer full) (nullable): the array whose one element, if there is one, is the message; NULL when
 * @frame is none. @hold: (out) (nullable): keeps its binary values */
JsonArray *mullion_port_message_read (const MullionFrame  *frame,
                                      MullionByteHold    **hold,
                                      GError             **error);

G_END_DECLS
