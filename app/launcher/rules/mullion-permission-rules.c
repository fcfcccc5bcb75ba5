/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-permission-rules.h"

#include "mullion-rule-notes.h"
#include "mullion-rule-origins.h"

/*
 * MullionPermissionRules: the manifest's `permissions`, and the handlers that follow them.
 *
 * Main process. The manifest is the author's and trusted; a mistake in it is an error and never
 * more than what was meant. Pages get what a rule names, at the origin that it names, and nothing else.
 */

typedef struct
{
  char *permission;
  char *origin;      /* (nullable): the app's own */
  GStrv media_types; /* (nullable): all */
} Rule;

struct _MullionPermissionRules
{
  GPtrArray *rules; /* of Rule */
};

typedef struct
{
  MullionPermissionRules *rules;
  char *own;
} Judge;

/* Those that WebKit asks about. */
static const char *const permissions[] = {
  "clipboard-read", "display-capture", "geolocation", "media", "notifications", "pointerLock", NULL
};

static const char *const media_types[] = { "audio", "video", NULL };

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->permission);
  g_free (rule->origin);
  g_strfreev (rule->media_types);
  g_free (rule);
}

/* -- What is written -- */

static gboolean
check_known (const MullionManifestPlace  *place,
             const char *const           *known,
             const char                  *what,
             const char                  *name,
             GError                     **error)
{
  g_autofree char *list = NULL;

  if (g_strv_contains (known, name))
    return TRUE;

  list = g_strjoinv (", ", (char **) known);
  return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                     "lists \"%s\", which is no %s: expected some of %s", name,
                                     what, list);
}

static gboolean
add (MullionPermissionRules      *self,
     const MullionManifestPlace  *place,
     const char                  *permission,
     const char                  *origin,
     const char *const           *types,
     GError                     **error)
{
  Rule *rule;

  if (!check_known (place, permissions, "permission", permission, error))
    return FALSE;
  if (types != NULL && !g_str_equal (permission, "media"))
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has \"mediaTypes\" for \"%s\": they are for \"media\" "
                                       "alone",
                                       permission);

  rule = g_new0 (Rule, 1);
  rule->permission = g_strdup (permission);
  rule->origin = g_strdup (origin);
  rule->media_types = g_strdupv ((char **) types);
  g_ptr_array_add (self->rules, rule);

  return TRUE;
}

static gboolean
read_media_types (const MullionManifestPlace  *place,
                  JsonNode                    *node,
                  GStrv                       *types,
                  GError                     **error)
{
  if (node == NULL)
    return TRUE;

  *types = mullion_manifest_check_strings (place, node, error);
  if (*types == NULL)
    return FALSE;
  if (**types == NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has no \"mediaTypes\" in its list: expected \"audio\", "
                                       "\"video\" or both");
  for (guint i = 0; (*types)[i] != NULL; i++)
    if (!check_known (place, media_types, "type of media", (*types)[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
read_origin (const MullionManifestPlace  *place,
             JsonNode                    *node,
             char                       **origin,
             GError                     **error)
{
  g_autofree char *written = NULL;

  if (node == NULL)
    return TRUE;

  written = mullion_manifest_check_string (place, node, error);
  if (written == NULL || !mullion_manifest_check_origin (place, written, error))
    return FALSE;

  *origin = mullion_rule_origins_dup_origin (written);
  return TRUE;
}

static gboolean
read_object (MullionPermissionRules      *self,
             const MullionManifestPlace  *place,
             JsonObject                  *object,
             GError                     **error)
{
  static const char *const known[] = { "mediaTypes", "origin", "permissions", NULL };
  JsonNode *list = json_object_get_member (object, "permissions");
  g_autofree char *origin = NULL;
  g_auto(GStrv) types = NULL;
  g_auto(GStrv) names = NULL;

  if (!mullion_manifest_check_members (place, object, known, error) ||
      !read_origin (place, json_object_get_member (object, "origin"), &origin, error) ||
      !read_media_types (place, json_object_get_member (object, "mediaTypes"), &types, error))
    return FALSE;
  if (list == NULL)
    return mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                       "has an element without \"permissions\", an array of names");

  names = mullion_manifest_check_strings (place, list, error);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!add (self, place, names[i], origin, (const char *const *) types, error))
      return FALSE;

  return names != NULL;
}

static gboolean
read_element (MullionPermissionRules      *self,
              const MullionManifestPlace  *place,
              JsonNode                    *node,
              GError                     **error)
{
  g_autofree char *name = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return read_object (self, place, json_node_get_object (node), error);

  name = mullion_manifest_check_string (place, node, error);
  return name != NULL && add (self, place, name, NULL, NULL, error);
}

MullionPermissionRules *
mullion_permission_rules_new (const MullionManifestPlace  *place,
                              JsonNode                    *node,
                              GError                     **error)
{
  MullionPermissionRules *self;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      mullion_manifest_set_error (place, MULLION_ERROR_INVALID_ARGUMENT, error,
                                  "must be an array of permissions and of objects with them");
      return NULL;
    }

  self = g_rc_box_new0 (MullionPermissionRules);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_element (self, place, json_array_get_element (array, i), error))
      {
        mullion_permission_rules_unref (self);
        return NULL;
      }

  return self;
}

