/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-writable-stream.h"

G_BEGIN_DECLS

/* Takes @fd, the end of a stream's socket that writes. */
GOutputStream *mullion_writable_stream_new (int fd);

G_END_DECLS
