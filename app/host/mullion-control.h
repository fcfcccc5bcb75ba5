/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

JsonNode *mullion_control_call (MullionWebContents  *contents,
                                const char          *name,
                                JsonArray           *args,
                                GError             **error);

char     *mullion_control_dup_channel (const char *name,
                                       JsonArray  *args);

/* Whether @name needs no grant. */
gboolean  mullion_control_is_free     (const char *name);

G_END_DECLS
