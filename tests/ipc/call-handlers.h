/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What the pages of the suite `calls` talk to. */
void add_call_handlers (MullionIpcMain *ipc);

G_END_DECLS
