/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>
#include <sys/uio.h>

G_BEGIN_DECLS

/* One system call each, which never waits: returns what went through, or -1 with errno. */

/* @fds: (nullable): go with the first byte */
gssize mullion_fd_message_send    (int            socket,
                                   struct iovec  *parts,
                                   gsize          n_parts,
                                   GUnixFDList   *fds);
/* What came along is appended to @fds, of int, and is the caller's even if nothing else came.
 * @all_fds: whether that was everything; what did not fit is lost. */
gssize mullion_fd_message_receive (int            socket,
                                   void          *data,
                                   gsize          size,
                                   GArray        *fds,
                                   gboolean      *all_fds);

/* Whether @fd is what channels and ports are: a stream socket of this machine that does not listen.
 * Another file could take what we write to it and never answer, or belong to somebody else. */
gboolean mullion_fd_is_stream_socket (int          fd);

G_END_DECLS
