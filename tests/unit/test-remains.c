/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "app/host/mullion-remains.h"

/* MullionRemains frees all, in slices, and leaves alone what somebody has kept. */

static JsonNode *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);

  return node;
}

static void
free_all (MullionRemains *remains)
{
  while (!mullion_remains_is_empty (remains))
    mullion_remains_free_some (remains, 0);
}

/* Leaks and double frees of it all are the sanitizers' to find. */
static void
test_all_kinds (void)
{
  MullionRemains *remains = mullion_remains_new ();

  g_assert_true (mullion_remains_is_empty (remains));
  mullion_remains_add (remains, parse ("[1, \"a\", null, [], {}, [[[2]]], {\"a\": {\"b\": [3]}}]"));
  mullion_remains_add (remains, parse ("\"text\""));
  mullion_remains_add (remains, parse ("[]"));
  g_assert_false (mullion_remains_is_empty (remains));
  free_all (remains);
  mullion_remains_free (remains);
}

static void
test_kept (void)
{
  MullionRemains *remains = mullion_remains_new ();
  JsonNode *node = parse ("[[1, 2, {\"a\": [3]}], {\"b\": [4], \"c\": 5}]");
  JsonArray *root = json_node_get_array (node);
  g_autoptr(JsonArray) array = json_array_ref (json_array_get_array_element (root, 0));
  g_autoptr(JsonNode) object = json_array_dup_element (root, 1);
  g_autofree char *text = NULL;

  mullion_remains_add (remains, node);
  free_all (remains);
  mullion_remains_free (remains);

  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  g_assert_cmpint (json_array_get_int_element (array, 1), ==, 2);
  text = json_to_string (object, FALSE);
  g_assert_cmpstr (text, ==, "{\"b\":[4],\"c\":5}");
}

static void
test_slices (void)
{
  MullionRemains *remains = mullion_remains_new ();
  JsonNode *node = json_node_init_array (json_node_alloc (), json_array_new ());
  guint n_slices = 0;

  for (guint i = 0; i < 100000; i++)
    json_array_add_int_element (json_node_get_array (node), i);
  json_array_unref (json_node_get_array (node));
  mullion_remains_add (remains, node);
  while (!mullion_remains_is_empty (remains))
    {
      mullion_remains_free_some (remains, 0);
      n_slices++;
    }
  mullion_remains_free (remains);
  /* Each number is taken out, and then freed. */
  g_assert_cmpuint (n_slices, >, 1000);
}

/* Who goes away leaves the rest to the loop. */
static void
test_idle (void)
{
  MullionRemains *remains = mullion_remains_new ();
  JsonNode *node = parse ("[[1], [2]]");
  gpointer weak = json_node_ref (node);

  mullion_remains_add (remains, node);
  mullion_remains_free (remains);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (json_array_get_length (json_node_get_array (weak)), ==, 2);
  json_node_unref (weak);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remains/all-kinds", test_all_kinds);
  g_test_add_func ("/remains/kept", test_kept);
  g_test_add_func ("/remains/slices", test_slices);
  g_test_add_func ("/remains/idle", test_idle);

  return g_test_run ();
}
