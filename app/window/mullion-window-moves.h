/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"

G_BEGIN_DECLS

typedef struct _MullionWindowMoves MullionWindowMoves;

MullionWindowMoves *mullion_window_moves_new        (MullionBrowserWindow *window);
void                mullion_window_moves_free       (MullionWindowMoves   *self);

/* Where the window was when it was last neither maximized nor in full screen. */
gboolean            mullion_window_moves_get_normal (MullionWindowMoves   *self,
                                                     int                  *x,
                                                     int                  *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionWindowMoves, mullion_window_moves_free)

G_END_DECLS
