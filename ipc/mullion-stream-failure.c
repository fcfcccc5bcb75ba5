/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-failure.h"

#include "mullion-channel.h"
#include "mullion-json-access.h"
#include "mullion-json-reader.h"
#include "mullion-json-writer.h"

#include <string.h>

/*
 * MullionStreamFailure: why a stream ended before its end, as it crosses and as both ends keep it.
 *
 * Lives in both processes. What the other end says may be made up: it is text and a number, and
 * nothing is done with it but to show it to whoever reads or writes the stream.
 */

/* An object with four members, and nothing in them. */
#define MAX_DEPTH 2

/* Of each text: the frame that it goes in has a limit, and so has the patience of a reader. */
#define MAX_TEXT 2000

static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_TEXT));
}

MullionStreamFailure *
mullion_stream_failure_new (const char *name,
                            const char *message)
{
  MullionStreamFailure *self = g_new0 (MullionStreamFailure, 1);

  self->name = name != NULL ? shorten (name) : NULL;
  self->message = shorten (message);

  return self;
}

MullionStreamFailure *
mullion_stream_failure_new_error (const GError *error)
{
  MullionStreamFailure *self = mullion_stream_failure_new (NULL, error->message);

  self->domain = g_strdup (g_quark_to_string (error->domain));
  self->code = error->code;

  return self;
}

MullionStreamFailure *
mullion_stream_failure_new_ours (const GError *reason)
{
  g_autofree char *text = g_strdup_printf ("The other end of the stream is gone: %s",
                                           reason->message);
  MullionStreamFailure *self = mullion_stream_failure_new (NULL, text);

  self->is_ours = TRUE;

  return self;
}

void
mullion_stream_failure_free (MullionStreamFailure *self)
{
  g_free (self->message);
  g_free (self->name);
  g_free (self->domain);
  g_free (self);
}

MullionStreamFailure *
mullion_stream_failure_read (const MullionFrame  *frame,
                             GError             **error)
{
  g_autoptr(JsonNode) body =
    mullion_json_read (frame->body, frame->header.length, MAX_DEPTH, error);
  MullionStreamFailure *self;
  const char *message = NULL;
  JsonObject *object;

  if (body == NULL)
    return NULL;

  object = JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;
  if (object != NULL)
    message = mullion_json_get_string (object, "message");
  if (message == NULL)
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                           "The error of a stream has no message");
      return NULL;
    }

  self = mullion_stream_failure_new (mullion_json_get_string (object, "name"), message);
  self->domain = g_strdup (mullion_json_get_string (object, "domain"));
  self->code = CLAMP (mullion_json_get_int (object, "code", 0), G_MININT, G_MAXINT);

  return self;
}

char *
mullion_stream_failure_to_json (const MullionStreamFailure *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_set_string_member (object, "message", self->message);
  if (self->name != NULL)
    json_object_set_string_member (object, "name", self->name);
  if (self->domain != NULL)
    {
      json_object_set_string_member (object, "domain", self->domain);
      json_object_set_int_member (object, "code", self->code);
    }

  return mullion_json_to_string (node);
}
