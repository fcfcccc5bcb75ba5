/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *mullion_mime_type_for_name (const char *name);

G_END_DECLS
