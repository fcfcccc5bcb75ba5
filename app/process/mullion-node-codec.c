/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-codec.h"

#include "mullion-message-splitter.h"
#include "mullion-plain-json.h"
#include "mullion-v8-reader.h"
#include "mullion-v8-writer.h"

/*
 * Messages of an IPC channel of Node.js. Its serialization `json` is a line of JSON, and `advanced`
 * what V8 serializes, with its length in front.
 */

MullionFraming
mullion_node_codec_get_framing (MullionSerialization serialization)
{
  return serialization == MULLION_SERIALIZATION_ADVANCED ? MULLION_FRAMING_BIG_ENDIAN
                                                         : MULLION_FRAMING_LINES;
}

const char *
mullion_node_codec_get_name (MullionSerialization serialization)
{
  return serialization == MULLION_SERIALIZATION_ADVANCED ? "advanced" : "json";
}

gboolean
mullion_node_codec_write (MullionSerialization   serialization,
                          GString               *out,
                          JsonNode              *value,
                          GError               **error)
{
  return serialization == MULLION_SERIALIZATION_ADVANCED ? mullion_v8_write (out, value, error)
                                                         : mullion_plain_json_write (out, value, error);
}

JsonNode *
mullion_node_codec_read (MullionSerialization   serialization,
                         const char            *data,
                         gsize                  length,
                         MullionByteHold      **hold,
                         GError               **error)
{
  if (serialization == MULLION_SERIALIZATION_ADVANCED)
    return mullion_v8_read (data, length, hold, error);

  *hold = NULL;
  return mullion_plain_json_read (data, length, error);
}
