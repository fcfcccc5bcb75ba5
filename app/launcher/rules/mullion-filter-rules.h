/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* What no page of the app loads or shows: the manifest's `contentFilters`. */
typedef struct _MullionFilterRules MullionFilterRules;

/* @folder: that of the app */
MullionFilterRules *mullion_filter_rules_new   (const MullionManifestPlace  *place,
                                                const char                  *folder,
                                                JsonNode                    *node,
                                                GError                     **error);
MullionFilterRules *mullion_filter_rules_ref   (MullionFilterRules          *self);
void                mullion_filter_rules_unref (MullionFilterRules          *self);

/* Returns when WebKit has them for the pages of @session; the main loop runs meanwhile. */
gboolean            mullion_filter_rules_apply (MullionFilterRules          *self,
                                                MullionSession              *session,
                                                GError                     **error);
/* The same without waiting; what is wrong is warned about. */
void                mullion_filter_rules_add   (MullionFilterRules          *self,
                                                MullionSession              *session);
/* Whether a filter of this name is one of a manifest, which pages leave alone. */
gboolean            mullion_filter_rules_own   (const char                  *name);

G_END_DECLS
