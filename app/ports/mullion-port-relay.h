/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"

G_BEGIN_DECLS

/* Takes @channel, which is attached and owned by nobody else. Returns a socket that takes its place:
 * what the channel still had to send or to hand out is not lost; -1 with an error, and the channel is
 * as it was. */
int mullion_port_relay_new (MullionChannel  *channel,
                            GError         **error);

G_END_DECLS
