/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* What was told lately: a page that asks without end fills no log. */
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
/* Warns of something else that a page can do without end, and no more often. @contents_id: or 0, for
 * what is nobody's in particular */
void      mullion_denials_complain (MullionDenials      *self,
                                    guint                contents_id,
                                    const char          *text);

G_END_DECLS
