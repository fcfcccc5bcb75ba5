/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-manifest-checks.h"

#include "mullion-error.h"
#include "mullion-schema.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * The rules for single values of a manifest: what type they have, where a path may lead, what an
 * origin looks like. Main process.
 *
 * The manifest is written by the author of the app, whom we trust with the app but not with never
 * making a typing mistake: each message names the file, the key, and what was expected.
 */

#define APP_ID_PREFIX "io.github.mullion.app."

/* A manifest of more than this is a mistake, /dev/zero say, and not a manifest. */
#define MAX_MANIFEST_SIZE (1024 * 1024)

/* JSON-GLib reads what is nested by calling itself, and some 50000 levels are the end of the stack. */
#define MAX_OPENED 5000

gboolean
mullion_manifest_set_error (const MullionManifestPlace  *place,
                            int                          code,
                            GError                     **error,
                            const char                  *format,
                            ...)
{
  g_autofree char *message = NULL;
  va_list list;

  va_start (list, format);
  message = g_strdup_vprintf (format, list);
  va_end (list);
  g_set_error (error, MULLION_ERROR, code, "%s: \"%s\" %s", place->file, place->key, message);
  return FALSE;
}

static const char *
name_type (JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return "an object";
    case JSON_NODE_ARRAY:
      return "an array";
    case JSON_NODE_NULL:
      return "null";
    case JSON_NODE_VALUE:
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        return "a string";
      return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? "a boolean" : "a number";
    default:
      return "nothing";
    }
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
has_control_characters (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return TRUE;
  return FALSE;
}

/* A string that is not empty and fits one line: control characters would let a policy add lines to
 * the headers of a page, and have no business in a name or path either. */
char *
mullion_manifest_check_string (const MullionManifestPlace  *place,
                               JsonNode                    *node,
                               GError                     **error)
{
  const char *text;

  if (!is_string (node))
    {
      mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                  "must be a string, not %s", name_type (node));
      return NULL;
    }
  text = json_node_get_string (node);
  if (*text == '\0' || has_control_characters (text))
    {
      mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                  "must be a string of one line that is not empty");
      return NULL;
    }
  return g_strdup (text);
}

char **
mullion_manifest_check_strings (const MullionManifestPlace  *place,
                                JsonNode                    *node,
                                GError                     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                  "must be an array of strings, not %s", name_type (node));
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!is_string (element))
        {
          mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                      "must be an array of strings, but element %u is %s", i,
                                      name_type (element));
          return NULL;
        }
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

static gboolean
has_parent_component (const char *path)
{
  g_auto (GStrv) components = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *) components, "..");
}

static gboolean
lies_below (const char *folder,
            const char *path)
{
  g_autofree char *real_folder = realpath (folder, NULL);
  size_t length = real_folder != NULL ? strlen (real_folder) : 0;

  if (real_folder == NULL || !g_str_has_prefix (path, real_folder))
    return FALSE;
  return path[length] == '/' || path[length] == '\0' || g_str_equal (real_folder, "/");
}

/* Something of the app: relative, there, and still in the folder after every link was followed.
 * @mode: S_IFREG or S_IFDIR, which @kind names */
static char *
check_place (const MullionManifestPlace  *place,
             const char                  *folder,
             JsonNode                    *node,
             mode_t                       mode,
             const char                  *kind,
             GError                     **error)
{
  g_autofree char *path = mullion_manifest_check_string (place, node, error);
  g_autofree char *full = NULL;
  g_autofree char *real = NULL;
  struct stat info;

  if (path == NULL)
    return NULL;
  if (g_path_is_absolute (path) || has_parent_component (path) || strstr (path, "://") != NULL)
    mullion_manifest_set_error (place, MULLION_ERROR_NOT_ALLOWED, error,
                                "is \"%s\": expected a path relative to the app's folder that "
                                "stays in it", path);
  else if ((real = realpath ((full = g_build_filename (folder, path, NULL)), NULL)) == NULL)
    mullion_manifest_set_error (place, MULLION_ERROR_NOT_FOUND, error,
                                "is \"%s\": there is no such %s in %s", path, kind, folder);
  else if (!lies_below (folder, real))
    mullion_manifest_set_error (place, MULLION_ERROR_NOT_ALLOWED, error,
                                "is \"%s\": this link leads out of the app's folder, to %s", path,
                                real);
  else if (stat (real, &info) != 0 || (info.st_mode & S_IFMT) != mode)
    mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                "is \"%s\": expected a %s, and this is none", path, kind);
  else
    return g_steal_pointer (&path);
  return NULL;
}

char *
mullion_manifest_check_path (const MullionManifestPlace  *place,
                             const char                  *folder,
                             JsonNode                    *node,
                             GError                     **error)
{
  return check_place (place, folder, node, S_IFREG, "file", error);
}

char *
mullion_manifest_check_folder (const MullionManifestPlace  *place,
                               const char                  *folder,
                               JsonNode                    *node,
                               GError                     **error)
{
  return check_place (place, folder, node, S_IFDIR, "folder", error);
}

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1") ||
         g_str_equal (host, "::1");
}

