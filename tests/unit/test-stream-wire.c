/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stream-fixture.h"

#include <sys/resource.h>

/* The two ends of a stream, over a socket pair. */

/* A sanitizer is slow, and keeps what was freed for a while. */
#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED TRUE
#define LONG_STREAM ((guint64) 256 * MIB)
#else
#define IS_SANITIZED FALSE
#define LONG_STREAM ((guint64) 4096 * MIB)
#endif

/* Writes as much as there is room for. */
static void
write_all_that_fits (Fixture *fixture)
{
  static guint8 chunk[MULLION_STREAM_MAX_CHUNK];
  gsize room;

  while (fixture->written < fixture->length &&
         (room = mullion_stream_writer_get_room (fixture->writer)) > 0)
    {
      gsize size = MIN (room, fixture->length - fixture->written);

      /* Only where the reader looks. */
      chunk[0] = byte_at (fixture->written);
      chunk[size - 1] = byte_at (fixture->written + size - 1);
      g_assert_true (mullion_stream_writer_write (fixture->writer, chunk, size));
      fixture->written += size;
    }
  if (fixture->written == fixture->length)
    mullion_stream_writer_end (fixture->writer);
}

static void
test_bytes (Fixture       *fixture,
            gconstpointer  data)
{
  static const gsize sizes[] = {
    1, 7, 8 * 1024, 8 * 1024 + 1, 64 * 1024, 64 * 1024 + 1, MULLION_STREAM_MAX_CHUNK, 3,
  };

  mullion_stream_reader_start (fixture->reader);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    write_exactly (fixture, sizes[i]);
  mullion_stream_writer_end (fixture->writer);

  wait_until (mullion_stream_reader_get_available (fixture->reader) == fixture->written);
  read_and_check (fixture, 1000);
  g_assert_cmpuint (fixture->read, ==, fixture->written);
  g_assert_null (get_reader_failure (fixture));

  /* The end is not taken before somebody takes it. */
  settle ();
  g_assert_false (mullion_stream_writer_is_over (fixture->writer, NULL));
  mullion_stream_reader_finish (fixture->reader);
  g_assert_null (get_writer_failure (fixture));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  mullion_stream_writer_end (fixture->writer);
  g_assert_null (get_reader_failure (fixture));
  mullion_stream_reader_finish (fixture->reader);
  g_assert_null (get_writer_failure (fixture));
}

/* Nothing is made for a reader that does not read, and for one that stops, a window full. */
static void
test_back_pressure (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture->length = 100 * MIB;
  settle ();
  write_all_that_fits (fixture);
  g_assert_cmpuint (fixture->written, ==, 0);

  mullion_stream_reader_start (fixture->reader);
  while (fixture->written < MULLION_STREAM_WINDOW)
    {
      guint before = fixture->n_changed;

      wait_until (fixture->n_changed > before);
      write_all_that_fits (fixture);
    }
  settle ();
  write_all_that_fits (fixture);
  g_assert_cmpuint (fixture->written, ==, MULLION_STREAM_WINDOW);
  wait_until (mullion_stream_reader_get_available (fixture->reader) == MULLION_STREAM_WINDOW);
}

static long
get_peak_memory (void)
{
  struct rusage usage;

  g_assert_no_errno (getrusage (RUSAGE_SELF, &usage));

  return usage.ru_maxrss * 1024;
}

/* The peak of what both ends hold, and of the memory of the process, which are both ends here. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  static guint8 bytes[300 * 1000];
  long before = get_peak_memory ();
  guint64 most = 0;

  fixture->length = LONG_STREAM;
  mullion_stream_reader_start (fixture->reader);
  while (!mullion_stream_reader_is_over (fixture->reader, NULL))
    {
      gsize n;

      g_main_context_iteration (NULL, FALSE);
      write_all_that_fits (fixture);
      most = MAX (most, fixture->written - fixture->read);
      n = mullion_stream_reader_read (fixture->reader, bytes, sizeof bytes);
      fixture->read += n;
    }

  g_assert_cmpuint (fixture->read, ==, LONG_STREAM);
  g_assert_null (get_reader_failure (fixture));
  g_assert_cmpuint (most, <=, MULLION_STREAM_WINDOW);
  if (!IS_SANITIZED)
    g_assert_cmpint (get_peak_memory () - before, <, 8 * MULLION_STREAM_WINDOW);
}

static void
test_error (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no “room”\n");
  g_autoptr(MullionStreamFailure) sent = mullion_stream_failure_new_error (error);
  const MullionStreamFailure *failure;

  mullion_stream_reader_start (fixture->reader);
  write_exactly (fixture, 100);
  mullion_stream_writer_fail (fixture->writer, sent);
  /* What came before the error can still be read. */
  wait_until (mullion_stream_reader_get_available (fixture->reader) == 100);
  settle ();
  g_assert_false (mullion_stream_reader_is_over (fixture->reader, NULL));
  read_and_check (fixture, 64);

  failure = get_reader_failure (fixture);
  g_assert_nonnull (failure);
  g_assert_false (failure->is_ours);
  g_assert_cmpstr (failure->message, ==, "no “room”\n");
  g_assert_cmpstr (failure->domain, ==, g_quark_to_string (G_IO_ERROR));
  g_assert_cmpint (failure->code, ==, G_IO_ERROR_NO_SPACE);
  g_assert_null (failure->name);
}

