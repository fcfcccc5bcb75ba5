/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-splitter.h"

#include <string.h>

/* Bytes to messages: the same ones, however the bytes are cut into reads. */

static void
feed (MullionMessageSplitter *splitter,
      const char             *data,
      gsize                   length)
{
  while (length > 0)
    {
      gsize room = 0;
      void *place = mullion_message_splitter_prepare (splitter, &room);
      gsize n = MIN (room, length);

      memcpy (place, data, n);
      mullion_message_splitter_commit (splitter, n);
      data += n;
      length -= n;
    }
}

/* What comes out, each message in brackets, a star for one that is too large. */
static void
describe (MullionMessageSplitter *splitter,
          GString                *out)
{
  const char *data = NULL;
  gsize length = 0;
  MullionSplit split;

  while ((split = mullion_message_splitter_next (splitter, &data, &length)) != MULLION_SPLIT_NOTHING)
    if (split == MULLION_SPLIT_TOO_LARGE)
      g_string_append_c (out, '*');
    else
      g_string_append_printf (out, "[%.*s]", (int) length, data);
}

/* @first, then the rest of @data. */
static char *
split_at (MullionFraming  framing,
          gsize           max_size,
          const char     *data,
          gsize           length,
          gsize           first,
          gsize           step,
          gsize          *rest)
{
  MullionMessageSplitter *splitter = mullion_message_splitter_new (framing);
  GString *out = g_string_new (NULL);

  mullion_message_splitter_set_max_size (splitter, max_size);
  feed (splitter, data, first);
  describe (splitter, out);
  for (gsize at = first; at < length; at += step)
    {
      feed (splitter, data + at, MIN (step, length - at));
      describe (splitter, out);
    }
  *rest = mullion_message_splitter_count_rest (splitter);
  mullion_message_splitter_free (splitter);

  return g_string_free (out, FALSE);
}

static void
assert_split (MullionFraming  framing,
              gsize           max_size,
              const char     *data,
              gsize           length,
              const char     *expected,
              gboolean        has_rest)
{
  gsize rest = 0;

  for (gsize first = 0; first <= length; first++)
    for (gsize step = 1; step <= length; step += length - 1)
      {
        g_autofree char *got = split_at (framing, max_size, data, length, first, step, &rest);

        g_assert_cmpstr (got, ==, expected);
        g_assert_cmpint (rest > 0, ==, has_rest);
      }
}

#define assert_lines(max, text, expected, has_rest) \
  assert_split (MULLION_FRAMING_LINES, max, text, strlen (text), expected, has_rest)

static void
test_lines (void)
{
  assert_lines (100, "one\ntwo\n", "[one][two]", FALSE);
  assert_lines (100, "one\r\n\n  \n\ttwo\n\n", "[one\r][\ttwo]", FALSE);
  assert_lines (100, "é€😀\n\"ü\"\n", "[é€😀][\"ü\"]", FALSE);
  assert_lines (100, "one\ntw", "[one]", TRUE);
  assert_lines (100, "one\n \n ", "[one]", FALSE);
}

static void
test_long_lines (void)
{
  assert_lines (4, "1234\n12345\n1\n123456789\n12\n", "[1234]*[1]*[12]", FALSE);
  assert_lines (4, "123456", "*", TRUE);
  assert_lines (4, "123456\n", "*", FALSE);
  assert_lines (4, "123456\n1", "*", TRUE);
}

static GString *
with_lengths (gboolean     big_endian,
              const char  *first,
              ...)
{
  GString *out = g_string_new (NULL);
  va_list texts;

  va_start (texts, first);
  for (const char *text = first; text != NULL; text = va_arg (texts, const char *))
    {
      guint32 length = (guint32) strlen (text);

      if (big_endian)
        length = GUINT32_TO_BE (length);
      g_string_append_len (out, (const char *) &length, sizeof length);
      g_string_append (out, text);
    }
  va_end (texts);

  return out;
}

static void
test_lengths (void)
{
  for (int big = 0; big < 2; big++)
    {
      MullionFraming framing = big ? MULLION_FRAMING_BIG_ENDIAN : MULLION_FRAMING_LENGTH;
      g_autoptr(GString) data = with_lengths (big, "one", "", "two\n\n", "é", NULL);
      g_autoptr(GString) large = with_lengths (big, "12345", "1234", "123456789", "1", NULL);

      assert_split (framing, 100, data->str, data->len, "[one][][two\n\n][é]", FALSE);
      assert_split (framing, 100, data->str, data->len - 1, "[one][][two\n\n]", TRUE);
      assert_split (framing, 4, large->str, large->len, "*[1234]*[1]", FALSE);
      assert_split (framing, 4, large->str, 6, "*", TRUE);
    }
}

/* Memory grows with what came, not with what was announced. */
static void
test_announced (void)
{
  MullionMessageSplitter *splitter = mullion_message_splitter_new (MULLION_FRAMING_LENGTH);
  guint32 length = 15 * 1024 * 1024;
  const char *data;
  gsize size;
  gsize room = 0;

  feed (splitter, (const char *) &length, sizeof length);
  g_assert_cmpint (mullion_message_splitter_next (splitter, &data, &size), ==,
                   MULLION_SPLIT_NOTHING);
  mullion_message_splitter_prepare (splitter, &room);
  g_assert_cmpuint (room, <, 1024 * 1024);
  mullion_message_splitter_free (splitter);
}

/* A large message gives its memory back. */
static void
test_shrinks (void)
{
  MullionMessageSplitter *splitter = mullion_message_splitter_new (MULLION_FRAMING_LINES);
  g_autofree char *line = g_strnfill (8 * 1024 * 1024, 'x');
  const char *data;
  gsize size = 0;
  gsize room = 0;

  feed (splitter, line, 8 * 1024 * 1024);
  g_assert_cmpint (mullion_message_splitter_next (splitter, &data, &size), ==,
                   MULLION_SPLIT_NOTHING);
  feed (splitter, "\n", 1);
  g_assert_cmpint (mullion_message_splitter_next (splitter, &data, &size), ==,
                   MULLION_SPLIT_MESSAGE);
  g_assert_cmpuint (size, ==, 8 * 1024 * 1024);
  g_assert_cmpmem (data, size, line, size);
  mullion_message_splitter_prepare (splitter, &room);
  g_assert_cmpuint (room, <, 1024 * 1024);
  mullion_message_splitter_free (splitter);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-splitter/lines", test_lines);
  g_test_add_func ("/message-splitter/long-lines", test_long_lines);
  g_test_add_func ("/message-splitter/lengths", test_lengths);
  g_test_add_func ("/message-splitter/announced", test_announced);
  g_test_add_func ("/message-splitter/shrinks", test_shrinks);

  return g_test_run ();
}
