/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many ports and streams of one page the main process holds. Counted. In any thread. */
typedef struct _MullionPortQuota MullionPortQuota;

MullionPortQuota *mullion_port_quota_new     (void);
MullionPortQuota *mullion_port_quota_ref     (MullionPortQuota *self);
void              mullion_port_quota_unref   (MullionPortQuota *self);
/* FALSE, and nothing is counted, when that would be too many. */
gboolean          mullion_port_quota_take    (MullionPortQuota *self,
                                              guint             n_ports);
void              mullion_port_quota_release (MullionPortQuota *self);

G_END_DECLS
