/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Answers the page's calls about streams. */
void bench_streams_add_handlers (MullionIpcMain *ipc);

G_END_DECLS
