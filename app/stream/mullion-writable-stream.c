/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-writable-stream-private.h"

#include "mullion-error.h"
#include "mullion-pending-io.h"
#include "mullion-stream-error.h"
#include "mullion-stream-writer.h"

/**
 * MullionWritableStream:
 *
 * A `WritableStream` of a page, to be written in C: what [func@value_get_output_stream] gives.
 *
 * It is a [class@Gio.OutputStream] like any other, of the main loop: write with the asynchronous
 * functions, from the main thread. A write is done when the page has room for it: at most 4 MiB wait
 * for a page that is slow. A synchronous write takes what there is room for, and else fails with
 * %G_IO_ERROR_WOULD_BLOCK.
 *
 * To close it asynchronously waits until the page's stream has taken everything and is closed, and
 * fails when that failed. When the page's stream fails, writing fails with %MULLION_ERROR_SCRIPT and
 * the name and message of the page's error; when the page navigates, closes or crashes, with
 * %MULLION_ERROR_GONE. A stream that is let go without being closed is aborted, so that the page does
 * not take a part for the whole.
 *
 * Since: 0.1
 */
struct _MullionWritableStream
{
  GOutputStream parent_instance;

  MullionStreamWriter *writer;
  MullionPendingIo pending; /* a write, or the closing */
};

G_DEFINE_FINAL_TYPE (MullionWritableStream, mullion_writable_stream, G_TYPE_OUTPUT_STREAM)

static gboolean
is_over (MullionWritableStream  *self,
         GError                **error)
{
  const MullionStreamFailure *failure = NULL;

  if (!mullion_stream_writer_is_over (self->writer, &failure))
    return FALSE;

  if (failure != NULL)
    g_propagate_error (error, mullion_stream_error_new (failure));
  return TRUE;
}

/* Returns FALSE when there is no room yet. @n: -1 with @error */
static gboolean
try_write (gpointer   stream,
           gpointer   buffer,
           gsize      size,
           gssize    *n,
           GError   **error)
{
  MullionWritableStream *self = stream;
  gsize room = mullion_stream_writer_get_room (self->writer);

  *n = MIN (room, size);
  if (*n > 0 && mullion_stream_writer_write (self->writer, buffer, *n))
    return TRUE;

  *n = -1;
  return is_over (self, error);
}

/* Returns FALSE as long as the page has not taken everything. */
static gboolean
try_close (gpointer   stream,
           gpointer   buffer,
           gsize      size,
           gssize    *n,
           GError   **error)
{
  return is_over (stream, error);
}

static void
changed_cb (gpointer user_data)
{
  mullion_pending_io_retry (&MULLION_WRITABLE_STREAM (user_data)->pending);
}

static gssize
write_now (GOutputStream  *stream,
           const void     *buffer,
           gsize           size,
           GCancellable   *cancellable,
           GError        **error)
{
  gssize n;

  if (try_write (stream, (gpointer) buffer, size, &n, error))
    return n;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK,
                       "The page has no room yet: write to the stream asynchronously");
  return -1;
}

static void
write_async (GOutputStream       *stream,
             const void          *buffer,
             gsize                size,
             int                  priority,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  mullion_pending_io_start (&MULLION_WRITABLE_STREAM (stream)->pending, try_write, stream,
                            (gpointer) buffer, size, priority, cancellable, callback, user_data);
}

static gssize
write_finish (GOutputStream  *stream,
              GAsyncResult   *result,
              GError        **error)
{
  return mullion_pending_io_finish (stream, result, error);
}

/* Does not wait for the page: what was written goes out, and who wants to know uses the other. */
static gboolean
close_now (GOutputStream  *stream,
           GCancellable   *cancellable,
           GError        **error)
{
  MullionWritableStream *self = MULLION_WRITABLE_STREAM (stream);
  const MullionStreamFailure *failure = NULL;

  mullion_stream_writer_end (self->writer);
  if (!mullion_stream_writer_is_over (self->writer, &failure) || failure == NULL)
    return TRUE;

  g_propagate_error (error, mullion_stream_error_new (failure));
  return FALSE;
}

static void
close_async (GOutputStream       *stream,
             int                  priority,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  MullionWritableStream *self = MULLION_WRITABLE_STREAM (stream);

  mullion_stream_writer_end (self->writer);
  mullion_pending_io_start (&self->pending, try_close, stream, NULL, 0, priority, cancellable,
                            callback, user_data);
}

static gboolean
close_finish (GOutputStream  *stream,
              GAsyncResult   *result,
              GError        **error)
{
  return mullion_pending_io_finish (stream, result, error) >= 0;
}

/**
 * mullion_writable_stream_abort:
 * @self: a stream
 * @reason: (transfer full): why there is no more to write
 *
 * Ends the stream with an error: the page's stream is aborted with an `Error` that has the message
 * of @reason, its domain and its code. Nothing happens when the stream is closed. A write that is on
 * its way fails.
 *
 * Since: 0.1
 */
void
mullion_writable_stream_abort (MullionWritableStream *self,
                               GError                *reason)
{
  g_autoptr(MullionStreamFailure) failure = NULL;

  g_return_if_fail (MULLION_IS_WRITABLE_STREAM (self));
  g_return_if_fail (reason != NULL);

  failure = mullion_stream_failure_new_error (reason);
  mullion_stream_writer_fail (self->writer, failure);
  mullion_pending_io_abort (&self->pending, reason);
}

/* GOutputStream closes what goes: a part must not look like the whole then. */
static void
mullion_writable_stream_dispose (GObject *object)
{
  MullionWritableStream *self = MULLION_WRITABLE_STREAM (object);
  g_autoptr(MullionStreamFailure) failure =
    mullion_stream_failure_new_let_go ("The main process let go of the stream before its end");

  mullion_stream_writer_fail (self->writer, failure);

  G_OBJECT_CLASS (mullion_writable_stream_parent_class)->dispose (object);
}

static gboolean
free_writer_cb (gpointer writer)
{
  mullion_stream_writer_free (writer);

  return G_SOURCE_REMOVE;
}

/* The socket is the main loop's, and who lets go last may be in another thread. */
static void
mullion_writable_stream_finalize (GObject *object)
{
  MullionWritableStream *self = MULLION_WRITABLE_STREAM (object);

  g_main_context_invoke (NULL, free_writer_cb, self->writer);

  G_OBJECT_CLASS (mullion_writable_stream_parent_class)->finalize (object);
}

static void
mullion_writable_stream_class_init (MullionWritableStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  object_class->dispose = mullion_writable_stream_dispose;
  object_class->finalize = mullion_writable_stream_finalize;
  stream_class->write_fn = write_now;
  stream_class->write_async = write_async;
  stream_class->write_finish = write_finish;
  stream_class->close_fn = close_now;
  stream_class->close_async = close_async;
  stream_class->close_finish = close_finish;
}

static void
mullion_writable_stream_init (MullionWritableStream *self)
{
}

GOutputStream *
mullion_writable_stream_new (int          fd,
                             MullionTurn *turn)
{
  MullionWritableStream *self = g_object_new (MULLION_TYPE_WRITABLE_STREAM, NULL);

  self->writer = mullion_stream_writer_new (fd, MULLION_STREAM_PRIORITY, changed_cb, self);
  if (turn != NULL)
    mullion_stream_writer_set_turn (self->writer, turn);

  return G_OUTPUT_STREAM (self);
}
