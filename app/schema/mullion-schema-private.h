/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-schema.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): where @value has not the shape and what was expected there, NULL if it
 * has it. @name: what the value is called. */
char *mullion_schema_dup_mistake (MullionSchema *self,
                                  const char    *name,
                                  JsonNode      *value);

G_END_DECLS
