/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-tray-private.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-service.h"

/**
 * MullionTray:
 *
 * An icon in the tray of the desktop: Electron's `Tray`.
 *
 * It is a StatusNotifierItem, which the tray of the desktop shows, with its menu, while this object
 * lives. A desktop without a tray makes [signal@Tray::failed] say so; when one comes later, the
 * icon is there.
 *
 * It lives in the main process.
 *
 * Since: 0.1
 */

#define INTERFACE "org.kde.StatusNotifierItem"

enum
{
  CLICK,
  MIDDLE_CLICK,
  RIGHT_CLICK,
  SCROLL,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionTray, mullion_tray, G_TYPE_OBJECT)

static const MullionService watcher = {
  G_BUS_TYPE_SESSION, "tray", "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher",
  "org.kde.StatusNotifierWatcher",
};

static const char introspection[] =
  "<node><interface name='" INTERFACE "'>"
  "  <property name='Category' type='s' access='read'/>"
  "  <property name='Id' type='s' access='read'/>"
  "  <property name='Title' type='s' access='read'/>"
  "  <property name='Status' type='s' access='read'/>"
  "  <property name='WindowId' type='i' access='read'/>"
  "  <property name='IconName' type='s' access='read'/>"
  "  <property name='IconPixmap' type='a(iiay)' access='read'/>"
  "  <property name='AttentionIconName' type='s' access='read'/>"
  "  <property name='AttentionIconPixmap' type='a(iiay)' access='read'/>"
  "  <property name='ToolTip' type='(sa(iiay)ss)' access='read'/>"
  "  <property name='ItemIsMenu' type='b' access='read'/>"
  "  <property name='Menu' type='o' access='read'/>"
  "  <method name='Activate'><arg type='i' direction='in'/><arg type='i' direction='in'/></method>"
  "  <method name='SecondaryActivate'>"
  "    <arg type='i' direction='in'/><arg type='i' direction='in'/>"
  "  </method>"
  "  <method name='ContextMenu'>"
  "    <arg type='i' direction='in'/><arg type='i' direction='in'/>"
  "  </method>"
  "  <method name='Scroll'><arg type='i' direction='in'/><arg type='s' direction='in'/></method>"
  "  <signal name='NewTitle'/>"
  "  <signal name='NewIcon'/>"
  "  <signal name='NewToolTip'/>"
  "  <signal name='NewMenu'/>"
  "  <signal name='NewStatus'><arg type='s'/></signal>"
  "</interface></node>";

static GVariant *
get_property_cb (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *name,
                 GError          **error,
                 gpointer          user_data)
{
  GVariant *value = mullion_tray_get_property_value (user_data, name);

  if (value == NULL)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "There is no %s", name);
  return value;
}

/* -- What the user does -- */

static const struct
{
  const char *method;
  int signal;
} clicks[] = {
  { "Activate", CLICK },
  { "SecondaryActivate", MIDDLE_CLICK },
  { "ContextMenu", RIGHT_CLICK },
};

static void
clicked (MullionTray *self,
         int          signal,
         GVariant    *arguments)
{
  int x = 0;
  int y = 0;

  g_variant_get (arguments, "(ii)", &x, &y);
  g_signal_emit (self, signals[signal], 0, x, y);
}

/* Trays write the direction as they like: Plasma in small letters, others with a capital. */
static void
scrolled (MullionTray *self,
          GVariant    *arguments)
{
  const char *orientation = NULL;
  int delta = 0;

  g_variant_get (arguments, "(i&s)", &delta, &orientation);
  g_signal_emit (self, signals[SCROLL], 0, delta,
                 g_ascii_strcasecmp (orientation, "horizontal") == 0 ? GTK_ORIENTATION_HORIZONTAL
                                                                     : GTK_ORIENTATION_VERTICAL);
}

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
  g_autoptr(MullionTray) self = g_object_ref (user_data);

  g_dbus_method_invocation_return_value (invocation, NULL);
  if (g_str_equal (name, "Scroll"))
    scrolled (self, arguments);
  for (gsize i = 0; i < G_N_ELEMENTS (clicks); i++)
    if (g_str_equal (clicks[i].method, name))
      clicked (self, clicks[i].signal, arguments);
}

/* @arguments: (nullable), sunk */
static void
announce (MullionTray *self,
          const char  *signal,
          GVariant    *arguments)
{
  g_autoptr(GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;

  if (self->connection != NULL)
    g_dbus_connection_emit_signal (self->connection, NULL, self->path, INTERFACE, signal, owned,
                                   NULL);
}

/* -- The tray -- */

static void
fail (MullionTray *self,
      GError      *error)
{
  if (!self->is_destroyed)
    g_signal_emit (self, signals[FAILED], 0, error);
  g_error_free (error);
}

static void
registered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(MullionTray) self = user_data;
  GError *error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);

  if (error != NULL)
    fail (self, error);
}

