/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"
#include "desktop/mullion-desktop-opening.h"

/*
 * The module `app`: the app itself, and how the desktop shows it. Main process.
 *
 * A path tells a page where the user's files lie, and with that mostly the user's name: so the
 * manifest lists the paths that pages may ask for. So it does with the schemes of links that the app may
 * take from another program.
 */

static MullionDesktop *
get_desktop (gpointer user_data)
{
  return mullion_desktop_opening_get_desktop (user_data);
}

static MullionApp *
get_app (gpointer user_data)
{
  return mullion_capability_set_get_app (mullion_desktop_get_set (get_desktop (user_data)));
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

  mullion_desktop_answer_texts (event, (const char *const *) languages);
}

static void
get_country_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  mullion_desktop_answer_text (event, mullion_app_dup_locale_country_code (get_app (user_data)),
                               NULL);
}

static void
get_path_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  const char *name = json_array_get_string_element (args, 0);
  GError *error = NULL;
  char *path = NULL;

  if (mullion_desktop_is_listed (get_desktop (user_data), "paths", name))
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

/* -- Who made it -- */

/* Security: the picture is a file of the app; and the address opens in another program, so it is one
 * that a browser takes. */
static gboolean
check_about_options (JsonObject  *options,
                     GError     **error)
{
  const char *icon = json_object_get_string_member_with_default (options, "iconPath", "");
  const char *website = json_object_get_string_member_with_default (options, "website", "https:");

  if (!g_str_has_prefix (website, "https:") && !g_str_has_prefix (website, "http:"))
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                           "website: expected an address of the web");
      return FALSE;
    }

  return *icon == '\0' || mullion_desktop_check_icon (icon, error);
}

static void
set_about_options_cb (MullionIpcMainInvokeEvent *event,
                      JsonArray                 *args,
                      gpointer                   user_data)
{
  JsonObject *options = json_array_get_object_element (args, 0);
  GError *error = NULL;

  if (check_about_options (options, &error))
    mullion_app_set_about_panel_options (get_app (user_data), options, &error);
  mullion_desktop_answer (event, error);
}

static void
show_about_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  mullion_app_show_about_panel (get_app (user_data));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* -- Links -- */

static gboolean
check_protocol (gpointer                   user_data,
                MullionIpcMainInvokeEvent *event,
                const char                *protocol)
{
  if (mullion_desktop_is_listed (get_desktop (user_data), "protocols", protocol))
    return TRUE;

  mullion_ipc_main_invoke_event_return_new_error (
    event, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
    "the \"protocols\" of the capability \"app\" do not list \"%.32s\"", protocol);
  return FALSE;
}

static void
is_protocol_client_cb (MullionIpcMainInvokeEvent *event,
                       JsonArray                 *args,
                       gpointer                   user_data)
{
  const char *protocol = json_array_get_string_element (args, 0);

  if (check_protocol (user_data, event, protocol))
    mullion_desktop_answer_boolean (
      event, mullion_app_is_default_protocol_client (get_app (user_data), protocol));
}

static void
set_protocol_client_cb (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  const char *protocol = json_array_get_string_element (args, 0);
  GError *error = NULL;

  if (!check_protocol (user_data, event, protocol))
    return;
  mullion_app_set_as_default_protocol_client (get_app (user_data), protocol, &error);
  mullion_desktop_answer (event, error);
}

/* -- The user's files and sessions -- */

