/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-measure.h"
#include "mullion-json-reader.h"

#include <string.h>

/* Texts that would take more memory than there is, refused before they are read. */

/* `[item,item,…]` in a block of just its size, so that a sanitizer sees a step too far. */
static char *
repeat (const char *item,
        gsize       n,
        gsize      *length)
{
  gsize size = strlen (item);
  char *text;

  *length = n * (size + 1) + 1;
  text = g_malloc (*length);
  text[0] = '[';
  for (gsize i = 0; i < n; i++)
    {
      memcpy (text + 1 + i * (size + 1), item, size);
      text[(i + 1) * (size + 1)] = i + 1 < n ? ',' : ']';
    }

  return text;
}

static gboolean
fits (const char *item,
      gsize       n)
{
  gsize length;
  g_autofree char *text = repeat (item, n, &length);
  g_autoptr(GError) error = NULL;
  gboolean is_small = mullion_json_check_memory (text, length, &error);

  if (!is_small)
    g_assert_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_SIZE);
  return is_small;
}

static void
test_what_people_send (void)
{
  g_assert_true (mullion_json_check_memory ("", 0, NULL));
  g_assert_true (fits ("1.2345", 5000000));
  g_assert_true (fits ("\"a word\"", 4000000));
  g_assert_true (fits ("{\"id\":1,\"name\":\"a name\",\"size\":1}", 500000));
}

static void
test_what_fills_the_memory (void)
{
  g_assert_true (fits ("[]", 2000000));
  g_assert_false (fits ("[]", 3000000));
  g_assert_true (fits ("{}", 1300000));
  g_assert_false (fits ("{}", 1400000));
  g_assert_false (fits ("0", 6000000));
  g_assert_false (fits ("\"\"", 6000000));
  g_assert_false (fits ("{\"\":[[]]}", 1000000));
}

/* What stands in a string is text and costs its length only. */
static void
test_strings (void)
{
  g_autoptr(GString) string = g_string_new ("\"");

  for (guint i = 0; i < 1000000; i++)
    g_string_append (string, "[],{}:\\\"€\\\\");
  g_string_append_c (string, '"');

  g_assert_true (mullion_json_check_memory (string->str, string->len, NULL));
  g_assert_true (fits (string->str, 10));
}

/* Whatever the bytes are, none behind the last is looked at. */
static void
test_nonsense (void)
{
  static const char *const ends[] = { "\"", "\"\\", "\"\\\"", "\"\xe2\x82", "\"\x01", "\\" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gsize length = 5000000 + strlen (ends[i]);
      g_autofree char *text = g_malloc (length);

      memset (text, ' ', length);
      memcpy (text + 5000000, ends[i], strlen (ends[i]));
      g_assert_true (mullion_json_check_memory (text, length, NULL));
    }
}

static void
test_reader (void)
{
  gsize length;
  g_autofree char *text = repeat ("[]", 40 * 1024 * 1024, &length);
  g_autoptr(GError) error = NULL;

  g_assert_null (mullion_json_read (text, length, MULLION_JSON_MAX_DEPTH, &error));
  g_assert_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_SIZE);
  g_assert_cmpstr (error->message, ==,
                   "Too many values: they would take about 9400 MiB of memory, "
                   "and the limit is 512 MiB");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-measure/what-people-send", test_what_people_send);
  g_test_add_func ("/json-measure/what-fills-the-memory", test_what_fills_the_memory);
  g_test_add_func ("/json-measure/strings", test_strings);
  g_test_add_func ("/json-measure/nonsense", test_nonsense);
  g_test_add_func ("/json-measure/reader", test_reader);

  return g_test_run ();
}
