/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* WebKit may have started a process: it shall not outlive this one. Soon, and not now. */
void  mullion_process_guard_look     (void);

/* (transfer full): where the guard's program should be */
char *mullion_process_guard_dup_path (void);

G_END_DECLS
