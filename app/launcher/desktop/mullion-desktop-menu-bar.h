/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "desktop/mullion-desktop.h"

G_BEGIN_DECLS

/* The menu bar that pages made, item by item: the state of the module `menu`. */
typedef struct _MullionDesktopMenuBar MullionDesktopMenuBar;

gpointer        mullion_desktop_menu_bar_new         (MullionDesktop            *desktop);
void            mullion_desktop_menu_bar_free        (gpointer                   self);
MullionDesktop *mullion_desktop_menu_bar_get_desktop (MullionDesktopMenuBar     *self);
/* @menu: (nullable): none. The windows of the app have it from now on. */
void            mullion_desktop_menu_bar_show        (MullionDesktopMenuBar     *self,
                                                      MullionMenu               *menu);

/* Handlers, whose user data is the menu bar. */
void            mullion_desktop_menu_bar_activate_cb (MullionIpcMainInvokeEvent *event,
                                                      JsonArray                 *args,
                                                      gpointer                   user_data);
void            mullion_desktop_menu_bar_get_item_cb (MullionIpcMainInvokeEvent *event,
                                                      JsonArray                 *args,
                                                      gpointer                   user_data);
void            mullion_desktop_menu_bar_set_item_cb (MullionIpcMainInvokeEvent *event,
                                                      JsonArray                 *args,
                                                      gpointer                   user_data);

G_END_DECLS
