/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"
#include "mullion-json-writer.h"
#include "mullion-value-tag.h"
#include "mullion-value.h"

#include <math.h>
#include <string.h>

/* Values as pages write them, and as handlers make them. */

#define BUFFER "{\"$mullion\":\"buffer\",\"data\":\"AAE=\"}"

static JsonNode *
read_value (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *value = mullion_json_read (json, strlen (json), MULLION_JSON_MAX_DEPTH, &error);

  g_assert_no_error (error);
  return value;
}

static JsonNode *
read_tag (const char *members)
{
  g_autofree char *json = g_strdup_printf ("{\"$mullion\":%s}", members);

  return read_value (json);
}

static MullionValueKind
kind_of (const char *json)
{
  g_autoptr(JsonNode) value = read_value (json);

  return mullion_value_get_kind (value);
}

/* Compares a value that a handler made with what a page would write, and lets go of it. */
static void
assert_json (JsonNode   *value,
             const char *expected)
{
  g_autofree char *json = mullion_json_to_string (value);

  g_assert_cmpstr (json, ==, expected);
  json_node_unref (value);
}

static const struct
{
  const char *json;
  MullionValueKind kind;
} good[] = {
  { "null", MULLION_VALUE_NULL },
  { "true", MULLION_VALUE_BOOLEAN },
  { "1", MULLION_VALUE_NUMBER },
  { "1.5", MULLION_VALUE_NUMBER },
  { "\"\"", MULLION_VALUE_STRING },
  { "[]", MULLION_VALUE_ARRAY },
  { "{}", MULLION_VALUE_OBJECT },
  { "{\"$mullion\":\"undefined\"}", MULLION_VALUE_UNDEFINED },
  { "{\"$mullion\":\"number\",\"value\":\"-0\"}", MULLION_VALUE_NUMBER },
  { "{\"$mullion\":\"bigint\",\"value\":\"-12\"}", MULLION_VALUE_BIGINT },
  { "{\"$mullion\":\"string\",\"value\":\"a%d83d\"}", MULLION_VALUE_STRING },
  { "{\"$mullion\":\"date\",\"value\":null}", MULLION_VALUE_DATE },
  { "{\"$mullion\":\"date\",\"value\":1.5}", MULLION_VALUE_DATE },
  { "{\"$mullion\":\"regexp\",\"source\":\"a\",\"flags\":\"\"}", MULLION_VALUE_REGEXP },
  { "{\"$mullion\":\"error\",\"name\":\"Error\"}", MULLION_VALUE_ERROR },
  { "{\"$mullion\":\"exception\",\"name\":\"\",\"message\":\"\"}", MULLION_VALUE_EXCEPTION },
  { "{\"$mullion\":\"boxed\",\"value\":false}", MULLION_VALUE_BOXED },
  { "{\"$mullion\":\"map\",\"entries\":[[1,2]]}", MULLION_VALUE_MAP },
  { "{\"$mullion\":\"set\",\"values\":[[]]}", MULLION_VALUE_SET },
  { "{\"$mullion\":\"array\",\"length\":4294967295,\"entries\":[]}", MULLION_VALUE_ARRAY },
  { "{\"$mullion\":\"object\",\"entries\":[[\"$mullion\",1]]}", MULLION_VALUE_OBJECT },
  { BUFFER, MULLION_VALUE_BUFFER },
  { "{\"$mullion\":\"view\",\"type\":\"DataView\",\"offset\":0,\"length\":2,\"buffer\":" BUFFER "}",
    MULLION_VALUE_VIEW },
  { "{\"$mullion\":\"blob\",\"type\":\"\",\"data\":" BUFFER "}", MULLION_VALUE_BLOB },
  { "{\"$mullion\":\"file\",\"name\":\"a\",\"lastModified\":0,\"type\":\"\",\"data\":" BUFFER "}",
    MULLION_VALUE_FILE },
  { "{\"$mullion\":\"filelist\",\"files\":[]}", MULLION_VALUE_FILE_LIST },
  { "{\"$mullion\":\"imagedata\",\"width\":1,\"height\":1,\"data\":{\"$mullion\":\"view\","
    "\"type\":\"Uint8ClampedArray\",\"offset\":0,\"length\":4,\"buffer\":" BUFFER "}}",
    MULLION_VALUE_IMAGE_DATA },
  { "{\"$mullion\":\"geometry\",\"type\":\"DOMRect\",\"values\":[1,2,3,4]}",
    MULLION_VALUE_GEOMETRY },
  { "{\"$mullion\":\"ref\",\"id\":1}", MULLION_VALUE_REFERENCE },
  { "{\"$mullion\":\"ref\",\"id\":1,\"value\":[]}", MULLION_VALUE_ARRAY },
};