MullionPermissionRules *
mullion_permission_rules_ref (MullionPermissionRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_ptr_array_unref (((MullionPermissionRules *) data)->rules);
}

void
mullion_permission_rules_unref (MullionPermissionRules *self)
{
  g_rc_box_release_full (self, clear);
}

void
mullion_permission_rules_describe (const MullionPermissionRules *self,
                                   GPtrArray                    *findings)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = self->rules->pdata[i];

      g_ptr_array_add (findings,
                       g_strdup_printf ("%s may have %s", rule->origin != NULL ? rule->origin
                                                                               : "the app's pages",
                                        rule->permission));
    }
}

/* -- What is asked -- */

static gboolean
covers (const Rule        *rule,
        const char *const *types)
{
  if (rule->media_types == NULL)
    return TRUE;

  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) rule->media_types, types[i]))
      return FALSE;

  return types != NULL;
}

gboolean
mullion_permission_rules_allow (const MullionPermissionRules *self,
                                const char                   *permission,
                                const char                   *origin,
                                const char *const            *types)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = self->rules->pdata[i];

      if (g_str_equal (rule->permission, permission) && g_strcmp0 (rule->origin, origin) == 0 &&
          covers (rule, types))
        return TRUE;
    }

  return FALSE;
}

static const char *
or_own (const Judge *judge,
        const char  *origin)
{
  return g_str_equal (origin, judge->own) ? NULL : origin;
}

static void
request_cb (MullionPermissionRequest *request,
            gpointer                  user_data)
{
  Judge *judge = user_data;
  const char *permission = mullion_permission_request_get_permission (request);
  g_autofree char *origin =
    mullion_rule_origins_dup_origin (mullion_permission_request_get_requesting_url (request));

  if (mullion_permission_rules_allow (judge->rules, permission, or_own (judge, origin),
                                      mullion_permission_request_get_media_types (request)))
    {
      mullion_permission_request_allow (request);
      return;
    }

  mullion_rule_note ("%s wants %s, which the permissions of the manifest do not list", origin,
                     permission);
  mullion_permission_request_deny (request);
}

static gboolean
check_cb (MullionWebContents *contents,
          const char         *permission,
          const char         *requesting_origin,
          gpointer            user_data)
{
  Judge *judge = user_data;

  return mullion_permission_rules_allow (judge->rules, permission,
                                         or_own (judge, requesting_origin), NULL);
}

static void
free_judge (gpointer data)
{
  Judge *judge = data;

  mullion_permission_rules_unref (judge->rules);
  g_free (judge->own);
  g_free (judge);
}

static Judge *
new_judge (MullionPermissionRules *self,
           const char             *own)
{
  Judge *judge = g_new0 (Judge, 1);

  judge->rules = mullion_permission_rules_ref (self);
  judge->own = g_strdup (own);

  return judge;
}

void
mullion_permission_rules_apply (MullionPermissionRules *self,
                                MullionSession         *session,
                                const char             *own)
{
  mullion_session_set_permission_request_handler (session, request_cb, new_judge (self, own),
                                                  free_judge);
  mullion_session_set_permission_check_handler (session, check_cb, new_judge (self, own),
                                                free_judge);
}
