/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-launcher.h"

#include "bridge/mullion-bridge.h"
#include "capabilities/mullion-capability.h"
#include "mullion-app-module.h"
#include "mullion-audit.h"
#include "mullion-manifest.h"
#include "mullion-replay-print.h"
#include "mullion-screenshot.h"
#include "rules/mullion-page-rules.h"

/*
 * One run of one app: from the command line over the manifest to the first window. Main process.
 *
 * It uses nothing of the library but its public interface: what the launcher does for an app
 * folder, a C program can do for itself. The manifest and the module are the author's and trusted;
 * pages are not, and get only the handlers that were asked for.
 */

#define GALLERY_ID "io.github.mullion.Gallery"

typedef struct
{
  const MullionLaunchOptions *options;
  const MullionLauncherGallery *gallery;

  MullionManifest *manifest; /* NULL for the Gallery */
  MullionAppModule *module;  /* NULL without one */

  MullionApp *app;
  MullionCapabilitySet *capabilities;
  MullionProgramBridge *programs; /* (nullable): NULL without any, as the next */
  MullionTopicBridge *topics;     /* (nullable) */
  MullionPageRules *rules;        /* (nullable): NULL for the Gallery */
  MullionScreenshot *screenshot;
  MullionAudit *audit; /* NULL without one */
} Launcher;

static void
complain (const char *message)
{
  g_printerr ("mullion: %s\n", message);
}

static gboolean
load_module (Launcher  *self,
             GError   **error)
{
  g_autofree char *path = NULL;

  if (mullion_manifest_get_module (self->manifest) == NULL)
    return TRUE;
  path = g_build_filename (mullion_manifest_get_folder (self->manifest),
                           mullion_manifest_get_module (self->manifest), NULL);
  self->module = mullion_app_module_load (path, error);
  if (self->module != NULL)
    return TRUE;
  g_prefix_error (error, "%s: \"mullion.module\": ", mullion_manifest_get_file (self->manifest));
  return FALSE;
}

/* Everything that can be said about the folder is said before a window opens. */
static gboolean
load (Launcher  *self,
      GError   **error)
{
  const char *const *warnings;

  if (self->options->target == NULL && self->gallery == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                           "this build has no Gallery: give it a FOLDER to run");
      return FALSE;
    }
  if (self->options->target == NULL)
    return TRUE;

  self->manifest = mullion_manifest_load (self->options->target, error);
  if (self->manifest == NULL)
    return FALSE;
  warnings = mullion_manifest_get_warnings (self->manifest);
  for (gsize i = 0; warnings[i] != NULL; i++)
    g_printerr ("mullion: warning: %s\n", warnings[i]);
  return load_module (self, error);
}

static void
set_schemas (Launcher *self)
{
  GHashTableIter iter;
  gpointer channel;
  gpointer schema;

  g_hash_table_iter_init (&iter, mullion_manifest_get_schemas (self->manifest));
  while (g_hash_table_iter_next (&iter, &channel, &schema))
    mullion_ipc_main_set_schema (mullion_app_get_ipc_main (self->app), channel, schema);
}

static void
add_bridges (Launcher *self)
{
  GHashTable *programs = mullion_manifest_get_programs (self->manifest);
  const char *const *topics = mullion_manifest_get_topics (self->manifest);

  if (g_hash_table_size (programs) > 0)
    self->programs = mullion_program_bridge_new (self->app, programs,
                                                 mullion_manifest_get_folder (self->manifest));
  if (*topics != NULL)
    self->topics = mullion_topic_bridge_new (self->app, topics,
                                             mullion_manifest_get_bus (self->manifest));
}

static void
set_default (JsonObject *options,
             const char *preference,
             gboolean    value)
{
  JsonObject *preferences = json_object_get_object_member (options, "webPreferences");

  if (!json_object_has_member (preferences, preference))
    json_object_set_boolean_member (preferences, preference, value);
}

static JsonObject *
create_window_options (Launcher *self)
{
  JsonObject *options =
    mullion_manifest_create_window_options (self->manifest,
                                            (const char *const *) self->options->arguments);

  /* Without C there is nobody who could bring a page back that crashed. */
  set_default (options, "reloadAfterCrash", TRUE);
  /* Security: who starts an app to use it gets no inspector, with which a word from somebody else could
   * make them run anything in its pages. Who works on it asks for it. */
  set_default (options, "devTools", self->options->dev_tools);
  return options;
}

