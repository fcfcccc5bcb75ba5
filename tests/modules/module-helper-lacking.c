/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <mullion-module.h>

/* Module of a helper that needs a function which nobody has. */

void mullion_test_nobody_has_this (void);

void
mullion_utility_module_start (MullionMessagePortMain *parent_port,
                              const char * const     *args)
{
  mullion_test_nobody_has_this ();
}
