/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-fd-output.h"

#include "mullion-fd-message.h"

#include <errno.h>

/*
 * MullionFdOutput: bytes to a Unix socket, and file descriptors with them.
 *
 * Lives in the main process. A socket whose other end is closed is an error here and no signal.
 */

struct _MullionFdOutput
{
  GUnixOutputStream parent_instance;

  GUnixFDList *fds; /* (nullable) (owned): for the next bytes */
};

G_DEFINE_FINAL_TYPE (MullionFdOutput, mullion_fd_output, G_TYPE_UNIX_OUTPUT_STREAM)

static gssize
mullion_fd_output_write (GOutputStream  *stream,
                         const void     *buffer,
                         gsize           count,
                         GCancellable   *cancellable,
                         GError        **error)
{
  MullionFdOutput *self = MULLION_FD_OUTPUT (stream);
  struct iovec part = { (void *) buffer, count };
  gssize n = mullion_fd_message_send (g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (self)),
                                      &part, 1, self->fds);
  int saved_errno = errno;

  if (n < 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                         g_strerror (saved_errno));
  else if (n > 0)
    g_clear_object (&self->fds);

  return n;
}

gboolean
mullion_fd_output_send_fd (MullionFdOutput  *self,
                           int               fd,
                           GError          **error)
{
  if (self->fds == NULL)
    self->fds = g_unix_fd_list_new ();

  return g_unix_fd_list_append (self->fds, fd, error) >= 0;
}

static void
mullion_fd_output_dispose (GObject *object)
{
  g_clear_object (&MULLION_FD_OUTPUT (object)->fds);

  G_OBJECT_CLASS (mullion_fd_output_parent_class)->dispose (object);
}

static void
mullion_fd_output_class_init (MullionFdOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_fd_output_dispose;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = mullion_fd_output_write;
}

static void
mullion_fd_output_init (MullionFdOutput *self)
{
}

MullionFdOutput *
mullion_fd_output_new (int fd)
{
  return g_object_new (MULLION_TYPE_FD_OUTPUT, "fd", fd, "close-fd", TRUE, NULL);
}
