/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-v8-writer.h"

#include "mullion-json-access.h"
#include "mullion-json-measure.h"
#include "mullion-json-reader.h"
#include "mullion-message-error.h"
#include "mullion-v8-bigint.h"
#include "mullion-v8-format.h"
#include "mullion-value-tag.h"

#include <math.h>
#include <string.h>

/*
 * Values of messages, as V8 reads them.
 *
 * Lives in the main process. A value may come from a page, which is hostile: what it names need not be
 * there, and a few bytes of it could name many times as many.
 *
 * V8 counts objects as they begin, and so does this: an object that is met again is its number.
 */

typedef struct
{
  GString *out;
  guint depth;
  guint32 n_objects;
  guint64 effort;      /* of BigInts */
  GHashTable *named;   /* name of a value → the value (unowned) */
  GHashTable *numbers; /* name of a value → its number, counted from 1 */
  GError *error;       /* (nullable) */
} Writer;

typedef void (*WriteFunc) (Writer   *self,
                           JsonNode *value);

static void write_value (Writer   *self,
                         JsonNode *value);

static void
fail (Writer     *self,
      int         code,
      const char *text)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (MULLION_MESSAGE_ERROR, code, text);
}

/* -- Bytes -- */

static void
put_tag (Writer *self,
         guint8  tag)
{
  g_string_append_c (self->out, (char) tag);
}

static void
put_number (Writer  *self,
            guint32  number)
{
  for (; number >= 0x80; number >>= 7)
    put_tag (self, (guint8) (number | 0x80));
  put_tag (self, (guint8) number);
}

static void
put_bytes (Writer     *self,
           const void *bytes,
           gsize       length)
{
  if (self->out->len + length > MULLION_JSON_MAX_MEMORY)
    fail (self, MULLION_MESSAGE_ERROR_TOO_LARGE, "The value has too many bytes");
  else
    g_string_append_len (self->out, bytes, (gssize) length);
}

static void
put_double (Writer *self,
            double  number)
{
  put_bytes (self, &number, sizeof number);
}

static void
put_text (Writer     *self,
          const char *text)
{
  gsize length = strlen (text);

  put_tag (self, V8_UTF8);
  put_number (self, (guint32) length);
  put_bytes (self, text, length);
}

/* -- Primitives -- */

static void
write_undefined (Writer   *self,
                 JsonNode *value)
{
  put_tag (self, V8_UNDEFINED);
}

static void
write_null (Writer   *self,
            JsonNode *value)
{
  put_tag (self, V8_NULL);
}

static void
write_boolean (Writer   *self,
               JsonNode *value)
{
  put_tag (self, json_node_get_boolean (mullion_value_unwrap (value)) ? V8_TRUE : V8_FALSE);
}

static void
write_number (Writer   *self,
              JsonNode *value)
{
  double number = 0;
  gint32 integer;

  mullion_value_get_number (value, &number);
  integer = number >= G_MININT32 && number <= G_MAXINT32 ? (gint32) number : 0;
  if (integer == number && !(integer == 0 && signbit (number)))
    {
      put_tag (self, V8_INT32);
      put_number (self, ((guint32) integer << 1) ^ (guint32) (integer >> 31));
    }
  else
    {
      put_tag (self, V8_DOUBLE);
      put_double (self, number);
    }
}

static void
put_bigint (Writer   *self,
            JsonNode *value)
{
  const char *digits = mullion_value_get_bigint (value);
  g_autoptr(GByteArray) bytes = mullion_v8_bigint_write (digits, &self->effort);

  if (bytes == NULL)
    {
      fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "A BigInt has too many digits, or all of them have");
      return;
    }

  /* There is no -0. */
  put_number (self, bytes->len << 1 | (*digits == '-' && bytes->len > 0));
  put_bytes (self, bytes->data, bytes->len);
}

static void
write_bigint (Writer   *self,
              JsonNode *value)
{
  put_tag (self, V8_BIGINT);
  put_bigint (self, value);
}

