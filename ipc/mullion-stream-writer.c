/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-writer.h"

#include <string.h>

/*
 * MullionStreamWriter: the end of a stream's socket that sends the bytes.
 *
 * Lives in both processes and does not trust the other end. It sends what it was given credit
 * for, and waits for more: a reader that stops reading stops the writer, and nobody has to look
 * whether there is room again. A reader that gives more credit than the window, or says what no
 * reader says, breaks the rules, and the stream is over.
 */

typedef enum
{
  OPEN,
  ENDING, /* END or ERROR was sent: the answer is to come */
  OVER,
} State;

struct _MullionStreamWriter
{
  MullionChannel *channel;
  MullionStreamFunc changed;
  gpointer user_data;

  gsize credit;
  State state;
  MullionStreamFailure *failure; /* (nullable) */
};

static void
stop (MullionStreamWriter  *self,
      MullionStreamFailure *failure)
{
  if (self->state == OVER)
    g_clear_pointer (&failure, mullion_stream_failure_free);
  else
    self->failure = failure;

  self->state = OVER;
  mullion_channel_close (self->channel);
}

static gboolean
receive_credit (MullionStreamWriter  *self,
                const MullionFrame   *frame,
                GError              **error)
{
  guint64 credit = frame->header.id;

  if (credit == 0 || credit > MULLION_STREAM_WINDOW - self->credit)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "The reader of a stream gave %" G_GUINT64_FORMAT " bytes of credit to the "
                   "%" G_GSIZE_FORMAT " that are left", credit, self->credit);
      return FALSE;
    }

  self->credit += credit;
  return TRUE;
}

/* Before the end was sent, nobody can have taken it. */
static gboolean
receive_done (MullionStreamWriter  *self,
              const MullionFrame   *frame,
              GError              **error)
{
  if (self->state != ENDING)
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                           "The reader of a stream took an end that it was not sent");
      return FALSE;
    }

  stop (self, NULL);
  return TRUE;
}

static gboolean
receive_cancel (MullionStreamWriter  *self,
                const MullionFrame   *frame,
                GError              **error)
{
  MullionStreamFailure *failure = mullion_stream_failure_read (frame, error);

  if (failure == NULL)
    return FALSE;

  stop (self, failure);
  return TRUE;
}

static const struct
{
  MullionFrameKind kind;
  gboolean has_body;
  gboolean (*receive) (MullionStreamWriter *self, const MullionFrame *frame, GError **error);
} frame_rules[] = {
  { MULLION_FRAME_STREAM_CREDIT, FALSE, receive_credit },
  { MULLION_FRAME_STREAM_DONE, FALSE, receive_done },
  { MULLION_FRAME_STREAM_CANCEL, TRUE, receive_cancel },
};

static gboolean
receive (MullionStreamWriter  *self,
         const MullionFrame   *frame,
         GError              **error)
{
  const MullionFrameHeader *header = &frame->header;

  for (gsize i = 0; i < G_N_ELEMENTS (frame_rules); i++)
    if (frame_rules[i].kind == header->kind && header->n_ports == 0 && header->side_length == 0 &&
        (frame_rules[i].has_body || header->length == 0))
      return frame_rules[i].receive (self, frame, error);

  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
               "The reader of a stream sent a frame of kind %u", header->kind);
  return FALSE;
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  MullionStreamWriter *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!receive (self, frame, &error))
    stop (self, mullion_stream_failure_new_ours (error));
  self->changed (self->user_data);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  MullionStreamWriter *self = user_data;

  stop (self, mullion_stream_failure_new_ours (reason));
  self->changed (self->user_data);
}

static void
drained_cb (MullionChannel *channel,
            gpointer        user_data)
{
  MullionStreamWriter *self = user_data;

  self->changed (self->user_data);
}

static const MullionChannelFuncs channel_funcs = {
  .frame = frame_cb, .closed = closed_cb, .drained = drained_cb,
};

/* There may be credit, and the socket full all the same: its other end sleeps. */
gsize
mullion_stream_writer_get_room (MullionStreamWriter *self)
{
  if (self->state != OPEN || mullion_channel_get_queued (self->channel) > MULLION_CHANNEL_LOW_WATER)
    return 0;

  return MIN (self->credit, MULLION_STREAM_MAX_CHUNK);
}

gboolean
mullion_stream_writer_write (MullionStreamWriter *self,
                             const void          *data,
                             gsize                size)
{
  g_autoptr(MullionSide) side = NULL;

  if (self->state != OPEN)
    return FALSE;

  g_assert (size > 0 && size <= self->credit);
  side = mullion_side_new ();
  mullion_side_add (side, data, size);
  self->credit -= size;

  return mullion_channel_send_full (self->channel, MULLION_FRAME_STREAM_DATA, 0, 0, NULL, 0, side,
                                    NULL, NULL);
}

gboolean
mullion_stream_writer_is_flushed (MullionStreamWriter *self)
{
  return mullion_channel_get_queued (self->channel) == 0;
}

void
mullion_stream_writer_end (MullionStreamWriter *self)
{
  if (self->state != OPEN)
    return;

  self->state = ENDING;
  mullion_channel_send (self->channel, MULLION_FRAME_STREAM_END, 0, 0, NULL, 0, NULL);
}

void
mullion_stream_writer_fail (MullionStreamWriter        *self,
                            const MullionStreamFailure *failure)
{
  g_autofree char *body = NULL;

  if (self->state != OPEN)
    return;

  self->state = ENDING;
  body = mullion_stream_failure_to_json (failure);
  mullion_channel_send (self->channel, MULLION_FRAME_STREAM_ERROR, 0, 0, body, strlen (body),
                        NULL);
}

gboolean
mullion_stream_writer_is_over (MullionStreamWriter         *self,
                               const MullionStreamFailure **failure)
{
  if (failure != NULL)
    *failure = self->failure;

  return self->state == OVER;
}

void
mullion_stream_writer_free (MullionStreamWriter *self)
{
  if (self->state == ENDING)
    mullion_channel_finish (self->channel);
  else
    mullion_channel_close (self->channel);
  g_object_unref (self->channel);
  g_clear_pointer (&self->failure, mullion_stream_failure_free);
  g_free (self);
}

void
mullion_stream_writer_set_turn (MullionStreamWriter *self,
                               MullionTurn         *turn)
{
  mullion_channel_set_turn (self->channel, turn);
}

MullionStreamWriter *
mullion_stream_writer_new (int               fd,
                           int               priority,
                           MullionStreamFunc changed,
                           gpointer          user_data)
{
  MullionStreamWriter *self = g_new0 (MullionStreamWriter, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->channel = mullion_channel_new (fd, &channel_funcs, self);
  mullion_channel_set_max_length (self->channel, MULLION_STREAM_MAX_LENGTH);
  mullion_channel_set_reads_always (self->channel, TRUE);
  mullion_channel_attach (self->channel, priority);

  return self;
}
