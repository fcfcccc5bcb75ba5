/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* @value: what a page sent. @what: what it is called in an error. Returns: (nullable): a floating
 * reference on what it is as a value of @type, NULL with @error for what is none. */
GVariant *mullion_action_value_read  (JsonNode            *value,
                                      const GVariantType  *type,
                                      const char          *what,
                                      GError             **error);
/* (transfer full): what a page gets for @value, (nullable): null */
JsonNode *mullion_action_value_write (GVariant            *value);

G_END_DECLS
