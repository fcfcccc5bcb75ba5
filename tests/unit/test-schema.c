/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mullion.h>

/* MullionSchema alone: which schemas there are, and what each says of a value. */

typedef struct
{
  const char *schema;
  const char *value;
  const char *message; /* (nullable): NULL when the value has the shape */
} Check;

static const Check checks[] = {
  { "true", "[1, null, { \"a\": 1 }]", NULL },
  { "{}", "null", NULL },
  { "false", "1", "value: nothing may be here" },

  { "{ \"type\": \"null\" }", "null", NULL },
  { "{ \"type\": \"null\" }", "false", "value: expected null, not a boolean" },
  { "{ \"type\": \"boolean\" }", "true", NULL },
  { "{ \"type\": \"boolean\" }", "0", "value: expected a boolean, not an integer" },
  { "{ \"type\": \"integer\" }", "-7", NULL },
  { "{ \"type\": \"integer\" }", "7.0", NULL },
  { "{ \"type\": \"integer\" }", "7.5", "value: expected an integer, not a number" },
  { "{ \"type\": \"integer\" }", "1e19", "value: expected an integer, not a number" },
  { "{ \"type\": \"number\" }", "7", NULL },
  { "{ \"type\": \"number\" }", "7.5", NULL },
  { "{ \"type\": \"number\" }", "\"7\"", "value: expected a number, not a string" },
  { "{ \"type\": \"string\" }", "\"\"", NULL },
  { "{ \"type\": \"string\" }", "{}", "value: expected a string, not an object" },
  { "{ \"type\": \"array\" }", "[]", NULL },
  { "{ \"type\": \"array\" }", "{}", "value: expected an array, not an object" },
  { "{ \"type\": \"object\" }", "{}", NULL },
  { "{ \"type\": \"object\" }", "[]", "value: expected an object, not an array" },
  { "{ \"type\": [\"string\", \"null\"] }", "null", NULL },
  { "{ \"type\": [\"string\", \"null\"] }", "1", "value: expected null or a string, not an integer" },

  { "{ \"const\": 1 }", "1.0", NULL },
  { "{ \"const\": 1 }", "\"1\"", "value: expected 1" },
  { "{ \"const\": { \"a\": [1, true] } }", "{ \"a\": [1, true] }", NULL },
  { "{ \"const\": { \"a\": [1, true] } }", "{ \"a\": [1, false] }",
    "value: expected {\"a\":[1,true]}" },
  { "{ \"const\": { \"a\": 1 } }", "{ \"a\": 1, \"b\": 2 }", "value: expected {\"a\":1}" },
  { "{ \"const\": [1] }", "[1, 2]", "value: expected [1]" },
  { "{ \"const\": false }", "null", "value: expected false" },
  { "{ \"const\": null }", "null", NULL },
  { "{ \"const\": null }", "false", "value: expected null" },
  { "{ \"enum\": [\"a\", \"b\"] }", "\"b\"", NULL },
  { "{ \"enum\": [\"a\", \"b\"] }", "\"c\"",
    "value: expected one of 2 values, and it is none of them" },

  { "{ \"minimum\": 0, \"maximum\": 10 }", "0", NULL },
  { "{ \"minimum\": 0, \"maximum\": 10 }", "10", NULL },
  { "{ \"minimum\": 0, \"maximum\": 10 }", "-1", "value: expected a number from 0" },
  { "{ \"minimum\": 0, \"maximum\": 10 }", "10.5", "value: expected a number up to 10" },
  { "{ \"minimum\": 0 }", "\"-1\"", NULL },
  { "{ \"exclusiveMinimum\": 0 }", "0.1", NULL },
  { "{ \"exclusiveMinimum\": 0 }", "0", "value: expected a number above 0" },
  { "{ \"exclusiveMaximum\": 1 }", "1", "value: expected a number below 1" },
  { "{ \"minimum\": 5, \"exclusiveMinimum\": 0 }", "5", NULL },
  { "{ \"minimum\": 5, \"exclusiveMinimum\": 0 }", "1", "value: expected a number from 5" },
  { "{ \"maximum\": 5, \"exclusiveMaximum\": 5 }", "5", "value: expected a number below 5" },

  { "{ \"minLength\": 2, \"maxLength\": 3 }", "\"äöü\"", NULL },
  { "{ \"minLength\": 2 }", "\"ä\"", "value: expected at least 2 characters, not 1" },
  { "{ \"minLength\": 1 }", "\"\"", "value: expected at least 1 character, not 0" },
  { "{ \"maxLength\": 3 }", "\"abcd\"", "value: expected at most 3 characters, not 4" },

  { "{ \"items\": { \"type\": \"integer\" } }", "[1, 2]", NULL },
  { "{ \"items\": { \"type\": \"integer\" } }", "[1, \"2\"]",
    "value[1]: expected an integer, not a string" },
  { "{ \"items\": false }", "[]", NULL },
  { "{ \"items\": false }", "[1]", "value[0]: nothing may be here" },
  { "{ \"prefixItems\": [true, { \"type\": \"string\" }] }", "[1]", NULL },
  { "{ \"prefixItems\": [true, { \"type\": \"string\" }] }", "[1, \"\", 2]", NULL },
  { "{ \"prefixItems\": [true], \"items\": { \"type\": \"string\" } }", "[1, 2]",
    "value[1]: expected a string, not an integer" },
  { "{ \"minItems\": 1 }", "[]", "value: expected at least 1 element, not 0" },
  { "{ \"maxItems\": 1 }", "[1, 2]", "value: expected at most 1 element, not 2" },

  { "{ \"properties\": { \"a\": { \"type\": \"string\" } } }", "{ \"b\": 1 }", NULL },
  { "{ \"properties\": { \"a\": { \"type\": \"string\" } } }", "{ \"a\": 1 }",
    "value.a: expected a string, not an integer" },
  { "{ \"properties\": { \"a\": true }, \"additionalProperties\": false }", "{ \"a\": 1 }", NULL },
  { "{ \"properties\": { \"a\": true }, \"additionalProperties\": false }", "{ \"b\": 1 }",
    "value.b: nothing may be here" },
  { "{ \"additionalProperties\": { \"type\": \"integer\" } }", "{ \"b\": \"1\" }",
    "value.b: expected an integer, not a string" },
  { "{ \"required\": [\"a\"] }", "{ \"a\": null }", NULL },
  { "{ \"required\": [\"a\"] }", "{}", "value: the property \"a\" is missing" },
  { "{ \"required\": [\"a\"] }", "1", NULL },
  { "{ \"minProperties\": 1 }", "{}", "value: expected at least 1 property, not 0" },
  { "{ \"maxProperties\": 1 }", "{ \"a\": 1, \"b\": 1 }",
    "value: expected at most 1 property, not 2" },
  { "{ \"properties\": { \"a\": { \"items\": { \"required\": [\"b\"] } } } }",
    "{ \"a\": [{ \"b\": 1 }, {}] }", "value.a[1]: the property \"b\" is missing" },

  { "{ \"anyOf\": [{ \"type\": \"string\" }, { \"minimum\": 1, \"type\": \"integer\" }] }", "2",
    NULL },
  { "{ \"anyOf\": [{ \"type\": \"string\" }, { \"minimum\": 1, \"type\": \"integer\" }] }", "0",
    "value: expected one of 2 shapes, and it has none of them" },

  { "{ \"title\": \"t\", \"description\": \"d\", \"default\": 1, \"examples\": [1],"
    "  \"deprecated\": true, \"$schema\": \"s\", \"$comment\": \"c\" }", "\"x\"", NULL },

  { "[]", "[]", NULL },
  { "[]", "[1]", "value: expected at most 0 elements, not 1" },
  { "[{ \"type\": \"string\" }, true]", "[\"a\", 1]", NULL },
  { "[{ \"type\": \"string\" }, true]", "[\"a\"]", "value: expected at least 2 elements, not 1" },
  { "[{ \"type\": \"string\" }, true]", "[1, 1]", "value[0]: expected a string, not an integer" },
  { "[{ \"type\": \"string\" }, true]", "{}", "value: expected an array, not an object" },
};

