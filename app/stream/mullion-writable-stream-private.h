/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-writable-stream.h"
#include "mullion-turn.h"

G_BEGIN_DECLS

/* Takes @fd, the end of a stream's socket that writes. @turn: (nullable): what it shares with others */
GOutputStream *mullion_writable_stream_new (int          fd,
                                            MullionTurn *turn);

G_END_DECLS
