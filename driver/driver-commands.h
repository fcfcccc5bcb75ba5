/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-session.h"

G_BEGIN_DECLS

/* Finds who runs a command. @path: what follows the session's id; @variables (out) (transfer
 * full): what stands in the places of it that vary. %NULL and @error set where there is no such
 * command. */
DriverRun driver_commands_find (const char   *method,
                                const char   *path,
                                char       ***variables,
                                GError      **error);

G_END_DECLS
