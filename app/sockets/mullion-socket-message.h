/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A message that has a type: { "type": …, "data": … }. The errors are those of
 * MULLION_MESSAGE_ERROR. */

/* @data: (transfer full). Appends the text of the message. */
gboolean mullion_socket_message_write (GString     *out,
                                       const char  *type,
                                       JsonNode    *data,
                                       GError     **error);
/* @type, @data: (out) (transfer full) */
gboolean mullion_socket_message_read  (const char  *text,
                                       gsize        length,
                                       char       **type,
                                       JsonNode   **data,
                                       GError     **error);

G_END_DECLS
