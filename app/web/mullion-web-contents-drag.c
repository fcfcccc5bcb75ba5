/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-drag.h"

#include "mullion-held-press.h"
#include "mullion-icon-file.h"
#include "mullion-web-contents-private.h"

/*
 * Files that the user drags out of a page, to the desktop or another program.
 *
 * Main process. The page says that its own drag began, and the app says which files go along. Only
 * a button that the user holds down in the view can begin it, and once.
 */

#define ICON_SIZE 48

static gboolean
check_files (const char *const  *files,
             GError            **error)
{
  if (files[0] == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "There is no file to drag");
      return FALSE;
    }

  for (guint i = 0; files[i] != NULL; i++)
    {
      if (!g_path_is_absolute (files[i]))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "The path of a file to drag must be absolute: %s", files[i]);
          return FALSE;
        }
      if (!g_file_test (files[i], G_FILE_TEST_EXISTS))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                       "There is no file to drag at %s", files[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static GdkContentProvider *
create_content (const char *const *files)
{
  g_autoslist(GFile) list = NULL;
  GdkFileList *file_list;
  GdkContentProvider *content;

  for (guint i = 0; files[i] != NULL; i++)
    list = g_slist_prepend (list, g_file_new_for_path (files[i]));
  list = g_slist_reverse (list);
  file_list = gdk_file_list_new_from_list (list);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, file_list);
  g_boxed_free (GDK_TYPE_FILE_LIST, file_list);

  return content;
}

/* -- What the user sees under the pointer -- */

static GtkWidget *
create_default_icon (const char *file)
{
  g_autofree char *type = g_content_type_guess (file, NULL, 0, NULL);
  g_autoptr(GIcon) icon =
    g_content_type_get_icon (g_file_test (file, G_FILE_TEST_IS_DIR) ? "inode/directory" : type);

  return gtk_image_new_from_gicon (icon);
}

static void
set_icon (GdkDrag    *drag,
          const char *icon,
          const char *file)
{
  g_autoptr(GdkPixbuf) picture = icon != NULL ? mullion_icon_file_read (icon, ICON_SIZE) : NULL;
  g_autoptr(GdkTexture) texture = NULL;
  GtkWidget *image;

  if (picture != NULL)
    {
      texture = gdk_texture_new_for_pixbuf (picture);
      gtk_drag_icon_set_from_paintable (drag, GDK_PAINTABLE (texture), 0, 0);
      return;
    }

  image = icon != NULL ? gtk_image_new_from_icon_name (icon) : create_default_icon (file);
  gtk_image_set_pixel_size (GTK_IMAGE (image), ICON_SIZE);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), image);
}

/* -- The drag -- */

/* Whoever begins a drag holds on to it until it has ended. */
static void
ended_cb (GdkDrag *drag)
{
  g_signal_handlers_disconnect_by_func (drag, ended_cb, NULL);
  g_object_unref (drag);
}

static GdkDrag *
begin (GtkWidget          *view,
       GdkEvent           *press,
       GdkContentProvider *content)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (view));
  GdkDevice *device = gdk_event_get_device (press);
  double x = 0, y = 0, start_x = 0, start_y = 0;
  GdkDrag *drag;

  gdk_surface_get_device_position (surface, device, &x, &y, NULL);
  gdk_event_get_position (press, &start_x, &start_y);
  drag = gdk_drag_begin (surface, device, content, GDK_ACTION_COPY | GDK_ACTION_LINK,
                         x - start_x, y - start_y);
  if (drag == NULL)
    return NULL;

  g_signal_connect (drag, "dnd-finished", G_CALLBACK (ended_cb), NULL);
  g_signal_connect (drag, "cancel", G_CALLBACK (ended_cb), NULL);
  return drag;
}

/**
 * mullion_web_contents_start_drag:
 * @self: web contents
 * @files: (array zero-terminated=1): absolute paths of files
 * @icon: (nullable): a picture, absolute or below the path of the app, or the name of an icon of the
 *   theme; %NULL for the icon of the first file's type
 * @error: (nullable): where to put an error
 *
 * Lets the user drag files out of the page, like Electron's `contents.startDrag`.
 *
 * Call it when the page tells of its `dragstart` event, which it has to prevent: the drag goes on
 * with these files, to be copied or linked, wherever the user drops them. In a sandbox they reach
 * the other program through the portal.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT without a file and with a path that is not absolute,
 * with %MULLION_ERROR_NOT_FOUND for a file that is not there, and with %MULLION_ERROR_NOT_ALLOWED
 * unless the user holds the first button down in the page.
 *
 * Returns: %FALSE with @error set
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_start_drag (MullionWebContents  *self,
                                 const char *const   *files,
                                 const char          *icon,
                                 GError             **error)
{
  WebKitWebView *view;
  g_autoptr(GdkEvent) press = NULL;
  g_autoptr(GdkContentProvider) content = NULL;
  GdkDrag *drag;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);
  g_return_val_if_fail (files != NULL, FALSE);

  if (!check_files (files, error))
    return FALSE;

  view = mullion_web_contents_get_web_view (self);
  press = view != NULL ? mullion_held_press_take (GTK_WIDGET (view)) : NULL;
  if (press == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                           "The user holds no button down in the page to drag with");
      return FALSE;
    }

  content = create_content (files);
  drag = begin (GTK_WIDGET (view), press, content);
  if (drag == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_FAILED,
                           "The window system did not begin the drag");
      return FALSE;
    }

  set_icon (drag, icon, files[0]);
  return TRUE;
}
