/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "json-text.h"

/* The reader and the writer with what would cost them their stack, their memory or their time: nesting,
 * cycles, texts that are cut or changed, names that collide. */

/* `depth` times `open`, then as often `close`. */
static char *
nest (guint depth,
      const char *open,
      const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
check_depth (const char *text,
             guint max_depth,
             gboolean is_allowed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = read_bytes (text, strlen (text), max_depth, &error);

  if (is_allowed)
    g_assert_no_error (error);
  else
    g_assert_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_DEPTH);
  g_assert_true ((node != NULL) == is_allowed);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (MULLION_JSON_MAX_DEPTH, "[", "]");
  g_autofree char *deeper = nest (MULLION_JSON_MAX_DEPTH + 1, "[", "]");

  check_depth ("1", 0, TRUE);
  check_depth ("[]", 0, FALSE);
  check_depth ("{}", 0, FALSE);
  check_depth ("[{},[],{\"a\":1}]", 2, TRUE);
  check_depth ("[{},[],{\"a\":[]}]", 2, FALSE);
  check_depth ("[[[]],[[]]]", 3, TRUE);
  check_depth (deepest, MULLION_JSON_MAX_DEPTH, TRUE);
  check_depth (deepest, MULLION_JSON_MAX_DEPTH - 1, FALSE);
  check_depth (deeper, MULLION_JSON_MAX_DEPTH, FALSE);
  check_depth (deeper, G_MAXUINT, FALSE);
}

static void
test_bombs (void)
{
  static const char *const openings[] = { "[", "{\"a\":", "[{\"a\":" };

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autofree char *text = nest (100000, openings[i], "");

      assert_refused (text, strlen (text), MULLION_JSON_ERROR_DEPTH, NULL);
    }
}

/* Wraps @node in @depth arrays. */
static JsonNode *
wrap (JsonNode *node,
      guint depth)
{
  for (guint i = 0; i < depth; i++)
    {
      JsonArray *array = json_array_new ();

      json_array_add_element (array, node);
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
    }

  return node;
}

/* Frees what wrap() made level by level; json-glib would recurse 100,000 times. */
static void
unwrap (JsonNode *node)
{
  while (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonNode *inner = json_node_ref (json_array_get_element (json_node_get_array (node), 0));

      json_node_unref (node);
      node = inner;
    }

  json_node_unref (node);
}

static void
test_write_depth (void)
{
  JsonNode *node = wrap (json_node_new (JSON_NODE_NULL), MULLION_JSON_MAX_DEPTH);
  g_autoptr(GString) out = g_string_new ("before");
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_json_write_checked (out, node, MULLION_JSON_MAX_DEPTH, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (out->len, ==, strlen ("before") + 2 * MULLION_JSON_MAX_DEPTH + strlen ("null"));

  g_string_assign (out, "before");
  g_assert_false (mullion_json_write_checked (out, node, MULLION_JSON_MAX_DEPTH - 1, &error));
  g_assert_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_DEPTH);
  g_assert_cmpstr (out->str, ==, "before");
  g_clear_error (&error);

  node = wrap (node, 100000);
  g_assert_false (mullion_json_write_checked (out, node, G_MAXUINT, &error));
  g_assert_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_DEPTH);
  g_assert_cmpstr (out->str, ==, "before");

  unwrap (node);
}

/* A value that holds itself has no end, and here two ways at each level. */
static JsonNode *
make_cycle (void)
{
  g_autoptr(JsonArray) array = json_array_new ();

  json_array_add_array_element (array, json_array_ref (array));
  json_array_add_array_element (array, json_array_ref (array));

  return json_node_init_array (json_node_alloc (), array);
}

static void
test_write_cycle_warns (void)
{
  g_autoptr(JsonNode) node = make_cycle ();
  g_autoptr(GString) out = g_string_new ("before ");

  g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  mullion_json_write (out, node);
  g_assert_cmpstr (out->str, ==, "before null");

  json_array_remove_element (json_node_get_array (node), 1);
  json_array_remove_element (json_node_get_array (node), 0);
}

static void
test_write_cycle (void)
{
  g_test_trap_subprocess ("/json/write-cycle/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*nested more than 2000 levels deep*");
}

/* Every beginning of a text is refused, unless it is a text itself. */
static void
test_truncation (void)
{
  static const char sample[] =
      "{\"text\":\"a\\u00e4\\ud83d\\ude00\303\244\360\237\230\200\\n\","
      "\"numbers\":[0,-1.5e+10,12345],"
      "\"words\":[true,false,null],\"nested\":{\"a\":{\"b\":[[],{}]}}}";
  g_autoptr(JsonNode) whole = read_text (sample);

  for (gsize length = 0; length < sizeof sample - 1; length++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (read_bytes (sample, length, MULLION_JSON_MAX_DEPTH, &error));
      g_assert_true (error->domain == MULLION_JSON_ERROR);
    }
}

