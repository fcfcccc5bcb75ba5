/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where a value stands, so that every error can say so: the manifest's path and the key. */
typedef struct
{
  const char *file;
  const char *key;
} MullionManifestPlace;

gboolean mullion_manifest_set_error    (const MullionManifestPlace  *place,
                                        int                          code,
                                        GError                     **error,
                                        const char                  *format,
                                        ...) G_GNUC_PRINTF (4, 5);
char    *mullion_manifest_check_string (const MullionManifestPlace  *place,
                                        JsonNode                    *node,
                                        GError                     **error);
char   **mullion_manifest_check_strings (const MullionManifestPlace *place,
                                         JsonNode                   *node,
                                         GError                    **error);
char    *mullion_manifest_check_path   (const MullionManifestPlace  *place,
                                        const char                  *folder,
                                        JsonNode                    *node,
                                        GError                     **error);
/* The same for a folder. */
char    *mullion_manifest_check_folder (const MullionManifestPlace  *place,
                                        const char                  *folder,
                                        JsonNode                    *node,
                                        GError                     **error);
gboolean mullion_manifest_check_origin (const MullionManifestPlace  *place,
                                        const char                  *origin,
                                        GError                     **error);
/* Part of the name of a channel: letters, digits and a few signs, and no pattern. */
gboolean mullion_manifest_check_name   (const MullionManifestPlace  *place,
                                        const char                  *name,
                                        GError                     **error);
/* No other members than the @known ones, for a mistyped limit is none. */
gboolean mullion_manifest_check_members (const MullionManifestPlace *place,
                                         JsonObject                 *object,
                                         const char *const          *known,
                                         GError                    **error);
/* Adds to @schemas, channel → MullionSchema, what stands in the object @node. */
gboolean mullion_manifest_check_schemas (const MullionManifestPlace *place,
                                         JsonNode                   *node,
                                         GHashTable                 *schemas,
                                         GError                    **error);
/* The text of a manifest: UTF-8, and not too much of it. */
char    *mullion_manifest_read_text     (const char                 *file,
                                         GError                    **error);
/* The names of the capabilities in @node; adds to @options, name → JsonObject, what it says beside
 * true. */
char   **mullion_manifest_check_capabilities (const MullionManifestPlace *place,
                                              JsonNode                   *node,
                                              GHashTable                 *options,
                                              GError                    **error);
/* Adds to @programs, name → GStrv, what stands in the object @node. */
gboolean mullion_manifest_check_programs (const MullionManifestPlace *place,
                                          JsonNode                   *node,
                                          GHashTable                 *programs,
                                          GError                    **error);
char    *mullion_manifest_derive_app_id (const char *name);

G_END_DECLS
