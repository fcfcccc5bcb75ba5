/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-reader.h"

#include <string.h>

/*
 * MullionFrameReader: makes frames of a stream of bytes.
 *
 * Lives in both processes and trusts neither: a header is checked before a byte of its body is
 * stored. Small frames are cut from one buffer, so that a burst of them costs one system call; a
 * body that does not fit there is received right into its frame. The memory of a large frame is
 * asked for at once, but the kernel gives it page by page as it is filled: an announced length
 * costs the receiver nothing that the sender did not really send.
 */

#define BUFFER_SIZE (64 * 1024)

struct _MullionFrameReader
{
  GQueue frames;

  /* A frame that is larger than the buffer, while it comes in. */
  MullionFrame *partial;
  gsize partial_filled;

  gsize filled;
  guint8 buffer[BUFFER_SIZE];
};

static MullionFrame *
allocate_frame (const MullionFrameHeader *header)
{
  MullionFrame *frame = g_malloc (sizeof (MullionFrame) + header->length + 1);

  frame->header = *header;
  frame->body[header->length] = '\0';

  return frame;
}

void
mullion_frame_free (MullionFrame *frame)
{
  g_free (frame);
}

MullionFrameReader *
mullion_frame_reader_new (void)
{
  MullionFrameReader *self = g_malloc (sizeof *self);

  g_queue_init (&self->frames);
  self->partial = NULL;
  self->partial_filled = 0;
  self->filled = 0;

  return self;
}

void
mullion_frame_reader_free (MullionFrameReader *self)
{
  g_queue_clear_full (&self->frames, (GDestroyNotify) mullion_frame_free);
  g_clear_pointer (&self->partial, mullion_frame_free);
  g_free (self);
}

gsize
mullion_frame_reader_prepare (MullionFrameReader  *self,
                              void               **data)
{
  if (self->partial != NULL)
    {
      *data = self->partial->body + self->partial_filled;
      return self->partial->header.length - self->partial_filled;
    }

  *data = self->buffer + self->filled;
  return BUFFER_SIZE - self->filled;
}

static gboolean
check_header (const MullionFrameHeader  *header,
              GError                   **error)
{
  if (header->length > MULLION_WIRE_MAX_LENGTH)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame of kind %u announced %u bytes, more than the limit of %u",
                   header->kind, header->length, MULLION_WIRE_MAX_LENGTH);
      return FALSE;
    }

  if (header->n_buffers != 0)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame of kind %u announced %u side buffers, which this version does not know",
                   header->kind, header->n_buffers);
      return FALSE;
    }

  return TRUE;
}

static void
begin_partial (MullionFrameReader       *self,
               const MullionFrameHeader *header,
               gsize                     body_offset)
{
  self->partial = allocate_frame (header);
  self->partial_filled = self->filled - body_offset;
  memcpy (self->partial->body, self->buffer + body_offset, self->partial_filled);
  self->filled = 0;
}

static gboolean
cut_frames (MullionFrameReader  *self,
            GError             **error)
{
  gsize offset = 0;

  while (self->filled - offset >= sizeof (MullionFrameHeader))
    {
      MullionFrameHeader header;
      MullionFrame *frame;
      gsize body = offset + sizeof header;

      memcpy (&header, self->buffer + offset, sizeof header);
      if (!check_header (&header, error))
        return FALSE;

      if (header.length > self->filled - body)
        {
          if (sizeof header + header.length <= BUFFER_SIZE)
            break;
          begin_partial (self, &header, body);
          return TRUE;
        }

      frame = allocate_frame (&header);
      memcpy (frame->body, self->buffer + body, header.length);
      g_queue_push_tail (&self->frames, frame);
      offset = body + header.length;
    }

  self->filled -= offset;
  memmove (self->buffer, self->buffer + offset, self->filled);

  return TRUE;
}

gboolean
mullion_frame_reader_commit (MullionFrameReader  *self,
                             gsize                n_bytes,
                             GError             **error)
{
  if (self->partial == NULL)
    {
      self->filled += n_bytes;
      return cut_frames (self, error);
    }

  self->partial_filled += n_bytes;
  if (self->partial_filled == self->partial->header.length)
    g_queue_push_tail (&self->frames, g_steal_pointer (&self->partial));

  return TRUE;
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
