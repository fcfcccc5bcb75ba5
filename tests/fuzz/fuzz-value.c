/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"
#include "mullion-json-writer.h"
#include "mullion-value.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* A value is asked for everything; only what fits its kind may answer, and nothing may warn. */
static void
ask_primitives (JsonNode         *value,
                MullionValueKind  kind)
{
  double number;
  gint64 integer;

  g_assert_true (mullion_value_get_number (value, &number) == (kind == MULLION_VALUE_NUMBER));
  g_assert_true (mullion_value_get_date (value, &number) == (kind == MULLION_VALUE_DATE));
  g_assert_true (mullion_value_get_file_time (value, &number) == (kind == MULLION_VALUE_FILE));
  g_assert_true ((mullion_value_get_bigint (value) != NULL) == (kind == MULLION_VALUE_BIGINT));
  g_assert_true (!mullion_value_get_bigint_int64 (value, &integer) ||
                 kind == MULLION_VALUE_BIGINT);
  g_assert_true ((mullion_value_get_boxed (value) != NULL) == (kind == MULLION_VALUE_BOXED));
}

static void
ask_objects (JsonNode         *value,
             MullionValueKind  kind)
{
  g_assert_true (!(mullion_value_get_array (value) || mullion_value_get_sparse_array (value, NULL)) ==
                 (kind != MULLION_VALUE_ARRAY));
  g_assert_true ((mullion_value_get_map (value) != NULL) == (kind == MULLION_VALUE_MAP));
  g_assert_true ((mullion_value_get_set (value) != NULL) == (kind == MULLION_VALUE_SET));
  g_assert_true ((mullion_value_get_view (value, NULL, NULL, NULL) != NULL) ==
                 (kind == MULLION_VALUE_VIEW));
  g_assert_true ((mullion_value_get_blob (value) != NULL) ==
                 (kind == MULLION_VALUE_BLOB || kind == MULLION_VALUE_FILE));
  g_assert_true ((mullion_value_get_file_list (value) != NULL) == (kind == MULLION_VALUE_FILE_LIST));
  g_assert_true ((mullion_value_get_image_data (value, NULL, NULL) != NULL) ==
                 (kind == MULLION_VALUE_IMAGE_DATA));
  g_assert_true (mullion_value_get_member (value, "a") == NULL || kind == MULLION_VALUE_OBJECT);
  g_assert_true (mullion_value_get_error_cause (value) == NULL || kind == MULLION_VALUE_ERROR);
}

static void
ask_texts (JsonNode         *value,
           MullionValueKind  kind)
{
  const char *flags;
  const char *type;
  gsize n;
  g_autoptr(GDateTime) time = mullion_value_dup_date_time (value);
  g_autofree char *source = mullion_value_dup_regexp (value, &flags);
  g_autofree char *name = mullion_value_dup_error_name (value);
  g_autofree char *message = mullion_value_dup_error_message (value);
  g_autofree char *stack = mullion_value_dup_error_stack (value);
  g_autofree char *mime_type = mullion_value_dup_blob_type (value);
  g_autofree char *file_name = mullion_value_dup_file_name (value);
  g_autofree double *numbers = mullion_value_dup_geometry (value, &type, &n);

  g_assert_true (time == NULL || kind == MULLION_VALUE_DATE);
  g_assert_true ((source != NULL) == (kind == MULLION_VALUE_REGEXP));
  g_assert_true ((name != NULL) ==
                 (kind == MULLION_VALUE_ERROR || kind == MULLION_VALUE_EXCEPTION));
  g_assert_true ((message == NULL && stack == NULL) || name != NULL);
  g_assert_true ((mime_type != NULL) ==
                 (kind == MULLION_VALUE_BLOB || kind == MULLION_VALUE_FILE));
  g_assert_true ((file_name != NULL) == (kind == MULLION_VALUE_FILE));
  g_assert_true ((numbers != NULL) == (kind == MULLION_VALUE_GEOMETRY));
}

/* A string that we make of its units is the same string again. */
static void
ask_string (JsonNode         *value,
            MullionValueKind  kind)
{
  gsize n = 0;
  gsize n_again = 0;
  gsize length = 0;
  g_autofree guint16 *units = mullion_value_dup_utf16 (value, &n);
  g_autofree char *text = mullion_value_dup_string (value, &length);
  g_autofree guint16 *again = NULL;
  g_autoptr(JsonNode) made = NULL;

  g_assert_true ((units != NULL) == (kind == MULLION_VALUE_STRING));
  g_assert_true ((text != NULL) == (kind == MULLION_VALUE_STRING));
  if (units == NULL)
    return;

  g_assert_true (memchr (text, '\0', length) != NULL || g_utf8_validate (text, length, NULL));
  made = mullion_value_new_utf16 (units, n);
  again = mullion_value_dup_utf16 (made, &n_again);
  g_assert_cmpmem (units, 2 * n, again, 2 * n_again);
}

static void
ask (JsonNode *value,
     JsonNode *argument)
{
  MullionValueKind kind = mullion_value_get_kind (value);
  JsonNode *found = mullion_value_resolve (value, argument);

  g_assert_true (found == NULL || mullion_value_get_kind (found) != MULLION_VALUE_REFERENCE);
  ask_primitives (value, kind);
  ask_objects (value, kind);
  ask_texts (value, kind);
  ask_string (value, kind);
}

static void
ask_all (JsonNode *value,
         JsonNode *argument)
{
  ask (value, argument);

  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        ask_all (json_array_get_element (array, i), argument);
    }
  else if (JSON_NODE_HOLDS_OBJECT (value))
    {
      JsonObjectIter iter;
      JsonNode *member = NULL;

      json_object_iter_init (&iter, json_node_get_object (value));
      while (json_object_iter_next (&iter, NULL, &member))
        ask_all (member, argument);
    }
}

/* What becomes plain JSON is the same after a way through a value. */
static void
convert (JsonNode *value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) json = mullion_value_to_json (value, &error);
  g_autoptr(JsonNode) escaped = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (json == NULL)
    {
      g_assert_true (error->domain == MULLION_ERROR);
      return;
    }

  g_assert_no_error (error);
  first = mullion_json_to_string (json);
  escaped = mullion_value_new_from_json (json_node_ref (json));
  again = mullion_value_to_json (escaped, &error);
  g_assert_no_error (error);
  second = mullion_json_to_string (again);
  g_assert_cmpstr (first, ==, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(JsonNode) value = NULL;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  value = mullion_json_read ((const char *) data, size, MULLION_JSON_MAX_DEPTH, NULL);
  if (value == NULL)
    return 0;

  ask_all (value, value);
  convert (value);
  return 0;
}
