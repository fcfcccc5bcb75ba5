/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-native-streams.h"

/*
 * The streams' part of the native door: functions for our own runtime, which alone ever holds them.
 *
 * Lives in the web process. Streams are named by their numbers; one that is not, or not any more, is
 * over.
 */

/* What streamState tells. */
enum { GOING, OVER, FAILED };

/* What one read gives at most: a part of the window, so that credit flows meanwhile. */
#define MAX_READ (MULLION_STREAM_MAX_CHUNK * 2)

static guint
native_open_stream (guint    socket,
                    gboolean writes,
                    gpointer user_data)
{
  return mullion_render_streams_open (user_data, socket, writes);
}

/* How many bytes the next read gives. Who asks wants them. */
static guint
native_get_stream_available (guint    number,
                             gpointer user_data)
{
  MullionStreamReader *reader = mullion_render_streams_find_reader (user_data, number);

  if (reader == NULL)
    return 0;

  mullion_stream_reader_start (reader);
  return MIN (mullion_stream_reader_get_available (reader), MAX_READ);
}

/* Fills a Uint8Array, which has the length of what is there. The bytes are copied once, right into its
 * memory, of whatever world that is. */
static void
native_read_stream (guint     number,
                    JSCValue *array,
                    gpointer  user_data)
{
  MullionStreamReader *reader = mullion_render_streams_find_reader (user_data, number);
  gsize size = 0;
  guint8 *bytes = jsc_value_typed_array_get_data (array, &size);

  if (reader == NULL || bytes == NULL || mullion_stream_reader_read (reader, bytes, size) != size)
    jsc_context_throw (jsc_context_get_current (), "The bytes of a stream could not be read");
}

/* How much of the buffer was taken; 0 when it must wait, or when the stream is over. */
static double
native_write_stream (guint     number,
                     JSCValue *buffer,
                     double    at,
                     double    size,
                     gpointer  user_data)
{
  MullionStreamWriter *writer = mullion_render_streams_find_writer (user_data, number);
  gsize room = writer != NULL ? mullion_stream_writer_get_room (writer) : 0;
  gsize length = 0;
  const guint8 *bytes = jsc_value_array_buffer_get_data (buffer, &length);
  gsize n;

  /* Written so that NaN is refused too. */
  if (room == 0 || bytes == NULL || !(at >= 0 && size > 0 && at + size <= (double) length))
    return 0;

  n = MIN (room, (gsize) size);
  return mullion_stream_writer_write (writer, bytes + (gsize) at, n) ? n : 0;
}

static gboolean
native_has_stream_room (guint    number,
                        gpointer user_data)
{
  MullionStreamWriter *writer = mullion_render_streams_find_writer (user_data, number);

  return writer != NULL && mullion_stream_writer_get_room (writer) > 0;
}

static const MullionStreamFailure *
find_failure (MullionRenderStreams *self,
              guint                 number,
              gboolean             *is_over)
{
  MullionStreamReader *reader = mullion_render_streams_find_reader (self, number);
  MullionStreamWriter *writer = mullion_render_streams_find_writer (self, number);
  const MullionStreamFailure *failure = NULL;

  *is_over = TRUE;
  if (reader != NULL)
    *is_over = mullion_stream_reader_is_over (reader, &failure);
  else if (writer != NULL)
    *is_over = mullion_stream_writer_is_over (writer, &failure);

  return *is_over ? failure : NULL;
}

static guint
native_get_stream_state (guint    number,
                         gpointer user_data)
{
  gboolean is_over;

  if (find_failure (user_data, number, &is_over) != NULL)
    return FAILED;

  return is_over ? OVER : GOING;
}

/* As JSON: message, and where there are such, name, domain and code. */
static char *
native_get_stream_failure (guint    number,
                           gpointer user_data)
{
  gboolean is_over;
  const MullionStreamFailure *failure = find_failure (user_data, number, &is_over);

  return failure != NULL ? mullion_stream_failure_to_json (failure) : g_strdup ("null");
}

static void
native_end_stream (guint    number,
                   gpointer user_data)
{
  MullionStreamReader *reader = mullion_render_streams_find_reader (user_data, number);
  MullionStreamWriter *writer = mullion_render_streams_find_writer (user_data, number);

  if (reader != NULL)
    mullion_stream_reader_finish (reader);
  if (writer != NULL)
    mullion_stream_writer_end (writer);
}

static void
native_fail_stream (guint       number,
                    const char *name,
                    const char *message,
                    gpointer    user_data)
{
  MullionStreamReader *reader = mullion_render_streams_find_reader (user_data, number);
  MullionStreamWriter *writer = mullion_render_streams_find_writer (user_data, number);
  g_autoptr(MullionStreamFailure) failure = mullion_stream_failure_new (name, message);

  if (reader != NULL)
    mullion_stream_reader_cancel (reader, failure);
  if (writer != NULL)
    mullion_stream_writer_fail (writer, failure);
}

static void
native_close_stream (guint    number,
                     gpointer user_data)
{
  mullion_render_streams_remove (user_data, number);
}

void
mullion_native_add_stream_functions (JSCValue             *native,
                                     JSCContext           *context,
                                     MullionRenderStreams *streams)
{
#define ADD(name, callback, ...) \
  G_STMT_START { \
    g_autoptr(JSCValue) function_ = \
      jsc_value_new_function (context, name, G_CALLBACK (callback), \
                              mullion_render_streams_ref (streams), \
                              (GDestroyNotify) mullion_render_streams_unref, __VA_ARGS__); \
    jsc_value_object_set_property (native, name, function_); \
  } G_STMT_END

  ADD ("openStream", native_open_stream, G_TYPE_UINT, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  ADD ("getStreamAvailable", native_get_stream_available, G_TYPE_UINT, 1, G_TYPE_UINT);
  ADD ("readStream", native_read_stream, G_TYPE_NONE, 2, G_TYPE_UINT, JSC_TYPE_VALUE);
  ADD ("writeStream", native_write_stream, G_TYPE_DOUBLE, 4, G_TYPE_UINT, JSC_TYPE_VALUE,
       G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  ADD ("hasStreamRoom", native_has_stream_room, G_TYPE_BOOLEAN, 1, G_TYPE_UINT);
  ADD ("getStreamState", native_get_stream_state, G_TYPE_UINT, 1, G_TYPE_UINT);
  ADD ("getStreamFailure", native_get_stream_failure, G_TYPE_STRING, 1, G_TYPE_UINT);
  ADD ("endStream", native_end_stream, G_TYPE_NONE, 1, G_TYPE_UINT);
  ADD ("failStream", native_fail_stream, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
  ADD ("closeStream", native_close_stream, G_TYPE_NONE, 1, G_TYPE_UINT);

#undef ADD
}
