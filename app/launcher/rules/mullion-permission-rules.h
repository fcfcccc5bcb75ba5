/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* What pages may do with what is the user's: the manifest's `permissions`. */
typedef struct _MullionPermissionRules MullionPermissionRules;

MullionPermissionRules *mullion_permission_rules_new      (const MullionManifestPlace    *place,
                                                           JsonNode                      *node,
                                                           GError                       **error);
MullionPermissionRules *mullion_permission_rules_ref      (MullionPermissionRules        *self);
void                    mullion_permission_rules_unref    (MullionPermissionRules        *self);

/* @origin: (nullable): NULL is the app's own. @types: (nullable): NULL for whatever may be asked */
gboolean                mullion_permission_rules_allow    (const MullionPermissionRules  *self,
                                                           const char                 *permission,
                                                           const char                    *origin,
                                                           const char *const             *types);

/* Decides for the pages of @session from now on. @own: the app's origin */
void                    mullion_permission_rules_apply    (MullionPermissionRules        *self,
                                                           MullionSession                *session,
                                                           const char                    *own);

/* Adds a sentence a rule to @findings. */
void                    mullion_permission_rules_describe (const MullionPermissionRules  *self,
                                                           GPtrArray                     *findings);

G_END_DECLS
