/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest.h"

G_BEGIN_DECLS

/* Has the pages of an app follow the rules of its manifest. */
typedef struct _MullionPageRules MullionPageRules;

MullionPageRules *mullion_page_rules_new   (MullionApp       *app,
                                            MullionManifest  *manifest);
/* Once the app is ready, before anything of its own runs: what that says comes later, and wins.
 * FALSE for a rule that only WebKit can judge, and does not understand. */
gboolean          mullion_page_rules_start (MullionPageRules  *self,
                                            GError           **error);
void              mullion_page_rules_free  (MullionPageRules  *self);

G_END_DECLS
