/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-window-family.h"

/*
 * The parent and the children of a MullionBrowserWindow.
 *
 * Main process. GTK knows who stands above whom; a child is destroyed with its parent, and a modal
 * one blocks it.
 */

/* A modal window without a parent would block every other window of the app; Electron takes no
 * notice of it either. */
static void
notify_transient_for_cb (MullionBrowserWindow *self)
{
  gtk_window_set_modal (GTK_WINDOW (self),
                        mullion_browser_window_get_options (self)->modal &&
                        gtk_window_get_transient_for (GTK_WINDOW (self)) != NULL);
}

void
mullion_window_family_join (MullionBrowserWindow *window)
{
  int id = mullion_browser_window_get_options (window)->parent;
  MullionBrowserWindow *parent;

  g_signal_connect (window, "notify::transient-for", G_CALLBACK (notify_transient_for_cb), NULL);
  if (id == 0)
    return;

  parent = mullion_browser_window_from_id (id);
  if (parent != NULL)
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (parent));
  else
    g_warning ("Window option \"parent\" is no window: %d: ignored", id);
}

void
mullion_window_family_destroy_children (MullionBrowserWindow *window)
{
  g_autoptr(GList) children = mullion_browser_window_dup_child_windows (window);

  /* A handler of one child may destroy the next, so the list keeps them alive. */
  for (GList *l = children; l != NULL; l = l->next)
    g_object_ref (l->data);

  for (GList *l = children; l != NULL; l = l->next)
    {
      mullion_browser_window_destroy (l->data);
      g_object_unref (l->data);
    }
}

/**
 * mullion_browser_window_set_parent_window:
 * @self: the window
 * @parent: (nullable): a window, or %NULL for none
 *
 * Keeps the window above another one from now on, like Electron's `win.setParentWindow`. It is
 * destroyed with it, and blocks it if it was created with `"modal": true`.
 *
 * Since: 0.1
 */
void
mullion_browser_window_set_parent_window (MullionBrowserWindow *self,
                                          MullionBrowserWindow *parent)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));
  g_return_if_fail (parent == NULL || MULLION_IS_BROWSER_WINDOW (parent));
  g_return_if_fail (parent != self);

  if (!mullion_browser_window_is_gone (self, G_STRFUNC))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (parent));
}

/**
 * mullion_browser_window_get_parent_window:
 * @self: the window
 *
 * Gets the window that this one stays above.
 *
 * Returns: (nullable) (transfer none): the window; %NULL when there is none, or one that is no
 *   `MullionBrowserWindow`
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_get_parent_window (MullionBrowserWindow *self)
{
  GtkWindow *parent;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  return MULLION_IS_BROWSER_WINDOW (parent) ? MULLION_BROWSER_WINDOW (parent) : NULL;
}

/**
 * mullion_browser_window_dup_child_windows:
 * @self: the window
 *
 * Lists the windows that stay above this one, the oldest first.
 *
 * Returns: (transfer container) (element-type MullionBrowserWindow): the windows
 *
 * Since: 0.1
 */
GList *
mullion_browser_window_dup_child_windows (MullionBrowserWindow *self)
{
  g_autoptr(GList) all = NULL;
  GList *children = NULL;

  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  all = mullion_browser_window_get_all ();
  for (GList *l = all; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (self))
      children = g_list_prepend (children, l->data);
  return g_list_reverse (children);
}

/**
 * mullion_browser_window_is_modal:
 * @self: the window
 *
 * Tells whether the window blocks its parent.
 *
 * Returns: %TRUE for a window that was created with `"modal": true` and has a parent
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_modal (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), FALSE);

  return gtk_window_get_modal (GTK_WINDOW (self));
}
