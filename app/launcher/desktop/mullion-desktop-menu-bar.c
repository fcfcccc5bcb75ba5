/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop-menu-bar.h"

#include "capabilities/mullion-capability.h"

/*
 * MullionDesktopMenuBar: the menu bar that pages made, item by item. Main process.
 *
 * Pages name an item by its id. What the user, a key or a page does to one is told to the pages
 * that listen, once a turn of the main loop. A menu that the app's C has set since is not theirs:
 * its items are shared as actions, or not at all. Nor is an item with a role or an action for them
 * to choose, for these paste, quit and do whatever else only the user may ask for.
 */

struct _MullionDesktopMenuBar
{
  MullionDesktop *desktop; /* (unowned): it owns us */
  MullionMenu *menu;       /* (nullable) */
  GPtrArray *changed;      /* of MullionMenuItem (owned): to be told of */
  guint turn;              /* 0 while there are none */
};

static MullionApp *
get_app (MullionDesktopMenuBar *self)
{
  return mullion_capability_set_get_app (mullion_desktop_get_set (self->desktop));
}

/* -- Changes -- */

static JsonObject *
describe (MullionMenuItem *item)
{
  static const char *const types[] = {
    [MULLION_MENU_ITEM_NORMAL] = "normal",
    [MULLION_MENU_ITEM_SEPARATOR] = "separator",
    [MULLION_MENU_ITEM_SUBMENU] = "submenu",
    [MULLION_MENU_ITEM_CHECKBOX] = "checkbox",
    [MULLION_MENU_ITEM_RADIO] = "radio",
  };
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", mullion_menu_item_get_id (item));
  json_object_set_string_member (object, "label", mullion_menu_item_get_label (item));
  json_object_set_string_member (object, "type", types[mullion_menu_item_get_item_type (item)]);
  json_object_set_string_member (object, "role", mullion_menu_item_get_role (item));
  json_object_set_string_member (object, "accelerator", mullion_menu_item_get_accelerator (item));
  json_object_set_boolean_member (object, "enabled", mullion_menu_item_get_enabled (item));
  json_object_set_boolean_member (object, "visible", mullion_menu_item_get_visible (item));
  json_object_set_boolean_member (object, "checked", mullion_menu_item_get_checked (item));
  return object;
}

static gboolean
tell_cb (gpointer user_data)
{
  MullionDesktopMenuBar *self = user_data;

  self->turn = 0;
  for (guint i = 0; i < self->changed->len; i++)
    {
      JsonArray *details = json_array_new ();

      json_array_add_object_element (details, describe (self->changed->pdata[i]));
      mullion_desktop_tell (self->desktop, NULL, "changed", details);
    }
  g_ptr_array_set_size (self->changed, 0);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (MullionDesktopMenuBar *self,
            GParamSpec            *property,
            MullionMenuItem       *item)
{
  if (!g_ptr_array_find (self->changed, item, NULL))
    g_ptr_array_add (self->changed, g_object_ref (item));
  if (self->turn == 0)
    self->turn = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
}

/* Of two items with one id, the first has the name. A template nests 16 menus at most. */
static void
follow (MullionDesktopMenuBar *self,
        MullionMenu           *menu,
        gboolean               follows)
{
  GListModel *items = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (items, i);
      const char *id = mullion_menu_item_get_id (item);

      if (!follows)
        g_signal_handlers_disconnect_by_data (item, self);
      else if (id != NULL && mullion_menu_get_menu_item_by_id (self->menu, id) == item)
        g_signal_connect_swapped (item, "notify", G_CALLBACK (changed_cb), self);
      if (mullion_menu_item_get_submenu (item) != NULL)
        follow (self, mullion_menu_item_get_submenu (item), follows);
    }
}

static void
drop_menu (MullionDesktopMenuBar *self)
{
  if (self->menu != NULL)
    follow (self, self->menu, FALSE);
  g_clear_object (&self->menu);
  g_ptr_array_set_size (self->changed, 0);
  g_clear_handle_id (&self->turn, g_source_remove);
}

/* -- The menu -- */

