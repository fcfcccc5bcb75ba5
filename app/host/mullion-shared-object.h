/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* The main process's half of `remote.getGlobal`. Each takes `[ name, path, … ]`. */

JsonNode *mullion_shared_object_get    (MullionWebContents  *contents,
                                        JsonArray           *args,
                                        GError             **error);
JsonNode *mullion_shared_object_set    (MullionWebContents  *contents,
                                        JsonArray           *args,
                                        GError             **error);
JsonNode *mullion_shared_object_has    (MullionWebContents  *contents,
                                        JsonArray           *args,
                                        GError             **error);
JsonNode *mullion_shared_object_delete (MullionWebContents  *contents,
                                        JsonArray           *args,
                                        GError             **error);
JsonNode *mullion_shared_object_keys   (MullionWebContents  *contents,
                                        JsonArray           *args,
                                        GError             **error);

G_END_DECLS
