/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the value that V8 wrote; NULL with an error of %MULLION_MESSAGE_ERROR.
 * @hold: (out) (nullable) (transfer full): what keeps the bytes in the value alive */
JsonNode *mullion_v8_read (const char       *data,
                           gsize             length,
                           MullionByteHold **hold,
                           GError          **error);

G_END_DECLS
