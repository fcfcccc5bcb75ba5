/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

JsonNode *mullion_control_call (MullionWebContents  *contents,
                                const char          *name,
                                JsonArray           *args,
                                GError             **error);

G_END_DECLS
