/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "json-text.h"

#include <math.h>

/* The reader and the writer of the wire's JSON, without a wire. */

/* What is read from `in` is written as `out`, or as `in` where that is NULL. */
static const struct
{
  const char *in;
  const char *out;
} accepted[] = {
  { "null" },
  { "true" },
  { "false" },
  { "0" },
  { "-1" },
  { "\"\"" },
  { "[]" },
  { "{}" },
  { "[[],{},[{}]]" },
  { "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"}}" },
  { " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } , \"c\" : [ ] }\n ",
    "{\"a\":[1,2],\"b\":{},\"c\":[]}" },
  { "{\"z\":1,\"a\":2,\"10\":3,\"9\":4}" },
  { "{\"\":{\"\":0}}" },
  { "{\"a\":1,\"b\":2,\"a\":[3]}", "{\"a\":[3],\"b\":2}" },
  { "{\"\\u0061\":1,\"a\":2}", "{\"a\":2}" },
  { "{\"__proto__\":1,\"$mullion\":\"date\"}" },
  { "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "\"a\\\"b\\\\c/d\\b\\f\\n\\r\\t\"" },
  { "\"\\u0001\\u001F\\u0020\\u007f\"", "\"\\u0001\\u001f \177\"" },
  { "\"\\u00e4\\u20AC\\ud83d\\uDE00\"", "\"\303\244\342\202\254\360\237\230\200\"" },
  { "\"\303\244\342\202\254\360\237\230\200\"" },
  { "\"\\uFFFF\\ufffe\\uFDD0\"", "\"\357\277\277\357\277\276\357\267\220\"" },
  { "\"\342\200\250\342\200\251\"" },
  { "\"\302\200\337\277\340\240\200\355\237\277\356\200\200\360\220\200\200\364\217\277\277\"" },
  { "\"twelve bytes\\nand more than a word of text\"" },
  { "\"1234567\303\2441234567\\\\1234567\"" },
};

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(JsonNode) node = read_text (accepted[i].in);

      assert_written (node, accepted[i].out != NULL ? accepted[i].out : accepted[i].in);
    }
}

