/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-picture.h"

#include "mullion-web-contents-private.h"

#include <math.h>

/*
 * How large MullionWebContents are shown, and pictures of a part of them. Main process.
 */

/* Electron's: each level is a fifth larger than the one below. */
#define ZOOM_STEP 1.2

/* -- A part of the page -- */

/* Where @position is in a texture of @size, which shows @shown units. */
static int
to_pixels (double position,
           int    size,
           int    shown)
{
  return (int) CLAMP (round (position * size / MAX (shown, 1)), 0, size);
}

/* (transfer full) (nullable): what of @area is in @texture, a picture of @view */
static GdkTexture *
cut_out (GdkTexture         *texture,
         const GdkRectangle *area,
         GtkWidget          *view)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  int left = to_pixels (area->x, width, gtk_widget_get_width (view));
  int right = to_pixels ((double) area->x + area->width, width, gtk_widget_get_width (view));
  int top = to_pixels (area->y, height, gtk_widget_get_height (view));
  int bottom = to_pixels ((double) area->y + area->height, height, gtk_widget_get_height (view));
  gsize stride = (gsize) width * 4;
  g_autoptr(GBytes) pixels = NULL;
  g_autoptr(GBytes) inside = NULL;
  guchar *data;

  if (left >= right || top >= bottom)
    return NULL;

  data = g_malloc (stride * height);
  gdk_texture_download (texture, data, stride);
  pixels = g_bytes_new_take (data, stride * height);
  inside = g_bytes_new_from_bytes (pixels, top * stride + left * 4,
                                   (bottom - top - 1) * stride + (right - left) * 4);

  return gdk_memory_texture_new (right - left, bottom - top, GDK_MEMORY_DEFAULT, inside, stride);
}

static void
snapshot_cb (GObject      *view,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GdkTexture) texture =
    webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (view), result, &error);
  g_autoptr(GdkTexture) part = NULL;

  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  part = cut_out (texture, g_task_get_task_data (task), GTK_WIDGET (view));
  if (part == NULL)
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                             "The area is not in the visible part of the page");
  else
    g_task_return_pointer (task, gdk_texture_save_to_png_bytes (part),
                           (GDestroyNotify) g_bytes_unref);
}

/**
 * mullion_web_contents_capture_area_async:
 * @self: web contents
 * @area: what to take a picture of, in pixels of CSS from the upper left corner of what is visible
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called with the picture
 * @user_data: given to @callback
 *
 * Takes a picture of a part of the page, like Electron's `contents.capturePage` with a rectangle. What
 * is not visible is not in it; [method@WebContents.capture_page_async] takes all that is visible.
 *
 * Since: 0.1
 */
void
mullion_web_contents_capture_area_async (MullionWebContents  *self,
                                         const GdkRectangle  *area,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (area != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_capture_area_async);
  g_task_set_task_data (task, g_memdup2 (area, sizeof *area), g_free);
  if (!mullion_web_contents_has_page (self, &error))
    g_task_return_error (task, error);
  else
    webkit_web_view_get_snapshot (self->view, WEBKIT_SNAPSHOT_REGION_VISIBLE,
                                  WEBKIT_SNAPSHOT_OPTIONS_NONE, cancellable, snapshot_cb,
                                  g_steal_pointer (&task));
}

/**
 * mullion_web_contents_capture_area_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why there is no picture: %MULLION_ERROR_INVALID_ARGUMENT when nothing of the area is
 *   visible, %MULLION_ERROR_GONE
 *
 * Ends [method@WebContents.capture_area_async].
 *
 * Returns: (transfer full): the picture as a PNG file
 *
 * Since: 0.1
 */
GBytes *
mullion_web_contents_capture_area_finish (MullionWebContents  *self,
                                          GAsyncResult        *result,
                                          GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Its size -- */

/**
 * mullion_web_contents_set_zoom_level:
 * @self: web contents
 * @level: 0 for the page's own size; each step up is 20 % larger, each down smaller
 *
 * Sets the zoom of the page, like Electron's `setZoomLevel`. It is that of this view, for whatever it
 * loads.
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_zoom_level (MullionWebContents *self,
                                     double              level)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (isfinite (level) && fabs (level) < 100);

  mullion_web_contents_set_zoom_factor (self, pow (ZOOM_STEP, level));
}

/**
 * mullion_web_contents_get_zoom_level:
 * @self: web contents
 *
 * Gets the zoom of the page.
 *
 * Returns: 0 for the page's own size, above it for a larger one
 *
 * Since: 0.1
 */
double
mullion_web_contents_get_zoom_level (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 0.0);

  return log (mullion_web_contents_get_zoom_factor (self)) / log (ZOOM_STEP);
}
