/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-message.h"

#include "mullion-channel.h"
#include "mullion-error.h"
#include "mullion-json-writer.h"
#include "mullion-long-text.h"

/*
 * Messages on ports, as they travel.
 *
 * Lives in the main process. The other end may be a page and hostile: a frame of another kind or
 * shape ends the port.
 */

/* The array around the message. */
#define ENVELOPE_DEPTH 1

GString *
mullion_port_message_write (JsonNode     *message,
                            MullionSide  *side,
                            GError      **error)
{
  g_autoptr(GString) text = g_string_new ("[");
  MullionAttachments beside = { side, NULL };

  if (message != NULL &&
      !mullion_json_write_tagged (text, message, MULLION_WIRE_MAX_DEPTH - ENVELOPE_DEPTH,
                                  mullion_byte_store_write_tag, mullion_long_text_write, &beside,
                                  error))
    return NULL;

  g_string_append_c (text, ']');
  if (text->len > MULLION_WIRE_MAX_LENGTH)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "The message is over the limit of %u bytes", MULLION_WIRE_MAX_LENGTH);
      return NULL;
    }
  if (mullion_side_get_size (side) >= MULLION_WIRE_MAX_SIDE)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "The binary values of the message are over the limit: they must have less than %"
                   G_GUINT64_FORMAT " bytes", MULLION_WIRE_MAX_SIDE);
      return NULL;
    }

  return g_steal_pointer (&text);
}

gboolean
mullion_port_message_check (const MullionFrame  *frame,
                            JsonNode            *body,
                            GError             **error)
{
  if (frame->header.kind != MULLION_FRAME_PORT_MESSAGE)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame is of the kind %u, which no port has", frame->header.kind);
  else if (!JSON_NODE_HOLDS_ARRAY (body) || json_array_get_length (json_node_get_array (body)) > 1)
    g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                         "A message of a port is not of the shape that it must have");
  else
    return TRUE;

  return FALSE;
}
