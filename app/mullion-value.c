/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-json-access.h"
#include "mullion-value-tag.h"

/*
 * The values of messages: what they are, and where their references lead.
 *
 * They are JsonNodes, borrowed from the event that brought them. What a page said may be anything
 * that JSON can say; each of these functions looks before it believes, and none of them warns.
 */

/**
 * mullion_value_get_kind:
 * @value: (nullable): a value; %NULL is `undefined`
 *
 * Tells what a value is in JavaScript. An object that is met again elsewhere is what it is where it
 * stands first, and a [enum@ValueKind] `REFERENCE` elsewhere.
 *
 * Returns: the kind; %MULLION_VALUE_INVALID if a page sent what is no value at all
 *
 * Since: 0.1
 */
MullionValueKind
mullion_value_get_kind (JsonNode *value)
{
  JsonObject *tag;

  return mullion_value_classify (value, &tag);
}

static JsonNode *find_named (JsonNode *node,
                             gint64    id);

static JsonNode *
find_in_array (JsonArray *array,
               gint64     id)
{
  JsonNode *found = NULL;

  for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
    found = find_named (json_array_get_element (array, i), id);

  return found;
}

static JsonNode *
find_in_object (JsonObject *object,
                gint64      id)
{
  JsonObjectIter iter;
  JsonNode *member = NULL;
  JsonNode *found = NULL;

  if (g_strcmp0 (mullion_json_get_string (object, "$mullion"), "ref") == 0 &&
      mullion_json_get_int (object, "id", -1) == id)
    found = json_object_get_member (object, "value");

  json_object_iter_init (&iter, object);
  while (found == NULL && json_object_iter_next (&iter, NULL, &member))
    found = find_named (member, id);

  return found;
}

static JsonNode *
find_named (JsonNode *node,
            gint64    id)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_node_get_array (node) != NULL)
    return find_in_array (json_node_get_array (node), id);

  if (JSON_NODE_HOLDS_OBJECT (node) && json_node_get_object (node) != NULL)
    return find_in_object (json_node_get_object (node), id);

  return NULL;
}

/**
 * mullion_value_resolve:
 * @value: (nullable): a value
 * @argument: the argument of the message in which @value stands
 *
 * Finds the object that a reference means. A page may send an object that holds itself, so do not
 * follow references without counting.
 *
 * Each call looks through the argument: [func@value_to_json] is quicker where there are many.
 *
 * Returns: (nullable) (transfer none): the object; @value itself if it is no reference; %NULL if
 *   the object is not there
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_resolve (JsonNode *value,
                       JsonNode *argument)
{
  JsonObject *tag;
  JsonNode *found;

  g_return_val_if_fail (argument != NULL, NULL);

  tag = mullion_value_get_tag (value, MULLION_VALUE_REFERENCE);
  if (tag == NULL)
    return mullion_value_unwrap (value);

  found = mullion_value_unwrap (find_named (argument, json_object_get_int_member (tag, "id")));

  return mullion_value_get_kind (found) != MULLION_VALUE_REFERENCE ? found : NULL;
}