static const char *const bad[] = {
  "1", "null", "{}", "\"nonsense\"", "\"undefined \"", "\"\"",
  "\"number\"", "\"number\",\"value\":1", "\"number\",\"value\":\"1\"",
  "\"bigint\",\"value\":1", "\"bigint\",\"value\":\"\"", "\"bigint\",\"value\":\"-\"",
  "\"bigint\",\"value\":\"0x1\"", "\"bigint\",\"value\":\"1 \"",
  "\"string\"", "\"string\",\"value\":\"%\"", "\"string\",\"value\":\"%00\"",
  "\"string\",\"value\":\"%00g0\"", "\"string\",\"value\":\"%D83D\"",
  "\"date\"", "\"date\",\"value\":\"1\"",
  "\"regexp\",\"source\":\"a\"", "\"regexp\",\"source\":1,\"flags\":\"\"",
  "\"error\"", "\"error\",\"name\":1", "\"error\",\"name\":\"Error\",\"message\":1",
  "\"error\",\"name\":\"Error\",\"stack\":null", "\"exception\",\"name\":\"A\"",
  "\"boxed\"", "\"boxed\",\"value\":null", "\"boxed\",\"value\":{}", "\"boxed\",\"value\":[]",
  "\"map\"", "\"map\",\"entries\":{}", "\"map\",\"entries\":[1]", "\"map\",\"entries\":[[1]]",
  "\"map\",\"entries\":[[1,2,3]]", "\"set\"", "\"set\",\"values\":1",
  "\"array\",\"length\":-1,\"entries\":[]", "\"array\",\"length\":4294967296,\"entries\":[]",
  "\"array\",\"length\":1.5,\"entries\":[]", "\"array\",\"length\":1",
  "\"array\",\"length\":1,\"entries\":[[0,1]]", "\"object\",\"entries\":[[{},1]]",
  "\"view\",\"type\":\"Array\",\"offset\":0,\"length\":1,\"buffer\":" BUFFER,
  "\"view\",\"type\":\"DataView\",\"offset\":-1,\"length\":1,\"buffer\":" BUFFER,
  "\"view\",\"type\":\"DataView\",\"offset\":0,\"length\":1,\"buffer\":[]",
  "\"blob\",\"type\":\"\"", "\"blob\",\"type\":1,\"data\":" BUFFER,
  "\"blob\",\"type\":\"\",\"data\":1",
  "\"file\",\"name\":\"a\",\"type\":\"\",\"data\":" BUFFER, "\"filelist\",\"files\":[1]",
  "\"imagedata\",\"width\":1,\"height\":1,\"data\":" BUFFER,
  "\"geometry\",\"type\":\"Image\",\"values\":[]",
  "\"geometry\",\"type\":\"DOMRect\",\"values\":[[]]",
  "\"ref\"", "\"ref\",\"id\":\"1\"", "\"ref\",\"id\":-1",
};

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpint (kind_of (good[i].json), ==, good[i].kind);

  g_assert_cmpint (mullion_value_get_kind (NULL), ==, MULLION_VALUE_UNDEFINED);
}

