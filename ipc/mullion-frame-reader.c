/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-reader.h"

#include <string.h>
#include <unistd.h>

/*
 * MullionFrameReader: makes frames of a stream of bytes and of the file descriptors in it.
 *
 * Lives in both processes and trusts neither: a header is checked before a byte of its body is
 * stored. Small frames are cut from one buffer, so that a burst of them costs one system call; a
 * body that does not fit there is received right into its frame. The memory of a large frame is
 * asked for at once, but the kernel gives it page by page as it is filled: an announced length
 * costs the receiver nothing that the sender did not really send.
 *
 * File descriptors come with the first byte of the frame that announces them. So whenever bytes
 * were taken, those that are nobody's yet can only belong to the one frame that is not whole: all
 * others break the rules, and nobody can fill our table of them.
 */

#define BUFFER_SIZE (64 * 1024)

struct _MullionFrameReader
{
  GQueue frames;
  guint32 max_length;
  MullionFrameBudget *budget; /* (nullable): for what is larger than the buffer */

  /* A frame that is larger than the buffer, while it comes in. */
  MullionFrame *partial;
  gsize partial_filled;

  GArray *fds; /* of int: came, and are no frame's yet */

  gsize filled;
  guint8 buffer[BUFFER_SIZE];
};

MullionFrameReader *
mullion_frame_reader_new (void)
{
  MullionFrameReader *self = g_malloc (sizeof *self);

  g_queue_init (&self->frames);
  self->max_length = MULLION_WIRE_MAX_LENGTH;
  self->budget = NULL;
  self->partial = NULL;
  self->partial_filled = 0;
  self->fds = g_array_new (FALSE, FALSE, sizeof (int));
  self->filled = 0;

  return self;
}

void
mullion_frame_reader_free (MullionFrameReader *self)
{
  g_queue_clear_full (&self->frames, (GDestroyNotify) mullion_frame_unref);
  g_clear_pointer (&self->partial, mullion_frame_unref);
  g_clear_pointer (&self->budget, mullion_frame_budget_unref);
  for (guint i = 0; i < self->fds->len; i++)
    close (g_array_index (self->fds, int, i));
  g_array_unref (self->fds);
  g_free (self);
}

void
mullion_frame_reader_set_max_length (MullionFrameReader *self,
                                     guint32             max_length)
{
  self->max_length = max_length;
}

void
mullion_frame_reader_set_budget (MullionFrameReader *self,
                                 MullionFrameBudget *budget)
{
  mullion_frame_budget_ref (budget);
  g_clear_pointer (&self->budget, mullion_frame_budget_unref);
  self->budget = budget;
}

GArray *
mullion_frame_reader_get_fds (MullionFrameReader *self)
{
  return self->fds;
}

gsize
mullion_frame_reader_prepare (MullionFrameReader  *self,
                              void               **data)
{
  if (self->partial != NULL)
    {
      *data = self->partial->body + self->partial_filled;
      return mullion_frame_count_bytes (&self->partial->header) - self->partial_filled;
    }

  *data = self->buffer + self->filled;
  return BUFFER_SIZE - self->filled;
}

static void
push (MullionFrameReader *self,
      MullionFrame       *frame)
{
  mullion_frame_finish (frame);
  g_queue_push_tail (&self->frames, frame);
}

/* Takes what the buffer has of a frame that does not fit into it. */
static gboolean
begin_partial (MullionFrameReader        *self,
               const MullionFrameHeader  *header,
               gsize                      body_offset,
               GError                   **error)
{
  self->partial = mullion_frame_new (header);
  self->partial_filled = self->filled - body_offset;
  memcpy (self->partial->body, self->buffer + body_offset, self->partial_filled);
  self->filled = 0;

  return (self->budget == NULL || mullion_frame_charge (self->partial, self->budget, error)) &&
         mullion_frame_take_fds (self->partial, self->fds, error);
}

