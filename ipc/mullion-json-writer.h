/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void mullion_json_write (GString *out,
                         JsonNode *node);

void mullion_json_write_string (GString *out,
                                const char *string);

gboolean mullion_json_write_checked (GString *out,
                                     JsonNode *node,
                                     guint max_depth,
                                     GError **error);

char *mullion_json_to_string (JsonNode *node);

G_END_DECLS
