/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-json-access.h"
#include "mullion-value-tag.h"

#include <math.h>

/*
 * The objects of JavaScript: arrays, plain objects, Map, Set, Date, RegExp and errors.
 */

/* The time that a Date can tell, in milliseconds on both sides of 1970. */
#define MAX_TIME 8.64e15

/* (nullable) (transfer full) */
static char *
dup_text (JsonObject *tag,
          const char *member)
{
  JsonNode *node = tag != NULL ? json_object_get_member (tag, member) : NULL;

  return node != NULL ? mullion_value_dup_string (node, NULL) : NULL;
}

/**
 * mullion_value_get_array:
 * @value: (nullable): a value
 *
 * Gets the elements of an array without holes and named members, which nearly all arrays are.
 *
 * Returns: (nullable) (transfer none): the elements, or %NULL if @value is no such array
 *
 * Since: 0.1
 */
JsonArray *
mullion_value_get_array (JsonNode *value)
{
  JsonObject *tag;

  if (mullion_value_classify (value, &tag) != MULLION_VALUE_ARRAY || tag != NULL)
    return NULL;

  return json_node_get_array (mullion_value_unwrap (value));
}

/**
 * mullion_value_get_sparse_array:
 * @value: (nullable): a value
 * @length: (out) (optional): the length that the array has in JavaScript
 *
 * Gets the members of an array that has holes or named members: a list of pairs, each the key and
 * the value. The key is a string; the keys of elements are their decimal indices. A hole has no
 * pair. The length is what a page says, and up to 2³² - 1 whatever is in the array.
 *
 * Returns: (nullable) (transfer none): the pairs, or %NULL if @value is no
 *   such array
 *
 * Since: 0.1
 */
JsonArray *
mullion_value_get_sparse_array (JsonNode *value,
                                guint    *length)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_ARRAY);

  if (tag == NULL)
    return NULL;

  if (length != NULL)
    *length = (guint) json_object_get_int_member (tag, "length");
  return json_object_get_array_member (tag, "entries");
}

/**
 * mullion_value_get_member:
 * @value: (nullable): a value
 * @name: the name of a member
 *
 * Gets a member of a plain object, also of one whose form is a tag because a name in it is unusual.
 *
 * Returns: (nullable) (transfer none): the member, or %NULL if @value is no plain object or has no
 *   member of that name
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_member (JsonNode   *value,
                          const char *name)
{
  JsonObject *tag;
  JsonArray *entries;

  g_return_val_if_fail (name != NULL, NULL);

  if (mullion_value_classify (value, &tag) != MULLION_VALUE_OBJECT)
    return NULL;

  if (tag == NULL)
    return json_object_get_member (json_node_get_object (mullion_value_unwrap (value)), name);

  /* Of members with one name the last one wins. */
  entries = json_object_get_array_member (tag, "entries");
  for (guint i = json_array_get_length (entries); i > 0; i--)
    {
      JsonArray *entry = json_array_get_array_element (entries, i - 1);

      if (g_strcmp0 (mullion_json_string_at (entry, 0), name) == 0)
        return json_array_get_element (entry, 1);
    }

  return NULL;
}

/**
 * mullion_value_get_map:
 * @value: (nullable): a value
 *
 * Gets the entries of a Map: a list of pairs, each the key and the value, in their order.
 *
 * Returns: (nullable) (transfer none): the pairs, or %NULL if @value is no Map
 *
 * Since: 0.1
 */
JsonArray *
mullion_value_get_map (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_MAP);

  return tag != NULL ? json_object_get_array_member (tag, "entries") : NULL;
}

/**
 * mullion_value_new_map:
 * @entries: (transfer full): a list of pairs, each a list of the key and the value
 *
 * Makes a Map.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_map (JsonArray *entries)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (entries != NULL, NULL);

  node = mullion_value_new_tag ("map", &tag);
  json_object_set_array_member (tag, "entries", entries);
  return node;
}

/**
 * mullion_value_get_set:
 * @value: (nullable): a value
 *
 * Gets what is in a Set, in its order.
 *
 * Returns: (nullable) (transfer none): the values, or %NULL if @value is no Set
 *
 * Since: 0.1
 */
