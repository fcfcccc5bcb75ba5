/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-sender.h"

#include "mullion-backlog.h"
#include "mullion-channel.h"
#include "mullion-fd-message.h"

#include <errno.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

/*
 * MullionSender: makes frames, and gives them to a socket as fast as it takes them.
 *
 * Lives in both processes. It never waits: what the socket does not take is kept, in order. A
 * socket is full when its bytes are too many; but file descriptors take no room in it, so the sender
 * counts what it has put there in memfds, and stalls until the other end has read.
 */

/* Who leaves more than this unread can only be stuck or hostile. */
#define BACKLOG_MAX (2u * MULLION_WIRE_MAX_LENGTH)
#define QUEUED_MAX (2 * MULLION_WIRE_MAX_SIDE)

/* Bytes in memfds that may lie in the socket. A larger memfd goes alone. */
#define UNREAD_MEMFDS_MAX (256u * 1024 * 1024)

struct _MullionSender
{
  int fd;
  MullionBacklog *backlog;
  guint64 memfd_bytes; /* sent, and perhaps not yet read */
  gboolean is_stalled;
};

MullionSender *
mullion_sender_new (int fd)
{
  MullionSender *self = g_new0 (MullionSender, 1);

  self->fd = fd;
  self->backlog = mullion_backlog_new ();

  return self;
}

void
mullion_sender_free (MullionSender *self)
{
  mullion_backlog_free (self->backlog);
  g_free (self);
}

gboolean
mullion_sender_is_empty (const MullionSender *self)
{
  return mullion_backlog_get_size (self->backlog) == 0;
}

gboolean
mullion_sender_is_stalled (const MullionSender *self)
{
  return self->is_stalled;
}

guint64
mullion_sender_get_queued (const MullionSender *self)
{
  return mullion_backlog_get_size (self->backlog) + mullion_backlog_get_memfd_size (self->backlog);
}

/* Whether the socket holds as much in memfds as the other end should be given at once. */
static gboolean
is_full_of_memfds (MullionSender *self,
                   guint64        memfd_size)
{
  int unread = 0;

  if (memfd_size == 0 || self->memfd_bytes == 0 ||
      self->memfd_bytes + memfd_size <= UNREAD_MEMFDS_MAX)
    return FALSE;
  if (ioctl (self->fd, SIOCOUTQ, &unread) == 0 && unread > 0)
    return TRUE;

  self->memfd_bytes = 0;
  return FALSE;
}

/* @fds: (nullable): go with the first byte, among them a memfd of @memfd_size
 * @sent: what the socket took, 0 when it is full */
static gboolean
write_parts (MullionSender  *self,
             struct iovec   *parts,
             gsize           n_parts,
             GUnixFDList    *fds,
             guint64         memfd_size,
             gsize          *sent,
             GError        **error)
{
  gssize n;

  *sent = 0;
  self->is_stalled = is_full_of_memfds (self, memfd_size);
  if (self->is_stalled)
    return TRUE;

  n = mullion_fd_message_send (self->fd, parts, n_parts, fds);
  if (n >= 0)
    {
      self->memfd_bytes += memfd_size;
      *sent = n;
      return TRUE;
    }

  /* The kernel lets only so many file descriptors be on their way. */
  self->is_stalled = errno == ETOOMANYREFS;
  if (errno == EAGAIN || self->is_stalled)
    return TRUE;

  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
               "Writing to the channel failed: %s", g_strerror (errno));
  return FALSE;
}

gboolean
mullion_sender_flush (MullionSender  *self,
                      GError        **error)
{
  gsize sent = 1;

  while (sent > 0 && !mullion_sender_is_empty (self))
    {
      struct iovec part;
      guint64 memfd_size;
      GUnixFDList *fds = mullion_backlog_peek (self->backlog, &part, &memfd_size);

      if (!write_parts (self, &part, 1, fds, memfd_size, &sent, error))
        return FALSE;
      mullion_backlog_drop (self->backlog, sent);
    }

  return TRUE;
}

