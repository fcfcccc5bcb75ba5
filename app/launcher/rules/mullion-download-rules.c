/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-download-rules.h"

#include "mullion-rule-notes.h"
#include "mullion-rule-origins.h"

#include <glib/gstdio.h>

/*
 * MullionDownloadRules: the manifest's `downloads`, and the handler that follows them.
 *
 * Main process. A page may begin as many downloads as it likes, each of any length: what runs at a
 * time and how much may come are bounded, whatever the server has said before.
 */

#define DEFAULT_MAX_BYTES (G_GINT64_CONSTANT (1) << 30)
#define DEFAULT_MAX_AT_ONCE 4

/* Files of one name in a folder. */
#define MAX_SAME_NAME 1000

typedef enum
{
  DOWNLOADS,
  DATA,
  N_PLACES,
} Place;

static const char *const place_names[] = { "downloads", "data", NULL };

struct _MullionDownloadRules
{
  Place to;
  GStrv origins;
  gint64 max_bytes;
  gint64 max_at_once;

  MullionApp *app;     /* (unowned): its sessions are gone when it is */
  GHashTable *running; /* (owned) MullionDownloadItem → its path */
};

/* -- What is written -- */

static gboolean
read_place (MullionDownloadRules        *self,
            const MullionManifestPlace  *place,
            JsonNode                    *node,
            GError                     **error)
{
  g_autofree char *name = NULL;

  if (node != NULL && (name = mullion_manifest_check_string (place, node, error)) == NULL)
    return FALSE;

  for (int i = 0; i < N_PLACES; i++)
    if (g_strcmp0 (name, place_names[i]) == 0)
      {
        self->to = i;
        return TRUE;
      }

  return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                     "must say where files go: \"downloads\" or \"data\"");
}

/* @number: what it is without one */
static gboolean
read_number (const MullionManifestPlace  *place,
             JsonObject                  *object,
             const char                  *name,
             gint64                      *number,
             GError                     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < 1)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has a \"%s\" that is no whole number above 0", name);

  *number = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_object (MullionDownloadRules        *self,
             const MullionManifestPlace  *place,
             JsonObject                  *object,
             GError                     **error)
{
  static const char *const known[] = { "maxAtOnce", "maxBytes", "origins", "to", NULL };

  if (!mullion_manifest_check_members (place, object, known, error) ||
      !read_place (self, place, json_object_get_member (object, "to"), error) ||
      !read_number (place, object, "maxBytes", &self->max_bytes, error) ||
      !read_number (place, object, "maxAtOnce", &self->max_at_once, error))
    return FALSE;

  g_strfreev (self->origins);
  self->origins = mullion_rule_origins_read (place, json_object_get_member (object, "origins"),
                                             error);
  return self->origins != NULL;
}

MullionDownloadRules *
mullion_download_rules_new (const MullionManifestPlace  *place,
                            JsonNode                    *node,
                            GError                     **error)
{
  MullionDownloadRules *self = g_rc_box_new0 (MullionDownloadRules);
  gboolean is_read;

  self->origins = g_new0 (char *, 1);
  self->max_bytes = DEFAULT_MAX_BYTES;
  self->max_at_once = DEFAULT_MAX_AT_ONCE;
  self->running = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  if (JSON_NODE_HOLDS_OBJECT (node))
    is_read = read_object (self, place, json_node_get_object (node), error);
  else
    is_read = read_place (self, place, node, error);
  if (is_read)
    return self;

  mullion_download_rules_unref (self);
  return NULL;
}

MullionDownloadRules *
mullion_download_rules_ref (MullionDownloadRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionDownloadRules *self = data;

  g_strfreev (self->origins);
  g_hash_table_unref (self->running);
}

void
mullion_download_rules_unref (MullionDownloadRules *self)
{
  g_rc_box_release_full (self, clear);
}

void
mullion_download_rules_describe (const MullionDownloadRules *self,
                                 GPtrArray                  *findings)
{
  static const char *const places[] = { "the user's folder for downloads", "the app's data" };

  g_ptr_array_add (findings, g_strdup_printf ("pages may download files to %s", places[self->to]));
  for (guint i = 0; self->origins[i] != NULL; i++)
    g_ptr_array_add (findings, g_strdup_printf ("and so may pages of %s", self->origins[i]));
}

/* -- Where a file goes -- */

