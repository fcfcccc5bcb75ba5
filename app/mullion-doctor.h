/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "mullion-version-macros.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
char *mullion_doctor_examine (gboolean *is_healthy);
MULLION_AVAILABLE_IN_ALL
char **mullion_doctor_examine_policy (const char *policy);

G_END_DECLS
