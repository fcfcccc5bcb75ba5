/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <sys/uio.h>

G_BEGIN_DECLS

/* What a socket has not taken yet. */
typedef struct _MullionBacklog MullionBacklog;

MullionBacklog *mullion_backlog_new      (void);
void            mullion_backlog_free     (MullionBacklog     *self);

gsize           mullion_backlog_get_size (MullionBacklog     *self);

/* Keeps a copy of @parts but for the first @skip bytes. Takes @fd, unless it is -1, which goes with
 * their first byte. */
void            mullion_backlog_append   (MullionBacklog     *self,
                                          const struct iovec *parts,
                                          gsize               n_parts,
                                          gsize               skip,
                                          int                 fd);
/* What is to be sent next: some bytes, and what goes with them or -1, which stays ours. */
void            mullion_backlog_peek     (MullionBacklog     *self,
                                          struct iovec       *part,
                                          int                *fd);
/* The first @n_bytes of what was peeked at are sent. */
void            mullion_backlog_drop     (MullionBacklog     *self,
                                          gsize               n_bytes);

G_END_DECLS
