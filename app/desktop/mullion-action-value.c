/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-action-value.h"

#include "mullion-error.h"
#include "mullion-schema-private.h"
#include "mullion-value.h"

/*
 * The parameters and the states of actions, which are GVariants, as values of pages and back.
 *
 * Main process. JSON-GLib converts; it cuts off what does not fit, reads numbers out of texts, and
 * takes an object path for what it says it is. So what a page sends is held first against a schema,
 * which is made of the type of the action, and nothing reaches JSON-GLib that it would change.
 */

/* Where the type says nothing, a page says how deep it goes. GLib nests a variant three times for
 * each of these levels, and 128 times at most. */
#define MAX_DEPTH 32

static gboolean write_schema (const GVariantType *type,
                              GString            *text);

/* The types that JSON has, but for numbers that JavaScript has not. */
static const struct
{
  char type;
  const char *schema;
} basic[] = {
  { 'b', "{\"type\":\"boolean\"}" },
  { 'd', "{\"type\":\"number\"}" },
  { 's', "{\"type\":\"string\"}" },
  { 'y', "{\"type\":\"integer\",\"minimum\":0,\"maximum\":255}" },
  { 'n', "{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}" },
  { 'q', "{\"type\":\"integer\",\"minimum\":0,\"maximum\":65535}" },
  { 'i', "{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647}" },
  { 'u', "{\"type\":\"integer\",\"minimum\":0,\"maximum\":4294967295}" },
  { 'x', "{\"type\":\"integer\"}" },
  { 't', "{\"type\":\"integer\",\"minimum\":0}" },
  { 'v', "true" },
};

static gboolean
write_basic (const GVariantType *type,
             GString            *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (basic); i++)
    if (*g_variant_type_peek_string (type) == basic[i].type)
      {
        g_string_append (text, basic[i].schema);
        return TRUE;
      }

  return FALSE;
}

static gboolean
write_around (const char         *before,
              const GVariantType *type,
              const char         *after,
              GString            *text)
{
  gboolean is_written;

  g_string_append (text, before);
  is_written = write_schema (type, text);
  g_string_append (text, after);
  return is_written;
}

static gboolean
write_tuple (const GVariantType *type,
             GString            *text)
{
  const char *before = "";

  g_string_append_c (text, '[');
  for (const GVariantType *item = g_variant_type_first (type); item != NULL;
       item = g_variant_type_next (item), before = ",")
    if (!write_around (before, item, "", text))
      return FALSE;

  g_string_append_c (text, ']');
  return TRUE;
}

static gboolean
write_dictionary (const GVariantType *entry,
                  GString            *text)
{
  return g_variant_type_equal (g_variant_type_key (entry), G_VARIANT_TYPE_STRING) &&
         write_around ("{\"type\":\"object\",\"additionalProperties\":",
                       g_variant_type_value (entry), "}", text);
}

/* Returns: whether a page can have a value of the type */
static gboolean
write_schema (const GVariantType *type,
              GString            *text)
{
  const GVariantType *element;

  if (g_variant_type_is_tuple (type))
    return g_variant_type_is_definite (type) && write_tuple (type, text);
  if (!g_variant_type_is_array (type) && !g_variant_type_is_maybe (type))
    return write_basic (type, text);

  element = g_variant_type_element (type);
  if (g_variant_type_is_maybe (type))
    return write_around ("{\"anyOf\":[{\"type\":\"null\"},", element, "]}", text);
  if (g_variant_type_is_dict_entry (element))
    return write_dictionary (element, text);
  return write_around ("{\"type\":\"array\",\"items\":", element, "}", text);
}

static gboolean
check_shape (JsonNode            *value,
             const GVariantType  *type,
             const char          *what,
             GError             **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(MullionSchema) schema = NULL;
  g_autofree char *mistake = NULL;

  if (write_schema (type, text))
    schema = mullion_schema_new_from_text (text->str, NULL);
  if (schema == NULL)
    mistake = g_strdup_printf ("%s: no page has values of the type “%.*s”", what,
                               (int) g_variant_type_get_string_length (type),
                               g_variant_type_peek_string (type));
  else
    mistake = mullion_schema_dup_mistake (schema, what, value);
  if (mistake == NULL)
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, mistake);
  return FALSE;
}

static gboolean
is_deeper (JsonNode *json,
           guint     depth)
{
  g_autoptr(GList) values = NULL;

  if (JSON_NODE_HOLDS_ARRAY (json))
    values = json_array_get_elements (json_node_get_array (json));
  else if (JSON_NODE_HOLDS_OBJECT (json))
    values = json_object_get_values (json_node_get_object (json));
  else
    return FALSE;

  if (depth == 0)
    return TRUE;
  for (GList *l = values; l != NULL; l = l->next)
    if (is_deeper (l->data, depth - 1))
      return TRUE;

  return FALSE;
}

GVariant *
mullion_action_value_read (JsonNode            *value,
                           const GVariantType  *type,
                           const char          *what,
                           GError             **error)
{
  g_autofree char *signature = g_variant_type_dup_string (type);
  g_autoptr(JsonNode) json = NULL;

  if (!check_shape (value, type, what, error))
    return NULL;

  json = mullion_value_to_json (value, error);
  if (json == NULL)
    return NULL;
  if (!is_deeper (json, MAX_DEPTH))
    return json_gvariant_deserialize (json, signature, error);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "%s: nested deeper than %d",
               what, MAX_DEPTH);
  return NULL;
}

JsonNode *
mullion_action_value_write (GVariant *value)
{
  if (value == NULL)
    return json_node_init_null (json_node_alloc ());

  return mullion_value_new_from_json (json_gvariant_serialize (value));
}
