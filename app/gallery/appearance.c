/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * Light or dark: what the desktop says, or what the app says instead.
 *
 * The page hears of each change; its style sheet follows by itself, with prefers-color-scheme.
 */

#define MAX_SOURCE 16

static JsonNode *
describe (MullionNativeTheme *theme)
{
  g_autofree char *accent = mullion_native_theme_dup_accent_color (theme);
  g_autoptr(JsonObject) state = json_object_new ();

  json_object_set_string_member (state, "themeSource",
                                 mullion_native_theme_get_theme_source (theme));
  json_object_set_boolean_member (state, "shouldUseDarkColors",
                                  mullion_native_theme_should_use_dark_colors (theme));
  json_object_set_boolean_member (state, "shouldUseHighContrastColors",
                                  mullion_native_theme_should_use_high_contrast_colors (theme));
  json_object_set_string_member (state, "accentColor", accent != NULL ? accent : "");
  return json_node_init_object (json_node_alloc (), state);
}

static void
updated_cb (MullionNativeTheme *theme)
{
  gallery_tell_pages ("appearance:updated", gallery_args_new (describe (theme), NULL));
}

static void
get_state (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, describe (mullion_native_theme_get_default ()));
}

static void
set_source (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  GError *error = NULL;
  const char *source = gallery_args_get_string (args, 0, MAX_SOURCE, &error);

  if (source != NULL)
    mullion_native_theme_set_theme_source (mullion_native_theme_get_default (), source, &error);
  gallery_reply (event, error);
}

static void
ready_cb (MullionApp *app)
{
  g_signal_connect (mullion_native_theme_get_default (), "updated", G_CALLBACK (updated_cb), NULL);
}

void
gallery_appearance_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "appearance:state", get_state, NULL, NULL);
  mullion_ipc_main_handle (ipc, "appearance:set-source", set_source, NULL, NULL);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
}
