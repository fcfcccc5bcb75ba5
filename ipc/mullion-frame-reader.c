/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-reader.h"

#include <string.h>
#include <unistd.h>

/*
 * MullionFrameReader: makes frames of a stream of bytes.
 *
 * Lives in both processes and trusts neither: a header is checked before a byte of its body is
 * stored. Small frames are cut from one buffer, so that a burst of them costs one system call; a
 * body that does not fit there is received right into its frame. The memory of a large frame is
 * asked for at once, but the kernel gives it page by page as it is filled: an announced length
 * costs the receiver nothing that the sender did not really send.
 *
 * A file descriptor comes no later than the first byte of the frame that announces it, and in the
 * order of the frames. One that no frame has announced breaks the rules, as does one that is missing.
 */

#define BUFFER_SIZE (64 * 1024)

struct _MullionFrameReader
{
  GQueue frames;

  /* A frame that is larger than the buffer, while it comes in. */
  MullionFrame *partial;
  gsize partial_filled;

  GQueue fds; /* that came and are not yet a frame's */

  gsize filled;
  guint8 buffer[BUFFER_SIZE];
};

/* What follows a header in the socket. */
static gsize
count_bytes (const MullionFrameHeader *header)
{
  return header->length + (header->flags & MULLION_FRAME_SIDE_IN_MEMFD ? 0 : header->side);
}

static MullionFrame *
allocate_frame (const MullionFrameHeader *header)
{
  gsize size = count_bytes (header);
  MullionFrame *frame = g_malloc (sizeof (MullionFrame) + size + 1);

  frame->header = *header;
  frame->side_fd = -1;
  frame->body = frame->data + (size - header->length);
  frame->data[size] = '\0';

  return frame;
}

void
mullion_frame_free (MullionFrame *frame)
{
  if (frame->side_fd >= 0)
    close (frame->side_fd);
  g_free (frame);
}

GBytes *
mullion_frame_dup_side (const MullionFrame  *frame,
                        GError             **error)
{
  if (frame->side_fd >= 0)
    return mullion_side_map (frame->side_fd, frame->header.side, error);

  return g_bytes_new (frame->data, frame->header.side);
}

static void
close_fd (gpointer data)
{
  close (GPOINTER_TO_INT (data));
}

MullionFrameReader *
mullion_frame_reader_new (void)
{
  MullionFrameReader *self = g_malloc (sizeof *self);

  g_queue_init (&self->frames);
  self->partial = NULL;
  self->partial_filled = 0;
  g_queue_init (&self->fds);
  self->filled = 0;

  return self;
}

void
mullion_frame_reader_free (MullionFrameReader *self)
{
  g_queue_clear_full (&self->frames, (GDestroyNotify) mullion_frame_free);
  g_clear_pointer (&self->partial, mullion_frame_free);
  g_queue_clear_full (&self->fds, close_fd);
  g_free (self);
}

void
mullion_frame_reader_take_fd (MullionFrameReader *self,
                              int                 fd)
{
  g_queue_push_tail (&self->fds, GINT_TO_POINTER (fd));
}

gsize
mullion_frame_reader_prepare (MullionFrameReader  *self,
                              void               **data)
{
  if (self->partial != NULL)
    {
      *data = self->partial->data + self->partial_filled;
      return count_bytes (&self->partial->header) - self->partial_filled;
    }

  *data = self->buffer + self->filled;
  return BUFFER_SIZE - self->filled;
}

static gboolean
refuse (const MullionFrameHeader  *header,
        GError                   **error,
        const char                *what,
        guint64                    value)
{
  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
               "A frame of kind %u announced %s: %" G_GUINT64_FORMAT, header->kind, what, value);

  return FALSE;
}

static gboolean
check_header (const MullionFrameHeader  *header,
              GError                   **error)
{
  gboolean in_memfd = (header->flags & MULLION_FRAME_SIDE_IN_MEMFD) != 0;

  if (header->length > MULLION_WIRE_MAX_LENGTH)
    return refuse (header, error, "more bytes than the limit", header->length);
  if ((header->flags & ~MULLION_FRAME_SIDE_IN_MEMFD) != 0)
    return refuse (header, error, "flags that this version does not know", header->flags);
  if (header->side >= MULLION_WIRE_MAX_SIDE ||
      (!in_memfd && header->side > MULLION_WIRE_MAX_INLINE_SIDE) || (in_memfd && header->side == 0))
    return refuse (header, error, "a side area of a size that it may not have", header->side);

  return TRUE;
}

/* Gives the frame the memfd that its header announced. Nobody may see a frame before this. */
static gboolean
attach_side (MullionFrameReader  *self,
             MullionFrame        *frame,
             GError             **error)
{
  if ((frame->header.flags & MULLION_FRAME_SIDE_IN_MEMFD) == 0)
    return TRUE;

  if (g_queue_is_empty (&self->fds))
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame of kind %u came without its side area", frame->header.kind);
      return FALSE;
    }

  frame->side_fd = GPOINTER_TO_INT (g_queue_pop_head (&self->fds));

  return mullion_side_check_memfd (frame->side_fd, frame->header.side, error);
}

/* Takes what the buffer has of a frame that does not fit into it. */
static gboolean
begin_partial (MullionFrameReader        *self,
               const MullionFrameHeader  *header,
               gsize                      body_offset,
               GError                   **error)
{
  g_autoptr(MullionFrame) frame = allocate_frame (header);

  if (!attach_side (self, frame, error))
    return FALSE;

  self->partial = g_steal_pointer (&frame);
  self->partial_filled = self->filled - body_offset;
  memcpy (self->partial->data, self->buffer + body_offset, self->partial_filled);
  self->filled = 0;

  return TRUE;
}

static gboolean
cut_frame (MullionFrameReader        *self,
           const MullionFrameHeader  *header,
           gsize                      body_offset,
           GError                   **error)
{
  g_autoptr(MullionFrame) frame = allocate_frame (header);

  if (!attach_side (self, frame, error))
    return FALSE;

  memcpy (frame->data, self->buffer + body_offset, count_bytes (header));
  g_queue_push_tail (&self->frames, g_steal_pointer (&frame));

  return TRUE;
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
      if (!check_header (&header, error))
        return FALSE;

      size = count_bytes (&header);
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

/* Between two frames every file descriptor must be some frame's. */
static gboolean
check_fds (MullionFrameReader  *self,
           GError             **error)
{
  if (g_queue_is_empty (&self->fds) || self->filled > 0)
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
  if (self->partial_filled == count_bytes (&self->partial->header))
    g_queue_push_tail (&self->frames, g_steal_pointer (&self->partial));

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
