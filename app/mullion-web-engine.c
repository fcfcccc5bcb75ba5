/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-engine.h"

#include "mullion-caret-key.h"
#include "mullion-own-files.h"
#include "mullion-wire.h"

/*
 * MullionWebEngine: the one WebKit of an app.
 *
 * Lives in the main process: the web context with our extension and the app:// scheme, and a session
 * a partition, so that windows of one partition share their storage. Web processes stay in WebKit's
 * sandbox.
 */

struct _MullionWebEngine
{
  GObject parent_instance;

  WebKitWebContext *context;
  MullionAppScheme *scheme;
  char *world_name;
  char *data_dir;
  char *cache_dir;
  gboolean is_unaccelerated;
  GHashTable *schemes;  /* those of the app's handlers */
  GHashTable *sessions; /* partition, "" for the app's own → MullionSession */
};

G_DEFINE_FINAL_TYPE (MullionWebEngine, mullion_web_engine, G_TYPE_OBJECT)

static guint session_created;

char *
mullion_web_engine_dup_extension_path (void)
{
  g_autofree char *dir = mullion_own_files_dup_extension_dir ();

  return g_build_filename (dir != NULL ? dir : "", "libmullion-renderer.so", NULL);
}

static void
initialize_extensions_cb (WebKitWebContext *context,
                          MullionWebEngine *self)
{
  webkit_web_context_set_web_process_extensions_initialization_user_data (
    context, g_variant_new (MULLION_RENDERER_DATA_TYPE, self->world_name));
}

static void
set_up_extension (MullionWebEngine *self)
{
  g_autofree char *dir = mullion_own_files_dup_extension_dir ();
  g_autofree char *module = mullion_web_engine_dup_extension_path ();

  if (!g_file_test (module, G_FILE_TEST_IS_REGULAR))
    g_warning ("Mullion's web-process extension is not at %s: pages will have no bridge. "
               "Set MULLION_EXTENSION_DIR when running from a build tree.", module);

  /* Web processes see the system's folders only, and this may be another. */
  if (dir != NULL && g_file_test (dir, G_FILE_TEST_IS_DIR))
    {
      webkit_web_context_add_path_to_sandbox (self->context, dir, TRUE);
      webkit_web_context_set_web_process_extensions_directory (self->context, dir);
    }
  g_signal_connect (self->context, "initialize-web-process-extensions",
                    G_CALLBACK (initialize_extensions_cb), self);
}

/* @partition: (nullable) */
MullionSession *
mullion_web_engine_get_session (MullionWebEngine *self,
                                const char       *partition)
{
  MullionSession *session;

  if (partition == NULL)
    partition = "";

  session = g_hash_table_lookup (self->sessions, partition);
  if (session == NULL)
    {
      session = mullion_session_new (self, partition, self->data_dir, self->cache_dir);
      g_hash_table_insert (self->sessions, g_strdup (partition), session);
      g_signal_emit (self, session_created, 0, session);
    }

  return session;
}

/* Security: what opens the same-origin policy, local files or the user's clipboard to a page is
 * said here, so that no default of WebKit's has a say. */
static WebKitSettings *
new_settings (const MullionWebPreferences *preferences)
{
  return g_object_new (WEBKIT_TYPE_SETTINGS,
                       "enable-javascript", preferences->javascript,
                       "enable-developer-extras", preferences->dev_tools,
                       "javascript-can-open-windows-automatically", FALSE,
                       "javascript-can-access-clipboard", FALSE,
                       "allow-file-access-from-file-urls", FALSE,
                       "allow-universal-access-from-file-urls", FALSE,
                       "allow-top-navigation-to-data-urls", FALSE,
                       "disable-web-security", FALSE,
                       /* Cameras, microphones and the screen: the permission handler is asked for
                        * each, and without one every page is denied. */
                       "enable-media-stream", TRUE,
                       /* A page kept for going back would keep its half of the bridge, with calls
                        * whose answers nobody can deliver. */
                       "enable-page-cache", FALSE,
                       NULL);
}

