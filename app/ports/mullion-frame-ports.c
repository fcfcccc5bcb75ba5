/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-frame-ports.h"

#include "mullion-channel.h"

#include <unistd.h>

/*
 * MullionFramePorts: the sockets of a frame whose messages are handed out one after another.
 *
 * Lives in the main process. A message names its ports by their places; each place counts once.
 */

struct _MullionFramePorts
{
  int *fds; /* -1 where one was taken */
  int n_fds;
};

MullionFramePorts *
mullion_frame_ports_new (const MullionFrame *frame)
{
  MullionFramePorts *self;

  if (frame->ports == NULL)
    return NULL;

  self = g_rc_box_new0 (MullionFramePorts);
  self->fds = g_unix_fd_list_steal_fds (frame->ports, &self->n_fds);

  return self;
}

MullionFramePorts *
mullion_frame_ports_ref (MullionFramePorts *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionFramePorts *self = data;

  for (int i = 0; i < self->n_fds; i++)
    if (self->fds[i] >= 0)
      close (self->fds[i]);
  g_free (self->fds);
}

void
mullion_frame_ports_unref (MullionFramePorts *self)
{
  g_rc_box_release_full (self, clear);
}

int
mullion_frame_ports_take (MullionFramePorts *self,
                          gint64             index)
{
  if (self == NULL || index < 0 || index >= self->n_fds)
    return -1;

  return g_steal_fd (&self->fds[index]);
}

gboolean
mullion_frame_ports_check (MullionFramePorts  *self,
                           GError            **error)
{
  for (int i = 0; self != NULL && i < self->n_fds; i++)
    if (self->fds[i] >= 0)
      {
        g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                             "A frame brought a port that is no message's");
        return FALSE;
      }

  return TRUE;
}
