/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Arguments by place. Nothing here ever prints a critical, whatever the page sent. */
gboolean    mullion_arguments_check_count (JsonArray   *args,
                                           guint        at_most,
                                           GError     **error);
const char *mullion_arguments_get_string  (JsonArray   *args,
                                           guint        index,
                                           const char  *name,
                                           gsize        max_length,
                                           GError     **error);
/* (nullable) in @options: no options were given. */
gboolean    mullion_arguments_get_options (JsonArray   *args,
                                           guint        index,
                                           JsonObject **options,
                                           GError     **error);
/* TRUE where the page gave nothing, null or undefined. */
gboolean    mullion_arguments_is_missing  (JsonArray   *args,
                                           guint        index);

G_END_DECLS
