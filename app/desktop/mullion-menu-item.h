/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/**
 * MullionMenuItemType:
 * @MULLION_MENU_ITEM_NORMAL: an item that is chosen
 * @MULLION_MENU_ITEM_SEPARATOR: a line between items
 * @MULLION_MENU_ITEM_SUBMENU: an item that opens another menu
 * @MULLION_MENU_ITEM_CHECKBOX: an item that is on or off
 * @MULLION_MENU_ITEM_RADIO: one of several items beside each other, of which one is on
 *
 * Electron's types of menu items.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_MENU_ITEM_NORMAL,
  MULLION_MENU_ITEM_SEPARATOR,
  MULLION_MENU_ITEM_SUBMENU,
  MULLION_MENU_ITEM_CHECKBOX,
  MULLION_MENU_ITEM_RADIO,
} MullionMenuItemType;

#define MULLION_TYPE_MENU_ITEM (mullion_menu_item_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMenuItem, mullion_menu_item, MULLION, MENU_ITEM, GObject)

MULLION_AVAILABLE_IN_ALL
MullionMenuItem *mullion_menu_item_new (JsonObject  *options,
                                        GError     **error);

MULLION_AVAILABLE_IN_ALL
const char *mullion_menu_item_get_id (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
MullionMenuItemType mullion_menu_item_get_item_type (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_menu_item_get_role (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_menu_item_get_accelerator (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
MullionMenu *mullion_menu_item_get_submenu (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
char *mullion_menu_item_dup_action_name (MullionMenuItem *self);

MULLION_AVAILABLE_IN_ALL
const char *mullion_menu_item_get_label (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_item_set_label (MullionMenuItem *self,
                                  const char      *label);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_menu_item_get_enabled (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_item_set_enabled (MullionMenuItem *self,
                                    gboolean         enabled);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_menu_item_get_visible (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_item_set_visible (MullionMenuItem *self,
                                    gboolean         visible);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_menu_item_get_checked (MullionMenuItem *self);
MULLION_AVAILABLE_IN_ALL
void mullion_menu_item_set_checked (MullionMenuItem *self,
                                    gboolean         checked);

MULLION_AVAILABLE_IN_ALL
void mullion_menu_item_click (MullionMenuItem      *self,
                              MullionBrowserWindow *window);

G_END_DECLS
