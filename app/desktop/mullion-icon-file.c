/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-icon-file.h"

#include "mullion-app-private.h"

/*
 * Pictures that other programs show for the app.
 *
 * Main process. They run elsewhere, and cannot read a file inside of a sandbox or a resource of
 * the program, so the picture itself goes along.
 */

static GFile *
find_file (const char *icon)
{
  MullionApp *app = mullion_app_get_default ();

  if (g_path_is_absolute (icon))
    return g_file_new_for_path (icon);
  return app != NULL && mullion_app_get_app_path (app) != NULL
           ? mullion_app_resolve_file (app, icon) : NULL;
}

GdkPixbuf *
mullion_icon_file_read (const char *icon,
                        int         size)
{
  g_autoptr(GFile) file = find_file (icon);
  g_autoptr(GInputStream) stream =
    file != NULL ? G_INPUT_STREAM (g_file_read (file, NULL, NULL)) : NULL;

  return stream != NULL
           ? gdk_pixbuf_new_from_stream_at_scale (stream, size, size, TRUE, NULL, NULL) : NULL;
}
