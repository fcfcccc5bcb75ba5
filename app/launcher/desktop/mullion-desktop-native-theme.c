/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `nativeTheme`: light and dark, as the user or the app wishes. Main process.
 */

static void
get_state_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionNativeTheme *theme = mullion_native_theme_get_default ();
  g_autofree char *accent = mullion_native_theme_dup_accent_color (theme);
  g_autoptr(JsonObject) state = json_object_new ();

  json_object_set_string_member (state, "themeSource",
                                 mullion_native_theme_get_theme_source (theme));
  json_object_set_boolean_member (state, "shouldUseDarkColors",
                                  mullion_native_theme_should_use_dark_colors (theme));
  json_object_set_boolean_member (state, "shouldUseHighContrastColors",
                                  mullion_native_theme_should_use_high_contrast_colors (theme));
  if (accent != NULL)
    json_object_set_string_member (state, "accentColor", accent);
  else
    json_object_set_null_member (state, "accentColor");
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), state));
}

static void
set_theme_source_cb (MullionIpcMainInvokeEvent *event,
                     JsonArray                 *args,
                     gpointer                   user_data)
{
  GError *error = NULL;

  mullion_native_theme_set_theme_source (mullion_native_theme_get_default (),
                                         json_array_get_string_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

static gpointer
get_source (MullionDesktop     *desktop,
            MullionWebContents *contents)
{
  return mullion_native_theme_get_default ();
}

static const MullionDesktopMethod methods[] = {
  { "getState", get_state_cb, MULLION_DESKTOP_NOTHING },
  { "setThemeSource", set_theme_source_cb, "[{\"enum\":[\"system\",\"light\",\"dark\"]}]" },
  { NULL },
};

static const char *const events[] = { "updated", NULL };

const MullionDesktopModule mullion_desktop_native_theme = {
  .name = "nativeTheme",
  .methods = methods,
  .events = events,
  .get_source = get_source,
};
