/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-source.h"

#include "mullion-instant-close.h"
#include "mullion-pending-io.h"

#include <string.h>

/**
 * MullionStreamSource:
 *
 * An input stream whose bytes a function of yours makes when they are wanted: what a page's
 * `ReadableStream` has as its underlying source.
 *
 * Whenever a reader wants more and nothing is there, the function is called; it answers with
 * [method@StreamSource.put], [method@StreamSource.end] or [method@StreamSource.fail], at once or
 * later. So a reader that stops stops what makes the bytes. Bytes may also be put unasked, and are
 * kept until they are read.
 *
 * It is of the main loop: all its functions are for the main thread. When the stream is closed,
 * which a page does that cancels it or goes, the function's data is freed, and nothing is asked any
 * more.
 *
 * Since: 0.1
 */
struct _MullionStreamSource
{
  GInputStream parent_instance;

  MullionStreamPullFunc pull; /* NULL when closed */
  gpointer user_data;
  GDestroyNotify destroy;
  gboolean is_pulling; /* it was called and has not answered */

  GQueue chunks; /* of GBytes */
  gsize at;      /* in the first of them */
  gboolean is_ended;
  GError *error; /* (nullable): once all is read */

  MullionPendingIo pending;
};

G_DEFINE_FINAL_TYPE (MullionStreamSource, mullion_stream_source, G_TYPE_INPUT_STREAM)

static gsize
take (MullionStreamSource *self,
      guint8              *buffer,
      gsize                size)
{
  gsize done = 0;

  while (done < size && !g_queue_is_empty (&self->chunks))
    {
      GBytes *chunk = g_queue_peek_head (&self->chunks);
      gsize length;
      const guint8 *data = g_bytes_get_data (chunk, &length);
      gsize n = MIN (size - done, length - self->at);

      memcpy (buffer + done, data + self->at, n);
      done += n;
      self->at += n;
      if (self->at < length)
        break;
      g_bytes_unref (g_queue_pop_head (&self->chunks));
      self->at = 0;
    }

  return done;
}

/* Returns FALSE when there is neither something to read nor the end. @n: -1 with @error */
static gboolean
try_read (gpointer   stream,
          gpointer   buffer,
          gsize      size,
          gssize    *n,
          GError   **error)
{
  MullionStreamSource *self = stream;

  *n = take (self, buffer, size);
  if (*n > 0)
    return TRUE;

  if (self->error != NULL)
    {
      *n = -1;
      g_propagate_error (error, g_error_copy (self->error));
    }

  return self->error != NULL || self->is_ended;
}

static void
ask_for_more (MullionStreamSource *self)
{
  if (self->is_pulling || self->pull == NULL)
    return;

  self->is_pulling = TRUE;
  self->pull (self, self->user_data);
}

/* The function has answered. */
static void
note_answer (MullionStreamSource *self)
{
  self->is_pulling = FALSE;
  mullion_pending_io_retry (&self->pending);
}

static gssize
read_now (GInputStream  *stream,
          void          *buffer,
          gsize          size,
          GCancellable  *cancellable,
          GError       **error)
{
  MullionStreamSource *self = MULLION_STREAM_SOURCE (stream);
  gssize n;

  if (try_read (self, buffer, size, &n, error))
    return n;
  ask_for_more (self);
  if (try_read (self, buffer, size, &n, error))
    return n;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK,
                       "There is nothing to read yet: read the stream asynchronously");
  return -1;
}

static void
read_async (GInputStream        *stream,
            void                *buffer,
            gsize                size,
            int                  priority,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  MullionStreamSource *self = MULLION_STREAM_SOURCE (stream);

  mullion_pending_io_start (&self->pending, try_read, stream, buffer, size, priority, cancellable,
                            callback, user_data);
  if (mullion_pending_io_waits (&self->pending))
    ask_for_more (self);
}

