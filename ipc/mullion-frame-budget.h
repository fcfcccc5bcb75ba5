/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes of large frames those that share it may have at a time. Counted. In any thread. */
typedef struct _MullionFrameBudget MullionFrameBudget;

MullionFrameBudget *mullion_frame_budget_new     (guint64             limit);
MullionFrameBudget *mullion_frame_budget_ref     (MullionFrameBudget *self);
void                mullion_frame_budget_unref   (MullionFrameBudget *self);
/* FALSE, and nothing is counted, when that would be too many. */
gboolean            mullion_frame_budget_take    (MullionFrameBudget *self,
                                                  guint64             n_bytes);
void                mullion_frame_budget_release (MullionFrameBudget *self,
                                                  guint64             n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFrameBudget, mullion_frame_budget_unref)

G_END_DECLS
