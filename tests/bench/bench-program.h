/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BenchProgram BenchProgram;

BenchProgram *bench_program_start          (GSubprocessLauncher  *launcher,
                                            const char *const    *argv,
                                            GError              **error);
void          bench_program_end            (BenchProgram         *self);

int           bench_program_get_id         (BenchProgram         *self);
gint64        bench_program_wait_for_stage (BenchProgram         *self,
                                            const char           *stage,
                                            int                   times);

G_END_DECLS