/* Security: what a page shows in its window gets no more than the page itself, as a window that it
 * opens. */
static void
set_web_preferences (Launcher *self)
{
  g_autoptr (JsonObject) options = create_window_options (self);

  mullion_capability_set_set_web_preferences (
    self->capabilities, json_object_get_object_member (options, "webPreferences"));
}

static void
configure_app (Launcher *self)
{
  MullionManifest *manifest = self->manifest;
  const char *const *capabilities = mullion_manifest_get_capabilities (manifest);
  const char *const *origins = mullion_manifest_get_origins (manifest);

  mullion_app_set_app_path (self->app, mullion_manifest_get_folder (manifest));
  mullion_app_set_name (self->app, mullion_manifest_get_name (manifest));
  mullion_app_set_app_version (self->app, mullion_manifest_get_version (manifest));
  if (mullion_manifest_get_policy (manifest) != NULL)
    mullion_app_set_content_security_policy (self->app, mullion_manifest_get_policy (manifest));
  for (gsize i = 0; origins[i] != NULL; i++)
    mullion_app_allow_origin (self->app, origins[i]);
  mullion_app_set_grants (self->app, mullion_manifest_get_grants (manifest));
  set_schemas (self);
  self->rules = mullion_page_rules_new (self->app, manifest);

  self->capabilities = mullion_capability_set_new (self->app);
  set_web_preferences (self);
  for (gsize i = 0; capabilities[i] != NULL; i++)
    mullion_capability_set_add (self->capabilities, capabilities[i],
                                mullion_manifest_get_capability_options (manifest,
                                                                         capabilities[i]));
  add_bridges (self);
  if (self->options->audit)
    self->audit = mullion_audit_new (self->app, self->capabilities);
  mullion_capability_set_refuse_others (self->capabilities);
}

static void
preload_error_cb (MullionWebContents *contents,
                  const char         *path,
                  const char         *message)
{
  g_printerr ("mullion: the preload %s threw: %s\n", path, message);
}

static void
did_fail_load_cb (MullionWebContents *contents,
                  int                 code,
                  const char         *description,
                  const char         *uri)
{
  g_printerr ("mullion: cannot load %s: %s (%d)\n", uri, description, code);
}

static void
render_process_gone_cb (MullionWebContents *contents,
                        const char         *reason)
{
  g_printerr ("mullion: the page's process is gone: %s\n", reason);
}

/* What a page-only app has nobody to tell goes to whoever started it. */
static void
report_trouble (MullionWebContents *contents)
{
  g_signal_connect (contents, "preload-error", G_CALLBACK (preload_error_cb), NULL);
  g_signal_connect (contents, "did-fail-load", G_CALLBACK (did_fail_load_cb), NULL);
  g_signal_connect (contents, "render-process-gone", G_CALLBACK (render_process_gone_cb), NULL);
}

static gboolean
is_hidden (JsonObject *options)
{
  JsonNode *show = json_object_get_member (options, "show");

  return show != NULL && JSON_NODE_HOLDS_VALUE (show) &&
         json_node_get_value_type (show) == G_TYPE_BOOLEAN && !json_node_get_boolean (show);
}

/* The page is loaded last: whoever listens has to be there before. */
static MullionBrowserWindow *
create_window (Launcher *self)
{
  g_autoptr (JsonObject) options = create_window_options (self);
  MullionBrowserWindow *window;

  window = mullion_browser_window_new (self->app, options);
  report_trouble (mullion_browser_window_get_web_contents (window));
  /* "show": false asks for a window that appears with its first paint. Without C there is nobody
   * else who could show it. */
  if (is_hidden (options))
    g_signal_connect (window, "ready-to-show", G_CALLBACK (mullion_browser_window_show), NULL);
  return window;
}

static void
screenshot_done_cb (Launcher *self,
                    GError   *error)
{
  if (error != NULL)
    g_printerr ("mullion: no screenshot: %s\n", error->message);
  mullion_app_exit (self->app, error != NULL ? MULLION_LAUNCHER_FAILED : 0);
}

