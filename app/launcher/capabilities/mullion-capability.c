/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-capability.h"

/*
 * The built-in handlers that an app without C may ask for by name. Main process.
 *
 * What the manifest does not list is never registered, so that a page, even one that took over its
 * web process, finds no handler there: that is the whole of the permission check, and it cannot be
 * argued with. In its place the modules of `mullion/desktop` have one that says which capability is
 * missing. What is listed still trusts no argument.
 */

struct _MullionCapabilitySet
{
  GObject parent_instance;

  MullionApp *app;
  MullionFileGrants *grants;
  JsonObject *web_preferences;
  GHashTable *channels; /* channel → (unowned) (nullable): name of the capability */
  GHashTable *added;    /* (unowned) names of capabilities */
  const char *adding;   /* (nullable): the capability that adds its handlers now */
  GSList *states;
};

typedef struct
{
  gpointer state;
  GDestroyNotify free_state;
} State;

G_DEFINE_FINAL_TYPE (MullionCapabilitySet, mullion_capability_set, G_TYPE_OBJECT)

static const MullionCapability capabilities[] = {
  { "actions", NULL, &mullion_desktop_actions },
  { "app", NULL, &mullion_desktop_app },
  { "app-info", mullion_app_info_add_handlers, NULL },
  { "capture", NULL, &mullion_desktop_capture },
  { "clipboard", NULL, &mullion_desktop_clipboard },
  { "clipboard-read", mullion_clipboard_read_add_handlers, NULL },
  { "clipboard-write", mullion_clipboard_write_add_handlers, NULL },
  { "contentFilters", NULL, &mullion_desktop_content_filters },
  { "dialog", NULL, &mullion_desktop_dialog },
  { "dialogs", mullion_dialogs_add_handlers, NULL },
  { "downloads", NULL, &mullion_desktop_downloads },
  { "drag", NULL, &mullion_desktop_drag },
  { "find", NULL, &mullion_desktop_find },
  { "globalShortcut", NULL, &mullion_desktop_global_shortcut },
  { "menu", NULL, &mullion_desktop_menu },
  { "nativeTheme", NULL, &mullion_desktop_native_theme },
  { "notification", NULL, &mullion_desktop_notification },
  { "notifications", mullion_notifications_add_handlers, NULL },
  { "open-external", mullion_open_external_add_handlers, NULL },
  { "powerMonitor", NULL, &mullion_desktop_power_monitor },
  { "powerSaveBlocker", NULL, &mullion_desktop_power_save_blocker },
  { "print", NULL, &mullion_desktop_print },
  { "safeStorage", NULL, &mullion_desktop_safe_storage },
  { "screen", NULL, &mullion_desktop_screen },
  { "session", NULL, &mullion_desktop_session },
  { "shell", NULL, &mullion_desktop_shell },
  { "system-info", mullion_system_info_add_handlers, NULL },
  { "text-files", mullion_text_files_add_handlers, NULL },
  { "tray", NULL, &mullion_desktop_tray },
  { "views", NULL, &mullion_desktop_views },
  { "window", NULL, &mullion_desktop_window },
  { "windows", NULL, &mullion_desktop_windows },
  { "zoom", NULL, &mullion_desktop_zoom },
};

const MullionCapability *
mullion_capability_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (g_str_equal (capabilities[i].name, name))
      return &capabilities[i];
  return NULL;
}

/* All names for a message to a person: "a, b, c". */
char *
mullion_capability_dup_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", capabilities[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
free_state (gpointer data)
{
  State *state = data;

  state->free_state (state->state);
  g_free (state);
}

/* The handlers go first: no call may find one whose state is gone. Freeing a state waits for what
 * it has under way, so that the last write of an app that quits is not lost. */
static void
mullion_capability_set_dispose (GObject *object)
{
  MullionCapabilitySet *self = MULLION_CAPABILITY_SET (object);
  GHashTableIter iter;
  gpointer channel;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, &channel, NULL))
    mullion_ipc_main_remove_handler (mullion_app_get_ipc_main (self->app), channel);
  g_hash_table_remove_all (self->channels);
  g_slist_free_full (g_steal_pointer (&self->states), free_state);
  g_clear_object (&self->grants);
  g_clear_object (&self->app);

  G_OBJECT_CLASS (mullion_capability_set_parent_class)->dispose (object);
}

static void
mullion_capability_set_finalize (GObject *object)
{
  MullionCapabilitySet *self = MULLION_CAPABILITY_SET (object);

  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->added);
  json_object_unref (self->web_preferences);

  G_OBJECT_CLASS (mullion_capability_set_parent_class)->finalize (object);
}

static void
mullion_capability_set_class_init (MullionCapabilitySetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_capability_set_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_capability_set_finalize;
}

static void
mullion_capability_set_init (MullionCapabilitySet *self)
{
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->added = g_hash_table_new (g_str_hash, g_str_equal);
  self->grants = mullion_file_grants_new ();
  self->web_preferences = json_object_new ();
}

MullionCapabilitySet *
mullion_capability_set_new (MullionApp *app)
{
  MullionCapabilitySet *self = g_object_new (MULLION_TYPE_CAPABILITY_SET, NULL);

  self->app = g_object_ref (app);
  return self;
}

/* @name is one that mullion_capability_find () knows; adding it twice is once. */
void
mullion_capability_set_add (MullionCapabilitySet *self,
                            const char           *name,
                            JsonObject           *options)
{
  const MullionCapability *capability = mullion_capability_find (name);

  g_return_if_fail (capability != NULL);

  if (!g_hash_table_add (self->added, (char *) capability->name))
    return;
  self->adding = capability->name;
  if (capability->module != NULL)
    mullion_desktop_add (self, capability->module, options);
  else
    capability->add_handlers (self);
  self->adding = NULL;
}

void
mullion_capability_set_add_all (MullionCapabilitySet *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    mullion_capability_set_add (self, capabilities[i].name, NULL);
}

void
mullion_capability_set_refuse_others (MullionCapabilitySet *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (capabilities[i].module != NULL && !g_hash_table_contains (self->added, capabilities[i].name))
      mullion_desktop_refuse (self, capabilities[i].module);
}

const char *
mullion_capability_set_find (MullionCapabilitySet *self,
                             const char           *channel)
{
  return g_hash_table_lookup (self->channels, channel);
}

MullionApp *
mullion_capability_set_get_app (MullionCapabilitySet *self)
{
  return self->app;
}

MullionFileGrants *
mullion_capability_set_get_grants (MullionCapabilitySet *self)
{
  return self->grants;
}

void
mullion_capability_set_set_web_preferences (MullionCapabilitySet *self,
                                            JsonObject           *preferences)
{
  json_object_ref (preferences);
  json_object_unref (self->web_preferences);
  self->web_preferences = preferences;
}

JsonObject *
mullion_capability_set_get_web_preferences (MullionCapabilitySet *self)
{
  return self->web_preferences;
}

void
mullion_capability_set_handle (MullionCapabilitySet  *self,
                               const char            *channel,
                               MullionIpcMainHandler  handler,
                               gpointer               state)
{
  if (mullion_ipc_main_handle (mullion_app_get_ipc_main (self->app), channel, handler, state, NULL))
    g_hash_table_insert (self->channels, g_strdup (channel), (char *) self->adding);
}

void
mullion_capability_set_own (MullionCapabilitySet *self,
                            gpointer              state,
                            GDestroyNotify        free_func)
{
  State *owned = g_new0 (State, 1);

  owned->state = state;
  owned->free_state = free_func;
  self->states = g_slist_prepend (self->states, owned);
}
