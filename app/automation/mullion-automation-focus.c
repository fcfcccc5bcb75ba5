/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-focus.h"

#include "mullion-browser-window-private.h"
#include "mullion-web-contents.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/*
 * When the keys that a driver presses go to the window that it means.
 *
 * Two things are in the way. A window takes the focus when it is first shown, which is when its page
 * is ready, and a driver that looks at pages knows of it before: such windows are waited for till they
 * have had it, or they would take the focus in the middle of a word. And the display gives the focus
 * in its own time.
 */

/* A page that is not ready by then may never be. */
#define READY_TIMEOUT_MSEC 2000
/* A window that was shown and has no focus by then was shown without. */
#define FIRST_FOCUS_TIMEOUT_MSEC 500
/* A Wayland compositor shows each with it. */
#define FIRST_FOCUS_ON_WAYLAND_TIMEOUT_MSEC 3000
/* Where there is no keyboard there is no focus either: the driver finds out what that means. */
#define FOCUS_TIMEOUT_MSEC 1000

/* The name of what is known of a window that has had the focus. */
#define HAD_FOCUS "mullion-automation-had-focus"

typedef struct
{
  MullionBrowserWindow *window; /* owned */
  MullionBrowserWindow *coming; /* (nullable) (owned): the one that is waited for */
  guint timeout;
  MullionAutomationFocused focused;
  gpointer user_data;
} Wait;

/* A Wayland compositor gives it to whom a person chooses: there the driver does that. */
static gboolean
may_ask_for_focus (MullionBrowserWindow *window)
{
#ifdef GDK_WINDOWING_X11
  return GDK_IS_X11_DISPLAY (gtk_widget_get_display (GTK_WIDGET (window)));
#else
  return FALSE;
#endif
}

static void
finish (Wait *wait)
{
  g_signal_handlers_disconnect_by_data (wait->window, wait);
  g_clear_handle_id (&wait->timeout, g_source_remove);
  wait->focused (wait->user_data);
  g_object_unref (wait->window);
  g_free (wait);
}

/* -- The focus -- */

static void
active_cb (Wait *wait)
{
  if (gtk_window_is_active (GTK_WINDOW (wait->window)))
    finish (wait);
}

static gboolean
not_active_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->timeout = 0;
  finish (wait);
  return G_SOURCE_REMOVE;
}

static void
take_focus (Wait *wait)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (wait->window);

  if (contents == NULL)
    {
      finish (wait);
      return;
    }

  mullion_browser_window_show (wait->window);
  gtk_widget_grab_focus (GTK_WIDGET (mullion_web_contents_get_web_view (contents)));
  if (!may_ask_for_focus (wait->window))
    {
      finish (wait);
      return;
    }

  g_signal_connect_swapped (wait->window, "notify::is-active", G_CALLBACK (active_cb), wait);
  wait->timeout = g_timeout_add (FOCUS_TIMEOUT_MSEC, not_active_cb, wait);
  active_cb (wait);
}

/* -- Windows that will take it -- */

/* A page that nobody loads will never be ready. */
static gboolean
will_be_ready (MullionBrowserWindow *window)
{
  return !mullion_browser_window_is_ready (window) &&
         mullion_web_contents_is_loading (mullion_browser_window_get_web_contents (window));
}

static void
note_focus (MullionBrowserWindow *window)
{
  if (gtk_window_is_active (GTK_WINDOW (window)))
    g_object_set_data (G_OBJECT (window), HAD_FOCUS, window);
}

static gboolean
will_take_focus (MullionBrowserWindow *window)
{
  return gtk_widget_get_visible (GTK_WIDGET (window)) &&
         g_object_get_data (G_OBJECT (window), HAD_FOCUS) == NULL;
}

/* (nullable) (transfer full) */
static MullionBrowserWindow *
find_coming_window (MullionBrowserWindow *meant)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (will_be_ready (l->data) || (l->data != meant && will_take_focus (l->data)))
      return g_object_ref (l->data);

  return NULL;
}

static void
stop_waiting_for_window (Wait *wait)
{
  g_clear_handle_id (&wait->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (wait->coming, wait);
  g_clear_object (&wait->coming);
}

static void wait_for_windows (Wait *wait);

static void
came_cb (Wait *wait)
{
  note_focus (wait->coming);
  stop_waiting_for_window (wait);
  wait_for_windows (wait);
}

static gboolean
not_ready_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->timeout = 0;
  stop_waiting_for_window (wait);
  take_focus (wait);
  return G_SOURCE_REMOVE;
}

static gboolean
no_focus_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->timeout = 0;
  g_object_set_data (G_OBJECT (wait->coming), HAD_FOCUS, wait->coming);
  came_cb (wait);
  return G_SOURCE_REMOVE;
}

static void
wait_for_windows (Wait *wait)
{
  wait->coming = find_coming_window (wait->window);
  if (wait->coming == NULL)
    {
      take_focus (wait);
      return;
    }

  g_signal_connect_swapped (wait->coming, "closed", G_CALLBACK (came_cb), wait);
  if (will_take_focus (wait->coming))
    {
      g_signal_connect_swapped (wait->coming, "notify::is-active", G_CALLBACK (came_cb), wait);
      wait->timeout = g_timeout_add (may_ask_for_focus (wait->coming)
                                       ? FIRST_FOCUS_TIMEOUT_MSEC
                                       : FIRST_FOCUS_ON_WAYLAND_TIMEOUT_MSEC,
                                     no_focus_cb, wait);
      return;
    }

  /* After the app has shown it, in a handler of its own. */
  g_signal_connect_data (wait->coming, "ready-to-show", G_CALLBACK (came_cb), wait, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  wait->timeout = g_timeout_add (READY_TIMEOUT_MSEC, not_ready_cb, wait);
}

void
mullion_automation_focus_watch (MullionBrowserWindow *window)
{
  g_signal_connect (window, "notify::is-active", G_CALLBACK (note_focus), NULL);
}

void
mullion_automation_focus (MullionBrowserWindow     *window,
                          MullionAutomationFocused  focused,
                          gpointer                  user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->window = g_object_ref (window);
  wait->focused = focused;
  wait->user_data = user_data;
  wait_for_windows (wait);
}
