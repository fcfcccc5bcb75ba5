/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-paths.h"

#include "mullion-error.h"

/*
 * The folders of Electron's `app.getPath`, where the XDG specifications put them.
 */

typedef enum
{
  HOME,
  CONFIG,
  DATA,
  CACHE,
  STATE,
  TEMP,
  EXECUTABLE,
  SPECIAL,
} Base;

typedef struct
{
  const char *name;
  Base base;
  gboolean is_own; /* a folder of this app's inside it */
  GUserDirectory special;
} Path;

static const Path paths[] = {
  { "home", HOME, FALSE, 0 },
  { "appData", CONFIG, FALSE, 0 },
  { "userData", DATA, TRUE, 0 },
  { "sessionData", DATA, TRUE, 0 },
  { "cache", CACHE, TRUE, 0 },
  { "logs", STATE, TRUE, 0 },
  { "temp", TEMP, FALSE, 0 },
  { "exe", EXECUTABLE, FALSE, 0 },
  { "desktop", SPECIAL, FALSE, G_USER_DIRECTORY_DESKTOP },
  { "documents", SPECIAL, FALSE, G_USER_DIRECTORY_DOCUMENTS },
  { "downloads", SPECIAL, FALSE, G_USER_DIRECTORY_DOWNLOAD },
  { "music", SPECIAL, FALSE, G_USER_DIRECTORY_MUSIC },
  { "pictures", SPECIAL, FALSE, G_USER_DIRECTORY_PICTURES },
  { "videos", SPECIAL, FALSE, G_USER_DIRECTORY_VIDEOS },
};

static char *
dup_base (const Path *path)
{
  switch (path->base)
    {
    case HOME:
      return g_strdup (g_get_home_dir ());
    case CONFIG:
      return g_strdup (g_get_user_config_dir ());
    case DATA:
      return g_strdup (g_get_user_data_dir ());
    case CACHE:
      return g_strdup (g_get_user_cache_dir ());
    case STATE:
      return g_strdup (g_get_user_state_dir ());
    case TEMP:
      return g_strdup (g_get_tmp_dir ());
    case EXECUTABLE:
      return g_file_read_link ("/proc/self/exe", NULL);
    case SPECIAL:
    default:
      return g_strdup (g_get_user_special_dir (path->special));
    }
}

char *
mullion_app_paths_dup (const char  *application_id,
                       const char  *name,
                       GError     **error)
{
  const char *own = application_id != NULL ? application_id : g_get_prgname ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *base = NULL;

      if (!g_str_equal (paths[i].name, name))
        continue;

      base = dup_base (&paths[i]);
      if (base == NULL)
        g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                     "This user has no folder for '%s'", name);
      else if (paths[i].is_own)
        return g_build_filename (base, own != NULL ? own : "mullion", NULL);

      return g_steal_pointer (&base);
    }

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "'%s' is not the name of a folder of the app", name);
  return NULL;
}