static const struct
{
  const char *text;
  MullionJsonError code;
  const char *message;
} refused[] = {
  { "", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 0: expected a value, not the end" },
  { "  ", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 2: expected a value, not the end" },
  { "nul", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 0: expected a value, not 'n'" },
  { "nulL", MULLION_JSON_ERROR_SYNTAX },
  { "nullx", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 4: expected the end, not 'x'" },
  { "True", MULLION_JSON_ERROR_SYNTAX },
  { "undefined", MULLION_JSON_ERROR_SYNTAX },
  { "NaN", MULLION_JSON_ERROR_SYNTAX },
  { "Infinity", MULLION_JSON_ERROR_SYNTAX },
  { "-Infinity", MULLION_JSON_ERROR_SYNTAX },
  { "1 2", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 2: expected the end, not '2'" },
  { "{}{}", MULLION_JSON_ERROR_SYNTAX },
  { "[1,]", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 3: expected a value, not ']'" },
  { "[,1]", MULLION_JSON_ERROR_SYNTAX },
  { "[1,,2]", MULLION_JSON_ERROR_SYNTAX },
  { "[1 2]", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 3: expected ',' or ']', not '2'" },
  { "[1", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 2: expected ',' or ']', not the end" },
  { "[1}", MULLION_JSON_ERROR_SYNTAX },
  { "[", MULLION_JSON_ERROR_SYNTAX },
  { "]", MULLION_JSON_ERROR_SYNTAX },
  { "{", MULLION_JSON_ERROR_SYNTAX },
  { "{\"a\":1,}", MULLION_JSON_ERROR_SYNTAX },
  { "{,}", MULLION_JSON_ERROR_SYNTAX },
  { "{a:1}", MULLION_JSON_ERROR_SYNTAX,
    "Invalid JSON at byte 1: expected a name in quotes, not 'a'" },
  { "{1:1}", MULLION_JSON_ERROR_SYNTAX },
  { "{\"a\"}", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 4: expected ':', not '}'" },
  { "{\"a\" 1}", MULLION_JSON_ERROR_SYNTAX },
  { "{\"a\":}", MULLION_JSON_ERROR_SYNTAX },
  { "{\"a\":1 \"b\":2}", MULLION_JSON_ERROR_SYNTAX },
  { "{\"a\":1]", MULLION_JSON_ERROR_SYNTAX },
  { "'a'", MULLION_JSON_ERROR_SYNTAX },
  { "var x = 1;", MULLION_JSON_ERROR_SYNTAX },
  { "/* c */ 1", MULLION_JSON_ERROR_SYNTAX },
  { "1 // c", MULLION_JSON_ERROR_SYNTAX },
  { "\357\273\2771", MULLION_JSON_ERROR_SYNTAX,
    "Invalid JSON at byte 0: expected a value, not 0xef" },
  { "\302\2401", MULLION_JSON_ERROR_SYNTAX },
  { "\v1", MULLION_JSON_ERROR_SYNTAX },
  { "\f1", MULLION_JSON_ERROR_SYNTAX },

  { "01", MULLION_JSON_ERROR_SYNTAX },
  { "-01", MULLION_JSON_ERROR_SYNTAX },
  { "+1", MULLION_JSON_ERROR_SYNTAX },
  { "-", MULLION_JSON_ERROR_SYNTAX, "Invalid JSON at byte 1: expected a digit, not the end" },
  { "--1", MULLION_JSON_ERROR_SYNTAX },
  { ".5", MULLION_JSON_ERROR_SYNTAX },
  { "5.", MULLION_JSON_ERROR_SYNTAX },
  { "5.e1", MULLION_JSON_ERROR_SYNTAX },
  { "1e", MULLION_JSON_ERROR_SYNTAX },
  { "1e+", MULLION_JSON_ERROR_SYNTAX },
  { "1e1.5", MULLION_JSON_ERROR_SYNTAX },
  { "0x10", MULLION_JSON_ERROR_SYNTAX },
  { "-0x10", MULLION_JSON_ERROR_SYNTAX },
  { "0x1p4", MULLION_JSON_ERROR_SYNTAX },
  { "1_000", MULLION_JSON_ERROR_SYNTAX },
  { "1n", MULLION_JSON_ERROR_SYNTAX },
  { "1e999", MULLION_JSON_ERROR_RANGE, "Invalid JSON at byte 0: the number is too large" },
  { "[-1e999]", MULLION_JSON_ERROR_RANGE, "Invalid JSON at byte 1: the number is too large" },
  { "1.7976931348623159e308", MULLION_JSON_ERROR_RANGE },

  { "\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"abc", MULLION_JSON_ERROR_SYNTAX },
  { "\"a\nb\"", MULLION_JSON_ERROR_SYNTAX,
    "Invalid JSON at byte 2: expected a character or '\"', not 0x0a" },
  { "\"a\tb\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"1234567\0371234567\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\a\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\x41\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\'\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\0\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\U0041\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\\303\244\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\u\"", MULLION_JSON_ERROR_SYNTAX,
    "Invalid JSON at byte 1: \\u needs four hexadecimal digits" },
  { "\"\\u123\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\u12g4\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\u+123\"", MULLION_JSON_ERROR_SYNTAX },
  { "\"\\u0000\"", MULLION_JSON_ERROR_ENCODING,
    "Invalid JSON at byte 1: a string cannot hold U+0000" },
  { "{\"a\\u0000b\":1}", MULLION_JSON_ERROR_ENCODING },
  { "\"\\ud800\"", MULLION_JSON_ERROR_ENCODING,
    "Invalid JSON at byte 1: a string cannot hold U+D800" },
  { "\"\\ud800\\u0041\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\\ud800\\ud800\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\\ud800\\n\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\\ud800\\u", MULLION_JSON_ERROR_ENCODING },
  { "\"\\udc00\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\\udc00\\ud800\"", MULLION_JSON_ERROR_ENCODING },

  { "\"\200\"", MULLION_JSON_ERROR_ENCODING,
    "Invalid JSON at byte 1: a string is not valid UTF-8" },
  { "\"\303\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\303", MULLION_JSON_ERROR_ENCODING },
  { "\"\342\202\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\342\202", MULLION_JSON_ERROR_ENCODING },
  { "\"\360\237\230\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\300\200\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\301\277\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\340\237\277\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\355\240\200\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\360\217\277\277\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\364\220\200\200\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\365\200\200\200\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\370\210\200\200\200\"", MULLION_JSON_ERROR_ENCODING },
  { "\"\377\"", MULLION_JSON_ERROR_ENCODING },
  { "{\"\377\":1}", MULLION_JSON_ERROR_ENCODING },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].code, refused[i].message);
}

/* A NUL is a byte like others, and ends the text nowhere. */
static void
test_nul_bytes (void)
{
  static const char *const texts[] = {
    "1@", "@1", "[1@]", "\"a@b\"", "tr@e", "{\"a@\":1}", "\"\\u@041\"", "-@",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = g_strdup (texts[i]);

      *strchr (text, '@') = '\0';
      assert_refused (text, strlen (texts[i]), MULLION_JSON_ERROR_SYNTAX, NULL);
    }

  assert_refused ("1", 2, MULLION_JSON_ERROR_SYNTAX,
                  "Invalid JSON at byte 1: expected the end, not 0x00");
}

static const struct
{
  const char *text;
  gint64 value;
} integers[] = {
  { "0", 0 },
  { "7", 7 },
  { "-7", -7 },
  { "4294967296", G_GINT64_CONSTANT (4294967296) },
  { "9007199254740993", G_GINT64_CONSTANT (9007199254740993) },
  { "999999999999999999", G_GINT64_CONSTANT (999999999999999999) },
  { "9223372036854775807", G_MAXINT64 },
  { "-9223372036854775808", G_MININT64 },
};

static void
test_integers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      g_autoptr(JsonNode) node = read_text (integers[i].text);

      g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64);
      g_assert_cmpint (json_node_get_int (node), ==, integers[i].value);
      assert_written (node, integers[i].text);
    }
}

static const struct
{
  const char *text;
  double value;
  const char *written;
} reals[] = {
  { "0.0", 0, "0" },
  { "1.0", 1, "1" },
  { "0e999999999999", 0, "0" },
  { "1E2", 100, "100" },
  { "1e-2", 0.01, "0.01" },
  { "0.1", 0.1, "0.1" },
  { "-0.5", -0.5, "-0.5" },
  { "19.99", 19.99, "19.99" },
  { "1234567.875", 1234567.875, "1234567.875" },
  { "100.05e1", 1000.5, "1000.5" },
  { "0.0001e4", 1, "1" },
  { "0.00000000000000000000000000001e29", 1, "1" },
  { "0.00001", 0.00001, "0.00001" },
  { "0.00001000000000000001", 0.00001000000000000001, "1.000000000000001e-05" },
  { "0.000001", 0.000001, "1e-06" },
  { "999999999999999.9", 999999999999999.9, "999999999999999.9" },
  { "8e22", 8e22, "8e+22" },
  { "9007199254740993e0", 9007199254740992.0, "9007199254740992" },
  { "0.30000000000000004", 0.1 + 0.2, "0.30000000000000004" },
  { "3.141592653589793", G_PI, "3.141592653589793" },
  { "100000000000000000000", 1e20, "1e+20" },
  { "1e20", 1e20, "1e+20" },
  { "1e21", 1e21, "1e+21" },
  { "-1e+21", -1e21, "-1e+21" },
  { "9007199254740993.0", 9007199254740992.0, "9007199254740992" },
  { "9223372036854775808", 9223372036854775808.0, "9.223372036854776e+18" },
  { "-9223372036854775809", -9223372036854775808.0, "-9.223372036854776e+18" },
  { "18446744073709551616", 18446744073709551616.0, "1.8446744073709552e+19" },
  { "5e-324", 5e-324, "4.94065645841247e-324" },
  { "2.2250738585072014e-308", 2.2250738585072014e-308, "2.2250738585072014e-308" },
  { "1.7976931348623157e308", 1.7976931348623157e308, "1.7976931348623157e+308" },
  { "1e-999", 0, "0" },
};

static void
test_reals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      g_autoptr(JsonNode) node = read_text (reals[i].text);
      g_autoptr(JsonNode) again = NULL;

      g_assert_true (json_node_get_value_type (node) == G_TYPE_DOUBLE);
      g_assert_true (json_node_get_double (node) == reals[i].value);
      assert_written (node, reals[i].written);

      again = read_text (reals[i].written);
      g_assert_true (json_node_get_double (again) == reals[i].value);
    }
}

static void
test_random_reals (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      union
      {
        guint64 bits;
        double real;
      } number = { .bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int () };
      g_autoptr(JsonNode) node = json_node_init_double (json_node_alloc (), number.real);
      g_autoptr(JsonNode) again = NULL;
      g_autofree char *text = NULL;

      if (!isfinite (number.real))
        continue;

      text = mullion_json_to_string (node);
      again = read_text (text);
      g_assert_true (json_node_get_double (again) == number.real);
    }
}

/* Numbers as people write them: what is read is what the C library reads, and
 * what is written reads back as the same number. */
static void
test_random_decimals (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint places = g_test_rand_int_range (0, 30);
      gint64 digits = (gint64) g_test_rand_int () * (1 << 24) >> g_test_rand_int_range (0, 56);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "e-%u", digits, places);
      g_autoptr(JsonNode) node = read_text (text);
      g_autoptr(JsonNode) again = NULL;
      g_autofree char *written = mullion_json_to_string (node);

      g_assert_true (json_node_get_double (node) == g_ascii_strtod (text, NULL));
      if (digits == 0)
        continue;

      again = read_text (written);
      g_assert_true (json_node_get_double (again) == json_node_get_double (node));
    }
}

