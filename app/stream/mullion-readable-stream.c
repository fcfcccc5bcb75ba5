/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-readable-stream-private.h"

#include "mullion-error.h"
#include "mullion-instant-close.h"
#include "mullion-pending-io.h"
#include "mullion-stream-error.h"
#include "mullion-stream-reader.h"

/**
 * MullionReadableStream:
 *
 * A `ReadableStream` of a page, to be read in C: what [func@value_get_input_stream] gives.
 *
 * It is a [class@Gio.InputStream] like any other, of the main loop: read it with the asynchronous
 * functions, from the main thread. A synchronous read gives what is there already, and else fails with
 * %G_IO_ERROR_WOULD_BLOCK: to wait for a page would stop the app.
 *
 * The page's stream is asked for data only while somebody reads here; at most 4 MiB are fetched in
 * advance. When the page's stream fails, reading fails with %MULLION_ERROR_SCRIPT and the name and
 * message of the page's error; when the page navigates, closes or crashes before the end, with
 * %MULLION_ERROR_GONE. To close the stream before its end cancels that of the page.
 *
 * Since: 0.1
 */
struct _MullionReadableStream
{
  GInputStream parent_instance;

  MullionStreamReader *reader;
  MullionPendingIo pending;
};

G_DEFINE_FINAL_TYPE (MullionReadableStream, mullion_readable_stream, G_TYPE_INPUT_STREAM)

/* Returns FALSE when there is neither something to read nor the end. @n: -1 with @error */
static gboolean
try_read (gpointer   stream,
          gpointer   buffer,
          gsize      size,
          gssize    *n,
          GError   **error)
{
  MullionReadableStream *self = stream;
  const MullionStreamFailure *failure = NULL;

  *n = mullion_stream_reader_read (self->reader, buffer, size);
  if (*n > 0)
    return TRUE;
  if (!mullion_stream_reader_is_over (self->reader, &failure))
    return FALSE;

  if (failure != NULL)
    {
      *n = -1;
      g_propagate_error (error, mullion_stream_error_new (failure));
    }
  else
    mullion_stream_reader_finish (self->reader);

  return TRUE;
}

static void
changed_cb (gpointer user_data)
{
  mullion_pending_io_retry (&MULLION_READABLE_STREAM (user_data)->pending);
}

static gssize
read_now (GInputStream  *stream,
          void          *buffer,
          gsize          size,
          GCancellable  *cancellable,
          GError       **error)
{
  gssize n;

  if (try_read (stream, buffer, size, &n, error))
    return n;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK,
                       "The page has sent nothing yet: read the stream asynchronously");
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
  mullion_pending_io_start (&MULLION_READABLE_STREAM (stream)->pending, try_read, stream, buffer,
                            size, priority, cancellable, callback, user_data);
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
  MullionReadableStream *self = MULLION_READABLE_STREAM (stream);
  g_autoptr(MullionStreamFailure) reason =
    mullion_stream_failure_new_let_go ("The main process closed the stream");

  /* Does nothing to one that has ended. */
  mullion_stream_reader_cancel (self->reader, reason);

  return TRUE;
}

/**
 * mullion_readable_stream_cancel:
 * @self: a stream
 * @reason: (transfer full): why no more is wanted
 *
 * Tells the page that no more is wanted, and why: its stream's source is cancelled with an `Error`
 * that has the message of @reason, its domain and its code. To close the stream does the same with
 * a reason of Mullion's. Nothing happens when the stream has ended. A read that is on its way fails.
 *
 * Since: 0.1
 */
void
mullion_readable_stream_cancel (MullionReadableStream *self,
                                GError                *reason)
{
  g_autoptr(MullionStreamFailure) failure = NULL;

  g_return_if_fail (MULLION_IS_READABLE_STREAM (self));
  g_return_if_fail (reason != NULL);

  failure = mullion_stream_failure_new_error (reason);
  mullion_stream_reader_cancel (self->reader, failure);
  mullion_pending_io_abort (&self->pending, reason);
}

static gboolean
free_reader_cb (gpointer reader)
{
  mullion_stream_reader_free (reader);

  return G_SOURCE_REMOVE;
}

/* The socket is the main loop's, and who lets go last may be in another thread. */
static void
mullion_readable_stream_finalize (GObject *object)
{
  MullionReadableStream *self = MULLION_READABLE_STREAM (object);

  g_main_context_invoke (NULL, free_reader_cb, self->reader);

  G_OBJECT_CLASS (mullion_readable_stream_parent_class)->finalize (object);
}

static void
mullion_readable_stream_class_init (MullionReadableStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mullion_readable_stream_finalize;
  stream_class->read_fn = read_now;
  stream_class->read_async = read_async;
  stream_class->read_finish = read_finish;
  stream_class->close_fn = close_now;
  mullion_instant_close_install (stream_class);
}

static void
mullion_readable_stream_init (MullionReadableStream *self)
{
}

GInputStream *
mullion_readable_stream_new (int          fd,
                             MullionTurn *turn)
{
  MullionReadableStream *self = g_object_new (MULLION_TYPE_READABLE_STREAM, NULL);

  self->reader = mullion_stream_reader_new (fd, MULLION_STREAM_PRIORITY, changed_cb, self);
  if (turn != NULL)
    mullion_stream_reader_set_turn (self->reader, turn);

  return G_INPUT_STREAM (self);
}
