/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Streams: numbers without an end, made as fast as the page reads them, and a file of the page that
 * is hashed as it comes. Neither is ever whole in memory.
 */

#define CHUNK (64 * 1024)
/* The page is told how much was made, and not of each chunk. */
#define TOLD_EVERY (1024 * 1024)

/* -- From C -- */

typedef struct
{
  MullionWebContents *reader;
  guint64 n_made;
  GRand *rand;
} Source;

static void
free_source (gpointer data)
{
  Source *self = data;

  mullion_web_contents_send (self->reader, "streams:ended",
                             gallery_args_new (gallery_number_node (self->n_made), NULL));
  g_object_unref (self->reader);
  g_rand_free (self->rand);
  g_free (self);
}

/* Called when the page wants more, and at no other time. */
static void
make_bytes (MullionStreamSource *source,
            gpointer             user_data)
{
  Source *self = user_data;
  guint32 *numbers = g_malloc (CHUNK);

  for (gsize i = 0; i < CHUNK / sizeof *numbers; i++)
    numbers[i] = g_rand_int (self->rand);

  self->n_made += CHUNK;
  mullion_stream_source_put (source, g_bytes_new_take (numbers, CHUNK));
  if (self->n_made % TOLD_EVERY == 0)
    mullion_web_contents_send (self->reader, "streams:made",
                               gallery_args_new (gallery_number_node (self->n_made), NULL));
}

static void
open_stream (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  Source *self = g_new0 (Source, 1);
  g_autoptr(MullionStreamSource) source = NULL;

  self->reader = g_object_ref (mullion_ipc_main_invoke_event_get_sender (event));
  self->rand = g_rand_new ();
  source = mullion_stream_source_new (make_bytes, self, free_source);

  mullion_ipc_main_invoke_event_return (event,
                                        mullion_value_new_input_stream (G_INPUT_STREAM (source)));
}

/* -- To C -- */

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  GChecksum *checksum;
} Hash;

static void
free_hash (Hash *self)
{
  g_object_unref (self->event);
  g_checksum_free (self->checksum);
  g_free (self);
}

static void read_on (GInputStream *stream,
                     Hash         *self);

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Hash *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      g_checksum_update (self->checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      read_on (G_INPUT_STREAM (stream), self);
      return;
    }

  if (bytes == NULL)
    mullion_ipc_main_invoke_event_return_error (self->event, g_steal_pointer (&error));
  else
    mullion_ipc_main_invoke_event_return (
      self->event, gallery_string_node (g_checksum_get_string (self->checksum)));
  free_hash (self);
}

static void
read_on (GInputStream *stream,
         Hash         *self)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, NULL, read_cb, self);
}

static void
hash_stream (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  JsonNode *value = json_array_get_length (args) > 0 ? json_array_get_element (args, 0) : NULL;
  GInputStream *stream = mullion_value_get_input_stream (value);
  Hash *self = NULL;

  if (stream == NULL)
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_INVALID_ARGUMENT,
                                                      "Expected a ReadableStream");
      return;
    }

  self = g_new0 (Hash, 1);
  self->event = g_object_ref (event);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  read_on (stream, self);
}

void
gallery_streams_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "streams:open", open_stream, NULL, NULL);
  mullion_ipc_main_handle (ipc, "streams:hash", hash_stream, NULL, NULL);
}
