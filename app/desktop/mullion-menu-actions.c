/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-actions.h"

#include "mullion-browser-window.h"
#include "mullion-menu-item-private.h"
#include "mullion-menu-private.h"

/*
 * The actions of a menu in one place: a window that has it as its menu bar, or a popup.
 *
 * Main process. The items say what is enabled and what is on, and the actions follow them. Each
 * place has actions of its own, for an action has to know the window in which it was activated.
 */

struct _MullionMenuActions
{
  MullionMenu *menu;
  MullionBrowserWindow *window; /* (weak) (nullable) */
  GSimpleActionGroup *group;

  MullionMenuChosen chosen;     /* (nullable) */
  gpointer user_data;
};

/* What an action does when it is activated; it belongs to that signal's closure. */
typedef struct
{
  MullionMenuActions *actions;
  MullionMenuItem *item;
} Target;

static void
free_target (gpointer  data,
             GClosure *closure)
{
  Target *target = data;

  g_object_unref (target->item);
  g_free (target);
}

/* The handler may close the popup, and so free the actions: nothing of them is used after it. */
static void
activate_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  Target *target = user_data;
  MullionMenuActions *self = target->actions;
  g_autoptr(MullionMenuItem) item = g_object_ref (target->item);
  MullionMenuChosen chosen = self->chosen;
  gpointer chosen_data = self->user_data;
  g_autoptr(MullionBrowserWindow) window = NULL;

  if (self->window != NULL)
    window = g_object_ref (self->window);
  if (chosen != NULL)
    chosen (item, chosen_data);
  mullion_menu_item_click (item, window);
}

/* The item has the state, and the action follows it. */
static void
change_state_cb (MullionMenuItem *item,
                 GVariant        *state)
{
  if (item->type == MULLION_MENU_ITEM_CHECKBOX)
    mullion_menu_item_set_checked (item, g_variant_get_boolean (state));
  else
    mullion_menu_item_set_checked (item, g_str_equal (g_variant_get_string (state, NULL),
                                                      MULLION_MENU_RADIO_ON));
}

static gboolean
state_of_checkbox (GBinding     *binding,
                   const GValue *checked,
                   GValue       *state,
                   gpointer      user_data)
{
  g_value_set_variant (state, g_variant_new_boolean (g_value_get_boolean (checked)));
  return TRUE;
}

static gboolean
state_of_radio (GBinding     *binding,
                const GValue *checked,
                GValue       *state,
                gpointer      user_data)
{
  g_value_set_variant (state, g_variant_new_string (g_value_get_boolean (checked)
                                                      ? MULLION_MENU_RADIO_ON : ""));
  return TRUE;
}

static GSimpleAction *
create_action (MullionMenuItem *item,
               const char      *name)
{
  GSimpleAction *action;

  if (item->type == MULLION_MENU_ITEM_CHECKBOX)
    {
      action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (item->checked));
      g_object_bind_property_full (item, "checked", action, "state", G_BINDING_SYNC_CREATE,
                                   state_of_checkbox, NULL, NULL, NULL);
    }
  else if (item->type == MULLION_MENU_ITEM_RADIO)
    {
      action = g_simple_action_new_stateful (name, G_VARIANT_TYPE_STRING,
                                             g_variant_new_string (""));
      g_object_bind_property_full (item, "checked", action, "state", G_BINDING_SYNC_CREATE,
                                   state_of_radio, NULL, NULL, NULL);
    }
  else
    action = g_simple_action_new (name, NULL);

  g_object_bind_property (item, "enabled", action, "enabled", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (action, "change-state", G_CALLBACK (change_state_cb), item,
                           G_CONNECT_SWAPPED);
  return action;
}

static void
add_named (MullionMenuActions *self,
           MullionMenuItem    *item,
           const char         *name)
{
  g_autoptr(GSimpleAction) action = NULL;
  Target *target;

  /* Of two items with one id, the first has the name. */
  if (g_action_group_has_action (G_ACTION_GROUP (self->group), name))
    return;

  action = create_action (item, name);
  target = g_new0 (Target, 1);
  target->actions = self;
  target->item = g_object_ref (item);
  g_signal_connect_data (action, "activate", G_CALLBACK (activate_cb), target, free_target, 0);
  g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
}

static void
add_action (MullionMenuItem *item,
            gpointer         user_data)
{
  MullionMenuActions *self = user_data;

  if (item->type == MULLION_MENU_ITEM_SEPARATOR || item->type == MULLION_MENU_ITEM_SUBMENU ||
      item->action != NULL)
    return;

  add_named (self, item, item->name);
  if (item->id != NULL && g_action_name_is_valid (item->id))
    add_named (self, item, item->id);
}

static void
empty_group (MullionMenuActions *self)
{
  g_auto(GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->group));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_remove_action (G_ACTION_MAP (self->group), names[i]);
}

static void
changed_cb (MullionMenuActions *self)
{
  empty_group (self);
  mullion_menu_foreach (self->menu, add_action, self);
}

MullionMenuActions *
mullion_menu_actions_new (MullionMenu          *menu,
                          GSimpleActionGroup   *group,
                          MullionBrowserWindow *window,
                          MullionMenuChosen     chosen,
                          gpointer              user_data)
{
  MullionMenuActions *self = g_new0 (MullionMenuActions, 1);

  self->menu = g_object_ref (menu);
  self->chosen = chosen;
  self->user_data = user_data;
  self->group = g_object_ref (group);
  g_set_weak_pointer (&self->window, window);

  mullion_menu_foreach (menu, add_action, self);
  g_signal_connect_swapped (menu, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

void
mullion_menu_actions_free (MullionMenuActions *self)
{
  g_signal_handlers_disconnect_by_data (self->menu, self);
  empty_group (self);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->group);
  g_clear_object (&self->menu);
  g_free (self);
}

static void
add_shortcut (MullionMenuItem *item,
              gpointer         user_data)
{
  g_autofree char *detailed = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;
  GtkShortcut *shortcut;

  if (item->gtk_accelerator == NULL || !item->registers_accelerator ||
      item->type == MULLION_MENU_ITEM_SEPARATOR || item->type == MULLION_MENU_ITEM_SUBMENU ||
      (item->role != NULL && item->role->is_elsewhere))
    return;

  detailed = mullion_menu_item_dup_action_name (item);
  if (item->action != NULL)
    g_action_parse_detailed_name (detailed, &name, &target, NULL);
  else if (item->type == MULLION_MENU_ITEM_RADIO)
    target = g_variant_ref_sink (g_variant_new_string (MULLION_MENU_RADIO_ON));

  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (item->gtk_accelerator),
                               gtk_named_action_new (name != NULL ? name : detailed));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (user_data), shortcut);
}

void
mullion_menu_actions_fill_shortcuts (GtkShortcutController *controller,
                                     MullionMenu           *menu)
{
  g_autoptr(GtkShortcut) shortcut = NULL;

  while ((shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0)) != NULL)
    {
      gtk_shortcut_controller_remove_shortcut (controller, shortcut);
      g_clear_object (&shortcut);
    }
  if (menu != NULL)
    mullion_menu_foreach (menu, add_shortcut, controller);
}
