/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "mullion-port-quota.h"

G_BEGIN_DECLS

/* A stream that stands in a message: one that came from a page, or one that goes to it. Counted, and
 * may be let go in any thread; all else is for the main thread. */
typedef struct _MullionStreamEnd MullionStreamEnd;

/* Whoever gets the message may read, or write. */
typedef enum
{
  MULLION_STREAM_READABLE,
  MULLION_STREAM_WRITABLE,
} MullionStreamKind;

/* Takes @fd, which came with a message, and counts it with @quota until it is closed. When that is
 * used up, it is closed at once, so that no page uses up the file descriptors that all share. */
MullionStreamEnd *mullion_stream_end_new_received (MullionStreamKind   kind,
                                                   int                 fd,
                                                   MullionPortQuota   *quota);
MullionStreamEnd *mullion_stream_end_new_input    (GInputStream       *stream);
MullionStreamEnd *mullion_stream_end_new_output   (GOutputStream      *stream);
MullionStreamEnd *mullion_stream_end_ref          (MullionStreamEnd   *self);
void              mullion_stream_end_unref        (MullionStreamEnd   *self);

MullionStreamKind mullion_stream_end_get_kind     (MullionStreamEnd   *self);
/* (transfer none) (nullable): NULL when it was sent on, or is of the other kind. */
GInputStream     *mullion_stream_end_get_input    (MullionStreamEnd   *self);
GOutputStream    *mullion_stream_end_get_output   (MullionStreamEnd   *self);
/* Puts the socket of the stream among those that go with a message. Returns its place, or -1 when
 * the stream is in use or was sent already: it can be sent once. */
int               mullion_stream_end_send         (MullionStreamEnd   *self,
                                                   GUnixFDList        *ports,
                                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionStreamEnd, mullion_stream_end_unref)

G_END_DECLS
