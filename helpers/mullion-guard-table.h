/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <sys/types.h>

/* Adds what WebKit has started for the process @app, and forgets what has ended. */
void mullion_guard_table_look (pid_t app);

/* Waits until all have ended, or for so many milliseconds. */
void mullion_guard_table_wait (int   milliseconds);

/* Ends what is left. */
void mullion_guard_table_kill (void);
