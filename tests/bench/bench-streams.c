/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-streams.h"

/*
 * The main process's ends of the streams that are measured: one that makes bytes, as fast as they are
 * wanted, and one that takes them. Both do nothing else with them, so that the way is what counts.
 */

#define CHUNK (512 * 1024)

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  GInputStream *stream;
  gint64 n_read;
  guint8 buffer[CHUNK];
} Reader;

static void
pull_cb (MullionStreamSource *source,
         gpointer             user_data)
{
  static const guint8 zeros[CHUNK];
  gint64 *left = user_data;

  if (*left <= 0)
    {
      mullion_stream_source_end (source);
      return;
    }

  *left -= CHUNK;
  mullion_stream_source_put (source, g_bytes_new_static (zeros, CHUNK));
}

/* bench:stream (bytes): a stream of so many, of whole chunks */
static void
open_stream (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  g_autoptr(MullionStreamSource) source = NULL;
  gint64 *left = g_new (gint64, 1);

  *left = json_array_get_int_element (args, 0);
  source = mullion_stream_source_new (pull_cb, left, g_free);
  mullion_ipc_main_invoke_event_return (event,
                                        mullion_value_new_input_stream (G_INPUT_STREAM (source)));
}

static void
free_reader (Reader *reader)
{
  g_object_unref (reader->event);
  g_object_unref (reader->stream);
  g_free (reader);
}

static void read_on (Reader *reader);

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reader *reader = user_data;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (reader->stream, result, &error);

  if (n > 0)
    {
      reader->n_read += n;
      read_on (reader);
      return;
    }

  if (n < 0)
    mullion_ipc_main_invoke_event_return_error (reader->event, error);
  else
    mullion_ipc_main_invoke_event_return (reader->event, json_node_init_int (json_node_alloc (),
                                                                             reader->n_read));
  free_reader (reader);
}

static void
read_on (Reader *reader)
{
  g_input_stream_read_async (reader->stream, reader->buffer, CHUNK, G_PRIORITY_DEFAULT, NULL,
                             read_cb, reader);
}

/* bench:take-stream (stream): how many bytes came */
static void
take_stream (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->event = g_object_ref (event);
  reader->stream =
    g_object_ref (mullion_value_get_input_stream (json_array_get_element (args, 0)));
  read_on (reader);
}

void
bench_streams_add_handlers (MullionIpcMain *ipc)
{
  mullion_ipc_main_handle (ipc, "bench:stream", open_stream, NULL, NULL);
  mullion_ipc_main_handle (ipc, "bench:take-stream", take_stream, NULL, NULL);
}
