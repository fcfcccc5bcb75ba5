/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "frame-bytes.h"
#include "ipc/mullion-frame-reader.h"

/* MullionFrameReader alone: bytes go in, in pieces of any size, and frames come out. */

/* Returns FALSE when the reader refused. */
static gboolean
feed (MullionFrameReader  *reader,
      const guint8        *data,
      gsize                length,
      GError             **error)
{
  while (length > 0)
    {
      void *room;
      gsize n = MIN (mullion_frame_reader_prepare (reader, &room), length);

      g_assert_cmpuint (n, >, 0);
      memcpy (room, data, n);
      if (!mullion_frame_reader_commit (reader, n, error))
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

static void
assert_pop (MullionFrameReader *reader,
            guint16             kind,
            guint64             id,
            const char         *body)
{
  g_autoptr(MullionFrame) frame = mullion_frame_reader_pop (reader);

  assert_frame (frame, kind, id, body);
}

static void
assert_empty (MullionFrameReader *reader)
{
  g_assert_true (mullion_frame_reader_is_empty (reader));
  g_assert_null (mullion_frame_reader_pop (reader));
}

static void
test_cut_anywhere (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  put_frame (bytes, 5, 1, "[\"first\"]");
  put_frame (bytes, 6, 2, "");
  put_frame (bytes, 7, 3, "{}");

  for (guint first = 0; first <= bytes->len; first++)
    for (guint second = first; second <= bytes->len; second++)
      {
        g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();

        g_assert_true (feed (reader, bytes->data, first, NULL));
        g_assert_true (feed (reader, bytes->data + first, second - first, NULL));
        g_assert_true (feed (reader, bytes->data + second, bytes->len - second, NULL));
        assert_pop (reader, 5, 1, "[\"first\"]");
        assert_pop (reader, 6, 2, "");
        assert_pop (reader, 7, 3, "{}");
        assert_empty (reader);
      }
}

static void
test_many_at_once (void)
{
  g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint64 n = 5000;

  for (guint64 i = 0; i < n; i++)
    put_frame (bytes, 5, i, "[1,2,3]");
  g_assert_cmpuint (bytes->len, >, 2 * BUFFER_SIZE);
  g_assert_true (feed (reader, bytes->data, bytes->len, NULL));
  for (guint64 i = 0; i < n; i++)
    assert_pop (reader, 5, i, "[1,2,3]");
  assert_empty (reader);
}

/* A body on either side of what the buffer holds, behind a frame that takes some of it. */
static void
test_around_the_buffer (void)
{
  const int around[] = { -1, 0, 1 };
  const gsize pieces[] = { 1000, BUFFER_SIZE - 1, BUFFER_SIZE, 3 * BUFFER_SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (around); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pieces); j++)
      for (int before = 0; before < 2; before++)
        {
          g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
          g_autoptr(GByteArray) bytes = g_byte_array_new ();
          g_autofree char *body =
            make_body (BUFFER_SIZE - sizeof (MullionFrameHeader) + around[i]);

          if (before)
            put_frame (bytes, 5, 1, "[]");
          put_frame (bytes, 5, 2, body);
          put_frame (bytes, 5, 3, "[]");
          for (gsize at = 0; at < bytes->len; at += pieces[j])
            g_assert_true (feed (reader, bytes->data + at, MIN (pieces[j], bytes->len - at), NULL));

          if (before)
            assert_pop (reader, 5, 1, "[]");
          assert_pop (reader, 5, 2, body);
          assert_pop (reader, 5, 3, "[]");
          assert_empty (reader);
        }
}

static void
test_large_in_pieces (void)
{
  g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *body = make_body (1234567);

  put_frame (bytes, 5, 1, body);
  put_frame (bytes, 5, 2, body);
  for (gsize at = 0; at < bytes->len; at += 7919)
    {
      /* Nothing is handed out before it is whole. */
      if (at < 1234567)
        assert_empty (reader);
      g_assert_true (feed (reader, bytes->data + at, MIN (7919, bytes->len - at), NULL));
    }
  assert_pop (reader, 5, 1, body);
  assert_pop (reader, 5, 2, body);
  assert_empty (reader);
}

static void
assert_refused (MullionFrameHeader  header,
                const char         *text)
{
  g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  header.kind = 6;
  put_frame (bytes, 5, 1, "[]");
  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  g_assert_false (feed (reader, bytes->data, bytes->len, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, text);
  /* What came before counts. */
  assert_pop (reader, 5, 1, "[]");
  assert_empty (reader);
}

static void
test_refused (void)
{
  const MullionFrameHeader memfd = {
    .flags = MULLION_FRAME_SIDE_IN_MEMFD, .side_length = MULLION_WIRE_MAX_SIDE,
  };

  assert_refused ((MullionFrameHeader) { .length = MULLION_WIRE_MAX_LENGTH + 1 },
                  "A frame of kind 6 announced more bytes than the limit: 134217729");
  assert_refused ((MullionFrameHeader) { .length = G_MAXUINT32 },
                  "A frame of kind 6 announced more bytes than the limit: 4294967295");
  assert_refused ((MullionFrameHeader) { .flags = 2 },
                  "A frame of kind 6 announced flags that this version does not know: 2");
  assert_refused ((MullionFrameHeader) { .flags = 0xff },
                  "A frame of kind 6 announced flags that this version does not know: 255");
  assert_refused ((MullionFrameHeader) { .n_ports = MULLION_WIRE_MAX_PORTS + 1 },
                  "A frame of kind 6 announced more ports than the limit: 201");
  assert_refused ((MullionFrameHeader) { .side_length = MULLION_WIRE_MAX_INLINE_SIDE + 1 },
                  "A frame of kind 6 announced a side area of a size that it may not have: 65537");
  assert_refused ((MullionFrameHeader) { .side_length = G_MAXUINT64 },
                  "A frame of kind 6 announced a side area of a size that it may not have: "
                  "18446744073709551615");
  assert_refused ((MullionFrameHeader) { .flags = MULLION_FRAME_SIDE_IN_MEMFD },
                  "A frame of kind 6 announced a side area of a size that it may not have: 0");
  assert_refused (memfd, "A frame of kind 6 announced a side area of a size that it may not have: "
                         "1073741824");
  assert_refused ((MullionFrameHeader) { .n_ports = 2 },
                  "A frame of kind 6 announced 2 file descriptors and came with 0");
}

static void
put_frame_with_side (GByteArray *bytes,
                     guint64     id,
                     const char *body,
                     const char *side)
{
  MullionFrameHeader header = {
    .length = strlen (body), .kind = 5, .document = 7, .id = id, .side_length = strlen (side),
  };

  g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) body, strlen (body));
  g_byte_array_append (bytes, (const guint8 *) side, strlen (side));
}

