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

/* Whether @frame, which holds @body, is one: an array whose one element, if there is one, is the
 * message. */
gboolean mullion_port_message_check (const MullionFrame  *frame,
                                     JsonNode            *body,
                                     GError             **error);

G_END_DECLS
