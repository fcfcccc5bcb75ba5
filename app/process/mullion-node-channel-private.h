/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-node-channel.h"
#include "mullion-node-codec.h"

G_BEGIN_DECLS

/* One end of a channel. @fd is the channel's, also when it cannot be made. */
MullionNodeChannel *mullion_node_channel_new (int                    fd,
                                              MullionSerialization   serialization,
                                              GError               **error);

G_END_DECLS