static void
test_check (gconstpointer data)
{
  const Check *check = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (check->schema, &error);
  g_autoptr(JsonNode) value = json_from_string (check->value, NULL);
  gboolean is_good;

  g_assert_no_error (error);
  is_good = mullion_schema_check (schema, value, &error);
  g_assert_cmpint (is_good, ==, check->message == NULL);
  if (is_good)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (error->message, ==, check->message);
}

static const struct
{
  const char *schema;
  const char *message;
} mistakes[] = {
  { "1", "schema: expected a schema: an object, true or false" },
  { "{ \"items\": [] }", "schema at /items: expected a schema: an object, true or false" },
  { "{ \"pattern\": \"^a\" }", "schema: \"pattern\" is no keyword that is checked here" },
  { "{ \"oneOf\": [true] }", "schema: \"oneOf\" is no keyword that is checked here" },
  { "{ \"properties\": { \"a\": { \"$ref\": \"#\" } } }",
    "schema at /properties/a: \"$ref\" is no keyword that is checked here" },
  { "{ \"type\": \"text\" }",
    "schema at /type: expected null, boolean, integer, number, string, array or object" },
  { "{ \"type\": [] }", "schema at /type: expected a type or an array of types" },
  { "{ \"mullion\": \"x\" }",
    "schema at /mullion: expected the type of a tag, such as buffer, date or undefined" },
  { "{ \"enum\": [] }", "schema at /enum: expected an array of values" },
  { "{ \"enum\": [1], \"const\": 1 }", "schema at /enum: \"const\" says already what the value is" },
  { "{ \"minimum\": \"1\" }", "schema at /minimum: expected a number" },
  { "{ \"exclusiveMinimum\": true }", "schema at /exclusiveMinimum: expected a number" },
  { "{ \"exclusiveMaximum\": null }", "schema at /exclusiveMaximum: expected a number" },
  { "{ \"maxLength\": -1 }", "schema at /maxLength: expected an integer from 0 to 4294967295" },
  { "{ \"maxItems\": 1.5 }", "schema at /maxItems: expected an integer from 0 to 4294967295" },
  { "{ \"minItems\": 1e300 }", "schema at /minItems: expected an integer from 0 to 4294967295" },
  { "{ \"properties\": [] }", "schema at /properties: expected an object of schemas" },
  { "{ \"required\": \"a\" }", "schema at /required: expected an array of names" },
  { "{ \"required\": [1] }", "schema at /required: expected an array of names" },
  { "{ \"anyOf\": [] }", "schema at /anyOf: expected an array of schemas" },
  { "{ \"prefixItems\": [true, 1] }",
    "schema at /prefixItems/1: expected a schema: an object, true or false" },
  { "[true, []]", "schema at /1: expected a schema: an object, true or false" },
};

