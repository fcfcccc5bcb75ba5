/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion.h"

#include "mullion-readable-stream-private.h"
#include "mullion-stream-end.h"
#include "mullion-stream-pump.h"
#include "mullion-stream-sink.h"
#include "mullion-writable-stream-private.h"
#include "stream-fixture.h"

#include <glib/gstdio.h>

/* The streams of the main process: GIO's on either side of a socket. */

#define SIZE (10 * MIB + 17)

typedef struct
{
  GInputStream *readable;
  GOutputStream *writable;
  guint n_pulls;
  guint64 n_put;
  guint n_destroyed;
  gssize result;
  GError *error;
  gboolean is_done;
  char *path; /* of a file that the test may write */
} Streams;

static void
clear (Streams       *test,
       gconstpointer  data)
{
  g_clear_object (&test->readable);
  g_clear_object (&test->writable);
  g_clear_error (&test->error);
  if (test->path != NULL)
    g_unlink (test->path);
  g_clear_pointer (&test->path, g_free);
  settle ();
}

static void
connect_input (Streams      *test,
               GInputStream *stream)
{
  int pair[2];

  make_pair (pair);
  mullion_stream_pump_start (stream, pair[0]);
  test->readable = mullion_readable_stream_new (pair[1], NULL);
}

static void
connect_output (Streams       *test,
                GOutputStream *stream)
{
  int pair[2];

  make_pair (pair);
  mullion_stream_sink_start (stream, pair[0]);
  test->writable = mullion_writable_stream_new (pair[1], NULL);
}

static GBytes *
make_bytes (gsize size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = byte_at (i);

  return g_bytes_new_take (bytes, size);
}

static void
splice_cb (GObject      *stream,
           GAsyncResult *result,
           gpointer      user_data)
{
  Streams *test = user_data;

  test->result = g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &test->error);
  test->is_done = TRUE;
}

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Streams *test = user_data;

  test->result = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &test->error);
  test->is_done = TRUE;
}

static void
write_cb (GObject      *stream,
          GAsyncResult *result,
          gpointer      user_data)
{
  Streams *test = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &test->error);
  test->is_done = TRUE;
}

static void
close_cb (GObject      *stream,
          GAsyncResult *result,
          gpointer      user_data)
{
  Streams *test = user_data;

  g_output_stream_close_finish (G_OUTPUT_STREAM (stream), result, &test->error);
  test->is_done = TRUE;
}

#define wait_done(test) \
  G_STMT_START { \
    wait_until ((test)->is_done); \
    (test)->is_done = FALSE; \
  } G_STMT_END

static gssize
read_some (Streams *test,
           void    *buffer,
           gsize    size)
{
  g_input_stream_read_async (test->readable, buffer, size, G_PRIORITY_DEFAULT, NULL, read_cb, test);
  wait_done (test);

  return test->result;
}

static void
write_all (Streams *test,
           GBytes  *bytes)
{
  g_output_stream_write_all_async (test->writable, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), G_PRIORITY_DEFAULT, NULL, write_cb,
                                   test);
  wait_done (test);
}

static void
close_writable (Streams *test)
{
  g_output_stream_close_async (test->writable, G_PRIORITY_DEFAULT, NULL, close_cb, test);
  wait_done (test);
}

/* -- To a page -- */

static void
test_input (Streams       *test,
            gconstpointer  data)
{
  g_autoptr(GBytes) bytes = make_bytes (SIZE);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(GOutputStream) copy = g_memory_output_stream_new_resizable ();

  connect_input (test, stream);
  g_output_stream_splice_async (copy, test->readable, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE,
                                G_PRIORITY_DEFAULT, NULL, splice_cb, test);
  wait_done (test);
  g_assert_no_error (test->error);
  g_assert_cmpint (test->result, ==, SIZE);
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (copy)), SIZE,
                   g_bytes_get_data (bytes, NULL), SIZE);
  wait_until (g_input_stream_is_closed (stream));
}

