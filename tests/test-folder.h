/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ftw.h>
#include <stdio.h>

/* For folders that a test made. */

static int
remove_entry_cb (const char        *path,
                 const struct stat *info,
                 int                type,
                 struct FTW        *place)
{
  return remove (path);
}

/* Removes a folder and all that is below it; of a link only the link. */
static void
remove_folder (const char *path)
{
  nftw (path, remove_entry_cb, 16, FTW_DEPTH | FTW_PHYS);
}