/* Each accessor is asked about a value: none may warn, and only the one that fits may answer. */
static guint
count_answers (JsonNode *value)
{
  double number;
  gint64 integer;
  gsize length;
  guint n = 0;

  n += mullion_value_get_number (value, &number);
  n += mullion_value_get_bigint (value) != NULL;
  n += mullion_value_get_boxed (value) != NULL;
  n += mullion_value_get_array (value) != NULL;
  n += mullion_value_get_sparse_array (value, NULL) != NULL;
  n += mullion_value_get_map (value) != NULL;
  n += mullion_value_get_set (value) != NULL;
  n += mullion_value_get_date (value, &number);
  n += mullion_value_get_view (value, NULL, NULL, NULL) != NULL;
  n += mullion_value_get_blob (value) != NULL;
  n += mullion_value_get_file_list (value) != NULL;
  n += mullion_value_get_image_data (value, NULL, NULL) != NULL;

  g_free (mullion_value_dup_error_message (value));
  g_free (mullion_value_dup_file_name (value));
  g_assert_null (mullion_value_get_member (value, "none"));
  g_assert_true (!mullion_value_get_bigint_int64 (value, &integer) || integer == -12);

  {
    g_autofree char *text = mullion_value_dup_string (value, NULL);
    g_autofree guint16 *units = mullion_value_dup_utf16 (value, &length);
    g_autofree char *name = mullion_value_dup_error_name (value);
    g_autofree char *source = mullion_value_dup_regexp (value, NULL);
    g_autofree double *numbers = mullion_value_dup_geometry (value, NULL, &length);

    g_assert_true ((text != NULL) == (units != NULL));
    n += (text != NULL) + (name != NULL) + (source != NULL) + (numbers != NULL);
  }

  return n;
}

static void
test_accessors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(JsonNode) value = read_value (good[i].json);
      gboolean has_accessor = good[i].kind != MULLION_VALUE_UNDEFINED &&
                              good[i].kind != MULLION_VALUE_NULL &&
                              good[i].kind != MULLION_VALUE_BOOLEAN &&
                              good[i].kind != MULLION_VALUE_OBJECT &&
                              good[i].kind != MULLION_VALUE_BUFFER &&
                              good[i].kind != MULLION_VALUE_REFERENCE;

      g_assert_cmpuint (count_answers (value), ==, has_accessor ? 1 : 0);
    }

  g_assert_cmpuint (count_answers (NULL), ==, 0);
}

static void
test_malformed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonNode) value = read_tag (bad[i]);
      g_autoptr(JsonNode) json = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_cmpint (mullion_value_get_kind (value), ==, MULLION_VALUE_INVALID);
      g_assert_cmpuint (count_answers (value), ==, 0);
      json = mullion_value_to_json (value, &error);
      g_assert_null (json);
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
    }
}

/* Nodes that a handler made without a content. */
static void
test_empty_nodes (void)
{
  g_autoptr(JsonNode) object = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) array = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(JsonNode) value = json_node_new (JSON_NODE_VALUE);

  g_assert_cmpint (mullion_value_get_kind (object), ==, MULLION_VALUE_NULL);
  g_assert_cmpint (mullion_value_get_kind (array), ==, MULLION_VALUE_NULL);
  g_assert_cmpint (mullion_value_get_kind (value), ==, MULLION_VALUE_INVALID);
}

static void
test_numbers (void)
{
  const double numbers[] = { 0, -0.0, 1, -1.5, INFINITY, -INFINITY, NAN, 1e300 };
  double number = 42;
  g_autoptr(JsonNode) text = read_value ("\"1\"");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr(JsonNode) value = mullion_value_new_number (numbers[i]);
      g_autofree char *json = mullion_json_to_string (value);
      g_autoptr(JsonNode) again = read_value (json);

      g_assert_true (mullion_value_get_number (again, &number));
      g_assert_true (number == numbers[i] || (isnan (number) && isnan (numbers[i])));
      g_assert_cmpint (signbit (number) != 0 && !isnan (number), ==,
                       signbit (numbers[i]) != 0 && !isnan (numbers[i]));
    }

  number = 42;
  g_assert_false (mullion_value_get_number (text, &number));
  g_assert_cmpfloat (number, ==, 42);
}

static void
test_bigints (void)
{
  const gint64 integers[] = { 0, -1, G_MAXINT64, G_MININT64 };
  g_autoptr(JsonNode) large = mullion_value_new_bigint ("9223372036854775808");
  gint64 integer = 42;

  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autoptr(JsonNode) value = mullion_value_new_bigint_int64 (integers[i]);

      g_assert_true (mullion_value_get_bigint_int64 (value, &integer));
      g_assert_cmpint (integer, ==, integers[i]);
    }

  integer = 42;
  g_assert_cmpstr (mullion_value_get_bigint (large), ==, "9223372036854775808");
  g_assert_false (mullion_value_get_bigint_int64 (large, &integer));
  g_assert_cmpint (integer, ==, 42);
  g_assert_null (mullion_value_new_bigint ("12a"));
  g_assert_null (mullion_value_new_bigint (""));
  assert_json (mullion_value_new_bigint ("-5"), "{\"$mullion\":\"bigint\",\"value\":\"-5\"}");
}