/* Every change of one byte either is refused or leads to a value whose text
 * leads to itself. */
static void
test_mutation (void)
{
  static const char sample[] = "{\"a\\u00e4\":[0.5e1,-12,\"\303\244\\n\",true,null]}";

  for (gsize i = 0; i < sizeof sample - 1; i++)
    for (guint byte = 0; byte < 256; byte++)
      {
        g_autofree char *text = g_strdup (sample);
        g_autoptr(JsonNode) node = NULL;
        g_autoptr(JsonNode) again = NULL;
        g_autofree char *written = NULL;

        text[i] = (char) byte;
        node = read_bytes (text, sizeof sample - 1, MULLION_JSON_MAX_DEPTH, NULL);
        if (node == NULL)
          continue;

        written = mullion_json_to_string (node);
        again = read_text (written);
        assert_written (again, written);
      }
}

static void
test_large_string (void)
{
  const gsize size = 10 * 1024 * 1024;
  g_autofree char *text = g_malloc (size + 3);
  g_autoptr(JsonNode) node = NULL;

  memset (text + 1, 'x', size);
  text[0] = text[size + 1] = '"';
  text[size + 2] = '\0';

  node = read_text (text);
  g_assert_cmpuint (strlen (json_node_get_string (node)), ==, size);
  assert_written (node, text);
}

/* An object of @count names, after which the last one is repeated @count times. */
static char *
repeat_names (guint count)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "\"n%u\":0,", i);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "\"n%u\":1,", count - 1);
  g_string_append (text, "\"end\":2}");

  return g_string_free (text, FALSE);
}

static void
test_repeated_names (void)
{
  g_autofree char *few = repeat_names (500);
  g_autofree char *many = repeat_names (100000);
  g_autoptr(JsonNode) node = read_text (few);

  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 501);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "n498"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "n499"), ==, 1);

  assert_refused (many, strlen (many), MULLION_JSON_ERROR_TOIL, NULL);
}

/* An object of @count names. Those of `ab` and `bA` in turns all have the same
 * hash, which is 33 × the first byte + the second one. */
static char *
make_names (guint count,
            gboolean is_colliding)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < count; i++)
    {
      g_string_append (text, "\"");
      for (guint bit = 0; bit < 17; bit++)
        g_string_append (text, (i >> bit & 1) == 0 ? "ab" : is_colliding ? "bA" : "bB");
      g_string_append (text, "\":0,");
    }

  g_string_append (text, "\"end\":0}");
  return g_string_free (text, FALSE);
}

static void
test_colliding_names (void)
{
  g_autofree char *few = make_names (100, TRUE);
  g_autofree char *many = make_names (100000, TRUE);
  g_autofree char *ordinary = make_names (100000, FALSE);
  g_autoptr(JsonNode) few_node = read_text (few);
  g_autoptr(JsonNode) ordinary_node = read_text (ordinary);

  g_assert_cmpuint (json_object_get_size (json_node_get_object (few_node)), ==, 101);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (ordinary_node)), ==, 100001);
  assert_refused (many, strlen (many), MULLION_JSON_ERROR_TOIL, NULL);
}

/* Names of different hashes that share one place of a table of 512. */
static void
test_crowded_names (void)
{
  GString *text = g_string_new ("{");

  for (guint name = 0, found = 0; found < 300; name++)
    {
      char digits[16];

      g_snprintf (digits, sizeof digits, "%u", name);
      if (g_str_hash (digits) * 11 % 509 != 5)
        continue;
      g_string_append_printf (text, "\"%s\":0,", digits);
      found++;
    }
  g_string_append (text, "\"end\":0}");

  assert_refused (text->str, text->len, MULLION_JSON_ERROR_TOIL, NULL);
  g_string_free (text, TRUE);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/bombs", test_bombs);
  g_test_add_func ("/json/write-depth", test_write_depth);
  g_test_add_func ("/json/write-cycle", test_write_cycle);
  g_test_add_func ("/json/write-cycle/subprocess", test_write_cycle_warns);
  g_test_add_func ("/json/truncation", test_truncation);
  g_test_add_func ("/json/mutation", test_mutation);
  g_test_add_func ("/json/large-string", test_large_string);
  g_test_add_func ("/json/repeated-names", test_repeated_names);
  g_test_add_func ("/json/colliding-names", test_colliding_names);
  g_test_add_func ("/json/crowded-names", test_crowded_names);

  return g_test_run ();
}
