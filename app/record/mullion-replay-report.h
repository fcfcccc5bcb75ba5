/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-recording.h"

G_BEGIN_DECLS

/* What a replay found. */
typedef struct _MullionReplayReport MullionReplayReport;

MullionReplayReport *mullion_replay_report_new         (const MullionRecording      *recording);
void                 mullion_replay_report_free        (MullionReplayReport         *self);

/* The page said @line again; @gap (nullable): why it could not. */
void                 mullion_replay_report_add_said    (MullionReplayReport         *self,
                                                        const MullionRecordingLine  *line,
                                                        const char                  *gap);
/* The app said what it should have, or another thing. */
void                 mullion_replay_report_add_same    (MullionReplayReport         *self);
/* @recorded: (nullable): what the recording has; NULL for what it has not
 * @replayed: (nullable): what the app said; NULL when it did not */
void                 mullion_replay_report_add_differs (MullionReplayReport         *self,
                                                        const MullionRecordingLine  *recorded,
                                                        const MullionRecordingLine  *replayed);

/* (transfer full) */
JsonNode            *mullion_replay_report_to_json     (MullionReplayReport         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionReplayReport, mullion_replay_report_free)

G_END_DECLS
