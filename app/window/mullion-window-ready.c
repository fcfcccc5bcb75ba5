/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-window-ready.h"

/* Decides when a window may be shown without a white flash: `ready-to-show`.
 *
 * It lives in the main process, belongs to one window and speaks once.
 *
 * Electron paints hidden windows and waits for the first paint. WebKitGTK paints
 * a view only while it is mapped, so there are two answers here:
 *
 * - The view is on the screen: the first frame that GTK has painted after the
 *   document was laid out.
 * - The window is hidden: the end of the first load. The page has its layout
 *   then, and what little is left until its first frame shows the background
 *   colour that the window gave to the view before the load.
 *
 * A page that waits for a slow picture, or a window whose frames the compositor
 * holds back, must not stay invisible for ever: from the document on, patience
 * ends after GRACE_MS.
 */

#define GRACE_MS 1000

struct _MullionWindowReady
{
  MullionWebContents *contents;
  GtkWidget *view;

  MullionWindowReadyFunc func;
  gpointer user_data;

  guint grace_id;
  guint tick_id;
  GdkFrameClock *clock;         /* while waiting for the end of its frame */
};

static void
speak (MullionWindowReady *self)
{
  /* The window frees us in there. */
  self->func (self->user_data);
}

static void
after_paint_cb (MullionWindowReady *self)
{
  speak (self);
}

static gboolean
tick_cb (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  MullionWindowReady *self = user_data;

  self->tick_id = 0;
  self->clock = g_object_ref (clock);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  return G_SOURCE_REMOVE;
}

static void
await_frame (MullionWindowReady *self)
{
  if (self->tick_id != 0 || self->clock != NULL)
    return;

  self->tick_id = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
  gtk_widget_queue_draw (self->view);
}

static gboolean
grace_cb (gpointer user_data)
{
  MullionWindowReady *self = user_data;

  self->grace_id = 0;
  speak (self);
  return G_SOURCE_REMOVE;
}

static void
dom_ready_cb (MullionWindowReady *self)
{
  if (self->grace_id == 0)
    self->grace_id = g_timeout_add (GRACE_MS, grace_cb, self);
  if (gtk_widget_get_mapped (self->view))
    await_frame (self);
}

/* A load that failed has nothing to show, but its window is not to stay hidden
 * without a word. */
static void
did_end_cb (MullionWindowReady *self)
{
  if (gtk_widget_get_mapped (self->view))
    await_frame (self);
  else
    speak (self);
}

MullionWindowReady *
mullion_window_ready_new (MullionWebContents     *contents,
                          MullionWindowReadyFunc  func,
                          gpointer                user_data)
{
  MullionWindowReady *self = g_new0 (MullionWindowReady, 1);

  self->contents = g_object_ref (contents);
  self->view = g_object_ref (GTK_WIDGET (mullion_web_contents_get_web_view (contents)));
  self->func = func;
  self->user_data = user_data;
  g_signal_connect_swapped (contents, "dom-ready", G_CALLBACK (dom_ready_cb), self);
  g_signal_connect_swapped (contents, "did-fail-load", G_CALLBACK (did_end_cb), self);
  g_signal_connect_swapped (contents, "did-stop-loading", G_CALLBACK (did_end_cb), self);
  return self;
}

void
mullion_window_ready_free (MullionWindowReady *self)
{
  g_signal_handlers_disconnect_by_data (self->contents, self);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->view, self->tick_id);
  g_clear_handle_id (&self->grace_id, g_source_remove);

  g_clear_object (&self->clock);
  g_clear_object (&self->view);
  g_clear_object (&self->contents);
  g_free (self);
}
