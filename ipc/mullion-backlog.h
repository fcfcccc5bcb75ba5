/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>
#include <sys/uio.h>

G_BEGIN_DECLS

/* What a socket has not taken yet. */
typedef struct _MullionBacklog MullionBacklog;

MullionBacklog *mullion_backlog_new            (void);
void            mullion_backlog_free           (MullionBacklog       *self);

gsize           mullion_backlog_get_size       (const MullionBacklog *self);
/* Bytes of the memfds among what goes with them. */
guint64         mullion_backlog_get_memfd_size (const MullionBacklog *self);

/* Keeps a copy of @parts but for the first @skip bytes. @fds, if there are any, go with their first
 * byte; @memfd_size: of the memfd among them. */
void            mullion_backlog_append   (MullionBacklog     *self,
                                          const struct iovec *parts,
                                          gsize               n_parts,
                                          gsize               skip,
                                          GUnixFDList        *fds,
                                          guint64             memfd_size);
/* What is to be sent next: some bytes, and (transfer none) (nullable) what goes with the first. */
GUnixFDList    *mullion_backlog_peek     (MullionBacklog     *self,
                                          struct iovec       *part,
                                          guint64            *memfd_size);
/* The first @n_bytes of what was peeked at are sent. */
void            mullion_backlog_drop     (MullionBacklog     *self,
                                          gsize               n_bytes);

G_END_DECLS
