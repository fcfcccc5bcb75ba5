/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest-private.h"

#include "desktop/mullion-desktop.h"
#include "mullion-manifest-checks.h"
#include "rules/mullion-network-rules.h"
#include "rules/mullion-rule-origins.h"

/*
 * The keys of package.json that are ours: which there are, and who reads them. Main process.
 *
 * Each key of the `mullion` object has one reader in a table. A key that is not in the table is
 * warned about, a value that is not what it must be ends the reading with an error that names the
 * file, the key and what was expected. docs/manifest.md is the reference of the format.
 */

/* A reader checks one value and keeps it in the member that its key fills. */
typedef gboolean (*Reader) (MullionManifest            *self,
                            const MullionManifestPlace *place,
                            JsonNode                   *node,
                            gpointer                    member,
                            GError                    **error);

typedef struct
{
  const char *key;
  Reader read;
  gsize member;
} Key;

static gboolean
read_string (MullionManifest            *self,
             const MullionManifestPlace *place,
             JsonNode                   *node,
             gpointer                    member,
             GError                    **error)
{
  char **string = member;

  *string = mullion_manifest_check_string (place, node, error);
  return *string != NULL;
}

static gboolean
read_strings (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  GStrv *strings = member;

  *strings = mullion_manifest_check_strings (place, node, error);
  return *strings != NULL;
}

static gboolean
read_path (MullionManifest            *self,
           const MullionManifestPlace *place,
           JsonNode                   *node,
           gpointer                    member,
           GError                    **error)
{
  char **path = member;

  if (*path != NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "is given twice: \"%s\" is the first", *path);
  *path = mullion_manifest_check_path (place, self->folder, node, error);
  return *path != NULL;
}

/* A script of the app, or the ready one, which is named as it would be required. */
static gboolean
read_preload (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  if (self->preload == NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING &&
      g_str_equal (json_node_get_string (node), "mullion/desktop"))
    {
      self->preload = g_strdup (mullion_desktop_get_preload ());
      return TRUE;
    }
  return read_path (self, place, node, member, error);
}

static gboolean
read_id (MullionManifest            *self,
         const MullionManifestPlace *place,
         JsonNode                   *node,
         gpointer                    member,
         GError                    **error)
{
  char **id = member;

  if (!read_string (self, place, node, member, error))
    return FALSE;
  if (!g_application_id_is_valid (*id))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "is \"%s\": expected an application id such as "
                                       "\"org.example.App\"", *id);
  return TRUE;
}

/* The name of a local bus, or a server. A password in its address is never told. */
static gboolean
read_bus (MullionManifest            *self,
          const MullionManifestPlace *place,
          JsonNode                   *node,
          gpointer                    member,
          GError                    **error)
{
  g_autoptr (MullionRedisBus) bus = NULL;
  char **name = member;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      strchr (json_node_get_string (node), ':') == NULL)
    return read_id (self, place, node, member, error);

  if (!read_string (self, place, node, member, error))
    return FALSE;
  bus = mullion_redis_bus_new_for_uri (*name, NULL);
  if (bus == NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "is no address of a Redis server, such as "
                                       "\"rediss://USER:PASSWORD@HOST:6379\"");
  return TRUE;
}

