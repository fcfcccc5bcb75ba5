/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-home.h"

#include <glib/gstdio.h>
#include <pwd.h>
#include <unistd.h>

/*
 * A home that cannot be written, or that is not there at all.
 *
 * Main process. WebKit wants folders of its own and of PulseAudio's in there for its sandbox, and ends
 * the program where it cannot have them; and it crashes without a home. So whatever of the user's
 * folders cannot be written is a temporary one in this run. What is in the environment already counts.
 */

static const struct
{
  const char *variable;
  const char *place; /* in the home */
} folders[] = {
  { "XDG_CACHE_HOME", ".cache" },
  { "XDG_CONFIG_HOME", ".config" },
  { "XDG_DATA_HOME", ".local/share" },
};

/* g_get_home_dir () would keep what it finds. */
static const char *
get_home (void)
{
  const char *home = g_getenv ("HOME");
  struct passwd *user;

  if (home != NULL)
    return home;

  user = getpwuid (getuid ());
  return user != NULL && user->pw_dir != NULL ? user->pw_dir : "/";
}

static char *
dup_folder (gsize i)
{
  const char *value = g_getenv (folders[i].variable);

  if (value != NULL && g_path_is_absolute (value))
    return g_strdup (value);

  return g_build_filename (get_home (), folders[i].place, NULL);
}

/* Whether it is there and can be written, or can be made. */
static gboolean
can_be_written (const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }

  return g_file_test (path, G_FILE_TEST_IS_DIR) && g_access (path, W_OK | X_OK) == 0;
}

static void
put_aside (const char *variable,
           const char *place,
           char      **temporary)
{
  g_autofree char *folder = NULL;
  g_autoptr(GError) error = NULL;

  if (*temporary == NULL)
    *temporary = g_dir_make_tmp ("mullion-home-XXXXXX", &error);
  if (*temporary == NULL)
    {
      g_warning ("There is no place for %s: %s", variable, error->message);
      return;
    }

  folder = g_build_filename (*temporary, place, NULL);
  g_setenv (variable, folder, TRUE);
}

void
mullion_home_prepare (void)
{
  g_autofree char *temporary = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = dup_folder (i);

      if (!can_be_written (folder))
        put_aside (folders[i].variable, folders[i].place, &temporary);
    }
  if (!g_file_test (get_home (), G_FILE_TEST_IS_DIR))
    put_aside ("HOME", NULL, &temporary);

  if (temporary != NULL)
    g_warning ("The user's folders cannot be written: what the app and its pages keep is in %s, and "
               "the next run does not look there", temporary);
}
