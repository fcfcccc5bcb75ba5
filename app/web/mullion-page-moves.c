/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-moves.h"

#include "mullion-web-contents-private.h"

/*
 * MullionPageMoves: the ways of a main frame, to other documents and within its own.
 *
 * Lives in the main process and belongs to the web contents.
 *
 * WebKitGTK does not report moves within a document: by pushState () and replaceState (), by a hash,
 * or in the history between such. The view's address changes with them, and it also does when a load
 * begins, is sent on, or is given up. A load says that it has started right after the address has
 * changed. One that the app or the user asked for, to go back for example, changes it earlier: until
 * that is decided the view counts as loading, and its progress stands at the beginning.
 */

/* What WebKit says of the progress of a load that is asked for and has not begun. */
#define PROGRESS_OF_WISH 0.1

struct _MullionPageMoves
{
  MullionWebContents *contents; /* (unowned): owns us */
  WebKitWebView *view;
  char *current;           /* (nullable): the address that was told of last */
  char *wish;              /* (nullable): where a load that has not started is to lead */
  gboolean is_provisional; /* a load has started whose document has not come yet */
  guint idle_id;           /* the address has changed, and why is not known yet */
};

static gboolean
is_wish (MullionPageMoves *self)
{
  return webkit_web_view_is_loading (self->view) &&
         webkit_web_view_get_estimated_load_progress (self->view) <= PROGRESS_OF_WISH;
}

static void
note_current (MullionPageMoves *self)
{
  g_free (self->current);
  self->current = g_strdup (webkit_web_view_get_uri (self->view));
}

static void
tell_of_move (MullionPageMoves *self)
{
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  g_autofree char *uri = g_strdup (webkit_web_view_get_uri (self->view));

  if (uri == NULL || self->current == NULL || g_str_equal (uri, self->current) ||
      contents->crash_page != MULLION_CRASH_PAGE_NONE)
    return;

  note_current (self);
  g_signal_emit_by_name (contents, "did-start-navigation", uri, TRUE, TRUE);
  if (!mullion_web_contents_is_destroyed (contents))
    g_signal_emit_by_name (contents, "did-navigate-in-page", uri, TRUE);
}

/* No load has started, so the document is the same, unless a load is still to be decided about. */
static gboolean
decide_cb (gpointer user_data)
{
  MullionPageMoves *self = user_data;

  self->idle_id = 0;
  if (!self->is_provisional && !is_wish (self))
    tell_of_move (self);

  return G_SOURCE_REMOVE;
}

/* The view may be back at the address before when the load starts: a move that was under way says so
 * late. */
static void
note_wish (MullionPageMoves *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);

  if (!is_wish (self) || g_strcmp0 (uri, self->current) == 0)
    return;

  g_free (self->wish);
  self->wish = g_strdup (uri);
}

static void
tell_of_start (MullionPageMoves *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);
  g_autofree char *wish = g_steal_pointer (&self->wish);

  if (wish != NULL && g_strcmp0 (uri, self->current) == 0)
    uri = wish;
  if (self->contents->crash_page == MULLION_CRASH_PAGE_NONE)
    g_signal_emit_by_name (self->contents, "did-start-navigation", uri, FALSE, TRUE);
}

static void
decide_soon (MullionPageMoves *self)
{
  note_wish (self);
  if (!self->is_provisional && self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, decide_cb, self, NULL);
}

static void
load_changed_cb (WebKitWebView    *view,
                 WebKitLoadEvent   event,
                 MullionPageMoves *self)
{
  if (event == WEBKIT_LOAD_REDIRECTED)
    return;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->is_provisional = event == WEBKIT_LOAD_STARTED;
  if (event == WEBKIT_LOAD_COMMITTED)
    note_current (self);
  else if (event == WEBKIT_LOAD_STARTED)
    tell_of_start (self);
  else
    decide_soon (self);
}

void
mullion_page_moves_free (MullionPageMoves *self)
{
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_object_unref (self->view);
  g_free (self->current);
  g_free (self->wish);
  g_free (self);
}

MullionPageMoves *
mullion_page_moves_new (MullionWebContents *contents,
                        WebKitWebView      *view)
{
  MullionPageMoves *self = g_new0 (MullionPageMoves, 1);

  self->contents = contents;
  self->view = g_object_ref (view);
  g_signal_connect (view, "load-changed", G_CALLBACK (load_changed_cb), self);
  g_signal_connect_swapped (view, "notify::uri", G_CALLBACK (decide_soon), self);
  g_signal_connect_swapped (view, "notify::is-loading", G_CALLBACK (decide_soon), self);

  return self;
}
