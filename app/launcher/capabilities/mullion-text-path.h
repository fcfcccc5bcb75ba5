/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MULLION_TEXT_PATH_MAX 4000
/* A name has to leave room for the suffix of the file that is written aside. */
#define MULLION_TEXT_PATH_MAX_NAME 240

/* Whether @path may be looked at in the folder at all, by its letters alone. */
gboolean mullion_text_path_check        (const char  *path,
                                         GError     **error);
/* The real path of the file below @root, which is there. */
char    *mullion_text_path_resolve      (const char  *root,
                                         const char  *path,
                                         GError     **error);
/* The real path of the folder that holds @path, made when it is not there. */
char    *mullion_text_path_make_folder  (const char  *root,
                                         const char  *path,
                                         GError     **error);

G_END_DECLS
