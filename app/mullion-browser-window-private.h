/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"
#include "mullion-window-hints.h"
#include "mullion-window-menu.h"
#include "mullion-window-moves.h"
#include "mullion-window-options.h"

G_BEGIN_DECLS

const MullionWindowOptions *
         mullion_browser_window_get_options (MullionBrowserWindow *self);
/* For the functions that change what an option said. */
MullionWindowOptions *
         mullion_browser_window_change_options
                                            (MullionBrowserWindow *self);

/* (nullable): NULL once the window is destroyed */
MullionWindowMenu *
         mullion_browser_window_get_window_menu (MullionBrowserWindow *self);

/* (nullable): NULL once the window is destroyed, both of them */
MullionWindowHints *
         mullion_browser_window_get_hints   (MullionBrowserWindow *self);
MullionWindowMoves *
         mullion_browser_window_get_moves   (MullionBrowserWindow *self);

/* Whether ready-to-show was emitted. */
gboolean mullion_browser_window_is_ready    (MullionBrowserWindow *self);

/* A window for what the page of @related opens. It is not shown. */
MullionBrowserWindow *
         mullion_browser_window_new_related (MullionWebContents *related,
                                             JsonObject         *options);

/* Warns, in Electron's words, when @function is called too late. */
gboolean mullion_browser_window_is_gone     (MullionBrowserWindow *self,
                                             const char           *function);

/* (nullable): the page and what lies above it; NULL once the window is destroyed */
GtkWidget *
         mullion_browser_window_get_content (MullionBrowserWindow *self);
void     mullion_browser_window_release_views
                                            (MullionBrowserWindow *self);

/* Puts the window where its options want it. */
void     mullion_browser_window_place       (MullionBrowserWindow *self);
/* Tells the window manager what its options want of it. */
void     mullion_browser_window_hint        (MullionBrowserWindow *self);

void     mullion_browser_window_add_signals (GType                 type);

guint    mullion_browser_window_enlist      (MullionBrowserWindow *self);
void     mullion_browser_window_strike      (MullionBrowserWindow *self);

G_END_DECLS
