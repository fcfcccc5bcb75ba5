/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-message-stream.h"
#include "mullion-spawn-options.h"

G_BEGIN_DECLS

/* What a message is on an IPC channel of Node.js, in each of its two serializations. */
MullionFraming  mullion_node_codec_get_framing (MullionSerialization   serialization);
/* What Node.js calls it. */
const char     *mullion_node_codec_get_name    (MullionSerialization   serialization);
gboolean        mullion_node_codec_write       (MullionSerialization   serialization,
                                                GString               *out,
                                                JsonNode              *value,
                                                GError               **error);
/* @hold: (out) (nullable) (transfer full): what keeps the bytes in the value alive */
JsonNode       *mullion_node_codec_read        (MullionSerialization   serialization,
                                                const char            *data,
                                                gsize                  length,
                                                MullionByteHold      **hold,
                                                GError               **error);

G_END_DECLS
