/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* Which windows pages may open: the manifest's `windows`. */
typedef struct _MullionWindowRules MullionWindowRules;

MullionWindowRules *mullion_window_rules_new      (const MullionManifestPlace  *place,
                                                   JsonNode                    *node,
                                                   GError                     **error);
MullionWindowRules *mullion_window_rules_ref      (MullionWindowRules          *self);
void                mullion_window_rules_unref    (MullionWindowRules          *self);

/* Decides for the page of @contents from now on. */
void                mullion_window_rules_apply    (MullionWindowRules          *self,
                                                   MullionWebContents          *contents,
                                                   MullionApp                  *app);

/* Adds sentences to @findings. */
void                mullion_window_rules_describe (const MullionWindowRules    *self,
                                                   GPtrArray                   *findings);

G_END_DECLS
