/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-options.h"

#include "mullion-error.h"

/*
 * Objects of options, read with suspicion: an app may hand on what a page wrote. Main process.
 *
 * Every reader leaves what @value holds where the member is missing, null or undefined, stores a
 * value of the right type and size, or fails with an error that names the member. json-glib's own
 * getters print criticals about the wrong type, so they are only reached after the type was
 * looked at.
 */

static gboolean
is_missing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ||
         mullion_value_get_kind (node) == MULLION_VALUE_UNDEFINED;
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

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static const char *
check_string (JsonNode    *node,
              const char  *name,
              gsize        max_length,
              GError     **error)
{
  const char *text;
  gsize length;

  if (!holds (node, G_TYPE_STRING))
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
get_option (JsonObject *options,
            const char *name)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, name) : NULL;

  return is_missing (node) ? NULL : node;
}

gboolean
mullion_options_get_string (JsonObject  *options,
                            const char  *name,
                            gsize        max_length,
                            const char **value,
                            GError     **error)
{
  JsonNode *node = get_option (options, name);
  const char *text;

  if (node == NULL)
    return TRUE;
  text = check_string (node, name, max_length, error);
  if (text == NULL)
    return FALSE;
  *value = text;
  return TRUE;
}

gboolean
mullion_options_get_int (JsonObject  *options,
                         const char  *name,
                         int         *value,
                         GError     **error)
{
  JsonNode *node = get_option (options, name);
  double number;

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64) && !holds (node, G_TYPE_DOUBLE))
    return fail (error, name, "a whole number");
  number = json_node_get_double (node);
  if (!(number >= G_MININT && number <= G_MAXINT) || number != (int) number)
    return fail (error, name, "a whole number");
  *value = (int) number;
  return TRUE;
}

gboolean
mullion_options_get_double (JsonObject  *options,
                            const char  *name,
                            double      *value,
                            GError     **error)
{
  JsonNode *node = get_option (options, name);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64) && !holds (node, G_TYPE_DOUBLE))
    return fail (error, name, "a number");
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
mullion_options_get_boolean (JsonObject  *options,
                             const char  *name,
                             gboolean    *value,
                             GError     **error)
{
  JsonNode *node = get_option (options, name);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_BOOLEAN))
    return fail (error, name, "true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
mullion_options_get_array (JsonObject  *options,
                           const char  *name,
                           guint        max_count,
                           JsonArray  **value,
                           GError     **error)
{
  JsonNode *node = get_option (options, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, name, "an array");
  if (json_array_get_length (json_node_get_array (node)) > max_count)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "%s: expected at most %u elements", name, max_count);
      return FALSE;
    }
  *value = json_node_get_array (node);
  return TRUE;
}

gboolean
mullion_options_get_strings (JsonObject  *options,
                             const char  *name,
                             guint        max_count,
                             gsize        max_length,
                             char      ***value,
                             GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!mullion_options_get_array (options, name, max_count, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = check_string (json_array_get_element (array, i), name, max_length, error);

      if (text == NULL)
        return FALSE;
      g_strv_builder_add (builder, text);
    }
  if (array != NULL)
    *value = g_strv_builder_end (builder);
  return TRUE;
}
