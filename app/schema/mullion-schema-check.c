/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-schema-check.h"

#include "mullion-shown-text.h"
#include "mullion-value.h"

#include <math.h>

/*
 * How a value is held against a schema.
 *
 * Main process. The value is a page's, and trusted in nothing; the schema is the developer's. It goes
 * no deeper into a value than the schema does, so the schema bounds the stack, and the work is at most
 * the size of the one times that of the other. Each check returns the reason why it failed, or NULL,
 * and nothing is written about where while all is well: the path is made on the way back.
 */

static gboolean
holds (JsonNode *value,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == type;
}

static gboolean
is_number (JsonNode *value)
{
  return holds (value, G_TYPE_INT64) || holds (value, G_TYPE_DOUBLE);
}

/* 2⁶³ is the first double that is no gint64. */
static gboolean
is_integer (JsonNode *value)
{
  double number;

  if (!holds (value, G_TYPE_DOUBLE))
    return holds (value, G_TYPE_INT64);

  number = json_node_get_double (value);
  return number >= -0x1p63 && number < 0x1p63 && number == floor (number);
}

/* (nullable): the type of the tag that stands for a value which JSON cannot say */
static const char *
get_tag (JsonNode *value)
{
  JsonNode *tag = JSON_NODE_HOLDS_OBJECT (value)
    ? json_object_get_member (json_node_get_object (value), "$mullion") : NULL;

  if (tag == NULL)
    return NULL;

  return holds (tag, G_TYPE_STRING) ? json_node_get_string (tag) : "unknown";
}

static gboolean
is_whole (JsonNode *value)
{
  return mullion_value_get_kind (value) != MULLION_VALUE_INVALID;
}

static MullionSchemaTypes
get_type (JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    return get_tag (value) == NULL ? MULLION_SCHEMA_OBJECT : 0;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return MULLION_SCHEMA_ARRAY;
  if (JSON_NODE_HOLDS_NULL (value))
    return MULLION_SCHEMA_NULL;
  if (is_number (value))
    return is_integer (value) ? MULLION_SCHEMA_INTEGER : MULLION_SCHEMA_NUMBER;

  return holds (value, G_TYPE_BOOLEAN) ? MULLION_SCHEMA_BOOLEAN : MULLION_SCHEMA_STRING;
}

/* -- Equal values -- */

static gboolean is_equal (JsonNode *a,
                          JsonNode *b);

static gboolean
are_equal_arrays (JsonArray *a,
                  JsonArray *b)
{
  guint length = json_array_get_length (a);

  if (json_array_get_length (b) != length)
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!is_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
are_equal_objects (JsonObject *a,
                   JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonNode *other = json_object_get_member (b, name);

      if (other == NULL || !is_equal (node, other))
        return FALSE;
    }

  return TRUE;
}

/* To JSON Schema 1 and 1.0 are the same. It goes no deeper than the shallower of the two. */
static gboolean
is_equal (JsonNode *a,
          JsonNode *b)
{
  if (holds (a, G_TYPE_INT64) && holds (b, G_TYPE_INT64))
    return json_node_get_int (a) == json_node_get_int (b);
  if (is_number (a) && is_number (b))
    return json_node_get_double (a) == json_node_get_double (b);
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (a))
    return are_equal_arrays (json_node_get_array (a), json_node_get_array (b));
  if (JSON_NODE_HOLDS_OBJECT (a))
    return are_equal_objects (json_node_get_object (a), json_node_get_object (b));
  if (holds (a, G_TYPE_STRING) && holds (b, G_TYPE_STRING))
    return g_str_equal (json_node_get_string (a), json_node_get_string (b));
  if (holds (a, G_TYPE_BOOLEAN) && holds (b, G_TYPE_BOOLEAN))
    return !json_node_get_boolean (a) == !json_node_get_boolean (b);

  return JSON_NODE_HOLDS_NULL (a);
}

/* -- What the value is -- */

static char *
describe_types (MullionSchemaTypes types)
{
  GString *text = g_string_new (NULL);

  for (guint type = MULLION_SCHEMA_NULL; type <= MULLION_SCHEMA_OBJECT; type <<= 1)
    if (types & type)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " or " : "",
                              mullion_schema_type_name (type));

  return g_string_free (text, FALSE);
}

static char *
describe (JsonNode *value)
{
  MullionSchemaTypes type = get_type (value);
  const char *tag = get_tag (value);
  g_autofree char *shown = tag != NULL ? mullion_shown_text_dup (tag) : NULL;

  if (tag == NULL)
    return g_strdup (mullion_schema_type_name (type));

  return g_strdup_printf ("a value of the tag \"%s\"%s", shown,
                          is_whole (value) ? "" : " that is not whole");
}

static char *
check_type (const MullionSchemaNode *self,
            JsonNode                *value)
{
  MullionSchemaTypes type = get_type (value);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (type == MULLION_SCHEMA_INTEGER)
    type |= MULLION_SCHEMA_NUMBER;
  if (self->types == 0 || (self->types & type) != 0)
    return NULL;

  expected = describe_types (self->types);
  found = describe (value);
  return g_strdup_printf ("expected %s, not %s", expected, found);
}

static char *
check_tag (const MullionSchemaNode *self,
           JsonNode                *value)
{
  g_autofree char *found = NULL;

  if (self->tag == NULL || (g_strcmp0 (self->tag, get_tag (value)) == 0 && is_whole (value)))
    return NULL;

  found = describe (value);
  return g_strdup_printf ("expected a value of the tag \"%s\", not %s", self->tag, found);
}

