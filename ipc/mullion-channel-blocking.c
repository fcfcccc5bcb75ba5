/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-channel-private.h"

/*
 * The side of MullionChannel that may block: a web process, when a script of its page calls what
 * answers at once, and when it needs what its page is configured with.
 *
 * It reads whatever comes while it waits, and keeps it for the loop.
 */

/* Waits until the socket is ready for what is still to do, reading whatever comes. */
static int
wait_for_socket (MullionChannel *self,
                 int             timeout_ms)
{
  GPollFD poll_fd = { .fd = self->fd, .events = self->is_reading ? G_IO_IN : 0 };
  gboolean is_stalled = mullion_sender_is_stalled (self->sender);
  gboolean looks_again = is_stalled && (timeout_ms < 0 || timeout_ms > MULLION_CHANNEL_LOOK_MS);
  int n;

  if (!mullion_sender_is_empty (self->sender) && !is_stalled)
    poll_fd.events |= G_IO_OUT;
  n = g_poll (&poll_fd, 1, looks_again ? MULLION_CHANNEL_LOOK_MS : timeout_ms);

  if (n > 0 && self->is_reading && (poll_fd.revents & ~G_IO_OUT) != 0)
    while (mullion_channel_read_some (self))
      ;
  if (self->reason == NULL && (is_stalled || (n > 0 && (poll_fd.revents & ~G_IO_IN) != 0)))
    mullion_channel_write_backlog (self);

  return looks_again ? 1 : n;
}

static gboolean
block_once (MullionChannel  *self,
            int              timeout_ms,
            GError         **error)
{
  if (self->reason == NULL && wait_for_socket (self, timeout_ms) == 0)
    {
      g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TIMED_OUT,
                           "The main process did not answer in time");
      return FALSE;
    }

  if (self->reason != NULL && error != NULL)
    *error = g_error_copy (self->reason);
  return self->reason == NULL;
}

gboolean
mullion_channel_flush_blocking (MullionChannel  *self,
                                GError         **error)
{
  while (!mullion_sender_is_empty (self->sender))
    if (!block_once (self, -1, error))
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
  while (self->reason == NULL && mullion_channel_read_some (self))
    ;

  return mullion_frame_reader_steal (self->reader, kind, G_MAXUINT64);
}
