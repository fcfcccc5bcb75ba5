/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-access.h"

/* Looks into JSON that somebody else wrote, and may have written wrong on purpose. */

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/* (nullable) */
JsonNode *
mullion_json_node_at (JsonArray *array,
                      guint      index)
{
  return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

/* (nullable): NULL when it is no string */
const char *
mullion_json_get_string (JsonObject *object,
                         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

gint64
mullion_json_get_int (JsonObject *object,
                      const char *member,
                      gint64      otherwise)
{
  JsonNode *node = json_object_get_member (object, member);

  return holds (node, G_TYPE_INT64) ? json_node_get_int (node) : otherwise;
}

gboolean
mullion_json_get_boolean (JsonObject *object,
                          const char *member,
                          gboolean    otherwise)
{
  JsonNode *node = json_object_get_member (object, member);

  return holds (node, G_TYPE_BOOLEAN) ? json_node_get_boolean (node) : otherwise;
}

/* (nullable): NULL when it is no string */
const char *
mullion_json_string_at (JsonArray *array,
                        guint      index)
{
  JsonNode *node = mullion_json_node_at (array, index);

  return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

gboolean
mullion_json_int_at (JsonArray *array,
                     guint      index,
                     gint64    *value)
{
  JsonNode *node = mullion_json_node_at (array, index);

  if (!holds (node, G_TYPE_INT64))
    return FALSE;

  *value = json_node_get_int (node);
  return TRUE;
}

/* A number that JavaScript wrote: it may have come as an integer. */
gboolean
mullion_json_double_at (JsonArray *array,
                        guint      index,
                        double    *value)
{
  JsonNode *node = mullion_json_node_at (array, index);

  if (!holds (node, G_TYPE_INT64) && !holds (node, G_TYPE_DOUBLE))
    return FALSE;

  *value = json_node_get_double (node);
  return TRUE;
}
