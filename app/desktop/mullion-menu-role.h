/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu-item.h"

G_BEGIN_DECLS

/* What an item with Electron's `role` is, and what it does. @window is where it was chosen. */
typedef struct
{
  const char *name; /* as Electron spells it; it is found in any case of letters */
  const char *label;
  const char *accelerator; /* (nullable) */
  const char *submenu;     /* (nullable): the names of the roles in it; "-" is a separator */
  void (*run) (MullionBrowserWindow *window,
               const char           *argument);
  const char *argument;    /* (nullable): of @run */
  gboolean is_of_page;     /* WebKit itself knows the keys: they are shown, and not taken */
  gboolean is_elsewhere;   /* Electron has it on macOS alone: no item here */
} MullionMenuRole;

const MullionMenuRole *mullion_menu_role_find (const char           *name);
/* Whether the role has done something; FALSE leaves it to the item's own click. */
gboolean               mullion_menu_role_run  (const MullionMenuRole *self,
                                               MullionBrowserWindow  *window);

G_END_DECLS
