/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-menu.h"

#include "mullion-browser-window-private.h"
#include "mullion-menu-actions.h"
#include "mullion-menu-item-private.h"
#include "mullion-menu-private.h"

/*
 * The menu bar of a window, and the accelerators of its menu.
 *
 * Main process. The window owns it from its beginning to its end. The accelerators work whether the
 * bar is shown or not; like Electron's, a frameless window has no bar.
 */

struct _MullionWindowMenu
{
  MullionBrowserWindow *window;   /* (unowned) */
  GtkWidget *box;                 /* (unowned): the window's child */
  GtkWidget *bar;                 /* (unowned) (nullable): in the box, while there is a menu */

  MullionMenu *menu;              /* (nullable) */
  MullionMenuActions *actions;    /* (nullable) */
  GSimpleActionGroup *group;      /* of the menus that come and go */
  GtkEventController *shortcuts;  /* (unowned): the window's */
  gboolean is_visible;
};

static void
show_bar (MullionWindowMenu *self)
{
  if (self->bar != NULL)
    gtk_widget_set_visible (self->bar, self->is_visible &&
                            mullion_browser_window_get_options (self->window)->frame);
}

static void
changed_cb (MullionWindowMenu *self)
{
  g_autoptr(GMenuModel) model = mullion_menu_create_bar_model (self->menu);

  gtk_popover_menu_bar_set_menu_model (GTK_POPOVER_MENU_BAR (self->bar), model);
  mullion_menu_actions_fill_shortcuts (GTK_SHORTCUT_CONTROLLER (self->shortcuts), self->menu);
}

static void
drop_menu (MullionWindowMenu *self)
{
  if (self->menu == NULL)
    return;

  mullion_menu_actions_fill_shortcuts (GTK_SHORTCUT_CONTROLLER (self->shortcuts), NULL);
  g_signal_handlers_disconnect_by_data (self->menu, self);
  g_clear_pointer (&self->actions, mullion_menu_actions_free);
  g_clear_object (&self->menu);
  if (self->bar != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->bar);
  self->bar = NULL;
}

void
mullion_window_menu_set (MullionWindowMenu *self,
                         MullionMenu       *menu)
{
  g_autoptr(GMenuModel) model = NULL;

  if (self->menu == menu)
    return;

  drop_menu (self);
  if (menu == NULL)
    return;

  model = mullion_menu_create_bar_model (menu);
  self->menu = g_object_ref (menu);
  self->actions = mullion_menu_actions_new (menu, self->group, self->window, NULL, NULL);
  self->bar = gtk_popover_menu_bar_new_from_model (model);
  gtk_box_prepend (GTK_BOX (self->box), self->bar);
  show_bar (self);
  mullion_menu_actions_fill_shortcuts (GTK_SHORTCUT_CONTROLLER (self->shortcuts), menu);
  g_signal_connect_swapped (menu, "changed", G_CALLBACK (changed_cb), self);
}

MullionMenu *
mullion_window_menu_get (MullionWindowMenu *self)
{
  return self->menu;
}

GActionGroup *
mullion_window_menu_get_actions (MullionWindowMenu *self)
{
  return G_ACTION_GROUP (self->group);
}

void
mullion_window_menu_set_visible (MullionWindowMenu *self,
                                 gboolean           visible)
{
  self->is_visible = visible;
  show_bar (self);
}

gboolean
mullion_window_menu_is_visible (MullionWindowMenu *self)
{
  return self->bar != NULL && gtk_widget_get_visible (self->bar);
}

void
mullion_window_menu_set_view (MullionWindowMenu *self,
                              GtkWidget         *view)
{
  gtk_widget_set_vexpand (view, TRUE);
  gtk_widget_set_hexpand (view, TRUE);
  gtk_box_append (GTK_BOX (self->box), view);
}

MullionWindowMenu *
mullion_window_menu_new (MullionBrowserWindow *window)
{
  MullionWindowMenu *self = g_new0 (MullionWindowMenu, 1);

  self->window = window;
  self->is_visible = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_window_set_child (GTK_WINDOW (window), self->box);

  self->group = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (window), MULLION_MENU_PREFIX,
                                  G_ACTION_GROUP (self->group));

  /* Last of all: a key that the page has use for is the page's, and a page that does not want the
   * accelerator prevents the default of its keydown event, as in Electron. */
  self->shortcuts = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (self->shortcuts, GTK_PHASE_BUBBLE);
  gtk_widget_add_controller (GTK_WIDGET (window), self->shortcuts);
  return self;
}

void
mullion_window_menu_free (MullionWindowMenu *self)
{
  drop_menu (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), MULLION_MENU_PREFIX, NULL);
  g_object_unref (self->group);
  g_free (self);
}
