/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-template.h"

#include "mullion-accelerator.h"
#include "mullion-error.h"
#include "mullion-menu-item-private.h"
#include "mullion-menu.h"

/*
 * Electron's templates of menus, checked and made into items.
 *
 * Main process. A template is the developer's, but nothing here relies on that: whatever JSON it
 * is, what comes is a menu or an error that names the place. Keys that are not known are passed
 * over, as in Electron.
 */

#define MAX_DEPTH 16
#define MAX_ITEMS 1000

static const struct
{
  const char *name;
  MullionMenuItemType type;
} types[] = {
  { "normal", MULLION_MENU_ITEM_NORMAL },     { "separator", MULLION_MENU_ITEM_SEPARATOR },
  { "submenu", MULLION_MENU_ITEM_SUBMENU },   { "checkbox", MULLION_MENU_ITEM_CHECKBOX },
  { "radio", MULLION_MENU_ITEM_RADIO },
};

/* Where the reader stands, for the texts of its errors. */
typedef struct
{
  JsonObject *object;
  const char *path;
  guint depth;
} Place;

static gboolean G_GNUC_PRINTF (4, 5)
fail (const Place  *place,
      const char   *key,
      GError      **error,
      const char   *format,
      ...)
{
  const char *dot = *place->path != '\0' && *key != '\0' ? "." : "";
  const char *colon = *place->path != '\0' || *key != '\0' ? ": " : "";
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "%s%s%s%s%s",
               place->path, dot, key, colon, reason);
  return FALSE;
}

