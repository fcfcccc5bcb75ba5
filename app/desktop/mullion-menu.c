/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-private.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"
#include "mullion-menu-item-private.h"
#include "mullion-menu-template.h"

#include <string.h>

/**
 * MullionMenu:
 *
 * A native menu, like Electron's `Menu`: the menu bar of a window or of the app, or a popup.
 *
 * It is made from a template of Electron's, [ctor@Menu.new_from_template], item by item, or from a
 * [class@Gio.MenuModel]. What an item does is an action of GTK's: the menu, its accelerator and
 * [method@Gtk.Widget.activate_action] activate the same one and see the same state.
 *
 * [method@App.set_application_menu] and [method@BrowserWindow.set_menu] show it as a menu bar,
 * [method@Menu.popup_async] at a point.
 *
 * Since: 0.1
 */

/* It lives in the main process. A menu owns its items, and an item its submenu. The model that GTK
 * shows is made anew whenever an item comes, or changes its label or visibility; what else changes
 * about an item is a matter of its action. */

struct _MullionMenu
{
  GObject parent_instance;

  GListStore *items;      /* of MullionMenuItem */
  GMenu *own_model;       /* (nullable): made of the items */
  GMenuModel *model;      /* that, or one that the app made */
  GtkPopover *popup;      /* (weak) (nullable) */
};

enum
{
  CHANGED,
  MENU_WILL_SHOW,
  MENU_WILL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionMenu, mullion_menu, G_TYPE_OBJECT)

/* -- The model -- */

static void
end_section (GMenu  *model,
             GMenu **section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (*section)) > 0)
    g_menu_append_section (model, NULL, G_MENU_MODEL (*section));
  g_object_unref (*section);
  *section = g_menu_new ();
}

/* What is between two separators is a section: GTK draws the line. */
static void
rebuild (MullionMenu *self)
{
  GMenu *section = g_menu_new ();
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  g_menu_remove_all (self->own_model);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      g_autoptr(GMenuItem) model = NULL;

      if (!item->visible)
        continue;
      if (item->type == MULLION_MENU_ITEM_SEPARATOR)
        {
          end_section (self->own_model, &section);
          continue;
        }
      model = mullion_menu_item_create_model (item);
      g_menu_append_item (section, model);
    }
  end_section (self->own_model, &section);
  g_object_unref (section);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
append_to_bar (GMenu           *bar,
               MullionMenuItem *item)
{
  g_autofree char *label = mullion_menu_item_dup_gtk_label (item);
  g_autoptr(GMenuItem) model = mullion_menu_item_create_model (item);
  g_autoptr(GMenu) menu = NULL;

  if (item->submenu != NULL)
    {
      g_menu_append_item (bar, model);
      return;
    }

  menu = g_menu_new ();
  g_menu_append_item (menu, model);
  g_menu_append_submenu (bar, label, G_MENU_MODEL (menu));
}

GMenuModel *
mullion_menu_create_bar_model (MullionMenu *self)
{
  GMenu *bar;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (self->own_model == NULL)
    return g_object_ref (self->model);

  bar = g_menu_new ();
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (item->visible && item->type != MULLION_MENU_ITEM_SEPARATOR)
        append_to_bar (bar, item);
    }

  return G_MENU_MODEL (bar);
}

/**
 * mullion_menu_get_model:
 * @self: a menu
 *
 * Gets the menu as GTK knows it, for a [class@Gtk.PopoverMenu] or [class@Gtk.MenuButton] of the
 * app's own. Its actions are those of the windows that show the menu.
 *
 * Returns: (transfer none): the model, which follows the items
 *
 * Since: 0.1
 */
GMenuModel *
mullion_menu_get_model (MullionMenu *self)
{
  g_return_val_if_fail (MULLION_IS_MENU (self), NULL);

  return self->model;
}

/* -- The items -- */

/**
 * mullion_menu_get_items:
 * @self: a menu
 *
 * Gets the items of the menu.
 *
 * Returns: (transfer none): a list of [class@MenuItem]; it is empty for a menu that was made from a
 *   model
 *
 * Since: 0.1
 */
GListModel *
mullion_menu_get_items (MullionMenu *self)
{
  g_return_val_if_fail (MULLION_IS_MENU (self), NULL);

  return G_LIST_MODEL (self->items);
}

void
mullion_menu_foreach (MullionMenu        *self,
                      MullionMenuForeach  func,
                      gpointer            user_data)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      func (item, user_data);
      if (item->submenu != NULL)
        mullion_menu_foreach (item->submenu, func, user_data);
    }
}