static void
apply_options (Launcher             *self,
               MullionBrowserWindow *window)
{
  const MullionLaunchOptions *options = self->options;

  if (options->screenshot != NULL)
    {
      self->screenshot = mullion_screenshot_new (window, options->screenshot, options->timeout);
      mullion_screenshot_set_size (self->screenshot, options->width, options->height);
      g_signal_connect_swapped (self->screenshot, "done", G_CALLBACK (screenshot_done_cb), self);
    }
  if (options->width != 0)
    mullion_browser_window_set_size (window, options->width, options->height);
  if (options->dev_tools)
    mullion_web_contents_open_dev_tools (mullion_browser_window_get_web_contents (window));
}

static MullionBrowserWindow *
get_first_window (void)
{
  g_autoptr (GList) windows = mullion_browser_window_get_all ();

  return windows != NULL ? windows->data : NULL;
}

static void
open_gallery (Launcher *self)
{
  MullionBrowserWindow *window;

  self->gallery->open (self->app, self->options->arguments[0]);
  window = get_first_window ();
  if (window != NULL)
    apply_options (self, window);
}

static void
ready_cb (Launcher *self)
{
  MullionBrowserWindow *window;
  g_autoptr(GError) error = NULL;

  if (self->manifest == NULL)
    {
      open_gallery (self);
      return;
    }
  if (!mullion_page_rules_start (self->rules, &error))
    {
      complain (error->message);
      mullion_app_exit (self->app, MULLION_LAUNCHER_MISUSED);
      return;
    }
  if (self->module != NULL)
    mullion_app_module_start (self->module, self->app);
  window = create_window (self);
  apply_options (self, window);
  mullion_browser_window_load_file (window, mullion_manifest_get_page (self->manifest));
}

/* Somebody started the app again: what they want to see is the app. */
static void
second_instance_cb (Launcher *self)
{
  MullionBrowserWindow *window = get_first_window ();

  if (window == NULL)
    return;
  mullion_browser_window_restore (window);
  mullion_browser_window_focus (window);
}

/* A page that does not listen yet hears of it when it does. */
static void
open_in_page (const char *channel,
              const char *text)
{
  MullionBrowserWindow *window = get_first_window ();
  g_autoptr (JsonArray) args = json_array_new ();

  if (window == NULL)
    return;
  json_array_add_string_element (args, text);
  mullion_web_contents_send (mullion_browser_window_get_web_contents (window), channel,
                             g_steal_pointer (&args));
}

static void
open_file_cb (Launcher   *self,
              const char *path)
{
  const char *target = self->options->target;
  g_autofree char *own = target != NULL ? g_canonicalize_filename (target, NULL) : NULL;

  /* The app's folder stands on the command line, too. */
  if (g_strcmp0 (path, own) != 0 && g_utf8_validate (path, -1, NULL))
    open_in_page ("app:open-file", path);
}

static void
open_url_cb (Launcher   *self,
             const char *url)
{
  open_in_page ("app:open-url", url);
}

/* The app's own command line: the program, the folder, and what followed "--". */
static GStrv
create_argv (Launcher   *self,
             const char *program)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, program);
  if (self->options->target != NULL)
    g_strv_builder_add (builder, self->options->target);
  g_strv_builder_addv (builder, (const char **) self->options->arguments);
  return g_strv_builder_end (builder);
}

static void
print_audit (MullionAudit *audit)
{
  g_autofree char *report = mullion_audit_dup_report (audit);

  g_print ("%s\n", report);
}

/* The bus starts a service, and says afterwards what it is for. A picture is taken here and now, and an
 * audit and a recording are of this run, whatever else of the app may be running. */
static GApplicationFlags
choose_flags (const MullionLaunchOptions *options)
{
  if (options->is_service)
    return G_APPLICATION_IS_SERVICE;

  return options->new_instance || options->screenshot != NULL || options->audit ||
         options->record != NULL || options->replay != NULL ? G_APPLICATION_NON_UNIQUE
                                                            : G_APPLICATION_DEFAULT_FLAGS;
}

static void
create_app (Launcher *self)
{
  const char *id = self->manifest != NULL ? mullion_manifest_get_app_id (self->manifest)
                                          : GALLERY_ID;

  self->app = mullion_app_new (id, choose_flags (self->options));
  if (self->manifest != NULL)
    configure_app (self);
  else
    self->gallery->add_handlers (self->app);
}

