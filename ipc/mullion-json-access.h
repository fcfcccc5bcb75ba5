/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* json-glib prints a critical when a node is of another type than the caller takes it for. These
 * take nothing for granted: what is missing or of another type is the default. */

const char *mullion_json_get_string      (JsonObject *object,
                                          const char *member);
gint64      mullion_json_get_int         (JsonObject *object,
                                          const char *member,
                                          gint64      otherwise);
gboolean    mullion_json_get_boolean     (JsonObject *object,
                                          const char *member,
                                          gboolean    otherwise);

const char *mullion_json_string_at       (JsonArray  *array,
                                          guint       index);
gboolean    mullion_json_int_at          (JsonArray  *array,
                                          guint       index,
                                          gint64     *value);
gboolean    mullion_json_double_at       (JsonArray  *array,
                                          guint       index,
                                          double     *value);
JsonNode   *mullion_json_node_at         (JsonArray  *array,
                                          guint       index);

G_END_DECLS
