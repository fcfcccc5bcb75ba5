/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-stream.h"

#include <string.h>

/* More than one piece, and no multiple of it. */
#define LARGE (700 * 1024 + 3)

static GBytes *
make_bytes (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + i / 251);

  return g_bytes_new_take (data, size);
}

static GInputStream *
make_stream (GBytes  *bytes,
             goffset  first,
             guint64  length)
{
  g_autoptr(GInputStream) base = g_memory_input_stream_new_from_bytes (bytes);

  g_assert_true (g_seekable_seek (G_SEEKABLE (base), first, G_SEEK_SET, NULL, NULL));

  return mullion_app_stream_new (base, length);
}

static void
assert_same (GByteArray *got,
             GBytes     *bytes,
             gsize       first,
             gsize       length)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  g_assert_cmpmem (got->data, got->len, data + first, length);
}

static void
test_part (void)
{
  g_autoptr(GBytes) bytes = make_bytes (100);
  g_autoptr(GInputStream) stream = make_stream (bytes, 10, 20);
  guint8 buffer[64];
  gsize got = 0;

  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer, &got, NULL, NULL));
  g_assert_cmpmem (buffer, got, (const guint8 *) g_bytes_get_data (bytes, NULL) + 10, 20);
  g_assert_cmpint (g_input_stream_read (stream, buffer, 1, NULL, NULL), ==, 0);
}

static void
test_short_file (void)
{
  g_autoptr(GBytes) bytes = make_bytes (30);
  g_autoptr(GInputStream) stream = make_stream (bytes, 0, 1000);
  guint8 buffer[64];
  gsize got = 0;

  g_assert_true (g_input_stream_read_all (stream, buffer, sizeof buffer, &got, NULL, NULL));
  g_assert_cmpuint (got, ==, 30);
}

static void
test_nothing (void)
{
  g_autoptr(GBytes) bytes = make_bytes (30);
  GInputStream *stream = make_stream (bytes, 0, 0);
  guint8 byte;

  g_assert_cmpint (g_input_stream_read (stream, &byte, 1, NULL, NULL), ==, 0);
  g_assert_finalize_object (stream);
}

/* --- as WebKit reads ---------------------------------------------------- */

typedef struct
{
  GMainLoop *loop;
  GByteArray *got;
  GError *error;
  guint8 buffer[8192];
} Reader;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reader *reader = user_data;
  GInputStream *stream = G_INPUT_STREAM (source);
  gssize got = g_input_stream_read_finish (stream, result, &reader->error);

  if (got <= 0)
    {
      g_main_loop_quit (reader->loop);
      return;
    }

  g_byte_array_append (reader->got, reader->buffer, (guint) got);
  g_input_stream_read_async (stream, reader->buffer, sizeof reader->buffer, G_PRIORITY_DEFAULT,
                             NULL, read_cb, reader);
}

static void
read_to_end (Reader       *reader,
             GInputStream *stream,
             GCancellable *cancellable)
{
  reader->loop = g_main_loop_new (NULL, FALSE);
  reader->got = g_byte_array_new ();
  g_input_stream_read_async (stream, reader->buffer, sizeof reader->buffer, G_PRIORITY_DEFAULT,
                             cancellable, read_cb, reader);
  g_main_loop_run (reader->loop);
}

static void
clear_reader (Reader *reader)
{
  g_clear_pointer (&reader->loop, g_main_loop_unref);
  g_clear_pointer (&reader->got, g_byte_array_unref);
  g_clear_error (&reader->error);
}

/* The worker thread lets go of the stream in its own time, which may be after
 * the answer has come; a stream that leaks makes the test run out of time. */
static void
assert_finalizes (GInputStream *stream)
{
  gpointer alive = stream;

  g_object_add_weak_pointer (G_OBJECT (stream), &alive);
  g_object_unref (stream);
  while (g_atomic_pointer_get (&alive) != NULL)
    g_thread_yield ();
}

static void
test_async (void)
{
  g_autoptr(GBytes) bytes = make_bytes (LARGE);
  GInputStream *stream = make_stream (bytes, 5, LARGE - 6);
  Reader reader = { 0 };

  read_to_end (&reader, stream, NULL);

  g_assert_no_error (reader.error);
  assert_same (reader.got, bytes, 5, LARGE - 6);
  clear_reader (&reader);
  assert_finalizes (stream);
}

static void
test_cancelled (void)
{
  g_autoptr(GBytes) bytes = make_bytes (100);
  g_autoptr(GInputStream) stream = make_stream (bytes, 0, 100);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Reader reader = { 0 };

  g_cancellable_cancel (cancellable);
  read_to_end (&reader, stream, cancellable);

  g_assert_error (reader.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (reader.got->len, ==, 0);
  clear_reader (&reader);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app-stream/part", test_part);
  g_test_add_func ("/app-stream/short-file", test_short_file);
  g_test_add_func ("/app-stream/nothing", test_nothing);
  g_test_add_func ("/app-stream/async", test_async);
  g_test_add_func ("/app-stream/cancelled", test_cancelled);

  return g_test_run ();
}