/* To wait for a page would stop the app. */
static void
test_read_now (Streams       *test,
               gconstpointer  data)
{
  g_autoptr(GBytes) bytes = make_bytes (100);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  guint8 buffer[100];
  g_autoptr(GError) error = NULL;

  connect_input (test, stream);
  g_assert_cmpint (g_input_stream_read (test->readable, buffer, 100, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  wait_until (g_input_stream_read (test->readable, buffer, 60, NULL, NULL) == 60);
  g_assert_cmpint (g_input_stream_read (test->readable, buffer, 100, NULL, NULL), ==, 40);
  wait_until (g_input_stream_read (test->readable, buffer, 100, NULL, NULL) == 0);
}

static void
pull_cb (MullionStreamSource *source,
         gpointer             user_data)
{
  Streams *test = user_data;

  test->n_pulls++;
  test->n_put += 100 * 1000;
  mullion_stream_source_put (source, g_bytes_new_take (g_malloc0 (100 * 1000), 100 * 1000));
}

static void
leave_pulled_cb (MullionStreamSource *source,
                 gpointer             user_data)
{
  ((Streams *) user_data)->n_pulls++;
}

static void
destroy_cb (gpointer user_data)
{
  ((Streams *) user_data)->n_destroyed++;
}

/* Endless, and yet no more is made than is wanted. */
static void
test_source (Streams       *test,
             gconstpointer  data)
{
  g_autoptr(MullionStreamSource) source = mullion_stream_source_new (pull_cb, test, destroy_cb);
  g_autofree guint8 *buffer = g_malloc (MIB);
  guint64 n_read = 0;

  connect_input (test, G_INPUT_STREAM (source));
  settle ();
  g_assert_cmpuint (test->n_pulls, ==, 0);

  for (int i = 0; i < 30; i++)
    {
      n_read += read_some (test, buffer, MIB);
      g_assert_cmpuint (test->n_put, <=, n_read + MULLION_STREAM_WINDOW + 100 * 1000);
    }
  g_assert_no_error (test->error);
  wait_until (test->n_put > n_read + MULLION_STREAM_WINDOW / 2);
  settle ();
  g_assert_cmpuint (test->n_put, <=, n_read + MULLION_STREAM_WINDOW + 100 * 1000);

  g_input_stream_close (test->readable, NULL, NULL);
  wait_until (test->n_destroyed == 1);
  wait_until (g_input_stream_is_closed (G_INPUT_STREAM (source)));
  mullion_stream_source_put (source, g_bytes_new_static ("late", 4));
  mullion_stream_source_end (source);
}

/* Answers that come later, and the end. */
static void
test_source_later (Streams       *test,
                   gconstpointer  data)
{
  g_autoptr(MullionStreamSource) source = mullion_stream_source_new (leave_pulled_cb, test, NULL);
  guint8 buffer[100];

  connect_input (test, G_INPUT_STREAM (source));
  g_input_stream_read_async (test->readable, buffer, 100, 0, NULL, read_cb, test);
  wait_until (test->n_pulls == 1);
  settle ();
  g_assert_cmpuint (test->n_pulls, ==, 1);
  mullion_stream_source_put (source, g_bytes_new (NULL, 0));
  settle ();
  g_assert_false (test->is_done);

  mullion_stream_source_put (source, g_bytes_new_static ("abc", 3));
  wait_done (test);
  g_assert_cmpint (test->result, ==, 3);
  wait_until (test->n_pulls == 2);
  mullion_stream_source_put (source, g_bytes_new_static ("de", 2));
  mullion_stream_source_put (source, g_bytes_new_static ("f", 1));
  mullion_stream_source_end (source);
  g_assert_cmpint (read_some (test, buffer, 2), ==, 2);
  g_assert_cmpint (read_some (test, buffer, 2), ==, 1);
  g_assert_cmpint (read_some (test, buffer, 2), ==, 0);
  g_assert_no_error (test->error);
}

static void
test_source_fails (Streams       *test,
                   gconstpointer  data)
{
  g_autoptr(MullionStreamSource) source = mullion_stream_source_new (leave_pulled_cb, test, NULL);
  guint8 buffer[100];

  connect_input (test, G_INPUT_STREAM (source));
  mullion_stream_source_put (source, g_bytes_new_static ("abc", 3));
  mullion_stream_source_fail (source, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "worn out"));
  g_assert_cmpint (read_some (test, buffer, 100), ==, 3);
  g_assert_cmpint (read_some (test, buffer, 100), ==, -1);
  g_assert_error (test->error, MULLION_ERROR, MULLION_ERROR_SCRIPT);
  g_assert_cmpstr (test->error->message, ==, "worn out");
  wait_until (g_input_stream_is_closed (G_INPUT_STREAM (source)));
}

/* What reads for a page that wants no more is told so. */
static void
test_cancel (Streams       *test,
             gconstpointer  data)
{
  g_autoptr(MullionStreamSource) source =
    mullion_stream_source_new (leave_pulled_cb, test, destroy_cb);
  guint8 buffer[100];

  connect_input (test, G_INPUT_STREAM (source));
  g_input_stream_read_async (test->readable, buffer, 100, 0, NULL, read_cb, test);
  wait_until (test->n_pulls == 1);
  mullion_readable_stream_cancel (MULLION_READABLE_STREAM (test->readable),
                                  g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "enough"));
  wait_done (test);
  g_assert_error (test->error, G_IO_ERROR, G_IO_ERROR_FAILED);
  wait_until (test->n_destroyed == 1);
}

