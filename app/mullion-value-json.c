/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-value-tag.h"

#include <math.h>
#include <string.h>

/*
 * Values to plain JSON, for handlers that store or compare what a page sent, and back.
 */

/* What references may add to a value: each one becomes a copy, and a few of them within each other
 * would otherwise fill the memory. */
#define MAX_COPIES (1 << 20)

/* A text of so many bytes counts as a copy more. */
#define TEXT_OF_COPY 64

/* How deep copies may nest; each level costs stack. */
#define MAX_DEPTH 2000

typedef struct
{
  GHashTable *named; /* id → the value where it stands first, borrowed; both as pointers */
  GHashTable *open;  /* the values around the present one */
  guint copies;
  guint depth;
  guint copying;
} Walk;

static JsonNode *convert (Walk     *walk,
                          JsonNode *value,
                          GError  **error);

static JsonNode *
new_null (void)
{
  return json_node_init_null (json_node_alloc ());
}

static JsonNode *
new_empty_object (void)
{
  g_autoptr(JsonObject) object = json_object_new ();

  return json_node_init_object (json_node_alloc (), object);
}

/* A text that C and UTF-8 can hold. One that they hold already is shared, not copied. */
static JsonNode *
new_text (JsonNode *value)
{
  JsonNode *plain = mullion_value_unwrap (value);
  gsize length = 0;
  g_autofree char *text = NULL;
  g_autoptr(GString) whole = NULL;

  if (JSON_NODE_HOLDS_VALUE (plain))
    return json_node_copy (plain);

  text = mullion_value_dup_string (value, &length);
  whole = g_string_new (NULL);

  for (gsize at = 0; at <= length; at++)
    {
      if (at > 0)
        g_string_append_unichar (whole, 0xfffd);
      g_string_append (whole, text + at);
      at += strlen (text + at);
    }

  return json_node_init_string (json_node_alloc (), whole->str);
}

static JsonNode *
convert_number (JsonNode *value)
{
  double number = 0;

  if (JSON_NODE_HOLDS_VALUE (mullion_value_unwrap (value)))
    return json_node_copy (mullion_value_unwrap (value));

  mullion_value_get_number (value, &number);
  return isfinite (number) ? json_node_init_int (json_node_alloc (), 0) : new_null ();
}

/* As Date.prototype.toISOString() writes it. */
static JsonNode *
convert_date (JsonNode *value)
{
  g_autoptr(GDateTime) time = mullion_value_dup_date_time (value);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  if (time == NULL)
    return new_null ();

  text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  whole = g_strdup_printf ("%s.%03dZ", text, g_date_time_get_microsecond (time) / 1000);
  return json_node_init_string (json_node_alloc (), whole);
}

static gboolean
fail_too_large (GError **error)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                       "Cannot make JSON of a value: its references would make it too large");
  return FALSE;
}

/* Counts what a copy takes that a reference did not, and fails when it is too much. */
static gboolean
charge (Walk    *walk,
        gsize    n_copies,
        GError **error)
{
  if (n_copies > MAX_COPIES - walk->copies)
    return fail_too_large (error);

  walk->copies += n_copies;
  return TRUE;
}

static gboolean
charge_text (Walk       *walk,
             const char *text,
             GError    **error)
{
  return walk->copying == 0 || charge (walk, strlen (text) / TEXT_OF_COPY, error);
}

static gboolean
add_element (Walk      *walk,
             JsonArray *array,
             JsonNode  *value,
             GError   **error)
{
  JsonNode *element = convert (walk, value, error);

  if (element != NULL)
    json_array_add_element (array, element);
  return element != NULL;
}

/* Members that are undefined are left out. */
static gboolean
add_member (Walk       *walk,
            JsonObject *object,
            const char *name,
            JsonNode   *value,
            GError    **error)
{
  JsonNode *member;

  if (mullion_value_get_kind (value) == MULLION_VALUE_UNDEFINED)
    return TRUE;

  if (!charge_text (walk, name, error))
    return FALSE;

  member = convert (walk, value, error);
  if (member != NULL)
    json_object_set_member (object, name, member);
  return member != NULL;
}

static JsonNode *
convert_text (Walk     *walk,
              JsonNode *value,
              GError  **error)
{
  g_autoptr(JsonNode) text = new_text (value);

  if (mullion_value_get_tag (value, MULLION_VALUE_STRING) != NULL &&
      !charge_text (walk, json_node_get_string (text), error))
    return NULL;

  return g_steal_pointer (&text);
}

