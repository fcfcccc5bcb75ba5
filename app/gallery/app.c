/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-files.h"
#include "gallery-replies.h"

/*
 * The app itself: where its files lie, what its icon shows, and when it starts.
 *
 * Where a desktop shows no badge or progress, nobody is told: it listens to a signal on the bus, or it
 * does not. The about panel says who made the app.
 */

static const char *const paths[] = { "home", "userData", "documents", "downloads", "temp", "exe" };

static JsonNode *
list_texts (const char *const *texts)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (gsize i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  return json_node_init_array (json_node_alloc (), array);
}

/* -- What it is -- */

static JsonObject *
list_paths (MullionApp *app)
{
  JsonObject *all = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *path = mullion_app_dup_path (app, paths[i], NULL);

      /* Not every user has all of these folders. */
      if (path != NULL)
        json_object_set_string_member (all, paths[i], path);
    }
  return all;
}

static void
get_state (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autoptr(JsonObject) state = json_object_new ();
  g_autofree char *locale = mullion_app_dup_locale (user_data);
  g_auto(GStrv) languages = mullion_app_dup_preferred_system_languages (user_data);

  json_object_set_string_member (state, "locale", locale);
  json_object_set_member (state, "languages", list_texts ((const char *const *) languages));
  json_object_set_object_member (state, "paths", list_paths (user_data));
  json_object_set_int_member (state, "badge", mullion_app_get_badge_count (user_data));
  json_object_set_boolean_member (state, "openAtLogin", mullion_app_get_open_at_login (user_data));
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), state));
}

static void
show_about (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  g_autoptr(JsonNode) options = json_from_string (
    "{ \"copyright\": \"LGPL-2.1-or-later\", \"iconPath\": \"logo.svg\","
    "  \"applicationName\": \"Mullion Gallery\" }", NULL);
  GError *error = NULL;

  if (mullion_app_set_about_panel_options (user_data, json_node_get_object (options), &error))
    mullion_app_show_about_panel (user_data);
  gallery_reply (event, error);
}

/* -- Its icon -- */

static void
set_badge (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  GError *error = NULL;
  double count;

  if (gallery_args_get_number (args, 0, 0, 999, &count, &error))
    mullion_app_set_badge_count (user_data, (guint) count, &error);
  gallery_reply (event, error);
}

static void
set_progress (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  GError *error = NULL;
  double progress;

  if (gallery_args_get_number (args, 0, -1, 1, &progress, &error))
    mullion_app_set_progress (user_data, progress, &error);
  gallery_reply (event, error);
}

/* -- The user's list of files, and session -- */

/* A file that is there, as the desktop forgets others. */
static void
add_recent (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  GError *error = NULL;
  g_autofree char *path = gallery_write_file (user_data, "Recently.txt", "Four panes\n", &error);
  g_auto(GStrv) recent = NULL;

  if (path == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  mullion_app_add_recent_document (user_data, path);
  recent = mullion_app_dup_recent_documents (user_data);
  mullion_ipc_main_invoke_event_return (event, list_texts ((const char *const *) recent));
}

static void
clear_recent (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  mullion_app_clear_recent_documents (user_data);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
login_set_cb (GObject      *app,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_app_set_open_at_login_finish (MULLION_APP (app), result, &error);
  gallery_reply (event, error);
}

static void
set_login (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  GError *error = NULL;
  gboolean opens;

  if (gallery_args_get_boolean (args, 0, &opens, &error))
    mullion_app_set_open_at_login_async (user_data, opens, NULL, NULL, login_set_cb,
                                         g_object_ref (event));
  else
    gallery_reply (event, error);
}

/* -- What starts it again -- */

static void
tell_opened (const char *how,
             const char *what)
{
  gallery_tell_pages ("app:opened", gallery_args_new (gallery_string_node (how),
                                                      gallery_string_node (what), NULL));
}

static void
second_instance_cb (MullionApp         *app,
                    const char *const  *arguments,
                    const char         *folder)
{
  g_autofree char *line = g_strjoinv (" ", (char **) arguments);

  tell_opened ("second-instance", line);
}

static void
open_file_cb (MullionApp *app,
              const char *path)
{
  tell_opened ("open-file", path);
}

static void
open_url_cb (MullionApp *app,
             const char *url)
{
  tell_opened ("open-url", url);
}

static void
relaunch (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, NULL);
  mullion_app_relaunch (user_data, NULL);
  mullion_app_quit (user_data);
}

void
gallery_app_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "second-instance", G_CALLBACK (second_instance_cb), NULL);
  g_signal_connect (app, "open-file", G_CALLBACK (open_file_cb), NULL);
  g_signal_connect (app, "open-url", G_CALLBACK (open_url_cb), NULL);
  mullion_ipc_main_handle (ipc, "app:state", get_state, app, NULL);
  mullion_ipc_main_handle (ipc, "app:about", show_about, app, NULL);
  mullion_ipc_main_handle (ipc, "app:badge", set_badge, app, NULL);
  mullion_ipc_main_handle (ipc, "app:progress", set_progress, app, NULL);
  mullion_ipc_main_handle (ipc, "app:add-recent", add_recent, app, NULL);
  mullion_ipc_main_handle (ipc, "app:clear-recent", clear_recent, app, NULL);
  mullion_ipc_main_handle (ipc, "app:login", set_login, app, NULL);
  mullion_ipc_main_handle (ipc, "app:relaunch", relaunch, app, NULL);
}
