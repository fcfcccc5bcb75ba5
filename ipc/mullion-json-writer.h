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

/* Is asked about each object with a member `$mullion`. Writes another object in its place and returns
 * TRUE, or returns FALSE: with @error set it must not be written at all. */
typedef gboolean (*MullionJsonTagFunc) (GString    *out,
                                        JsonObject *tag,
                                        gpointer    user_data,
                                        GError    **error);

/* Is asked about each string value. Writes something in its place and returns TRUE, or FALSE. */
typedef gboolean (*MullionJsonTextFunc) (GString    *out,
                                         const char *text,
                                         gpointer    user_data);

gboolean mullion_json_write_tagged (GString              *out,
                                    JsonNode             *node,
                                    guint                 max_depth,
                                    MullionJsonTagFunc    tag_func,
                                    MullionJsonTextFunc   text_func,
                                    gpointer              user_data,
                                    GError              **error);

gboolean mullion_json_write_plain (GString   *out,
                                   JsonNode  *node,
                                   guint      max_depth,
                                   gboolean  *has_tag,
                                   GError   **error);

char *mullion_json_to_string (JsonNode *node);

G_END_DECLS
