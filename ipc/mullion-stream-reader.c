/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * MullionStreamReader: the end of a stream's socket that gets the bytes.
 *
 * Lives in both processes and does not trust the other end. It gives credit, and keeps what came
 * for it until somebody reads: so it never holds more than the window, however fast the other end
 * is and however slow its own. Bytes beyond the credit, bytes after the end, and frames that no
 * writer sends break the rules, and end the stream with an error.
 *
 * The socket is always read: so the end of the other process is noticed also while nobody reads.
 */

/* Credit is given back when so much was read, and not for each byte. */
#define CREDIT_STEP (MULLION_STREAM_WINDOW / 4)

/* A writer may send each byte in a frame of its own: small parts are gathered in pieces of up to
 * the second size, so that they take no more memory than their bytes. */
#define SMALL_PART (8u * 1024)
#define GATHERED_SIZE (64u * 1024)

typedef enum
{
  OPEN,
  ENDED,  /* the END came */
  FAILED, /* or an error */
  CLOSED, /* we want no more */
} State;

typedef struct
{
  GByteArray *gathered; /* (nullable) */
  GBytes *bytes;        /* (nullable) */
  int fd;               /* a memfd, if it is none of the two; else -1 */
  gsize size;
  gsize at; /* of the first byte that was not read */
} Part;

struct _MullionStreamReader
{
  MullionChannel *channel;
  MullionStreamFunc changed;
  gpointer user_data;

  GQueue parts;
  gsize available;

  gboolean is_started;
  gsize credit;  /* what may still come */
  gsize to_give; /* what was read since credit was given */

  State state;
  MullionStreamFailure *failure; /* (nullable) */
};

static void
free_part (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->gathered, g_byte_array_unref);
  g_clear_pointer (&part->bytes, g_bytes_unref);
  if (part->fd >= 0)
    close (part->fd);
  g_free (part);
}

static void
fail (MullionStreamReader  *self,
      MullionStreamFailure *failure)
{
  self->state = FAILED;
  g_clear_pointer (&self->failure, mullion_stream_failure_free);
  self->failure = failure;
  mullion_channel_close (self->channel);
}

static void
fail_with_reason (MullionStreamReader *self,
                  const GError        *reason)
{
  fail (self, mullion_stream_failure_new_ours (reason));
}

static Part *
add_part (MullionStreamReader *self,
          gsize                size)
{
  Part *part = g_new0 (Part, 1);

  part->fd = -1;
  part->size = size;
  g_queue_push_tail (&self->parts, part);

  return part;
}

static void
gather (MullionStreamReader *self,
        GBytes              *bytes)
{
  Part *part = g_queue_peek_tail (&self->parts);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (part == NULL || part->gathered == NULL || part->size + size > GATHERED_SIZE)
    {
      part = add_part (self, 0);
      part->gathered = g_byte_array_new ();
    }
  g_byte_array_append (part->gathered, data, size);
  part->size += size;
}

static gboolean
add_memfd (MullionStreamReader  *self,
           int                   memfd,
           gsize                 size,
           GError              **error)
{
  int fd = fcntl (memfd, F_DUPFD_CLOEXEC, 0);

  if (fd < 0)
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                           "Too many files are open to take a part of a stream");
      return FALSE;
    }

  add_part (self, size)->fd = fd;
  return TRUE;
}

static gboolean
receive_data (MullionStreamReader  *self,
              const MullionFrame   *frame,
              GError              **error)
{
  gsize size = frame->header.side_length;

  /* Each memfd costs a file descriptor: none is taken for what has room in the socket. */
  if (size == 0 || (frame->side_fd >= 0 && size <= MULLION_WIRE_MAX_INLINE_SIDE))
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                           "A part of a stream is empty, or small and in a memfd");
      return FALSE;
    }
  if (size > self->credit)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A stream brought %" G_GSIZE_FORMAT " bytes with a credit of %" G_GSIZE_FORMAT,
                   size, self->credit);
      return FALSE;
    }

  if (frame->side_fd >= 0 && !add_memfd (self, frame->side_fd, size, error))
    return FALSE;
  if (frame->side_fd < 0 && size <= SMALL_PART)
    gather (self, frame->side);
  else if (frame->side_fd < 0)
    add_part (self, size)->bytes = g_bytes_ref (frame->side);
  self->credit -= size;
  self->available += size;

  return TRUE;
}

static gboolean
receive_end (MullionStreamReader  *self,
             const MullionFrame   *frame,
             GError              **error)
{
  self->state = ENDED;

  return TRUE;
}

static gboolean
receive_error (MullionStreamReader  *self,
               const MullionFrame   *frame,
               GError              **error)
{
  MullionStreamFailure *failure = mullion_stream_failure_read (frame, error);

  if (failure == NULL)
    return FALSE;

  fail (self, failure);
  return TRUE;
}

static const struct
{
  MullionFrameKind kind;
  gboolean has_body;
  gboolean has_side;
  gboolean (*receive) (MullionStreamReader *self, const MullionFrame *frame, GError **error);
} frame_rules[] = {
  { MULLION_FRAME_STREAM_DATA, FALSE, TRUE, receive_data },
  { MULLION_FRAME_STREAM_END, FALSE, FALSE, receive_end },
  { MULLION_FRAME_STREAM_ERROR, TRUE, FALSE, receive_error },
};

