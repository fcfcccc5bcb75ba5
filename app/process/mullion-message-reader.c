/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-reader.h"

#include "mullion-message-error.h"

/*
 * MullionMessageReader: what another process says, message by message.
 *
 * Lives in the main process; the other end may say anything, at any speed. Nothing is read while
 * there are messages that were not handed out, so a flood waits in the kernel and makes its sender
 * wait. Messages are handed out for a few milliseconds at a time, with a priority below that of
 * painting, so a flood does not stop the window either.
 *
 * A read that is under way has a reference of the reader, but not of its owner.
 */

/* Below GDK_PRIORITY_REDRAW, which this folder does not know. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

#define SLICE (4 * G_TIME_SPAN_MILLISECOND)

struct _MullionMessageReader
{
  gatomicrefcount ref_count;

  GInputStream *stream;
  GCancellable *cancellable;
  MullionMessageSplitter *splitter;
  gsize max_size;
  guint64 count;

  const MullionMessageReaderFuncs *funcs;
  gpointer owner; /* (nullable) (unowned): NULL when it is gone */

  GSource *source; /* (nullable) (owned): goes on in the next turn of the loop */
  gboolean is_reading;
  gboolean is_busy;  /* a read is under way */
  gboolean is_handing_out;
  gboolean has_ended;
  gboolean closes_stream; /* when no read is under way any more */
};

static void hand_out (MullionMessageReader *self);

static void
release (MullionMessageReader *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->closes_stream)
    g_input_stream_close (self->stream, NULL, NULL);
  mullion_message_splitter_free (self->splitter);
  g_object_unref (self->stream);
  g_object_unref (self->cancellable);
  g_free (self);
}

static MullionMessageReader *
retain (MullionMessageReader *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
tell_error (MullionMessageReader *self,
            GError               *error)
{
  self->funcs->error (error, self->owner);
  g_error_free (error);
}

static void
end (MullionMessageReader *self,
     const GError         *reason)
{
  gsize rest = mullion_message_splitter_count_rest (self->splitter);

  self->has_ended = TRUE;
  if (rest > 0)
    tell_error (self, g_error_new (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CUT,
                                   "The other end stopped in the middle of message %"
                                   G_GUINT64_FORMAT, self->count + 1));
  if (self->owner != NULL)
    self->funcs->ended (reason, self->owner);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  MullionMessageReader *self = user_data;
  g_autoptr(GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->is_busy = FALSE;
  if (self->owner != NULL && n > 0)
    {
      mullion_message_splitter_commit (self->splitter, (gsize) n);
      hand_out (self);
    }
  else if (self->owner != NULL)
    end (self, error);

  release (self);
}

static void
read_more (MullionMessageReader *self)
{
  gsize room = 0;
  void *place;

  if (self->is_busy || self->has_ended || !self->is_reading || self->owner == NULL)
    return;

  place = mullion_message_splitter_prepare (self->splitter, &room);
  self->is_busy = TRUE;
  g_input_stream_read_async (self->stream, place, room, PRIORITY, self->cancellable, read_cb,
                             retain (self));
}

static gboolean
go_on_cb (gpointer user_data)
{
  MullionMessageReader *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  hand_out (self);
  return G_SOURCE_REMOVE;
}

static void
go_on_later (MullionMessageReader *self)
{
  if (self->source != NULL || self->is_busy || self->has_ended)
    return;

  self->source = g_idle_source_new ();
  g_source_set_static_name (self->source, "[mullion] messages");
  g_source_set_priority (self->source, PRIORITY);
  g_source_set_callback (self->source, go_on_cb, retain (self), (GDestroyNotify) release);
  g_source_attach (self->source, NULL);
}

/* Returns whether there may be more. */
static gboolean
hand_out_one (MullionMessageReader *self)
{
  const char *data = NULL;
  gsize length = 0;
  MullionSplit split = mullion_message_splitter_next (self->splitter, &data, &length);

  if (split == MULLION_SPLIT_NOTHING)
    return FALSE;

  self->count++;
  if (split == MULLION_SPLIT_MESSAGE)
    self->funcs->message (data, length, self->owner);
  else
    tell_error (self, g_error_new (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                                   "Message %" G_GUINT64_FORMAT " is over the limit of %"
                                   G_GSIZE_FORMAT " bytes", self->count, self->max_size));
  return TRUE;
}

static void
hand_out (MullionMessageReader *self)
{
  gint64 until = g_get_monotonic_time () + SLICE;
  gboolean is_more = TRUE;

  /* A handler that runs a loop of its own gets the next message when it returns. */
  if (self->is_handing_out)
    return;

  retain (self);
  self->is_handing_out = TRUE;
  while (is_more && self->owner != NULL && self->is_reading && g_get_monotonic_time () < until)
    is_more = hand_out_one (self);
  self->is_handing_out = FALSE;

  if (self->owner != NULL && self->is_reading)
    {
      if (is_more)
        go_on_later (self);
      else
        read_more (self);
    }
  release (self);
}

MullionMessageReader *
mullion_message_reader_new (GInputStream                    *stream,
                            MullionFraming                   framing,
                            const MullionMessageReaderFuncs *funcs,
                            gpointer                         owner)
{
  MullionMessageReader *self = g_new0 (MullionMessageReader, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->stream = g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  self->splitter = mullion_message_splitter_new (framing);
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;
  self->funcs = funcs;
  self->owner = owner;
  self->is_reading = TRUE;
  go_on_later (self);

  return self;
}

void
mullion_message_reader_close (MullionMessageReader *self)
{
  self->owner = NULL;
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_cancellable_cancel (self->cancellable);
  release (self);
}

void
mullion_message_reader_close_stream (MullionMessageReader *self)
{
  self->closes_stream = TRUE;
  mullion_message_reader_close (self);
}

void
mullion_message_reader_set_max_size (MullionMessageReader *self,
                                     gsize                 max_size)
{
  self->max_size = max_size;
  mullion_message_splitter_set_max_size (self->splitter, max_size);
}

void
mullion_message_reader_set_reading (MullionMessageReader *self,
                                    gboolean              reading)
{
  self->is_reading = reading;
  if (reading)
    go_on_later (self);
}

guint64
mullion_message_reader_get_count (MullionMessageReader *self)
{
  return self->count;
}