JsonArray *
mullion_value_get_set (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_SET);

  return tag != NULL ? json_object_get_array_member (tag, "values") : NULL;
}

/**
 * mullion_value_new_set:
 * @values: (transfer full): what is in the Set
 *
 * Makes a Set.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_set (JsonArray *values)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (values != NULL, NULL);

  node = mullion_value_new_tag ("set", &tag);
  json_object_set_array_member (tag, "values", values);
  return node;
}

/**
 * mullion_value_get_date:
 * @value: (nullable): a value
 * @milliseconds: (out): milliseconds since 1970 in UTC, NaN for an invalid Date
 *
 * Gets the time of a Date.
 *
 * Returns: whether @value is a Date; @milliseconds is set only then
 *
 * Since: 0.1
 */
gboolean
mullion_value_get_date (JsonNode *value,
                        double   *milliseconds)
{
  JsonObject *tag;
  JsonNode *time;

  g_return_val_if_fail (milliseconds != NULL, FALSE);

  tag = mullion_value_get_tag (value, MULLION_VALUE_DATE);
  if (tag == NULL)
    return FALSE;

  /* What no Date can tell is invalid, as in JavaScript. */
  time = json_object_get_member (tag, "value");
  *milliseconds = JSON_NODE_HOLDS_NULL (time) ? NAN : trunc (json_node_get_double (time));
  if (fabs (*milliseconds) > MAX_TIME)
    *milliseconds = NAN;
  return TRUE;
}

/**
 * mullion_value_dup_date_time:
 * @value: (nullable): a value
 *
 * Gets the time of a Date in UTC, to the millisecond.
 *
 * Returns: (nullable) (transfer full): the time, or %NULL if @value is no Date, or an invalid one,
 *   or one outside of the years 1 to 9999
 *
 * Since: 0.1
 */
GDateTime *
mullion_value_dup_date_time (JsonNode *value)
{
  g_autoptr(GDateTime) seconds = NULL;
  double milliseconds;
  double whole;

  if (!mullion_value_get_date (value, &milliseconds) || isnan (milliseconds))
    return NULL;

  whole = floor (milliseconds / 1000);
  seconds = g_date_time_new_from_unix_utc ((gint64) whole);

  return seconds != NULL
           ? g_date_time_add (seconds, (GTimeSpan) (milliseconds - whole * 1000) * 1000)
           : NULL;
}

/**
 * mullion_value_new_date:
 * @milliseconds: milliseconds since 1970 in UTC; NaN makes an invalid Date
 *
 * Makes a Date.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_date (double milliseconds)
{
  JsonObject *tag;
  JsonNode *node = mullion_value_new_tag ("date", &tag);

  if (isfinite (milliseconds) && fabs (milliseconds) <= MAX_TIME)
    json_object_set_int_member (tag, "value", (gint64) milliseconds);
  else
    json_object_set_null_member (tag, "value");

  return node;
}

/**
 * mullion_value_new_date_time:
 * @date_time: a time
 *
 * Makes a Date, which tells milliseconds and no time zone.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_date_time (GDateTime *date_time)
{
  g_return_val_if_fail (date_time != NULL, NULL);

  /* A date of JavaScript is of whole milliseconds. */
  return mullion_value_new_date ((double) g_date_time_to_unix (date_time) * 1000 +
                                 (int) (g_date_time_get_microsecond (date_time) / 1000));
}

/**
 * mullion_value_dup_regexp:
 * @value: (nullable): a value
 * @flags: (out) (optional) (transfer none): its flags, such as `gi`
 *
 * Gets the source text of a RegExp. It is JavaScript's syntax, which differs from GRegex's.
 *
 * Returns: (nullable) (transfer full): the text, or %NULL if @value is no RegExp
 *
 * Since: 0.1
 */