static gboolean
read_origins (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  if (!read_strings (self, place, node, member, error))
    return FALSE;
  for (guint i = 0; self->origins[i] != NULL; i++)
    if (!mullion_manifest_check_origin (place, self->origins[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_grants (MullionManifest            *self,
             const MullionManifestPlace *place,
             JsonNode                   *node,
             gpointer                    member,
             GError                    **error)
{
  MullionGrants **grants = member;
  g_autoptr (GError) reason = NULL;

  *grants = mullion_grants_new_from_json (node, &reason);
  if (*grants == NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "is not what it must be: %s", reason->message);
  return TRUE;
}

static gboolean
read_schemas (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  return mullion_manifest_check_schemas (place, node, self->schemas, error);
}

static gboolean
read_programs (MullionManifest            *self,
               const MullionManifestPlace *place,
               JsonNode                   *node,
               gpointer                    member,
               GError                    **error)
{
  return mullion_manifest_check_programs (place, node, self->programs, error);
}

static gboolean
read_topics (MullionManifest            *self,
             const MullionManifestPlace *place,
             JsonNode                   *node,
             gpointer                    member,
             GError                    **error)
{
  if (!read_strings (self, place, node, member, error))
    return FALSE;
  for (guint i = 0; self->topics[i] != NULL; i++)
    if (!mullion_manifest_check_name (place, self->topics[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_capabilities (MullionManifest            *self,
                   const MullionManifestPlace *place,
                   JsonNode                   *node,
                   gpointer                    member,
                   GError                    **error)
{
  self->capabilities =
    mullion_manifest_check_capabilities (place, node, self->capability_options, error);
  return self->capabilities != NULL;
}

static gboolean
read_downloads (MullionManifest            *self,
                const MullionManifestPlace *place,
                JsonNode                   *node,
                gpointer                    member,
                GError                    **error)
{
  self->downloads = mullion_download_rules_new (place, node, error);
  return self->downloads != NULL;
}

static gboolean
read_permissions (MullionManifest            *self,
                  const MullionManifestPlace *place,
                  JsonNode                   *node,
                  gpointer                    member,
                  GError                    **error)
{
  self->permissions = mullion_permission_rules_new (place, node, error);
  return self->permissions != NULL;
}

static gboolean
read_windows (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  self->windows = mullion_window_rules_new (place, node, error);
  return self->windows != NULL;
}

static gboolean
read_navigation (MullionManifest            *self,
                 const MullionManifestPlace *place,
                 JsonNode                   *node,
                 gpointer                    member,
                 GError                    **error)
{
  self->navigation = mullion_rule_origins_read (place, node, error);
  return self->navigation != NULL;
}

static gboolean
read_scheme_rules (MullionManifest            *self,
                   const MullionManifestPlace *place,
                   JsonNode                   *node,
                   gpointer                    member,
                   GError                    **error)
{
  self->schemes = mullion_scheme_rules_new (place, self->folder, node, error);
  return self->schemes != NULL;
}

static gboolean
read_filters (MullionManifest            *self,
              const MullionManifestPlace *place,
              JsonNode                   *node,
              gpointer                    member,
              GError                    **error)
{
  self->filters = mullion_filter_rules_new (place, self->folder, node, error);
  return self->filters != NULL;
}

static gboolean
read_user_agent (MullionManifest            *self,
                 const MullionManifestPlace *place,
                 JsonNode                   *node,
                 gpointer                    member,
                 GError                    **error)
{
  if (!read_string (self, place, node, member, error))
    return FALSE;
  if (!mullion_network_rules_check_user_agent (self->user_agent))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be of printable ASCII");
  return TRUE;
}

/* What it says is checked by who sets it, when there is a session. */
static gboolean
read_proxy (MullionManifest            *self,
            const MullionManifestPlace *place,
            JsonNode                   *node,
            gpointer                    member,
            GError                    **error)
{
  static const char *const known[] = { "mode", "proxyBypassRules", "proxyRules", NULL };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object such as { \"mode\": \"direct\" }");
  self->proxy = json_object_ref (json_node_get_object (node));
  return mullion_manifest_check_members (place, self->proxy, known, error);
}

/* What of the window's preferences the launcher itself must understand. */
static gboolean
read_preferences (MullionManifest  *self,
                  JsonObject       *preferences,
                  GError          **error)
{
  MullionManifestPlace place = { self->file, "mullion.window.webPreferences.additionalArguments" };
  JsonNode *node = json_object_get_member (preferences, "additionalArguments");
  g_auto (GStrv) checked = NULL;

  if (node != NULL && !read_strings (self, &place, node, &checked, error))
    return FALSE;
  place.key = "mullion.window.webPreferences.preload";
  node = json_object_get_member (preferences, "preload");
  return node == NULL || read_path (self, &place, node, &self->preload, error);
}

/* The options are the window's own business and checked there. */
static gboolean
read_window (MullionManifest            *self,
             const MullionManifestPlace *place,
             JsonNode                   *node,
             gpointer                    member,
             GError                    **error)
{
  MullionManifestPlace inner = { place->file, "mullion.window.webPreferences" };

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object with window options");
  self->window = json_object_ref (json_node_get_object (node));
  node = json_object_get_member (self->window, "webPreferences");
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (&inner, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object");
  return read_preferences (self, json_node_get_object (node), error);
}

#define MEMBER(name) G_STRUCT_OFFSET (MullionManifest, name)

/* The keys of npm's that we use. Others belong to other tools and are none of our business. */
static const Key package_keys[] = {
  { "name", read_string, MEMBER (name) },
  { "productName", read_string, MEMBER (product_name) },
  { "version", read_string, MEMBER (version) },
};

/* The window comes last: it may carry a preload too, and the other one is looked at first. */
static const Key mullion_keys[] = {
  { "appId", read_id, MEMBER (app_id) },
  { "arguments", read_strings, MEMBER (arguments) },
  { "bus", read_bus, MEMBER (bus) },
  { "capabilities", read_capabilities, MEMBER (capabilities) },
  { "contentFilters", read_filters, MEMBER (filters) },
  { "contentSecurityPolicy", read_string, MEMBER (policy) },
  { "downloads", read_downloads, MEMBER (downloads) },
  { "grants", read_grants, MEMBER (grants) },
  { "module", read_path, MEMBER (module) },
  { "navigation", read_navigation, MEMBER (navigation) },
  { "origins", read_origins, MEMBER (origins) },
  { "page", read_path, MEMBER (page) },
  { "permissions", read_permissions, MEMBER (permissions) },
  { "preload", read_preload, MEMBER (preload) },
  { "programs", read_programs, MEMBER (programs) },
  { "proxy", read_proxy, MEMBER (proxy) },
  { "schemas", read_schemas, MEMBER (schemas) },
  { "schemes", read_scheme_rules, MEMBER (schemes) },
  { "topics", read_topics, MEMBER (topics) },
  { "userAgent", read_user_agent, MEMBER (user_agent) },
  { "windows", read_windows, MEMBER (windows) },
  { "window", read_window, MEMBER (window) },
};

static gboolean
read_keys (MullionManifest  *self,
           JsonObject       *object,
           const char       *prefix,
           const Key        *keys,
           gsize             n_keys,
           GError          **error)
{
  for (gsize i = 0; i < n_keys; i++)
    {
      JsonNode *node = json_object_get_member (object, keys[i].key);
      g_autofree char *key = g_strconcat (prefix, keys[i].key, NULL);
      MullionManifestPlace place = { self->file, key };

      if (node == NULL)
        continue;
      if (!keys[i].read (self, &place, node, G_STRUCT_MEMBER_P (self, keys[i].member), error))
        return FALSE;
    }
  return TRUE;
}

static void
warn_of_unknown_keys (MullionManifest *self,
                      JsonObject      *object)
{
  g_autoptr (GString) known = g_string_new (NULL);
  g_autoptr (GList) members = json_object_get_members (object);

  for (gsize i = 0; i < G_N_ELEMENTS (mullion_keys); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", mullion_keys[i].key);

  for (GList *member = members; member != NULL; member = member->next)
    {
      gboolean is_known = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (mullion_keys); i++)
        is_known |= g_str_equal (mullion_keys[i].key, member->data);
      if (!is_known)
        g_ptr_array_add (self->warnings,
                         g_strdup_printf ("%s: \"mullion.%s\" is not a key of the manifest and "
                                          "was ignored (known: %s)", self->file,
                                          (const char *) member->data, known->str));
    }
}

gboolean
mullion_manifest_read_keys (MullionManifest  *self,
                            JsonObject       *root,
                            GError          **error)
{
  MullionManifestPlace place = { self->file, "mullion" };
  JsonNode *node = json_object_get_member (root, "mullion");

  if (!read_keys (self, root, "", package_keys, G_N_ELEMENTS (package_keys), error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (&place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object");
  warn_of_unknown_keys (self, json_node_get_object (node));
  return read_keys (self, json_node_get_object (node), "mullion.", mullion_keys,
                    G_N_ELEMENTS (mullion_keys), error);
}

gboolean
mullion_manifest_read_path (MullionManifest  *self,
                            const char       *key,
                            JsonNode         *node,
                            char            **path,
                            GError          **error)
{
  MullionManifestPlace place = { self->file, key };

  return read_path (self, &place, node, path, error);
}
