/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capability `app-info`: what an app may want to know about itself. Main process.
 *
 * It tells the page paths, and with them the user's name: that is why it has to be asked for.
 */

/* Electron's names of app.getPath (). */
static const char *const path_names[] = {
  "home", "appData", "userData", "sessionData", "cache", "logs", "temp", "exe", "desktop",
  "documents", "downloads", "music", "pictures", "videos",
};

/* The first language of the user as a page writes it: "de_AT.UTF-8" is "de-AT" there. */
static char *
dup_locale (void)
{
  const char *language = g_get_language_names ()[0];
  char *locale;

  if (g_str_equal (language, "C") || g_str_has_prefix (language, "C.") ||
      g_str_equal (language, "POSIX"))
    return g_strdup ("en-US");
  locale = g_strndup (language, strcspn (language, ".@"));
  return g_strdelimit (locale, "_", '-');
}

/* A folder that this user does not have, a music folder say, is left out. */
static void
add_paths (JsonBuilder *builder,
           MullionApp  *app)
{
  json_builder_set_member_name (builder, "paths");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (path_names); i++)
    {
      g_autofree char *path = mullion_app_dup_path (app, path_names[i], NULL);

      if (path == NULL || !g_utf8_validate (path, -1, NULL))
        continue;
      json_builder_set_member_name (builder, path_names[i]);
      json_builder_add_string_value (builder, path);
    }
  json_builder_end_object (builder);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_versions (JsonBuilder *builder)
{
  g_autofree char *gtk = NULL;
  g_autofree char *webkit = NULL;
  g_autofree char *glib = NULL;

  gtk = g_strdup_printf ("%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (),
                         gtk_get_micro_version ());
  webkit = g_strdup_printf ("%u.%u.%u", webkit_get_major_version (), webkit_get_minor_version (),
                            webkit_get_micro_version ());
  glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);

  json_builder_set_member_name (builder, "versions");
  json_builder_begin_object (builder);
  add_string (builder, "mullion", MULLION_VERSION);
  add_string (builder, "gtk", gtk);
  add_string (builder, "webkit", webkit);
  add_string (builder, "glib", glib);
  json_builder_end_object (builder);
}

static JsonNode *
describe_app (MullionApp *app)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *locale = dup_locale ();

  json_builder_begin_object (builder);
  add_string (builder, "name", mullion_app_get_name (app));
  add_string (builder, "version", mullion_app_get_app_version (app));
  add_string (builder, "appId", g_application_get_application_id (G_APPLICATION (app)));
  add_string (builder, "appPath", mullion_app_get_app_path (app));
  add_string (builder, "locale", locale);
  add_paths (builder, app);
  add_versions (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
info_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  MullionCapabilitySet *set = user_data;
  GError *error = NULL;

  if (!mullion_arguments_check_count (args, 0, &error))
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event,
                                          describe_app (mullion_capability_set_get_app (set)));
}

void
mullion_app_info_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:app.info", info_cb, set);
}
