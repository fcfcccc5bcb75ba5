/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-fd-message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/*
 * Bytes over a socket, and file descriptors with them: what sendmsg () and recvmsg () want.
 *
 * Lives in both processes.
 */

/* SCM_MAX_FD of the kernel. It never joins two messages that carry some. */
#define MAX_FDS 253

typedef union
{
  struct cmsghdr header;
  char bytes[CMSG_SPACE (MAX_FDS * sizeof (int))];
} Control;

static void
add_fds (struct msghdr *message,
         Control       *control,
         GUnixFDList   *list)
{
  int n = 0;
  const int *fds = g_unix_fd_list_peek_fds (list, &n);

  message->msg_control = control;
  message->msg_controllen = CMSG_SPACE (n * sizeof (int));
  /* The kernel is given the gaps as well. */
  memset (control, 0, message->msg_controllen);
  control->header.cmsg_level = SOL_SOCKET;
  control->header.cmsg_type = SCM_RIGHTS;
  control->header.cmsg_len = CMSG_LEN (n * sizeof (int));
  memcpy (CMSG_DATA (&control->header), fds, n * sizeof (int));
}

gssize
mullion_fd_message_send (int           socket,
                         struct iovec *parts,
                         gsize         n_parts,
                         GUnixFDList  *fds)
{
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
  Control control;
  gssize n;

  if (fds != NULL)
    add_fds (&message, &control, fds);

  do
    n = sendmsg (socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  return n;
}

static void
take_fds (struct msghdr *message,
          GArray        *fds)
{
  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c != NULL; c = CMSG_NXTHDR (message, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
      g_array_append_vals (fds, CMSG_DATA (c), (c->cmsg_len - CMSG_LEN (0)) / sizeof (int));
}

gssize
mullion_fd_message_receive (int       socket,
                            void     *data,
                            gsize     size,
                            GArray   *fds,
                            gboolean *all_fds)
{
  Control control;
  struct iovec part = { data, size };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control,
  };
  gssize n;

  do
    n = recvmsg (socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);

  *all_fds = n < 0 || (message.msg_flags & MSG_CTRUNC) == 0;
  if (n >= 0)
    take_fds (&message, fds);

  return n;
}

static gboolean
has_option (int fd,
            int option,
            int value)
{
  int found = 0;
  socklen_t length = sizeof found;

  return getsockopt (fd, SOL_SOCKET, option, &found, &length) == 0 && found == value;
}

gboolean
mullion_fd_is_stream_socket (int fd)
{
  return has_option (fd, SO_DOMAIN, AF_UNIX) && has_option (fd, SO_TYPE, SOCK_STREAM) &&
         has_option (fd, SO_ACCEPTCONN, 0);
}