/* The elements by their index; what is no index is a named member, which JSON lacks. */
static gboolean
add_sparse (Walk      *walk,
            JsonArray *array,
            JsonNode  *value,
            GError   **error)
{
  guint length = 0;
  JsonArray *pairs = mullion_value_get_sparse_array (value, &length);
  g_autoptr(GHashTable) elements = g_hash_table_new_full (NULL, NULL, NULL, NULL);

  if (!charge (walk, length, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (pairs); i++)
    {
      JsonArray *pair = json_array_get_array_element (pairs, i);
      const char *key = mullion_json_string_at (pair, 0);
      guint64 index;

      if (key != NULL && length > 0 &&
          g_ascii_string_to_unsigned (key, 10, 0, length - 1, &index, NULL))
        g_hash_table_insert (elements, GUINT_TO_POINTER (index),
                             json_array_get_element (pair, 1));
    }

  for (guint i = 0; i < length; i++)
    if (!add_element (walk, array, g_hash_table_lookup (elements, GUINT_TO_POINTER (i)), error))
      return FALSE;

  return TRUE;
}

static JsonNode *
convert_array (Walk     *walk,
               JsonNode *value,
               GError  **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonArray *elements = mullion_value_get_array (value);

  if (elements == NULL && !add_sparse (walk, array, value, error))
    return NULL;

  for (guint i = 0; elements != NULL && i < json_array_get_length (elements); i++)
    if (!add_element (walk, array, json_array_get_element (elements, i), error))
      return NULL;

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
add_entries (Walk       *walk,
             JsonObject *object,
             JsonArray  *entries,
             GError    **error)
{
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonArray *entry = json_array_get_array_element (entries, i);
      g_autoptr(JsonNode) name = new_text (json_array_get_element (entry, 0));

      if (!add_member (walk, object, json_node_get_string (name),
                       json_array_get_element (entry, 1), error))
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
convert_object (Walk     *walk,
                JsonNode *value,
                GError  **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_OBJECT);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (tag != NULL)
    {
      if (!add_entries (walk, object, json_object_get_array_member (tag, "entries"), error))
        return NULL;
      return json_node_init_object (json_node_alloc (), object);
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (mullion_value_unwrap (value)));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!add_member (walk, object, name, member, error))
      return NULL;

  return json_node_init_object (json_node_alloc (), object);
}

/* Notes the number of an object, where it has one, for what comes after it. */
static void
note_name (Walk     *walk,
           JsonNode *value)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;

  while (object != NULL &&
         g_strcmp0 (mullion_json_get_string (object, "$mullion"), "ref") == 0)
    {
      gint64 id = mullion_json_get_int (object, "id", -1);
      JsonNode *named = json_object_get_member (object, "value");

      if (named == NULL)
        return;
      if (id >= 0 && id <= G_MAXUINT32)
        g_hash_table_insert (walk->named, GUINT_TO_POINTER (id), named);
      object = JSON_NODE_HOLDS_OBJECT (named) ? json_node_get_object (named) : NULL;
    }
}

static JsonNode *
convert_reference (Walk     *walk,
                   JsonNode *value,
                   GError  **error)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_REFERENCE);
  gint64 id = json_object_get_int_member (tag, "id");
  JsonNode *named = g_hash_table_lookup (walk->named, GUINT_TO_POINTER (id));
  JsonNode *copy;

  if (named == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Cannot make JSON of a value: it means an object that is not there");
      return NULL;
    }

  walk->copying++;
  copy = convert (walk, named, error);
  walk->copying--;

  return copy;
}

