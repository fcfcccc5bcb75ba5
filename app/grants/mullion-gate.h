/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel-set.h"
#include "mullion-types.h"

G_BEGIN_DECLS

/* What one document may say, as far as it was looked up. */
typedef struct
{
  guint64 epoch; /* of the grants that the rest was made of; 0: of none yet */
  gboolean has_bridge;
  gboolean may_say_all;
  MullionChannelSet *channels; /* (nullable) */
} MullionGate;

/* Whether the document's origin gets the preload script at all. */
gboolean mullion_gate_has_bridge (MullionWebFrameMain *frame);
/* Whether the document may use @channel: the app's word for it, or a recording of what it uses. */
gboolean mullion_gate_is_open    (MullionWebFrameMain *frame,
                                  const char          *channel);
void     mullion_gate_clear      (MullionGate         *self);

G_END_DECLS
