/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-readable-stream.h"
#include "mullion-turn.h"

G_BEGIN_DECLS

/* Takes @fd, the end of a stream's socket that reads. @turn: (nullable): what it shares with others */
GInputStream *mullion_readable_stream_new (int          fd,
                                          MullionTurn *turn);

G_END_DECLS