static void
test_read_cancellable (Streams       *test,
                       gconstpointer  data)
{
  g_autoptr(MullionStreamSource) source = mullion_stream_source_new (leave_pulled_cb, test, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  guint8 buffer[100];

  connect_input (test, G_INPUT_STREAM (source));
  g_input_stream_read_async (test->readable, buffer, 100, 0, cancellable, read_cb, test);
  wait_until (test->n_pulls == 1);
  g_cancellable_cancel (cancellable);
  wait_done (test);
  g_assert_error (test->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&test->error);

  /* That was the read, and not the stream. */
  mullion_stream_source_put (source, g_bytes_new_static ("abc", 3));
  g_assert_cmpint (read_some (test, buffer, 100), ==, 3);
}

static void
test_gone (Streams       *test,
           gconstpointer  data)
{
  guint8 buffer[100];
  int pair[2];

  make_pair (pair);
  test->readable = mullion_readable_stream_new (pair[0], NULL);
  close (pair[1]);
  g_assert_cmpint (read_some (test, buffer, 100), ==, -1);
  g_assert_error (test->error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* -- From a page -- */

static void
test_output (Streams       *test,
             gconstpointer  data)
{
  g_autoptr(GBytes) bytes = make_bytes (SIZE);
  g_autoptr(GOutputStream) copy = g_memory_output_stream_new_resizable ();

  connect_output (test, copy);
  write_all (test, bytes);
  g_assert_no_error (test->error);
  g_assert_false (g_output_stream_is_closed (copy));
  close_writable (test);
  g_assert_no_error (test->error);
  g_assert_true (g_output_stream_is_closed (copy));
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (copy)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (copy)),
                   g_bytes_get_data (bytes, NULL), SIZE);
}

static void
test_disk_full (Streams       *test,
                gconstpointer  data)
{
  g_autoptr(GBytes) bytes = make_bytes (MIB);
  g_autoptr(GFile) file = g_file_new_for_path ("/dev/full");
  g_autoptr(GOutputStream) stream =
    G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_NONE, NULL, NULL));

  g_assert_nonnull (stream);
  connect_output (test, stream);
  write_all (test, bytes);
  if (test->error == NULL)
    close_writable (test);
  g_assert_error (test->error, MULLION_ERROR, MULLION_ERROR_SCRIPT);
  g_assert_nonnull (strstr (test->error->message, "No space left on device"));
  wait_until (g_output_stream_is_closed (stream));
}

