/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

G_BEGIN_DECLS

/* (transfer full): how the web writes the origin of @uri, "null" where it has none. */
char    *mullion_rule_origins_dup_origin (const char                 *uri);

/* (transfer full) (nullable): the origins in @node, an array or NULL, as the web writes them. */
GStrv    mullion_rule_origins_read       (const MullionManifestPlace *place,
                                          JsonNode                   *node,
                                          GError                    **error);

/* Whether a page at @uri is of the app, whose origin is @own, or of one of the others. */
gboolean mullion_rule_origins_match      (const char *const          *origins,
                                          const char                 *own,
                                          const char                 *uri);

G_END_DECLS
