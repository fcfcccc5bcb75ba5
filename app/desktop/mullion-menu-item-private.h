/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu-item.h"
#include "mullion-menu-role.h"

G_BEGIN_DECLS

/* The prefix of the actions of menus, on windows and on popups. */
#define MULLION_MENU_PREFIX "menu"
/* The state of a radio item that is on, and so its target. */
#define MULLION_MENU_RADIO_ON "on"

struct _MullionMenuItem
{
  GObject parent_instance;

  MullionMenuItemType type;
  char *id;                    /* (nullable) */
  const MullionMenuRole *role; /* (nullable) */
  char *label;                 /* Electron's, with & in front of the mnemonic */
  char *accelerator;           /* (nullable): Electron's */
  char *gtk_accelerator;       /* (nullable) */
  char *action;                /* (nullable): of the app's own, with its prefix */
  char *channel;               /* (nullable): where a click is sent */
  MullionMenu *submenu;        /* (nullable) */

  char *name;                  /* of its action, without the prefix */
  gboolean enabled;
  gboolean visible;
  gboolean checked;
  gboolean registers_accelerator;

  MullionMenu *menu;           /* (nullable) (unowned): the menu that it is in */
};

/* What GTK's menus are made of; NULL for separators. */
GMenuItem *mullion_menu_item_create_model (MullionMenuItem *self);
/* (transfer full): a label for GTK, with _ in front of the mnemonic. */
char      *mullion_menu_item_dup_gtk_label (MullionMenuItem *self);

G_END_DECLS
