/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-window-content.h"

/*
 * The pages above the page of a MullionBrowserWindow.
 *
 * Main process. The window has a reference to each, and destroys them at its end: who keeps a view
 * longer finds an empty one.
 */

/**
 * mullion_browser_window_add_child_view:
 * @self: the window
 * @view: a view that is in no window
 *
 * Lays a view above the page of the window and above the views before it, like Electron's
 * `win.contentView.addChildView`. A view that is in this window already comes to the top.
 *
 * Since: 0.1
 */
void
mullion_browser_window_add_child_view (MullionBrowserWindow   *self,
                                       MullionWebContentsView *view)
{
  GtkWidget *content;
  g_autoptr(MullionWebContentsView) held = NULL;

  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (view));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  content = mullion_browser_window_get_content (self);
  held = g_object_ref (view);
  mullion_window_content_remove_view (content, view);
  g_return_if_fail (gtk_widget_get_parent (GTK_WIDGET (view)) == NULL);
  mullion_window_content_add_view (content, view);
}

/**
 * mullion_browser_window_remove_child_view:
 * @self: the window
 * @view: a view
 *
 * Takes a view out of the window, like Electron's `win.contentView.removeChildView`. Unless somebody
 * has a reference to it, its page ends. A view that is not in the window is no mistake.
 *
 * Since: 0.1
 */
void
mullion_browser_window_remove_child_view (MullionBrowserWindow   *self,
                                          MullionWebContentsView *view)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (view));

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    mullion_window_content_remove_view (mullion_browser_window_get_content (self), view);
}

/**
 * mullion_browser_window_dup_child_views:
 * @self: the window
 *
 * Lists the views of the window, the lowest first, like Electron's `win.contentView.children`.
 *
 * Returns: (transfer container) (element-type MullionWebContentsView): the views
 *
 * Since: 0.1
 */
GList *
mullion_browser_window_dup_child_views (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  if (mullion_browser_window_is_destroyed (self))
    return NULL;

  return mullion_window_content_list_views (mullion_browser_window_get_content (self));
}

/* At the end of the window: its pages end whoever holds on to them. */
void
mullion_browser_window_release_views (MullionBrowserWindow *self)
{
  g_autoptr(GList) views =
    mullion_window_content_list_views (mullion_browser_window_get_content (self));

  for (GList *l = views; l != NULL; l = l->next)
    {
      g_autoptr(GObject) view = g_object_ref (l->data);

      mullion_window_content_remove_view (mullion_browser_window_get_content (self), l->data);
      g_object_run_dispose (view);
    }
}
