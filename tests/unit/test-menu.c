/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-private.h"

#include "mullion-error.h"
#include "mullion-menu-item-private.h"

/*
 * Menus without a window: templates, good and bad, the items and the model that GTK is shown.
 */

static MullionMenu *
create_menu (const char *json)
{
  g_autoptr(GError) error = NULL;
  MullionMenu *menu = mullion_menu_new_from_json (json, &error);

  g_assert_no_error (error);
  return menu;
}

/* What GTK is shown, as a text: labels with their accelerators, submenus in braces, sections with
 * bars between them. */
static void
describe (GMenuModel *model,
          GString    *text)
{
  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autoptr(GMenuModel) menu = g_menu_model_get_item_link (model, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;
      g_autofree char *keys = NULL;

      if (section != NULL)
        {
          g_string_append (text, i > 0 ? "| " : "");
          describe (section, text);
          continue;
        }
      g_menu_model_get_item_attribute (model, i, "label", "s", &label);
      g_string_append_printf (text, "%s ", label);
      if (g_menu_model_get_item_attribute (model, i, "accel", "s", &keys))
        g_string_append_printf (text, "%s ", keys);
      if (menu != NULL)
        {
          g_string_append (text, "{ ");
          describe (menu, text);
          g_string_append (text, "} ");
        }
    }
}

static void
assert_model (MullionMenu *menu,
              const char  *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  describe (mullion_menu_get_model (menu), text);
  g_assert_cmpstr (g_strchomp (text->str), ==, expected);
}

static void
test_template (void)
{
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"&File\", \"submenu\": ["
    "    { \"label\": \"Fish && chips_1\", \"accelerator\": \"CmdOrCtrl+Shift+K\" },"
    "    { \"type\": \"separator\" }, { \"type\": \"separator\" },"
    "    { \"label\": \"Hidden\", \"visible\": false },"
    "    { \"role\": \"quit\", \"label\": \"Leave\" } ] },"
    "  { \"role\": \"help\", \"submenu\": [] } ]");

  assert_model (menu, "_File { Fish & chips__1 <Control><Shift>k | Leave <Control>q } Help { }");
}

static void
test_roles (void)
{
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"role\": \"EDITMENU\" }, { \"role\": \"hide\" }, { \"role\": \"viewMenu\" } ]");

  assert_model (menu,
                "Edit { Undo <Control>z Redo <Shift><Control>z | Cut <Control>x Copy <Control>c "
                "Paste <Control>v Delete | Select All <Control>a } "
                "View { Reload <Control>r Force Reload <Shift><Control>r "
                "Toggle Developer Tools <Control><Shift>i | Actual Size <Control>0 "
                "Zoom In <Control>plus Zoom Out <Control>minus | Toggle Full Screen F11 }");
}

