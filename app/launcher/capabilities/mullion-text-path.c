/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-text-path.h"

#include "mullion-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The path rules of the capability `text-files`. Main process, any thread.
 *
 * A page names files relative to the app's data folder. The letters are checked first (no "..", no
 * absolute path), then the file system is asked where the path really ends: a symbolic link that
 * somebody put into the folder must not carry a page out of it. A page cannot make links itself, so
 * nobody whom we do not trust can change the answer between the question and the use.
 */

static gboolean
refuse (GError     **error,
        int          code,
        const char  *path,
        const char  *reason)
{
  g_set_error (error, MULLION_ERROR, code, "\"%s\": %s", path, reason);
  return FALSE;
}

static gboolean
check_names (const char  *path,
             GError     **error)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], ".."))
        return refuse (error, MULLION_ERROR_NOT_ALLOWED, path,
                       "a path with \"..\" leads out of the app's data folder");
      if (*names[i] == '\0' || g_str_equal (names[i], "."))
        return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, path,
                       "a path has no empty names and no \".\"");
      if (strlen (names[i]) > MULLION_TEXT_PATH_MAX_NAME)
        return refuse (error, MULLION_ERROR_TOO_LARGE, path, "a name is at most 240 bytes long");
    }
  return TRUE;
}

gboolean
mullion_text_path_check (const char  *path,
                         GError     **error)
{
  if (!g_utf8_validate (path, -1, NULL))
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "path", "expected UTF-8");
  if (strlen (path) > MULLION_TEXT_PATH_MAX)
    return refuse (error, MULLION_ERROR_TOO_LARGE, "path", "a path is at most 4000 bytes long");
  if (*path == '\0')
    return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "path", "expected the name of a file");
  for (const char *c = path; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return refuse (error, MULLION_ERROR_INVALID_ARGUMENT, "path",
                     "a path has no control characters");
  if (*path == '/')
    return refuse (error, MULLION_ERROR_NOT_ALLOWED, path,
                   "the user did not choose this file, and outside the app's data folder only "
                   "chosen files are in reach");
  return check_names (path, error);
}

static gboolean
lies_below (const char *root,
            const char *path)
{
  g_autofree char *real_root = realpath (root, NULL);
  gsize length = real_root != NULL ? strlen (real_root) : 0;

  return real_root != NULL && g_str_has_prefix (path, real_root) &&
         (path[length] == '/' || path[length] == '\0');
}

char *
mullion_text_path_resolve (const char  *root,
                           const char  *path,
                           GError     **error)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *real = realpath (full, NULL);

  if (real == NULL)
    {
      int code = errno == ENOENT || errno == ENOTDIR ? MULLION_ERROR_NOT_FOUND
                                                     : MULLION_ERROR_FAILED;

      g_set_error (error, MULLION_ERROR, code, "\"%s\": %s", path, g_strerror (errno));
      return NULL;
    }
  if (!lies_below (root, real))
    {
      refuse (error, MULLION_ERROR_NOT_ALLOWED, path,
              "this link leads out of the app's data folder");
      return NULL;
    }
  return g_steal_pointer (&real);
}

/* Each folder is made and looked at in turn, from the root down: nothing is made behind a link that
 * leads out. */
char *
mullion_text_path_make_folder (const char  *root,
                               const char  *path,
                               GError     **error)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  g_autofree char *folder = NULL;

  if (g_mkdir_with_parents (root, 0700) != 0 || (folder = realpath (root, NULL)) == NULL)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED,
                   "cannot make the app's data folder: %s", g_strerror (errno));
      return NULL;
    }

  for (guint i = 0; names[i] != NULL && names[i + 1] != NULL; i++)
    {
      g_autofree char *next = g_build_filename (folder, names[i], NULL);

      g_free (folder);
      folder = NULL;
      if (g_mkdir (next, 0700) != 0 && errno != EEXIST)
        g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "\"%s\": %s", path,
                     g_strerror (errno));
      else if ((folder = realpath (next, NULL)) == NULL || !lies_below (root, folder))
        refuse (error, MULLION_ERROR_NOT_ALLOWED, path,
                "this link leads out of the app's data folder");
      else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        refuse (error, MULLION_ERROR_INVALID_ARGUMENT, path,
                "a name in the middle of it is no folder");
      else
        continue;
      return NULL;
    }
  return g_steal_pointer (&folder);
}
