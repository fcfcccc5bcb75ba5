/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-channel.h"

#include "mullion-backlog.h"
#include "mullion-frame-reader.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/sockios.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * MullionChannel: one end of the socket between a page and the main process.
 *
 * Lives in both processes. Neither end trusts the other: what breaks the rules of the wire ends
 * the channel with a reason. Sending never waits: what the socket does not take is kept and sent
 * when there is room. While too much is kept, nothing more is read, so that somebody who asks
 * without reading the answers has to stop asking; that bounds the memory of both ends.
 *
 * The web process alone may block, and goes on reading while it does. So of two ends with full
 * sockets one always reads, and they cannot wait for one another.
 */

/* Frames that are handled before other sources of the loop get their turn. */
#define FRAMES_PER_DISPATCH 64

/* Buffers that are read at most to catch up with the other end. */
#define READS_PER_DRAIN 64

/* Bytes kept for a slow reader: above the first we stop listening to it, above the second we hang
 * up, for it can only be stuck or hostile. */
#define BACKLOG_PAUSE (8u * 1024 * 1024)
#define BACKLOG_MAX (2u * MULLION_WIRE_MAX_LENGTH)

/* Bytes in memfds that may lie in the socket until the web process waits for their reader: the socket
 * itself is filled by their headers only, and that late. */
#define MEMFD_BYTES_MAX (256u * 1024 * 1024)
#define MEMFD_POLL_MS 1

/* A frame brings one at most, and they are read a buffer at a time. */
#define MAX_FDS 64

/* Who answers a page that calls one thing after another would, each time, go to sleep and be woken:
 * most of a round trip is that. So a channel that has just been busy looks for the next frame for a
 * moment before it gives the loop its turn; never longer in a row than the second, so that a window
 * is painted and others are heard. It stops looking as soon as it waits in vain. */
#define LINGER_US 50
#define LINGER_IN_A_ROW_US 4000

struct _MullionChannel
{
  GObject parent_instance;

  int fd;
  GSource *source; /* (nullable): (owned) */
  gpointer fd_tag;

  MullionChannelFuncs funcs;
  gpointer user_data;

  MullionFrameReader *reader;
  MullionBacklog *backlog;
  guint64 memfd_bytes; /* sent, and perhaps not yet read */

  gboolean may_linger; /* there is a processor for each end */
  gboolean lingers;
  gint64 idle_since;

  GError *reason; /* (nullable): why nothing more can be read or written */
  gboolean closed_told;
};

typedef struct
{
  GSource parent;
  MullionChannel *channel; /* (unowned): the channel destroys its source */
} ChannelSource;

G_DEFINE_FINAL_TYPE (MullionChannel, mullion_channel, G_TYPE_OBJECT)
G_DEFINE_QUARK (mullion-channel-error-quark, mullion_channel_error)

static gsize
backlog_size (MullionChannel *self)
{
  return mullion_backlog_get_size (self->backlog);
}

static void
fail (MullionChannel *self,
      GError         *reason)
{
  if (self->reason != NULL)
    g_error_free (reason);
  else
    self->reason = reason;

  if (self->fd_tag != NULL)
    g_source_modify_unix_fd (self->source, self->fd_tag, 0);
  /* The loop tells the owner, so that no caller is pulled away from under its own feet. */
  if (self->source != NULL)
    g_source_set_ready_time (self->source, 0);
}

static void
fail_with_errno (MullionChannel *self,
                 const char     *what)
{
  int saved_errno = errno;

  fail (self, g_error_new (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                           "%s: %s", what, g_strerror (saved_errno)));
}

static void
update_events (MullionChannel *self)
{
  GIOCondition events = 0;

  if (self->fd_tag == NULL || self->reason != NULL)
    return;

  if (backlog_size (self) > 0)
    events |= G_IO_OUT;
  if (backlog_size (self) < BACKLOG_PAUSE)
    events |= G_IO_IN;

  g_source_modify_unix_fd (self->source, self->fd_tag, events);
}