static char *
check_values (const MullionSchemaNode *self,
              JsonNode                *value)
{
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    if (is_equal (self->values->pdata[i], value))
      return NULL;
  if (self->values == NULL)
    return NULL;
  if (self->values->len == 1)
    {
      g_autofree char *expected = json_to_string (self->values->pdata[0], FALSE);

      return g_strdup_printf ("expected %s", expected);
    }

  return g_strdup_printf ("expected one of %u values, and it is none of them", self->values->len);
}

/* -- What is in it -- */

static char *
check_number (const MullionSchemaNode *self,
              JsonNode                *value)
{
  double number;

  if (!is_number (value))
    return NULL;

  number = json_node_get_double (value);
  if (number < self->minimum || (self->is_above_minimum && number == self->minimum))
    return g_strdup_printf ("expected a number %s %.17g", self->is_above_minimum ? "above" : "from",
                            self->minimum);
  if (number > self->maximum || (self->is_below_maximum && number == self->maximum))
    return g_strdup_printf ("expected a number %s %.17g",
                            self->is_below_maximum ? "below" : "up to", self->maximum);

  return NULL;
}

static char *
check_count (guint64     count,
             guint64     least,
             guint64     most,
             const char *one,
             const char *several)
{
  if (count < least)
    return g_strdup_printf ("expected at least %" G_GUINT64_FORMAT " %s, not %" G_GUINT64_FORMAT,
                            least, least == 1 ? one : several, count);
  if (count > most)
    return g_strdup_printf ("expected at most %" G_GUINT64_FORMAT " %s, not %" G_GUINT64_FORMAT,
                            most, most == 1 ? one : several, count);

  return NULL;
}

static char *
check_string (const MullionSchemaNode *self,
              JsonNode                *value)
{
  if (!holds (value, G_TYPE_STRING))
    return NULL;

  return check_count (g_utf8_strlen (json_node_get_string (value), -1), self->min_length,
                      self->max_length, "character", "characters");
}

static void
prepend_index (GString *path,
               guint    index)
{
  g_autofree char *step = g_strdup_printf ("[%u]", index);

  g_string_prepend (path, step);
}

static char *
check_array (const MullionSchemaNode *self,
             JsonNode                *value,
             GString                 *path)
{
  guint n_prefixed = self->prefix_items != NULL ? self->prefix_items->len : 0;
  JsonArray *array;
  char *reason;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return NULL;

  array = json_node_get_array (value);
  reason = check_count (json_array_get_length (array), self->min_items, self->max_items, "element",
                        "elements");
  for (guint i = 0; reason == NULL && i < json_array_get_length (array); i++)
    {
      const MullionSchemaNode *item = i < n_prefixed ? self->prefix_items->pdata[i] : self->items;

      if (item == NULL)
        break;
      reason = mullion_schema_node_check (item, json_array_get_element (array, i), path);
      if (reason != NULL)
        prepend_index (path, i);
    }

  return reason;
}

static void
prepend_name (GString    *path,
              const char *name)
{
  g_autofree char *shown = mullion_shown_text_dup (name);

  g_string_prepend (path, shown);
  g_string_prepend_c (path, '.');
}

static char *
check_members (const MullionSchemaNode *self,
               JsonObject              *object,
               GString                 *path)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (self->properties == NULL && self->additional == NULL)
    return NULL;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const MullionSchemaNode *property =
        self->properties != NULL ? g_hash_table_lookup (self->properties, name) : NULL;
      char *reason;

      property = property != NULL ? property : self->additional;
      reason = property != NULL ? mullion_schema_node_check (property, node, path) : NULL;
      if (reason != NULL)
        {
          prepend_name (path, name);
          return reason;
        }
    }

  return NULL;
}

static char *
check_object (const MullionSchemaNode *self,
              JsonNode                *value,
              GString                 *path)
{
  JsonObject *object;
  char *reason;

  if (get_type (value) != MULLION_SCHEMA_OBJECT)
    return NULL;

  object = json_node_get_object (value);
  reason = check_count (json_object_get_size (object), self->min_properties, self->max_properties,
                        "property", "properties");
  if (reason != NULL)
    return reason;
  for (guint i = 0; self->required != NULL && self->required[i] != NULL; i++)
    if (!json_object_has_member (object, self->required[i]))
      return g_strdup_printf ("the property \"%s\" is missing", self->required[i]);

  return check_members (self, object, path);
}

static char *
check_any (const MullionSchemaNode *self,
           JsonNode                *value)
{
  for (guint i = 0; self->any_of != NULL && i < self->any_of->len; i++)
    {
      g_autoptr(GString) path = g_string_new (NULL);
      g_autofree char *reason = mullion_schema_node_check (self->any_of->pdata[i], value, path);

      if (reason == NULL)
        return NULL;
    }

  return self->any_of != NULL
         ? g_strdup_printf ("expected one of %u shapes, and it has none of them", self->any_of->len)
         : NULL;
}

char *
mullion_schema_node_check (const MullionSchemaNode *self,
                           JsonNode                *value,
                           GString                 *path)
{
  char *reason = self->is_never ? g_strdup ("nothing may be here") : NULL;

  if (reason == NULL)
    reason = check_type (self, value);
  if (reason == NULL)
    reason = check_tag (self, value);
  if (reason == NULL)
    reason = check_values (self, value);
  if (reason == NULL)
    reason = check_number (self, value);
  if (reason == NULL)
    reason = check_string (self, value);
  if (reason == NULL)
    reason = check_array (self, value, path);
  if (reason == NULL)
    reason = check_object (self, value, path);
  if (reason == NULL)
    reason = check_any (self, value);

  return reason;
}
