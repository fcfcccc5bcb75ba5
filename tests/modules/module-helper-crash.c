/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <mullion-module.h>
#include <stdlib.h>

/* Module of a helper that crashes while it is loaded. */

__attribute__ ((constructor)) static void
crash (void)
{
  abort ();
}

void
mullion_utility_module_start (MullionMessagePortMain *parent_port,
                              const char * const     *args)
{
}
