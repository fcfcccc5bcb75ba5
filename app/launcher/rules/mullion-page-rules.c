/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-rules.h"

#include "mullion-network-rules.h"
#include "mullion-rule-origins.h"

/*
 * MullionPageRules: where pages go, what they open, keep and ask for, as their manifest says.
 *
 * Main process. Without a rule the library's own answer holds, which is no. It decides for every
 * page of the app, those of windows too that a page has opened.
 */

struct _MullionPageRules
{
  MullionApp *app;           /* (unowned): the launcher's */
  MullionManifest *manifest; /* owned */
  GHashTable *sessions;      /* of (unowned) MullionSession: those that have their rules */
};

static gboolean
rule_session (MullionPageRules  *self,
              MullionSession    *session,
              GError           **error)
{
  MullionPermissionRules *permissions = mullion_manifest_get_permissions (self->manifest);
  MullionDownloadRules *downloads = mullion_manifest_get_downloads (self->manifest);

  MullionSchemeRules *schemes = mullion_manifest_get_schemes (self->manifest);

  if (permissions != NULL)
    mullion_permission_rules_apply (permissions, session, mullion_app_get_origin (self->app));
  if (downloads != NULL)
    mullion_download_rules_apply (downloads, session, self->app);
  if (schemes != NULL)
    mullion_scheme_rules_apply (schemes, session);

  return mullion_network_rules_apply (mullion_manifest_get_file (self->manifest),
                                      mullion_manifest_get_user_agent (self->manifest),
                                      mullion_manifest_get_proxy (self->manifest), session, error);
}

/* A session that the app's module made: there is a page already that nobody can make wait. */
static void
rule_late (MullionPageRules *self,
           MullionSession   *session)
{
  MullionFilterRules *filters = mullion_manifest_get_filters (self->manifest);
  g_autoptr(GError) error = NULL;

  if (!g_hash_table_add (self->sessions, session))
    return;

  if (!rule_session (self, session, &error))
    g_warning ("%s", error->message);
  if (filters != NULL)
    mullion_filter_rules_add (filters, session);
}

static void
navigate_cb (MullionWebContents     *contents,
             MullionNavigationEvent *event,
             MullionManifest        *manifest)
{
  const char *const *origins = mullion_manifest_get_navigation (manifest);
  g_autofree char *origin =
    mullion_rule_origins_dup_origin (mullion_navigation_event_get_url (event));

  if (g_strv_contains (origins, origin))
    mullion_navigation_event_allow (event);
}

static void
release (gpointer  manifest,
         GClosure *closure)
{
  g_object_unref (manifest);
}

static void
web_contents_created_cb (MullionApp         *app,
                         MullionWebContents *contents,
                         MullionPageRules   *self)
{
  MullionWindowRules *windows = mullion_manifest_get_windows (self->manifest);
  MullionSession *session = mullion_web_contents_get_session (contents);

  /* What is replayed has no page. */
  if (session == NULL)
    return;

  rule_late (self, session);
  if (windows != NULL)
    mullion_window_rules_apply (windows, contents, app);
  g_signal_connect_data (contents, "will-navigate", G_CALLBACK (navigate_cb),
                         g_object_ref (self->manifest), release, 0);
  g_signal_connect_data (contents, "will-redirect", G_CALLBACK (navigate_cb),
                         g_object_ref (self->manifest), release, 0);
}

/* (transfer none): the session of the first window, and so of those that its page opens */
static MullionSession *
find_session (MullionPageRules *self)
{
  g_autoptr(JsonObject) options = mullion_manifest_create_window_options (self->manifest, NULL);
  JsonNode *partition = json_object_get_member (
    json_object_get_object_member (options, "webPreferences"), "partition");

  return mullion_session_from_partition (self->app,
                                         partition != NULL && JSON_NODE_HOLDS_VALUE (partition)
                                           ? json_node_get_string (partition) : NULL);
}

gboolean
mullion_page_rules_start (MullionPageRules  *self,
                          GError           **error)
{
  MullionSchemeRules *schemes = mullion_manifest_get_schemes (self->manifest);
  MullionFilterRules *filters = mullion_manifest_get_filters (self->manifest);
  MullionSession *session = find_session (self);

  if (schemes != NULL)
    mullion_scheme_rules_start (schemes, self->app,
                                mullion_manifest_get_policy (self->manifest) == NULL);
  g_hash_table_add (self->sessions, session);

  return rule_session (self, session, error) &&
         (filters == NULL || mullion_filter_rules_apply (filters, session, error));
}

MullionPageRules *
mullion_page_rules_new (MullionApp      *app,
                        MullionManifest *manifest)
{
  MullionPageRules *self = g_new0 (MullionPageRules, 1);

  self->app = app;
  self->manifest = g_object_ref (manifest);
  self->sessions = g_hash_table_new (NULL, NULL);
  g_signal_connect (app, "web-contents-created", G_CALLBACK (web_contents_created_cb), self);

  return self;
}

void
mullion_page_rules_free (MullionPageRules *self)
{
  g_signal_handlers_disconnect_by_data (self->app, self);
  g_hash_table_unref (self->sessions);
  g_object_unref (self->manifest);
  g_free (self);
}
