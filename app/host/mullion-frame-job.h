/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-meter.h"
#include "mullion-byte-store.h"
#include "mullion-frame-ports.h"
#include "mullion-turn.h"

G_BEGIN_DECLS

/* What a frame holds, read. */
typedef struct
{
  JsonNode *body;           /* (owned) (nullable) */
  MullionByteHold *hold;    /* (owned) (nullable): the binary values and streams of @body */
  MullionFramePorts *ports; /* (owned) (nullable): the other sockets */
} MullionFrameContent;

/* @quota: (nullable): NULL where a frame can have no streams; then its sockets stay with it */
gboolean         mullion_frame_content_read  (MullionFrameContent  *self,
                                              const MullionFrame   *frame,
                                              MullionByteMeter     *meter,
                                              MullionPortQuota     *quota,
                                              GError              **error);
void             mullion_frame_content_clear (MullionFrameContent  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MullionFrameContent, mullion_frame_content_clear)

/* The same in a thread. @done is called in a turn of @turn with @priority, unless the job is freed
 * before. */
typedef struct _MullionFrameJob MullionFrameJob;

MullionFrameJob *mullion_frame_job_new       (const MullionFrame   *frame,
                                              MullionByteMeter     *meter,
                                              MullionPortQuota     *quota,
                                              MullionTurn          *turn,
                                              int                   priority,
                                              GSourceFunc           done,
                                              gpointer              user_data);
const MullionFrame *
                 mullion_frame_job_get_frame (MullionFrameJob      *self);
/* Whether the content is there by @end, in monotonic time. */
gboolean         mullion_frame_job_wait      (MullionFrameJob      *self,
                                              gint64                end);
/* @content: (out): what was read, once */
gboolean         mullion_frame_job_steal     (MullionFrameJob      *self,
                                              MullionFrameContent  *content,
                                              GError              **error);
void             mullion_frame_job_free      (MullionFrameJob      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFrameJob, mullion_frame_job_free)

G_END_DECLS
