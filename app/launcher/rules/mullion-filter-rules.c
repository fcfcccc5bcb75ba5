/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-filter-rules.h"

/*
 * MullionFilterRules: the manifest's `contentFilters`, and how they come into force.
 *
 * Main process. WebKit compiles the rules on a thread of its own, and no page is loaded before it
 * has done so. What the rules say is the author's, and only WebKit understands it: rules that it
 * cannot compile end the start with its own words.
 */

#define MAX_BYTES (32 * 1024 * 1024)

/* Security: pages with the capability contentFilters can name no filter like this. */
#define PREFIX "manifest:"

struct _MullionFilterRules
{
  char *file;        /* the manifest */
  char *key;
  GHashTable *rules; /* name → WebKit's JSON */
};

/* -- What is written -- */

static char *
read_file (const MullionManifestPlace  *place,
           const char                  *folder,
           JsonNode                    *node,
           GError                     **error)
{
  g_autofree char *name = mullion_manifest_check_path (place, folder, node, error);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) reason = NULL;
  gsize length = 0;

  if (path == NULL)
    return NULL;
  if (!g_file_get_contents (path, &text, &length, &reason))
    mullion_manifest_set_error (place, MULLION_ERROR_FAILED, error, "cannot be read: %s",
                                reason->message);
  else if (length > MAX_BYTES || !g_utf8_validate (text, (gssize) length, NULL))
    mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                "is \"%s\": expected JSON in UTF-8 of at most 32 MiB", name);
  else
    return g_steal_pointer (&text);

  return NULL;
}

static gboolean
add_rules (MullionFilterRules          *self,
           const MullionManifestPlace  *place,
           const char                  *folder,
           const char                  *name,
           JsonNode                    *node,
           GError                     **error)
{
  char *text = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    text = json_to_string (node, FALSE);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = read_file (place, folder, node, error);
  else
    mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                "must be an array of rules, or a file of the app that has one");
  if (text == NULL)
    return FALSE;

  g_hash_table_insert (self->rules, g_strdup (name), text);
  return TRUE;
}

static gboolean
read_all (MullionFilterRules          *self,
          const MullionManifestPlace  *place,
          const char                  *folder,
          JsonNode                    *node,
          GError                     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object with the rules of filters, by name");

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *key = g_strdup_printf ("%s.%s", place->key, name);
      MullionManifestPlace inner = { place->file, key };

      if (!mullion_manifest_check_name (place, name, error) ||
          !add_rules (self, &inner, folder, name, value, error))
        return FALSE;
    }

  return TRUE;
}

MullionFilterRules *
mullion_filter_rules_new (const MullionManifestPlace  *place,
                          const char                  *folder,
                          JsonNode                    *node,
                          GError                     **error)
{
  MullionFilterRules *self = g_rc_box_new0 (MullionFilterRules);

  self->file = g_strdup (place->file);
  self->key = g_strdup (place->key);
  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_all (self, place, folder, node, error))
    return self;

  mullion_filter_rules_unref (self);
  return NULL;
}

MullionFilterRules *
mullion_filter_rules_ref (MullionFilterRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionFilterRules *self = data;

  g_free (self->file);
  g_free (self->key);
  g_hash_table_unref (self->rules);
}

void
mullion_filter_rules_unref (MullionFilterRules *self)
{
  g_rc_box_release_full (self, clear);
}

/* -- In force -- */

gboolean
mullion_filter_rules_own (const char *name)
{
  return g_str_has_prefix (name, PREFIX);
}

typedef struct
{
  gboolean is_done;
  GError *error; /* (nullable) */
} Compilation;

static void
added_cb (GObject      *session,
          GAsyncResult *result,
          gpointer      user_data)
{
  Compilation *compilation = user_data;

  mullion_session_add_content_filter_finish (MULLION_SESSION (session), result,
                                             &compilation->error);
  compilation->is_done = TRUE;
}

/* WebKit calls back from the main loop, so that has to run: windows are to come only afterwards. */
static GError *
compile (MullionSession *session,
         const char     *name,
         const char     *rules)
{
  g_autofree char *own = g_strconcat (PREFIX, name, NULL);
  Compilation compilation = { FALSE, NULL };

  mullion_session_add_content_filter_async (session, own, rules, NULL, added_cb, &compilation);
  while (!compilation.is_done)
    g_main_context_iteration (NULL, TRUE);

  return compilation.error;
}

gboolean
mullion_filter_rules_apply (MullionFilterRules  *self,
                            MullionSession      *session,
                            GError             **error)
{
  GHashTableIter iter;
  gpointer name, rules;

  g_hash_table_iter_init (&iter, self->rules);
  while (g_hash_table_iter_next (&iter, &name, &rules))
    {
      g_autoptr(GError) reason = compile (session, name, rules);
      g_autofree char *key = g_strdup_printf ("%s.%s", self->key, (char *) name);
      MullionManifestPlace place = { self->file, key };

      if (reason != NULL)
        return mullion_manifest_set_error (&place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                           "cannot be compiled: %s", reason->message);
    }

  return TRUE;
}

static void
added_late_cb (GObject      *session,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!mullion_session_add_content_filter_finish (MULLION_SESSION (session), result, &error))
    g_warning ("%s", error->message);
}

void
mullion_filter_rules_add (MullionFilterRules *self,
                          MullionSession     *session)
{
  GHashTableIter iter;
  gpointer name, rules;

  g_hash_table_iter_init (&iter, self->rules);
  while (g_hash_table_iter_next (&iter, &name, &rules))
    {
      g_autofree char *own = g_strconcat (PREFIX, name, NULL);

      mullion_session_add_content_filter_async (session, own, rules, NULL, added_late_cb, NULL);
    }
}