/* @value stays as it is where the key is missing or null. */
static gboolean
read_string (const Place  *place,
             const char   *key,
             const char  **value,
             GError      **error)
{
  JsonNode *node = json_object_get_member (place->object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (place, key, error, "expected a string");

  *value = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_boolean (const Place  *place,
              const char   *key,
              gboolean     *value,
              GError      **error)
{
  JsonNode *node = json_object_get_member (place->object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (place, key, error, "expected true or false");

  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_role (MullionMenuItem  *item,
           const Place      *place,
           GError          **error)
{
  const char *name = NULL;

  if (!read_string (place, "role", &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;

  item->role = mullion_menu_role_find (name);
  if (item->role == NULL)
    return fail (place, "role", error, "there is no role “%s”", name);

  item->label = (g_free (item->label), g_strdup (item->role->label));
  item->accelerator = g_strdup (item->role->accelerator);
  item->registers_accelerator = !item->role->is_of_page;
  item->visible = !item->role->is_elsewhere;
  return TRUE;
}

static gboolean
read_type (MullionMenuItem  *item,
           const Place      *place,
           GError          **error)
{
  const char *name = NULL;
  gboolean has_submenu = json_object_has_member (place->object, "submenu") ||
                         (item->role != NULL && item->role->submenu != NULL);

  if (!read_string (place, "type", &name, error))
    return FALSE;
  if (name == NULL)
    {
      item->type = has_submenu ? MULLION_MENU_ITEM_SUBMENU : MULLION_MENU_ITEM_NORMAL;
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      {
        item->type = types[i].type;
        return TRUE;
      }
  return fail (place, "type", error, "Unknown menu item type: %s", name);
}

static gboolean
read_label (MullionMenuItem  *item,
            const Place      *place,
            GError          **error)
{
  const char *label = NULL;

  if (!read_string (place, "label", &label, error))
    return FALSE;
  if (label == NULL && item->role == NULL && !json_object_has_member (place->object, "type"))
    return fail (place, "", error,
                 "Invalid template for MenuItem: must have at least one of label, role or type");
  if (label != NULL)
    mullion_menu_item_set_label (item, label);
  return TRUE;
}

static gboolean
read_accelerator (MullionMenuItem  *item,
                  const Place      *place,
                  GError          **error)
{
  const char *accelerator = item->accelerator;
  g_autoptr(GError) reason = NULL;

  if (!read_string (place, "accelerator", &accelerator, error) ||
      !read_boolean (place, "registerAccelerator", &item->registers_accelerator, error))
    return FALSE;
  if (accelerator == NULL)
    return TRUE;

  item->gtk_accelerator = mullion_accelerator_to_gtk (accelerator, &reason);
  if (item->gtk_accelerator == NULL)
    return fail (place, "accelerator", error, "%s", reason->message);
  if (accelerator != item->accelerator)
    {
      g_free (item->accelerator);
      item->accelerator = g_strdup (accelerator);
    }
  return TRUE;
}

/* The name of an action of the app or the window, which is then the one that the item has. */
static gboolean
read_action (MullionMenuItem  *item,
             const Place      *place,
             GError          **error)
{
  const char *action = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!read_string (place, "action", &action, error))
    return FALSE;
  if (action == NULL)
    return TRUE;

  if (!g_action_parse_detailed_name (action, &name, &target, NULL) || strchr (name, '.') == NULL)
    return fail (place, "action", error,
                 "expected the name of an action with its prefix, such as “app.save”");
  item->action = g_strdup (action);
  return TRUE;
}

static gboolean
read_rest (MullionMenuItem  *item,
           const Place      *place,
           GError          **error)
{
  const char *id = NULL;
  const char *channel = NULL;

  if (!read_string (place, "id", &id, error) || !read_string (place, "click", &channel, error) ||
      !read_boolean (place, "enabled", &item->enabled, error) ||
      !read_boolean (place, "visible", &item->visible, error) ||
      !read_boolean (place, "checked", &item->checked, error))
    return FALSE;

  item->id = g_strdup (id);
  item->channel = g_strdup (channel);
  if (item->type != MULLION_MENU_ITEM_CHECKBOX && item->type != MULLION_MENU_ITEM_RADIO)
    item->checked = FALSE;
  return TRUE;
}

static gboolean
read_submenu (MullionMenuItem  *item,
              const Place      *place,
              GError          **error)
{
  JsonNode *node = json_object_get_member (place->object, "submenu");
  g_autofree char *path = NULL;

  if (item->type != MULLION_MENU_ITEM_SUBMENU)
    return node == NULL || JSON_NODE_HOLDS_NULL (node) ||
           fail (place, "submenu", error, "only an item of the type submenu has one");

  item->submenu = mullion_menu_new ();
  if (node == NULL && item->role != NULL && item->role->submenu != NULL)
    {
      mullion_menu_template_fill (item->submenu, item->role->submenu);
      return TRUE;
    }
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail (place, "submenu", error, "Invalid submenu");

  path = g_strconcat (place->path, *place->path != '\0' ? "." : "", "submenu", NULL);
  return mullion_menu_template_read (item->submenu, json_node_get_array (node), path,
                                     place->depth + 1, error);
}

MullionMenuItem *
mullion_menu_template_read_item (JsonObject  *object,
                                 const char  *path,
                                 guint        depth,
                                 GError     **error)
{
  const Place place = { object, path, depth };
  g_autoptr(MullionMenuItem) item = g_object_new (MULLION_TYPE_MENU_ITEM, NULL);

  if (!read_role (item, &place, error) ||
      !read_type (item, &place, error) ||
      !read_label (item, &place, error) ||
      !read_accelerator (item, &place, error) ||
      !read_action (item, &place, error) ||
      !read_rest (item, &place, error) ||
      !read_submenu (item, &place, error))
    return NULL;

  return g_steal_pointer (&item);
}

gboolean
mullion_menu_template_read (MullionMenu  *menu,
                            JsonArray    *items,
                            const char   *path,
                            guint         depth,
                            GError      **error)
{
  const Place place = { NULL, path, depth };

  if (depth > MAX_DEPTH || json_array_get_length (items) > MAX_ITEMS)
    return fail (&place, "", error, "at most %d items, and %d menus in each other",
                 MAX_ITEMS, MAX_DEPTH);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      g_autofree char *here = g_strdup_printf ("%s[%u]", path, i);
      const Place item_place = { NULL, here, depth };
      g_autoptr(MullionMenuItem) item = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (&item_place, "", error, "Invalid template for MenuItem: expected an object");
      item = mullion_menu_template_read_item (json_node_get_object (node), here, depth, error);
      if (item == NULL)
        return FALSE;
      mullion_menu_append (menu, item);
    }

  return TRUE;
}

void
mullion_menu_template_fill (MullionMenu *menu,
                            const char  *roles)
{
  g_auto(GStrv) names = g_strsplit (roles, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(JsonObject) object = json_object_new ();
      g_autoptr(MullionMenuItem) item = NULL;

      if (g_str_equal (names[i], "-"))
        json_object_set_string_member (object, "type", "separator");
      else
        json_object_set_string_member (object, "role", names[i]);
      item = mullion_menu_item_new (object, NULL);
      g_assert (item != NULL);
      mullion_menu_append (menu, item);
    }
}
