/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-child-process.h"
#include "mullion-message-port-main.h"

G_BEGIN_DECLS

#define MULLION_TYPE_UTILITY_PROCESS (mullion_utility_process_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionUtilityProcess, mullion_utility_process, MULLION, UTILITY_PROCESS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionUtilityProcess  *mullion_utility_process_fork            (const char              *program,
                                                                 const char * const      *args,
                                                                 MullionSpawnOptions     *options,
                                                                 GError                 **error);
MULLION_AVAILABLE_IN_ALL
gboolean                mullion_utility_process_post_message    (MullionUtilityProcess   *self,
                                                                 JsonNode                *message,
                                                                 MullionMessagePortMain **ports,
                                                                 guint                    n_ports,
                                                                 GError                 **error);
MULLION_AVAILABLE_IN_ALL
gboolean                mullion_utility_process_kill            (MullionUtilityProcess   *self);

MULLION_AVAILABLE_IN_ALL
int                     mullion_utility_process_get_pid         (MullionUtilityProcess   *self);
MULLION_AVAILABLE_IN_ALL
GInputStream           *mullion_utility_process_get_stdout      (MullionUtilityProcess   *self);
MULLION_AVAILABLE_IN_ALL
GInputStream           *mullion_utility_process_get_stderr      (MullionUtilityProcess   *self);

MULLION_AVAILABLE_IN_ALL
MullionMessagePortMain *mullion_utility_process_get_parent_port (GError                 **error);

G_END_DECLS
