/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rules/mullion-download-rules.h"
#include "rules/mullion-filter-rules.h"
#include "rules/mullion-permission-rules.h"
#include "rules/mullion-scheme-rules.h"
#include "rules/mullion-window-rules.h"

#include <mullion.h>

G_BEGIN_DECLS

#define MULLION_TYPE_MANIFEST (mullion_manifest_get_type ())

G_DECLARE_FINAL_TYPE (MullionManifest, mullion_manifest, MULLION, MANIFEST, GObject)

/* @target: an app folder, its package.json, or a bare .html page. */
MullionManifest *mullion_manifest_load         (const char       *target,
                                                GError          **error);

const char      *mullion_manifest_get_file     (MullionManifest  *self);
const char      *mullion_manifest_get_folder   (MullionManifest  *self);
const char      *mullion_manifest_get_app_id   (MullionManifest  *self);
const char      *mullion_manifest_get_name     (MullionManifest  *self);
const char      *mullion_manifest_get_version  (MullionManifest  *self);
const char      *mullion_manifest_get_page     (MullionManifest  *self);
const char      *mullion_manifest_get_preload  (MullionManifest  *self);
const char      *mullion_manifest_get_module   (MullionManifest  *self);
const char      *mullion_manifest_get_policy   (MullionManifest  *self);
const char *const *
                 mullion_manifest_get_capabilities (MullionManifest *self);
/* (nullable): what the capability @name shall do, where the manifest does not just say true. */
JsonObject      *mullion_manifest_get_capability_options (MullionManifest *self,
                                                          const char      *name);
const char *const *
                 mullion_manifest_get_origins  (MullionManifest  *self);
/* (nullable): what pages may say, NULL for the library's default. */
MullionGrants   *mullion_manifest_get_grants   (MullionManifest  *self);
/* channel → MullionSchema: what its arguments must be. */
GHashTable      *mullion_manifest_get_schemas  (MullionManifest  *self);
/* name → GStrv: what pages may run. */
GHashTable      *mullion_manifest_get_programs (MullionManifest  *self);
const char *const *
                 mullion_manifest_get_topics   (MullionManifest  *self);
/* What the message bus of the topics is called. */
const char      *mullion_manifest_get_bus      (MullionManifest  *self);
/* (nullable): what becomes of downloads, NULL for none. */
MullionDownloadRules *
                 mullion_manifest_get_downloads (MullionManifest *self);
/* (nullable): what pages may have of the user's, NULL for nothing. */
MullionPermissionRules *
                 mullion_manifest_get_permissions (MullionManifest *self);
/* (nullable): which windows pages may open, NULL for none. */
MullionWindowRules *
                 mullion_manifest_get_windows  (MullionManifest  *self);
/* (nullable): what is answered from folders, NULL for no scheme. */
MullionSchemeRules *
                 mullion_manifest_get_schemes  (MullionManifest  *self);
/* (nullable): what pages do not load. */
MullionFilterRules *
                 mullion_manifest_get_filters  (MullionManifest  *self);
/* (nullable): how pages name themselves, NULL for WebKit's own. */
const char      *mullion_manifest_get_user_agent (MullionManifest *self);
/* (nullable): what Electron's setProxy takes. */
JsonObject      *mullion_manifest_get_proxy    (MullionManifest  *self);
/* Other origins that pages may go to, and that get nothing else. */
const char *const *
                 mullion_manifest_get_navigation (MullionManifest *self);
/* What is odd but does no harm, one sentence each: for the person who wrote the file. */
const char *const *
                 mullion_manifest_get_warnings (MullionManifest  *self);
/* The options of the app's window; @arguments (nullable) end up in process.argv of the preload. */
JsonObject      *mullion_manifest_create_window_options (MullionManifest   *self,
                                                         const char *const *arguments);

G_END_DECLS