static gboolean
begin_recording (Launcher  *self,
                 GError   **error)
{
  return self->options->record == NULL ||
         mullion_app_start_recording (self->app, self->options->record,
                                      (const char *const *) self->options->redacted, error);
}

static void
replay_ready_cb (Launcher *self)
{
  if (self->module != NULL)
    mullion_app_module_start (self->module, self->app);
}

static int
replay (Launcher *self)
{
  const MullionLaunchOptions *options = self->options;
  g_autoptr (JsonNode) report = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (self->app, "ready", G_CALLBACK (replay_ready_cb), self);
  report = mullion_app_replay (self->app, options->replay, (const char *const *) options->ignored,
                               options->timeout * 1000, &error);
  g_signal_handlers_disconnect_by_data (self->app, self);
  if (report != NULL)
    return mullion_replay_print (report, options->json) ? 0 : MULLION_LAUNCHER_FAILED;

  complain (error->message);
  return MULLION_LAUNCHER_MISUSED;
}

static int
run (Launcher   *self,
     const char *program)
{
  g_auto (GStrv) argv = create_argv (self, program);
  g_autoptr (GError) error = NULL;
  int status;

  if (!begin_recording (self, &error))
    {
      complain (error->message);
      return MULLION_LAUNCHER_MISUSED;
    }

  g_signal_connect_swapped (self->app, "ready", G_CALLBACK (ready_cb), self);
  g_signal_connect_swapped (self->app, "second-instance", G_CALLBACK (second_instance_cb), self);
  g_signal_connect_swapped (self->app, "open-file", G_CALLBACK (open_file_cb), self);
  g_signal_connect_swapped (self->app, "open-url", G_CALLBACK (open_url_cb), self);

  status = mullion_app_run (self->app, g_strv_length (argv), argv);
  g_signal_handlers_disconnect_by_data (self->app, self);
  if (self->audit != NULL)
    print_audit (self->audit);
  return status;
}

static void
clear (Launcher *self)
{
  g_clear_object (&self->screenshot);
  g_clear_pointer (&self->audit, mullion_audit_free);
  g_clear_pointer (&self->rules, mullion_page_rules_free);
  g_clear_pointer (&self->programs, mullion_program_bridge_free);
  g_clear_pointer (&self->topics, mullion_topic_bridge_free);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->app);
  g_clear_pointer (&self->module, mullion_app_module_free);
  g_clear_object (&self->manifest);
}

int
mullion_launcher_run (const char                   *program,
                      const MullionLaunchOptions   *options,
                      const MullionLauncherGallery *gallery)
{
  Launcher self = { .options = options, .gallery = gallery };
  g_autoptr (GError) error = NULL;
  int status = MULLION_LAUNCHER_MISUSED;

  if (load (&self, &error))
    {
      create_app (&self);
      status = options->replay != NULL ? replay (&self) : run (&self, program);
    }
  else
    complain (error->message);
  clear (&self);
  return status;
}

/* What an app has that is run by somebody else. */
typedef struct
{
  Launcher launcher;
  MullionLaunchOptions options;
} Opened;

/* The app is whoever's that runs it. */
static void
free_opened (Opened *self)
{
  self->launcher.app = NULL;
  clear (&self->launcher);
  g_free (self->options.target);
  g_strfreev (self->options.arguments);
  g_free (self);
}

static void
will_quit_cb (MullionApp *app,
              Opened     *self)
{
  g_signal_handlers_disconnect_by_data (app, &self->launcher);
  g_signal_handlers_disconnect_by_func (app, will_quit_cb, self);
  free_opened (self);
}

MullionApp *
mullion_launcher_open (const char  *folder,
                       GError     **error)
{
  Opened *self = g_new0 (Opened, 1);
  MullionApp *app;

  self->options.target = g_strdup (folder);
  self->options.arguments = g_new0 (char *, 1);
  self->launcher.options = &self->options;
  if (!load (&self->launcher, error))
    {
      free_opened (self);
      return NULL;
    }

  create_app (&self->launcher);
  app = self->launcher.app;
  g_signal_connect_swapped (app, "ready", G_CALLBACK (ready_cb), &self->launcher);
  g_signal_connect (app, "will-quit", G_CALLBACK (will_quit_cb), self);

  return app;
}
