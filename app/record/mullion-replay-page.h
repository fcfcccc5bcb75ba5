/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-recording.h"
#include "mullion-types.h"

G_BEGIN_DECLS

/* A page of a recording: to the main process it is what a web process is. */
typedef struct _MullionReplayPage MullionReplayPage;

MullionReplayPage *mullion_replay_page_new        (MullionWebContents          *contents,
                                                   guint64                      page_id,
                                                   GError                     **error);
void               mullion_replay_page_free       (MullionReplayPage           *self);

/* Says what the page said, an event or a message. */
gboolean           mullion_replay_page_say        (MullionReplayPage           *self,
                                                   const MullionRecordingLine  *line,
                                                   GError                     **error);
gboolean           mullion_replay_page_is_open    (MullionReplayPage           *self);

/* (nullable): why a page cannot say @line any more; else NULL */
const char        *mullion_replay_page_find_gap   (const MullionRecordingLine  *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionReplayPage, mullion_replay_page_free)

G_END_DECLS
