/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-schema-node.h"

#include "mullion-error.h"
#include "mullion-value-tag.h"

#include <math.h>
#include <stdarg.h>

/*
 * How a schema is read: each keyword has one reader in the table.
 *
 * Main process. Schemas are the developer's, so a mistake is an error that says where, as a JSON
 * pointer, and what was expected. A keyword that is not in the table is a mistake too: a check that
 * somebody wrote and that is never made would be worse than none. `pattern` is not in it: whoever
 * chooses the text can make a regular expression take very long, and the text is a page's.
 */

/* Deep enough for people, and no danger to the stack. */
#define MAX_DEPTH 64

typedef struct
{
  GString *pointer; /* to where the reader is */
  guint depth;
  GError **error;
} Reading;

typedef struct
{
  const char *name;
  gboolean (*read) (Reading           *reading,
                    MullionSchemaNode *self,
                    JsonNode          *json,
                    gpointer           member);
  gsize member;
} Keyword;

static MullionSchemaNode *read_node (Reading  *reading,
                                     JsonNode *json);

static gboolean fail (Reading    *reading,
                      const char *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (Reading    *reading,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reading->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "schema%s%s: %s",
               *reading->pointer->str != '\0' ? " at " : "", reading->pointer->str, text);

  return FALSE;
}

/* Goes down to a member or an element. Returns what leave () takes. */
static gsize
enter (Reading    *reading,
       const char *name)
{
  gsize length = reading->pointer->len;

  g_string_append_printf (reading->pointer, "/%s", name);

  return length;
}

static void
leave (Reading *reading,
       gsize    length)
{
  g_string_truncate (reading->pointer, length);
}

static gboolean
holds (JsonNode *json,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == type;
}

static gboolean
is_number (JsonNode *json)
{
  return holds (json, G_TYPE_INT64) || holds (json, G_TYPE_DOUBLE);
}

/* -- The keywords -- */

static const struct
{
  const char *name;
  MullionSchemaTypes type;
  const char *text;
} types[] = {
  { "null", MULLION_SCHEMA_NULL, "null" },
  { "boolean", MULLION_SCHEMA_BOOLEAN, "a boolean" },
  { "integer", MULLION_SCHEMA_INTEGER, "an integer" },
  { "number", MULLION_SCHEMA_NUMBER, "a number" },
  { "string", MULLION_SCHEMA_STRING, "a string" },
  { "array", MULLION_SCHEMA_ARRAY, "an array" },
  { "object", MULLION_SCHEMA_OBJECT, "an object" },
};

const char *
mullion_schema_type_name (MullionSchemaTypes type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return types[i].text;

  return NULL;
}

static gboolean
add_type (Reading           *reading,
          MullionSchemaNode *self,
          JsonNode          *json)
{
  for (gsize i = 0; holds (json, G_TYPE_STRING) && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, json_node_get_string (json)))
      {
        self->types |= types[i].type;
        return TRUE;
      }

  return fail (reading, "expected null, boolean, integer, number, string, array or object");
}

static gboolean
read_type (Reading           *reading,
           MullionSchemaNode *self,
           JsonNode          *json,
           gpointer           member)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (json))
    return add_type (reading, self, json);

  array = json_node_get_array (json);
  if (json_array_get_length (array) == 0)
    return fail (reading, "expected a type or an array of types");
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_type (reading, self, json_array_get_element (array, i)))
      return FALSE;

  return TRUE;
}

static gboolean
read_tag (Reading           *reading,
          MullionSchemaNode *self,
          JsonNode          *json,
          gpointer           member)
{
  const char *name;

  for (guint i = 0; (name = mullion_value_get_type_name (i)) != NULL; i++)
    if (holds (json, G_TYPE_STRING) && g_str_equal (name, json_node_get_string (json)))
      {
        self->tag = g_strdup (name);
        return TRUE;
      }

  return fail (reading, "expected the type of a tag, such as buffer, date or undefined");
}

static gboolean
read_values (Reading           *reading,
             MullionSchemaNode *self,
             JsonNode          *json,
             gpointer           member)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  if (array == NULL || json_array_get_length (array) == 0)
    return fail (reading, "expected an array of values");
  if (self->values != NULL)
    return fail (reading, "\"const\" says already what the value is");

  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (self->values, json_array_dup_element (array, i));

  return TRUE;
}