static gboolean
send_parts (MullionSender  *self,
            struct iovec   *parts,
            gsize           n_parts,
            GUnixFDList    *fds,
            guint64         memfd_size,
            GError        **error)
{
  gsize size = 0;
  gsize sent = 0;

  for (gsize i = 0; i < n_parts; i++)
    size += parts[i].iov_len;

  if (mullion_sender_is_empty (self) &&
      !write_parts (self, parts, n_parts, fds, memfd_size, &sent, error))
    return FALSE;

  /* What has begun to go took its file descriptors along. */
  if (sent == 0)
    mullion_backlog_append (self->backlog, parts, n_parts, 0, fds, memfd_size);
  else if (sent < size)
    mullion_backlog_append (self->backlog, parts, n_parts, sent, NULL, 0);

  return TRUE;
}

static gboolean
check_limits (gsize               length,
              const MullionSide  *side,
              GUnixFDList        *ports,
              GError            **error)
{
  guint64 side_length = side != NULL ? mullion_side_get_size (side) : 0;
  int n_ports = ports != NULL ? g_unix_fd_list_get_length (ports) : 0;

  if (length > MULLION_WIRE_MAX_LENGTH)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                 "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %u bytes",
                 length, MULLION_WIRE_MAX_LENGTH);
  else if (side_length >= MULLION_WIRE_MAX_SIDE)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                 "Binary values of %" G_GUINT64_FORMAT " bytes in a message are over the limit: "
                 "they must have less than %" G_GUINT64_FORMAT " bytes",
                 side_length, MULLION_WIRE_MAX_SIDE);
  else if (n_ports > MULLION_WIRE_MAX_PORTS)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                 "%d ports in one message are over the limit of %d", n_ports,
                 MULLION_WIRE_MAX_PORTS);
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_queued (MullionSender  *self,
              GError        **error)
{
  if (mullion_backlog_get_size (self->backlog) <= BACKLOG_MAX &&
      mullion_sender_get_queued (self) <= QUEUED_MAX)
    return TRUE;

  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
               "The other end left %" G_GUINT64_FORMAT " bytes unread",
               mullion_sender_get_queued (self));
  return FALSE;
}

/* What goes with a frame, in the order of the wire: @memfd, unless it is -1, and the ports. They
 * change hands, for a socket that was duplicated would not end when one of the two is closed. */
static GUnixFDList *
gather_fds (int          memfd,
            GUnixFDList *ports)
{
  g_autoptr(GArray) fds = g_array_new (FALSE, FALSE, sizeof (int));

  if (memfd >= 0)
    g_array_append_val (fds, memfd);
  if (ports != NULL)
    {
      int n = 0;
      g_autofree int *stolen = g_unix_fd_list_steal_fds (ports, &n);

      g_array_append_vals (fds, stolen, n);
    }

  if (fds->len == 0)
    return NULL;
  return g_unix_fd_list_new_from_array (&g_array_index (fds, int, 0), fds->len);
}

/* @inline_side: set to the side area if it shall go through the socket
 * @memfd: set to a memfd that is the side area, if it is large */
static gboolean
pack_side (const MullionSide   *side,
           char               **inline_side,
           int                 *memfd,
           GError             **error)
{
  if (mullion_side_get_size (side) <= MULLION_WIRE_MAX_INLINE_SIDE)
    {
      *inline_side = mullion_side_flatten (side);
      return TRUE;
    }

  *memfd = mullion_side_to_memfd (side, error);
  return *memfd >= 0;
}

gboolean
mullion_sender_send (MullionSender             *self,
                     const MullionFrameHeader  *header,
                     const char                *body,
                     gsize                      length,
                     const MullionSide         *side,
                     GUnixFDList               *ports,
                     GError                   **error)
{
  MullionFrameHeader whole = *header;
  g_autofree char *inline_side = NULL;
  g_autoptr(GUnixFDList) fds = NULL;
  int memfd = -1;
  struct iovec parts[3] = { { &whole, sizeof whole }, { (char *) body, length } };

  if (!check_limits (length, side, ports, error) || !check_queued (self, error) ||
      (side != NULL && !pack_side (side, &inline_side, &memfd, error)))
    return FALSE;

  whole.length = length;
  whole.flags = memfd >= 0 ? MULLION_FRAME_SIDE_IN_MEMFD : 0;
  whole.n_ports = ports != NULL ? g_unix_fd_list_get_length (ports) : 0;
  whole.side_length = side != NULL ? mullion_side_get_size (side) : 0;
  fds = gather_fds (memfd, ports);
  if (memfd < 0)
    parts[2] = (struct iovec) { inline_side, whole.side_length };

  return send_parts (self, parts, G_N_ELEMENTS (parts), fds, memfd >= 0 ? whole.side_length : 0,
                     error);
}
