/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-crash-guard.h"

/*
 * MullionCrashGuard: tells a crash from a loop of crashes.
 *
 * Lives in the main process, one for each web contents. A page that crashes while it loads would
 * otherwise be loaded and crash for ever, at the cost of a whole process each time.
 */

gboolean
mullion_crash_guard_note (MullionCrashGuard *self,
                          gint64             now)
{
  gint64 oldest;

  self->crashes[self->next] = now;
  self->next = (self->next + 1) % MULLION_CRASH_GUARD_LIMIT;
  oldest = self->crashes[self->next];

  return oldest == 0 || now - oldest > MULLION_CRASH_GUARD_SPAN;
}

void
mullion_crash_guard_reset (MullionCrashGuard *self)
{
  *self = (MullionCrashGuard) { { 0 } };
}
