/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* Schemes whose addresses are files of the app or of its data: the manifest's `schemes`. */
typedef struct _MullionSchemeRules MullionSchemeRules;

/* @folder: that of the app */
MullionSchemeRules *mullion_scheme_rules_new      (const MullionManifestPlace  *place,
                                                   const char                  *folder,
                                                   JsonNode                    *node,
                                                   GError                     **error);
MullionSchemeRules *mullion_scheme_rules_ref      (MullionSchemeRules          *self);
void                mullion_scheme_rules_unref    (MullionSchemeRules          *self);

/* Before there is a window. @in_policy: whether the app's pages shall be able to load from them. */
void                mullion_scheme_rules_start    (MullionSchemeRules          *self,
                                                   MullionApp                  *app,
                                                   gboolean                     in_policy);
/* Answers the pages of @session from now on, once it was started. */
void                mullion_scheme_rules_apply    (MullionSchemeRules          *self,
                                                   MullionSession              *session);

G_END_DECLS
