/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Appends @value as V8 reads it. FALSE with an error of %MULLION_MESSAGE_ERROR if it has no form
 * there. */
gboolean mullion_v8_write (GString   *out,
                           JsonNode  *value,
                           GError   **error);

G_END_DECLS
