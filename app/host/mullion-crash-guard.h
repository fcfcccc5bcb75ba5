/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A page that crashes as often as this within a minute is not loaded again by itself. */
#define MULLION_CRASH_GUARD_LIMIT 3
#define MULLION_CRASH_GUARD_SPAN (60 * G_TIME_SPAN_SECOND)

typedef struct
{
  gint64 crashes[MULLION_CRASH_GUARD_LIMIT]; /* in monotonic time, 0 when there was none */
  guint next;
} MullionCrashGuard;

/* Notes a crash at @now. Returns whether the page may be loaded again. */
gboolean mullion_crash_guard_note  (MullionCrashGuard *self,
                                    gint64             now);
/* The user asks for another try. */
void     mullion_crash_guard_reset (MullionCrashGuard *self);

G_END_DECLS
