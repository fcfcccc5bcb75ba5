/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-writer.h"

#include "mullion-message-error.h"

/*
 * MullionMessageWriter: what is said to another process.
 *
 * Lives in the main process; the other end may never read. A message is written at once if the
 * stream takes it, and else kept, in its order, up to a limit. What is sent while a write is under
 * way goes out with the next one, so many small messages cost few system calls.
 *
 * A write that is under way has a reference of the writer, but not of its owner.
 */

/* What has to be left of a queue that was longer, for the owner to be told. */
#define LOW_WATER (256u * 1024)

#define KEPT_SIZE (1024u * 1024)

/* What awaits that so many bytes are written. */
typedef struct
{
  guint64 position;
  GTask *task;
} Waiter;

struct _MullionMessageWriter
{
  gatomicrefcount ref_count;

  GOutputStream *stream;
  GCancellable *cancellable;
  MullionFraming framing;

  MullionDrainedFunc drained;
  gpointer owner; /* (nullable) (unowned) */

  GByteArray *queue;
  GByteArray *batch; /* that is being written; empty when nothing is */
  gsize max_queued;
  guint64 n_sent;    /* bytes, ever */
  guint64 n_written;
  GQueue waiters;

  gboolean was_above; /* more was queued than the low-water mark */
  gboolean is_ending;
  gboolean closes_stream; /* when no write is under way any more */
  GError *reason; /* (nullable): why nothing can be written any more */
};

static void write_more (MullionMessageWriter *self);

static void
release (MullionMessageWriter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->closes_stream)
    g_output_stream_close (self->stream, NULL, NULL);
  g_byte_array_unref (self->queue);
  g_byte_array_unref (self->batch);
  g_object_unref (self->stream);
  g_object_unref (self->cancellable);
  g_clear_error (&self->reason);
  g_free (self);
}

static MullionMessageWriter *
retain (MullionMessageWriter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* Answers those whose bytes are written, or all of them when nothing can be written any more. */
static void
answer_waiters (MullionMessageWriter *self)
{
  Waiter *waiter;

  while ((waiter = g_queue_peek_head (&self->waiters)) != NULL)
    {
      if (waiter->position <= self->n_written)
        g_task_return_boolean (waiter->task, TRUE);
      else if (self->reason != NULL)
        g_task_return_error (waiter->task, g_error_copy (self->reason));
      else
        break;

      g_queue_pop_head (&self->waiters);
      g_object_unref (waiter->task);
      g_free (waiter);
    }
}

static GError *
new_ended (void)
{
  return g_error_new_literal (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                              "No message can be sent any more: this end was closed");
}

/* Takes @reason. */
static void
fail (MullionMessageWriter *self,
      GError               *reason)
{
  if (self->reason != NULL)
    g_error_free (reason);
  else
    self->reason = reason;

  g_byte_array_set_size (self->queue, 0);
  answer_waiters (self);
}

static void
consider_drained (MullionMessageWriter *self)
{
  if (!self->was_above || self->reason != NULL ||
      mullion_message_writer_get_queued (self) > LOW_WATER)
    return;

  self->was_above = FALSE;
  if (self->owner != NULL)
    self->drained (self->owner);
}

static void
consider_end (MullionMessageWriter *self)
{
  if (!self->is_ending || mullion_message_writer_get_queued (self) > 0)
    return;

  fail (self, new_ended ());
  g_output_stream_close (self->stream, NULL, NULL);
}

/* A burst gives its memory back when it is over. */
static void
clear_batch (MullionMessageWriter *self)
{
  if (self->batch->len > KEPT_SIZE)
    {
      g_byte_array_unref (self->batch);
      self->batch = g_byte_array_new ();
    }
  g_byte_array_set_size (self->batch, 0);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  MullionMessageWriter *self = user_data;
  g_autoptr(GError) error = NULL;
  gsize n = 0;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &n, &error))
    fail (self, g_error_new (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                             "Nobody reads the messages any more: %s", error->message));

  self->n_written += n;
  clear_batch (self);
  answer_waiters (self);
  write_more (self);
  consider_drained (self);
  consider_end (self);
  release (self);
}