static void
export_menu (MullionTray *self)
{
  g_clear_object (&self->exported);
  if (self->menu != NULL && self->connection != NULL)
    self->exported = mullion_dbus_menu_new (self->connection, self->menu_path, self->menu);
}

static void
export (MullionTray     *self,
        GDBusConnection *connection)
{
  static const GDBusInterfaceVTable vtable = { called_cb, get_property_cb, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = NULL;

  if (self->connection != NULL)
    return;

  node = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->connection = g_object_ref (connection);
  self->registration = g_dbus_connection_register_object (connection, self->path,
                                                          node->interfaces[0], &vtable, self, NULL,
                                                          NULL);
  export_menu (self);
}

static void
appeared_cb (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  MullionTray *self = user_data;

  export (self, connection);
  mullion_service_call_async (&watcher, "RegisterStatusNotifierItem",
                              g_variant_new ("(s)", self->path), "()", NULL, registered_cb,
                              g_object_ref (self));
}

static void
vanished_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  fail (user_data, g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                                connection != NULL ? "This desktop has no tray"
                                                   : "There is no bus to reach the tray on"));
}

/* -- What the app says -- */

static void
replace (char       **member,
         const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/**
 * mullion_tray_set_image:
 * @self: a tray icon
 * @image: a file of the app, an absolute path, or the name of an icon of the theme
 *
 * Sets the picture, like Electron's `tray.setImage`.
 *
 * Since: 0.1
 */
void
mullion_tray_set_image (MullionTray *self,
                        const char  *image)
{
  g_return_if_fail (MULLION_IS_TRAY (self));
  g_return_if_fail (image != NULL);

  replace (&self->image, image);
  announce (self, "NewIcon", NULL);
}

/**
 * mullion_tray_set_tool_tip:
 * @self: a tray icon
 * @tool_tip: the text
 *
 * Sets what is shown when the pointer rests on it, like Electron's `tray.setToolTip`.
 *
 * Since: 0.1
 */
void
mullion_tray_set_tool_tip (MullionTray *self,
                           const char  *tool_tip)
{
  g_return_if_fail (MULLION_IS_TRAY (self));
  g_return_if_fail (tool_tip != NULL);

  replace (&self->tool_tip, tool_tip);
  announce (self, "NewToolTip", NULL);
}

/**
 * mullion_tray_set_title:
 * @self: a tray icon
 * @title: the title
 *
 * Sets what it is called, like Electron's `tray.setTitle`. Some trays show it beside the icon.
 *
 * Since: 0.1
 */
void
mullion_tray_set_title (MullionTray *self,
                        const char  *title)
{
  g_return_if_fail (MULLION_IS_TRAY (self));
  g_return_if_fail (title != NULL);

  replace (&self->title, title);
  announce (self, "NewTitle", NULL);
}

/**
 * mullion_tray_get_title:
 * @self: a tray icon
 *
 * Gets what it is called, like Electron's `tray.getTitle`.
 *
 * Returns: the title, which is the name of the app at first
 *
 * Since: 0.1
 */
const char *
mullion_tray_get_title (MullionTray *self)
{
  g_return_val_if_fail (MULLION_IS_TRAY (self), NULL);

  return self->title;
}

/**
 * mullion_tray_set_context_menu:
 * @self: a tray icon
 * @menu: (nullable): the menu
 *
 * Sets its menu, like Electron's `tray.setContextMenu`. The tray shows it, and follows its changes.
 * What is clicked there is clicked in no window.
 *
 * Since: 0.1
 */
void
mullion_tray_set_context_menu (MullionTray *self,
                               MullionMenu *menu)
{
  g_return_if_fail (MULLION_IS_TRAY (self));
  g_return_if_fail (menu == NULL || MULLION_IS_MENU (menu));

  if (self->is_destroyed)
    return;

  g_set_object (&self->menu, menu);
  export_menu (self);
  announce (self, "NewMenu", NULL);
}

/**
 * mullion_tray_set_needs_attention:
 * @self: a tray icon
 * @needs_attention: whether it does
 *
 * Asks the tray to draw the user's eye to it: some make it blink or show it where others are hidden.
 * Electron has no such function.
 *
 * Since: 0.1
 */
void
mullion_tray_set_needs_attention (MullionTray *self,
                                  gboolean     needs_attention)
{
  g_return_if_fail (MULLION_IS_TRAY (self));

  self->needs_attention = needs_attention;
  announce (self, "NewStatus",
            g_variant_new ("(@s)", mullion_tray_get_property_value (self, "Status")));
}

/**
 * mullion_tray_get_needs_attention:
 * @self: a tray icon
 *
 * Asks whether the tray is asked to draw the user's eye to it.
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_tray_get_needs_attention (MullionTray *self)
{
  g_return_val_if_fail (MULLION_IS_TRAY (self), FALSE);

  return self->needs_attention;
}

/**
 * mullion_tray_destroy:
 * @self: a tray icon
 *
 * Takes it away, like Electron's `tray.destroy`.
 *
 * Since: 0.1
 */
void
mullion_tray_destroy (MullionTray *self)
{
  g_return_if_fail (MULLION_IS_TRAY (self));

  self->is_destroyed = TRUE;
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_clear_object (&self->exported);
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
  g_clear_object (&self->menu);
}

/**
 * mullion_tray_is_destroyed:
 * @self: a tray icon
 *
 * Asks whether it was taken away, like Electron's `tray.isDestroyed`.
 *
 * Returns: whether it was
 *
 * Since: 0.1
 */
gboolean
mullion_tray_is_destroyed (MullionTray *self)
{
  g_return_val_if_fail (MULLION_IS_TRAY (self), TRUE);

  return self->is_destroyed;
}

/* -- Its beginning and its end -- */

static void
mullion_tray_dispose (GObject *object)
{
  mullion_tray_destroy (MULLION_TRAY (object));

  G_OBJECT_CLASS (mullion_tray_parent_class)->dispose (object);
}

static void
mullion_tray_finalize (GObject *object)
{
  MullionTray *self = MULLION_TRAY (object);

  g_free (self->image);
  g_free (self->tool_tip);
  g_free (self->title);
  g_free (self->path);
  g_free (self->menu_path);

  G_OBJECT_CLASS (mullion_tray_parent_class)->finalize (object);
}

static void
mullion_tray_class_init (MullionTrayClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_tray_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_tray_finalize;

  /**
   * MullionTray::click:
   * @self: a tray icon
   * @x: where on the screen, in pixels
   * @y: where on the screen, in pixels
   *
   * The user clicked it. The tray says where; one that does not know, as in some sessions of
   * Wayland, says 0 and 0.
   *
   * Since: 0.1
   */
  signals[CLICK] = g_signal_new ("click", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * MullionTray::middle-click:
   * @self: a tray icon
   * @x: where on the screen, in pixels
   * @y: where on the screen, in pixels
   *
   * The user clicked it with the middle button.
   *
   * Since: 0.1
   */
  signals[MIDDLE_CLICK] = g_signal_new ("middle-click", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * MullionTray::right-click:
   * @self: a tray icon
   * @x: where on the screen, in pixels
   * @y: where on the screen, in pixels
   *
   * The user clicked it with the right button, on a desktop that does not show its menu then.
   *
   * Since: 0.1
   */
  signals[RIGHT_CLICK] = g_signal_new ("right-click", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * MullionTray::scroll:
   * @self: a tray icon
   * @delta: how far; the tray decides what one step is
   * @orientation: in which direction
   *
   * The user turned the wheel above it. Electron has no such event.
   *
   * Since: 0.1
   */
  signals[SCROLL] = g_signal_new ("scroll", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, GTK_TYPE_ORIENTATION);

  /**
   * MullionTray::failed:
   * @self: a tray icon
   * @error: why: %MULLION_ERROR_UNAVAILABLE where the desktop has no tray
   *
   * It cannot be shown, or no longer.
   *
   * Since: 0.1
   */
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mullion_tray_init (MullionTray *self)
{
  static guint count;

  count++;
  self->path = g_strdup_printf ("/io/github/mullion/Tray%u", count);
  self->menu_path = g_strdup_printf ("/io/github/mullion/Tray%u/Menu", count);
}

/**
 * mullion_tray_new:
 * @image: a file of the app, an absolute path, or the name of an icon of the theme
 *
 * Puts an icon into the tray.
 *
 * Returns: (transfer full): a new icon
 *
 * Since: 0.1
 */
MullionTray *
mullion_tray_new (const char *image)
{
  MullionApp *app = mullion_app_get_default ();
  MullionTray *self;

  g_return_val_if_fail (image != NULL, NULL);

  self = g_object_new (MULLION_TYPE_TRAY, NULL);
  self->image = g_strdup (image);
  self->tool_tip = g_strdup ("");
  self->title = g_strdup (app != NULL ? mullion_app_get_name (app) : g_get_application_name ());
  self->watch = g_bus_watch_name (watcher.bus, watcher.name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                  appeared_cb, vanished_cb, self, NULL);
  return self;
}
