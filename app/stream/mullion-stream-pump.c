/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-pump.h"

#include "mullion-stream-error.h"
#include "mullion-stream-writer.h"

/*
 * The stream pump: an input stream of the app on its way to a page.
 *
 * Lives in the main process. It reads when the page wants more, and no sooner, a chunk at a time and
 * always asynchronously: a disk or a network that is slow stops nobody. Whatever ends the page's
 * stream cancels the read that is on its way and closes the app's stream.
 */

typedef struct
{
  GInputStream *stream;
  MullionStreamWriter *writer;
  GCancellable *cancellable;
  gboolean is_reading;
  gboolean is_ended; /* of the app's stream: it is read no more */
  guint8 buffer[MULLION_STREAM_MAX_CHUNK];
} Pump;

static void
free_pump (Pump *self)
{
  /* To close an input stream that failed or ended can say nothing of interest. */
  g_input_stream_close_async (self->stream, MULLION_STREAM_PRIORITY, NULL, NULL, NULL);
  g_object_unref (self->stream);
  mullion_stream_writer_free (self->writer);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void go_on (Pump *self);

static void
send (Pump         *self,
      gssize        n,
      const GError *error)
{
  if (n > 0)
    {
      mullion_stream_writer_write (self->writer, self->buffer, n);
      return;
    }

  self->is_ended = TRUE;
  if (n == 0)
    {
      mullion_stream_writer_end (self->writer);
    }
  else
    {
      g_autoptr(MullionStreamFailure) failure = mullion_stream_failure_new_error (error);

      mullion_stream_writer_fail (self->writer, failure);
    }
}

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Pump *self = user_data;
  g_autoptr(GError) error = NULL;
  gssize n = g_input_stream_read_finish (self->stream, result, &error);

  self->is_reading = FALSE;
  if (!mullion_stream_writer_is_over (self->writer, NULL))
    send (self, n, error);
  go_on (self);
}

static void
go_on (Pump *self)
{
  gsize room = mullion_stream_writer_get_room (self->writer);

  if (self->is_reading)
    return;
  if (self->is_ended || mullion_stream_writer_is_over (self->writer, NULL))
    {
      free_pump (self);
      return;
    }
  if (room == 0)
    return;

  self->is_reading = TRUE;
  g_input_stream_read_async (self->stream, self->buffer, room, MULLION_STREAM_PRIORITY,
                             self->cancellable, read_cb, self);
}

static void
changed_cb (gpointer user_data)
{
  Pump *self = user_data;

  if (mullion_stream_writer_is_over (self->writer, NULL))
    g_cancellable_cancel (self->cancellable);
  go_on (self);
}

void
mullion_stream_pump_start (GInputStream *stream,
                           int           fd)
{
  Pump *self = g_new0 (Pump, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  self->writer = mullion_stream_writer_new (fd, MULLION_STREAM_PRIORITY, changed_cb, self);
}
