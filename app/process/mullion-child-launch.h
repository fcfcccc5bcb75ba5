/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-child-stdio.h"

G_BEGIN_DECLS

/* Starts a program. (transfer full) (nullable): NULL with an error of MULLION_PROCESS_ERROR. */
GSubprocess *mullion_child_launch (const char * const   *argv,
                                   MullionSpawnOptions  *options,
                                   MullionChildStdio    *stdio,
                                   GError              **error);

G_END_DECLS