static void
test_mistakes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (mistakes[i].schema, &error);

      g_assert_null (schema);
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (error->message, ==, mistakes[i].message);
    }
}

static void
test_no_json (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mullion_schema_new_from_text ("{ \"type\": ", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_true (g_str_has_prefix (error->message, "schema: "));
}

/* What JSON cannot say has none of its types, and a tag that is not whole is none. */
static void
test_tags (void)
{
  const struct { const char *schema; const char *value; const char *message; } cases[] = {
    { "{ \"mullion\": \"undefined\" }", "{ \"$mullion\": \"undefined\" }", NULL },
    { "{ \"mullion\": \"date\" }", "{ \"$mullion\": \"date\", \"value\": 1 }", NULL },
    { "{ \"mullion\": \"date\" }", "{ \"$mullion\": \"date\", \"value\": \"1\" }",
      "value: expected a value of the tag \"date\", not a value of the tag \"date\" that is not whole" },
    { "{ \"mullion\": \"date\" }", "{ \"$mullion\": \"undefined\" }",
      "value: expected a value of the tag \"date\", not a value of the tag \"undefined\"" },
    { "{ \"mullion\": \"date\" }", "1",
      "value: expected a value of the tag \"date\", not an integer" },
    { "{ \"type\": \"object\" }", "{ \"$mullion\": \"undefined\" }",
      "value: expected an object, not a value of the tag \"undefined\"" },
    { "{ \"type\": \"object\" }", "{ \"$mullion\": 1 }",
      "value: expected an object, not a value of the tag \"unknown\" that is not whole" },
    { "{ \"type\": \"number\" }", "{ \"$mullion\": \"number\", \"value\": \"NaN\" }",
      "value: expected a number, not a value of the tag \"number\"" },
    { "{ \"type\": \"string\" }", "{ \"$mullion\": \"string\", \"value\": \"%0000\" }",
      "value: expected a string, not a value of the tag \"string\"" },
    { "{ \"required\": [\"a\"], \"type\": \"object\" }",
      "{ \"$mullion\": \"object\", \"entries\": [[\"a\", 1]] }",
      "value: expected an object, not a value of the tag \"object\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Check check = { cases[i].schema, cases[i].value, cases[i].message };

      test_check (&check);
    }
}

/* A page's names in the message: cut, and no line of their own. */
static void
test_odd_names (void)
{
  g_autoptr(MullionSchema) schema =
    mullion_schema_new_from_text ("{ \"additionalProperties\": false }", NULL);
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *shown = g_strnfill (100, 'x');
  g_autofree char *text = g_strdup_printf ("{ \"%s\": 1 }", name);
  g_autofree char *expected = g_strdup_printf ("value.%s…: nothing may be here", shown);
  const Check line = { "{ \"additionalProperties\": false }", "{ \"a\\nb\\u001b[2J\": 1 }",
                       "value.a�b�[2J: nothing may be here" };
  const Check cut = { "{ \"additionalProperties\": false }", text, expected };

  test_check (&line);
  test_check (&cut);
}

static char *
nest (guint       depth,
      const char *open,
      const char *innermost,
      const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, innermost);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (63, "{\"items\":", "true", "}");
  g_autofree char *deeper = nest (64, "{\"items\":", "true", "}");
  g_autofree char *value = nest (200, "[", "", "]");
  g_autoptr(JsonNode) json = json_from_string (value, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (deepest, &error);

  g_assert_no_error (error);
  g_assert_true (mullion_schema_check (schema, json, &error));
  g_assert_no_error (error);
  g_assert_null (mullion_schema_new_from_text (deeper, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_true (g_str_has_suffix (error->message, "schemas are nested deeper than 64"));
}

/* Each schema sees a value once, so that nested choices do not multiply. */
static void
test_choices (void)
{
  g_autofree char *text = nest (20, "{\"anyOf\":[{\"type\":\"string\"},", "{\"type\":\"null\"}", "]}");
  g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (text, NULL);
  g_autoptr(JsonNode) value = json_from_string ("1", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_schema_check (schema, value, &error));
  g_assert_cmpstr (error->message, ==, "value: expected one of 2 shapes, and it has none of them");
}

static void
test_ipc_main (void)
{
  g_autoptr(MullionIpcMain) ipc = mullion_ipc_main_new ();
  MullionSchema *schema = mullion_schema_new_from_text ("[]", NULL);

  g_assert_null (mullion_ipc_main_get_schema (ipc, "a"));
  mullion_ipc_main_set_schema (ipc, "a", schema);
  g_assert_true (mullion_ipc_main_get_schema (ipc, "a") == schema);
  g_assert_null (mullion_ipc_main_get_schema (ipc, "b"));
  mullion_ipc_main_set_schema (ipc, "a", NULL);
  g_assert_null (mullion_ipc_main_get_schema (ipc, "a"));

  g_assert_finalize_object (schema);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/schema/check/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &checks[i], test_check);
    }
  g_test_add_func ("/schema/mistakes", test_mistakes);
  g_test_add_func ("/schema/no-json", test_no_json);
  g_test_add_func ("/schema/tags", test_tags);
  g_test_add_func ("/schema/odd-names", test_odd_names);
  g_test_add_func ("/schema/depth", test_depth);
  g_test_add_func ("/schema/choices", test_choices);
  g_test_add_func ("/schema/ipc-main", test_ipc_main);

  return g_test_run ();
}
