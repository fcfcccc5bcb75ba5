/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"

#include "mullion-error.h"

/*
 * What a page gave to a capability, read with suspicion. Main process.
 *
 * Every reader answers with a value of the right type and length, or with an error that the page
 * sees. json-glib's own getters print criticals about the wrong type, so they are only reached
 * after the type was looked at.
 */

/* Values that JSON has no word for come as objects with this member, undefined among them. */
#define TAG "$mullion"

static gboolean
is_missing (JsonNode *node)
{
  JsonNode *tag;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  tag = json_object_get_member (json_node_get_object (node), TAG);
  return tag != NULL && JSON_NODE_HOLDS_VALUE (tag) &&
         json_node_get_value_type (tag) == G_TYPE_STRING &&
         g_str_equal (json_node_get_string (tag), "undefined");
}

static gboolean
fail (GError     **error,
      const char  *name,
      const char  *expected)
{
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "%s: expected %s", name,
               expected);
  return FALSE;
}

static const char *
check_string (JsonNode    *node,
              const char  *name,
              gsize        max_length,
              GError     **error)
{
  const char *text;
  gsize length;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      fail (error, name, "a string");
      return NULL;
    }
  text = json_node_get_string (node);
  length = strlen (text);
  if (length > max_length)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "%s: %" G_GSIZE_FORMAT " bytes are over the limit of %" G_GSIZE_FORMAT, name,
                 length, max_length);
  else if (!g_utf8_validate (text, length, NULL))
    fail (error, name, "a string in UTF-8");
  else
    return text;
  return NULL;
}

static JsonNode *
get_node (JsonArray *args,
          guint      index)
{
  return index < json_array_get_length (args) ? json_array_get_element (args, index) : NULL;
}

gboolean
mullion_arguments_is_missing (JsonArray *args,
                              guint      index)
{
  return is_missing (get_node (args, index));
}

gboolean
mullion_arguments_check_count (JsonArray  *args,
                               guint       at_most,
                               GError    **error)
{
  if (json_array_get_length (args) <= at_most)
    return TRUE;
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "expected at most %u arguments, not %u", at_most, json_array_get_length (args));
  return FALSE;
}

const char *
mullion_arguments_get_string (JsonArray   *args,
                              guint        index,
                              const char  *name,
                              gsize        max_length,
                              GError     **error)
{
  JsonNode *node = get_node (args, index);

  if (node != NULL)
    return check_string (node, name, max_length, error);
  fail (error, name, "a string");
  return NULL;
}

gboolean
mullion_arguments_get_options (JsonArray   *args,
                               guint        index,
                               JsonObject **options,
                               GError     **error)
{
  JsonNode *node = get_node (args, index);

  *options = NULL;
  if (is_missing (node))
    return TRUE;
  /* A Map or a Date is an object to JSON, but none that has options. */
  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_has_member (json_node_get_object (node), TAG))
    return fail (error, "options", "a plain object");
  *options = json_node_get_object (node);
  return TRUE;
}
