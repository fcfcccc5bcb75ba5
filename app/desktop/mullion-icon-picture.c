/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-icon-picture.h"

#include "mullion-error.h"

/*
 * Icons of the desktop as pictures, for whoever has no GTK to draw them with.
 *
 * Main process. The theme says which file an icon is; it is read here in the size that is asked for,
 * as a texture of GTK's own would be drawn only in a window. An icon that is a file is read itself.
 */

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new_from_stream_finish (result, &error);

  if (picture != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (picture), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  int size = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream != NULL)
    gdk_pixbuf_new_from_stream_at_scale_async (G_INPUT_STREAM (stream), size, size, TRUE,
                                               g_task_get_cancellable (task), drawn_cb,
                                               g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* (transfer full) (nullable): what is shown for a missing icon is no icon of anything */
static GFile *
find_file (GIcon *icon,
           int    size)
{
  GdkDisplay *display = gdk_display_get_default ();
  GtkIconTheme *theme;
  g_autoptr(GtkIconPaintable) paintable = NULL;

  if (G_IS_FILE_ICON (icon))
    return g_object_ref (g_file_icon_get_file (G_FILE_ICON (icon)));
  if (display == NULL)
    return NULL;

  theme = gtk_icon_theme_get_for_display (display);
  if (!gtk_icon_theme_has_gicon (theme, icon))
    return NULL;

  paintable = gtk_icon_theme_lookup_by_gicon (theme, icon, size, 1, GTK_TEXT_DIR_NONE, 0);
  return gtk_icon_paintable_get_file (paintable);
}

void
mullion_icon_picture_create_async (GIcon               *icon,
                                   int                  size,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GFile) file = find_file (icon, size);

  g_task_set_source_tag (task, mullion_icon_picture_create_async);
  g_task_set_task_data (task, GINT_TO_POINTER (size), NULL);
  if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, opened_cb, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                             "The icon theme of this desktop has no icon for it");
}

GdkTexture *
mullion_icon_picture_create_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
