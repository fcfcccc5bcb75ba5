/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * The Gallery: the app that the launcher opens when it is given no folder.
 *
 * Main process. Its pages, its preload script and the text of these very files come from the
 * GResource of the program, so the code that a page shows is the code that runs. It trusts its
 * pages no more than any other page: each handler checks what it is given.
 */

#define GALLERY_PATH "resource://" MULLION_RESOURCE_PREFIX "/gallery"

typedef struct
{
  int width;
  int height;
  gboolean remote;
} WindowShape;

static const WindowShape window_shapes[] = {
  [GALLERY_WINDOW_MAIN] = { 1280, 800, FALSE },
  [GALLERY_WINDOW_SMALL] = { 640, 720, FALSE },
  [GALLERY_WINDOW_REMOTE] = { 640, 720, TRUE },
};

/* The colour that stands before the first paint is that of the style sheet, so nothing flashes. */
static const char *
get_background (void)
{
  MullionNativeTheme *theme = mullion_native_theme_get_default ();

  return mullion_native_theme_should_use_dark_colors (theme) ? "#222226" : "#fafafb";
}

static JsonObject *
create_options (const WindowShape *shape)
{
  JsonObject *options = json_object_new ();
  JsonObject *preferences = json_object_new ();

  json_object_set_string_member (preferences, "preload", "preload.js");
  json_object_set_boolean_member (preferences, "reloadAfterCrash", TRUE);
  if (shape->remote)
    json_object_set_boolean_member (preferences, "enableRemoteModule", TRUE);

  json_object_set_string_member (options, "title", "Mullion Gallery");
  json_object_set_int_member (options, "width", shape->width);
  json_object_set_int_member (options, "height", shape->height);
  json_object_set_int_member (options, "minWidth", 400);
  json_object_set_int_member (options, "minHeight", 400);
  json_object_set_boolean_member (options, "show", FALSE);
  json_object_set_string_member (options, "backgroundColor", get_background ());
  json_object_set_object_member (options, "webPreferences", preferences);
  return options;
}

MullionBrowserWindow *
gallery_open_window (MullionApp        *app,
                     GalleryWindowKind  kind,
                     const char        *page)
{
  g_autoptr(JsonObject) options = create_options (&window_shapes[kind]);
  g_autofree char *hash = g_strconcat ("/", page, NULL);
  MullionBrowserWindow *window = mullion_browser_window_new (app, options);

  g_signal_connect (window, "ready-to-show", G_CALLBACK (mullion_browser_window_show), NULL);
  mullion_web_contents_load_file_with_query (mullion_browser_window_get_web_contents (window),
                                             "index.html", NULL, hash);
  return window;
}

/**
 * mullion_gallery_register:
 * @app: the app
 *
 * Makes @app the Gallery: its folder is the bundled one, and its handlers are there.
 */
void
mullion_gallery_register (MullionApp *app)
{
  mullion_app_set_app_path (app, GALLERY_PATH);
  mullion_app_set_name (app, "Mullion Gallery");

  gallery_app_register (app);
  gallery_appearance_register (app);
  gallery_ask_register (app);
  gallery_binary_register (app);
  gallery_bus_register (app);
  gallery_cancel_register (app);
  gallery_chat_register (app);
  gallery_clipboard_register (app);
  gallery_crash_register (app);
  gallery_devtools_register (app);
  gallery_dialogs_register (app);
  gallery_downloads_register (app);
  gallery_drag_register (app);
  gallery_errors_register (app);
  gallery_invoke_register (app);
  gallery_legacy_register (app);
  gallery_menu_register (app);
  gallery_messages_register (app);
  gallery_node_register (app);
  gallery_node_ipc_register (app);
  gallery_notes_register (app);
  gallery_notification_register (app);
  gallery_permissions_register (app);
  gallery_ports_register (app);
  gallery_power_register (app);
  gallery_print_register (app);
  gallery_push_register (app);
  gallery_screens_register (app);
  gallery_secrets_register (app);
  gallery_session_register (app);
  gallery_shared_register (app);
  gallery_shell_register (app);
  gallery_shortcuts_register (app);
  gallery_streams_register (app);
  gallery_sync_register (app);
  gallery_system_register (app);
  gallery_tray_register (app);
  gallery_welcome_register (app);
  gallery_windows_register (app);
}

/**
 * mullion_gallery_open:
 * @app: the app, which is ready
 * @place: (nullable): a page, such as `notes`, and perhaps a word for it, such as `bus/redis`
 *
 * Opens the first window of the Gallery.
 */
void
mullion_gallery_open (MullionApp *app,
                      const char *place)
{
  gallery_open_window (app, GALLERY_WINDOW_MAIN, place != NULL ? place : "welcome");
}
