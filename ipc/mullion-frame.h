/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "mullion-frame-budget.h"
#include "mullion-wire.h"

G_BEGIN_DECLS

/* A frame that came in. @body is followed by a NUL that does not count. It may be read, and its last
 * reference dropped, in any thread. */
typedef struct
{
  int ref_count; /* atomic */
  MullionFrameHeader header;
  GBytes *side;       /* (nullable): the side area, if it came with the body */
  int side_fd;        /* or the memfd that it is, which was checked; else -1 */
  GUnixFDList *ports; /* (nullable): sockets; closed with the frame, unless somebody steals them */
  MullionFrameBudget *budget; /* (nullable): that its bytes are of */
  char body[];
} MullionFrame;

/* The reader's: what a header says, and how a frame is put together. */
gboolean      mullion_frame_check_header (const MullionFrameHeader  *header,
                                          GError                   **error);
gsize         mullion_frame_count_bytes  (const MullionFrameHeader  *header);
guint         mullion_frame_count_fds    (const MullionFrameHeader  *header);
MullionFrame *mullion_frame_new          (const MullionFrameHeader  *header);
/* Its bytes are of @budget, which has them again when the frame is freed. FALSE when there is no room. */
gboolean      mullion_frame_charge       (MullionFrame              *self,
                                          MullionFrameBudget        *budget,
                                          GError                   **error);
gboolean      mullion_frame_take_fds     (MullionFrame              *self,
                                          GArray                    *fds,
                                          GError                   **error);
void          mullion_frame_finish       (MullionFrame              *self);

/* (transfer full) (nullable): the side area, without a copy; NULL with an error when it cannot be
 * mapped. */
GBytes       *mullion_frame_dup_side     (const MullionFrame        *self,
                                          GError                   **error);
MullionFrame *mullion_frame_ref          (const MullionFrame        *self);
void          mullion_frame_unref        (MullionFrame              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFrame, mullion_frame_unref)

G_END_DECLS
