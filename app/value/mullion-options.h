/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-value.h"

G_BEGIN_DECLS

/* Members of an object of options by name; a missing one leaves what @value holds. Whatever the
 * object is, nothing here prints a critical. @options: (nullable) */
gboolean mullion_options_get_string  (JsonObject  *options,
                                      const char  *name,
                                      gsize        max_length,
                                      const char **value,
                                      GError     **error);
gboolean mullion_options_get_int     (JsonObject  *options,
                                      const char  *name,
                                      int         *value,
                                      GError     **error);
gboolean mullion_options_get_double  (JsonObject  *options,
                                      const char  *name,
                                      double      *value,
                                      GError     **error);
gboolean mullion_options_get_boolean (JsonObject  *options,
                                      const char  *name,
                                      gboolean    *value,
                                      GError     **error);
/* (transfer none) in @value */
gboolean mullion_options_get_array   (JsonObject  *options,
                                      const char  *name,
                                      guint        max_count,
                                      JsonArray  **value,
                                      GError     **error);
/* (transfer full) in @value */
gboolean mullion_options_get_strings (JsonObject  *options,
                                      const char  *name,
                                      guint        max_count,
                                      gsize        max_length,
                                      char      ***value,
                                      GError     **error);

G_END_DECLS
