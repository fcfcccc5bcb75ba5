/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-ask.h"

#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-menu.h"

/*
 * The menus of a window, for tests: what is in them, and choosing an item as a user does.
 *
 * Main process. Nothing has to be open for that; a picture of an open menu is the driver's own
 * matter.
 */

static void describe_menu (MullionMenu *menu,
                           JsonArray   *items);

static const char *
name_type (MullionMenuItem *item)
{
  static const char *const names[] = {
    [MULLION_MENU_ITEM_NORMAL] = "normal",
    [MULLION_MENU_ITEM_SEPARATOR] = "separator",
    [MULLION_MENU_ITEM_SUBMENU] = "submenu",
    [MULLION_MENU_ITEM_CHECKBOX] = "checkbox",
    [MULLION_MENU_ITEM_RADIO] = "radio",
  };

  return names[mullion_menu_item_get_item_type (item)];
}

static void
set_if_any (JsonObject *object,
            const char *member,
            const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
describe_item (MullionMenuItem *item)
{
  MullionMenu *submenu = mullion_menu_item_get_submenu (item);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", name_type (item));
  set_if_any (object, "label", mullion_menu_item_get_label (item));
  set_if_any (object, "id", mullion_menu_item_get_id (item));
  set_if_any (object, "role", mullion_menu_item_get_role (item));
  set_if_any (object, "accelerator", mullion_menu_item_get_accelerator (item));
  json_object_set_boolean_member (object, "enabled", mullion_menu_item_get_enabled (item));
  json_object_set_boolean_member (object, "visible", mullion_menu_item_get_visible (item));
  json_object_set_boolean_member (object, "checked", mullion_menu_item_get_checked (item));
  if (submenu != NULL)
    {
      JsonArray *items = json_array_new ();

      describe_menu (submenu, items);
      json_object_set_array_member (object, "submenu", items);
    }

  return object;
}

static void
describe_menu (MullionMenu *menu,
               JsonArray   *items)
{
  GListModel *list = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (list, i);

      json_array_add_object_element (items, describe_item (item));
    }
}

void
mullion_automation_list_menu (MullionBrowserWindow *window,
                              JsonObject           *args,
                              GTask                *task)
{
  MullionMenu *menu = mullion_browser_window_get_menu (window);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());
  if (menu != NULL)
    describe_menu (menu, json_node_get_array (node));
  mullion_automation_answer (task, node);
}

/* Labels are compared as they are read: without the marks of their mnemonics. */
static gboolean
is_labelled (MullionMenuItem *item,
             const char      *wanted)
{
  const char *label = mullion_menu_item_get_label (item);
  g_auto(GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (label == NULL)
    return FALSE;

  parts = g_strsplit (label, "&", -1);
  plain = g_strjoinv ("", parts);
  return g_str_equal (label, wanted) || g_str_equal (plain, wanted);
}

static MullionMenuItem *
find_labelled (MullionMenu *menu,
               const char  *label)
{
  GListModel *list = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (list, i);

      if (mullion_menu_item_get_visible (item) && is_labelled (item, label))
        return item;
    }

  return NULL;
}

static MullionMenuItem *
find_by_path (MullionMenu *menu,
              JsonArray   *path)
{
  MullionMenuItem *item = NULL;

  for (guint i = 0; menu != NULL && i < json_array_get_length (path); i++)
    {
      JsonNode *label = json_array_get_element (path, i);

      item = JSON_NODE_HOLDS_VALUE (label) && json_node_get_value_type (label) == G_TYPE_STRING
               ? find_labelled (menu, json_node_get_string (label))
               : NULL;
      menu = item != NULL ? mullion_menu_item_get_submenu (item) : NULL;
      if (menu == NULL && i + 1 < json_array_get_length (path))
        return NULL;
    }

  return item;
}

static MullionMenuItem *
find_item (MullionMenu *menu,
           JsonNode    *item)
{
  if (menu == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (item))
    return find_by_path (menu, json_node_get_array (item));

  return mullion_menu_get_menu_item_by_id (menu, json_node_get_string (item));
}

static gboolean
is_item (JsonNode *node)
{
  return node != NULL &&
         (JSON_NODE_HOLDS_ARRAY (node) ||
          (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING));
}

void
mullion_automation_activate_menu (MullionBrowserWindow *window,
                                  JsonObject           *args,
                                  GTask                *task)
{
  JsonNode *wanted = json_object_get_member (args, "item");
  g_autofree char *text = wanted != NULL ? json_to_string (wanted, FALSE) : NULL;
  MullionMenuItem *item;

  if (!is_item (wanted))
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                               "item must be an id, or a list of labels");
      g_object_unref (task);
      return;
    }

  item = find_item (mullion_browser_window_get_menu (window), wanted);
  if (item == NULL || !mullion_menu_item_get_enabled (item))
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                               item == NULL ? "The menu of the window has no item %s"
                                            : "The menu item %s is not enabled", text);
      g_object_unref (task);
      return;
    }

  mullion_menu_item_click (item, window);
  mullion_automation_answer (task, NULL);
}
