/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest-checks.h"

#include "capabilities/mullion-capability.h"

/*
 * What a manifest says of capabilities: a list of names, or an object that also says how much of
 * each. Main process. A capability that does not exist, or an option that it does not have, is a
 * mistake and not a warning: somebody would believe that it limits what pages may do.
 */

static gboolean
check_name (const MullionManifestPlace  *place,
            const char                  *name,
            GError                     **error)
{
  g_autofree char *known = NULL;

  if (mullion_capability_find (name) != NULL)
    return TRUE;

  known = mullion_capability_dup_names ();
  return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                     "lists \"%s\", which is no capability: expected some of %s",
                                     name, known);
}

/* What a capability reaches beyond the app is written as in the rest of the manifest. */
static gboolean
check_origins (const MullionManifestPlace  *place,
               JsonObject                  *options,
               GError                     **error)
{
  JsonArray *origins = json_object_has_member (options, "origins")
                         ? json_object_get_array_member (options, "origins") : NULL;

  for (guint i = 0; origins != NULL && i < json_array_get_length (origins); i++)
    if (!mullion_manifest_check_origin (place, json_array_get_string_element (origins, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
check_options (const MullionManifestPlace  *place,
               const char                  *name,
               JsonNode                    *node,
               GError                     **error)
{
  const MullionDesktopModule *module = mullion_capability_find (name)->module;
  g_autoptr(MullionSchema) schema = NULL;
  g_autoptr(GError) reason = NULL;

  if (module == NULL || module->options == NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be true or false: this capability has no options");

  schema = mullion_schema_new_from_text (module->options, &reason);
  g_assert_no_error (reason);
  if (mullion_schema_check (schema, node, &reason)
      && (module->check_options == NULL
          || module->check_options (json_node_get_object (node), &reason)))
    return check_origins (place, json_node_get_object (node), error);

  return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                     "is not what it must be: %s", reason->message);
}

static gboolean
is_boolean (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

/* One member of the object: true, false, or what the capability may do. */
static gboolean
read_member (const MullionManifestPlace  *place,
             const char                  *name,
             JsonNode                    *node,
             GStrvBuilder                *names,
             GHashTable                  *options,
             GError                     **error)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", place->key, name);
  MullionManifestPlace inner = { place->file, key };

  if (!check_name (place, name, error))
    return FALSE;
  if (!is_boolean (node) && !JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (&inner, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be true, false, or an object of options");
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      if (!check_options (&inner, name, node, error))
        return FALSE;
      g_hash_table_insert (options, g_strdup (name),
                           json_object_ref (json_node_get_object (node)));
    }
  else if (!json_node_get_boolean (node))
    return TRUE;

  g_strv_builder_add (names, name);
  return TRUE;
}

static char **
read_object (const MullionManifestPlace  *place,
             JsonObject                  *object,
             GHashTable                  *options,
             GError                     **error)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!read_member (place, name, node, names, options, error))
      return NULL;

  return g_strv_builder_end (names);
}

char **
mullion_manifest_check_capabilities (const MullionManifestPlace  *place,
                                     JsonNode                    *node,
                                     GHashTable                  *options,
                                     GError                     **error)
{
  g_auto(GStrv) names = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return read_object (place, json_node_get_object (node), options, error);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                  "must be an array of strings, or an object");
      return NULL;
    }

  names = mullion_manifest_check_strings (place, node, error);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!check_name (place, names[i], error))
      return NULL;

  return g_steal_pointer (&names);
}
