/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu.h"

G_BEGIN_DECLS

/* The menu bar of a window, above its page. */
typedef struct _MullionWindowMenu MullionWindowMenu;

MullionWindowMenu *mullion_window_menu_new         (MullionBrowserWindow *window);
void               mullion_window_menu_free        (MullionWindowMenu    *self);

/* (nullable) @menu: none */
void               mullion_window_menu_set         (MullionWindowMenu    *self,
                                                    MullionMenu          *menu);
MullionMenu       *mullion_window_menu_get         (MullionWindowMenu    *self);
/* (transfer none): the actions of whatever menu the window has */
GActionGroup      *mullion_window_menu_get_actions (MullionWindowMenu    *self);
void               mullion_window_menu_set_visible (MullionWindowMenu    *self,
                                                    gboolean              visible);
gboolean           mullion_window_menu_is_visible  (MullionWindowMenu    *self);

/* Puts @view below the bar; the window's child is the box of both. */
void               mullion_window_menu_set_view    (MullionWindowMenu    *self,
                                                    GtkWidget            *view);

G_END_DECLS