typedef struct
{
  const char *id;
  MullionMenuItem *found;
} Search;

static void
match_id (MullionMenuItem *item,
          gpointer         user_data)
{
  Search *search = user_data;

  if (search->found == NULL && g_strcmp0 (item->id, search->id) == 0)
    search->found = item;
}

/**
 * mullion_menu_get_menu_item_by_id:
 * @self: a menu
 * @id: the id that the template gave an item
 *
 * Finds an item in the menu and in those within it.
 *
 * Returns: (transfer none) (nullable): the first item with that id
 *
 * Since: 0.1
 */
MullionMenuItem *
mullion_menu_get_menu_item_by_id (MullionMenu *self,
                                  const char  *id)
{
  Search search = { id, NULL };

  g_return_val_if_fail (MULLION_IS_MENU (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  mullion_menu_foreach (self, match_id, &search);
  return search.found;
}

/* -1 when it is not there. */
static int
find_item (MullionMenu     *self,
           MullionMenuItem *item)
{
  guint position;

  return g_list_store_find (self->items, item, &position) ? (int) position : -1;
}

/* Goes from @position on in steps of @step, as far as there are radio items. */
static void
uncheck_from (MullionMenu *self,
              int          position,
              int          step)
{
  for (int at = position + step; at >= 0; at += step)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), at);

      if (item == NULL || item->type != MULLION_MENU_ITEM_RADIO)
        return;
      mullion_menu_item_uncheck (item);
    }
}

void
mullion_menu_uncheck_beside (MullionMenu     *self,
                             MullionMenuItem *item)
{
  int position = find_item (self, item);

  uncheck_from (self, position, -1);
  uncheck_from (self, position, 1);
}

static void
emit_changed (MullionMenu *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
adopt (MullionMenu     *self,
       MullionMenuItem *item)
{
  item->menu = self;
  g_signal_connect_object (item, "notify::label", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::visible", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  if (item->submenu != NULL)
    g_signal_connect_object (item->submenu, "changed", G_CALLBACK (emit_changed), self,
                             G_CONNECT_SWAPPED);
  if (item->type == MULLION_MENU_ITEM_RADIO && item->checked)
    mullion_menu_uncheck_beside (self, item);
}

/**
 * mullion_menu_insert:
 * @self: a menu that was not made from a model
 * @position: where to put it; behind the last item when there are fewer
 * @item: an item that is in no menu yet
 *
 * Puts an item into the menu. Wherever the menu is shown, the item appears.
 *
 * Since: 0.1
 */
void
mullion_menu_insert (MullionMenu     *self,
                     guint            position,
                     MullionMenuItem *item)
{
  g_return_if_fail (MULLION_IS_MENU (self));
  g_return_if_fail (MULLION_IS_MENU_ITEM (item));
  g_return_if_fail (self->own_model != NULL);
  g_return_if_fail (item->menu == NULL);

  g_list_store_insert (self->items,
                       MIN (position, g_list_model_get_n_items (G_LIST_MODEL (self->items))), item);
  adopt (self, item);
  rebuild (self);
}

/**
 * mullion_menu_append:
 * @self: a menu that was not made from a model
 * @item: an item that is in no menu yet
 *
 * Puts an item behind the last one of the menu.
 *
 * Since: 0.1
 */
void
mullion_menu_append (MullionMenu     *self,
                     MullionMenuItem *item)
{
  mullion_menu_insert (self, G_MAXUINT, item);
}

/* -- Its popup -- */

void
mullion_menu_set_popup (MullionMenu *self,
                        GtkPopover  *popup)
{
  g_set_weak_pointer (&self->popup, popup);
}

void
mullion_menu_emit_will_show (MullionMenu *self)
{
  g_signal_emit (self, signals[MENU_WILL_SHOW], 0);
}

void
mullion_menu_emit_will_close (MullionMenu *self)
{
  g_signal_emit (self, signals[MENU_WILL_CLOSE], 0);
}

/**
 * mullion_menu_close_popup:
 * @self: a menu
 *
 * Closes the popup that [method@Menu.popup_async] opened; nothing happens when there is none.
 *
 * Since: 0.1
 */
void
mullion_menu_close_popup (MullionMenu *self)
{
  g_return_if_fail (MULLION_IS_MENU (self));

  if (self->popup != NULL)
    gtk_popover_popdown (self->popup);
}

/* -- Its beginning and its end -- */

static void
mullion_menu_dispose (GObject *object)
{
  MullionMenu *self = MULLION_MENU (object);
  guint n_items = self->items != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->items)) : 0;

  /* An item may outlive its menu, and be put into another one. */
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      item->menu = NULL;
    }
  g_clear_object (&self->items);
  g_clear_object (&self->own_model);
  g_clear_object (&self->model);
  g_clear_weak_pointer (&self->popup);

  G_OBJECT_CLASS (mullion_menu_parent_class)->dispose (object);
}

