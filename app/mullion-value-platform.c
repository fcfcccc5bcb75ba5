/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-value-tag.h"

#include <math.h>

/*
 * Views of buffers, and the objects of the web platform: files, pictures and geometry. The bytes
 * themselves are an ArrayBuffer, which is a value of its own.
 */

/* What the doubles of a page may say of a time of a file. */
#define MAX_TIME 8.64e15

/* (nullable) (transfer full) */
static char *
dup_text (JsonObject *tag,
          const char *member)
{
  return tag != NULL ? mullion_value_dup_string (json_object_get_member (tag, member), NULL) : NULL;
}

/**
 * mullion_value_get_view:
 * @value: (nullable): a value
 * @type: (out) (optional) (transfer none): its class, such as `Uint8Array` or `DataView`
 * @offset: (out) (optional): where in the buffer it begins, in bytes
 * @length: (out) (optional): its elements, or the bytes of a DataView
 *
 * Gets the buffer that a typed array or a DataView shows, which may be larger than what it shows.
 * Offset and length are what a page says: they may lie outside of the buffer.
 *
 * Returns: (nullable) (transfer none): the ArrayBuffer, or a reference to it if it stands elsewhere
 *   in the argument; %NULL if @value is no view
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_view (JsonNode    *value,
                        const char **type,
                        gsize       *offset,
                        gsize       *length)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_VIEW);

  if (tag == NULL)
    return NULL;

  if (type != NULL)
    *type = json_object_get_string_member (tag, "type");
  if (offset != NULL)
    *offset = (gsize) json_object_get_int_member (tag, "offset");
  if (length != NULL)
    *length = (gsize) json_object_get_int_member (tag, "length");
  return json_object_get_member (tag, "buffer");
}

/**
 * mullion_value_new_view:
 * @type: its class, such as `Uint8Array` or `DataView`
 * @offset: where in @buffer it begins, in bytes
 * @length: its elements, or the bytes of a DataView
 * @buffer: (transfer full): an ArrayBuffer
 *
 * Makes a typed array or a DataView.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_view (const char *type,
                        gsize       offset,
                        gsize       length,
                        JsonNode   *buffer)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (type != NULL && mullion_value_is_view (type), NULL);
  g_return_val_if_fail (buffer != NULL, NULL);

  node = mullion_value_new_tag ("view", &tag);
  json_object_set_string_member (tag, "type", type);
  json_object_set_int_member (tag, "offset", (gint64) offset);
  json_object_set_int_member (tag, "length", (gint64) length);
  json_object_set_member (tag, "buffer", buffer);
  return node;
}

/* (nullable): the tag of a Blob or File. */
static JsonObject *
get_blob_tag (JsonNode *value)
{
  JsonObject *tag;
  MullionValueKind kind = mullion_value_classify (value, &tag);

  return kind == MULLION_VALUE_BLOB || kind == MULLION_VALUE_FILE ? tag : NULL;
}

/**
 * mullion_value_get_blob:
 * @value: (nullable): a value
 *
 * Gets what is in a Blob or File.
 *
 * Returns: (nullable) (transfer none): an ArrayBuffer with the bytes, or %NULL if @value is neither
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_blob (JsonNode *value)
{
  JsonObject *tag = get_blob_tag (value);

  return tag != NULL ? json_object_get_member (tag, "data") : NULL;
}

/**
 * mullion_value_dup_blob_type:
 * @value: (nullable): a value
 *
 * Gets the MIME type of a Blob or File, which may be empty.
 *
 * Returns: (nullable) (transfer full): the type, or %NULL if @value is neither
 *
 * Since: 0.1
 */
char *
mullion_value_dup_blob_type (JsonNode *value)
{
  return dup_text (get_blob_tag (value), "type");
}

/**
 * mullion_value_new_blob:
 * @buffer: (transfer full): an ArrayBuffer with the bytes
 * @type: (nullable): the MIME type
 *
 * Makes a Blob.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_blob (JsonNode   *buffer,
                        const char *type)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (buffer != NULL, NULL);

  node = mullion_value_new_tag ("blob", &tag);
  json_object_set_string_member (tag, "type", type != NULL ? type : "");
  json_object_set_member (tag, "data", buffer);
  return node;
}

/**
 * mullion_value_dup_file_name:
 * @value: (nullable): a value
 *
 * Gets the name of a File. It is what a page says, and not safe as a part of a path.
 *
 * Returns: (nullable) (transfer full): the name, or %NULL if @value is no File
 *
 * Since: 0.1
 */
char *
mullion_value_dup_file_name (JsonNode *value)
{
  return dup_text (mullion_value_get_tag (value, MULLION_VALUE_FILE), "name");
}

/**
 * mullion_value_get_file_time:
 * @value: (nullable): a value
 * @milliseconds: (out): milliseconds since 1970 in UTC
 *
 * Gets when a File was last changed, as it says itself.
 *
 * Returns: whether @value is a File; @milliseconds is set only then
 *
 * Since: 0.1
 */
gboolean
mullion_value_get_file_time (JsonNode *value,
                             double   *milliseconds)
{
  JsonObject *tag;

  g_return_val_if_fail (milliseconds != NULL, FALSE);

  tag = mullion_value_get_tag (value, MULLION_VALUE_FILE);
  if (tag == NULL)
    return FALSE;

  *milliseconds = json_node_get_double (json_object_get_member (tag, "lastModified"));
  return TRUE;
}