static void
test_strings (void)
{
  const guint16 units[] = { 'a', 0, '%', 0xd83d, 0xde00, 0xde00, 0xd83d, 0x20ac };
  g_autoptr(JsonNode) odd = mullion_value_new_utf16 (units, G_N_ELEMENTS (units));
  g_autoptr(JsonNode) plain = mullion_value_new_utf16 (units + 2, 3);
  gsize length = 0;
  g_autofree guint16 *back = mullion_value_dup_utf16 (odd, &length);
  g_autoptr(JsonNode) empty = read_tag ("\"string\",\"value\":\"\"");
  g_autofree char *text = NULL;

  g_assert_cmpmem (back, length * 2, units, sizeof units);
  text = mullion_value_dup_string (odd, &length);
  g_assert_cmpmem (text, length, "a\0%😀\xef\xbf\xbd\xef\xbf\xbd€", 16);
  g_assert_cmpstr (json_node_get_string (plain), ==, "%😀");

  assert_json (json_node_ref (odd),
               "{\"$mullion\":\"string\",\"value\":\"a%0000%0025😀%de00%d83d€\"}");
  assert_json (mullion_value_new_string ("50%\0x", 5),
               "{\"$mullion\":\"string\",\"value\":\"50%0025%0000x\"}");
  assert_json (mullion_value_new_string ("\0", 1),
               "{\"$mullion\":\"string\",\"value\":\"%0000\"}");
  assert_json (mullion_value_new_string ("50%", -1), "\"50%\"");
  assert_json (mullion_value_new_string ("\xff", -1), "\"\xef\xbf\xbd\"");
  assert_json (mullion_value_new_utf16 (NULL, 0), "\"\"");

  /* Ours writes no such tag, for there is nothing to escape. A page may. */
  g_clear_pointer (&back, g_free);
  back = mullion_value_dup_utf16 (empty, &length);
  g_assert_nonnull (back);
  g_assert_cmpuint (length, ==, 0);
}

static void
test_dates (void)
{
  g_autoptr(GDateTime) time = g_date_time_new_utc (1969, 12, 31, 23, 59, 59.25);
  g_autoptr(JsonNode) value = mullion_value_new_date_time (time);
  g_autoptr(JsonNode) invalid = mullion_value_new_date (NAN);
  g_autoptr(JsonNode) beyond = read_tag ("\"date\",\"value\":1e300");
  g_autoptr(JsonNode) far = mullion_value_new_date (8.64e15);
  g_autoptr(GDateTime) back = mullion_value_dup_date_time (value);
  double milliseconds = 0;

  g_assert_true (g_date_time_equal (time, back));
  g_assert_true (mullion_value_get_date (value, &milliseconds));
  g_assert_cmpfloat (milliseconds, ==, -750);

  g_assert_true (mullion_value_get_date (invalid, &milliseconds));
  g_assert_true (isnan (milliseconds));
  g_assert_null (mullion_value_dup_date_time (invalid));
  g_assert_true (mullion_value_get_date (beyond, &milliseconds));
  g_assert_true (isnan (milliseconds));
  g_assert_true (mullion_value_get_date (far, &milliseconds));
  g_assert_cmpfloat (milliseconds, ==, 8.64e15);
  g_assert_null (mullion_value_dup_date_time (far));
}

static void
test_collections (void)
{
  g_autoptr(JsonNode) map = read_tag ("\"map\",\"entries\":[[\"a\",1],[null,2]]");
  g_autoptr(JsonNode) set = read_tag ("\"set\",\"values\":[1,1]");
  g_autoptr(JsonNode) sparse = read_tag ("\"array\",\"length\":9,\"entries\":[[\"7\",true]]");
  g_autoptr(JsonNode) odd = read_tag ("\"object\",\"entries\":[[\"$mullion\",1],[\"$mullion\",2]]");
  g_autoptr(JsonNode) plain = read_value ("{\"a\":true}");
  guint length = 0;

  g_assert_cmpuint (json_array_get_length (mullion_value_get_map (map)), ==, 2);
  g_assert_cmpuint (json_array_get_length (mullion_value_get_set (set)), ==, 2);
  g_assert_cmpuint (json_array_get_length (mullion_value_get_sparse_array (sparse, &length)), ==,
                    1);
  g_assert_cmpuint (length, ==, 9);
  g_assert_cmpint (json_node_get_int (mullion_value_get_member (odd, "$mullion")), ==, 2);
  g_assert_true (json_node_get_boolean (mullion_value_get_member (plain, "a")));
  g_assert_null (mullion_value_get_member (map, "entries"));

  assert_json (mullion_value_new_set (json_array_new ()), "{\"$mullion\":\"set\",\"values\":[]}");
  assert_json (mullion_value_new_map (json_array_new ()), "{\"$mullion\":\"map\",\"entries\":[]}");
}

