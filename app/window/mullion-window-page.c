/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-page.h"

#include "mullion-browser-window-private.h"
#include "mullion-web-contents.h"

/*
 * What a page does to its window: its title, full screen, and that it does not answer.
 *
 * Main process. The page is not trusted, and this is all that it may do by itself. Its end is the
 * matter of MullionWindowClosing.
 */

/* Electron has them on the window as well. */
static void
unresponsive_cb (MullionBrowserWindow *window)
{
  g_signal_emit_by_name (window, "unresponsive");
}

static void
responsive_cb (MullionBrowserWindow *window)
{
  g_signal_emit_by_name (window, "responsive");
}

static void
title_cb (MullionBrowserWindow *window,
          const char           *title)
{
  gboolean prevented = FALSE;

  /* A page without a title leaves the window its own. */
  if (title == NULL || *title == '\0')
    return;

  g_signal_emit_by_name (window, "page-title-updated", title, &prevented);
  if (!prevented && !mullion_browser_window_is_destroyed (window))
    gtk_window_set_title (GTK_WINDOW (window), title);
}

static gboolean
enter_full_screen_cb (MullionBrowserWindow *window)
{
  if (!mullion_browser_window_get_options (window)->full_screenable)
    return TRUE;

  g_signal_emit_by_name (window, "enter-html-full-screen");
  return FALSE;
}

static gboolean
leave_full_screen_cb (MullionBrowserWindow *window)
{
  g_signal_emit_by_name (window, "leave-html-full-screen");
  return FALSE;
}

void
mullion_window_page_follow (MullionBrowserWindow *window,
                            MullionWebContents   *contents)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (contents);

  g_signal_connect_object (contents, "page-title-updated", G_CALLBACK (title_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contents, "unresponsive", G_CALLBACK (unresponsive_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (contents, "responsive", G_CALLBACK (responsive_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "enter-fullscreen", G_CALLBACK (enter_full_screen_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "leave-fullscreen", G_CALLBACK (leave_full_screen_cb), window,
                           G_CONNECT_SWAPPED);
}

void
mullion_window_page_leave (MullionBrowserWindow *window,
                           MullionWebContents   *contents)
{
  g_signal_handlers_disconnect_by_data (contents, window);
  g_signal_handlers_disconnect_by_data (mullion_web_contents_get_web_view (contents), window);
}
