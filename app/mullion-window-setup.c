/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-window-setup.h"

#include <string.h>

/* Gives a GtkWindow what its options ask for.
 *
 * It lives in the main process. All of it happens before the window is mapped
 * for the first time, save the upper limit of the size, which GTK 4 cannot tell
 * to the window system: a window that the user made too large is put back.
 */

void
mullion_window_setup_resize (GtkWindow                  *window,
                             const MullionWindowOptions *options,
                             int                         width,
                             int                         height)
{
  if (options->max_width != 0)
    width = MIN (width, options->max_width);
  if (options->max_height != 0)
    height = MIN (height, options->max_height);

  gtk_window_set_default_size (window, width, height);

  /* A window that cannot be resized takes the least size it can have, so that
   * the size that was asked for has to be that. */
  if (!gtk_window_get_resizable (window))
    gtk_widget_set_size_request (GTK_WIDGET (window),
                                 MAX (width, options->min_width),
                                 MAX (height, options->min_height));
}

/* The height of what the window draws around the page: a title bar of its own,
 * where the window system draws none, and a menu bar. */
static int
measure_chrome (GtkWindow *window)
{
  GtkWidget *content = gtk_window_get_child (window);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (window));
  int chrome = 0;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int height = 0;

      if (child == content || !gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      chrome += height;
    }
  return chrome;
}

/* Has to wait until the window is realized: GTK decides about the title bar then. */
void
mullion_window_setup_resize_content (GtkWindow                  *window,
                                     const MullionWindowOptions *options)
{
  mullion_window_setup_resize (window, options, options->width,
                               options->height + measure_chrome (window));
}

void
mullion_window_setup_keep_within (GtkWindow                  *window,
                                  const MullionWindowOptions *options)
{
  int width, height;
  int within_width, within_height;

  /* GTK keeps the default size in step with what the user makes of the window,
   * and leaves it alone while the window is maximized or in full screen. */
  gtk_window_get_default_size (window, &width, &height);
  within_width = options->max_width != 0 ? MIN (width, options->max_width) : width;
  within_height = options->max_height != 0 ? MIN (height, options->max_height) : height;
  if (within_width != width || within_height != height)
    gtk_window_set_default_size (window, within_width, within_height);
}

static gboolean
is_picture_path (const char *icon)
{
  return strchr (icon, '/') != NULL || g_str_has_suffix (icon, ".png") ||
         g_str_has_suffix (icon, ".svg") || g_str_has_suffix (icon, ".xpm") ||
         g_str_has_suffix (icon, ".ico") || g_str_has_suffix (icon, ".jpg");
}

/* GTK 4 takes the icon of a window by name only. A picture that lies in a folder
 * of the search path is found by its name without the ending. */
static void
set_icon_file (GtkWindow  *window,
               const char *path)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (window)));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL)
    *dot = '\0';
  if (!gtk_icon_theme_has_icon (theme, name))
    gtk_icon_theme_add_search_path (theme, folder);

  if (gtk_icon_theme_has_icon (theme, name))
    gtk_window_set_icon_name (window, name);
  else
    g_warning ("Window option \"icon\" must be a PNG, SVG or XPM file, not %s: ignored", path);
}

/* @app_path (nullable) is what a relative path begins at. */
void
mullion_window_setup_set_icon (GtkWindow  *window,
                               const char *icon,
                               const char *app_path)
{
  g_autofree char *path = NULL;

  if (!is_picture_path (icon))
    {
      gtk_window_set_icon_name (window, icon);
      return;
    }
  if (app_path != NULL && g_str_has_prefix (app_path, "resource:") && !g_path_is_absolute (icon))
    {
      g_warning ("Window option \"icon\" cannot be a file of a resource, "
                 "give the name of an icon instead of \"%s\": ignored", icon);
      return;
    }

  path = g_path_is_absolute (icon) || app_path == NULL ? g_strdup (icon)
                                                       : g_build_filename (app_path, icon, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    set_icon_file (window, path);
  else
    g_warning ("Window option \"icon\" is no file: \"%s\": ignored", path);
}

void
mullion_window_setup_apply (GtkWindow                  *window,
                            const MullionWindowOptions *options)
{
  gtk_widget_set_size_request (GTK_WIDGET (window),
                               options->min_width != 0 ? options->min_width : -1,
                               options->min_height != 0 ? options->min_height : -1);
  gtk_window_set_resizable (window, options->resizable);
  mullion_window_setup_resize (window, options, options->width, options->height);

  gtk_window_set_decorated (window, options->frame);
  gtk_window_set_deletable (window, options->closable);
  if (options->title != NULL)
    gtk_window_set_title (window, options->title);
  if (options->maximized)
    gtk_window_maximize (window);
  if (options->full_screen)
    gtk_window_fullscreen (window);
}
