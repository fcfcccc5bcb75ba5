/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-manifest.h"

G_BEGIN_DECLS

struct _MullionManifest
{
  GObject parent_instance;

  /* Where it was read from. */
  char *file;
  char *folder;

  /* Who the app is. */
  char *name;
  char *product_name;
  char *version;
  char *app_id;

  /* What it shows. */
  char *page;
  char *preload;
  JsonObject *window;
  GStrv arguments;

  /* What it may do. */
  GStrv capabilities;
  GHashTable *capability_options; /* name → JsonObject */
  GStrv origins;
  MullionGrants *grants;
  GHashTable *schemas; /* channel → MullionSchema */
  GHashTable *programs; /* name → GStrv */
  GStrv topics;
  char *bus;
  char *policy;
  char *module;
  MullionDownloadRules *downloads;     /* (nullable) */
  MullionPermissionRules *permissions; /* (nullable) */
  MullionWindowRules *windows;         /* (nullable) */
  MullionSchemeRules *schemes;         /* (nullable) */
  MullionFilterRules *filters;         /* (nullable) */
  GStrv navigation;
  char *user_agent;  /* (nullable) */
  JsonObject *proxy; /* (nullable) */

  GPtrArray *warnings;
};

/* Fills the members from package.json's object @root. */
gboolean mullion_manifest_read_keys (MullionManifest  *self,
                                     JsonObject       *root,
                                     GError          **error);

/* A file of the app for the member @path, which may have none yet. */
gboolean mullion_manifest_read_path (MullionManifest  *self,
                                     const char       *key,
                                     JsonNode         *node,
                                     char            **path,
                                     GError          **error);

G_END_DECLS