/* Hands what came with the bytes to the reader. Returns FALSE when some of it did not fit. */
static gboolean
take_descriptors (MullionChannel *self,
                  struct msghdr  *message)
{
  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c != NULL; c = CMSG_NXTHDR (message, c))
    {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        continue;

      for (gsize i = 0; i < (c->cmsg_len - CMSG_LEN (0)) / sizeof (int); i++)
        {
          int fd;

          memcpy (&fd, CMSG_DATA (c) + i * sizeof (int), sizeof (int));
          mullion_frame_reader_take_fd (self->reader, fd);
        }
    }

  return (message->msg_flags & MSG_CTRUNC) == 0;
}

/* Returns whether there may be more to read. */
static gboolean
read_some (MullionChannel *self)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (MAX_FDS * sizeof (int))]; } control;
  struct iovec part;
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control,
  };
  g_autoptr(GError) error = NULL;
  gssize n;

  part.iov_len = mullion_frame_reader_prepare (self->reader, &part.iov_base);
  do
    n = recvmsg (self->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);

  if (n < 0 && errno == EAGAIN)
    return FALSE;

  if (n < 0)
    fail_with_errno (self, "Reading from the channel failed");
  else if (!take_descriptors (self, &message))
    fail (self, g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                                     "The channel carried more file descriptors than frames need"));
  else if (n == 0)
    fail (self, g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                                     "The other end closed the channel"));
  else if (!mullion_frame_reader_commit (self->reader, n, &error))
    fail (self, g_steal_pointer (&error));

  return self->reason == NULL && (gsize) n == part.iov_len;
}

/* Returns what the socket took, 0 when it is full; a dead socket sets the reason. @fd: goes with the
 * first byte, or -1. */
static gsize
write_parts (MullionChannel *self,
             struct iovec   *parts,
             gsize           n_parts,
             int             fd)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (sizeof (int))]; } control;
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
  gssize n;

  if (fd >= 0)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      control.align.cmsg_level = SOL_SOCKET;
      control.align.cmsg_type = SCM_RIGHTS;
      control.align.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.align), &fd, sizeof fd);
    }

  do
    n = sendmsg (self->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  if (n >= 0)
    return n;

  if (errno != EAGAIN)
    fail_with_errno (self, "Writing to the channel failed");
  return 0;
}

static void
write_backlog (MullionChannel *self)
{
  while (self->reason == NULL && backlog_size (self) > 0)
    {
      struct iovec part;
      int fd;
      gsize n;

      mullion_backlog_peek (self->backlog, &part, &fd);
      n = write_parts (self, &part, 1, fd);
      if (n == 0)
        break;
      mullion_backlog_drop (self->backlog, n);
    }

  update_events (self);
}

/* Takes @fd. */
static void
send_parts (MullionChannel *self,
            struct iovec   *parts,
            gsize           n_parts,
            gsize           size,
            int             fd)
{
  gsize sent = 0;

  if (self->reason == NULL && backlog_size (self) == 0)
    sent = write_parts (self, parts, n_parts, fd);

  if (fd >= 0 && (sent > 0 || self->reason != NULL))
    {
      close (fd);
      fd = -1;
    }
  if (self->reason == NULL && sent < size)
    {
      mullion_backlog_append (self->backlog, parts, n_parts, sent, fd);
      update_events (self);
    }
}