/* What no text in C holds is written as JavaScript has it. */
static void
write_string (Writer   *self,
              JsonNode *value)
{
  JsonNode *node = mullion_value_unwrap (value);
  g_autofree guint16 *units = NULL;
  gsize length = 0;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      put_text (self, json_node_get_string (node));
      return;
    }

  units = mullion_value_dup_utf16 (value, &length);
  put_tag (self, V8_UTF16);
  put_number (self, (guint32) (2 * length));
  put_bytes (self, units, 2 * length);
}

/* -- Objects -- */

/* @entries: pairs of a key and a value */
static void
put_entries (Writer    *self,
             JsonArray *entries)
{
  guint length = json_array_get_length (entries);

  for (guint i = 0; self->error == NULL && i < length; i++)
    {
      JsonArray *entry = json_array_get_array_element (entries, i);

      write_value (self, json_array_get_element (entry, 0));
      write_value (self, json_array_get_element (entry, 1));
    }
}

static void
write_object (Writer   *self,
              JsonNode *value)
{
  JsonObject *object = json_node_get_object (mullion_value_unwrap (value));
  guint n = json_object_get_size (object);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member = NULL;

  put_tag (self, V8_OBJECT);
  if (json_object_has_member (object, "$mullion"))
    {
      JsonArray *entries = json_object_get_array_member (object, "entries");

      n = json_array_get_length (entries);
      put_entries (self, entries);
    }
  else
    {
      json_object_iter_init_ordered (&iter, object);
      while (self->error == NULL && json_object_iter_next_ordered (&iter, &name, &member))
        {
          put_text (self, name);
          write_value (self, member);
        }
    }
  put_tag (self, V8_OBJECT_END);
  put_number (self, n);
}

static void
write_sparse_array (Writer   *self,
                    JsonNode *value)
{
  guint length = 0;
  JsonArray *entries = mullion_value_get_sparse_array (value, &length);

  put_tag (self, V8_SPARSE_ARRAY);
  put_number (self, length);
  put_entries (self, entries);
  put_tag (self, V8_SPARSE_ARRAY_END);
  put_number (self, json_array_get_length (entries));
  put_number (self, length);
}

static void
put_elements (Writer    *self,
              JsonArray *elements)
{
  guint length = json_array_get_length (elements);

  for (guint i = 0; self->error == NULL && i < length; i++)
    write_value (self, json_array_get_element (elements, i));
}

static void
write_array (Writer   *self,
             JsonNode *value)
{
  JsonArray *elements = mullion_value_get_array (value);
  guint length;

  if (elements == NULL)
    {
      write_sparse_array (self, value);
      return;
    }

  length = json_array_get_length (elements);
  put_tag (self, V8_DENSE_ARRAY);
  put_number (self, length);
  put_elements (self, elements);
  put_tag (self, V8_DENSE_ARRAY_END);
  put_number (self, 0);
  put_number (self, length);
}

static void
write_map (Writer   *self,
           JsonNode *value)
{
  JsonArray *entries = mullion_value_get_map (value);

  put_tag (self, V8_MAP);
  put_entries (self, entries);
  put_tag (self, V8_MAP_END);
  put_number (self, 2 * json_array_get_length (entries));
}

static void
write_set (Writer   *self,
           JsonNode *value)
{
  JsonArray *values = mullion_value_get_set (value);

  put_tag (self, V8_SET);
  put_elements (self, values);
  put_tag (self, V8_SET_END);
  put_number (self, json_array_get_length (values));
}

static void
write_date (Writer   *self,
            JsonNode *value)
{
  double milliseconds = NAN;

  mullion_value_get_date (value, &milliseconds);
  put_tag (self, V8_DATE);
  put_double (self, milliseconds);
}

static void
write_boxed (Writer   *self,
             JsonNode *value)
{
  JsonNode *primitive = mullion_value_get_boxed (value);
  double number = 0;

  switch ((int) mullion_value_get_kind (primitive))
    {
    case MULLION_VALUE_NUMBER:
      mullion_value_get_number (primitive, &number);
      put_tag (self, V8_BOXED_NUMBER);
      put_double (self, number);
      break;
    case MULLION_VALUE_BIGINT:
      put_tag (self, V8_BOXED_BIGINT);
      put_bigint (self, primitive);
      break;
    case MULLION_VALUE_STRING:
      put_tag (self, V8_BOXED_STRING);
      write_string (self, primitive);
      break;
    default:
      put_tag (self, json_node_get_boolean (mullion_value_unwrap (primitive)) ? V8_BOXED_TRUE
                                                                             : V8_BOXED_FALSE);
    }
}

