/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-value-tag.h"

#include <math.h>
#include <string.h>

/*
 * The primitives of JavaScript that JSON has no word for: undefined, the rarer numbers, BigInt, and
 * strings that no C string holds.
 */

/**
 * mullion_value_new_undefined:
 *
 * Makes an `undefined`, for places where %NULL cannot stand for it, as in a list.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_undefined (void)
{
  return mullion_value_new_tag ("undefined", NULL);
}

static double
number_of_name (const char *name)
{
  if (strcmp (name, "NaN") == 0)
    return NAN;

  return strcmp (name, "-0") == 0 ? -0.0 : *name == '-' ? -INFINITY : INFINITY;
}

/**
 * mullion_value_get_number:
 * @value: (nullable): a value
 * @number: (out): the number
 *
 * Gets a number of any kind; NaN, the infinities and -0 too, for which JSON has no word.
 *
 * Returns: whether @value is a number; @number is set only then
 *
 * Since: 0.1
 */
gboolean
mullion_value_get_number (JsonNode *value,
                          double   *number)
{
  JsonObject *tag;

  g_return_val_if_fail (number != NULL, FALSE);

  if (mullion_value_classify (value, &tag) != MULLION_VALUE_NUMBER)
    return FALSE;

  *number = tag != NULL ? number_of_name (json_object_get_string_member (tag, "value"))
                        : json_node_get_double (mullion_value_unwrap (value));
  return TRUE;
}

/**
 * mullion_value_new_number:
 * @number: a number
 *
 * Makes a number. It may be NaN, infinite or -0.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_number (double number)
{
  /* The writer makes tags of the numbers that need one. */
  return json_node_init_double (json_node_alloc (), number);
}

/**
 * mullion_value_get_bigint:
 * @value: (nullable): a value
 *
 * Gets the decimal digits of a BigInt, with a minus sign in front if it is negative.
 *
 * Returns: (nullable) (transfer none): the digits, or %NULL if @value is no BigInt
 *
 * Since: 0.1
 */
const char *
mullion_value_get_bigint (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_BIGINT);

  return tag != NULL ? json_object_get_string_member (tag, "value") : NULL;
}

/**
 * mullion_value_get_bigint_int64:
 * @value: (nullable): a value
 * @number: (out): the number
 *
 * Gets a BigInt that fits 64 bits.
 *
 * Returns: whether @value is a BigInt and fits; @number is set only then
 *
 * Since: 0.1
 */
gboolean
mullion_value_get_bigint_int64 (JsonNode *value,
                                gint64   *number)
{
  const char *digits;

  g_return_val_if_fail (number != NULL, FALSE);

  digits = mullion_value_get_bigint (value);
  return digits != NULL &&
         g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, number, NULL);
}

/**
 * mullion_value_new_bigint:
 * @digits: decimal digits, with a minus sign in front if the number is negative
 *
 * Makes a BigInt of any size.
 *
 * Returns: (nullable) (transfer full): the value, or %NULL if @digits are not such
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_bigint (const char *digits)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (digits != NULL, NULL);

  if (!mullion_value_is_digits (digits))
    return NULL;

  node = mullion_value_new_tag ("bigint", &tag);
  json_object_set_string_member (tag, "value", digits);
  return node;
}

/**
 * mullion_value_new_bigint_int64:
 * @number: a number
 *
 * Makes a BigInt of a number.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_bigint_int64 (gint64 number)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  return mullion_value_new_bigint (digits);
}

/* Appends the code units of valid UTF-8. */
static void
append_units (GArray     *units,
              const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);
      guint16 unit = (guint16) character;

      if (character > 0xffff)
        {
          guint16 high = (guint16) (0xd800 + ((character - 0x10000) >> 10));

          g_array_append_val (units, high);
          unit = (guint16) (0xdc00 + ((character - 0x10000) & 0x3ff));
        }
      g_array_append_val (units, unit);
    }
}

static void
unescape (GArray     *units,
          const char *escaped)
{
  g_auto(GStrv) parts = g_strsplit (escaped, "%", -1);

  /* g_strsplit () finds no part in an empty text. */
  if (parts[0] == NULL)
    return;

  append_units (units, parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      g_autofree char *digits = g_strndup (parts[i], 4);
      guint16 unit = (guint16) g_ascii_strtoull (digits, NULL, 16);

      g_array_append_val (units, unit);
      append_units (units, parts[i] + 4);
    }
}

/* (nullable): the code units of a string. */
static GArray *
read_units (JsonNode *value)
{
  JsonObject *tag;
  GArray *units;

  if (mullion_value_classify (value, &tag) != MULLION_VALUE_STRING)
    return NULL;

  units = g_array_new (TRUE, FALSE, sizeof (guint16));
  if (tag != NULL)
    unescape (units, json_object_get_string_member (tag, "value"));
  else
    append_units (units, json_node_get_string (mullion_value_unwrap (value)));

  return units;
}

/**
 * mullion_value_dup_utf16: (skip)
 * @value: (nullable): a value
 * @length: (out): the number of code units
 *
 * Gets a string as JavaScript has it, in UTF-16 that may have halves of surrogate pairs.
 *
 * Returns: (nullable) (transfer full): the code units, with a zero behind them, or %NULL if @value
 *   is no string; free with g_free()
 *
 * Since: 0.1
 */
guint16 *
mullion_value_dup_utf16 (JsonNode *value,
                         gsize    *length)
{
  GArray *units;

  g_return_val_if_fail (length != NULL, NULL);

  units = read_units (value);
  if (units == NULL)
    return NULL;

  *length = units->len;
  return (guint16 *) (void *) g_array_free (units, FALSE);
}