static gboolean
check_limits (MullionChannel     *self,
              gsize               length,
              const MullionSide  *side,
              GError            **error)
{
  if (length > MULLION_WIRE_MAX_LENGTH)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                   "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %u bytes",
                   length, MULLION_WIRE_MAX_LENGTH);
      return FALSE;
    }

  if (side != NULL && mullion_side_get_size (side) >= MULLION_WIRE_MAX_SIDE)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                   "Binary values of %" G_GUINT64_FORMAT " bytes in a message are over the limit: "
                   "they must have less than %" G_GUINT64_FORMAT " bytes",
                   mullion_side_get_size (side), MULLION_WIRE_MAX_SIDE);
      return FALSE;
    }

  if (self->reason == NULL && backlog_size (self) > BACKLOG_MAX)
    fail (self, g_error_new (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                             "The other end left %" G_GSIZE_FORMAT " bytes unread",
                             backlog_size (self)));
  return TRUE;
}

gboolean
mullion_channel_send_with_side (MullionChannel     *self,
                                MullionFrameKind    kind,
                                guint64             document,
                                guint64             id,
                                const char         *body,
                                gsize               length,
                                const MullionSide  *side,
                                GError            **error)
{
  MullionFrameHeader header = {
    .length = length, .kind = kind, .document = document, .id = id,
    .side = side != NULL ? mullion_side_get_size (side) : 0,
  };
  g_autofree char *inline_side = NULL;
  struct iovec parts[3] = { { &header, sizeof header }, { NULL, 0 }, { (char *) body, length } };
  int fd = -1;

  g_return_val_if_fail (MULLION_IS_CHANNEL (self), FALSE);

  if (!check_limits (self, length, side, error))
    return FALSE;

  if (header.side > MULLION_WIRE_MAX_INLINE_SIDE)
    {
      fd = mullion_side_to_memfd (side, error);
      if (fd < 0)
        return FALSE;
      header.flags = MULLION_FRAME_SIDE_IN_MEMFD;
      self->memfd_bytes += header.side;
    }
  else if (header.side > 0)
    {
      inline_side = mullion_side_flatten (side);
      parts[1] = (struct iovec) { inline_side, header.side };
    }

  send_parts (self, parts, G_N_ELEMENTS (parts), sizeof header + parts[1].iov_len + length, fd);

  if (self->reason != NULL && error != NULL)
    *error = g_error_copy (self->reason);
  return self->reason == NULL;
}

gboolean
mullion_channel_send (MullionChannel    *self,
                      MullionFrameKind   kind,
                      guint64            document,
                      guint64            id,
                      const char        *body,
                      gsize              length,
                      GError           **error)
{
  return mullion_channel_send_with_side (self, kind, document, id, body, length, NULL, error);
}

/* Waits until the socket is ready for what is still to do, reading whatever comes. */
static gboolean
block_once (MullionChannel  *self,
            int              timeout_ms,
            GError         **error)
{
  GPollFD poll_fd = { .fd = self->fd, .events = G_IO_IN };
  int n;

  if (self->reason == NULL)
    {
      if (backlog_size (self) > 0)
        poll_fd.events |= G_IO_OUT;
      n = g_poll (&poll_fd, 1, timeout_ms);
      if (n == 0)
        {
          g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TIMED_OUT,
                               "The main process did not answer in time");
          return FALSE;
        }
      if (n > 0 && (poll_fd.revents & ~G_IO_OUT) != 0)
        while (read_some (self))
          ;
      if (n > 0 && (poll_fd.revents & G_IO_OUT) != 0)
        write_backlog (self);
    }

  if (self->reason != NULL && error != NULL)
    *error = g_error_copy (self->reason);
  return self->reason == NULL;
}

/* Whether more lies in memfds than the other end should be given at once. */
static gboolean
has_many_memfd_bytes (MullionChannel *self)
{
  int unread = 0;

  if (self->memfd_bytes <= MEMFD_BYTES_MAX)
    return FALSE;
  if (ioctl (self->fd, SIOCOUTQ, &unread) == 0 && unread > 0)
    return TRUE;

  self->memfd_bytes = 0;
  return FALSE;
}

/* Waits until the other end has read what there is. No event tells that. */
static gboolean
wait_for_reader (MullionChannel  *self,
                 GError         **error)
{
  g_autoptr(GError) timed_out = NULL;

  if (block_once (self, MEMFD_POLL_MS, &timed_out) ||
      g_error_matches (timed_out, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TIMED_OUT))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&timed_out));
  return FALSE;
}