char *
mullion_value_dup_regexp (JsonNode    *value,
                          const char **flags)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_REGEXP);

  if (tag != NULL && flags != NULL)
    *flags = json_object_get_string_member (tag, "flags");
  return dup_text (tag, "source");
}

/**
 * mullion_value_new_regexp:
 * @source: a regular expression in JavaScript's syntax
 * @flags: its flags, such as `gi`
 *
 * Makes a RegExp. One that JavaScript cannot read fails the message in the page.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_regexp (const char *source,
                          const char *flags)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (flags != NULL, NULL);

  node = mullion_value_new_tag ("regexp", &tag);
  json_object_set_string_member (tag, "source", source);
  json_object_set_string_member (tag, "flags", flags);
  return node;
}

/* (nullable): the tag of an Error or DOMException. */
static JsonObject *
get_error_tag (JsonNode *value)
{
  JsonObject *tag;
  MullionValueKind kind = mullion_value_classify (value, &tag);

  return kind == MULLION_VALUE_ERROR || kind == MULLION_VALUE_EXCEPTION ? tag : NULL;
}

/**
 * mullion_value_dup_error_name:
 * @value: (nullable): a value
 *
 * Gets the name of an Error, such as `TypeError`, or of a DOMException, such as `AbortError`.
 *
 * Returns: (nullable) (transfer full): the name, or %NULL if @value is no error
 *
 * Since: 0.1
 */
char *
mullion_value_dup_error_name (JsonNode *value)
{
  return dup_text (get_error_tag (value), "name");
}

/**
 * mullion_value_dup_error_message:
 * @value: (nullable): a value
 *
 * Gets the message of an Error or DOMException.
 *
 * Returns: (nullable) (transfer full): the message, or %NULL if @value is no error or has none
 *
 * Since: 0.1
 */
char *
mullion_value_dup_error_message (JsonNode *value)
{
  return dup_text (get_error_tag (value), "message");
}

/**
 * mullion_value_dup_error_stack:
 * @value: (nullable): a value
 *
 * Gets where an Error was made, as the engine writes it.
 *
 * Returns: (nullable) (transfer full): the stack, or %NULL if @value is no Error or has none
 *
 * Since: 0.1
 */
char *
mullion_value_dup_error_stack (JsonNode *value)
{
  return dup_text (mullion_value_get_tag (value, MULLION_VALUE_ERROR), "stack");
}

/**
 * mullion_value_get_error_cause:
 * @value: (nullable): a value
 *
 * Gets what caused an Error, which may be any value.
 *
 * Returns: (nullable) (transfer none): the cause, or %NULL if @value is no Error or has none
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_error_cause (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_ERROR);

  return tag != NULL ? json_object_get_member (tag, "cause") : NULL;
}

/**
 * mullion_value_new_error:
 * @name: (nullable): one of the classes of the language, such as `TypeError`; %NULL is `Error`
 * @message: (nullable): its message
 * @cause: (nullable) (transfer full): its cause
 *
 * Makes an Error, as a value: to fail a call there is [method@IpcMainInvokeEvent.return_error].
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_error (const char *name,
                         const char *message,
                         JsonNode   *cause)
{
  static const char *const names[] = {
    "Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
    NULL,
  };
  JsonObject *tag;
  JsonNode *node = mullion_value_new_tag ("error", &tag);
  gboolean is_known = name != NULL && g_strv_contains (names, name);

  json_object_set_string_member (tag, "name", is_known ? name : "Error");
  if (message != NULL)
    json_object_set_string_member (tag, "message", message);
  if (cause != NULL)
    json_object_set_member (tag, "cause", cause);

  return node;
}

/**
 * mullion_value_new_exception:
 * @name: its name, such as `AbortError`
 * @message: its message
 *
 * Makes a DOMException.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_exception (const char *name,
                             const char *message)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  node = mullion_value_new_tag ("exception", &tag);
  json_object_set_string_member (tag, "name", name);
  json_object_set_string_member (tag, "message", message);
  return node;
}
