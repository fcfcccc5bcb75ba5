/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-stream.h"

#include <string.h>

/*
 * The body of a response of the app:// origin: so many bytes of a file, from
 * where it stands, and not one more. WebKit reads a body to its end whatever
 * length it was told, so that a range, or a file that grows while it is read,
 * needs an end of its own.
 *
 * It lives in the main process. WebKit reads on the main loop, 8 KiB at a time,
 * and GIO would send each of these reads to a worker thread: a journey that
 * takes longer than the read. So the worker brings a larger piece, from which
 * the next reads are served at once. GInputStream allows one read at a time,
 * which is why the piece needs no lock.
 */

#define PIECE_SIZE (256 * 1024)

struct _MullionAppStream
{
  GFilterInputStream parent_instance;

  guint64 remaining; /* in the file, not in the piece */

  char *piece;
  gsize piece_size;
  gsize start;
  gsize end;
};

typedef struct
{
  void *buffer;
  gsize count;
} Wish;

G_DEFINE_FINAL_TYPE (MullionAppStream, mullion_app_stream, G_TYPE_FILTER_INPUT_STREAM)

static gboolean
needs_piece (MullionAppStream *self)
{
  return self->start == self->end && self->remaining > 0;
}

static gboolean
fetch_piece (MullionAppStream  *self,
             GCancellable      *cancellable,
             GError           **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gsize wanted = (gsize) MIN ((guint64) self->piece_size, self->remaining);
  gssize got;

  if (self->piece == NULL)
    self->piece = g_malloc (self->piece_size);

  got = g_input_stream_read (base, self->piece, wanted, cancellable, error);
  if (got < 0)
    return FALSE;

  /* A file that was cut short ends here. */
  self->remaining = got > 0 ? self->remaining - (guint64) got : 0;
  self->start = 0;
  self->end = (gsize) got;

  return TRUE;
}

static gssize
take (MullionAppStream *self,
      void             *buffer,
      gsize             count)
{
  gsize taken = MIN (count, self->end - self->start);

  if (taken > 0)
    memcpy (buffer, self->piece + self->start, taken);
  self->start += taken;

  return (gssize) taken;
}

static gssize
mullion_app_stream_read (GInputStream  *stream,
                         void          *buffer,
                         gsize          count,
                         GCancellable  *cancellable,
                         GError       **error)
{
  MullionAppStream *self = MULLION_APP_STREAM (stream);

  if (needs_piece (self) && !fetch_piece (self, cancellable, error))
    return -1;

  return take (self, buffer, count);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  MullionAppStream *self = MULLION_APP_STREAM (source);
  Wish *wish = task_data;
  GError *error = NULL;

  if (fetch_piece (self, cancellable, &error))
    g_task_return_int (task, take (self, wish->buffer, wish->count));
  else
    g_task_return_error (task, error);
}

static void
mullion_app_stream_read_async (GInputStream        *stream,
                               void                *buffer,
                               gsize                count,
                               int                  io_priority,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  MullionAppStream *self = MULLION_APP_STREAM (stream);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wish *wish;

  g_task_set_source_tag (task, mullion_app_stream_read_async);
  g_task_set_priority (task, io_priority);
  if (!needs_piece (self))
    {
      g_task_return_int (task, take (self, buffer, count));
      return;
    }

  wish = g_new0 (Wish, 1);
  wish->buffer = buffer;
  wish->count = count;
  g_task_set_task_data (task, wish, g_free);
  g_task_run_in_thread (task, read_thread);
}

static gssize
mullion_app_stream_read_finish (GInputStream  *stream,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
mullion_app_stream_finalize (GObject *object)
{
  MullionAppStream *self = MULLION_APP_STREAM (object);

  g_clear_pointer (&self->piece, g_free);

  G_OBJECT_CLASS (mullion_app_stream_parent_class)->finalize (object);
}

static void
mullion_app_stream_class_init (MullionAppStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mullion_app_stream_finalize;

  stream_class->read_fn = mullion_app_stream_read;
  stream_class->read_async = mullion_app_stream_read_async;
  stream_class->read_finish = mullion_app_stream_read_finish;
}

static void
mullion_app_stream_init (MullionAppStream *self)
{
}

/*
 * mullion_app_stream_new:
 * @base: (transfer none): a stream, standing at the first byte that is wanted
 * @length: how many bytes are wanted
 *
 * Returns: (transfer full): a stream that ends after @length bytes
 */
GInputStream *
mullion_app_stream_new (GInputStream *base,
                        guint64       length)
{
  MullionAppStream *self = g_object_new (MULLION_TYPE_APP_STREAM, "base-stream", base, NULL);

  self->remaining = length;
  self->piece_size = (gsize) MIN (length, PIECE_SIZE);

  return G_INPUT_STREAM (self);
}