gboolean
mullion_channel_flush_blocking (MullionChannel  *self,
                                GError         **error)
{
  while (backlog_size (self) > 0)
    if (!block_once (self, -1, error))
      return FALSE;

  while (has_many_memfd_bytes (self))
    if (!wait_for_reader (self, error))
      return FALSE;

  return TRUE;
}

MullionFrame *
mullion_channel_wait_frame (MullionChannel    *self,
                            MullionFrameKind   kind,
                            guint64            id,
                            int                timeout_ms,
                            GError           **error)
{
  MullionFrame *frame;

  while ((frame = mullion_frame_reader_steal (self->reader, kind, id)) == NULL)
    if (!block_once (self, timeout_ms, error))
      return NULL;

  return frame;
}

MullionFrame *
mullion_channel_steal_frame (MullionChannel   *self,
                             MullionFrameKind  kind)
{
  while (self->reason == NULL && read_some (self))
    ;

  return mullion_frame_reader_steal (self->reader, kind, G_MAXUINT64);
}

static void
tell_closed (MullionChannel *self)
{
  if (self->closed_told)
    return;

  self->closed_told = TRUE;
  g_source_destroy (self->source);
  if (self->funcs.closed != NULL)
    self->funcs.closed (self, self->reason, self->user_data);
}

static void
hand_out (MullionChannel *self,
          int             budget)
{
  while (budget-- > 0 && !self->closed_told)
    {
      g_autoptr(MullionFrame) frame = mullion_frame_reader_pop (self->reader);

      if (frame == NULL)
        break;
      self->funcs.frame (self, frame, self->user_data);
    }
}

/* Hands out what has come until now, and does not wait for the loop. Somebody who goes on sending
 * is left at some time, so that the caller gets on. */
void
mullion_channel_drain (MullionChannel *channel)
{
  g_autoptr(MullionChannel) self = g_object_ref (channel);
  gboolean is_more = TRUE;

  g_return_if_fail (self->source != NULL);

  for (int reads = 0; is_more && reads < READS_PER_DRAIN; reads++)
    {
      is_more = self->reason == NULL && backlog_size (self) < BACKLOG_PAUSE && read_some (self);
      hand_out (self, G_MAXINT);
    }
}

/* Frames that were read and not yet handed out: no socket will wake the loop for them. They may be
 * there because somebody blocked, or because a handler runs a loop of its own. */
static gboolean
prepare_channel (GSource *source,
                 int     *timeout)
{
  MullionChannel *self = ((ChannelSource *) source)->channel;

  *timeout = -1;

  return !mullion_frame_reader_is_empty (self->reader);
}

/* Whether it is worth while to look for the next frame rather than sleep: the other end answered
 * quickly when we last did, or came quickly after we had given up. */
static void
consider_lingering (MullionChannel *self,
                    gint64          now)
{
  if (self->may_linger && now - self->idle_since < 2 * LINGER_US)
    self->lingers = TRUE;
}

static gboolean
linger (MullionChannel *self)
{
  gint64 start = g_get_monotonic_time ();

  do
    {
      read_some (self);
      if (self->reason != NULL || !mullion_frame_reader_is_empty (self->reader))
        return TRUE;
      /* The other end may need this very processor. */
      sched_yield ();
    }
  while (g_get_monotonic_time () - start < LINGER_US);

  self->lingers = FALSE;
  return FALSE;
}

static gboolean
can_linger (MullionChannel *self,
            gint64          start)
{
  return self->lingers && !self->closed_told && self->reason == NULL &&
         backlog_size (self) == 0 && mullion_frame_reader_is_empty (self->reader) &&
         g_get_monotonic_time () - start < LINGER_IN_A_ROW_US;
}

