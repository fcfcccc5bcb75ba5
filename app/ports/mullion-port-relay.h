/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"
#include "mullion-port-quota.h"

G_BEGIN_DECLS

/* Of what a port is read with: below GDK_PRIORITY_REDRAW, which this folder does not know, so that
 * whoever floods a port does not keep a window from painting. */
#define MULLION_PORT_PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

/* Takes @channel, which is attached and owned by nobody else. Returns a socket that takes its place:
 * what the channel still had to send or to hand out is not lost; -1 with an error, and all is as it
 * was.
 * @quota: (nullable) (transfer full): was taken for the port, and gets it back at the end */
int mullion_port_relay_new (MullionChannel    *channel,
                            MullionPortQuota  *quota,
                            GError           **error);

G_END_DECLS
