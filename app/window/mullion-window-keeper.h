/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"
#include "mullion-window-options.h"

G_BEGIN_DECLS

/* Remembers the state of a window for the next run. */
typedef struct _MullionWindowKeeper MullionWindowKeeper;

/* (nullable): what the options of a window ask for, which may be nothing. What was kept is given to
 * the window at once. */
MullionWindowKeeper *mullion_window_keeper_new  (MullionBrowserWindow       *window,
                                                 const MullionWindowOptions *options,
                                                 const char                 *application_id);
/* Saves what there is to save: while the window still stands. */
void                 mullion_window_keeper_free (MullionWindowKeeper        *self);

G_END_DECLS