/* Texts that a frame has no room for, and that JSON has none for. */
static void
test_error_texts (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *text = g_strnfill (100 * 1000, '\1');
  g_autoptr(MullionStreamFailure) sent = NULL;
  const MullionStreamFailure *failure;

  text[0] = '\xff';
  sent = mullion_stream_failure_new (text, text);
  mullion_stream_writer_fail (fixture->writer, sent);

  failure = get_reader_failure (fixture);
  g_assert_nonnull (failure);
  g_assert_false (failure->is_ours);
  g_assert_true (g_str_has_prefix (failure->message, "\357\277\275\1"));
  g_assert_cmpstr (failure->name, ==, failure->message);
}

/* The reason arrives also when the writer is just about to write. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MullionStreamFailure) sent = mullion_stream_failure_new ("AbortError", "no more");
  const MullionStreamFailure *failure;

  fixture->length = 100 * MIB;
  mullion_stream_reader_start (fixture->reader);
  wait_until (mullion_stream_writer_get_room (fixture->writer) > 0);
  write_exactly (fixture, 1000);
  wait_until (mullion_stream_reader_get_available (fixture->reader) > 0);
  mullion_stream_reader_cancel (fixture->reader, sent);
  g_assert_cmpuint (mullion_stream_reader_get_available (fixture->reader), ==, 0);
  g_assert_true (mullion_stream_reader_is_over (fixture->reader, NULL));

  mullion_stream_writer_write (fixture->writer, "late", 4);
  failure = get_writer_failure (fixture);
  g_assert_nonnull (failure);
  g_assert_cmpstr (failure->name, ==, "AbortError");
  g_assert_cmpstr (failure->message, ==, "no more");
  g_assert_false (mullion_stream_writer_write (fixture->writer, "late", 4));
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  const MullionStreamFailure *failure;

  mullion_stream_reader_start (fixture->reader);
  write_exactly (fixture, 100);
  g_clear_pointer (&fixture->writer, mullion_stream_writer_free);
  wait_until (mullion_stream_reader_get_available (fixture->reader) == 100);
  read_and_check (fixture, 100);
  failure = get_reader_failure (fixture);
  g_assert_nonnull (failure);
  g_assert_true (failure->is_ours);
}

/* Whoever has said all may go. */
static void
test_last_words (Fixture       *fixture,
                 gconstpointer  data)
{
  mullion_stream_reader_start (fixture->reader);
  write_exactly (fixture, MULLION_STREAM_MAX_CHUNK);
  write_exactly (fixture, 100);
  mullion_stream_writer_end (fixture->writer);
  g_clear_pointer (&fixture->writer, mullion_stream_writer_free);
  wait_until (mullion_stream_reader_get_available (fixture->reader) == fixture->written);
  read_and_check (fixture, 100);
  g_assert_null (get_reader_failure (fixture));
}

static void
test_reader_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  const MullionStreamFailure *failure;

  mullion_stream_writer_end (fixture->writer);
  g_clear_pointer (&fixture->reader, mullion_stream_reader_free);
  failure = get_writer_failure (fixture);
  g_assert_nonnull (failure);
  g_assert_true (failure->is_ours);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/stream-wire/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("bytes", test_bytes);
  ADD ("empty", test_empty);
  ADD ("back-pressure", test_back_pressure);
  ADD ("long", test_long);
  ADD ("error", test_error);
  ADD ("error-texts", test_error_texts);
  ADD ("cancel", test_cancel);
  ADD ("gone", test_gone);
  ADD ("last-words", test_last_words);
  ADD ("reader-gone", test_reader_gone);
#undef ADD

  return g_test_run ();
}
