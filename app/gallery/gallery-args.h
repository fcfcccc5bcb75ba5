/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What a page gave, checked: each of these sets MULLION_ERROR_INVALID_ARGUMENT when the argument
 * is missing, of another type or out of bounds. */
const char *gallery_args_get_string  (JsonArray  *args,
                                      guint       index,
                                      gsize       max_length,
                                      GError    **error);
gboolean    gallery_args_get_number  (JsonArray  *args,
                                      guint       index,
                                      double      lowest,
                                      double      highest,
                                      double     *number,
                                      GError    **error);
gboolean    gallery_args_get_boolean (JsonArray  *args,
                                      guint       index,
                                      gboolean   *value,
                                      GError    **error);

/* A new array of what follows, for a message to a page: (transfer full) nodes, ended by NULL. */
JsonArray  *gallery_args_new         (JsonNode   *first,
                                      ...) G_GNUC_NULL_TERMINATED;
JsonNode   *gallery_string_node      (const char *text);
JsonNode   *gallery_number_node      (double      number);

G_END_DECLS
