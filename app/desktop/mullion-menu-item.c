/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-item-private.h"

#include "mullion-browser-window.h"
#include "mullion-enum-types.h"
#include "mullion-menu-private.h"
#include "mullion-menu-template.h"
#include "mullion-web-contents.h"

/**
 * MullionMenuItem:
 *
 * An item of a [class@Menu], like Electron's `MenuItem`.
 *
 * Its label, and whether it is enabled, visible and checked, can be changed at any time; every menu
 * bar and popup that shows it follows. Choosing it, pressing its accelerator and activating its
 * action are the same: they end in [signal@MenuItem::click].
 *
 * Since: 0.1
 */

/* It lives in the main process. What it knows was checked by the template; here are no pages but
 * the one that a click is sent to. */

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_ENABLED,
  PROP_VISIBLE,
  PROP_CHECKED,
  N_PROPS
};

enum
{
  CLICK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static guint last_serial;

G_DEFINE_FINAL_TYPE (MullionMenuItem, mullion_menu_item, G_TYPE_OBJECT)

/* -- What it is -- */

/**
 * mullion_menu_item_get_id:
 * @self: an item
 *
 * Gets the name that the template gave it.
 *
 * Returns: (nullable): the id
 *
 * Since: 0.1
 */
const char *
mullion_menu_item_get_id (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  return self->id;
}

/**
 * mullion_menu_item_get_item_type:
 * @self: an item
 *
 * Gets what kind of item it is.
 *
 * Returns: the type
 *
 * Since: 0.1
 */
MullionMenuItemType
mullion_menu_item_get_item_type (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), MULLION_MENU_ITEM_NORMAL);

  return self->type;
}

/**
 * mullion_menu_item_get_role:
 * @self: an item
 *
 * Gets Electron's name of what the item does by itself.
 *
 * Returns: (nullable): the role, such as `toggleDevTools`
 *
 * Since: 0.1
 */
const char *
mullion_menu_item_get_role (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  return self->role != NULL ? self->role->name : NULL;
}

/**
 * mullion_menu_item_get_accelerator:
 * @self: an item
 *
 * Gets the keys that choose the item, in Electron's notation.
 *
 * Returns: (nullable): the accelerator, such as `CmdOrCtrl+Shift+K`
 *
 * Since: 0.1
 */
const char *
mullion_menu_item_get_accelerator (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  return self->accelerator;
}

/**
 * mullion_menu_item_get_submenu:
 * @self: an item
 *
 * Gets the menu that the item opens.
 *
 * Returns: (transfer none) (nullable): the menu
 *
 * Since: 0.1
 */
MullionMenu *
mullion_menu_item_get_submenu (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  return self->submenu;
}

/**
 * mullion_menu_item_dup_action_name:
 * @self: an item
 *
 * Names the [iface@Gio.Action] behind the item, with its prefix. In every window that has the menu,
 * [method@Gtk.Widget.activate_action] with this name is the same as choosing the item.
 *
 * An item with an id has that as its name too: `menu.save` for the id `save`.
 *
 * Returns: (transfer full): the name, such as `menu.item-7`, or what the template called `action`
 *
 * Since: 0.1
 */
char *
mullion_menu_item_dup_action_name (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  if (self->action != NULL)
    return g_strdup (self->action);

  return g_strconcat (MULLION_MENU_PREFIX ".", self->name, NULL);
}

/* -- What can change -- */

/**
 * mullion_menu_item_get_label:
 * @self: an item
 *
 * Gets what the item is called.
 *
 * Returns: the label; `&` stands before its mnemonic
 *
 * Since: 0.1
 */
const char *
mullion_menu_item_get_label (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), NULL);

  return self->label;
}

/**
 * mullion_menu_item_set_label:
 * @self: an item
 * @label: the label; `&` stands before its mnemonic, and `&&` is one `&`
 *
 * Sets what the item is called.
 *
 * Since: 0.1
 */
