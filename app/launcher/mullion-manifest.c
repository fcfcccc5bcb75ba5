/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest-private.h"

#include "mullion-manifest-checks.h"

/*
 * What an app folder says about itself: package.json, read once and never changed. Main process.
 */

G_DEFINE_FINAL_TYPE (MullionManifest, mullion_manifest, G_TYPE_OBJECT)

static gboolean
fill_defaults (MullionManifest  *self,
               GError          **error)
{
  MullionManifestPlace place = { self->file, "name" };

  if (self->name == NULL)
    return mullion_manifest_set_error (&place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "is missing: expected a string such as \"my-app\"");
  if (self->page == NULL)
    {
      g_autoptr (JsonNode) page = json_node_init_string (json_node_alloc (), "index.html");

      if (!mullion_manifest_read_path (self, "mullion.page", page, &self->page, error))
        return FALSE;
    }
  if (self->app_id == NULL)
    self->app_id = mullion_manifest_derive_app_id (self->name);
  if (self->version == NULL)
    self->version = g_strdup ("0.0.0");
  return TRUE;
}

static gboolean
read_package (MullionManifest  *self,
              GError          **error)
{
  g_autofree char *text = mullion_manifest_read_text (self->file, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) broken = NULL;
  JsonNode *root;

  if (text == NULL)
    return FALSE;
  if (!json_parser_load_from_data (parser, text, -1, &broken))
    {
      const char *message = broken->message;

      /* json-glib says "<data>:LINE:COLUMN: …" about text that it got from memory. */
      if (g_str_has_prefix (message, "<data>:"))
        message += strlen ("<data>:");
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "%s: this is not JSON: %s", self->file, message);
      return FALSE;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "%s: expected a JSON object", self->file);
      return FALSE;
    }
  return mullion_manifest_read_keys (self, json_node_get_object (root), error) &&
         fill_defaults (self, error);
}

/* A bare page is an app of one file: no preload and no capability. Its id comes from where it lies,
 * for two pages that are both called index.html are two apps. */
static void
describe_page (MullionManifest *self)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->file, -1);

  self->page = g_path_get_basename (self->file);
  self->name = g_strdup (self->page);
  self->version = g_strdup ("0.0.0");
  self->app_id = g_strdup_printf ("io.github.mullion.page._%.16s", checksum);
}

static gboolean
is_page (const char *target)
{
  return g_str_has_suffix (target, ".html") || g_str_has_suffix (target, ".htm");
}

MullionManifest *
mullion_manifest_load (const char  *target,
                       GError     **error)
{
  g_autoptr (MullionManifest) self = g_object_new (MULLION_TYPE_MANIFEST, NULL);
  g_autofree char *full = g_canonicalize_filename (target, NULL);

  if (!g_file_test (full, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                   "%s: there is no such app folder", full);
      return NULL;
    }

  self->file = g_file_test (full, G_FILE_TEST_IS_DIR)
                 ? g_build_filename (full, "package.json", NULL) : g_steal_pointer (&full);
  self->folder = g_path_get_dirname (self->file);
  if (is_page (self->file))
    describe_page (self);
  else if (!read_package (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
mullion_manifest_finalize (GObject *object)
{
  MullionManifest *self = MULLION_MANIFEST (object);

  g_free (self->file);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->product_name);
  g_free (self->version);
  g_free (self->app_id);
  g_free (self->page);
  g_free (self->preload);
  g_clear_pointer (&self->window, json_object_unref);
  g_strfreev (self->arguments);
  g_strfreev (self->capabilities);
  g_hash_table_unref (self->capability_options);
  g_strfreev (self->origins);
  g_clear_object (&self->grants);
  g_hash_table_unref (self->schemas);
  g_hash_table_unref (self->programs);
  g_strfreev (self->topics);
  g_free (self->bus);
  g_free (self->policy);
  g_free (self->module);
  g_clear_pointer (&self->downloads, mullion_download_rules_unref);
  g_clear_pointer (&self->permissions, mullion_permission_rules_unref);
  g_clear_pointer (&self->windows, mullion_window_rules_unref);
  g_clear_pointer (&self->schemes, mullion_scheme_rules_unref);
  g_clear_pointer (&self->filters, mullion_filter_rules_unref);
  g_strfreev (self->navigation);
  g_free (self->user_agent);
  g_clear_pointer (&self->proxy, json_object_unref);
  g_ptr_array_unref (self->warnings);

  G_OBJECT_CLASS (mullion_manifest_parent_class)->finalize (object);
}

static void
mullion_manifest_class_init (MullionManifestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_manifest_finalize;
}

static void
mullion_manifest_init (MullionManifest *self)
{
  self->capability_options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                    (GDestroyNotify) json_object_unref);
  self->schemas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->programs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_strfreev);
  self->warnings = g_ptr_array_new_null_terminated (0, g_free, TRUE);
}

