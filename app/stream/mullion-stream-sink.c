/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-sink.h"

#include "mullion-stream-error.h"
#include "mullion-stream-reader.h"

/*
 * The stream sink: what a page writes, on its way to an output stream of the app.
 *
 * Lives in the main process. It fetches a chunk when the one before was written, always
 * asynchronously. The page hears that its stream is closed when the app's stream is: an upload that
 * is done is on the disk. A page that goes before the end leaves no half of a file: the app's stream
 * is closed with a cancellable that has fired, for which GIO keeps the file as it was before.
 */

typedef struct
{
  GOutputStream *stream;
  MullionStreamReader *reader;
  GCancellable *cancellable;
  gboolean is_busy; /* writing or closing */
  guint8 buffer[MULLION_STREAM_MAX_CHUNK];
} Sink;

static void
free_sink (Sink *self)
{
  g_object_unref (self->stream);
  g_object_unref (self->cancellable);
  mullion_stream_reader_free (self->reader);
  g_free (self);
}

static void
cancel_reader (Sink         *self,
               const GError *error)
{
  g_autoptr(MullionStreamFailure) failure = mullion_stream_failure_new_error (error);

  mullion_stream_reader_cancel (self->reader, failure);
}

static void
closed_cb (GObject      *stream,
           GAsyncResult *result,
           gpointer      user_data)
{
  Sink *self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_output_stream_close_finish (self->stream, result, &error))
    mullion_stream_reader_finish (self->reader);
  else
    cancel_reader (self, error);
  free_sink (self);
}

/* When it is cancelled, it still closes, but keeps nothing. */
static void
close_stream (Sink *self)
{
  self->is_busy = TRUE;
  g_output_stream_close_async (self->stream, MULLION_STREAM_PRIORITY, self->cancellable, closed_cb,
                               self);
}

static void go_on (Sink *self);

static void
written_cb (GObject      *stream,
            GAsyncResult *result,
            gpointer      user_data)
{
  Sink *self = user_data;
  g_autoptr(GError) error = NULL;

  self->is_busy = FALSE;
  if (!g_output_stream_write_all_finish (self->stream, result, NULL, &error))
    {
      cancel_reader (self, error);
      g_cancellable_cancel (self->cancellable);
    }
  go_on (self);
}

static void
go_on (Sink *self)
{
  const MullionStreamFailure *failure = NULL;
  gsize n;

  if (self->is_busy)
    return;

  n = mullion_stream_reader_read (self->reader, self->buffer, sizeof self->buffer);
  if (n > 0)
    {
      self->is_busy = TRUE;
      g_output_stream_write_all_async (self->stream, self->buffer, n,
                                       MULLION_STREAM_PRIORITY, self->cancellable, written_cb, self);
    }
  else if (mullion_stream_reader_is_over (self->reader, &failure))
    {
      if (failure != NULL)
        g_cancellable_cancel (self->cancellable);
      close_stream (self);
    }
}

static void
changed_cb (gpointer user_data)
{
  go_on (user_data);
}

void
mullion_stream_sink_start (GOutputStream *stream,
                           int            fd)
{
  Sink *self = g_new0 (Sink, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  self->reader = mullion_stream_reader_new (fd, MULLION_STREAM_PRIORITY, changed_cb, self);
  mullion_stream_reader_start (self->reader);
}
