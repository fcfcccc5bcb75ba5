/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-fd-input.h"

#include "mullion-fd-message.h"

#include <errno.h>
#include <unistd.h>

/*
 * MullionFdInput: bytes from a Unix socket, and the file descriptors that come with them.
 *
 * Lives in the main process; the other end may be any program. It sends one descriptor and waits
 * until it was taken: more than a few that nobody takes are closed.
 */

#define MAX_WAITING 16

struct _MullionFdInput
{
  GUnixInputStream parent_instance;

  GArray *fds; /* of int (owned) */
};

G_DEFINE_FINAL_TYPE (MullionFdInput, mullion_fd_input, G_TYPE_UNIX_INPUT_STREAM)

static void
close_fd (gpointer data)
{
  int fd = *(int *) data;

  if (fd >= 0)
    close (fd);
}

static gssize
mullion_fd_input_read (GInputStream  *stream,
                       void          *buffer,
                       gsize          count,
                       GCancellable  *cancellable,
                       GError       **error)
{
  MullionFdInput *self = MULLION_FD_INPUT (stream);
  gboolean all_fds = TRUE;
  gssize n = mullion_fd_message_receive (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (self)),
                                         buffer, count, self->fds, &all_fds);
  int saved_errno = errno;

  if (self->fds->len > MAX_WAITING)
    g_array_set_size (self->fds, MAX_WAITING);
  if (n < 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                         g_strerror (saved_errno));
  return n;
}

int
mullion_fd_input_take (MullionFdInput *self)
{
  int *first = self->fds->len > 0 ? &g_array_index (self->fds, int, 0) : NULL;
  int fd = first != NULL ? *first : -1;

  if (first == NULL)
    return -1;

  /* What is removed from the array is closed. */
  *first = -1;
  g_array_remove_index (self->fds, 0);
  return fd;
}

static void
mullion_fd_input_finalize (GObject *object)
{
  g_array_unref (MULLION_FD_INPUT (object)->fds);

  G_OBJECT_CLASS (mullion_fd_input_parent_class)->finalize (object);
}

static void
mullion_fd_input_class_init (MullionFdInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_fd_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = mullion_fd_input_read;
}

static void
mullion_fd_input_init (MullionFdInput *self)
{
  self->fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_set_clear_func (self->fds, close_fd);
}

MullionFdInput *
mullion_fd_input_new (int fd)
{
  return g_object_new (MULLION_TYPE_FD_INPUT, "fd", fd, "close-fd", TRUE, NULL);
}