static gboolean
read_const (Reading           *reading,
            MullionSchemaNode *self,
            JsonNode          *json,
            gpointer           member)
{
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_ptr_array_add (self->values, json_node_copy (json));

  return TRUE;
}

static gboolean
read_number (Reading           *reading,
             MullionSchemaNode *self,
             JsonNode          *json,
             gpointer           member)
{
  if (!is_number (json))
    return fail (reading, "expected a number");

  *(double *) member = json_node_get_double (json);
  return TRUE;
}

static gboolean
read_exclusive_minimum (Reading           *reading,
                        MullionSchemaNode *self,
                        JsonNode          *json,
                        gpointer           member)
{
  double minimum = -INFINITY;

  if (!read_number (reading, self, json, &minimum))
    return FALSE;
  if (minimum >= self->minimum)
    {
      self->minimum = minimum;
      self->is_above_minimum = TRUE;
    }
  return TRUE;
}

static gboolean
read_exclusive_maximum (Reading           *reading,
                        MullionSchemaNode *self,
                        JsonNode          *json,
                        gpointer           member)
{
  double maximum = INFINITY;

  if (!read_number (reading, self, json, &maximum))
    return FALSE;
  if (maximum <= self->maximum)
    {
      self->maximum = maximum;
      self->is_below_maximum = TRUE;
    }
  return TRUE;
}

static gboolean
read_count (Reading           *reading,
            MullionSchemaNode *self,
            JsonNode          *json,
            gpointer           member)
{
  double count = is_number (json) ? json_node_get_double (json) : -1;

  if (!(count >= 0 && count <= G_MAXUINT32 && count == floor (count)))
    return fail (reading, "expected an integer from 0 to %u", G_MAXUINT32);

  *(guint64 *) member = (guint64) count;
  return TRUE;
}

static gboolean
read_properties (Reading           *reading,
                 MullionSchemaNode *self,
                 JsonNode          *json,
                 gpointer           member)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return fail (reading, "expected an object of schemas");

  self->properties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) mullion_schema_node_free);
  json_object_iter_init_ordered (&iter, json_node_get_object (json));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      gsize length = enter (reading, name);
      MullionSchemaNode *property = read_node (reading, node);

      if (property == NULL)
        return FALSE;
      g_hash_table_insert (self->properties, g_strdup (name), property);
      leave (reading, length);
    }

  return TRUE;
}

static gboolean
read_required (Reading           *reading,
               MullionSchemaNode *self,
               JsonNode          *json,
               gpointer           member)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (!holds (name, G_TYPE_STRING))
        return fail (reading, "expected an array of names");
      g_strv_builder_add (builder, json_node_get_string (name));
    }
  if (array == NULL)
    return fail (reading, "expected an array of names");

  self->required = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_schema (Reading           *reading,
             MullionSchemaNode *self,
             JsonNode          *json,
             gpointer           member)
{
  *(MullionSchemaNode **) member = read_node (reading, json);

  return *(MullionSchemaNode **) member != NULL;
}

static gboolean
read_schemas (Reading           *reading,
              MullionSchemaNode *self,
              JsonNode          *json,
              gpointer           member)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (json) ? json_node_get_array (json) : NULL;
  GPtrArray *schemas;

  if (array == NULL || json_array_get_length (array) == 0)
    return fail (reading, "expected an array of schemas");

  schemas = g_ptr_array_new_with_free_func ((GDestroyNotify) mullion_schema_node_free);
  *(GPtrArray **) member = schemas;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *index = g_strdup_printf ("%u", i);
      gsize length = enter (reading, index);
      MullionSchemaNode *schema = read_node (reading, json_array_get_element (array, i));

      if (schema == NULL)
        return FALSE;
      g_ptr_array_add (schemas, schema);
      leave (reading, length);
    }

  return TRUE;
}

static gboolean
read_nothing (Reading           *reading,
              MullionSchemaNode *self,
              JsonNode          *json,
              gpointer           member)
{
  return TRUE;
}

#define MEMBER(name) G_STRUCT_OFFSET (MullionSchemaNode, name)