static gboolean
receive (MullionStreamReader  *self,
         const MullionFrame   *frame,
         GError              **error)
{
  const MullionFrameHeader *header = &frame->header;

  for (gsize i = 0; i < G_N_ELEMENTS (frame_rules) && self->state == OPEN; i++)
    if (frame_rules[i].kind == header->kind && header->n_ports == 0 &&
        (frame_rules[i].has_body || header->length == 0) &&
        (frame_rules[i].has_side || header->side_length == 0))
      return frame_rules[i].receive (self, frame, error);

  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
               "A stream brought a frame of kind %u that has no place there", header->kind);
  return FALSE;
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  MullionStreamReader *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!receive (self, frame, &error))
    fail_with_reason (self, error);
  self->changed (self->user_data);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  MullionStreamReader *self = user_data;

  if (self->state != OPEN)
    return;

  fail_with_reason (self, reason);
  self->changed (self->user_data);
}

static const MullionChannelFuncs channel_funcs = { .frame = frame_cb, .closed = closed_cb };

gsize
mullion_stream_reader_get_available (MullionStreamReader *self)
{
  return self->available;
}

static void
give_credit (MullionStreamReader *self,
             gsize                credit)
{
  self->credit += credit;
  mullion_channel_send (self->channel, MULLION_FRAME_STREAM_CREDIT, 0, credit, NULL, 0, NULL);
}

void
mullion_stream_reader_start (MullionStreamReader *self)
{
  if (self->is_started || self->state != OPEN)
    return;

  self->is_started = TRUE;
  give_credit (self, MULLION_STREAM_WINDOW);
}

static gsize
read_memfd (int     fd,
            guint8 *to,
            gsize   size,
            gsize   at)
{
  gssize n;

  do
    n = pread (fd, to, size, at);
  while (n < 0 && errno == EINTR);

  return MAX (n, 0);
}

/* Returns 0 only where the bytes of a memfd cannot be read. */
static gsize
read_part (Part   *part,
           guint8 *to,
           gsize   size)
{
  gsize n = MIN (size, part->size - part->at);

  if (part->fd >= 0)
    n = read_memfd (part->fd, to, n, part->at);
  else if (part->gathered != NULL)
    memcpy (to, part->gathered->data + part->at, n);
  else
    memcpy (to, (const guint8 *) g_bytes_get_data (part->bytes, NULL) + part->at, n);
  part->at += n;

  return n;
}

static void
drop_parts (MullionStreamReader *self)
{
  g_queue_clear_full (&self->parts, free_part);
  self->available = 0;
}

/* A sealed memfd can always be read; but should it not, the stream must not go on without it. */
static void
fail_reading (MullionStreamReader *self)
{
  g_autoptr(GError) reason = g_error_new_literal (MULLION_CHANNEL_ERROR,
                                                  MULLION_CHANNEL_ERROR_CLOSED,
                                                  "A part of a stream could not be read");

  drop_parts (self);
  fail_with_reason (self, reason);
}

gsize
mullion_stream_reader_read (MullionStreamReader *self,
                            void                *to,
                            gsize                size)
{
  gsize done = 0;

  mullion_stream_reader_start (self);
  while (done < size && self->available > 0)
    {
      Part *part = g_queue_peek_head (&self->parts);
      gsize n = read_part (part, (guint8 *) to + done, size - done);

      if (n == 0)
        {
          fail_reading (self);
          break;
        }
      done += n;
      self->available -= n;
      if (part->at == part->size)
        free_part (g_queue_pop_head (&self->parts));
    }

  self->to_give += done;
  if (self->state == OPEN && self->to_give >= CREDIT_STEP)
    {
      give_credit (self, self->to_give);
      self->to_give = 0;
    }

  return done;
}

gboolean
mullion_stream_reader_is_over (MullionStreamReader         *self,
                               const MullionStreamFailure **failure)
{
  if (failure != NULL)
    *failure = self->failure;

  return self->available == 0 && self->state != OPEN;
}

void
mullion_stream_reader_finish (MullionStreamReader *self)
{
  if (self->state != ENDED)
    return;

  self->state = CLOSED;
  mullion_channel_send (self->channel, MULLION_FRAME_STREAM_DONE, 0, 0, NULL, 0, NULL);
  mullion_channel_finish (self->channel);
}

void
mullion_stream_reader_cancel (MullionStreamReader        *self,
                              const MullionStreamFailure *failure)
{
  g_autofree char *body = NULL;

  drop_parts (self);
  if (self->state == CLOSED || self->state == FAILED)
    return;

  self->state = CLOSED;
  body = mullion_stream_failure_to_json (failure);
  mullion_channel_send (self->channel, MULLION_FRAME_STREAM_CANCEL, 0, 0, body, strlen (body),
                        NULL);
  mullion_channel_finish (self->channel);
}

void
mullion_stream_reader_free (MullionStreamReader *self)
{
  if (self->state != CLOSED)
    mullion_channel_close (self->channel);
  g_object_unref (self->channel);
  g_queue_clear_full (&self->parts, free_part);
  g_clear_pointer (&self->failure, mullion_stream_failure_free);
  g_free (self);
}

void
mullion_stream_reader_set_turn (MullionStreamReader *self,
                               MullionTurn         *turn)
{
  mullion_channel_set_turn (self->channel, turn);
}

MullionStreamReader *
mullion_stream_reader_new (int               fd,
                           int               priority,
                           MullionStreamFunc changed,
                           gpointer          user_data)
{
  MullionStreamReader *self = g_new0 (MullionStreamReader, 1);

  self->changed = changed;
  self->user_data = user_data;
  g_queue_init (&self->parts);
  self->channel = mullion_channel_new (fd, &channel_funcs, self);
  mullion_channel_set_max_length (self->channel, MULLION_STREAM_MAX_LENGTH);
  mullion_channel_set_reads_always (self->channel, TRUE);
  mullion_channel_attach (self->channel, priority);

  return self;
}