static void
write_more (MullionMessageWriter *self)
{
  GByteArray *batch = self->queue;

  if (self->batch->len > 0 || self->queue->len == 0 || self->reason != NULL)
    return;

  self->queue = self->batch;
  self->batch = batch;
  g_output_stream_write_all_async (self->stream, batch->data, batch->len, G_PRIORITY_DEFAULT,
                                   self->cancellable, written_cb, retain (self));
}

static void
append (MullionMessageWriter *self,
        const char           *data,
        gsize                 length)
{
  char mark = mullion_message_splitter_get_mark (self->framing);
  guint32 size = (guint32) length;

  if (self->framing == MULLION_FRAMING_BIG_ENDIAN)
    size = GUINT32_TO_BE (size);
  if (mark == '\0' && self->framing != MULLION_FRAMING_NONE)
    g_byte_array_append (self->queue, (const guint8 *) &size, sizeof size);

  g_byte_array_append (self->queue, (const guint8 *) data, (guint) length);
  if (mark != '\0')
    g_byte_array_append (self->queue, (const guint8 *) &mark, 1);
}

/* One message may always wait, however long it is: its own limit is another matter. */
static gboolean
has_room (MullionMessageWriter  *self,
          gsize                  length,
          GError               **error)
{
  gsize queued = mullion_message_writer_get_queued (self);

  if (self->reason != NULL || self->is_ending)
    {
      g_propagate_error (error, self->reason != NULL ? g_error_copy (self->reason) : new_ended ());
      return FALSE;
    }

  if (queued > 0 && length > self->max_queued - MIN (queued, self->max_queued))
    {
      self->was_above = TRUE;
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL,
                   "The other end does not read: %" G_GSIZE_FORMAT " bytes are waiting for it",
                   queued);
      return FALSE;
    }

  return TRUE;
}

gboolean
mullion_message_writer_send (MullionMessageWriter  *self,
                             const char            *data,
                             gsize                  length,
                             GError               **error)
{
  gsize before = mullion_message_writer_get_queued (self);

  if (!has_room (self, length, error))
    return FALSE;

  append (self, data, length);
  self->n_sent += mullion_message_writer_get_queued (self) - before;
  self->was_above |= mullion_message_writer_get_queued (self) > LOW_WATER;
  write_more (self);
  return TRUE;
}

void
mullion_message_writer_await (MullionMessageWriter *self,
                              GTask                *task)
{
  Waiter *waiter = g_new (Waiter, 1);

  waiter->position = self->n_sent;
  waiter->task = task;
  g_queue_push_tail (&self->waiters, waiter);
  answer_waiters (self);
}

void
mullion_message_writer_end (MullionMessageWriter *self)
{
  if (self->is_ending)
    return;

  self->is_ending = TRUE;
  consider_end (self);
}

void
mullion_message_writer_close (MullionMessageWriter *self)
{
  self->owner = NULL;
  if (!self->is_ending)
    {
      g_cancellable_cancel (self->cancellable);
      fail (self, new_ended ());
    }
  release (self);
}

void
mullion_message_writer_close_stream (MullionMessageWriter *self)
{
  self->closes_stream = TRUE;
  mullion_message_writer_close (self);
}

MullionMessageWriter *
mullion_message_writer_new (GOutputStream      *stream,
                            MullionFraming      framing,
                            MullionDrainedFunc  drained,
                            gpointer            owner)
{
  MullionMessageWriter *self = g_new0 (MullionMessageWriter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->stream = g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  self->framing = framing;
  self->drained = drained;
  self->owner = owner;
  self->queue = g_byte_array_new ();
  self->batch = g_byte_array_new ();
  self->max_queued = MULLION_MESSAGE_WRITER_MAX_QUEUED;
  g_queue_init (&self->waiters);

  return self;
}

void
mullion_message_writer_set_max_queued (MullionMessageWriter *self,
                                       gsize                 max_queued)
{
  self->max_queued = max_queued;
}

gsize
mullion_message_writer_get_queued (MullionMessageWriter *self)
{
  return self->queue->len + self->batch->len;
}