gpointer
mullion_desktop_menu_bar_new (MullionDesktop *desktop)
{
  MullionDesktopMenuBar *self = g_new0 (MullionDesktopMenuBar, 1);

  self->desktop = desktop;
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
mullion_desktop_menu_bar_free (gpointer data)
{
  MullionDesktopMenuBar *self = data;

  drop_menu (self);
  g_ptr_array_unref (self->changed);
  g_free (self);
}

MullionDesktop *
mullion_desktop_menu_bar_get_desktop (MullionDesktopMenuBar *self)
{
  return self->desktop;
}

void
mullion_desktop_menu_bar_show (MullionDesktopMenuBar *self,
                               MullionMenu           *menu)
{
  drop_menu (self);
  if (g_set_object (&self->menu, menu))
    follow (self, menu, TRUE);
  mullion_app_set_application_menu (get_app (self), menu);
}

/* -- Its items -- */

/* Returns: (nullable): the item that the first argument names; where there is none, the call is
 * answered */
static MullionMenuItem *
find_item (MullionDesktopMenuBar     *self,
           MullionIpcMainInvokeEvent *event,
           JsonArray                 *args)
{
  const char *id = json_array_get_string_element (args, 0);
  MullionMenuItem *item = NULL;

  if (self->menu != NULL && mullion_app_get_application_menu (get_app (self)) == self->menu)
    item = mullion_menu_get_menu_item_by_id (self->menu, id);
  if (item == NULL)
    mullion_ipc_main_invoke_event_return_new_error (
      event, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
      "the menu bar that pages made has no item “%s”", id);
  return item;
}

static void
answer_item (MullionIpcMainInvokeEvent *event,
             MullionMenuItem           *item)
{
  g_autoptr(JsonObject) object = describe (item);

  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), object));
}

void
mullion_desktop_menu_bar_get_item_cb (MullionIpcMainInvokeEvent *event,
                                      JsonArray                 *args,
                                      gpointer                   user_data)
{
  MullionMenuItem *item = find_item (user_data, event, args);

  if (item != NULL)
    answer_item (event, item);
}

static void
set_flag (MullionMenuItem *item,
          JsonObject      *changes,
          const char      *name,
          void           (*set) (MullionMenuItem *item,
                                 gboolean         value))
{
  if (json_object_has_member (changes, name))
    set (item, json_object_get_boolean_member (changes, name));
}

void
mullion_desktop_menu_bar_set_item_cb (MullionIpcMainInvokeEvent *event,
                                      JsonArray                 *args,
                                      gpointer                   user_data)
{
  MullionMenuItem *item = find_item (user_data, event, args);
  JsonObject *changes = json_array_get_object_element (args, 1);

  if (item == NULL)
    return;

  if (json_object_has_member (changes, "label"))
    mullion_menu_item_set_label (item, json_object_get_string_member (changes, "label"));
  set_flag (item, changes, "enabled", mullion_menu_item_set_enabled);
  set_flag (item, changes, "visible", mullion_menu_item_set_visible);
  set_flag (item, changes, "checked", mullion_menu_item_set_checked);
  answer_item (event, item);
}

static gboolean
is_for_pages (MullionMenuItem *item)
{
  g_autofree char *action = mullion_menu_item_dup_action_name (item);

  return mullion_menu_item_get_role (item) == NULL && g_str_has_prefix (action, "menu.") &&
         mullion_menu_item_get_submenu (item) == NULL;
}

void
mullion_desktop_menu_bar_activate_cb (MullionIpcMainInvokeEvent *event,
                                      JsonArray                 *args,
                                      gpointer                   user_data)
{
  MullionMenuItem *item = find_item (user_data, event, args);
  GError *error = NULL;

  if (item == NULL)
    return;

  if (!is_for_pages (item))
    g_set_error (&error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "the item “%s” is for the user to choose: it has a role, an action or a submenu",
                 mullion_menu_item_get_id (item));
  else if (!mullion_menu_item_get_enabled (item))
    g_set_error (&error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "the item “%s” is not enabled", mullion_menu_item_get_id (item));
  else
    mullion_menu_item_click (item, mullion_desktop_get_window (event));
  mullion_desktop_answer (event, error);
}
