/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-schema-node.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): why @value has not this shape, and then in @path where; NULL if it has. */
char *mullion_schema_node_check (const MullionSchemaNode *self,
                                 JsonNode                *value,
                                 GString                 *path);

G_END_DECLS