WebKitWebContext *
mullion_web_engine_get_context (MullionWebEngine *self)
{
  return self->context;
}

/* WebKit has no way to take a scheme back. */
void
mullion_web_engine_register_scheme (MullionWebEngine               *self,
                                    const char                     *scheme,
                                    WebKitURISchemeRequestCallback  callback)
{
  if (g_hash_table_add (self->schemes, g_strdup (scheme)))
    webkit_web_context_register_uri_scheme (self->context, scheme, callback, self, NULL);
}

MullionAppScheme *
mullion_web_engine_get_scheme (MullionWebEngine *self)
{
  return self->scheme;
}

/* For the views to come. */
void
mullion_web_engine_set_unaccelerated (MullionWebEngine *self)
{
  self->is_unaccelerated = TRUE;
}

/* For the views to come: @automation may drive them. */
void
mullion_web_engine_set_automation (MullionWebEngine  *self,
                                   MullionAutomation *automation)
{
  mullion_automation_attach (automation, self->context);
}

/* @related: (nullable): the view whose page opens this one
 *
 * Returns: (transfer floating) */
WebKitWebView *
mullion_web_engine_new_view (MullionWebEngine            *self,
                             const MullionWebPreferences *preferences,
                             MullionSession              *session,
                             WebKitWebView               *related)
{
  g_autoptr(WebKitSettings) settings = new_settings (preferences);
  WebKitWebView *view;

  if (self->is_unaccelerated)
    webkit_settings_set_hardware_acceleration_policy (settings,
                                                      WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);

  if (session->user_agent != NULL)
    webkit_settings_set_user_agent (settings, session->user_agent);

  /* It has its relative's context and session. */
  if (related != NULL)
    view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                         "related-view", related,
                         "settings", settings,
                         "zoom-level", preferences->zoom_factor,
                         NULL);
  else
    view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                         "web-context", self->context,
                         "network-session", mullion_session_get_network_session (session),
                         "settings", settings,
                         "zoom-level", preferences->zoom_factor,
                         "is-controlled-by-automation",
                         webkit_web_context_is_automation_allowed (self->context),
                         NULL);
  mullion_session_filter_view (session, view);

  return view;
}

static void
mullion_web_engine_finalize (GObject *object)
{
  MullionWebEngine *self = MULLION_WEB_ENGINE (object);

  g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->schemes, g_hash_table_unref);
  g_clear_object (&self->scheme);
  g_clear_object (&self->context);
  g_free (self->world_name);
  g_free (self->data_dir);
  g_free (self->cache_dir);

  G_OBJECT_CLASS (mullion_web_engine_parent_class)->finalize (object);
}

static void
mullion_web_engine_class_init (MullionWebEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_web_engine_finalize;

  mullion_caret_key_tame ();
  session_created = g_signal_new ("session-created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, MULLION_TYPE_SESSION);
}

static void
mullion_web_engine_init (MullionWebEngine *self)
{
  g_autofree char *random = g_uuid_string_random ();

  self->context = webkit_web_context_new ();
  /* Where there is a dictionary of the user's language. */
  webkit_web_context_set_spell_checking_enabled (self->context, TRUE);
  self->schemes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->world_name = g_strconcat ("mullion-preload-", random, NULL);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

MullionWebEngine *
mullion_web_engine_new (const char *host,
                        const char *data_dir,
                        const char *cache_dir)
{
  MullionWebEngine *self = g_object_new (MULLION_TYPE_WEB_ENGINE, NULL);

  self->data_dir = g_strdup (data_dir);
  self->cache_dir = g_strdup (cache_dir);
  self->scheme = mullion_app_scheme_new (host);
  mullion_app_scheme_register (self->scheme, self->context);
  set_up_extension (self);

  return self;
}
