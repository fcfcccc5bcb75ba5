/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu-item.h"

G_BEGIN_DECLS

#define MULLION_TYPE_MENU (mullion_menu_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMenu, mullion_menu, MULLION, MENU, GObject)

MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_menu_new (void);
MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_menu_new_from_template (JsonArray  *items,
                                             GError    **error);
MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_menu_new_from_json (const char  *json,
                                         GError     **error);
MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_menu_new_from_model (GMenuModel *model);

MULLION_AVAILABLE_IN_ALL
GListModel *mullion_menu_get_items (MullionMenu *self);
MULLION_AVAILABLE_IN_ALL
MullionMenuItem *mullion_menu_get_menu_item_by_id (MullionMenu *self,
                                                   const char  *id);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_append (MullionMenu     *self,
                          MullionMenuItem *item);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_insert (MullionMenu     *self,
                          guint            position,
                          MullionMenuItem *item);
MULLION_AVAILABLE_IN_ALL
GMenuModel *mullion_menu_get_model (MullionMenu *self);

MULLION_AVAILABLE_IN_ALL
void mullion_menu_popup_async (MullionMenu          *self,
                               MullionBrowserWindow *window,
                               int                   x,
                               int                   y,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
MullionMenuItem *mullion_menu_popup_finish (MullionMenu   *self,
                                            GAsyncResult  *result,
                                            GError       **error);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_close_popup (MullionMenu *self);

G_END_DECLS
