/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-side.h"
#include "mullion-wire.h"

#include <gio/gunixfdlist.h>

G_BEGIN_DECLS

/* The outgoing half of a channel. */
typedef struct _MullionSender MullionSender;

/* @fd: a socket, which stays the caller's */
MullionSender *mullion_sender_new        (int                        fd);
void           mullion_sender_free       (MullionSender             *self);

/* Sends a frame, or keeps what the socket does not take.
 * @header: kind, document and id; the rest is found out
 * @side: (nullable)
 * @ports: (nullable): whose sockets are taken out of it
 * Fails with CLOSED if nothing can be sent any more, and otherwise because of this frame. */
gboolean       mullion_sender_send       (MullionSender             *self,
                                          const MullionFrameHeader  *header,
                                          const char                *body,
                                          gsize                      length,
                                          const MullionSide         *side,
                                          GUnixFDList               *ports,
                                          GError                   **error);
/* Sends what was kept as far as there is room. */
gboolean       mullion_sender_flush      (MullionSender             *self,
                                          GError                   **error);

gboolean       mullion_sender_is_empty   (const MullionSender       *self);
/* Whether room in the socket is not enough, so that it is no use to wait for that. */
gboolean       mullion_sender_is_stalled (const MullionSender       *self);
guint64        mullion_sender_get_queued (const MullionSender       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionSender, mullion_sender_free)

G_END_DECLS
