/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Who was denied lately: a page that asks without end fills no log. */
typedef struct
{
  gint64 since; /* of the monotonic clock; 0: nothing was denied yet */
  guint n_told;
  guint n_silent;
} MullionDenials;

/* (transfer full): why a document may not use a channel, for a person to read. */
char     *mullion_denials_describe (MullionWebFrameMain *frame,
                                    const char          *channel);
/* Warns, unless it was done too often of late, and returns whether it did. */
gboolean  mullion_denials_warn     (MullionDenials      *self,
                                    guint                contents_id,
                                    const char          *method,
                                    const char          *reason);

G_END_DECLS
