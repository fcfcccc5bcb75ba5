/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "value-remaker.h"

#include <mullion-enum-types.h>

/*
 * Reads values as a handler does and makes them again: what arrives in the page shows whether both
 * directions of the C interface tell the same as JavaScript.
 */

const char *
get_kind_name (JsonNode *value)
{
  g_autoptr(GEnumClass) kinds = g_type_class_ref (MULLION_TYPE_VALUE_KIND);

  return g_enum_get_value (kinds, (int) mullion_value_get_kind (value))->value_nick;
}

static JsonArray *
remake_items (JsonArray *items)
{
  JsonArray *copy = json_array_new ();

  for (guint i = 0; i < json_array_get_length (items); i++)
    json_array_add_element (copy, remake_value (json_array_get_element (items, i)));

  return copy;
}

static JsonNode *
remake_array (JsonNode *value)
{
  JsonArray *items = mullion_value_get_array (value);

  return items != NULL ? json_node_init_array (json_node_alloc (), remake_items (items))
                       : json_node_copy (value);
}

static JsonNode *
remake_number (JsonNode *value)
{
  double number = 0;

  mullion_value_get_number (value, &number);
  return mullion_value_new_number (number);
}

static JsonNode *
remake_string (JsonNode *value)
{
  gsize length = 0;
  g_autofree guint16 *units = mullion_value_dup_utf16 (value, &length);

  return mullion_value_new_utf16 (units, length);
}

static JsonNode *
remake_date (JsonNode *value)
{
  g_autoptr(GDateTime) time = mullion_value_dup_date_time (value);
  double milliseconds = 0;

  if (time != NULL)
    return mullion_value_new_date_time (time);

  mullion_value_get_date (value, &milliseconds);
  return mullion_value_new_date (milliseconds);
}

static JsonNode *
remake_regexp (JsonNode *value)
{
  const char *flags = NULL;
  g_autofree char *source = mullion_value_dup_regexp (value, &flags);

  return mullion_value_new_regexp (source, flags);
}

static JsonNode *
remake_exception (JsonNode *value)
{
  g_autofree char *name = mullion_value_dup_error_name (value);
  g_autofree char *message = mullion_value_dup_error_message (value);

  return mullion_value_new_exception (name, message);
}

static JsonNode *
remake_view (JsonNode *value)
{
  const char *type = NULL;
  gsize offset = 0;
  gsize length = 0;
  JsonNode *buffer = mullion_value_get_view (value, &type, &offset, &length);

  return mullion_value_new_view (type, offset, length, json_node_copy (buffer));
}

static JsonNode *
remake_blob (JsonNode *value)
{
  g_autofree char *type = mullion_value_dup_blob_type (value);

  return mullion_value_new_blob (json_node_copy (mullion_value_get_blob (value)), type);
}

static JsonNode *
remake_file (JsonNode *value)
{
  g_autofree char *name = mullion_value_dup_file_name (value);
  g_autofree char *type = mullion_value_dup_blob_type (value);
  double time = 0;

  mullion_value_get_file_time (value, &time);
  return mullion_value_new_file (json_node_copy (mullion_value_get_blob (value)), name, type, time);
}

static JsonNode *
remake_image (JsonNode *value)
{
  guint width = 0;
  guint height = 0;
  JsonNode *pixels = mullion_value_get_image_data (value, &width, &height);
  JsonNode *buffer = mullion_value_get_view (pixels, NULL, NULL, NULL);

  return mullion_value_new_image_data (json_node_copy (buffer), width, height);
}

static JsonNode *
remake_geometry (JsonNode *value)
{
  const char *type = NULL;
  gsize n = 0;
  g_autofree double *numbers = mullion_value_dup_geometry (value, &type, &n);

  return mullion_value_new_geometry (type, numbers, n);
}

JsonNode *
remake_value (JsonNode *value)
{
  switch ((int) mullion_value_get_kind (value))
    {
    case MULLION_VALUE_UNDEFINED:
      return mullion_value_new_undefined ();
    case MULLION_VALUE_NUMBER:
      return remake_number (value);
    case MULLION_VALUE_BIGINT:
      return mullion_value_new_bigint (mullion_value_get_bigint (value));
    case MULLION_VALUE_STRING:
      return remake_string (value);
    case MULLION_VALUE_ARRAY:
      return remake_array (value);
    case MULLION_VALUE_DATE:
      return remake_date (value);
    case MULLION_VALUE_REGEXP:
      return remake_regexp (value);
    case MULLION_VALUE_EXCEPTION:
      return remake_exception (value);
    case MULLION_VALUE_BOXED:
      return mullion_value_new_boxed (remake_value (mullion_value_get_boxed (value)));
    case MULLION_VALUE_MAP:
      return mullion_value_new_map (remake_items (mullion_value_get_map (value)));
    case MULLION_VALUE_SET:
      return mullion_value_new_set (remake_items (mullion_value_get_set (value)));
    case MULLION_VALUE_VIEW:
      return remake_view (value);
    case MULLION_VALUE_BLOB:
      return remake_blob (value);
    case MULLION_VALUE_FILE:
      return remake_file (value);
    case MULLION_VALUE_IMAGE_DATA:
      return remake_image (value);
    case MULLION_VALUE_GEOMETRY:
      return remake_geometry (value);
    default:
      return json_node_copy (value);
    }
}
