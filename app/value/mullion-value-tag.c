/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value-tag.h"

#include "mullion-json-access.h"

#include <math.h>
#include <string.h>

/*
 * The tags of values: what each type must hold.
 *
 * Lives in the main process, and reads what pages say: a tag is looked at whole before any of the
 * accessors believes a member of it. What is malformed is MULLION_VALUE_INVALID. The page's side of
 * the same table is preload/values-read.js and its kin.
 */

typedef enum
{
  SHAPE_ANY,
  SHAPE_STRING,    /* a JSON string */
  SHAPE_TEXT,      /* a JSON string, or the tag of one that C cannot hold */
  SHAPE_NUMBER,    /* a JSON number */
  SHAPE_TIME,      /* a number, or null */
  SHAPE_LENGTH,    /* an integer that an array may have as its length */
  SHAPE_NAME,      /* the name of a number that JSON lacks */
  SHAPE_DIGITS,
  SHAPE_ESCAPED,
  SHAPE_PRIMITIVE, /* what a boxed primitive holds */
  SHAPE_ARRAY,
  SHAPE_NUMBERS,
  SHAPE_FILES,
  SHAPE_PAIRS,     /* of a Map */
  SHAPE_MEMBERS,   /* pairs whose first is a text */
  SHAPE_BUFFER,
  SHAPE_VIEW,
  SHAPE_VIEW_TYPE,
  SHAPE_GEOMETRY_TYPE,
} Shape;

typedef struct
{
  const char *name;
  Shape shape;
  gboolean is_optional;
} Member;

typedef struct
{
  const char *type;
  MullionValueKind kind;
  Member members[5];
} Tag;

static const Tag tags[] = {
  { "array", MULLION_VALUE_ARRAY,
    { { "length", SHAPE_LENGTH }, { "entries", SHAPE_MEMBERS } } },
  { "bigint", MULLION_VALUE_BIGINT, { { "value", SHAPE_DIGITS } } },
  { "blob", MULLION_VALUE_BLOB, { { "type", SHAPE_TEXT }, { "data", SHAPE_BUFFER } } },
  { "boxed", MULLION_VALUE_BOXED, { { "value", SHAPE_PRIMITIVE } } },
  { "buffer", MULLION_VALUE_BUFFER, { { NULL } } },
  { "date", MULLION_VALUE_DATE, { { "value", SHAPE_TIME } } },
  { "error", MULLION_VALUE_ERROR,
    { { "name", SHAPE_STRING }, { "message", SHAPE_TEXT, TRUE }, { "stack", SHAPE_TEXT, TRUE },
      { "cause", SHAPE_ANY, TRUE } } },
  { "exception", MULLION_VALUE_EXCEPTION, { { "name", SHAPE_TEXT }, { "message", SHAPE_TEXT } } },
  { "file", MULLION_VALUE_FILE,
    { { "name", SHAPE_TEXT }, { "lastModified", SHAPE_NUMBER }, { "type", SHAPE_TEXT },
      { "data", SHAPE_BUFFER } } },
  { "filelist", MULLION_VALUE_FILE_LIST, { { "files", SHAPE_FILES } } },
  { "geometry", MULLION_VALUE_GEOMETRY,
    { { "type", SHAPE_GEOMETRY_TYPE }, { "values", SHAPE_NUMBERS } } },
  { "imagedata", MULLION_VALUE_IMAGE_DATA,
    { { "width", SHAPE_LENGTH }, { "height", SHAPE_LENGTH },
      { "colorSpace", SHAPE_STRING, TRUE }, { "data", SHAPE_VIEW } } },
  { "map", MULLION_VALUE_MAP, { { "entries", SHAPE_PAIRS } } },
  { "number", MULLION_VALUE_NUMBER, { { "value", SHAPE_NAME } } },
  { "object", MULLION_VALUE_OBJECT, { { "entries", SHAPE_MEMBERS } } },
  { "readable", MULLION_VALUE_READABLE_STREAM, { { NULL } } },
  { "ref", MULLION_VALUE_REFERENCE, { { "id", SHAPE_LENGTH }, { "value", SHAPE_ANY, TRUE } } },
  { "regexp", MULLION_VALUE_REGEXP, { { "source", SHAPE_TEXT }, { "flags", SHAPE_STRING } } },
  { "set", MULLION_VALUE_SET, { { "values", SHAPE_ARRAY } } },
  { "string", MULLION_VALUE_STRING, { { "value", SHAPE_ESCAPED } } },
  { "undefined", MULLION_VALUE_UNDEFINED, { { NULL } } },
  { "view", MULLION_VALUE_VIEW,
    { { "type", SHAPE_VIEW_TYPE }, { "offset", SHAPE_LENGTH }, { "length", SHAPE_LENGTH },
      { "buffer", SHAPE_BUFFER } } },
  { "writable", MULLION_VALUE_WRITABLE_STREAM, { { NULL } } },
};

