/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-meter.h"
#include "mullion-frame-budget.h"
#include "mullion-turn.h"

G_BEGIN_DECLS

/* What one page, with its ports and streams, may have of the main process. Counted. In any thread. */
typedef struct _MullionPortQuota MullionPortQuota;

MullionPortQuota *mullion_port_quota_new     (void);
MullionPortQuota *mullion_port_quota_ref     (MullionPortQuota *self);
void              mullion_port_quota_unref   (MullionPortQuota *self);
/* FALSE, and nothing is counted, when that would be too many. */
gboolean          mullion_port_quota_take    (MullionPortQuota *self,
                                              guint             n_ports);
void              mullion_port_quota_release (MullionPortQuota *self);
/* (transfer none): the page's, of the main loop. */
MullionTurn      *mullion_port_quota_get_turn (MullionPortQuota *self);
/* (transfer none): what its ports may bring at a time, all together. */
MullionFrameBudget *mullion_port_quota_get_budget (MullionPortQuota *self);
/* (transfer none): of the binary values of the page, whatever way they came. */
MullionByteMeter *mullion_port_quota_get_meter (MullionPortQuota *self);

G_END_DECLS
