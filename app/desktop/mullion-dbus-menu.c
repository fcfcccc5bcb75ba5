/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-dbus-menu.h"

#include "mullion-menu-item-private.h"

/*
 * MullionDbusMenu: a menu that another program shows, by com.canonical.dbusmenu.
 *
 * Main process. The tray of the desktop asks for the layout and tells what was clicked. Items have
 * numbers there: their places in a list that is made anew with each layout. A click that names a
 * place of an older layout, or none at all, is passed over.
 */

#define INTERFACE "com.canonical.dbusmenu"
#define PROTOCOL_VERSION 3
#define ROOT 0

struct _MullionDbusMenu
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *path;
  MullionMenu *menu;
  GPtrArray *items; /* of (owned) MullionMenuItem by number, %NULL for the root */
  guint registration;
  guint revision;
};

G_DEFINE_FINAL_TYPE (MullionDbusMenu, mullion_dbus_menu, G_TYPE_OBJECT)

static const char introspection[] =
  "<node><interface name='" INTERFACE "'>"
  "  <property name='Version' type='u' access='read'/>"
  "  <property name='TextDirection' type='s' access='read'/>"
  "  <property name='Status' type='s' access='read'/>"
  "  <property name='IconThemePath' type='as' access='read'/>"
  "  <method name='GetLayout'>"
  "    <arg type='i' direction='in'/><arg type='i' direction='in'/><arg type='as' direction='in'/>"
  "    <arg type='u' direction='out'/><arg type='(ia{sv}av)' direction='out'/>"
  "  </method>"
  "  <method name='GetGroupProperties'>"
  "    <arg type='ai' direction='in'/><arg type='as' direction='in'/>"
  "    <arg type='a(ia{sv})' direction='out'/>"
  "  </method>"
  "  <method name='GetProperty'>"
  "    <arg type='i' direction='in'/><arg type='s' direction='in'/>"
  "    <arg type='v' direction='out'/>"
  "  </method>"
  "  <method name='Event'>"
  "    <arg type='i' direction='in'/><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "    <arg type='u' direction='in'/>"
  "  </method>"
  "  <method name='EventGroup'>"
  "    <arg type='a(isvu)' direction='in'/><arg type='ai' direction='out'/>"
  "  </method>"
  "  <method name='AboutToShow'>"
  "    <arg type='i' direction='in'/><arg type='b' direction='out'/>"
  "  </method>"
  "  <method name='AboutToShowGroup'>"
  "    <arg type='ai' direction='in'/><arg type='ai' direction='out'/>"
  "    <arg type='ai' direction='out'/>"
  "  </method>"
  "  <signal name='ItemsPropertiesUpdated'><arg type='a(ia{sv})'/><arg type='a(ias)'/></signal>"
  "  <signal name='LayoutUpdated'><arg type='u'/><arg type='i'/></signal>"
  "</interface></node>";

/* -- What the items are -- */

static void update (MullionDbusMenu *self);

static void
number_items (MullionDbusMenu *self,
              MullionMenu     *menu)
{
  GListModel *items = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      MullionMenuItem *item = g_list_model_get_item (items, i);

      g_ptr_array_add (self->items, item);
      g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      if (mullion_menu_item_get_submenu (item) != NULL)
        number_items (self, mullion_menu_item_get_submenu (item));
    }
}

static void
forget_items (MullionDbusMenu *self)
{
  for (guint i = 1; i < self->items->len; i++)
    g_signal_handlers_disconnect_by_func (self->items->pdata[i], update, self);
  g_ptr_array_set_size (self->items, 0);
}

static void
renumber (MullionDbusMenu *self)
{
  forget_items (self);
  g_ptr_array_add (self->items, NULL);
  number_items (self, self->menu);
}

static void
update (MullionDbusMenu *self)
{
  self->revision++;
  renumber (self);
  g_dbus_connection_emit_signal (self->connection, NULL, self->path, INTERFACE, "LayoutUpdated",
                                 g_variant_new ("(ui)", self->revision, ROOT), NULL);
}

/* (nullable): the number comes from another program. */
static MullionMenuItem *
find_item (MullionDbusMenu *self,
           int              number)
{
  return number > ROOT && (guint) number < self->items->len ? self->items->pdata[number] : NULL;
}

static int
find_number (MullionDbusMenu *self,
             MullionMenuItem *item)
{
  guint number = 0;

  return g_ptr_array_find (self->items, item, &number) ? (int) number : -1;
}

