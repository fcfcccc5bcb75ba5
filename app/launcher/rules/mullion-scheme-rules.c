/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-scheme-rules.h"

#include "capabilities/mullion-text-path.h"
#include "mullion-rule-notes.h"
#include "mullion-rule-origins.h"

/*
 * MullionSchemeRules: the manifest's `schemes`, and who answers them.
 *
 * Main process. An address of such a scheme is a file below one folder, for reading, and only for
 * the app's own pages: a page of the web that the app shows could otherwise show the user's pictures
 * as its own. WebKit does not say which frame asks, so a frame of another origin in a page of the app
 * can show them, too; it cannot read what it shows.
 */

#define MAX_SCHEMES 16

/* Counted: the sessions that answer by it have it, too. */
typedef struct
{
  char *scheme;
  char *data;   /* (nullable): below what the pages wrote; NULL for a folder of the app */
  GFile *root;  /* (nullable): NULL before it is known where the data is, as the next */
  char *origin; /* (nullable): the app's */
} Rule;

struct _MullionSchemeRules
{
  GPtrArray *rules; /* of Rule (owned) */
};

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->scheme);
  g_free (rule->data);
  g_clear_object (&rule->root);
  g_free (rule->origin);
}

static void
release_rule (gpointer rule)
{
  g_rc_box_release_full (rule, clear_rule);
}

/* -- What is written -- */

static gboolean
read_data (Rule                        *rule,
           const MullionManifestPlace  *place,
           JsonNode                    *node,
           GError                     **error)
{
  g_autoptr(GError) reason = NULL;

  rule->data = mullion_manifest_check_string (place, node, error);
  if (rule->data == NULL)
    return FALSE;
  if (g_str_equal (rule->data, ".") || mullion_text_path_check (rule->data, &reason))
    return TRUE;

  return mullion_manifest_set_error (place, MULLION_ERROR_NOT_ALLOWED, error,
                                     "has a \"data\" that is no folder as in text-files, or "
                                     "\".\": %s", reason->message);
}

static gboolean
read_rule (Rule                        *rule,
           const MullionManifestPlace  *place,
           const char                  *app_folder,
           JsonNode                    *node,
           GError                     **error)
{
  static const char *const known[] = { "data", "folder", NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *folder = NULL;

  if (object == NULL || json_object_get_size (object) != 1 ||
      !mullion_manifest_check_members (place, object, known, NULL))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be { \"folder\": … }, a folder of the app, or "
                                       "{ \"data\": … }, a folder of what its pages wrote");
  if (json_object_has_member (object, "data"))
    return read_data (rule, place, json_object_get_member (object, "data"), error);

  folder = mullion_manifest_check_folder (place, app_folder,
                                          json_object_get_member (object, "folder"), error);
  if (folder == NULL)
    return FALSE;
  rule->root = g_file_new_build_filename (app_folder, folder, NULL);
  return TRUE;
}

static gboolean
add_rule (MullionSchemeRules          *self,
          const MullionManifestPlace  *place,
          const char                  *app_folder,
          const char                  *scheme,
          JsonNode                    *node,
          GError                     **error)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", place->key, scheme);
  MullionManifestPlace inner = { place->file, key };
  g_autoptr(GError) reason = NULL;
  Rule *rule;

  if (!mullion_protocol_check_scheme (scheme, &reason))
    return mullion_manifest_set_error (place, reason->code, error, "names \"%s\": %s", scheme,
                                       reason->message);

  rule = g_rc_box_new0 (Rule);
  rule->scheme = g_strdup (scheme);
  g_ptr_array_add (self->rules, rule);
  return read_rule (rule, &inner, app_folder, node, error);
}

static gboolean
read_all (MullionSchemeRules          *self,
          const MullionManifestPlace  *place,
          const char                  *folder,
          JsonNode                    *node,
          GError                     **error)
{
  JsonObjectIter iter;
  const char *scheme;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      json_object_get_size (json_node_get_object (node)) > MAX_SCHEMES)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "must be an object with up to %d schemes", MAX_SCHEMES);

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &scheme, &value))
    if (!add_rule (self, place, folder, scheme, value, error))
      return FALSE;

  return TRUE;
}

MullionSchemeRules *
mullion_scheme_rules_new (const MullionManifestPlace  *place,
                          const char                  *folder,
                          JsonNode                    *node,
                          GError                     **error)
{
  MullionSchemeRules *self = g_rc_box_new0 (MullionSchemeRules);

  self->rules = g_ptr_array_new_with_free_func (release_rule);
  if (read_all (self, place, folder, node, error))
    return self;

  mullion_scheme_rules_unref (self);
  return NULL;
}