static void
write_regexp (Writer   *self,
              JsonNode *value)
{
  static const MullionV8Name names[] = MULLION_V8_FLAGS;
  const char *flags = NULL;
  g_autofree char *source = mullion_value_dup_regexp (value, &flags);
  guint32 bits = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (flags, names[i].name) != NULL)
      bits |= names[i].value;

  put_tag (self, V8_REGEXP);
  put_text (self, source);
  put_number (self, bits);
}

/* A DOMException is an Error there. The cause stays behind: Node.js reads it from 20 on, and those
 * before end of it. */
static void
write_error (Writer   *self,
             JsonNode *value)
{
  static const MullionV8Name classes[] = MULLION_V8_ERRORS;
  g_autofree char *name = mullion_value_dup_error_name (value);
  g_autofree char *message = mullion_value_dup_error_message (value);
  g_autofree char *stack = mullion_value_dup_error_stack (value);

  put_tag (self, V8_ERROR);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].name, name))
      put_tag (self, (guint8) classes[i].value);
  if (message != NULL)
    {
      put_tag (self, V8_ERROR_MESSAGE);
      put_text (self, message);
    }
  if (stack != NULL)
    {
      put_tag (self, V8_ERROR_STACK);
      put_text (self, stack);
    }
  put_tag (self, V8_ERROR_END);
}

/* -- Bytes -- */

static void
put_gbytes (Writer *self,
            GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  put_number (self, (guint32) length);
  if (length > 0)
    put_bytes (self, data, length);
}

static void
write_buffer (Writer   *self,
              JsonNode *value)
{
  g_autoptr(GBytes) bytes = mullion_value_dup_bytes (value);

  if (bytes == NULL)
    {
      fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "The bytes of an ArrayBuffer are gone");
      return;
    }

  put_tag (self, V8_ARRAY_BUFFER);
  put_gbytes (self, bytes);
}

/* Notes the name that a value has where it stands first. */
static JsonNode *
unwrap (Writer   *self,
        JsonNode *value,
        gboolean  is_object)
{
  JsonNode *inner = mullion_value_unwrap (value);

  while (value != inner)
    {
      JsonObject *object = json_node_get_object (value);
      gint64 name = mullion_json_get_int (object, "id", -1);

      g_hash_table_insert (self->named, GSIZE_TO_POINTER ((gsize) name), inner);
      if (is_object)
        g_hash_table_insert (self->numbers, GSIZE_TO_POINTER ((gsize) name),
                             GUINT_TO_POINTER (self->n_objects));
      value = json_object_get_member (object, "value");
    }

  return inner;
}

/* (nullable): where the bytes of a view are: its own buffer, or one that was named before. */
static JsonNode *
find_buffer (Writer   *self,
             JsonNode *buffer)
{
  JsonObject *reference = mullion_value_get_tag (buffer, MULLION_VALUE_REFERENCE);

  if (reference == NULL)
    return unwrap (self, buffer, FALSE);

  return g_hash_table_lookup (self->named,
                              GSIZE_TO_POINTER ((gsize) json_object_get_int_member (reference, "id")));
}

static void
write_view (Writer   *self,
            JsonNode *value)
{
  static const MullionV8Name classes[] = MULLION_V8_VIEWS;
  const char *type = NULL;
  gsize offset = 0;
  gsize length = 0;
  JsonNode *buffer = find_buffer (self, mullion_value_get_view (value, &type, &offset, &length));
  g_autoptr(GBytes) all = mullion_value_dup_bytes (buffer);
  g_autoptr(GBytes) shown = NULL;
  gsize size = mullion_value_get_element_size (type);
  gsize n_bytes = all != NULL ? g_bytes_get_size (all) : 0;
  guint32 class = 0;

  while (class < G_N_ELEMENTS (classes) && !g_str_equal (classes[class].name, type))
    class++;
  if (all == NULL || offset > n_bytes || length > (n_bytes - offset) / size ||
      class == G_N_ELEMENTS (classes))
    {
      fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED,
            "A view of bytes shows none, or is of an unknown class");
      return;
    }

  shown = g_bytes_new_from_bytes (all, offset, length * size);
  put_tag (self, V8_HOST_OBJECT);
  put_number (self, MULLION_V8_HOST_VIEW);
  put_number (self, class);
  put_gbytes (self, shown);
}