/* -- What is told of them -- */

static void
add_string (GVariantBuilder *properties,
            const char      *name,
            const char      *value)
{
  g_variant_builder_add (properties, "{sv}", name, g_variant_new_string (value));
}

static void
add_toggle (GVariantBuilder *properties,
            MullionMenuItem *item,
            const char      *type)
{
  add_string (properties, "toggle-type", type);
  g_variant_builder_add (properties, "{sv}", "toggle-state",
                         g_variant_new_int32 (mullion_menu_item_get_checked (item) ? 1 : 0));
}

static void
add_texts (GVariantBuilder *properties,
           MullionMenuItem *item)
{
  g_autofree char *label = mullion_menu_item_dup_gtk_label (item);

  if (mullion_menu_item_get_item_type (item) == MULLION_MENU_ITEM_SEPARATOR)
    add_string (properties, "type", "separator");
  else
    add_string (properties, "label", label);
  g_variant_builder_add (properties, "{sv}", "enabled",
                         g_variant_new_boolean (mullion_menu_item_get_enabled (item)));
  g_variant_builder_add (properties, "{sv}", "visible",
                         g_variant_new_boolean (mullion_menu_item_get_visible (item)));
}

/* Floating. @item: (nullable): the root */
static GVariant *
describe (MullionMenuItem *item)
{
  g_auto(GVariantBuilder) properties = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));
  MullionMenuItemType type =
    item != NULL ? mullion_menu_item_get_item_type (item) : MULLION_MENU_ITEM_SUBMENU;

  if (item != NULL)
    add_texts (&properties, item);
  if (type == MULLION_MENU_ITEM_SUBMENU)
    add_string (&properties, "children-display", "submenu");
  else if (type == MULLION_MENU_ITEM_CHECKBOX)
    add_toggle (&properties, item, "checkmark");
  else if (type == MULLION_MENU_ITEM_RADIO)
    add_toggle (&properties, item, "radio");
  return g_variant_builder_end (&properties);
}

/* @depth: how many levels below @item, all where it is negative */
static GVariant *
describe_tree (MullionDbusMenu *self,
               MullionMenuItem *item,
               int              depth)
{
  g_auto(GVariantBuilder) children = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  MullionMenu *menu = item != NULL ? mullion_menu_item_get_submenu (item) : self->menu;
  GListModel *items = menu != NULL && depth != 0 ? mullion_menu_get_items (menu) : NULL;

  for (guint i = 0; items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(MullionMenuItem) child = g_list_model_get_item (items, i);

      g_variant_builder_add (&children, "v",
                             describe_tree (self, child, depth > 0 ? depth - 1 : depth));
    }
  return g_variant_new ("(i@a{sv}av)", item != NULL ? find_number (self, item) : ROOT,
                        describe (item), &children);
}

/* -- Calls -- */

static GVariant *
get_layout (MullionDbusMenu *self,
            GVariant        *arguments)
{
  MullionMenuItem *item;
  int number = 0;
  int depth = 0;

  g_variant_get (arguments, "(ii@as)", &number, &depth, NULL);
  item = find_item (self, number);
  if (item == NULL && number != ROOT)
    return NULL;
  return g_variant_new ("(u@(ia{sv}av))", self->revision, describe_tree (self, item, depth));
}

static GVariant *
get_group_properties (MullionDbusMenu *self,
                      GVariant        *arguments)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ia{sv})"));
  g_autoptr(GVariantIter) numbers = NULL;
  int number;

  g_variant_get (arguments, "(ai@as)", &numbers, NULL);
  while (g_variant_iter_next (numbers, "i", &number))
    if (find_item (self, number) != NULL)
      g_variant_builder_add (&rows, "(i@a{sv})", number, describe (find_item (self, number)));
  return g_variant_new ("(a(ia{sv}))", &rows);
}

static GVariant *
get_item_property (MullionDbusMenu *self,
                   GVariant        *arguments)
{
  g_autoptr(GVariant) properties = NULL;
  GVariant *value;
  const char *name = NULL;
  int number = 0;

  g_variant_get (arguments, "(i&s)", &number, &name);
  if (find_item (self, number) == NULL)
    return NULL;
  properties = g_variant_ref_sink (describe (find_item (self, number)));
  value = g_variant_lookup_value (properties, name, NULL);
  return value != NULL ? g_variant_new ("(v)", value) : NULL;
}

