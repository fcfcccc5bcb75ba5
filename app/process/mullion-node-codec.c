/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-codec.h"

#include "mullion-plain-json.h"

/*
 * Messages of an IPC channel of Node.js: its serialization `json` is a line of JSON.
 */

MullionFraming
mullion_node_codec_get_framing (MullionSerialization serialization)
{
  return MULLION_FRAMING_LINES;
}

gboolean
mullion_node_codec_write (MullionSerialization   serialization,
                          GString               *out,
                          JsonNode              *value,
                          GError               **error)
{
  return mullion_plain_json_write (out, value, error);
}

JsonNode *
mullion_node_codec_read (MullionSerialization   serialization,
                         const char            *data,
                         gsize                  length,
                         MullionByteHold      **hold,
                         GError               **error)
{
  *hold = NULL;
  return mullion_plain_json_read (data, length, error);
}
