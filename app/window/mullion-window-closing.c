/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-window-closing.h"

#include "mullion-app-private.h"
#include "mullion-browser-window.h"
#include "mullion-web-contents.h"

/* Asks everybody who has a say before a window with a page in it closes: first
 * the app, by the `close` signal, then the page, by its beforeunload handler.
 *
 * It lives in the main process and belongs to one window, from the moment that
 * the window has a page until it is destroyed. The page is not trusted: it may
 * refuse, and it may hang. A page that is still busy when the user asks again
 * after CLOSE_PATIENCE loses its say, and so does one whose process died.
 *
 * WebKit gives a beforeunload handler no more than some 50 ms to answer, and after
 * the answer as long for the process to say so, and then asks to close the page over
 * it. On a loaded machine that is too little for a handler that wants to stay. So the
 * page is woken first, with a script that does nothing; a close that WebKit asks for
 * waits until the page has run such a script once more, which it does when its
 * handler has come to an end; and one that follows a refusal is WebKit's impatience.
 *
 * Destroying the window frees this object: nothing may touch it afterwards.
 */

#define CLOSE_PATIENCE (2 * G_USEC_PER_SEC)

struct _MullionWindowClosing
{
  MullionBrowserWindow *window;         /* unowned: it owns us */
  MullionWebContents *contents;
  WebKitWebView *view;

  GCancellable *cancellable;

  gint64 asked;                         /* when the page was asked, or 0 */
  guint patience_id;                    /* while a close waits for the end of the handler */
  gboolean refusing;                    /* until WebKit knows what the page said */
  gboolean process_gone;
};

/* One window that stays is enough to keep an app that was about to quit. */
static void
stay_open (MullionBrowserWindow *window)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (window));

  if (MULLION_IS_APP (app))
    mullion_app_cancel_quit (MULLION_APP (app));
}

/* Asks the app alone: what there is to ask about a window without a page. */
gboolean
mullion_window_closing_is_prevented (MullionBrowserWindow *window)
{
  gboolean prevented = FALSE;

  g_signal_emit_by_name (window, "close", &prevented);
  if (prevented && !mullion_browser_window_is_destroyed (window))
    stay_open (window);
  return prevented || mullion_browser_window_is_destroyed (window);
}

/* Whether a script has had its turn in the page, and nobody gave up waiting. Whatever else it was
 * that failed, the page is there. */
static gboolean
finish_turn (GObject      *view,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JSCValue) value = webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (view),
                                                                          result, &error);

  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* After what the page is doing now. */
static void
await_turn (MullionWindowClosing *self,
            GAsyncReadyCallback   callback)
{
  webkit_web_view_evaluate_javascript (self->view, "0", -1, NULL, NULL, self->cancellable, callback,
                                       self);
}

static void
woken_cb (GObject      *view,
          GAsyncResult *result,
          gpointer      user_data)
{
  if (finish_turn (view, result))
    webkit_web_view_try_close (WEBKIT_WEB_VIEW (view));
}

void
mullion_window_closing_request (MullionWindowClosing *self)
{
  g_autoptr(MullionBrowserWindow) window = g_object_ref (self->window);

  if (self->asked != 0)
    {
      if (g_get_monotonic_time () - self->asked > CLOSE_PATIENCE)
        mullion_browser_window_destroy (window);
      return;
    }

  if (mullion_window_closing_is_prevented (window))
    return;

  /* There is nobody to ask in a dead process, nor in a view that has not loaded
   * anything. */
  if (self->process_gone || webkit_web_view_get_uri (self->view) == NULL)
    {
      mullion_browser_window_destroy (window);
      return;
    }

  self->asked = g_get_monotonic_time ();
  await_turn (self, woken_cb);
}

static gboolean
patience_cb (gpointer user_data)
{
  MullionWindowClosing *self = user_data;

  self->patience_id = 0;
  mullion_browser_window_destroy (self->window);
  return G_SOURCE_REMOVE;
}

/* The handler has ended. If it wants the page to stay, it has said so before. */
static void
handled_cb (GObject      *view,
            GAsyncResult *result,
            gpointer      user_data)
{
  MullionWindowClosing *self = user_data;

  /* It may be gone, then. */
  if (!finish_turn (view, result))
    return;

  if (self->patience_id != 0)
    mullion_browser_window_destroy (self->window);
}

/* The page agreed to be closed, or WebKit waits no longer for its word, or it closed itself. In the
 * last case the app is asked, as long as there is a page left to keep. */
static void
closed_cb (MullionWindowClosing *self)
{
  g_autoptr(MullionBrowserWindow) window = g_object_ref (self->window);
  gboolean is_gone = mullion_web_contents_is_destroyed (self->contents);

  if (self->asked != 0 && !is_gone)
    {
      if (self->patience_id != 0)
        return;
      self->patience_id = g_timeout_add (CLOSE_PATIENCE / 1000, patience_cb, self);
      await_turn (self, handled_cb);
    }
  else if (is_gone || (!self->refusing && !mullion_window_closing_is_prevented (window)))
    mullion_browser_window_destroy (window);
}

static void
refused_cb (GObject      *view,
            GAsyncResult *result,
            gpointer      user_data)
{
  MullionWindowClosing *self = user_data;

  if (finish_turn (view, result))
    self->refusing = FALSE;
}

/* A page that wants to stay does stay, without a dialog, as in Electron. */
static gboolean
script_dialog_cb (MullionWindowClosing *self,
                  WebKitScriptDialog   *dialog)
{
  if (self->asked == 0 ||
      webkit_script_dialog_get_dialog_type (dialog) != WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM)
    return FALSE;

  self->asked = 0;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  self->refusing = TRUE;
  await_turn (self, refused_cb);
  stay_open (self->window);
  webkit_script_dialog_confirm_set_confirmed (dialog, FALSE);
  return TRUE;
}

static void
process_gone_cb (MullionWindowClosing *self)
{
  self->process_gone = TRUE;
  if (self->asked != 0)
    mullion_browser_window_destroy (self->window);
}

static void
did_start_loading_cb (MullionWindowClosing *self)
{
  self->process_gone = FALSE;
}

MullionWindowClosing *
mullion_window_closing_new (MullionBrowserWindow *window,
                            MullionWebContents   *contents)
{
  MullionWindowClosing *self = g_new0 (MullionWindowClosing, 1);

  self->window = window;
  self->contents = g_object_ref (contents);
  self->view = g_object_ref (mullion_web_contents_get_web_view (contents));
  self->cancellable = g_cancellable_new ();

  g_signal_connect_swapped (contents, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (contents, "render-process-gone", G_CALLBACK (process_gone_cb), self);
  g_signal_connect_swapped (contents, "did-start-loading", G_CALLBACK (did_start_loading_cb), self);
  g_signal_connect_swapped (self->view, "script-dialog", G_CALLBACK (script_dialog_cb), self);
  return self;
}

void
mullion_window_closing_free (MullionWindowClosing *self)
{
  g_signal_handlers_disconnect_by_data (self->contents, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->view);
  g_clear_object (&self->contents);
  g_free (self);
}
