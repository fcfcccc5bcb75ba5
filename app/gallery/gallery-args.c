/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-args.h"

#include <math.h>

/*
 * Reads the arguments of a message.
 *
 * Main process. The sender may be hostile: json-glib prints a critical when an element is read as
 * what it is not, so nothing is read here before its type is known.
 */

static JsonNode *
find_value (JsonArray  *args,
            guint       index,
            const char *type_name,
            GError    **error)
{
  JsonNode *node = NULL;

  if (index < json_array_get_length (args))
    node = json_array_get_element (args, index);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    return node;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "Argument %u must be a %s", index + 1, type_name);
  return NULL;
}

static gboolean
check_type (gboolean     fits,
            guint        index,
            const char  *type_name,
            GError     **error)
{
  if (!fits)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "Argument %u must be a %s", index + 1, type_name);
  return fits;
}

const char *
gallery_args_get_string (JsonArray  *args,
                         guint       index,
                         gsize       max_length,
                         GError    **error)
{
  JsonNode *node = find_value (args, index, "string", error);

  if (node == NULL
      || !check_type (json_node_get_value_type (node) == G_TYPE_STRING, index, "string", error))
    return NULL;

  if (strlen (json_node_get_string (node)) > max_length)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "Argument %u is longer than %" G_GSIZE_FORMAT " bytes", index + 1, max_length);
      return NULL;
    }

  return json_node_get_string (node);
}

gboolean
gallery_args_get_number (JsonArray  *args,
                         guint       index,
                         double      lowest,
                         double      highest,
                         double     *number,
                         GError    **error)
{
  JsonNode *node = find_value (args, index, "number", error);

  if (node == NULL)
    return FALSE;
  if (!check_type (json_node_get_value_type (node) == G_TYPE_INT64
                   || json_node_get_value_type (node) == G_TYPE_DOUBLE,
                   index, "number", error))
    return FALSE;

  *number = json_node_get_double (node);
  if (!isfinite (*number) || *number < lowest || *number > highest)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "Argument %u must be from %g to %g", index + 1, lowest, highest);
      return FALSE;
    }

  return TRUE;
}

gboolean
gallery_args_get_boolean (JsonArray  *args,
                          guint       index,
                          gboolean   *value,
                          GError    **error)
{
  JsonNode *node = find_value (args, index, "boolean", error);

  if (node == NULL
      || !check_type (json_node_get_value_type (node) == G_TYPE_BOOLEAN, index, "boolean", error))
    return FALSE;

  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonArray *
gallery_args_new (JsonNode *first,
                  ...)
{
  JsonArray *args = json_array_new ();
  va_list rest;

  va_start (rest, first);
  for (JsonNode *node = first; node != NULL; node = va_arg (rest, JsonNode *))
    json_array_add_element (args, node);
  va_end (rest);
  return args;
}

JsonNode *
gallery_string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
gallery_number_node (double number)
{
  return json_node_init_double (json_node_alloc (), number);
}