/* An origin gets the preload, and with it the capabilities: plain http is let in from this machine
 * alone (a development server), since anybody on the way could write the page. */
gboolean
mullion_manifest_check_origin (const MullionManifestPlace  *place,
                               const char                  *origin,
                               GError                     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || strpbrk (host, "*% ") != NULL ||
      *g_uri_get_path (uri) != '\0' || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL || g_uri_get_userinfo (uri) != NULL ||
      !(g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host))))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "lists \"%s\": expected an origin such as "
                                       "\"https://example.org\" (http only for localhost), "
                                       "without path or wildcard", origin);
  return TRUE;
}

gboolean
mullion_manifest_check_name (const MullionManifestPlace  *place,
                             const char                  *name,
                             GError                     **error)
{
  const char *allowed = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:/";

  if (*name != '\0' && strlen (name) <= 128 && strspn (name, allowed) == strlen (name))
    return TRUE;

  return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                     "names \"%s\": expected up to 128 letters, digits and signs of "
                                     "-_.:/", name);
}

gboolean
mullion_manifest_check_members (const MullionManifestPlace  *place,
                                JsonObject                  *object,
                                const char *const           *known,
                                GError                     **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      {
        g_autofree char *list = g_strjoinv (", ", (char **) known);

        return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                           "has the unknown key \"%s\": expected %s",
                                           (const char *) l->data, list);
      }

  return TRUE;
}

gboolean
mullion_manifest_check_schemas (const MullionManifestPlace  *place,
                                JsonNode                    *node,
                                GHashTable                  *schemas,
                                GError                     **error)
{
  JsonObjectIter iter;
  const char *channel;
  JsonNode *json;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object with the schemas of channels");

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &channel, &json))
    {
      g_autoptr (GError) reason = NULL;
      MullionSchema *schema = mullion_schema_new (json, &reason);

      if (schema == NULL)
        return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                           "is not what it must be: \"%s\": %s", channel,
                                           reason->message);
      g_hash_table_insert (schemas, g_strdup (channel), schema);
    }

  return TRUE;
}

/* Of all brackets, for what looks like a string may stand in a comment. */
static gsize
count_opened (const char *text)
{
  gsize n = 0;

  for (const char *c = text; *c != '\0'; c++)
    n += *c == '[' || *c == '{';

  return n;
}

char *
mullion_manifest_read_text (const char  *file,
                            GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;
  struct stat info;

  if (stat (file, &info) != 0)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                 "%s: cannot read the app's manifest: %s", file, g_strerror (errno));
  else if (!S_ISREG (info.st_mode) || info.st_size > MAX_MANIFEST_SIZE)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "%s: expected a file of at most 1 MiB", file);
  else if (!g_file_get_contents (file, &text, &length, error))
    g_prefix_error (error, "%s: ", file);
  else if (!g_utf8_validate (text, length, NULL))
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "%s: expected JSON in UTF-8", file);
  else if (count_opened (text) > MAX_OPENED)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "%s: expected %d arrays and objects at most", file, MAX_OPENED);
  else
    return g_steal_pointer (&text);
  return NULL;
}

gboolean
mullion_manifest_check_programs (const MullionManifestPlace  *place,
                                 JsonNode                    *node,
                                 GHashTable                  *programs,
                                 GError                     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *command;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object, not %s", name_type (node));

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &command))
    {
      g_auto (GStrv) argv = NULL;

      if (!mullion_manifest_check_name (place, name, error) ||
          (argv = mullion_manifest_check_strings (place, command, error)) == NULL)
        return FALSE;
      if (*argv == NULL)
        return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                           "has nothing to run for \"%s\"", name);
      g_hash_table_insert (programs, g_strdup (name), g_steal_pointer (&argv));
    }

  return TRUE;
}

/* "@team/my app" → io.github.mullion.app.team.my_app_<hash>. A name that had to be bent gets the
 * hash of what it was: two apps must never share their data because of our spelling. */
char *
mullion_manifest_derive_app_id (const char *name)
{
  g_autoptr (GString) id = g_string_new (APP_ID_PREFIX);
  const char *plain = *name == '@' ? name + 1 : name;
  gboolean is_bent = FALSE;
  gboolean at_start = TRUE;

  for (const char *c = plain; *c != '\0'; c++)
    {
      gboolean is_kept = g_ascii_isalnum (*c) || *c == '-' || *c == '_';

      /* A part of a D-Bus name is not empty and does not begin with a digit. */
      if (at_start && !g_ascii_isalpha (*c))
        g_string_append_c (id, '_');
      at_start = *c == '/' && c != plain && c[1] != '\0';
      is_bent = is_bent || !(is_kept || at_start) || g_ascii_isupper (*c);
      g_string_append_c (id, is_kept ? g_ascii_tolower (*c) : at_start ? '.' : '_');
    }

  if (is_bent || at_start || id->len > 200)
    {
      g_string_truncate (id, MIN (id->len, 200));
      g_string_append_printf (id, "_%08x", g_str_hash (name));
    }
  return g_string_free (g_steal_pointer (&id), FALSE);
}
