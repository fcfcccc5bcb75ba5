/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "utility-echo.h"

#include <mullion-module.h>

/* The helper as a module. */

void
mullion_utility_module_start (MullionMessagePortMain *parent_port,
                              const char * const     *args)
{
  start_echo (parent_port);
  if (args[0] != NULL)
    mullion_message_port_main_post_message (parent_port, mullion_value_new_string (args[0], -1), NULL, 0,
                                            NULL);
}
