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

/* The height of what stands in @parent beside @content. */
static int
measure_beside (GtkWidget *parent,
                GtkWidget *content)
{
  GtkWidget *child = gtk_widget_get_first_child (parent);
  int total = 0;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int height = 0;

      if (child == content || !gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      total += height;
    }
  return total;
}

/* The height of what the window draws around the page: a title bar of its own,
 * where the window system draws none, and in the box of the page a menu bar. */
static int
measure_chrome (GtkWindow *window)
{
  GtkWidget *box = gtk_window_get_child (window);

  return measure_beside (GTK_WIDGET (window), box) +
         measure_beside (box, gtk_widget_get_last_child (box));
}

/* The edge of a window with a title bar of GTK's, where the desktop composes no shadows: the theme
 * draws it within the size of the window. */
static GtkBorder
measure_edge (GtkWindow *window)
{
  GtkBorder edge, padding;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_style_context_get_border (gtk_widget_get_style_context (GTK_WIDGET (window)), &edge);
  gtk_style_context_get_padding (gtk_widget_get_style_context (GTK_WIDGET (window)), &padding);
  G_GNUC_END_IGNORE_DEPRECATIONS

  edge.left += padding.left;
  edge.right += padding.right;
  edge.top += padding.top;
  edge.bottom += padding.bottom;
  return edge;
}

/* Has to wait until the window is realized: GTK decides about the title bar then. */
void
mullion_window_setup_resize_content (GtkWindow                  *window,
                                     const MullionWindowOptions *options)
{
  GtkBorder edge = measure_edge (window);

  mullion_window_setup_resize (window, options, options->width + edge.left + edge.right,
                               options->height + measure_chrome (window) + edge.top + edge.bottom);
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
  static const char *const endings[] = { ".png", ".svg", ".jpg", ".jpeg", ".ico" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (icon, endings[i]))
        return TRUE;
    }
  return strchr (icon, '/') != NULL;
}

static GFile *
find_picture (const char *path,
              const char *app_path)
{
  g_autofree char *joined = NULL;

  if (g_path_is_absolute (path) || app_path == NULL)
    return g_file_new_for_path (path);

  joined = g_strconcat (app_path, "/", path, NULL);
  return g_file_new_for_commandline_arg (joined);
}

/* GTK 4 knows icons by name only. A picture is handed to the window system, which
 * Wayland has no means for: there, the icon is that of the desktop file. */
static void
set_picture_cb (GtkWidget  *window,
                GdkTexture *picture)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GList icons = { picture, NULL, NULL };

  gdk_toplevel_set_icon_list (GDK_TOPLEVEL (surface), &icons);
}

static void
unref_picture (gpointer  picture,
               GClosure *closure)
{
  g_object_unref (picture);
}

/* @icon is the name of an icon or the path of a picture, for which @app_path
 * (nullable), a folder or a resource URI, is where a relative one begins. */
gboolean
mullion_window_setup_set_icon (GtkWindow   *window,
                               const char  *icon,
                               const char  *app_path,
                               GError     **error)
{
  GdkTexture *picture = NULL;

  if (is_picture_path (icon))
    {
      g_autoptr(GFile) file = find_picture (icon, app_path);

      picture = gdk_texture_new_from_file (file, error);
      if (picture == NULL)
        return FALSE;
    }

  g_signal_handlers_disconnect_matched (window, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, set_picture_cb,
                                        NULL);
  gtk_window_set_icon_name (window, picture == NULL ? icon : NULL);
  if (picture == NULL)
    return TRUE;

  g_signal_connect_data (window, "realize", G_CALLBACK (set_picture_cb), picture, unref_picture, 0);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    set_picture_cb (GTK_WIDGET (window), picture);
  return TRUE;
}

/* The window paints the colour itself, for it is on the screen before the web view has its first
 * frame, and @view paints it until the page does. */
void
mullion_window_setup_set_background (GtkWindow     *window,
                                     WebKitWebView *view,
                                     const GdkRGBA *color)
{
  GtkCssProvider *provider = g_object_get_data (G_OBJECT (window), "mullion-background");
  g_autofree char *value = gdk_rgba_to_string (color);
  g_autofree char *css = g_strdup_printf ("window { background: %s; }", value);

  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      g_object_set_data_full (G_OBJECT (window), "mullion-background", provider, g_object_unref);
      G_GNUC_BEGIN_IGNORE_DEPRECATIONS
      gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (window)),
                                      GTK_STYLE_PROVIDER (provider),
                                      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
      G_GNUC_END_IGNORE_DEPRECATIONS
    }

  gtk_css_provider_load_from_data (provider, css, -1);
  webkit_web_view_set_background_color (view, color);
}

/* The upper limit is kept whenever the size changes. */
void
mullion_window_setup_limit (GtkWindow                  *window,
                            const MullionWindowOptions *options)
{
  gtk_widget_set_size_request (GTK_WIDGET (window),
                               options->min_width != 0 ? options->min_width : -1,
                               options->min_height != 0 ? options->min_height : -1);
}

void
mullion_window_setup_apply (GtkWindow                  *window,
                            const MullionWindowOptions *options)
{
  mullion_window_setup_limit (window, options);
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
