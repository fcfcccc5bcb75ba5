/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-files.h"

/* Files that pages show something with: they lie in the data of the Gallery, and not among the user's. */

char *
gallery_write_file (MullionApp  *app,
                    const char  *name,
                    const char  *text,
                    GError     **error)
{
  g_autofree char *folder = mullion_app_dup_path (app, "userData", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, text, -1, error) ? g_steal_pointer (&path) : NULL;
}
