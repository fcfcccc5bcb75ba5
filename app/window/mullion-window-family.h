/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-browser-window.h"

G_BEGIN_DECLS

/* Gives a new window the parent that its options name. */
void mullion_window_family_join             (MullionBrowserWindow *window);
void mullion_window_family_destroy_children (MullionBrowserWindow *window);

G_END_DECLS