void
mullion_menu_item_set_label (MullionMenuItem *self,
                             const char      *label)
{
  g_return_if_fail (MULLION_IS_MENU_ITEM (self));
  g_return_if_fail (label != NULL);

  if (g_strcmp0 (label, self->label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
set_flag (MullionMenuItem *self,
          gboolean        *member,
          gboolean         value,
          guint            property_id)
{
  if (*member == !!value)
    return;

  *member = !!value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

/**
 * mullion_menu_item_get_enabled:
 * @self: an item
 *
 * Asks whether the item can be chosen.
 *
 * Returns: whether it can
 *
 * Since: 0.1
 */
gboolean
mullion_menu_item_get_enabled (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), FALSE);

  return self->enabled;
}

/**
 * mullion_menu_item_set_enabled:
 * @self: an item
 * @enabled: whether the item can be chosen, by its accelerator too
 *
 * Lets the item be chosen, or not. An item that opens a menu always opens it.
 *
 * Since: 0.1
 */
void
mullion_menu_item_set_enabled (MullionMenuItem *self,
                               gboolean         enabled)
{
  g_return_if_fail (MULLION_IS_MENU_ITEM (self));

  set_flag (self, &self->enabled, enabled, PROP_ENABLED);
}

/**
 * mullion_menu_item_get_visible:
 * @self: an item
 *
 * Asks whether the item is shown.
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_menu_item_get_visible (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), FALSE);

  return self->visible;
}

/**
 * mullion_menu_item_set_visible:
 * @self: an item
 * @visible: whether the item is shown
 *
 * Shows or hides the item. Its accelerator works all the same.
 *
 * Since: 0.1
 */
void
mullion_menu_item_set_visible (MullionMenuItem *self,
                               gboolean         visible)
{
  g_return_if_fail (MULLION_IS_MENU_ITEM (self));

  set_flag (self, &self->visible, visible, PROP_VISIBLE);
}

/**
 * mullion_menu_item_get_checked:
 * @self: an item
 *
 * Asks whether the item is on.
 *
 * Returns: whether it is; %FALSE for an item that is neither checkbox nor radio
 *
 * Since: 0.1
 */
gboolean
mullion_menu_item_get_checked (MullionMenuItem *self)
{
  g_return_val_if_fail (MULLION_IS_MENU_ITEM (self), FALSE);

  return self->checked;
}

/**
 * mullion_menu_item_set_checked:
 * @self: an item
 * @checked: whether the item is on
 *
 * Turns a checkbox or radio item on or off. A radio item that is turned on turns off those beside
 * it, up to the next item of another type, and is not turned off itself.
 *
 * Since: 0.1
 */
void
mullion_menu_item_set_checked (MullionMenuItem *self,
                               gboolean         checked)
{
  g_return_if_fail (MULLION_IS_MENU_ITEM (self));

  if (self->type == MULLION_MENU_ITEM_CHECKBOX)
    set_flag (self, &self->checked, checked, PROP_CHECKED);
  else if (self->type == MULLION_MENU_ITEM_RADIO && checked)
    {
      set_flag (self, &self->checked, TRUE, PROP_CHECKED);
      if (self->menu != NULL)
        mullion_menu_uncheck_beside (self->menu, self);
    }
}

/* Turns a radio item off, for another one of its group is on. */
void
mullion_menu_item_uncheck (MullionMenuItem *self)
{
  set_flag (self, &self->checked, FALSE, PROP_CHECKED);
}

/* -- Being chosen -- */

/* What the page of @window gets of an item that is clicked. */
static JsonObject *
describe (MullionMenuItem *self)
{
  JsonObject *object = json_object_new ();

  if (self->id != NULL)
    json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "label", self->label);
  json_object_set_boolean_member (object, "checked", self->checked);
  return object;
}

static void
send_click (MullionMenuItem      *self,
            MullionBrowserWindow *window)
{
  JsonArray *args;

  if (self->channel == NULL || window == NULL || mullion_browser_window_is_destroyed (window))
    return;

  args = json_array_new ();
  json_array_add_object_element (args, describe (self));
  mullion_web_contents_send (mullion_browser_window_get_web_contents (window), self->channel, args);
}

/**
 * mullion_menu_item_click:
 * @self: an item
 * @window: (nullable): the window in which it is chosen
 *
 * Chooses the item, as a user does: a checkbox changes, a radio item is turned on, a role does what
 * it does. Where there is no role, [signal@MenuItem::click] is emitted, and if the template names a
 * channel, the page of @window hears there an object with `id`, `label` and `checked`.
 *
 * Nothing happens when the item is not enabled.
 *
 * Since: 0.1
 */
void
mullion_menu_item_click (MullionMenuItem      *self,
                         MullionBrowserWindow *window)
{
  g_autoptr(MullionMenuItem) alive = NULL;

  g_return_if_fail (MULLION_IS_MENU_ITEM (self));
  g_return_if_fail (window == NULL || MULLION_IS_BROWSER_WINDOW (window));

  if (!self->enabled)
    return;

  alive = g_object_ref (self);
  mullion_menu_item_set_checked (self, !self->checked || self->type == MULLION_MENU_ITEM_RADIO);
  if (self->role != NULL && mullion_menu_role_run (self->role, window))
    return;

  g_signal_emit (self, signals[CLICK], 0, window);
  send_click (self, window);
}

/* -- For GTK -- */

/* Electron writes mnemonics as Windows does: "&File", and "&&" for the character. */
char *
mullion_menu_item_dup_gtk_label (MullionMenuItem *self)
{
  g_autoptr(GString) label = g_string_new (NULL);

  for (const char *at = self->label; *at != '\0'; at++)
    {
      if (*at == '_')
        g_string_append (label, "__");
      else if (*at != '&')
        g_string_append_c (label, *at);
      else if (at[1] == '&')
        g_string_append_c (label, *at++);
      else
        g_string_append_c (label, '_');
    }

  return g_string_free (g_steal_pointer (&label), FALSE);
}

GMenuItem *
mullion_menu_item_create_model (MullionMenuItem *self)
{
  g_autofree char *label = mullion_menu_item_dup_gtk_label (self);
  g_autofree char *action = mullion_menu_item_dup_action_name (self);
  GMenuItem *model;

  if (self->submenu != NULL)
    return g_menu_item_new_submenu (label, mullion_menu_get_model (self->submenu));

  model = g_menu_item_new (label, NULL);
  if (self->action != NULL)
    g_menu_item_set_detailed_action (model, action);
  else if (self->type == MULLION_MENU_ITEM_RADIO)
    g_menu_item_set_action_and_target (model, action, "s", MULLION_MENU_RADIO_ON);
  else
    g_menu_item_set_action_and_target (model, action, NULL);
  if (self->gtk_accelerator != NULL)
    g_menu_item_set_attribute (model, "accel", "s", self->gtk_accelerator);

  return model;
}

/* -- Its beginning and its end -- */

static void
mullion_menu_item_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MullionMenuItem *self = MULLION_MENU_ITEM (object);

  switch (property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->checked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
mullion_menu_item_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MullionMenuItem *self = MULLION_MENU_ITEM (object);

  switch (property_id)
    {
    case PROP_LABEL:
      mullion_menu_item_set_label (self, g_value_get_string (value));
      break;
    case PROP_ENABLED:
      mullion_menu_item_set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_VISIBLE:
      mullion_menu_item_set_visible (self, g_value_get_boolean (value));
      break;
    case PROP_CHECKED:
      mullion_menu_item_set_checked (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
mullion_menu_item_finalize (GObject *object)
{
  MullionMenuItem *self = MULLION_MENU_ITEM (object);

  g_clear_object (&self->submenu);
  g_free (self->id);
  g_free (self->label);
  g_free (self->accelerator);
  g_free (self->gtk_accelerator);
  g_free (self->action);
  g_free (self->channel);
  g_free (self->name);

  G_OBJECT_CLASS (mullion_menu_item_parent_class)->finalize (object);
}

static void
add_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * MullionMenuItem:label:
   *
   * What the item is called.
   *
   * Since: 0.1
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", flags);

  /**
   * MullionMenuItem:enabled:
   *
   * Whether the item can be chosen.
   *
   * Since: 0.1
   */
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);

  /**
   * MullionMenuItem:visible:
   *
   * Whether the item is shown.
   *
   * Since: 0.1
   */
  properties[PROP_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, TRUE, flags);

  /**
   * MullionMenuItem:checked:
   *
   * Whether the item is on.
   *
   * Since: 0.1
   */
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mullion_menu_item_class_init (MullionMenuItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mullion_menu_item_get_property;
  object_class->set_property = mullion_menu_item_set_property;
  object_class->finalize = mullion_menu_item_finalize;
  add_properties (object_class);

  /**
   * MullionMenuItem::click:
   * @self: an item
   * @window: (nullable): the window in which it was chosen
   *
   * The item was chosen, and has no role that does it all.
   *
   * Since: 0.1
   */
  signals[CLICK] = g_signal_new ("click", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, MULLION_TYPE_BROWSER_WINDOW);
}

static void
mullion_menu_item_init (MullionMenuItem *self)
{
  self->name = g_strdup_printf ("item-%u", ++last_serial);
  self->label = g_strdup ("");
  self->enabled = TRUE;
  self->visible = TRUE;
  self->registers_accelerator = TRUE;
}

/**
 * mullion_menu_item_new:
 * @options: (transfer none): an item as Electron's templates have it
 * @error: return location for an error
 *
 * Makes an item, like Electron's `new MenuItem (options)`; [ctor@Menu.new_from_template] lists the
 * keys.
 *
 * Fails with %MULLION_ERROR_INVALID_ARGUMENT when the options make no item. The message names what
 * is wrong, for example `submenu[2].role`.
 *
 * Returns: (transfer full): a new item, or %NULL with @error set
 *
 * Since: 0.1
 */
MullionMenuItem *
mullion_menu_item_new (JsonObject  *options,
                       GError     **error)
{
  g_return_val_if_fail (options != NULL, NULL);

  return mullion_menu_template_read_item (options, "", 0, error);
}
