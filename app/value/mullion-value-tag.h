/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-value.h"

G_BEGIN_DECLS

/* JsonArray counts its elements in 32 bits, and so does JavaScript. */
#define MULLION_VALUE_MAX_LENGTH G_MAXUINT32

/* The value that a node is, where it may be one that has a number because it is met again.
 * (transfer none) */
JsonNode         *mullion_value_unwrap      (JsonNode         *value);
MullionValueKind  mullion_value_classify    (JsonNode         *value,
                                             JsonObject      **tag);
/* (nullable) (transfer none): the tag of @value, if it is one of @kind and well-formed. */
JsonObject       *mullion_value_get_tag     (JsonNode         *value,
                                             MullionValueKind  kind);
/* (transfer full): a node with an empty tag, whose members are set at @tag. */
JsonNode         *mullion_value_new_tag     (const char       *type,
                                             JsonObject      **tag);

/* The names of all types, for the tests: docs/values.md has the same ones. */
const char       *mullion_value_get_type_name (guint           index);

gboolean          mullion_value_is_escaped  (const char       *text);
gboolean          mullion_value_is_digits   (const char       *text);
gboolean          mullion_value_is_geometry (const char       *type);
gboolean          mullion_value_is_view     (const char       *type);
/* In bytes; 0 if there is no such view. */
gsize             mullion_value_get_element_size (const char *type);

G_END_DECLS
