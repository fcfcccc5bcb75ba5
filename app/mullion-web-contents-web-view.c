/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-private.h"

/*
 * What MullionWebContents hands on to its web view: history, title, picture, Web Inspector, zoom, its
 * name to servers, sound.
 *
 * Nothing in here has a state of its own.
 */

static WebKitWebInspector *
get_inspector (MullionWebContents *self)
{
  return webkit_web_view_get_inspector (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_stop:
 * @self: web contents
 *
 * Stops a load that is under way.
 *
 * Since: 0.1
 */
void
mullion_web_contents_stop (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_web_view_stop_loading (mullion_web_contents_get_web_view (self));
  mullion_web_contents_end_load (self);
}

/**
 * mullion_web_contents_can_go_back:
 * @self: web contents
 *
 * Asks whether the history has a page before this one.
 *
 * Returns: whether there is a page before this one
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_can_go_back (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return webkit_web_view_can_go_back (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_can_go_forward:
 * @self: web contents
 *
 * Asks whether the history has a page after this one.
 *
 * Returns: whether there is a page after this one
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_can_go_forward (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return webkit_web_view_can_go_forward (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_go_back:
 * @self: web contents
 *
 * Goes to the page before this one, if there is one.
 *
 * Since: 0.1
 */
void
mullion_web_contents_go_back (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_web_view_go_back (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_go_forward:
 * @self: web contents
 *
 * Goes to the page after this one, if there is one.
 *
 * Since: 0.1
 */
void
mullion_web_contents_go_forward (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_web_view_go_forward (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_go_to_offset:
 * @self: web contents
 * @offset: how many pages forward, or back when negative
 *
 * Goes to another page of the history, if there is one.
 *
 * Since: 0.1
 */
void
mullion_web_contents_go_to_offset (MullionWebContents *self,
                                   int                 offset)
{
  WebKitBackForwardListItem *item;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  item = webkit_back_forward_list_get_nth_item (
    webkit_web_view_get_back_forward_list (mullion_web_contents_get_web_view (self)), offset);
  if (item != NULL)
    webkit_web_view_go_to_back_forward_list_item (mullion_web_contents_get_web_view (self), item);
}

/**
 * mullion_web_contents_get_title:
 * @self: web contents
 *
 * Gets the title of the page.
 *
 * Returns: (nullable): the title of the page, %NULL before there is one
 *
 * Since: 0.1
 */
const char *
mullion_web_contents_get_title (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return webkit_web_view_get_title (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_get_uri:
 * @self: web contents
 *
 * Gets the address of the page, like Electron's `getURL`.
 *
 * Returns: (nullable): the address of the page, %NULL before the first load
 *
 * Since: 0.1
 */
const char *
mullion_web_contents_get_uri (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return webkit_web_view_get_uri (mullion_web_contents_get_web_view (self));
}

static void
snapshot_cb (GObject      *view,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture =
    webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (view), result, &error);

  if (texture == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, gdk_texture_save_to_png_bytes (texture),
                           (GDestroyNotify) g_bytes_unref);
}

/**
 * mullion_web_contents_capture_page_async:
 * @self: web contents
 * @cancellable: (nullable): to stop waiting
 * @callback: (scope async): called with the picture
 * @user_data: given to @callback
 *
 * Takes a picture of what is visible of the page.
 *
 * Since: 0.1
 */
void
mullion_web_contents_capture_page_async (MullionWebContents  *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_web_contents_capture_page_async);
  webkit_web_view_get_snapshot (mullion_web_contents_get_web_view (self),
                                WEBKIT_SNAPSHOT_REGION_VISIBLE,
                                WEBKIT_SNAPSHOT_OPTIONS_NONE, cancellable, snapshot_cb, task);
}

/**
 * mullion_web_contents_capture_page_finish:
 * @self: web contents
 * @result: what the callback got
 * @error: why there is no picture
 *
 * Ends [method@WebContents.capture_page_async].
 *
 * Returns: (transfer full): the picture as a PNG file
 *
 * Since: 0.1
 */
GBytes *
mullion_web_contents_capture_page_finish (MullionWebContents  *self,
                                          GAsyncResult        *result,
                                          GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mullion_web_contents_open_dev_tools:
 * @self: web contents
 *
 * Opens WebKit's Web Inspector for the page. Nothing happens in a window whose `devTools`
 * preference is off.
 *
 * Since: 0.1
 */
void
mullion_web_contents_open_dev_tools (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  if (!mullion_web_contents_is_destroyed (self) &&
      mullion_web_contents_get_preferences (self)->dev_tools)
    webkit_web_inspector_show (get_inspector (self));
}

/**
 * mullion_web_contents_close_dev_tools:
 * @self: web contents
 *
 * Closes the Web Inspector.
 *
 * Since: 0.1
 */
void
mullion_web_contents_close_dev_tools (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_web_inspector_close (get_inspector (self));
}

/**
 * mullion_web_contents_toggle_dev_tools:
 * @self: web contents
 *
 * Opens the Web Inspector, or closes it when it is open.
 *
 * Since: 0.1
 */
void
mullion_web_contents_toggle_dev_tools (MullionWebContents *self)
{
  if (mullion_web_contents_is_dev_tools_opened (self))
    mullion_web_contents_close_dev_tools (self);
  else
    mullion_web_contents_open_dev_tools (self);
}

/**
 * mullion_web_contents_set_zoom_factor:
 * @self: web contents
 * @factor: how large the page is shown; 1.0 is its own size
 *
 * Sets the zoom of the page.
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_zoom_factor (MullionWebContents *self,
                                      double              factor)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));
  g_return_if_fail (factor > 0.0);

  webkit_web_view_set_zoom_level (mullion_web_contents_get_web_view (self), factor);
}

/**
 * mullion_web_contents_get_zoom_factor:
 * @self: web contents
 *
 * Gets the zoom of the page.
 *
 * Returns: how large the page is shown; 1.0 is its own size
 *
 * Since: 0.1
 */
double
mullion_web_contents_get_zoom_factor (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), 1.0);

  return webkit_web_view_get_zoom_level (mullion_web_contents_get_web_view (self));
}

/**
 * mullion_web_contents_set_user_agent:
 * @self: web contents
 * @user_agent: (nullable): the text, %NULL for WebKit's own
 *
 * Sets how the page names itself to servers, like Electron's `contents.setUserAgent`. It is for what is
 * loaded from now on; the name for a whole session is [method@Session.set_user_agent].
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_user_agent (MullionWebContents *self,
                                     const char         *user_agent)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_settings_set_user_agent (
    webkit_web_view_get_settings (mullion_web_contents_get_web_view (self)), user_agent);
}

/**
 * mullion_web_contents_get_user_agent:
 * @self: web contents
 *
 * Gets how the page names itself to servers.
 *
 * Returns: what was set, or WebKit's own
 *
 * Since: 0.1
 */
const char *
mullion_web_contents_get_user_agent (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), NULL);

  return webkit_settings_get_user_agent (
    webkit_web_view_get_settings (mullion_web_contents_get_web_view (self)));
}

/**
 * mullion_web_contents_set_audio_muted:
 * @self: web contents
 * @muted: whether the page shall be silent
 *
 * Silences the page, or lets it be heard again.
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_audio_muted (MullionWebContents *self,
                                      gboolean            muted)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  webkit_web_view_set_is_muted (mullion_web_contents_get_web_view (self), muted);
}

/**
 * mullion_web_contents_is_audio_muted:
 * @self: web contents
 *
 * Asks whether the page was silenced.
 *
 * Returns: %TRUE if it was
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_audio_muted (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return webkit_web_view_get_is_muted (mullion_web_contents_get_web_view (self));
}
