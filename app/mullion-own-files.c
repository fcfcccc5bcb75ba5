/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-own-files.h"

#include <dlfcn.h>

/*
 * Where the files are that belong to the library and that nobody else has a use for: the web-process
 * extension, and the programs that the library starts. Any process.
 */

/* The folder of our extension: said by the environment when run from the build tree, else beside
 * the library, wherever that was installed or moved to.
 *
 * Returns: (nullable): an absolute path, whether there is something or not */
char *
mullion_own_files_dup_extension_dir (void)
{
  const char *from_environment = g_getenv ("MULLION_EXTENSION_DIR");
  g_autofree char *library_dir = NULL;
  g_autofree char *dir = NULL;
  Dl_info info;

  if (from_environment != NULL && *from_environment != '\0')
    return g_canonicalize_filename (from_environment, NULL);

  if (dladdr ((gpointer) mullion_own_files_dup_extension_dir, &info) == 0 || info.dli_fname == NULL)
    return NULL;

  library_dir = g_path_get_dirname (info.dli_fname);
  dir = g_build_filename (library_dir, "mullion-" MULLION_API_VERSION, "web-process-extensions",
                          NULL);
  return g_canonicalize_filename (dir, NULL);
}

/* Our programs have a folder beside that of the extension, in the build tree as well. */
char *
mullion_own_files_dup_program (const char *name)
{
  g_autofree char *extensions = mullion_own_files_dup_extension_dir ();
  g_autofree char *path =
      g_build_filename (extensions != NULL ? extensions : "/", "..", "helpers", name, NULL);

  return g_canonicalize_filename (path, NULL);
}
