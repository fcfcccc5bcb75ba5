/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers the tests of actions that pages share with menus and keys. */
void action_cases_add (void);

G_END_DECLS