static const struct
{
  double value;
  const char *text;
} tagged[] = {
  { NAN, "{\"$mullion\":\"number\",\"value\":\"NaN\"}" },
  { INFINITY, "{\"$mullion\":\"number\",\"value\":\"Infinity\"}" },
  { -INFINITY, "{\"$mullion\":\"number\",\"value\":\"-Infinity\"}" },
  { -0.0, "{\"$mullion\":\"number\",\"value\":\"-0\"}" },
};

static void
test_tagged_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tagged); i++)
    {
      g_autoptr(JsonNode) node = json_node_init_double (json_node_alloc (), tagged[i].value);

      assert_written (node, tagged[i].text);
    }
}

static void
test_negative_zero (void)
{
  static const char *const texts[] = { "-0", "-0.0", "-0e5", "-1e-999" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = read_text (texts[i]);

      g_assert_true (json_node_get_value_type (node) == G_TYPE_DOUBLE);
      g_assert_true (json_node_get_double (node) == 0);
      g_assert_true (signbit (json_node_get_double (node)) != 0);
    }
}

/* Nodes that a C handler can make and that no text leads to. */
static void
test_odd_nodes (void)
{
  g_autoptr(JsonNode) no_object = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) no_array = json_node_new (JSON_NODE_ARRAY);
  g_autoptr(JsonNode) no_value = json_node_new (JSON_NODE_VALUE);
  g_autoptr(JsonNode) no_string = json_node_init_string (json_node_alloc (), NULL);

  assert_written (NULL, "null");
  assert_written (no_object, "null");
  assert_written (no_array, "null");
  assert_written (no_value, "null");
  assert_written (no_string, "null");
}

static const struct
{
  const char *in;
  const char *out;
} broken_strings[] = {
  { "\377", "\"\357\277\275\"" },
  { "a\200b", "\"a\357\277\275b\"" },
  { "12345678\303", "\"12345678\357\277\275\"" },
  { "\355\240\200", "\"\357\277\275\357\277\275\357\277\275\"" },
  { "\342\202\"", "\"\357\277\275\357\277\275\\\"\"" },
};

static void
test_invalid_utf8_is_replaced (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken_strings); i++)
    {
      g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), broken_strings[i].in);

      assert_written (node, broken_strings[i].out);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/nul-bytes", test_nul_bytes);
  g_test_add_func ("/json/integers", test_integers);
  g_test_add_func ("/json/reals", test_reals);
  g_test_add_func ("/json/random-reals", test_random_reals);
  g_test_add_func ("/json/random-decimals", test_random_decimals);
  g_test_add_func ("/json/tagged-numbers", test_tagged_numbers);
  g_test_add_func ("/json/negative-zero", test_negative_zero);
  g_test_add_func ("/json/odd-nodes", test_odd_nodes);
  g_test_add_func ("/json/invalid-utf8-is-replaced", test_invalid_utf8_is_replaced);

  return g_test_run ();
}