static void
assert_pop_with_side (MullionFrameReader *reader,
                      guint64             id,
                      const char         *body,
                      const char         *side)
{
  g_autoptr(MullionFrame) frame = mullion_frame_reader_pop (reader);
  g_autoptr(GBytes) bytes = mullion_frame_dup_side (frame, NULL);

  assert_frame (frame, 5, id, body);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), side, strlen (side));
}

static void
test_inline_side (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *body = make_body (BUFFER_SIZE);
  g_autofree char *side = make_body (MULLION_WIRE_MAX_INLINE_SIDE);
  const gsize pieces[] = { 1, 7919, BUFFER_SIZE, 3 * BUFFER_SIZE };

  put_frame_with_side (bytes, 1, "[]", "123456789");
  put_frame_with_side (bytes, 2, "", "1");
  put_frame_with_side (bytes, 3, body, side);
  put_frame_with_side (bytes, 4, "{}", "");

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();

      for (gsize at = 0; at < bytes->len; at += pieces[i])
        g_assert_true (feed (reader, bytes->data + at, MIN (pieces[i], bytes->len - at), NULL));
      assert_pop_with_side (reader, 1, "[]", "123456789");
      assert_pop_with_side (reader, 2, "", "1");
      assert_pop_with_side (reader, 3, body, side);
      assert_pop_with_side (reader, 4, "{}", "");
      assert_empty (reader);
    }
}

