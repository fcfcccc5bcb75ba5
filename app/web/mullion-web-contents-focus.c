/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-focus.h"

#include "mullion-web-contents-private.h"

/*
 * Where the user is in MullionWebContents: whether they type there, how far they have scrolled, and
 * whether they hear it. Main process.
 */

/**
 * mullion_web_contents_focus:
 * @self: web contents
 *
 * Gives the page the keyboard, like Electron's `contents.focus`: what the user types goes there while
 * its window has the focus.
 *
 * Since: 0.1
 */
void
mullion_web_contents_focus (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  if (mullion_web_contents_has_page (self, NULL))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * mullion_web_contents_is_focused:
 * @self: web contents
 *
 * Asks whether the user types in the page.
 *
 * Returns: whether the page has the keyboard, and its window the focus
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_focused (MullionWebContents *self)
{
  GtkRoot *root;

  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  root = self->view != NULL ? gtk_widget_get_root (GTK_WIDGET (self->view)) : NULL;
  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
         gtk_root_get_focus (root) == GTK_WIDGET (self->view);
}

/**
 * mullion_web_contents_get_focused:
 *
 * Finds the web contents in which the user types.
 *
 * Returns: (transfer none) (nullable): the contents whose page has the keyboard, %NULL when none
 *   has
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_web_contents_get_focused (void)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  for (GList *l = all; l != NULL; l = l->next)
    if (mullion_web_contents_is_focused (l->data))
      return l->data;

  return NULL;
}

static void
scroll (MullionWebContents *self,
        const char         *command)
{
  if (mullion_web_contents_has_page (self, NULL))
    webkit_web_view_execute_editing_command (self->view, command);
}

/**
 * mullion_web_contents_scroll_to_top:
 * @self: web contents
 *
 * Scrolls to the beginning of the page, or of what has the focus in it, like Electron's
 * `contents.scrollToTop`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_scroll_to_top (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  scroll (self, "ScrollToBeginningOfDocument");
}

/**
 * mullion_web_contents_scroll_to_bottom:
 * @self: web contents
 *
 * Scrolls to the end of the page, or of what has the focus in it, like Electron's
 * `contents.scrollToBottom`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_scroll_to_bottom (MullionWebContents *self)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  scroll (self, "ScrollToEndOfDocument");
}

/**
 * mullion_web_contents_is_currently_audible:
 * @self: web contents
 *
 * Asks whether the page plays sound, like Electron's `contents.isCurrentlyAudible`.
 *
 * Returns: whether it does; a page that [method@WebContents.set_audio_muted] silenced plays it too
 *
 * Since: 0.1
 */
gboolean
mullion_web_contents_is_currently_audible (MullionWebContents *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS (self), FALSE);

  return mullion_web_contents_has_page (self, NULL) && webkit_web_view_is_playing_audio (self->view);
}
