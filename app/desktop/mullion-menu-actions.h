/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-menu.h"

G_BEGIN_DECLS

typedef struct _MullionMenuActions MullionMenuActions;

/* Called after an item was chosen. */
typedef void (*MullionMenuChosen) (MullionMenuItem *item,
                                   gpointer         user_data);

/* Fills @group, which has the actions of this menu alone. */
MullionMenuActions *mullion_menu_actions_new  (MullionMenu          *menu,
                                               GSimpleActionGroup   *group,
                                               MullionBrowserWindow *window,
                                               MullionMenuChosen     chosen,
                                               gpointer              user_data);
/* Empties the group. */
void                mullion_menu_actions_free (MullionMenuActions   *self);

/* Makes @controller, of the window that shows the menu, have the accelerators of the menu and no
 * others. @menu (nullable) */
void                mullion_menu_actions_fill_shortcuts (GtkShortcutController *controller,
                                                         MullionMenu           *menu);

G_END_DECLS