static void
test_errors (void)
{
  g_autoptr(JsonNode) value =
    mullion_value_new_error ("TypeError", "bad", mullion_value_new_undefined ());
  g_autoptr(JsonNode) exception = mullion_value_new_exception ("AbortError", "");
  g_autoptr(JsonNode) odd = read_tag ("\"error\",\"name\":\"Error\",\"message\":"
                                      "{\"$mullion\":\"string\",\"value\":\"%d800\"}");
  g_autofree char *name = mullion_value_dup_error_name (value);
  g_autofree char *message = mullion_value_dup_error_message (value);
  g_autofree char *exception_name = mullion_value_dup_error_name (exception);
  g_autofree char *odd_message = mullion_value_dup_error_message (odd);

  g_assert_cmpstr (name, ==, "TypeError");
  g_assert_cmpstr (message, ==, "bad");
  g_assert_null (mullion_value_dup_error_stack (value));
  g_assert_cmpint (mullion_value_get_kind (mullion_value_get_error_cause (value)), ==,
                   MULLION_VALUE_UNDEFINED);
  g_assert_cmpstr (exception_name, ==, "AbortError");
  g_assert_cmpstr (odd_message, ==, "\xef\xbf\xbd");
  g_assert_null (mullion_value_get_error_cause (odd));
  assert_json (mullion_value_new_error ("Mine", NULL, NULL),
               "{\"$mullion\":\"error\",\"name\":\"Error\"}");
}

static void
test_platform (void)
{
  const double numbers[] = { 1, NAN, -0.0, 4 };
  g_autoptr(JsonNode) file = mullion_value_new_file (read_value (BUFFER), "a.txt", "text/plain", 5);
  g_autoptr(JsonNode) image = mullion_value_new_image_data (read_value (BUFFER), 3, 2);
  g_autoptr(JsonNode) rect = mullion_value_new_geometry ("DOMRect", numbers, 4);
  g_autofree char *name = mullion_value_dup_file_name (file);
  g_autofree char *type = mullion_value_dup_blob_type (file);
  g_autofree double *back = NULL;
  const char *class = NULL;
  double time = 0;
  gsize n = 0;
  gsize offset = 7;
  guint width = 0;
  guint height = 0;

  g_assert_cmpstr (name, ==, "a.txt");
  g_assert_cmpstr (type, ==, "text/plain");
  g_assert_true (mullion_value_get_file_time (file, &time));
  g_assert_cmpfloat (time, ==, 5);
  g_assert_cmpint (mullion_value_get_kind (mullion_value_get_blob (file)), ==,
                   MULLION_VALUE_BUFFER);

  g_assert_nonnull (mullion_value_get_image_data (image, &width, &height));
  g_assert_cmpuint (width, ==, 3);
  g_assert_cmpuint (height, ==, 2);
  g_assert_nonnull (mullion_value_get_view (mullion_value_get_image_data (image, NULL, NULL),
                                            &class, &offset, &n));
  g_assert_cmpstr (class, ==, "Uint8ClampedArray");
  g_assert_cmpuint (offset, ==, 0);
  g_assert_cmpuint (n, ==, 24);

  back = mullion_value_dup_geometry (rect, &class, &n);
  g_assert_cmpstr (class, ==, "DOMRect");
  g_assert_cmpuint (n, ==, 4);
  g_assert_true (isnan (back[1]) && signbit (back[2]));

  assert_json (mullion_value_new_blob (read_value (BUFFER), NULL),
               "{\"$mullion\":\"blob\",\"type\":\"\",\"data\":" BUFFER "}");
  assert_json (mullion_value_new_boxed (mullion_value_new_number (1)),
               "{\"$mullion\":\"boxed\",\"value\":1}");
  assert_json (mullion_value_new_regexp ("a", "g"),
               "{\"$mullion\":\"regexp\",\"source\":\"a\",\"flags\":\"g\"}");
}

