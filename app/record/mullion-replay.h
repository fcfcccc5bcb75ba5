/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app.h"
#include "mullion-channel-set.h"
#include "mullion-replay-report.h"

G_BEGIN_DECLS

/* Says again to @app what the pages of @recording said. @ignored: (nullable): channels whose
 * messages to pages are not compared. Fails when that cannot be done to the end. */
gboolean mullion_replay_run (MullionApp              *app,
                             MullionRecording        *recording,
                             MullionChannelSet       *ignored,
                             guint                    timeout_msec,
                             MullionReplayReport     *report,
                             GError                 **error);

G_END_DECLS