static gboolean
dispatch_channel (GSource     *source,
                  GSourceFunc  callback,
                  gpointer     user_data)
{
  g_autoptr(MullionChannel) self = g_object_ref (((ChannelSource *) source)->channel);
  gint64 start = g_get_monotonic_time ();

  g_source_set_ready_time (source, -1);

  if (self->reason == NULL && backlog_size (self) > 0)
    write_backlog (self);
  if (self->reason == NULL && backlog_size (self) < BACKLOG_PAUSE &&
      mullion_frame_reader_is_empty (self->reader))
    read_some (self);

  consider_lingering (self, start);
  hand_out (self, FRAMES_PER_DISPATCH);
  while (can_linger (self, start) && linger (self))
    hand_out (self, FRAMES_PER_DISPATCH);
  self->idle_since = g_get_monotonic_time ();

  if (self->closed_told)
    return G_SOURCE_REMOVE;

  /* What was sent before the other end went away still counts. */
  if (self->reason != NULL && mullion_frame_reader_is_empty (self->reader))
    tell_closed (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs channel_source_funcs = {
  .prepare = prepare_channel,
  .dispatch = dispatch_channel,
};

/* Frames are handed out from @priority of the default main loop from now on. */
void
mullion_channel_attach (MullionChannel *self,
                        int             priority)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));
  g_return_if_fail (self->source == NULL);

  self->source = g_source_new (&channel_source_funcs, sizeof (ChannelSource));
  ((ChannelSource *) self->source)->channel = self;
  g_source_set_static_name (self->source, "[mullion] channel");
  g_source_set_priority (self->source, priority);
  /* A handler that runs a loop of its own still hears its page. */
  g_source_set_can_recurse (self->source, TRUE);
  self->fd_tag = g_source_add_unix_fd (self->source, self->fd, G_IO_IN);
  g_source_attach (self->source, NULL);
  update_events (self);
  if (self->reason != NULL)
    g_source_set_ready_time (self->source, 0);
}

gboolean
mullion_channel_is_open (MullionChannel *self)
{
  return self->reason == NULL;
}

/* Ends the channel from this side. Its owner is not told: it knows. */
void
mullion_channel_close (MullionChannel *self)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  self->closed_told = TRUE;
  if (self->reason == NULL)
    self->reason = g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                                        "The channel was closed");
  if (self->source != NULL)
    g_source_destroy (self->source);
  self->fd_tag = NULL;
  if (self->fd >= 0)
    shutdown (self->fd, SHUT_RDWR);
}

/* Who made the socket pair, as the kernel saw it: the one identity that a web process cannot
 * choose. 0 where it is not known. */
GPid
mullion_channel_get_peer_pid (MullionChannel *self)
{
  struct ucred credentials;
  socklen_t length = sizeof credentials;

  if (getsockopt (self->fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
    return 0;

  return credentials.pid;
}

static void
mullion_channel_finalize (GObject *object)
{
  MullionChannel *self = MULLION_CHANNEL (object);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->reader, mullion_frame_reader_free);
  g_clear_pointer (&self->backlog, mullion_backlog_free);
  g_clear_error (&self->reason);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (mullion_channel_parent_class)->finalize (object);
}

static void
mullion_channel_class_init (MullionChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_channel_finalize;
}

static void
mullion_channel_init (MullionChannel *self)
{
  self->fd = -1;
  self->reader = mullion_frame_reader_new ();
  self->backlog = mullion_backlog_new ();
  self->may_linger = g_get_num_processors () > 1;
}

/* Takes @fd, a stream socket. */
MullionChannel *
mullion_channel_new (int                        fd,
                     const MullionChannelFuncs *funcs,
                     gpointer                   user_data)
{
  MullionChannel *self = g_object_new (MULLION_TYPE_CHANNEL, NULL);

  self->fd = fd;
  self->funcs = *funcs;
  self->user_data = user_data;

  return self;
}