const char *
mullion_value_get_type_name (guint index)
{
  return index < G_N_ELEMENTS (tags) ? tags[index].type : NULL;
}

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static const char *
peek_string (JsonNode *node)
{
  return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

static JsonArray *
peek_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
mullion_value_is_digits (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;

  return *digits != '\0' && strspn (digits, "0123456789") == strlen (digits);
}

/* Whether each percent sign has its four digits. */
gboolean
mullion_value_is_escaped (const char *text)
{
  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at + 5, '%'))
    for (guint i = 1; i <= 4; i++)
      if (!g_ascii_isxdigit (at[i]) || g_ascii_isupper (at[i]))
        return FALSE;

  return TRUE;
}

gsize
mullion_value_get_element_size (const char *type)
{
  static const struct
  {
    const char *type;
    gsize size;
  } views[] = {
    { "BigInt64Array", 8 }, { "BigUint64Array", 8 }, { "DataView", 1 }, { "Float16Array", 2 },
    { "Float32Array", 4 }, { "Float64Array", 8 }, { "Int16Array", 2 }, { "Int32Array", 4 },
    { "Int8Array", 1 }, { "Uint16Array", 2 }, { "Uint32Array", 4 }, { "Uint8Array", 1 },
    { "Uint8ClampedArray", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    if (strcmp (views[i].type, type) == 0)
      return views[i].size;

  return 0;
}

gboolean
mullion_value_is_view (const char *type)
{
  return mullion_value_get_element_size (type) > 0;
}

gboolean
mullion_value_is_geometry (const char *type)
{
  static const char *const types[] = {
    "DOMMatrix", "DOMMatrixReadOnly", "DOMPoint", "DOMPointReadOnly", "DOMQuad", "DOMRect",
    "DOMRectReadOnly", NULL,
  };

  return g_strv_contains (types, type);
}

static gboolean
is_number_name (const char *name)
{
  static const char *const names[] = { "NaN", "Infinity", "-Infinity", "-0", NULL };

  return g_strv_contains (names, name);
}

static gboolean
is_length (JsonNode *node)
{
  gint64 length;

  if (!holds (node, G_TYPE_INT64))
    return FALSE;

  length = json_node_get_int (node);
  return length >= 0 && length <= MULLION_VALUE_MAX_LENGTH;
}

static gboolean
is_number (JsonNode *node)
{
  return holds (node, G_TYPE_INT64) || holds (node, G_TYPE_DOUBLE);
}

static gboolean
is_text (JsonNode *node)
{
  return mullion_value_get_kind (node) == MULLION_VALUE_STRING;
}

static gboolean
is_file (JsonNode *node)
{
  MullionValueKind kind = mullion_value_get_kind (node);

  return kind == MULLION_VALUE_FILE || kind == MULLION_VALUE_REFERENCE;
}

static gboolean
is_number_value (JsonNode *node)
{
  return mullion_value_get_kind (node) == MULLION_VALUE_NUMBER;
}

static gboolean
is_pair (JsonNode *node)
{
  JsonArray *pair = peek_array (node);

  return pair != NULL && json_array_get_length (pair) == 2;
}

static gboolean
is_member (JsonNode *node)
{
  return is_pair (node) && is_text (json_array_get_element (json_node_get_array (node), 0));
}

static gboolean
is_array_of (JsonNode *node,
             gboolean (*is_item) (JsonNode *item))
{
  JsonArray *array = peek_array (node);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    if (!is_item (json_array_get_element (array, i)))
      return FALSE;

  return array != NULL;
}

static gboolean
is_primitive (JsonNode *node)
{
  switch ((int) mullion_value_get_kind (node))
    {
    case MULLION_VALUE_BOOLEAN:
    case MULLION_VALUE_NUMBER:
    case MULLION_VALUE_BIGINT:
    case MULLION_VALUE_STRING:
      return TRUE;

    default:
      return FALSE;
    }
}

/* Of a buffer with two views the second one has only the number. */
static gboolean
is_kind_or_reference (JsonNode         *node,
                      MullionValueKind  kind)
{
  MullionValueKind found = mullion_value_get_kind (node);

  return found == kind || found == MULLION_VALUE_REFERENCE;
}

static gboolean
has_string (JsonNode *node,
            gboolean (*is_valid) (const char *text))
{
  const char *text = peek_string (node);

  return text != NULL && is_valid (text);
}

static gboolean
has_shape (JsonNode *node,
           Shape     shape)
{
  switch (shape)
    {
    case SHAPE_STRING:
      return holds (node, G_TYPE_STRING);
    case SHAPE_TEXT:
      return is_text (node);
    case SHAPE_NUMBER:
      return is_number (node);
    case SHAPE_TIME:
      return is_number (node) || JSON_NODE_HOLDS_NULL (node);
    case SHAPE_LENGTH:
      return is_length (node);
    case SHAPE_NAME:
      return has_string (node, is_number_name);
    case SHAPE_DIGITS:
      return has_string (node, mullion_value_is_digits);
    case SHAPE_ESCAPED:
      return has_string (node, mullion_value_is_escaped);
    case SHAPE_VIEW_TYPE:
      return has_string (node, mullion_value_is_view);
    case SHAPE_GEOMETRY_TYPE:
      return has_string (node, mullion_value_is_geometry);
    case SHAPE_PRIMITIVE:
      return is_primitive (node);
    case SHAPE_ARRAY:
      return peek_array (node) != NULL;
    case SHAPE_NUMBERS:
      return is_array_of (node, is_number_value);
    case SHAPE_FILES:
      return is_array_of (node, is_file);
    case SHAPE_PAIRS:
      return is_array_of (node, is_pair);
    case SHAPE_MEMBERS:
      return is_array_of (node, is_member);
    case SHAPE_BUFFER:
      return is_kind_or_reference (node, MULLION_VALUE_BUFFER);
    case SHAPE_VIEW:
      return is_kind_or_reference (node, MULLION_VALUE_VIEW);
    case SHAPE_ANY:
    default:
      return TRUE;
    }
}

static gboolean
has_members (JsonObject *object,
             const Tag  *tag)
{
  for (const Member *member = tag->members; member->name != NULL; member++)
    {
      JsonNode *node = json_object_get_member (object, member->name);

      if (node == NULL ? !member->is_optional : !has_shape (node, member->shape))
        return FALSE;
    }

  return TRUE;
}

static MullionValueKind
classify_tag (JsonObject *object)
{
  const char *type = mullion_json_get_string (object, "$mullion");

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_strcmp0 (type, tags[i].type) == 0)
      return has_members (object, &tags[i]) ? tags[i].kind : MULLION_VALUE_INVALID;

  return MULLION_VALUE_INVALID;
}

static MullionValueKind
classify_scalar (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return MULLION_VALUE_STRING;

  if (type == G_TYPE_BOOLEAN)
    return MULLION_VALUE_BOOLEAN;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? MULLION_VALUE_NUMBER
                                                        : MULLION_VALUE_INVALID;
}

JsonNode *
mullion_value_unwrap (JsonNode *value)
{
  while (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    {
      JsonObject *object = json_node_get_object (value);
      JsonNode *named = NULL;

      if (object != NULL && g_strcmp0 (mullion_json_get_string (object, "$mullion"), "ref") == 0)
        named = json_object_get_member (object, "value");
      if (named == NULL)
        break;
      value = named;
    }

  return value;
}

/* Tells what @value is, and gives its tag if it is one. */
MullionValueKind
mullion_value_classify (JsonNode    *value,
                        JsonObject **tag)
{
  JsonNode *node = mullion_value_unwrap (value);
  JsonObject *object;

  *tag = NULL;
  if (node == NULL)
    return MULLION_VALUE_UNDEFINED;

  if (JSON_NODE_HOLDS_NULL (node))
    return MULLION_VALUE_NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node) != NULL ? MULLION_VALUE_ARRAY : MULLION_VALUE_NULL;

  if (JSON_NODE_HOLDS_VALUE (node))
    return classify_scalar (node);

  object = json_node_get_object (node);
  if (object == NULL)
    return MULLION_VALUE_NULL;

  if (!json_object_has_member (object, "$mullion"))
    return MULLION_VALUE_OBJECT;

  *tag = object;
  return classify_tag (object);
}

JsonObject *
mullion_value_get_tag (JsonNode         *value,
                       MullionValueKind  kind)
{
  JsonObject *tag;

  return mullion_value_classify (value, &tag) == kind ? tag : NULL;
}

JsonNode *
mullion_value_new_tag (const char  *type,
                       JsonObject **tag)
{
  JsonNode *node = json_node_alloc ();
  JsonObject *object = json_object_new ();

  json_node_init_object (node, object);
  json_object_unref (object);
  json_object_set_string_member (object, "$mullion", type);
  if (tag != NULL)
    *tag = object;

  return node;
}
