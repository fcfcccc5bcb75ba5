/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON as every other program knows it: our values without tags. The errors are those of
 * MULLION_MESSAGE_ERROR. */

/* (transfer full) (nullable): a value, whatever keys the text has. */
JsonNode *mullion_plain_json_read  (const char  *text,
                                    gsize        length,
                                    GError     **error);
/* Appends @value, as JSON.stringify () writes it. */
gboolean  mullion_plain_json_write (GString     *out,
                                    JsonNode    *value,
                                    GError     **error);

G_END_DECLS