static JsonNode *
convert_kind (Walk     *walk,
              JsonNode *value,
              GError  **error)
{
  MullionValueKind kind = mullion_value_get_kind (value);

  switch ((int) kind)
    {
    case MULLION_VALUE_UNDEFINED:
    case MULLION_VALUE_NULL:
      return new_null ();
    case MULLION_VALUE_BOOLEAN:
      return json_node_copy (mullion_value_unwrap (value));
    case MULLION_VALUE_NUMBER:
      return convert_number (value);
    case MULLION_VALUE_STRING:
      return convert_text (walk, value, error);
    case MULLION_VALUE_BOXED:
      return convert (walk, mullion_value_get_boxed (value), error);
    case MULLION_VALUE_ARRAY:
      return convert_array (walk, value, error);
    case MULLION_VALUE_OBJECT:
      return convert_object (walk, value, error);
    case MULLION_VALUE_DATE:
      return convert_date (value);
    case MULLION_VALUE_REFERENCE:
      return convert_reference (walk, value, error);
    case MULLION_VALUE_INVALID:
    case MULLION_VALUE_BIGINT:
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "Cannot make JSON of a value: it has %s",
                   kind == MULLION_VALUE_BIGINT ? "a BigInt" : "something malformed");
      return NULL;
    default:
      return new_empty_object ();
    }
}

static JsonNode *
convert (Walk     *walk,
         JsonNode *value,
         GError  **error)
{
  JsonNode *node;
  JsonNode *copy;

  if (value != NULL)
    note_name (walk, value);

  node = mullion_value_unwrap (value);
  if (walk->copying > 0 && !charge (walk, 1, error))
    return NULL;

  if (node != NULL && g_hash_table_contains (walk->open, node))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Cannot make JSON of a value: it holds itself");
      return NULL;
    }

  if (walk->depth == MAX_DEPTH)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "Cannot make JSON of a value: it is nested too deeply");
      return NULL;
    }

  walk->depth++;
  g_hash_table_add (walk->open, node);
  copy = convert_kind (walk, value, error);
  g_hash_table_remove (walk->open, node);
  walk->depth--;

  return copy;
}

/**
 * mullion_value_to_json:
 * @value: (nullable): an argument of a message, as a whole
 * @error: return location for an error
 *
 * Makes plain JSON of a value, with JSON-GLib's own types and no tag in it, as `JSON.stringify`
 * would: members that are `undefined` are left out, a Date is its text in ISO 8601, a boxed
 * primitive is that primitive, NaN and the infinities are null, and a Map, Set, RegExp, Error or
 * anything binary is an empty object. An object that is met more than once is copied. In a string,
 * what C and UTF-8 cannot hold becomes U+FFFD.
 *
 * A key of the result may be anything, `$mullion` too: give it to [func@value_new_from_json] before
 * you send it to a page.
 *
 * Returns: (transfer full): the JSON, or %NULL with an error of %MULLION_ERROR if there is a BigInt
 *   in @value, it is malformed, it holds itself, or its references would make it too large
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_to_json (JsonNode *value,
                       GError  **error)
{
  g_autoptr(GHashTable) named = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) open = g_hash_table_new (NULL, NULL);
  Walk walk = { .named = named, .open = open };

  return convert (&walk, value, error);
}

static JsonNode *
escape_array (JsonArray *array)
{
  g_autoptr(JsonArray) copy = json_array_sized_new (json_array_get_length (array));

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, mullion_value_new_from_json (json_array_dup_element (array, i)));

  return json_node_init_array (json_node_alloc (), copy);
}

static JsonNode *
escape_object (JsonObject *object)
{
  JsonArray *entries = json_array_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  JsonObject *tag;
  JsonNode *node = mullion_value_new_tag ("object", &tag);

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      JsonArray *entry = json_array_new ();

      json_array_add_string_element (entry, name);
      json_array_add_element (entry, mullion_value_new_from_json (json_node_ref (member)));
      json_array_add_array_element (entries, entry);
    }

  json_object_set_array_member (tag, "entries", entries);
  return node;
}

static JsonNode *
escape_members (JsonObject *object)
{
  g_autoptr(JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (copy, name, mullion_value_new_from_json (json_node_ref (member)));

  return json_node_init_object (json_node_alloc (), copy);
}

/**
 * mullion_value_new_from_json:
 * @json: (transfer full): JSON that others wrote, such as the content of a file
 *
 * Makes a value of plain JSON. It arrives in the page as `JSON.parse` would read it, whatever its
 * keys are: JSON that is sent as it is must have no key `$mullion`, which is the sign of a tag.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_from_json (JsonNode *json)
{
  g_autoptr(JsonNode) node = json;
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);

  if (JSON_NODE_HOLDS_ARRAY (node) && json_node_get_array (node) != NULL)
    return escape_array (json_node_get_array (node));

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object == NULL)
    return g_steal_pointer (&node);

  return json_object_has_member (object, "$mullion") ? escape_object (object)
                                                     : escape_members (object);
}
