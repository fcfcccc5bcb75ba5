/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-child-process.h"

G_BEGIN_DECLS

/* In the environment of a helper: the descriptor of its parent port; */
#define MULLION_UTILITY_PORT "MULLION_PARENT_PORT_FD"
/* and in that of the host of a module, the one for what goes wrong before the module runs. */
#define MULLION_UTILITY_STATUS "MULLION_UTILITY_STATUS_FD"

#define MULLION_UTILITY_ENTRY_POINT "mullion_utility_module_start"

MullionChildProcess *mullion_utility_launch            (const char           *program,
                                                        const char * const   *args,
                                                        MullionSpawnOptions  *options,
                                                        int                   port,
                                                        int                  *status,
                                                        GError              **error);

GError              *mullion_utility_launch_read_error (int                   status);

G_END_DECLS