static gboolean
is_low (guint16 unit)
{
  return (unit & 0xfc00) == 0xdc00;
}

/* The character at @i of @units, and how many of them it takes; U+FFFD for half of a pair. */
static gunichar
get_character (GArray *units,
               guint   i,
               guint  *n_units)
{
  guint16 unit = g_array_index (units, guint16, i);
  guint16 next = i + 1 < units->len ? g_array_index (units, guint16, i + 1) : 0;

  *n_units = 1;
  if ((unit & 0xf800) != 0xd800)
    return unit;

  if (is_low (unit) || !is_low (next))
    return 0xfffd;

  *n_units = 2;
  return 0x10000 + (((gunichar) unit & 0x3ff) << 10) + (next & 0x3ff);
}

/**
 * mullion_value_dup_string:
 * @value: (nullable): a value
 * @length: (out) (optional): the number of bytes before the NUL that ends the string
 *
 * Gets a string in UTF-8. It may have a NUL within, which @length tells of. Half of a surrogate
 * pair, which UTF-8 cannot say, becomes U+FFFD.
 *
 * Nearly all strings have neither: those are plain JSON strings, which `json_node_get_string()` and
 * its kin read as well.
 *
 * Returns: (nullable) (transfer full): the string, or %NULL if @value is none
 *
 * Since: 0.1
 */
char *
mullion_value_dup_string (JsonNode *value,
                          gsize    *length)
{
  g_autoptr(GArray) units = NULL;
  GString *text;
  guint n_units;
  JsonObject *tag;

  if (mullion_value_classify (value, &tag) != MULLION_VALUE_STRING)
    return NULL;

  units = tag != NULL ? read_units (value) : NULL;
  text = g_string_new (units == NULL ? json_node_get_string (mullion_value_unwrap (value)) : NULL);
  for (guint i = 0; units != NULL && i < units->len; i += n_units)
    g_string_append_unichar (text, get_character (units, i, &n_units));

  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}

static void
append_escape (GString *text,
               guint16  unit)
{
  g_string_append_printf (text, "%%%04x", unit);
}

/**
 * mullion_value_new_utf16: (skip)
 * @units: code units
 * @length: their number
 *
 * Makes a string of what JavaScript may have in one: any UTF-16.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_utf16 (const guint16 *units,
                         gsize          length)
{
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr(GString) plain = g_string_new (NULL);
  g_autoptr(GString) escaped = g_string_new (NULL);
  gboolean is_plain = TRUE;
  guint n_units;
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (units != NULL || length == 0, NULL);
  g_return_val_if_fail (length <= G_MAXUINT / 2, NULL);

  if (length > 0)
    g_array_append_vals (array, units, (guint) length);

  for (guint i = 0; i < array->len; i += n_units)
    {
      guint16 unit = g_array_index (array, guint16, i);
      gunichar character = get_character (array, i, &n_units);
      gboolean is_half = n_units == 1 && (unit & 0xf800) == 0xd800;

      is_plain = is_plain && unit != 0 && !is_half;
      g_string_append_unichar (plain, character);
      if (unit == 0 || unit == '%' || is_half)
        append_escape (escaped, unit);
      else
        g_string_append_unichar (escaped, character);
    }

  if (is_plain)
    return json_node_init_string (json_node_alloc (), plain->str);

  node = mullion_value_new_tag ("string", &tag);
  json_object_set_string_member (tag, "value", escaped->str);
  return node;
}

/**
 * mullion_value_new_string:
 * @text: bytes
 * @length: their number, or -1 if a NUL ends them
 *
 * Makes a string of text that may have a NUL within. What is no UTF-8 becomes U+FFFD.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_string (const char *text,
                          gssize      length)
{
  g_autoptr(GString) escaped = g_string_new (NULL);
  const char *end;
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (text != NULL, NULL);

  end = text + (length < 0 ? (gssize) strlen (text) : length);
  if (memchr (text, '\0', end - text) == NULL)
    {
      g_autofree char *whole = g_strndup (text, end - text);
      g_autofree char *valid = g_utf8_make_valid (whole, -1);

      return json_node_init_string (json_node_alloc (), valid);
    }

  while (text < end)
    {
      gsize part = strnlen (text, end - text);
      g_autofree char *valid = g_utf8_make_valid (text, (gssize) part);
      g_auto(GStrv) pieces = g_strsplit (valid, "%", -1);
      g_autofree char *quoted = g_strjoinv ("%0025", pieces);

      g_string_append (escaped, quoted);
      text += part;
      if (text < end)
        append_escape (escaped, 0);
      text++;
    }

  node = mullion_value_new_tag ("string", &tag);
  json_object_set_string_member (tag, "value", escaped->str);
  return node;
}

/**
 * mullion_value_get_boxed:
 * @value: (nullable): a value
 *
 * Gets the primitive in an object such as `new Number (1)`.
 *
 * Returns: (nullable) (transfer none): the primitive, or %NULL if @value is no such object
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_get_boxed (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_BOXED);

  return tag != NULL ? json_object_get_member (tag, "value") : NULL;
}

/**
 * mullion_value_new_boxed:
 * @primitive: (transfer full): a boolean, number, BigInt or string
 *
 * Makes an object of a primitive, as `new Number (1)` does.
 *
 * Returns: (transfer full): the value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_boxed (JsonNode *primitive)
{
  JsonObject *tag;
  JsonNode *node;

  g_return_val_if_fail (primitive != NULL, NULL);

  node = mullion_value_new_tag ("boxed", &tag);
  json_object_set_member (tag, "value", primitive);
  return node;
}