static void
test_references (void)
{
  g_autoptr(JsonNode) argument =
    read_value ("[{\"$mullion\":\"ref\",\"id\":3,\"value\":{\"a\":1}},"
                "{\"$mullion\":\"ref\",\"id\":3},{\"$mullion\":\"ref\",\"id\":4},"
                "{\"$mullion\":\"ref\",\"id\":5,\"value\":{\"$mullion\":\"ref\",\"id\":5}},"
                "{\"$mullion\":\"ref\",\"id\":5}]");
  JsonArray *items = mullion_value_get_array (argument);
  JsonNode *first = mullion_value_resolve (json_array_get_element (items, 0), argument);

  g_assert_nonnull (first);
  g_assert_true (first == mullion_value_resolve (json_array_get_element (items, 1), argument));
  g_assert_nonnull (mullion_value_get_member (json_array_get_element (items, 0), "a"));
  g_assert_null (mullion_value_resolve (json_array_get_element (items, 2), argument));
  g_assert_null (mullion_value_resolve (json_array_get_element (items, 4), argument));
  g_assert_true (mullion_value_resolve (argument, argument) == argument);
}

static void
assert_to_json (const char *value,
                const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = read_value (value);
  JsonNode *json = mullion_value_to_json (node, &error);

  g_assert_no_error (error);
  assert_json (json, expected);
}

static void
test_to_json (void)
{
  assert_to_json ("{\"a\":[1,null,\"x\"],\"u\":{\"$mullion\":\"undefined\"}}",
                  "{\"a\":[1,null,\"x\"]}");
  assert_to_json ("[{\"$mullion\":\"undefined\"},{\"$mullion\":\"number\",\"value\":\"NaN\"},"
                  "{\"$mullion\":\"number\",\"value\":\"-0\"}]", "[null,null,0]");
  assert_to_json ("{\"$mullion\":\"date\",\"value\":-750}", "\"1969-12-31T23:59:59.250Z\"");
  assert_to_json ("{\"$mullion\":\"date\",\"value\":null}", "null");
  assert_to_json ("{\"$mullion\":\"string\",\"value\":\"a%0000b%d800\"}",
                  "\"a\xef\xbf\xbd" "b\xef\xbf\xbd\"");
  assert_to_json ("{\"$mullion\":\"boxed\",\"value\":\"s\"}", "\"s\"");
  assert_to_json ("{\"$mullion\":\"set\",\"values\":[1]}", "{}");
  assert_to_json ("{\"$mullion\":\"array\",\"length\":3,\"entries\":[[\"1\",true],[\"x\",1]]}",
                  "[null,true,null]");
  assert_to_json ("{\"$mullion\":\"object\",\"entries\":[[\"$mullion\",\"map\"]]}",
                  "{\"$mullion\":\"map\"}");
  assert_to_json ("[{\"$mullion\":\"ref\",\"id\":1,\"value\":{\"a\":1}},"
                  "{\"$mullion\":\"ref\",\"id\":1}]", "[{\"a\":1},{\"a\":1}]");
}

static void
assert_no_json (const char   *value,
                MullionError  code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = read_value (value);

  g_assert_null (mullion_value_to_json (node, &error));
  g_assert_error (error, MULLION_ERROR, (int) code);
}

static void
test_no_json (void)
{
  g_autoptr(GString) laughs = g_string_new ("[{\"$mullion\":\"ref\",\"id\":0,\"value\":[]}");

  assert_no_json ("[{\"$mullion\":\"bigint\",\"value\":\"1\"}]", MULLION_ERROR_INVALID_ARGUMENT);
  assert_no_json ("{\"$mullion\":\"ref\",\"id\":1,\"value\":[{\"$mullion\":\"ref\",\"id\":1}]}",
                  MULLION_ERROR_INVALID_ARGUMENT);
  assert_no_json ("[{\"$mullion\":\"ref\",\"id\":1},{\"$mullion\":\"ref\",\"id\":1,\"value\":[]}]",
                  MULLION_ERROR_INVALID_ARGUMENT);
  assert_no_json ("{\"$mullion\":\"array\",\"length\":4294967295,\"entries\":[]}",
                  MULLION_ERROR_TOO_LARGE);

  /* Each array holds the one before it ten times. */
  for (int i = 1; i <= 30; i++)
    {
      g_string_append_printf (laughs, ",{\"$mullion\":\"ref\",\"id\":%d,\"value\":[", i);
      for (int j = 0; j < 10; j++)
        g_string_append_printf (laughs, "%s{\"$mullion\":\"ref\",\"id\":%d}", j > 0 ? "," : "",
                                i - 1);
      g_string_append (laughs, "]}");
    }
  g_string_append_c (laughs, ']');
  assert_no_json (laughs->str, MULLION_ERROR_TOO_LARGE);
}