MullionSchemeRules *
mullion_scheme_rules_ref (MullionSchemeRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionSchemeRules *self = data;

  g_ptr_array_unref (self->rules);
}

void
mullion_scheme_rules_unref (MullionSchemeRules *self)
{
  g_rc_box_release_full (self, clear);
}

/* -- What is answered -- */

static void
refuse (MullionProtocolRequest *request,
        guint                   status,
        const char             *why)
{
  mullion_rule_note ("%s was refused: %s", mullion_protocol_request_get_url (request), why);
  mullion_protocol_request_set_status (request, status);
  mullion_protocol_request_respond_bytes (request, "text/plain", g_bytes_new (why, strlen (why)));
}

static gboolean
is_asked_by_app (Rule                   *rule,
                 MullionProtocolRequest *request)
{
  static const char *const nobody[] = { NULL };
  MullionWebContents *contents = mullion_protocol_request_get_web_contents (request);

  return contents != NULL && mullion_rule_origins_match (nobody, rule->origin,
                                                         mullion_web_contents_get_uri (contents));
}

/* A name where the host is would look like the name of a file, and be none. */
static gboolean
has_host (Rule                   *rule,
          MullionProtocolRequest *request)
{
  const char *url = mullion_protocol_request_get_url (request);

  return !g_str_has_prefix (url + strlen (rule->scheme), ":///");
}

/* To fetch with a header of its own, a page has WebKit ask first. */
static void
set_headers (Rule                   *rule,
             MullionProtocolRequest *request)
{
  mullion_protocol_request_set_header (request, "Access-Control-Allow-Origin", rule->origin);
  mullion_protocol_request_set_header (request, "Access-Control-Allow-Headers", "Range");
  mullion_protocol_request_set_header (request, "Access-Control-Expose-Headers",
                                       "Accept-Ranges, Content-Length, Content-Range");
}

static void
handler_cb (MullionProtocolRequest *request,
            gpointer                user_data)
{
  Rule *rule = user_data;

  if (!is_asked_by_app (rule, request))
    {
      refuse (request, 403, "only pages of the app itself may have it");
      return;
    }

  set_headers (rule, request);
  if (has_host (rule, request))
    refuse (request, 404, "the path begins after three slashes");
  else if (g_str_equal (mullion_protocol_request_get_method (request), "OPTIONS"))
    mullion_protocol_request_respond_bytes (request, "text/plain", g_bytes_new (NULL, 0));
  else
    mullion_protocol_request_respond_file (request, rule->root);
}

/* -- When -- */

/* Beside the text files, and nothing else of the data: there lie the cookies, too. */
static GFile *
find_data (MullionApp *app,
           const char *data)
{
  g_autofree char *own = mullion_app_dup_path (app, "userData", NULL);

  return own != NULL ? g_file_new_build_filename (own, "files", data, NULL) : NULL;
}

static void
add_privileges (JsonArray  *all,
                const char *scheme)
{
  JsonObject *object = json_object_new ();
  JsonObject *privileges = json_object_new ();

  json_object_set_boolean_member (privileges, "secure", TRUE);
  json_object_set_boolean_member (privileges, "corsEnabled", TRUE);
  json_object_set_string_member (object, "scheme", scheme);
  json_object_set_object_member (object, "privileges", privileges);
  json_array_add_object_element (all, object);
}

void
mullion_scheme_rules_start (MullionSchemeRules *self,
                            MullionApp         *app,
                            gboolean            in_policy)
{
  g_autoptr(JsonArray) all = json_array_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = self->rules->pdata[i];

      g_free (rule->origin);
      rule->origin = g_strdup (mullion_app_get_origin (app));
      if (rule->root == NULL)
        rule->root = find_data (app, rule->data);
      add_privileges (all, rule->scheme);
      if (in_policy)
        mullion_app_allow_scheme_content (app, rule->scheme);
    }
  if (!mullion_app_register_schemes_as_privileged (app, all, &error))
    g_warning ("The schemes have no privileges: %s", error->message);
}

void
mullion_scheme_rules_apply (MullionSchemeRules *self,
                            MullionSession     *session)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = self->rules->pdata[i];
      g_autoptr(GError) error = NULL;

      if (rule->root != NULL &&
          !mullion_session_handle_protocol (session, rule->scheme, handler_cb,
                                            g_rc_box_acquire (rule), release_rule, &error))
        g_warning ("%s", error->message);
    }
}
