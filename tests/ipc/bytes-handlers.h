/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Handlers that read and make binary values: bytes-sum, bytes-make, bytes-push. */
void add_bytes_handlers (MullionIpcMain *ipc);

G_END_DECLS