static GOutputStream *
replace_file (Streams *test)
{
  g_autoptr(GFile) file = NULL;

  test->path = g_build_filename (g_get_tmp_dir (), "mullion-test-streams.txt", NULL);
  file = g_file_new_for_path (test->path);
  g_assert_true (g_file_set_contents (test->path, "before", -1, NULL));

  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL));
}

static void
assert_file (Streams    *test,
             const char *contents)
{
  g_autofree char *found = NULL;

  g_assert_true (g_file_get_contents (test->path, &found, NULL, NULL));
  g_assert_cmpstr (found, ==, contents);
}

/* Half of a file must not look like the whole. */
static void
test_let_go (Streams       *test,
             gconstpointer  data)
{
  g_autoptr(GOutputStream) stream = replace_file (test);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("after", 5);

  connect_output (test, stream);
  write_all (test, bytes);
  g_clear_object (&test->writable);
  wait_until (g_output_stream_is_closed (stream));
  settle ();
  assert_file (test, "before");
}

static void
test_replace (Streams       *test,
              gconstpointer  data)
{
  g_autoptr(GOutputStream) stream = replace_file (test);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("after", 5);

  connect_output (test, stream);
  write_all (test, bytes);
  close_writable (test);
  g_assert_no_error (test->error);
  assert_file (test, "after");
}