static void
clear_recent_documents_cb (MullionIpcMainInvokeEvent *event,
                           JsonArray                 *args,
                           gpointer                   user_data)
{
  mullion_app_clear_recent_documents (get_app (user_data));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
get_recent_documents_cb (MullionIpcMainInvokeEvent *event,
                         JsonArray                 *args,
                         gpointer                   user_data)
{
  g_auto(GStrv) paths = mullion_app_dup_recent_documents (get_app (user_data));

  mullion_desktop_answer_texts (event, (const char *const *) paths);
}

static void
add_recent_document_cb (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;

  if (mullion_desktop_check_file (get_desktop (user_data), path, &error))
    mullion_app_add_recent_document (get_app (user_data), path);
  mullion_desktop_answer (event, error);
}

static void
icon_cb (GObject      *app,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr(GdkTexture) icon = mullion_app_get_file_icon_finish (MULLION_APP (app), result, &error);

  mullion_desktop_answer_bytes (event, icon != NULL ? gdk_texture_save_to_png_bytes (icon) : NULL,
                                error);
}

/* Security: the icon tells whether a file is there, and of what kind: so it is one that the user
 * chose. */
static void
get_file_icon_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;

  if (!mullion_desktop_check_file (get_desktop (user_data), path, &error))
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_app_get_file_icon_async (get_app (user_data), path, mullion_desktop_get_object (args, 1),
                                     mullion_ipc_main_invoke_event_get_cancellable (event), icon_cb,
                                     g_object_ref (event));
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

static void
login_set_cb (GObject      *app,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_app_set_open_at_login_finish (MULLION_APP (app), result, &error);
  mullion_desktop_answer (event, error);
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

  mullion_app_set_open_at_login_async (
    app, json_object_get_boolean_member (settings, "openAtLogin"), arguments,
    mullion_ipc_main_invoke_event_get_cancellable (event), login_set_cb, g_object_ref (event));
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

#define TEXT     "{\"type\":\"string\",\"maxLength\":1024}"
#define PROTOCOL "[{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}]"
#define ABOUT                                                                                      \
  "[{\"type\":\"object\",\"properties\":{\"applicationName\":" TEXT ","                            \
  "\"applicationVersion\":" TEXT ",\"copyright\":" TEXT ",\"iconPath\":" TEXT ","                  \
  "\"website\":" TEXT ","                                                                          \
  "\"authors\":{\"type\":\"array\",\"maxItems\":100,\"items\":" TEXT "}},"                         \
  "\"additionalProperties\":false}]"

#define FILE_ICON                                                                                  \
  "{\"type\":\"array\",\"minItems\":1,\"maxItems\":2,\"prefixItems\":["                             \
  "{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096},{\"type\":\"object\","                 \
  "\"properties\":{\"size\":{\"enum\":[\"small\",\"normal\",\"large\"]}},"                           \
  "\"additionalProperties\":false}]}"

static const MullionDesktopMethod methods[] = {
  { "addRecentDocument", add_recent_document_cb, MULLION_DESKTOP_PATH },
  { "clearRecentDocuments", clear_recent_documents_cb, MULLION_DESKTOP_NOTHING },
  { "getBadgeCount", get_badge_count_cb, MULLION_DESKTOP_NOTHING },
  { "getFileIcon", get_file_icon_cb, FILE_ICON },
  { "getLocale", get_locale_cb, MULLION_DESKTOP_NOTHING },
  { "getLocaleCountryCode", get_country_cb, MULLION_DESKTOP_NOTHING },
  { "getLoginItemSettings", get_login_settings_cb, MULLION_DESKTOP_NOTHING },
  { "getName", get_name_cb, MULLION_DESKTOP_NOTHING },
  { "getPath", get_path_cb, MULLION_DESKTOP_STRING },
  { "getPreferredSystemLanguages", get_languages_cb, MULLION_DESKTOP_NOTHING },
  { "getRecentDocuments", get_recent_documents_cb, MULLION_DESKTOP_NOTHING },
  { "getVersion", get_version_cb, MULLION_DESKTOP_NOTHING },
  { "isDefaultProtocolClient", is_protocol_client_cb, PROTOCOL },
  { "quit", quit_cb, MULLION_DESKTOP_NOTHING },
  { "relaunch", relaunch_cb, MULLION_DESKTOP_NOTHING },
  { "setAboutPanelOptions", set_about_options_cb, ABOUT },
  { "setAsDefaultProtocolClient", set_protocol_client_cb, PROTOCOL },
  { "setBadgeCount", set_badge_count_cb,
    "[{\"type\":\"integer\",\"minimum\":0,\"maximum\":2147483647}]" },
  { "setLoginItemSettings", set_login_settings_cb,
    "[{\"type\":\"object\",\"required\":[\"openAtLogin\"],"
    "\"properties\":{\"openAtLogin\":{\"type\":\"boolean\"}},\"additionalProperties\":false}]" },
  { "setProgress", set_progress_cb, "[{\"type\":\"number\",\"minimum\":-1,\"maximum\":1}]" },
  { "showAboutPanel", show_about_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = { "open-file", "open-url", "second-instance", NULL };

static gpointer
open_module (MullionDesktop *desktop)
{
  return mullion_desktop_opening_new (desktop);
}

static void
close_module (gpointer data)
{
  mullion_desktop_opening_free (data);
}

static void
listened (MullionDesktop      *desktop,
          MullionWebFrameMain *frame,
          const char          *event)
{
  mullion_desktop_opening_hand_over (mullion_desktop_get_state (desktop), frame, event);
}

const MullionDesktopModule mullion_desktop_app = {
  .name = "app",
  .methods = methods,
  .events = events,
  .listened = listened,
  .options = "{\"type\":\"object\",\"properties\":{\"paths\":{\"type\":\"array\","
             "\"items\":{\"enum\":[\"home\",\"appData\",\"userData\",\"sessionData\",\"cache\","
             "\"logs\",\"temp\",\"exe\",\"desktop\",\"documents\",\"downloads\",\"music\","
             "\"pictures\",\"videos\"]}},\"protocols\":{\"type\":\"array\","
             "\"items\":{\"type\":\"string\",\"minLength\":1}}},\"additionalProperties\":false}",
  .open = open_module,
  .close = close_module,
};
