/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-answer.h"

#include "driver-error.h"
#include "mullion-json-writer.h"

/* DriverAnswer: what a client is sent, as the WebDriver standard has it. */

DriverAnswer *
driver_answer_new_forwarded (guint   status,
                             GBytes *body)
{
  DriverAnswer *self = g_new (DriverAnswer, 1);

  self->status = status;
  self->body = body;
  return self;
}

static DriverAnswer *
new_of_value (guint     status,
              JsonNode *value)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  char *text;

  json_object_set_member (object, "value", value != NULL ? value : json_node_new (JSON_NODE_NULL));
  json_node_take_object (node, object);
  text = mullion_json_to_string (node);
  return driver_answer_new_forwarded (status, g_bytes_new_take (text, strlen (text)));
}

DriverAnswer *
driver_answer_new (JsonNode *value)
{
  return new_of_value (200, value);
}

DriverAnswer *
driver_answer_new_error (const GError *error)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", driver_error_get_name (error));
  json_object_set_string_member (object, "message", error->message);
  json_object_set_string_member (object, "stacktrace", "");
  json_node_take_object (node, object);
  return new_of_value (driver_error_get_status (error), node);
}

void
driver_answer_free (DriverAnswer *self)
{
  g_bytes_unref (self->body);
  g_free (self);
}