/* -- All of them -- */

/* A buffer that only a view had until now is none that V8 has counted. */
static void
write_reference (Writer   *self,
                 JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_REFERENCE);
  gpointer name = GSIZE_TO_POINTER ((gsize) json_object_get_int_member (tag, "id"));
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));
  JsonNode *named = g_hash_table_lookup (self->named, name);

  if (number > 0)
    {
      put_tag (self, V8_REFERENCE);
      put_number (self, number - 1);
    }
  else if (named != NULL && mullion_value_get_kind (named) == MULLION_VALUE_BUFFER)
    {
      g_hash_table_insert (self->numbers, name, GUINT_TO_POINTER (self->n_objects + 1));
      write_value (self, named);
    }
  else
    fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "A value names an object that is not there");
}

/* Those without a function have no form in V8's format, or there is none that Node.js reads. */
static const struct
{
  WriteFunc write;
  gboolean is_object; /* one that V8 counts */
} forms[] = {
  [MULLION_VALUE_UNDEFINED] = { write_undefined, FALSE },
  [MULLION_VALUE_NULL] = { write_null, FALSE },
  [MULLION_VALUE_BOOLEAN] = { write_boolean, FALSE },
  [MULLION_VALUE_NUMBER] = { write_number, FALSE },
  [MULLION_VALUE_BIGINT] = { write_bigint, FALSE },
  [MULLION_VALUE_STRING] = { write_string, FALSE },
  [MULLION_VALUE_ARRAY] = { write_array, TRUE },
  [MULLION_VALUE_OBJECT] = { write_object, TRUE },
  [MULLION_VALUE_DATE] = { write_date, TRUE },
  [MULLION_VALUE_REGEXP] = { write_regexp, TRUE },
  [MULLION_VALUE_ERROR] = { write_error, TRUE },
  [MULLION_VALUE_EXCEPTION] = { write_error, TRUE },
  [MULLION_VALUE_BOXED] = { write_boxed, TRUE },
  [MULLION_VALUE_MAP] = { write_map, TRUE },
  [MULLION_VALUE_SET] = { write_set, TRUE },
  [MULLION_VALUE_BUFFER] = { write_buffer, TRUE },
  [MULLION_VALUE_VIEW] = { write_view, TRUE },
  [MULLION_VALUE_REFERENCE] = { write_reference, FALSE },
};

static void
write_value (Writer   *self,
             JsonNode *value)
{
  MullionValueKind kind = mullion_value_get_kind (value);

  if (kind >= G_N_ELEMENTS (forms) || forms[kind].write == NULL)
    fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED,
          "A Blob, a stream or another object of the web platform cannot be said to Node.js");
  else if (self->depth == MULLION_JSON_MAX_DEPTH)
    fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "The value is nested too deeply");
  else if (self->out->len > MULLION_JSON_MAX_MEMORY)
    fail (self, MULLION_MESSAGE_ERROR_TOO_LARGE, "The value has too many bytes");
  if (self->error != NULL)
    return;

  self->n_objects += forms[kind].is_object;
  self->depth++;
  forms[kind].write (self, unwrap (self, value, forms[kind].is_object));
  self->depth--;
}

gboolean
mullion_v8_write (GString   *out,
                  JsonNode  *value,
                  GError   **error)
{
  g_autoptr(GHashTable) named = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) numbers = g_hash_table_new (NULL, NULL);
  Writer self = { .out = out, .named = named, .numbers = numbers };

  put_tag (&self, V8_VERSION);
  put_tag (&self, MULLION_V8_VERSION);
  write_value (&self, value);
  if (self.error == NULL)
    return TRUE;

  g_propagate_error (error, self.error);
  return FALSE;
}