static void
test_abort (Streams       *test,
            gconstpointer  data)
{
  g_autoptr(GOutputStream) stream = replace_file (test);

  connect_output (test, stream);
  mullion_writable_stream_abort (MULLION_WRITABLE_STREAM (test->writable),
                                 g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no more"));
  wait_until (g_output_stream_is_closed (stream));
  assert_file (test, "before");
}

/* A reader that never reads stops who writes. */
static void
test_write_waits (Streams       *test,
                  gconstpointer  data)
{
  g_autoptr(GBytes) bytes = make_bytes (SIZE);
  g_autoptr(MullionStreamReader) reader = NULL;
  Fixture fixture = { 0 };
  int pair[2];

  make_pair (pair);
  reader = mullion_stream_reader_new (pair[0], G_PRIORITY_DEFAULT, changed_cb, &fixture);
  test->writable = mullion_writable_stream_new (pair[1], NULL);
  g_assert_cmpint (g_output_stream_write (test->writable, "x", 1, NULL, &test->error), ==, -1);
  g_assert_error (test->error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_clear_error (&test->error);

  mullion_stream_reader_start (reader);
  g_output_stream_write_all_async (test->writable, g_bytes_get_data (bytes, NULL), SIZE, 0, NULL,
                                   write_cb, test);
  wait_until (mullion_stream_reader_get_available (reader) == MULLION_STREAM_WINDOW);
  settle ();
  g_assert_false (test->is_done);

  /* And hears when it goes. */
  g_clear_pointer (&reader, mullion_stream_reader_free);
  wait_done (test);
  g_assert_error (test->error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* -- In messages -- */

static void
test_values (Streams       *test,
             gconstpointer  data)
{
  g_autoptr(GInputStream) input = g_memory_input_stream_new ();
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr(JsonNode) readable = mullion_value_new_input_stream (input);
  g_autoptr(JsonNode) writable = mullion_value_new_output_stream (output);
  g_autoptr(JsonNode) text = json_node_init_string (json_node_alloc (), "stream");

  g_assert_cmpint (mullion_value_get_kind (readable), ==, MULLION_VALUE_READABLE_STREAM);
  g_assert_cmpint (mullion_value_get_kind (writable), ==, MULLION_VALUE_WRITABLE_STREAM);
  g_assert_true (mullion_value_get_input_stream (readable) == input);
  g_assert_true (mullion_value_get_output_stream (writable) == output);
  g_assert_null (mullion_value_get_input_stream (writable));
  g_assert_null (mullion_value_get_output_stream (readable));
  g_assert_null (mullion_value_get_input_stream (text));
  g_assert_null (mullion_value_get_input_stream (NULL));
}

static void
test_send_once (Streams       *test,
                gconstpointer  data)
{
  g_autoptr(GInputStream) input = g_memory_input_stream_new ();
  g_autoptr(MullionStreamEnd) end = mullion_stream_end_new_input (input);
  g_autoptr(GUnixFDList) ports = g_unix_fd_list_new ();
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mullion_stream_end_send (end, ports, &error), ==, 0);
  g_assert_cmpint (mullion_stream_end_send (end, ports, &error), ==, -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_assert_null (mullion_stream_end_get_input (end));
  g_clear_object (&ports);
  wait_until (g_input_stream_is_closed (input));
}

/* What a handler does not look into goes on as it came; what it took does not. */
static void
test_send_on (Streams       *test,
              gconstpointer  data)
{
  g_autoptr(GUnixFDList) ports = g_unix_fd_list_new ();
  g_autoptr(MullionStreamEnd) passed = NULL;
  g_autoptr(MullionStreamEnd) taken = NULL;
  g_autoptr(GError) error = NULL;
  MullionPortQuota *quota = mullion_port_quota_new ();
  int pair[2];

  make_pair (pair);
  passed = mullion_stream_end_new_received (MULLION_STREAM_READABLE, pair[0], quota);
  taken = mullion_stream_end_new_received (MULLION_STREAM_WRITABLE, pair[1], quota);
  mullion_port_quota_unref (quota);

  g_assert_cmpint (mullion_stream_end_send (passed, ports, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_null (mullion_stream_end_get_input (passed));

  g_assert_true (MULLION_IS_WRITABLE_STREAM (mullion_stream_end_get_output (taken)));
  g_assert_cmpint (mullion_stream_end_send (taken, ports, &error), ==, -1);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* One that is too many is closed, which its page hears; when another goes, there is room again. */
static void
test_quota (Streams       *test,
            gconstpointer  data)
{
  MullionPortQuota *quota = mullion_port_quota_new ();
  MullionStreamEnd *held = NULL;
  MullionStreamEnd *excess = NULL;
  int first[2];
  int second[2];
  char byte;

  make_pair (first);
  make_pair (second);
  g_assert_true (mullion_port_quota_take (quota, MULLION_WIRE_MAX_HELD_PORTS - 1));
  held = mullion_stream_end_new_received (MULLION_STREAM_READABLE, first[0], quota);
  excess = mullion_stream_end_new_received (MULLION_STREAM_READABLE, second[0], quota);
  g_assert_null (mullion_stream_end_get_input (excess));
  g_assert_cmpint (read (second[1], &byte, 1), ==, 0);

  mullion_stream_end_unref (held);
  mullion_stream_end_unref (excess);
  g_assert_true (mullion_port_quota_take (quota, 1));
  g_assert_false (mullion_port_quota_take (quota, 1));

  mullion_port_quota_unref (quota);
  close (first[1]);
  close (second[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/streams/" name, Streams, NULL, NULL, test, clear)
  ADD ("input", test_input);
  ADD ("read-now", test_read_now);
  ADD ("source", test_source);
  ADD ("source-later", test_source_later);
  ADD ("source-fails", test_source_fails);
  ADD ("cancel", test_cancel);
  ADD ("read-cancellable", test_read_cancellable);
  ADD ("gone", test_gone);
  ADD ("output", test_output);
  ADD ("disk-full", test_disk_full);
  ADD ("let-go", test_let_go);
  ADD ("replace", test_replace);
  ADD ("abort", test_abort);
  ADD ("write-waits", test_write_waits);
  ADD ("values", test_values);
  ADD ("send-once", test_send_once);
  ADD ("send-on", test_send_on);
  ADD ("quota", test_quota);
#undef ADD

  return g_test_run ();
}