static void
test_bad_templates (void)
{
  static const struct
  {
    const char *json;
    const char *message;
  } bad[] = {
    { "{}", "Invalid template for Menu: Menu template must be an array: found something else" },
    { "[ 7 ]", "[0]: Invalid template for MenuItem: expected an object" },
    { "[ {} ]",
      "[0]: Invalid template for MenuItem: must have at least one of label, role or type" },
    { "[ { \"label\": 7 } ]", "[0].label: expected a string" },
    { "[ { \"role\": \"dance\" } ]", "[0].role: there is no role “dance”" },
    { "[ { \"label\": \"a\", \"submenu\": [ { \"label\": \"b\" }, { \"type\": \"separator\" },"
      "    { \"role\": \"dance\" } ] } ]",
      "[0].submenu[2].role: there is no role “dance”" },
    { "[ { \"label\": \"a\", \"type\": \"knob\" } ]", "[0].type: Unknown menu item type: knob" },
    { "[ { \"label\": \"a\", \"type\": \"submenu\" } ]", "[0].submenu: Invalid submenu" },
    { "[ { \"label\": \"a\", \"submenu\": {} } ]", "[0].submenu: Invalid submenu" },
    { "[ { \"label\": \"a\", \"type\": \"normal\", \"submenu\": [] } ]",
      "[0].submenu: only an item of the type submenu has one" },
    { "[ { \"label\": \"a\", \"accelerator\": \"Ctrl+Foo\" } ]",
      "[0].accelerator: The accelerator “Ctrl+Foo” names no key at its end" },
    { "[ { \"label\": \"a\", \"enabled\": \"yes\" } ]", "[0].enabled: expected true or false" },
    { "[ { \"label\": \"a\", \"click\": true } ]", "[0].click: expected a string" },
    { "[ { \"label\": \"a\", \"action\": \"save\" } ]",
      "[0].action: expected the name of an action with its prefix, such as “app.save”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (mullion_menu_new_from_json (bad[i].json, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (error->message, ==, bad[i].message);
    }
}

static void
test_depth (void)
{
  g_autoptr(GString) json = g_string_new ("[]");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_string_prepend (json, "[ { \"label\": \"a\", \"submenu\": ");
      g_string_append (json, " } ]");
    }
  g_assert_null (mullion_menu_new_from_json (json->str, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static void
test_item (void)
{
  g_autoptr(JsonObject) options = json_object_new ();
  g_autoptr(MullionMenuItem) item = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *action = NULL;

  g_assert_null (mullion_menu_item_new (options, &error));
  g_assert_cmpstr (error->message, ==,
                   "Invalid template for MenuItem: must have at least one of label, role or type");
  g_clear_error (&error);

  json_object_set_string_member (options, "role", "cut");
  json_object_set_string_member (options, "id", "cut-it");
  json_object_set_boolean_member (options, "checked", TRUE);
  item = mullion_menu_item_new (options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mullion_menu_item_get_role (item), ==, "cut");
  g_assert_cmpstr (mullion_menu_item_get_id (item), ==, "cut-it");
  g_assert_cmpstr (mullion_menu_item_get_label (item), ==, "Cut");
  g_assert_cmpstr (mullion_menu_item_get_accelerator (item), ==, "CommandOrControl+X");
  g_assert_cmpint (mullion_menu_item_get_item_type (item), ==, MULLION_MENU_ITEM_NORMAL);
  g_assert_true (mullion_menu_item_get_enabled (item));
  g_assert_true (mullion_menu_item_get_visible (item));
  g_assert_false (mullion_menu_item_get_checked (item));
  g_assert_null (mullion_menu_item_get_submenu (item));
  action = mullion_menu_item_dup_action_name (item);
  g_assert_true (g_str_has_prefix (action, "menu.item-"));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_changes (void)
{
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"a\", \"submenu\": [ { \"label\": \"b\", \"id\": \"b\" } ] } ]");
  MullionMenuItem *item = mullion_menu_get_menu_item_by_id (menu, "b");
  g_autoptr(MullionMenuItem) other = NULL;
  g_autoptr(JsonObject) options = json_object_new ();
  guint n_changes = 0;
  guint n_notifies = 0;

  g_signal_connect_swapped (menu, "changed", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (item, "notify", G_CALLBACK (count_cb), &n_notifies);
  mullion_menu_item_set_label (item, "c");
  mullion_menu_item_set_label (item, "c");
  assert_model (menu, "a { c }");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_notifies, ==, 1);

  mullion_menu_item_set_visible (item, FALSE);
  assert_model (menu, "a { }");
  mullion_menu_item_set_enabled (item, FALSE);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpuint (n_notifies, ==, 3);

  json_object_set_string_member (options, "label", "first");
  other = mullion_menu_item_new (options, NULL);
  mullion_menu_insert (menu, 0, other);
  assert_model (menu, "first a { }");
  g_assert_cmpuint (g_list_model_get_n_items (mullion_menu_get_items (menu)), ==, 2);
  g_assert_null (mullion_menu_get_menu_item_by_id (menu, "z"));
}

static void
assert_checked (MullionMenu *menu,
                const char  *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);
  GListModel *items = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (items, i);

      if (mullion_menu_item_get_checked (item))
        g_string_append (ids, mullion_menu_item_get_id (item));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
clicked_cb (MullionMenuItem      *item,
            MullionBrowserWindow *window,
            gpointer              user_data)
{
  g_assert_null (window);
  g_string_append (user_data, mullion_menu_item_get_id (item));
}

static void
test_click (void)
{
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"id\": \"a\", \"type\": \"radio\" }, { \"id\": \"b\", \"type\": \"radio\","
    "    \"checked\": true }, { \"id\": \"s\", \"type\": \"separator\" },"
    "  { \"id\": \"c\", \"type\": \"radio\", \"checked\": true },"
    "  { \"id\": \"x\", \"type\": \"checkbox\" }, { \"id\": \"n\", \"label\": \"n\" } ]");
  static const char *const ids[] = { "a", "a", "x", "n", "c" };
  g_autoptr(GString) clicks = g_string_new (NULL);

  assert_checked (menu, "bc");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      MullionMenuItem *item = mullion_menu_get_menu_item_by_id (menu, ids[i]);

      if (i != 1)
        g_signal_connect (item, "click", G_CALLBACK (clicked_cb), clicks);
      mullion_menu_item_click (item, NULL);
    }
  assert_checked (menu, "acx");
  g_assert_cmpstr (clicks->str, ==, "aaxnc");

  mullion_menu_item_set_enabled (mullion_menu_get_menu_item_by_id (menu, "x"), FALSE);
  mullion_menu_item_click (mullion_menu_get_menu_item_by_id (menu, "x"), NULL);
  assert_checked (menu, "acx");
  g_assert_cmpstr (clicks->str, ==, "aaxnc");
}

/* In GTK, a menu bar is made of submenus. */
static void
test_bar (void)
{
  g_autoptr(MullionMenu) menu = create_menu (
    "[ { \"label\": \"&Go\" }, { \"type\": \"separator\" }, { \"role\": \"fileMenu\" } ]");
  g_autoptr(GMenuModel) model = mullion_menu_create_bar_model (menu);
  g_autoptr(GString) text = g_string_new (NULL);

  describe (model, text);
  g_assert_cmpstr (text->str, ==, "_Go { _Go } File { Quit <Control>q } ");
}

static void
test_model (void)
{
  g_autoptr(GMenu) model = g_menu_new ();
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_model (G_MENU_MODEL (model));

  g_menu_append (model, "One", "app.one");
  g_assert_true (mullion_menu_get_model (menu) == G_MENU_MODEL (model));
  g_assert_cmpuint (g_list_model_get_n_items (mullion_menu_get_items (menu)), ==, 0);
  g_clear_object (&menu);
  g_assert_finalize_object (g_steal_pointer (&model));
}

static void
test_finalize (void)
{
  MullionMenu *menu = create_menu ("[ { \"role\": \"editMenu\" }, { \"label\": \"a\" } ]");
  MullionMenuItem *item = g_list_model_get_item (mullion_menu_get_items (menu), 1);

  g_assert_finalize_object (menu);
  g_assert_finalize_object (item);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/menu/template", test_template);
  g_test_add_func ("/menu/roles", test_roles);
  g_test_add_func ("/menu/bad-templates", test_bad_templates);
  g_test_add_func ("/menu/depth", test_depth);
  g_test_add_func ("/menu/item", test_item);
  g_test_add_func ("/menu/changes", test_changes);
  g_test_add_func ("/menu/click", test_click);
  g_test_add_func ("/menu/bar", test_bar);
  g_test_add_func ("/menu/model", test_model);
  g_test_add_func ("/menu/finalize", test_finalize);

  return g_test_run ();
}
