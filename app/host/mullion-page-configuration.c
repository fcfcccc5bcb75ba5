/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-configuration.h"

#include "mullion-app-private.h"
#include "mullion-error.h"
#include "mullion-grants-private.h"

#include <sys/utsname.h>

/*
 * The page configuration: what a web process needs to know to make the documents of one page.
 *
 * Made in the main process, for the web process can read no file of the app. The preload script is
 * read anew for each load, so that an edited one counts after a reload.
 */

/* A preload script is a program, not a store of data. */
#define MAX_PRELOAD_SIZE (16 * 1024 * 1024)

static char *
read_preload (GFile   *file,
              GError **error)
{
  g_autofree char *path = g_file_get_parse_name (file);
  g_autofree char *source = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &source, &length, NULL, error))
    return NULL;

  if (length > MAX_PRELOAD_SIZE)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "The preload script %s is over the limit of %d bytes", path, MAX_PRELOAD_SIZE);
      return NULL;
    }

  if (!g_utf8_validate (source, length, NULL))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "The preload script %s is not UTF-8 text", path);
      return NULL;
    }

  return g_steal_pointer (&source);
}

static void
add_preload (JsonObject  *object,
             MullionApp  *app,
             const char  *preload,
             GError     **error)
{
  g_autoptr(GFile) file = mullion_app_resolve_file (app, preload);
  g_autofree char *source = read_preload (file, error);
  g_autofree char *path = g_file_get_path (file);

  if (source == NULL)
    return;

  if (path == NULL)
    path = g_file_get_uri (file);
  json_object_set_string_member (object, "preloadPath", path);
  json_object_set_string_member (object, "preloadSource", source);
}

static JsonArray *
make_argv (const MullionWebPreferences *preferences)
{
  JsonArray *argv = json_array_new ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  json_array_add_string_element (argv, program != NULL ? program : g_get_prgname ());
  for (guint i = 0; preferences->additional_arguments != NULL &&
                    preferences->additional_arguments[i] != NULL; i++)
    json_array_add_string_element (argv, preferences->additional_arguments[i]);

  return argv;
}

static void
add_version (JsonObject *versions,
             const char *name,
             guint       major,
             guint       minor,
             guint       micro)
{
  g_autofree char *text = g_strdup_printf ("%u.%u.%u", major, minor, micro);

  json_object_set_string_member (versions, name, text);
}

static JsonObject *
make_versions (void)
{
  JsonObject *versions = json_object_new ();

  json_object_set_string_member (versions, "mullion", MULLION_VERSION);
  add_version (versions, "webkit", webkit_get_major_version (), webkit_get_minor_version (),
               webkit_get_micro_version ());
  add_version (versions, "gtk", gtk_get_major_version (), gtk_get_minor_version (),
               gtk_get_micro_version ());
  add_version (versions, "glib", glib_major_version, glib_minor_version, glib_micro_version);

  return versions;
}

/* Node's name of the machine's architecture. */
static const char *
get_architecture (void)
{
  static struct utsname system;

  if (*system.machine == '\0' && uname (&system) != 0)
    return "unknown";
  if (g_str_equal (system.machine, "x86_64"))
    return "x64";
  if (g_str_equal (system.machine, "aarch64"))
    return "arm64";

  return system.machine;
}

static void
add_once (JsonArray  *origins,
          const char *origin)
{
  for (guint i = 0; i < json_array_get_length (origins); i++)
    if (g_str_equal (json_array_get_string_element (origins, i), origin))
      return;

  json_array_add_string_element (origins, origin);
}

/* Whose documents get the preload script: those of the app, the origins that it lists, and whom it
 * grants anything. */
static void
add_origins (JsonObject                  *object,
             MullionApp                  *app,
             const MullionWebPreferences *preferences,
             MullionGrants               *grants)
{
  g_autoptr(GPtrArray) list = grants != NULL ? mullion_grants_list (grants) : NULL;
  JsonArray *of_pages = mullion_app_list_origins (app);
  JsonArray *of_frames = preferences->preload_in_sub_frames ? mullion_app_list_origins (app)
                                                            : json_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const MullionGrant *grant = list->pdata[i];
      const char *origin = grant->origin != NULL ? grant->origin : mullion_app_get_origin (app);

      if (grant->frames & MULLION_GRANT_MAIN_FRAME)
        add_once (of_pages, origin);
      if (grant->frames & MULLION_GRANT_SUB_FRAMES)
        add_once (of_frames, origin);
    }

  json_object_set_array_member (object, "origins", of_pages);
  json_object_set_array_member (object, "subFrameOrigins", of_frames);
}

/* Returns: (transfer full): the configuration, without a preload script when that cannot be read,
 * and then with @error */
JsonNode *
mullion_page_configuration_new (MullionApp                   *app,
                                const MullionWebPreferences  *preferences,
                                MullionGrants                *grants,
                                GError                      **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonObject *runtime = json_object_new ();

  if (preferences->preload != NULL)
    add_preload (object, app, preferences->preload, error);
  add_origins (object, app, preferences, grants);

  json_object_set_array_member (runtime, "argv", make_argv (preferences));
  json_object_set_object_member (runtime, "versions", make_versions ());
  json_object_set_string_member (runtime, "platform", "linux");
  json_object_set_string_member (runtime, "arch", get_architecture ());
  json_object_set_boolean_member (runtime, "enableRemote", preferences->enable_remote);
  json_object_set_object_member (object, "runtime", runtime);

  return json_node_init_object (json_node_alloc (), object);
}