static void
mullion_menu_class_init (MullionMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_menu_dispose;

  /**
   * MullionMenu::changed:
   * @self: a menu
   *
   * An item came, or the label or visibility of one changed, in this menu or in one within it.
   *
   * Since: 0.1
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionMenu::menu-will-show:
   * @self: a menu
   *
   * The popup of the menu opens.
   *
   * Since: 0.1
   */
  signals[MENU_WILL_SHOW] = g_signal_new ("menu-will-show", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionMenu::menu-will-close:
   * @self: a menu
   *
   * The popup of the menu closes.
   *
   * Since: 0.1
   */
  signals[MENU_WILL_CLOSE] = g_signal_new ("menu-will-close", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mullion_menu_init (MullionMenu *self)
{
  self->items = g_list_store_new (MULLION_TYPE_MENU_ITEM);
}

/**
 * mullion_menu_new:
 *
 * Makes a menu without items, like Electron's `new Menu ()`.
 *
 * Returns: (transfer full): a new menu
 *
 * Since: 0.1
 */
MullionMenu *
mullion_menu_new (void)
{
  MullionMenu *self = g_object_new (MULLION_TYPE_MENU, NULL);

  self->own_model = g_menu_new ();
  self->model = G_MENU_MODEL (g_object_ref (self->own_model));
  return self;
}

/**
 * mullion_menu_new_from_template:
 * @items: (transfer none): a template
 * @error: return location for an error
 *
 * Makes a menu, like Electron's `Menu.buildFromTemplate`. Each element of @items is an object:
 *
 * | key | value |
 * | --- | --- |
 * | `label` | what the item is called; `&` stands before its mnemonic |
 * | `role` | what it does by itself, such as `copy`, `reload` or `editMenu` |
 * | `type` | `normal`, `separator`, `submenu`, `checkbox` or `radio` |
 * | `accelerator` | the keys that choose it, such as `CmdOrCtrl+Shift+K` |
 * | `registerAccelerator` | false only shows them |
 * | `submenu` | an array of items |
 * | `checked`, `enabled`, `visible` | true or false |
 * | `id` | a name, for [method@Menu.get_menu_item_by_id], and of its action |
 * | `click` | a channel on which the page of the window hears of the click |
 * | `action` | an action of the app or window in place of one's own, such as `app.save` |
 *
 * Handlers in C connect to [signal@MenuItem::click]. A menu may have 1000 items, and 16 menus
 * within each other.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT when the template is wrong. The message names the
 * place, for example `[0].submenu[2].role`.
 *
 * Returns: (transfer full): a new menu, or %NULL with @error set
 *
 * Since: 0.1
 */
MullionMenu *
mullion_menu_new_from_template (JsonArray  *items,
                                GError    **error)
{
  g_autoptr(MullionMenu) self = mullion_menu_new ();

  g_return_val_if_fail (items != NULL, NULL);

  if (!mullion_menu_template_read (self, items, "", 0, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mullion_menu_new_from_json:
 * @json: the text of a template
 * @error: return location for an error
 *
 * Makes a menu like [ctor@Menu.new_from_template], from text.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT as well when @json is not the text of an array.
 *
 * Returns: (transfer full): a new menu, or %NULL with @error set
 *
 * Since: 0.1
 */
MullionMenu *
mullion_menu_new_from_json (const char  *json,
                            GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  node = mullion_json_read (json, strlen (json), MULLION_JSON_MAX_DEPTH, &reason);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return mullion_menu_new_from_template (json_node_get_array (node), error);

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "Invalid template for Menu: Menu template must be an array: %s",
               reason != NULL ? reason->message : "found something else");
  return NULL;
}

/**
 * mullion_menu_new_from_model:
 * @model: a menu of GTK's
 *
 * Makes a menu of a [class@Gio.MenuModel]. Its actions are the app's own, in the app, in the window
 * or in the widgets above its web view; it has no [class@MenuItem]s.
 *
 * Returns: (transfer full): a new menu
 *
 * Since: 0.1
 */
MullionMenu *
mullion_menu_new_from_model (GMenuModel *model)
{
  MullionMenu *self;

  g_return_val_if_fail (G_IS_MENU_MODEL (model), NULL);

  self = g_object_new (MULLION_TYPE_MENU, NULL);
  self->model = g_object_ref (model);
  return self;
}