/* In the order in which they are read: the exclusive bounds look at the others. */
static const Keyword keywords[] = {
  { "type", read_type, 0 },
  { "mullion", read_tag, 0 },
  { "const", read_const, 0 },
  { "enum", read_values, 0 },
  { "minimum", read_number, MEMBER (minimum) },
  { "maximum", read_number, MEMBER (maximum) },
  { "exclusiveMinimum", read_exclusive_minimum, 0 },
  { "exclusiveMaximum", read_exclusive_maximum, 0 },
  { "minLength", read_count, MEMBER (min_length) },
  { "maxLength", read_count, MEMBER (max_length) },
  { "properties", read_properties, 0 },
  { "required", read_required, 0 },
  { "additionalProperties", read_schema, MEMBER (additional) },
  { "minProperties", read_count, MEMBER (min_properties) },
  { "maxProperties", read_count, MEMBER (max_properties) },
  { "prefixItems", read_schemas, MEMBER (prefix_items) },
  { "items", read_schema, MEMBER (items) },
  { "minItems", read_count, MEMBER (min_items) },
  { "maxItems", read_count, MEMBER (max_items) },
  { "anyOf", read_schemas, MEMBER (any_of) },
  { "$comment", read_nothing, 0 },
  { "$schema", read_nothing, 0 },
  { "default", read_nothing, 0 },
  { "deprecated", read_nothing, 0 },
  { "description", read_nothing, 0 },
  { "examples", read_nothing, 0 },
  { "title", read_nothing, 0 },
};

static gboolean
check_keywords (Reading    *reading,
                JsonObject *object)
{
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (keywords) && !g_str_equal (keywords[i].name, l->data))
        i++;
      if (i == G_N_ELEMENTS (keywords))
        return fail (reading, "\"%s\" is no keyword that is checked here", (char *) l->data);
    }

  return TRUE;
}

static gboolean
read_object (Reading           *reading,
             MullionSchemaNode *self,
             JsonObject        *object)
{
  if (!check_keywords (reading, object))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      JsonNode *json = json_object_get_member (object, keywords[i].name);
      gsize length;

      if (json == NULL)
        continue;
      length = enter (reading, keywords[i].name);
      if (!keywords[i].read (reading, self, json, G_STRUCT_MEMBER_P (self, keywords[i].member)))
        return FALSE;
      leave (reading, length);
    }

  return TRUE;
}

/* `[ a, b ]` at the top: an array of an a and a b, and nothing else. */
static gboolean
read_tuple (Reading           *reading,
            MullionSchemaNode *self,
            JsonNode          *json)
{
  self->types = MULLION_SCHEMA_ARRAY;
  self->min_items = json_array_get_length (json_node_get_array (json));
  self->max_items = self->min_items;

  return self->min_items == 0 || read_schemas (reading, self, json, &self->prefix_items);
}

static MullionSchemaNode *
new_node (void)
{
  MullionSchemaNode *self = g_new0 (MullionSchemaNode, 1);

  self->minimum = -INFINITY;
  self->maximum = INFINITY;
  self->max_length = G_MAXUINT64;
  self->max_properties = G_MAXUINT64;
  self->max_items = G_MAXUINT64;

  return self;
}

static MullionSchemaNode *
read_node (Reading  *reading,
           JsonNode *json)
{
  g_autoptr(MullionSchemaNode) self = new_node ();
  gboolean is_read;

  if (reading->depth == MAX_DEPTH)
    {
      fail (reading, "schemas are nested deeper than %d", MAX_DEPTH);
      return NULL;
    }

  reading->depth++;
  if (holds (json, G_TYPE_BOOLEAN))
    is_read = (self->is_never = !json_node_get_boolean (json), TRUE);
  else if (JSON_NODE_HOLDS_OBJECT (json))
    is_read = read_object (reading, self, json_node_get_object (json));
  else if (JSON_NODE_HOLDS_ARRAY (json) && reading->depth == 1)
    is_read = read_tuple (reading, self, json);
  else
    is_read = fail (reading, "expected a schema: an object, true or false");
  reading->depth--;

  return is_read ? g_steal_pointer (&self) : NULL;
}

MullionSchemaNode *
mullion_schema_node_read (JsonNode  *json,
                          GError   **error)
{
  g_autoptr(GString) pointer = g_string_new (NULL);
  Reading reading = { pointer, 0, error };

  return read_node (&reading, json);
}

void
mullion_schema_node_free (MullionSchemaNode *self)
{
  g_free (self->tag);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->properties, g_hash_table_unref);
  g_strfreev (self->required);
  g_clear_pointer (&self->additional, mullion_schema_node_free);
  g_clear_pointer (&self->prefix_items, g_ptr_array_unref);
  g_clear_pointer (&self->items, mullion_schema_node_free);
  g_clear_pointer (&self->any_of, g_ptr_array_unref);
  g_free (self);
}
