/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-web-contents.h"

/* The list of the windows of this process: their numbers, and how to find them.
 *
 * It lives in the main process. A number may come from a page or a manifest, so
 * every look-up may fail; a window that is destroyed is not in the list.
 */

/* Oldest first. They are unowned: each one strikes itself out. */
static GList *windows;
static guint last_id;

/**
 * mullion_browser_window_from_id:
 * @id: a number
 *
 * Finds a window by its number.
 *
 * Returns: (nullable) (transfer none): the window, or %NULL when there is none
 *   or it is destroyed
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_from_id (guint id)
{
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (mullion_browser_window_get_id (l->data) == id)
        return l->data;
    }
  return NULL;
}

/* Of a view above the page of a window, or elsewhere in it. */
static MullionBrowserWindow *
find_around (MullionWebContents *contents)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (contents);
  GtkRoot *root = view != NULL ? gtk_widget_get_root (GTK_WIDGET (view)) : NULL;

  return MULLION_IS_BROWSER_WINDOW (root) ? MULLION_BROWSER_WINDOW (root) : NULL;
}

/**
 * mullion_browser_window_from_web_contents:
 * @contents: the web contents
 *
 * Finds the window that shows @contents, be it as its page or in a view.
 *
 * Returns: (nullable) (transfer none): the window
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_from_web_contents (MullionWebContents *contents)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (contents), NULL);

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (mullion_browser_window_get_web_contents (l->data) == contents)
        return l->data;
    }
  return find_around (contents);
}

/**
 * mullion_browser_window_get_all:
 *
 * Gets all windows that are not destroyed, oldest first.
 *
 * Returns: (transfer container) (element-type MullionBrowserWindow): the windows
 *
 * Since: 0.1
 */
GList *
mullion_browser_window_get_all (void)
{
  return g_list_copy (windows);
}

/**
 * mullion_browser_window_get_focused:
 *
 * Gets the window that has the focus.
 *
 * Returns: (nullable) (transfer none): the window, or %NULL when the focus is in
 *   another app
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_get_focused (void)
{
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (gtk_window_is_active (l->data))
        return l->data;
    }
  return NULL;
}

/* Returns the number of @self. */
guint
mullion_browser_window_enlist (MullionBrowserWindow *self)
{
  windows = g_list_append (windows, self);
  return ++last_id;
}

void
mullion_browser_window_strike (MullionBrowserWindow *self)
{
  windows = g_list_remove (windows, self);
}
