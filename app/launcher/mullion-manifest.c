/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest.h"

#include "desktop/mullion-desktop.h"
#include "mullion-manifest-checks.h"

#include <sys/stat.h>

/*
 * What an app folder says about itself: package.json, read once and never changed. Main process.
 *
 * Each key of the `mullion` object has one reader in a table. A key that is not in the table is
 * warned about, a value that is not what it must be ends the reading with an error that names the
 * file, the key and what was expected. docs/manifest.md is the reference of the format.
 */

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

  GPtrArray *warnings;
};

G_DEFINE_FINAL_TYPE (MullionManifest, mullion_manifest, G_TYPE_OBJECT)

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
  { "bus", read_id, MEMBER (bus) },
  { "capabilities", read_capabilities, MEMBER (capabilities) },
  { "contentSecurityPolicy", read_string, MEMBER (policy) },
  { "grants", read_grants, MEMBER (grants) },
  { "module", read_path, MEMBER (module) },
  { "origins", read_origins, MEMBER (origins) },
  { "page", read_path, MEMBER (page) },
  { "preload", read_preload, MEMBER (preload) },
  { "programs", read_programs, MEMBER (programs) },
  { "schemas", read_schemas, MEMBER (schemas) },
  { "topics", read_topics, MEMBER (topics) },
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

static gboolean
read_root (MullionManifest  *self,
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

      place.key = "mullion.page";
      if (!read_path (self, &place, page, &self->page, error))
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
  return read_root (self, json_node_get_object (root), error) && fill_defaults (self, error);
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

const char *const *
mullion_manifest_get_warnings (MullionManifest *self)
{
  return list_or_empty ((GStrv) self->warnings->pdata);
}

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (object == NULL)
    return copy;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    json_object_set_member (copy, key, json_node_copy (node));
  return copy;
}

static void
append_strings (JsonArray         *array,
                const char *const *strings)
{
  for (gsize i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
}

static JsonObject *
create_preferences (MullionManifest   *self,
                    const char *const *arguments)
{
  JsonNode *given = NULL;
  JsonObject *preferences;
  JsonArray *all = json_array_new ();

  if (self->window != NULL)
    given = json_object_get_member (self->window, "webPreferences");
  preferences = copy_object (given != NULL ? json_node_get_object (given) : NULL);
  if (self->preload != NULL)
    json_object_set_string_member (preferences, "preload", self->preload);

  given = json_object_get_member (preferences, "additionalArguments");
  if (given != NULL && JSON_NODE_HOLDS_ARRAY (given))
    {
      JsonArray *first = json_node_get_array (given);

      for (guint i = 0; i < json_array_get_length (first); i++)
        json_array_add_element (all, json_array_dup_element (first, i));
    }
  append_strings (all, (const char *const *) self->arguments);
  append_strings (all, arguments);
  json_object_set_array_member (preferences, "additionalArguments", all);
  return preferences;
}

JsonObject *
mullion_manifest_create_window_options (MullionManifest   *self,
                                        const char *const *arguments)
{
  JsonObject *options = copy_object (self->window);

  if (!json_object_has_member (options, "title"))
    json_object_set_string_member (options, "title", mullion_manifest_get_name (self));
  json_object_set_object_member (options, "webPreferences", create_preferences (self, arguments));
  return options;
}
