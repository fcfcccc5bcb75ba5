/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_SCHEMA (mullion_schema_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionSchema, mullion_schema, MULLION, SCHEMA, GObject)

MULLION_AVAILABLE_IN_ALL
MullionSchema *mullion_schema_new (JsonNode  *json,
                                   GError   **error);
MULLION_AVAILABLE_IN_ALL
MullionSchema *mullion_schema_new_from_text (const char  *text,
                                             GError     **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_schema_check (MullionSchema  *self,
                               JsonNode       *value,
                               GError        **error);

G_END_DECLS