static gboolean
cut_frame (MullionFrameReader        *self,
           const MullionFrameHeader  *header,
           gsize                      body_offset,
           GError                   **error)
{
  g_autoptr(MullionFrame) frame = mullion_frame_new (header);

  memcpy (frame->body, self->buffer + body_offset, mullion_frame_count_bytes (header));
  if (!mullion_frame_take_fds (frame, self->fds, error))
    return FALSE;

  push (self, g_steal_pointer (&frame));
  return TRUE;
}

static gboolean
check_header (MullionFrameReader        *self,
              const MullionFrameHeader  *header,
              GError                   **error)
{
  if (!mullion_frame_check_header (header, error))
    return FALSE;
  if (header->length <= self->max_length)
    return TRUE;

  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
               "A frame of kind %u announced %u bytes, more than may come here",
               header->kind, header->length);
  return FALSE;
}

static gboolean
cut_frames (MullionFrameReader  *self,
            GError             **error)
{
  gsize offset = 0;

  while (self->filled - offset >= sizeof (MullionFrameHeader))
    {
      MullionFrameHeader header;
      gsize body = offset + sizeof header;
      gsize size;

      memcpy (&header, self->buffer + offset, sizeof header);
      if (!check_header (self, &header, error))
        return FALSE;

      size = mullion_frame_count_bytes (&header);
      if (size > self->filled - body)
        {
          if (sizeof header + size <= BUFFER_SIZE)
            break;
          return begin_partial (self, &header, body, error);
        }

      if (!cut_frame (self, &header, body, error))
        return FALSE;
      offset = body + size;
    }

  self->filled -= offset;
  memmove (self->buffer, self->buffer + offset, self->filled);

  return TRUE;
}

/* How many file descriptors may wait for the frame that the buffer begins with. */
static guint
count_expected_fds (MullionFrameReader *self)
{
  MullionFrameHeader header;

  if (self->filled == 0)
    return 0;
  if (self->filled < sizeof header)
    return 1 + MULLION_WIRE_MAX_PORTS;

  memcpy (&header, self->buffer, sizeof header);
  return mullion_frame_count_fds (&header);
}

static gboolean
check_fds (MullionFrameReader  *self,
           GError             **error)
{
  if (self->fds->len <= count_expected_fds (self))
    return TRUE;

  g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                       "The channel carried file descriptors that no frame announced");
  return FALSE;
}

gboolean
mullion_frame_reader_commit (MullionFrameReader  *self,
                             gsize                n_bytes,
                             GError             **error)
{
  if (self->partial == NULL)
    {
      self->filled += n_bytes;
      return cut_frames (self, error) && check_fds (self, error);
    }

  self->partial_filled += n_bytes;
  if (self->partial_filled == mullion_frame_count_bytes (&self->partial->header))
    push (self, g_steal_pointer (&self->partial));

  return check_fds (self, error);
}

MullionFrame *
mullion_frame_reader_pop (MullionFrameReader *self)
{
  return g_queue_pop_head (&self->frames);
}

gboolean
mullion_frame_reader_is_empty (MullionFrameReader *self)
{
  return g_queue_is_empty (&self->frames);
}

gboolean
mullion_frame_reader_is_untouched (const MullionFrameReader *self)
{
  return g_queue_is_empty ((GQueue *) &self->frames) && self->partial == NULL &&
         self->filled == 0 && self->fds->len == 0;
}

MullionFrame *
mullion_frame_reader_steal (MullionFrameReader *self,
                            MullionFrameKind    kind,
                            guint64             id)
{
  for (GList *l = self->frames.head; l != NULL; l = l->next)
    {
      MullionFrame *frame = l->data;

      if (frame->header.kind == kind && (id == G_MAXUINT64 || frame->header.id == id))
        {
          g_queue_delete_link (&self->frames, l);
          return frame;
        }
    }

  return NULL;
}
