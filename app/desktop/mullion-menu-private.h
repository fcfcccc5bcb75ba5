/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu.h"

G_BEGIN_DECLS

/* Turns off the other radio items of the group that @item is in. */
void        mullion_menu_uncheck_beside   (MullionMenu     *self,
                                           MullionMenuItem *item);
void        mullion_menu_item_uncheck     (MullionMenuItem *item);

/* (transfer full): the model of a menu bar, which in GTK is made of submenus only. */
GMenuModel *mullion_menu_create_bar_model (MullionMenu     *self);

/* Every item of the menu and of those within it; separators and items that open a menu as well. */
typedef void (*MullionMenuForeach) (MullionMenuItem *item,
                                    gpointer         user_data);
void        mullion_menu_foreach          (MullionMenu        *self,
                                           MullionMenuForeach  func,
                                           gpointer            user_data);

/* The one popup that is open, if any; it is told to close by close_popup (). */
void        mullion_menu_set_popup        (MullionMenu     *self,
                                           GtkPopover      *popup);
void        mullion_menu_emit_will_show   (MullionMenu     *self);
void        mullion_menu_emit_will_close  (MullionMenu     *self);

G_END_DECLS