const char *
mullion_manifest_get_file (MullionManifest *self)
{
  return self->file;
}

const char *
mullion_manifest_get_folder (MullionManifest *self)
{
  return self->folder;
}

const char *
mullion_manifest_get_app_id (MullionManifest *self)
{
  return self->app_id;
}

/* As in Electron, the name is the one for people when there is one. */
const char *
mullion_manifest_get_name (MullionManifest *self)
{
  return self->product_name != NULL ? self->product_name : self->name;
}

const char *
mullion_manifest_get_version (MullionManifest *self)
{
  return self->version;
}

const char *
mullion_manifest_get_page (MullionManifest *self)
{
  return self->page;
}

const char *
mullion_manifest_get_preload (MullionManifest *self)
{
  return self->preload;
}

const char *
mullion_manifest_get_module (MullionManifest *self)
{
  return self->module;
}

const char *
mullion_manifest_get_policy (MullionManifest *self)
{
  return self->policy;
}

static const char *const *
list_or_empty (GStrv list)
{
  static const char *const empty[] = { NULL };

  return list != NULL ? (const char *const *) list : empty;
}

const char *const *
mullion_manifest_get_capabilities (MullionManifest *self)
{
  return list_or_empty (self->capabilities);
}

JsonObject *
mullion_manifest_get_capability_options (MullionManifest *self,
                                         const char      *name)
{
  return g_hash_table_lookup (self->capability_options, name);
}

const char *const *
mullion_manifest_get_origins (MullionManifest *self)
{
  return list_or_empty (self->origins);
}

MullionGrants *
mullion_manifest_get_grants (MullionManifest *self)
{
  return self->grants;
}

GHashTable *
mullion_manifest_get_schemas (MullionManifest *self)
{
  return self->schemas;
}

GHashTable *
mullion_manifest_get_programs (MullionManifest *self)
{
  return self->programs;
}

const char *const *
mullion_manifest_get_topics (MullionManifest *self)
{
  static const char *const none[] = { NULL };

  return self->topics != NULL ? (const char *const *) self->topics : none;
}

const char *
mullion_manifest_get_bus (MullionManifest *self)
{
  return self->bus != NULL ? self->bus : self->app_id;
}

MullionDownloadRules *
mullion_manifest_get_downloads (MullionManifest *self)
{
  return self->downloads;
}

MullionPermissionRules *
mullion_manifest_get_permissions (MullionManifest *self)
{
  return self->permissions;
}

MullionWindowRules *
mullion_manifest_get_windows (MullionManifest *self)
{
  return self->windows;
}

MullionSchemeRules *
mullion_manifest_get_schemes (MullionManifest *self)
{
  return self->schemes;
}

MullionFilterRules *
mullion_manifest_get_filters (MullionManifest *self)
{
  return self->filters;
}

const char *
mullion_manifest_get_user_agent (MullionManifest *self)
{
  return self->user_agent;
}

JsonObject *
mullion_manifest_get_proxy (MullionManifest *self)
{
  return self->proxy;
}

const char *const *
mullion_manifest_get_navigation (MullionManifest *self)
{
  return list_or_empty (self->navigation);
}

const char *const *
mullion_manifest_get_warnings (MullionManifest *self)
{
  return list_or_empty ((GStrv) self->warnings->pdata);
}