/* The longest frame is only announced: its memory must not be touched before it comes. */
static void
test_longest (void)
{
  g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  void *room;

  put_header (bytes, MULLION_WIRE_MAX_LENGTH, 5, 0, 1);
  g_assert_true (feed (reader, bytes->data, bytes->len, NULL));
  assert_empty (reader);
  g_assert_cmpuint (mullion_frame_reader_prepare (reader, &room), ==, MULLION_WIRE_MAX_LENGTH);
}

static gboolean
announce (MullionFrameReader  *reader,
          guint32              length,
          GError             **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  put_header (bytes, length, 5, 0, 1);
  return feed (reader, bytes->data, bytes->len, error);
}

/* What is announced counts until the frame is freed, wherever it is then. */
static void
test_budget (void)
{
  const gsize size = 2 * BUFFER_SIZE;
  g_autoptr(MullionFrameBudget) budget = mullion_frame_budget_new (2 * size);
  g_autoptr(MullionFrameReader) first = mullion_frame_reader_new ();
  g_autoptr(MullionFrameReader) second = mullion_frame_reader_new ();
  g_autoptr(MullionFrameReader) third = mullion_frame_reader_new ();
  g_autoptr(MullionFrameReader) fourth = mullion_frame_reader_new ();
  g_autofree char *body = make_body (size);
  g_autoptr(MullionFrame) frame = NULL;
  g_autoptr(GError) error = NULL;

  mullion_frame_reader_set_budget (first, budget);
  mullion_frame_reader_set_budget (second, budget);
  mullion_frame_reader_set_budget (third, budget);
  mullion_frame_reader_set_budget (fourth, budget);
  g_assert_true (announce (first, size, NULL));
  g_assert_true (announce (second, size, NULL));
  g_assert_false (announce (third, size, &error));
  g_assert_cmpstr (error->message, ==, "A frame of kind 5 announced 131072 bytes, and what its page "
                                       "has on its way is too much with it");

  /* A frame that has come counts as well, and what is small does not. */
  g_assert_true (feed (first, (const guint8 *) body, size, NULL));
  frame = mullion_frame_reader_pop (first);
  g_assert_nonnull (frame);
  g_assert_false (announce (fourth, size, NULL));
  g_assert_true (announce (first, 100, NULL));

  g_clear_pointer (&frame, mullion_frame_unref);
  g_clear_pointer (&fourth, mullion_frame_reader_free);
  fourth = mullion_frame_reader_new ();
  mullion_frame_reader_set_budget (fourth, budget);
  g_assert_true (announce (fourth, size, NULL));
}

static void
test_steal (void)
{
  g_autoptr(MullionFrameReader) reader = mullion_frame_reader_new ();
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(MullionFrame) by_id = NULL;
  g_autoptr(MullionFrame) by_kind = NULL;

  put_frame (bytes, 5, 1, "[1]");
  put_frame (bytes, 6, 1, "[2]");
  put_frame (bytes, 6, 2, "[3]");
  put_frame (bytes, 5, 2, "[4]");
  g_assert_true (feed (reader, bytes->data, bytes->len, NULL));

  g_assert_null (mullion_frame_reader_steal (reader, 7, G_MAXUINT64));
  g_assert_null (mullion_frame_reader_steal (reader, 6, 3));
  by_id = mullion_frame_reader_steal (reader, 6, 2);
  assert_frame (by_id, 6, 2, "[3]");
  by_kind = mullion_frame_reader_steal (reader, 6, G_MAXUINT64);
  assert_frame (by_kind, 6, 1, "[2]");
  assert_pop (reader, 5, 1, "[1]");
  assert_pop (reader, 5, 2, "[4]");
  assert_empty (reader);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frame-reader/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/frame-reader/many-at-once", test_many_at_once);
  g_test_add_func ("/frame-reader/around-the-buffer", test_around_the_buffer);
  g_test_add_func ("/frame-reader/large-in-pieces", test_large_in_pieces);
  g_test_add_func ("/frame-reader/refused", test_refused);
  g_test_add_func ("/frame-reader/inline-side", test_inline_side);
  g_test_add_func ("/frame-reader/longest", test_longest);
  g_test_add_func ("/frame-reader/budget", test_budget);
  g_test_add_func ("/frame-reader/steal", test_steal);

  return g_test_run ();
}
