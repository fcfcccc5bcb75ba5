/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-hints.h"

#include "mullion-window-x11.h"

#include <gdk/x11/gdkx.h>

/*
 * What was asked of the window manager for a window, kept for the next time that it is shown: a
 * window that is hidden is forgotten by its manager, and GDK writes some hints anew.
 *
 * Main process. One window owns it. On other window systems than X11 it keeps everything and does
 * nothing; those who call it say so to the app.
 */

struct _MullionWindowHints
{
  GtkWindow *window;                    /* unowned: it owns us */
  gboolean is_on[MULLION_N_WINDOW_HINTS];
  double opacity;
};

static void
apply_above (GdkSurface *surface,
             gboolean    is_on)
{
  mullion_window_x11_change_state (surface, "_NET_WM_STATE_ABOVE", is_on);
}

static void
apply_skip_taskbar (GdkSurface *surface,
                    gboolean    is_on)
{
  mullion_window_x11_change_state (surface, "_NET_WM_STATE_SKIP_TASKBAR", is_on);
}

static void
apply_unfocusable (GdkSurface *surface,
                   gboolean    is_on)
{
  mullion_window_x11_set_accept_focus (surface, !is_on);
}

/* In the order of the hints. */
static void (*const appliers[MULLION_N_WINDOW_HINTS]) (GdkSurface *surface, gboolean is_on) = {
  apply_above,
  apply_skip_taskbar,
  mullion_window_x11_change_desktops,
  gdk_x11_surface_set_urgency_hint,
  /* Last: GDK writes the hints of ICCCM as a whole, and says that it takes the focus. */
  apply_unfocusable,
};

static void
apply (MullionWindowHints *self,
       MullionWindowHint   hint)
{
  GdkSurface *surface = mullion_window_x11_get_surface (self->window);

  if (surface == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->window)))
    return;

  appliers[hint] (surface, self->is_on[hint]);
  if (hint == MULLION_WINDOW_HINT_URGENT && self->is_on[MULLION_WINDOW_HINT_UNFOCUSABLE])
    apply_unfocusable (surface, TRUE);
}

static void
map_cb (MullionWindowHints *self)
{
  for (guint i = 0; i < MULLION_N_WINDOW_HINTS; i++)
    if (self->is_on[i])
      apply (self, i);
}

static void
apply_opacity (MullionWindowHints *self)
{
  GdkSurface *surface = mullion_window_x11_get_surface (self->window);

  if (surface != NULL)
    mullion_window_x11_set_opacity (surface, self->opacity);
}

static void
realize_cb (MullionWindowHints *self)
{
  if (self->opacity < 1)
    apply_opacity (self);
}

/* Whoever looks at a window has been called. */
static void
is_active_cb (MullionWindowHints *self)
{
  if (gtk_window_is_active (self->window))
    mullion_window_hints_set (self, MULLION_WINDOW_HINT_URGENT, FALSE);
}

gboolean
mullion_window_hints_set (MullionWindowHints *self,
                          MullionWindowHint   hint,
                          gboolean            is_on)
{
  if (self->is_on[hint] == is_on)
    return FALSE;

  self->is_on[hint] = is_on;
  apply (self, hint);
  return TRUE;
}

gboolean
mullion_window_hints_get (MullionWindowHints *self,
                          MullionWindowHint   hint)
{
  return self->is_on[hint];
}

void
mullion_window_hints_set_opacity (MullionWindowHints *self,
                                  double              opacity)
{
  self->opacity = opacity;
  apply_opacity (self);
}

double
mullion_window_hints_get_opacity (MullionWindowHints *self)
{
  return self->opacity;
}

MullionWindowHints *
mullion_window_hints_new (GtkWindow *window)
{
  MullionWindowHints *self = g_new0 (MullionWindowHints, 1);

  self->window = window;
  self->opacity = 1;
  g_signal_connect_data (window, "realize", G_CALLBACK (realize_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_data (window, "map", G_CALLBACK (map_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (is_active_cb), self);
  return self;
}

void
mullion_window_hints_free (MullionWindowHints *self)
{
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_free (self);
}
