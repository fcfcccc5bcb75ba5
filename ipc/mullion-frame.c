/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame.h"

#include "mullion-channel.h"
#include "mullion-fd-message.h"
#include "mullion-side.h"

#include <string.h>
#include <unistd.h>

/*
 * MullionFrame: a frame that came in, with all that belongs to it.
 *
 * Lives in both processes and trusts neither: what a header announces is checked before any memory
 * is asked for, and file descriptors before anybody sees them. It owns them, and closes what is
 * left of them.
 */

#define FAIL(error, ...) \
  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED, __VA_ARGS__)

static gboolean
has_memfd (const MullionFrameHeader *header)
{
  return (header->flags & MULLION_FRAME_SIDE_IN_MEMFD) != 0;
}

static gboolean
check_side_length (const MullionFrameHeader *header)
{
  if (has_memfd (header))
    return header->side_length > 0 && header->side_length < MULLION_WIRE_MAX_SIDE;

  return header->side_length <= MULLION_WIRE_MAX_INLINE_SIDE;
}

static gboolean
refuse (const MullionFrameHeader  *header,
        GError                   **error,
        const char                *what,
        guint64                    value)
{
  FAIL (error, "A frame of kind %u announced %s: %" G_GUINT64_FORMAT, header->kind, what, value);

  return FALSE;
}

gboolean
mullion_frame_check_header (const MullionFrameHeader  *header,
                            GError                   **error)
{
  if (header->length > MULLION_WIRE_MAX_LENGTH)
    return refuse (header, error, "more bytes than the limit", header->length);
  if ((header->flags & ~MULLION_FRAME_SIDE_IN_MEMFD) != 0)
    return refuse (header, error, "flags that this version does not know", header->flags);
  if (!check_side_length (header))
    return refuse (header, error, "a side area of a size that it may not have",
                   header->side_length);
  if (header->n_ports > MULLION_WIRE_MAX_PORTS)
    return refuse (header, error, "more ports than the limit", header->n_ports);

  return TRUE;
}

/* What follows a header in the socket. */
gsize
mullion_frame_count_bytes (const MullionFrameHeader *header)
{
  return header->length + (has_memfd (header) ? 0 : header->side_length);
}

/* What comes with its first byte. */
guint
mullion_frame_count_fds (const MullionFrameHeader *header)
{
  return header->n_ports + (has_memfd (header) ? 1 : 0);
}

/* @header must have been checked. The bytes that follow it belong at the body. */
MullionFrame *
mullion_frame_new (const MullionFrameHeader *header)
{
  MullionFrame *self = g_malloc (sizeof *self + mullion_frame_count_bytes (header) + 1);

  self->ref_count = 1;
  self->header = *header;
  self->side = NULL;
  self->side_fd = -1;
  self->ports = NULL;
  self->budget = NULL;

  return self;
}

gboolean
mullion_frame_charge (MullionFrame        *self,
                      MullionFrameBudget  *budget,
                      GError             **error)
{
  gsize n_bytes = mullion_frame_count_bytes (&self->header);

  if (!mullion_frame_budget_take (budget, n_bytes))
    {
      FAIL (error, "A frame of kind %u announced %" G_GSIZE_FORMAT " bytes, and what its page has on "
            "its way is too much with it", self->header.kind, n_bytes);
      return FALSE;
    }

  self->budget = mullion_frame_budget_ref (budget);
  return TRUE;
}

static void
give_back (MullionFrame *self)
{
  if (self->budget == NULL)
    return;

  mullion_frame_budget_release (self->budget, mullion_frame_count_bytes (&self->header));
  mullion_frame_budget_unref (self->budget);
}

MullionFrame *
mullion_frame_ref (const MullionFrame *frame)
{
  MullionFrame *self = (MullionFrame *) frame;

  g_atomic_int_inc (&self->ref_count);

  return self;
}

void
mullion_frame_unref (MullionFrame *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  g_clear_pointer (&self->side, g_bytes_unref);
  if (self->side_fd >= 0)
    close (self->side_fd);
  g_clear_object (&self->ports);
  give_back (self);
  g_free (self);
}

static gboolean
check_port (int      fd,
            GError **error)
{
  if (mullion_fd_is_stream_socket (fd))
    return TRUE;

  FAIL (error, "A port of a frame is not a stream socket of this machine");
  return FALSE;
}

static gboolean
check_ports (GUnixFDList  *ports,
             GError      **error)
{
  int n = 0;
  const int *fds = g_unix_fd_list_peek_fds (ports, &n);

  for (int i = 0; i < n; i++)
    if (!check_port (fds[i], error))
      return FALSE;

  return TRUE;
}

/* Takes its own from the beginning of @fds, of int: that is the order in which they came. */
gboolean
mullion_frame_take_fds (MullionFrame  *self,
                        GArray        *fds,
                        GError       **error)
{
  const MullionFrameHeader *header = &self->header;
  guint n = mullion_frame_count_fds (header);
  guint used = 0;

  if (n == 0)
    return TRUE;

  if (fds->len < n)
    {
      FAIL (error, "A frame of kind %u announced %u file descriptors and came with %u",
            header->kind, n, fds->len);
      return FALSE;
    }

  if (has_memfd (header))
    self->side_fd = g_array_index (fds, int, used++);
  if (header->n_ports > 0)
    self->ports = g_unix_fd_list_new_from_array (&g_array_index (fds, int, used), header->n_ports);
  g_array_remove_range (fds, 0, n);

  if (self->side_fd >= 0 && !mullion_side_check_memfd (self->side_fd, header->side_length, error))
    return FALSE;

  return self->ports == NULL || check_ports (self->ports, error);
}

/* All bytes are there. The side area moves to where any type may be read, which also makes room for
 * the NUL of the body. */
void
mullion_frame_finish (MullionFrame *self)
{
  const MullionFrameHeader *header = &self->header;

  if (header->side_length > 0 && !has_memfd (header))
    self->side = g_bytes_new (self->body + header->length, header->side_length);

  self->body[header->length] = '\0';
}

GBytes *
mullion_frame_dup_side (const MullionFrame  *self,
                        GError             **error)
{
  if (self->side_fd >= 0)
    return mullion_side_map (self->side_fd, self->header.side_length, error);

  return self->side != NULL ? g_bytes_ref (self->side) : g_bytes_new (NULL, 0);
}
