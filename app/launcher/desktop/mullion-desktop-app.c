/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"

/*
 * The module `app`: the app itself, and how the desktop shows it. Main process.
 *
 * A path tells a page where the user's files lie, and with that mostly the user's name: so the
 * manifest lists the paths that pages may ask for.
 */

static MullionApp *
get_app (gpointer user_data)
{
  return mullion_capability_set_get_app (mullion_desktop_get_set (user_data));
}

static void
get_name_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  mullion_desktop_answer_text (event, g_strdup (mullion_app_get_name (get_app (user_data))), NULL);
}

static void
get_version_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  mullion_desktop_answer_text (event, g_strdup (mullion_app_get_app_version (get_app (user_data))),
                               NULL);
}

static void
get_locale_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  mullion_desktop_answer_text (event, mullion_app_dup_locale (get_app (user_data)), NULL);
}

static void
get_languages_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  g_auto(GStrv) languages = mullion_app_dup_preferred_system_languages (get_app (user_data));
  g_autoptr(JsonArray) answer = json_array_new ();

  for (gsize i = 0; languages[i] != NULL; i++)
    json_array_add_string_element (answer, languages[i]);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), answer));
}

static gboolean
is_path_listed (MullionDesktop *self,
                const char     *name)
{
  JsonObject *options = mullion_desktop_get_options (self);
  JsonArray *paths = options != NULL && json_object_has_member (options, "paths")
                       ? json_object_get_array_member (options, "paths") : NULL;

  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    if (g_str_equal (json_array_get_string_element (paths, i), name))
      return TRUE;

  return FALSE;
}

static void
get_path_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  const char *name = json_array_get_string_element (args, 0);
  GError *error = NULL;
  char *path = NULL;

  if (is_path_listed (user_data, name))
    path = mullion_app_dup_path (get_app (user_data), name, &error);
  else
    g_set_error (&error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "the \"paths\" of the capability \"app\" do not list \"%.32s\"", name);
  mullion_desktop_answer_text (event, path, error);
}

/* -- The icon of the app -- */

static void
get_badge_count_cb (MullionIpcMainInvokeEvent *event,
                    JsonArray                 *args,
                    gpointer                   user_data)
{
  mullion_desktop_answer_number (event, mullion_app_get_badge_count (get_app (user_data)));
}

static void
set_badge_count_cb (MullionIpcMainInvokeEvent *event,
                    JsonArray                 *args,
                    gpointer                   user_data)
{
  GError *error = NULL;

  mullion_app_set_badge_count (get_app (user_data), json_array_get_int_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

static void
set_progress_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  GError *error = NULL;

  mullion_app_set_progress (get_app (user_data), json_array_get_double_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

/* -- The user's files and sessions -- */

static void
add_recent_document_cb (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;

  if (mullion_desktop_check_file (user_data, path, &error))
    mullion_app_add_recent_document (get_app (user_data), path);
  mullion_desktop_answer (event, error);
}

static void
get_login_settings_cb (MullionIpcMainInvokeEvent *event,
                       JsonArray                 *args,
                       gpointer                   user_data)
{
  g_autoptr(JsonObject) settings = json_object_new ();

  json_object_set_boolean_member (settings, "openAtLogin",
                                  mullion_app_get_open_at_login (get_app (user_data)));
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), settings));
}

/* What is started then is this folder: without it, the program would open the Gallery. */
static void
set_login_settings_cb (MullionIpcMainInvokeEvent *event,
                       JsonArray                 *args,
                       gpointer                   user_data)
{
  MullionApp *app = get_app (user_data);
  JsonObject *settings = json_array_get_object_element (args, 0);
  const char *arguments[] = { mullion_app_get_app_path (app), NULL };
  GError *error = NULL;

  mullion_app_set_open_at_login (app, json_object_get_boolean_member (settings, "openAtLogin"),
                                 arguments, &error);
  mullion_desktop_answer (event, error);
}

static void
relaunch_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  mullion_app_relaunch (get_app (user_data), NULL);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
quit_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, NULL);
  mullion_app_quit (get_app (user_data));
}

static const MullionDesktopMethod methods[] = {
  { "addRecentDocument", add_recent_document_cb, MULLION_DESKTOP_PATH },
  { "getBadgeCount", get_badge_count_cb, MULLION_DESKTOP_NOTHING },
  { "getLocale", get_locale_cb, MULLION_DESKTOP_NOTHING },
  { "getLoginItemSettings", get_login_settings_cb, MULLION_DESKTOP_NOTHING },
  { "getName", get_name_cb, MULLION_DESKTOP_NOTHING },
  { "getPath", get_path_cb, MULLION_DESKTOP_STRING },
  { "getPreferredSystemLanguages", get_languages_cb, MULLION_DESKTOP_NOTHING },
  { "getVersion", get_version_cb, MULLION_DESKTOP_NOTHING },
  { "quit", quit_cb, MULLION_DESKTOP_NOTHING },
  { "relaunch", relaunch_cb, MULLION_DESKTOP_NOTHING },
  { "setBadgeCount", set_badge_count_cb,
    "[{\"type\":\"integer\",\"minimum\":0,\"maximum\":2147483647}]" },
  { "setLoginItemSettings", set_login_settings_cb,
    "[{\"type\":\"object\",\"required\":[\"openAtLogin\"],"
    "\"properties\":{\"openAtLogin\":{\"type\":\"boolean\"}},\"additionalProperties\":false}]" },
  { "setProgress", set_progress_cb, "[{\"type\":\"number\",\"minimum\":-1,\"maximum\":1}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_app = {
  .name = "app",
  .methods = methods,
  .options = "{\"type\":\"object\",\"properties\":{\"paths\":{\"type\":\"array\","
             "\"items\":{\"enum\":[\"home\",\"appData\",\"userData\",\"sessionData\",\"cache\","
             "\"logs\",\"temp\",\"exe\",\"desktop\",\"documents\",\"downloads\",\"music\","
             "\"pictures\",\"videos\"]}}},\"additionalProperties\":false}",
};