static char *
dup_folder (MullionDownloadRules  *self,
            GError               **error)
{
  g_autofree char *data = NULL;

  if (self->to == DOWNLOADS)
    return mullion_app_dup_path (self->app, "downloads", error);

  data = mullion_app_dup_path (self->app, "userData", error);
  return data != NULL ? g_build_filename (data, "downloads", NULL) : NULL;
}

static gboolean
is_running (MullionDownloadRules *self,
            const char           *path)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->running);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (g_strcmp0 (other, path) == 0)
      return TRUE;

  return FALSE;
}

/* "note.txt", "note (1).txt" and so on: no file of the user's is ever written over. A link that
 * leads nowhere is there, too. */
static char *
dup_free_path (MullionDownloadRules *self,
               const char           *folder,
               const char           *name)
{
  const char *dot = strrchr (name, '.');
  int stem = dot != NULL && dot != name ? (int) (dot - name) : (int) strlen (name);

  for (guint i = 0; i < MAX_SAME_NAME; i++)
    {
      g_autofree char *number = i > 0 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *full = g_strdup_printf ("%.*s%s%s", stem, name, number, name + stem);
      g_autofree char *path = g_build_filename (folder, full, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) != 0 && !is_running (self, path))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/* Returns: (nullable): why there is no place */
static const char *
find_place (MullionDownloadRules  *self,
            MullionDownloadItem   *item,
            char                 **path)
{
  g_autofree char *folder = dup_folder (self, NULL);

  if (folder == NULL || g_mkdir_with_parents (folder, 0700) != 0)
    return "there is no folder for it";

  *path = dup_free_path (self, folder, mullion_download_item_get_filename (item));
  return *path == NULL ? "there are too many of its name" : NULL;
}

/* -- What happens -- */

static void
refuse (MullionDownloadItem *item,
        const char          *why)
{
  mullion_rule_note ("the download of %s was refused: %s", mullion_download_item_get_url (item),
                     why);
  mullion_download_item_cancel (item);
}

static const char *
find_fault (MullionDownloadRules *self,
            MullionDownloadItem  *item,
            MullionWebContents   *contents)
{
  if (!mullion_rule_origins_match ((const char *const *) self->origins,
                                   mullion_app_get_origin (self->app),
                                   mullion_web_contents_get_uri (contents)))
    return "the downloads of the manifest do not list the page's origin";
  if (g_hash_table_size (self->running) >= self->max_at_once)
    return "too many run already";
  if (mullion_download_item_get_total_bytes (item) > (guint64) self->max_bytes)
    return "it is too large";

  return NULL;
}

/* The server may say less than it sends, or nothing. */
static void
updated_cb (MullionDownloadItem  *item,
            const char           *state,
            MullionDownloadRules *self)
{
  if (mullion_download_item_get_received_bytes (item) > (guint64) self->max_bytes)
    refuse (item, "it is too large");
}

static void
done_cb (MullionDownloadItem  *item,
         const char           *state,
         MullionDownloadRules *self)
{
  g_hash_table_remove (self->running, item);
}

static void
release (gpointer  self,
         GClosure *closure)
{
  mullion_download_rules_unref (self);
}

static void
begin (MullionDownloadRules *self,
       MullionDownloadItem  *item,
       char                 *path)
{
  mullion_download_item_set_save_path (item, path);
  g_hash_table_insert (self->running, g_object_ref (item), path);
  g_signal_connect_data (item, "updated", G_CALLBACK (updated_cb),
                         mullion_download_rules_ref (self), release, 0);
  g_signal_connect_data (item, "done", G_CALLBACK (done_cb), mullion_download_rules_ref (self),
                         release, 0);
}

/* What the app itself downloads is its module's affair, and so is what that has decided already. */
static void
will_download_cb (MullionSession       *session,
                  MullionDownloadItem  *item,
                  MullionWebContents   *contents,
                  MullionDownloadRules *self)
{
  const char *fault;
  char *path = NULL;

  if (contents == NULL || mullion_download_item_get_save_path (item) != NULL ||
      !g_str_equal (mullion_download_item_get_state (item), "progressing"))
    return;

  fault = find_fault (self, item, contents);
  if (fault == NULL)
    fault = find_place (self, item, &path);
  if (fault == NULL)
    begin (self, item, path);
  else
    refuse (item, fault);
}

void
mullion_download_rules_apply (MullionDownloadRules *self,
                              MullionSession       *session,
                              MullionApp           *app)
{
  self->app = app;
  g_signal_connect_data (session, "will-download", G_CALLBACK (will_download_cb),
                         mullion_download_rules_ref (self), release, 0);
}