static gssize
read_finish (GInputStream  *stream,
             GAsyncResult  *result,
             GError       **error)
{
  return mullion_pending_io_finish (stream, result, error);
}

static gboolean
close_now (GInputStream  *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  MullionStreamSource *self = MULLION_STREAM_SOURCE (stream);
  GDestroyNotify destroy = g_steal_pointer (&self->destroy);

  self->pull = NULL;
  g_queue_clear_full (&self->chunks, (GDestroyNotify) g_bytes_unref);
  if (destroy != NULL)
    destroy (g_steal_pointer (&self->user_data));

  return TRUE;
}

static gboolean
is_open (MullionStreamSource *self)
{
  return self->pull != NULL && !self->is_ended && self->error == NULL;
}

/**
 * mullion_stream_source_put:
 * @self: a source
 * @bytes: (transfer full): what is to be read next
 *
 * Adds bytes to the stream. Bytes of length 0 are no answer, and neither is this once the stream was
 * closed: they are dropped.
 *
 * Since: 0.1
 */
void
mullion_stream_source_put (MullionStreamSource *self,
                           GBytes              *bytes)
{
  g_return_if_fail (MULLION_IS_STREAM_SOURCE (self));
  g_return_if_fail (bytes != NULL);

  if (!is_open (self) || g_bytes_get_size (bytes) == 0)
    {
      g_bytes_unref (bytes);
      return;
    }

  g_queue_push_tail (&self->chunks, bytes);
  note_answer (self);
}

/**
 * mullion_stream_source_end:
 * @self: a source
 *
 * Says that nothing more comes. What was put before is still read.
 *
 * Since: 0.1
 */
void
mullion_stream_source_end (MullionStreamSource *self)
{
  g_return_if_fail (MULLION_IS_STREAM_SOURCE (self));

  if (!is_open (self))
    return;

  self->is_ended = TRUE;
  note_answer (self);
}

/**
 * mullion_stream_source_fail:
 * @self: a source
 * @error: (transfer full): why nothing more comes
 *
 * Ends the stream with an error. What was put before is still read. A page's stream fails with an
 * `Error` that has the message of @error, its domain and its code.
 *
 * Since: 0.1
 */
void
mullion_stream_source_fail (MullionStreamSource *self,
                            GError              *error)
{
  g_return_if_fail (MULLION_IS_STREAM_SOURCE (self));
  g_return_if_fail (error != NULL);

  if (!is_open (self))
    {
      g_error_free (error);
      return;
    }

  self->error = error;
  note_answer (self);
}

static void
mullion_stream_source_finalize (GObject *object)
{
  g_clear_error (&MULLION_STREAM_SOURCE (object)->error);

  G_OBJECT_CLASS (mullion_stream_source_parent_class)->finalize (object);
}

static void
mullion_stream_source_class_init (MullionStreamSourceClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mullion_stream_source_finalize;
  stream_class->read_fn = read_now;
  stream_class->read_async = read_async;
  stream_class->read_finish = read_finish;
  stream_class->close_fn = close_now;
  mullion_instant_close_install (stream_class);
}

static void
mullion_stream_source_init (MullionStreamSource *self)
{
  g_queue_init (&self->chunks);
}

/**
 * mullion_stream_source_new:
 * @pull: (scope notified) (closure user_data) (destroy destroy): makes more bytes
 * @user_data: what @pull gets
 * @destroy: (nullable): frees @user_data when the stream is closed
 *
 * Makes a stream whose bytes are made when they are wanted.
 *
 * Returns: (transfer full): a stream
 *
 * Since: 0.1
 */
MullionStreamSource *
mullion_stream_source_new (MullionStreamPullFunc pull,
                           gpointer              user_data,
                           GDestroyNotify        destroy)
{
  MullionStreamSource *self;

  g_return_val_if_fail (pull != NULL, NULL);

  self = g_object_new (MULLION_TYPE_STREAM_SOURCE, NULL);
  self->pull = pull;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}
