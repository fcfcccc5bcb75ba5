/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../mullion-manifest-checks.h"

#include <mullion.h>

G_BEGIN_DECLS

/* What becomes of downloads of pages: the manifest's `downloads`. */
typedef struct _MullionDownloadRules MullionDownloadRules;

MullionDownloadRules *mullion_download_rules_new      (const MullionManifestPlace  *place,
                                                       JsonNode                    *node,
                                                       GError                     **error);
MullionDownloadRules *mullion_download_rules_ref      (MullionDownloadRules        *self);
void                  mullion_download_rules_unref    (MullionDownloadRules        *self);

/* Decides for the pages of @session from now on. */
void                  mullion_download_rules_apply    (MullionDownloadRules        *self,
                                                       MullionSession              *session,
                                                       MullionApp                  *app);

/* Adds a sentence to @findings. */
void                  mullion_download_rules_describe (const MullionDownloadRules  *self,
                                                       GPtrArray                   *findings);

G_END_DECLS
