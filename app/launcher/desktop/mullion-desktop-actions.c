/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"

/*
 * The capability `actions`: which GActions of the app, of its windows and of their menus the
 * manifest shares with pages. Main process.
 *
 * It has no functions of its own: pages have `actions` in any case, and what is shared, here or by
 * the app's C, has a channel.
 */

static JsonArray *
get_names (JsonObject *options)
{
  return options != NULL && json_object_has_member (options, "names")
           ? json_object_get_array_member (options, "names") : NULL;
}

static gboolean
check_options (JsonObject  *options,
               GError     **error)
{
  static const char *const prefixes[] = { "app.", "win.", "menu." };
  JsonArray *names = get_names (options);

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      const char *name = json_array_get_string_element (names, i);
      gboolean is_good = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (prefixes); j++)
        is_good |= g_str_has_prefix (name, prefixes[j])
                   && g_action_name_is_valid (name + strlen (prefixes[j]));
      if (!is_good)
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "value.names[%u]: expected the name of an action, with app., win. or menu. "
                       "before it", i);
          return FALSE;
        }
    }

  return TRUE;
}

static gpointer
open_module (MullionDesktop *desktop)
{
  MullionApp *app = mullion_capability_set_get_app (mullion_desktop_get_set (desktop));
  JsonArray *names = get_names (mullion_desktop_get_options (desktop));

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    mullion_app_share_action (app, json_array_get_string_element (names, i));
  return desktop;
}

static void
close_module (gpointer data)
{
  MullionDesktop *desktop = data;
  MullionApp *app = mullion_capability_set_get_app (mullion_desktop_get_set (desktop));
  JsonArray *names = get_names (mullion_desktop_get_options (desktop));

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    mullion_app_unshare_action (app, json_array_get_string_element (names, i));
}

static const MullionDesktopMethod methods[] = {
  { NULL },
};

const MullionDesktopModule mullion_desktop_actions = {
  .name = "actions",
  .methods = methods,
  .options = "{\"type\":\"object\",\"properties\":{\"names\":{\"type\":\"array\","
             "\"maxItems\":1000,\"items\":{\"type\":\"string\",\"maxLength\":255}}},"
             "\"additionalProperties\":false}",
  .check_options = check_options,
  .open = open_module,
  .close = close_module,
};