/* Whether there is such an item. */
static gboolean
take_event (MullionDbusMenu *self,
            int              number,
            const char      *event)
{
  MullionMenuItem *item = find_item (self, number);

  if (item != NULL && g_str_equal (event, "clicked"))
    mullion_menu_item_click (item, NULL);
  return item != NULL || number == ROOT;
}

static GVariant *
receive_event (MullionDbusMenu *self,
               GVariant        *arguments)
{
  const char *event = NULL;
  int number = 0;

  g_variant_get (arguments, "(i&s@vu)", &number, &event, NULL, NULL);
  return take_event (self, number, event) ? g_variant_new ("()") : NULL;
}

static GVariant *
receive_events (MullionDbusMenu *self,
                GVariant        *arguments)
{
  g_auto(GVariantBuilder) missing = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ai"));
  g_autoptr(GVariantIter) events = NULL;
  const char *event;
  int number;

  g_variant_get (arguments, "(a(isvu))", &events);
  while (g_variant_iter_next (events, "(i&s@vu)", &number, &event, NULL, NULL))
    if (!take_event (self, number, event))
      g_variant_builder_add (&missing, "i", number);
  return g_variant_new ("(ai)", &missing);
}

/* The layout is always told when it changes, so none is old when it shows. */
static GVariant *
about_to_show (MullionDbusMenu *self,
               GVariant        *arguments)
{
  return g_variant_new ("(b)", FALSE);
}

static GVariant *
about_to_show_group (MullionDbusMenu *self,
                     GVariant        *arguments)
{
  return g_variant_new_parsed ("(@ai [], @ai [])");
}

static const struct
{
  const char *name;
  GVariant *(*run) (MullionDbusMenu *self,
                    GVariant        *arguments);
} methods[] = {
  { "GetLayout", get_layout },
  { "GetGroupProperties", get_group_properties },
  { "GetProperty", get_item_property },
  { "Event", receive_event },
  { "EventGroup", receive_events },
  { "AboutToShow", about_to_show },
  { "AboutToShowGroup", about_to_show_group },
};

/* GDBus has checked the name of the method and the types of its arguments. */
static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *name,
           GVariant              *arguments,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  g_autoptr(MullionDbusMenu) self = g_object_ref (user_data);
  GVariant *answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name))
      answer = methods[i].run (self, arguments);

  if (answer != NULL)
    g_dbus_method_invocation_return_value (invocation, answer);
  else
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                           "There is no such item or property");
}

static GVariant *
get_property_cb (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  if (g_str_equal (name, "Version"))
    return g_variant_new_uint32 (PROTOCOL_VERSION);
  if (g_str_equal (name, "TextDirection"))
    return g_variant_new_string (
      gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "rtl" : "ltr");
  if (g_str_equal (name, "Status"))
    return g_variant_new_string ("normal");
  return g_variant_new_strv (NULL, 0);
}

/* -- Its beginning and its end -- */

static void
mullion_dbus_menu_dispose (GObject *object)
{
  MullionDbusMenu *self = MULLION_DBUS_MENU (object);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  forget_items (self);
  g_clear_object (&self->menu);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (mullion_dbus_menu_parent_class)->dispose (object);
}

static void
mullion_dbus_menu_finalize (GObject *object)
{
  MullionDbusMenu *self = MULLION_DBUS_MENU (object);

  g_ptr_array_unref (self->items);
  g_free (self->path);

  G_OBJECT_CLASS (mullion_dbus_menu_parent_class)->finalize (object);
}

static void
mullion_dbus_menu_class_init (MullionDbusMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_dbus_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_dbus_menu_finalize;
}

static void
clear_item (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

static void
mullion_dbus_menu_init (MullionDbusMenu *self)
{
  self->items = g_ptr_array_new_with_free_func (clear_item);
  self->revision = 1;
}

MullionDbusMenu *
mullion_dbus_menu_new (GDBusConnection *connection,
                       const char      *path,
                       MullionMenu     *menu)
{
  static const GDBusInterfaceVTable vtable = { called_cb, get_property_cb, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  MullionDbusMenu *self = g_object_new (MULLION_TYPE_DBUS_MENU, NULL);

  self->connection = g_object_ref (connection);
  self->path = g_strdup (path);
  self->menu = g_object_ref (menu);
  renumber (self);
  g_signal_connect_object (menu, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->registration = g_dbus_connection_register_object (connection, path, node->interfaces[0],
                                                          &vtable, self, NULL, NULL);
  return self;
}