/**
 * mullion_value_new_file:
 * @buffer: (transfer full): an ArrayBuffer with the bytes
 * @name: the name
 * @type: (nullable): the MIME type
 * @milliseconds: when it was last changed, in milliseconds since 1970 in UTC
 *
 * Makes a File.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_file (JsonNode   *buffer,
                        const char *name,
                        const char *type,
                        double      milliseconds)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (fabs (milliseconds) <= MAX_TIME, NULL);

  node = mullion_value_new_tag ("file", &tag);
  json_object_set_string_member (tag, "name", name);
  json_object_set_int_member (tag, "lastModified", (gint64) milliseconds);
  json_object_set_string_member (tag, "type", type != NULL ? type : "");
  json_object_set_member (tag, "data", buffer);
  return node;
}

/**
 * mullion_value_get_file_list:
 * @value: (nullable): a value
 *
 * Gets the files of a FileList.
 *
 * Returns: (nullable) (transfer none): the files, or %NULL if @value is no FileList
 *
 * Since: 0.1
 */
JsonArray *
mullion_value_get_file_list (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_FILE_LIST);

  return tag != NULL ? json_object_get_array_member (tag, "files") : NULL;
}

/**
 * mullion_value_get_image_data:
 * @value: (nullable): a value
 * @width: (out) (optional): its width in pixels
 * @height: (out) (optional): its height in pixels
 *
 * Gets the pixels of an ImageData: red, green, blue and alpha, one byte each, line by line. Width
 * and height are what a page says: compare them with the bytes before you believe them.
 *
 * Returns: (nullable) (transfer none): a view of the bytes, or %NULL if @value is no ImageData
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_image_data (JsonNode *value,
                              guint    *width,
                              guint    *height)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_IMAGE_DATA);

  if (tag == NULL)
    return NULL;

  if (width != NULL)
    *width = (guint) json_object_get_int_member (tag, "width");
  if (height != NULL)
    *height = (guint) json_object_get_int_member (tag, "height");
  return json_object_get_member (tag, "data");
}

/**
 * mullion_value_new_image_data:
 * @buffer: (transfer full): an ArrayBuffer with four bytes for each pixel
 * @width: its width in pixels
 * @height: its height in pixels
 *
 * Makes an ImageData.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_image_data (JsonNode *buffer,
                              guint     width,
                              guint     height)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (buffer != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  node = mullion_value_new_tag ("imagedata", &tag);
  json_object_set_int_member (tag, "width", width);
  json_object_set_int_member (tag, "height", height);
  json_object_set_member (tag, "data",
                          mullion_value_new_view ("Uint8ClampedArray", 0,
                                                  (gsize) width * height * 4, buffer));
  return node;
}

/**
 * mullion_value_dup_geometry:
 * @value: (nullable): a value
 * @type: (out) (optional) (transfer none): its class, such as `DOMRect`
 * @n_numbers: (out): how many numbers it has
 *
 * Gets a point, rectangle, quadrilateral or matrix of the DOM as numbers: x, y, z and w of a
 * DOMPoint; x, y, width and height of a DOMRect; four points of a DOMQuad; the six or sixteen
 * elements of a DOMMatrix, by columns.
 *
 * Returns: (nullable) (transfer full) (array length=n_numbers): the numbers, or %NULL if @value is
 *   none of these; free with g_free()
 *
 * Since: 0.1
 */
double *
mullion_value_dup_geometry (JsonNode    *value,
                            const char **type,
                            gsize       *n_numbers)
{
  JsonObject *tag;
  JsonArray *values;
  double *numbers;

  g_return_val_if_fail (n_numbers != NULL, NULL);

  tag = mullion_value_get_tag (value, MULLION_VALUE_GEOMETRY);
  if (tag == NULL)
    return NULL;

  values = json_object_get_array_member (tag, "values");
  *n_numbers = json_array_get_length (values);
  numbers = g_new0 (double, MAX (*n_numbers, 1));
  for (guint i = 0; i < *n_numbers; i++)
    mullion_value_get_number (json_array_get_element (values, i), &numbers[i]);

  if (type != NULL)
    *type = json_object_get_string_member (tag, "type");
  return numbers;
}

/**
 * mullion_value_new_geometry:
 * @type: its class, such as `DOMRect`
 * @numbers: (array length=n_numbers): the numbers that [func@value_dup_geometry] tells of
 * @n_numbers: how many they are
 *
 * Makes a point, rectangle, quadrilateral or matrix of the DOM.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_geometry (const char   *type,
                            const double *numbers,
                            gsize         n_numbers)
{
  JsonArray *values;
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (type != NULL && mullion_value_is_geometry (type), NULL);
  g_return_val_if_fail (numbers != NULL, NULL);

  values = json_array_sized_new ((guint) n_numbers);
  for (gsize i = 0; i < n_numbers; i++)
    json_array_add_element (values, mullion_value_new_number (numbers[i]));

  node = mullion_value_new_tag ("geometry", &tag);
  json_object_set_string_member (tag, "type", type);
  json_object_set_array_member (tag, "values", values);
  return node;
}
