/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-ticker.h"

/*
 * A timer of one page that ticks each second.
 *
 * Main process. A page says when it wants to be told and when it does not, but may vanish without
 * saying so: the timer also stops when the page is loaded anew, is closed or crashes.
 */

typedef struct
{
  MullionWebContents *contents; /* unowned: the contents own the ticker */
  GalleryTick tick;
  guint source;
} Ticker;

static void
stop (Ticker *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
free_ticker (gpointer data)
{
  stop (data);
  g_free (data);
}

static gboolean
tick_cb (gpointer user_data)
{
  Ticker *self = user_data;

  self->tick (self->contents);
  return G_SOURCE_CONTINUE;
}

/* The handlers are never taken away: they end with the contents, and so does the ticker, which
 * is freed after them. */
static Ticker *
find_ticker (MullionWebContents *contents,
             const char         *name)
{
  Ticker *self = g_object_get_data (G_OBJECT (contents), name);

  if (self != NULL)
    return self;

  self = g_new0 (Ticker, 1);
  self->contents = contents;
  g_object_set_data_full (G_OBJECT (contents), name, self, free_ticker);
  g_signal_connect_swapped (contents, "did-start-loading", G_CALLBACK (stop), self);
  g_signal_connect_swapped (contents, "render-process-gone", G_CALLBACK (stop), self);
  g_signal_connect_swapped (contents, "closed", G_CALLBACK (stop), self);
  return self;
}

void
gallery_ticker_start (MullionWebContents *contents,
                      const char         *name,
                      GalleryTick         tick)
{
  Ticker *self = find_ticker (contents, name);

  self->tick = tick;
  if (self->source == 0)
    self->source = g_timeout_add_seconds (1, tick_cb, self);

  /* The first tick need not wait: somebody is looking at an empty clock. */
  tick (contents);
}

void
gallery_ticker_stop (MullionWebContents *contents,
                     const char         *name)
{
  Ticker *self = g_object_get_data (G_OBJECT (contents), name);

  if (self != NULL)
    stop (self);
}