static void
test_from_json (void)
{
  JsonNode *json = read_value ("[{\"$mullion\":\"undefined\",\"a\":{\"$mullion\":1}},{\"b\":1}]");
  g_autoptr(JsonNode) value = mullion_value_new_from_json (json);
  g_autofree char *text = mullion_json_to_string (value);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (text, ==,
                   "[{\"$mullion\":\"object\",\"entries\":[[\"$mullion\",\"undefined\"],"
                   "[\"a\",{\"$mullion\":\"object\",\"entries\":[[\"$mullion\",1]]}]]},{\"b\":1}]");
  assert_json (mullion_value_to_json (value, &error),
               "[{\"$mullion\":\"undefined\",\"a\":{\"$mullion\":1}},{\"b\":1}]");
  g_assert_no_error (error);
}

/* Tags within tags as deep as the wire allows. */
static void
test_depth (void)
{
  static const char *const shells[] = {
    "[", "{\"a\":", "{\"$mullion\":\"boxed\",\"value\":", "{\"$mullion\":\"set\",\"values\":[",
    "{\"$mullion\":\"ref\",\"id\":1,\"value\":", "{\"$mullion\":\"filelist\",\"files\":[",
    "{\"$mullion\":\"view\",\"type\":\"DataView\",\"offset\":0,\"length\":0,\"buffer\":",
  };
  static const char *const ends[] = { "]", "}", "}", "]}", "}", "]}", "}" };

  for (guint i = 0; i < G_N_ELEMENTS (shells); i++)
    {
      g_autoptr(GString) json = g_string_new (NULL);
      g_autoptr(JsonNode) value = NULL;
      g_autoptr(JsonNode) plain = NULL;

      for (guint j = 0; j < 999; j++)
        g_string_append (json, shells[i]);
      g_string_append_c (json, '1');
      for (guint j = 0; j < 999; j++)
        g_string_append (json, ends[i]);

      value = read_value (json->str);
      count_answers (value);
      mullion_value_resolve (value, value);
      plain = mullion_value_to_json (value, NULL);
    }
}

/* The table of the documents has the types that there are, and no other. */
static void
test_documents (void)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  const char *type;
  guint n = 0;
  guint rows = 0;

  g_file_get_contents (VALUES_PAGE, &text, NULL, &error);
  g_assert_no_error (error);

  for (n = 0; (type = mullion_value_get_type_name (n)) != NULL; n++)
    {
      g_autofree char *cell = g_strdup_printf (" | `%s` | ", type);

      g_test_message ("%s", type);
      g_assert_nonnull (strstr (text, cell));
    }

  for (const char *row = strstr (text, "\n| ---"); row[2] == ' '; row = strchr (row + 1, '\n'))
    rows++;
  g_assert_cmpuint (rows - 1, ==, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/kinds", test_kinds);
  g_test_add_func ("/value/accessors", test_accessors);
  g_test_add_func ("/value/malformed", test_malformed);
  g_test_add_func ("/value/empty-nodes", test_empty_nodes);
  g_test_add_func ("/value/numbers", test_numbers);
  g_test_add_func ("/value/bigints", test_bigints);
  g_test_add_func ("/value/strings", test_strings);
  g_test_add_func ("/value/dates", test_dates);
  g_test_add_func ("/value/collections", test_collections);
  g_test_add_func ("/value/errors", test_errors);
  g_test_add_func ("/value/platform", test_platform);
  g_test_add_func ("/value/references", test_references);
  g_test_add_func ("/value/to-json", test_to_json);
  g_test_add_func ("/value/no-json", test_no_json);
  g_test_add_func ("/value/from-json", test_from_json);
  g_test_add_func ("/value/depth", test_depth);
  g_test_add_func ("/value/documents", test_documents);

  return g_test_run ();
}
