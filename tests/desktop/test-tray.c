/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

#include <mullion.h>

/*
 * The tray icon and its menu, as the tray of a desktop sees them: over the bus.
 */

#define WATCHER "org.kde.StatusNotifierWatcher"
#define ITEM "org.kde.StatusNotifierItem"
#define MENU "com.canonical.dbusmenu"

static const char xml[] =
  "<node><interface name='" WATCHER "'>"
  "  <method name='RegisterStatusNotifierItem'><arg type='s'/></method>"
  "</interface></node>";

static const char template[] =
  "[ { \"id\": \"show\", \"label\": \"&Show\" },"
  "  { \"type\": \"separator\" },"
  "  { \"id\": \"loud\", \"label\": \"Loud\", \"type\": \"checkbox\" },"
  "  { \"label\": \"More\", \"submenu\": [ { \"id\": \"off\", \"label\": \"Off\","
  "                                       \"enabled\": false } ] } ]";

static char *path; /* where the icon is on the bus */

static MockService *
start_tray (void)
{
  return mock_service_new (WATCHER, "/StatusNotifierWatcher", xml, NULL);
}

/* The tray hears of the icon. */
static void
wait_for_icon (MockService *service)
{
  g_autoptr(GVariant) call = mock_service_wait (service, "RegisterStatusNotifierItem");

  g_free (path);
  g_variant_get (call, "(s)", &path);
}

static GVariant *answered;

static void
answered_cb (GObject      *connection,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  answered = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  if (answered == NULL)
    answered = g_variant_ref_sink (g_variant_new_string (error->message));
}

/* What the tray calls on the icon or its menu, as text. @object is below the icon. */
static char *
call (MockService *service,
      const char  *object,
      const char  *interface,
      const char  *method,
      GVariant    *arguments)
{
  g_autofree char *place = g_strconcat (path, object, NULL);
  char *text;

  g_dbus_connection_call (mock_service_get_connection (service), mock_service_get_caller (service),
                          place, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, answered_cb, NULL);
  mock_wait_until (answered != NULL);
  text = g_variant_print (answered, FALSE);
  g_clear_pointer (&answered, g_variant_unref);
  return text;
}

static void
assert_property (MockService *service,
                 const char  *name,
                 const char  *expected)
{
  g_autofree char *text = call (service, "", "org.freedesktop.DBus.Properties", "Get",
                                g_variant_new ("(ss)", ITEM, name));

  g_assert_cmpstr (text, ==, expected);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
place_cb (GString *heard,
          int      x,
          int      y)
{
  g_string_append_printf (heard, "%d,%d;", x, y);
}

static void
scroll_cb (GString        *heard,
           int             delta,
           GtkOrientation  orientation)
{
  g_string_append_printf (heard, "%d%c;", delta,
                          orientation == GTK_ORIENTATION_VERTICAL ? 'v' : 'h');
}

static void
note_cb (GDBusConnection *connection,
         const char      *sender,
         const char      *object,
         const char      *interface,
         const char      *signal,
         GVariant        *arguments,
         gpointer         user_data)
{
  g_string_append_printf (user_data, "%s;", signal);
}

static void
test_icon (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  mullion_tray_set_title (tray, "Mail");
  mullion_tray_set_tool_tip (tray, "3 new");
  wait_for_icon (service);
  assert_property (service, "Title", "(<'Mail'>,)");
  assert_property (service, "IconName", "(<'mail-unread'>,)");
  assert_property (service, "IconPixmap", "(<@a(iiay) []>,)");
  assert_property (service, "ToolTip", "(<('', @a(iiay) [], '3 new', '')>,)");
  assert_property (service, "Status", "(<'Active'>,)");
  assert_property (service, "Menu", "(<objectpath '/NO_DBUSMENU'>,)");
}

static void
use (MockService *service,
     const char  *method,
     GVariant    *arguments)
{
  g_autofree char *text = call (service, "", ITEM, method, arguments);

  g_assert_cmpstr (text, ==, "()");
}

static void
test_user (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autoptr(GString) clicks = g_string_new (NULL);
  g_autoptr(GString) middle_clicks = g_string_new (NULL);
  g_autoptr(GString) right_clicks = g_string_new (NULL);
  g_autoptr(GString) turns = g_string_new (NULL);

  g_signal_connect_swapped (tray, "click", G_CALLBACK (place_cb), clicks);
  g_signal_connect_swapped (tray, "middle-click", G_CALLBACK (place_cb), middle_clicks);
  g_signal_connect_swapped (tray, "right-click", G_CALLBACK (place_cb), right_clicks);
  g_signal_connect_swapped (tray, "scroll", G_CALLBACK (scroll_cb), turns);
  wait_for_icon (service);

  use (service, "Activate", g_variant_new ("(ii)", 10, 20));
  use (service, "SecondaryActivate", g_variant_new ("(ii)", -11, 21));
  use (service, "ContextMenu", g_variant_new ("(ii)", 12, 22));
  use (service, "Scroll", g_variant_new ("(is)", 120, "vertical"));
  use (service, "Scroll", g_variant_new ("(is)", -1, "Horizontal"));
  g_assert_cmpstr (clicks->str, ==, "10,20;");
  g_assert_cmpstr (middle_clicks->str, ==, "-11,21;");
  g_assert_cmpstr (right_clicks->str, ==, "12,22;");
  g_assert_cmpstr (turns->str, ==, "120v;-1h;");
}

static void
test_picture (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "resources", "desktop",
                                                 "io.github.mullion.Gallery.svg", NULL);
  g_autoptr(MullionTray) tray = mullion_tray_new (file);
  g_autofree char *text = NULL;

  wait_for_icon (service);
  assert_property (service, "IconName", "(<''>,)");
  text = call (service, "", "org.freedesktop.DBus.Properties", "Get",
               g_variant_new ("(ss)", ITEM, "IconPixmap"));
  g_assert_true (g_str_has_prefix (text, "(<[(48, 48, ["));
}

/* What was subscribed to is heard: the bus has seen to it before it answers this. */
static void
settle (MockService *service)
{
  assert_property (service, "Status", "(<'Active'>,)");
}

static void
test_changes (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autoptr(MullionMenu) menu = mullion_menu_new ();
  g_autoptr(GString) heard = g_string_new (NULL);

  wait_for_icon (service);
  g_dbus_connection_signal_subscribe (mock_service_get_connection (service), NULL, ITEM, NULL, path,
                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, note_cb, heard, NULL);
  settle (service);
  mullion_tray_set_image (tray, "mail-read");
  mullion_tray_set_title (tray, "t");
  mullion_tray_set_tool_tip (tray, "tt");
  mullion_tray_set_context_menu (tray, menu);
  mock_wait_until (g_str_has_suffix (heard->str, "NewMenu;"));
  g_assert_cmpstr (heard->str, ==, "NewIcon;NewTitle;NewToolTip;NewMenu;");
  assert_property (service, "IconName", "(<'mail-read'>,)");
}

static void
test_attention (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autoptr(GString) heard = g_string_new (NULL);

  wait_for_icon (service);
  assert_property (service, "AttentionIconName", "(<'mail-unread'>,)");
  g_dbus_connection_signal_subscribe (mock_service_get_connection (service), NULL, ITEM, "NewStatus",
                                      path, "NeedsAttention", G_DBUS_SIGNAL_FLAGS_NONE, note_cb,
                                      heard, NULL);
  settle (service);
  mullion_tray_set_needs_attention (tray, TRUE);
  g_assert_true (mullion_tray_get_needs_attention (tray));
  mock_wait_until (heard->len > 0);
  assert_property (service, "Status", "(<'NeedsAttention'>,)");
  mullion_tray_set_needs_attention (tray, FALSE);
  assert_property (service, "Status", "(<'Active'>,)");
}

static void
test_menu (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (template, NULL);
  MullionMenuItem *show = mullion_menu_get_menu_item_by_id (menu, "show");
  MullionMenuItem *loud = mullion_menu_get_menu_item_by_id (menu, "loud");
  g_autofree char *layout = NULL;
  g_autofree char *clicked = NULL;
  g_autofree char *checked = NULL;
  g_autofree char *disabled = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *state = NULL;
  guint clicks = 0;
  guint others = 0;

  mullion_tray_set_context_menu (tray, menu);
  wait_for_icon (service);
  layout = call (service, "/Menu", MENU, "GetLayout",
                 g_variant_new_parsed ("(0, -1, @as [])"));
  g_assert_cmpstr (
    layout, ==,
    "(1, (0, {'children-display': <'submenu'>}, ["
    "<(1, {'label': <'_Show'>, 'enabled': <true>, 'visible': <true>}, @av [])>, "
    "<(2, {'type': <'separator'>, 'enabled': <true>, 'visible': <true>}, @av [])>, "
    "<(3, {'label': <'Loud'>, 'enabled': <true>, 'visible': <true>, "
    "'toggle-type': <'checkmark'>, 'toggle-state': <0>}, @av [])>, "
    "<(4, {'label': <'More'>, 'enabled': <true>, 'visible': <true>, "
    "'children-display': <'submenu'>}, ["
    "<(5, {'label': <'Off'>, 'enabled': <false>, 'visible': <true>}, @av [])>])>]))");

  g_signal_connect_swapped (show, "click", G_CALLBACK (count_cb), &clicks);
  g_signal_connect_swapped (mullion_menu_get_menu_item_by_id (menu, "off"), "click",
                            G_CALLBACK (count_cb), &others);
  clicked = call (service, "/Menu", MENU, "Event",
                  g_variant_new_parsed ("(1, 'clicked', <0>, uint32 0)"));
  g_assert_cmpuint (clicks, ==, 1);
  disabled = call (service, "/Menu", MENU, "Event",
                   g_variant_new_parsed ("(5, 'clicked', <0>, uint32 0)"));
  g_assert_cmpuint (others, ==, 0);
  checked = call (service, "/Menu", MENU, "EventGroup",
                  g_variant_new_parsed ("([(3, 'clicked', <0>, uint32 0),"
                                        "  (77, 'clicked', <0>, uint32 0)],)"));
  g_assert_cmpstr (checked, ==, "([77],)");
  g_assert_true (mullion_menu_item_get_checked (loud));
  state = call (service, "/Menu", MENU, "GetProperty", g_variant_new ("(is)", 3, "toggle-state"));
  g_assert_cmpstr (state, ==, "(<1>,)");

  /* A number of no item is an error, and nothing else. */
  nothing = call (service, "/Menu", MENU, "GetLayout", g_variant_new_parsed ("(-3, -1, @as [])"));
  g_assert_nonnull (strstr (nothing, "There is no such item"));
}

static void
test_menu_changes (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json (template, NULL);
  g_autofree char *place = NULL;
  g_autoptr(GString) heard = g_string_new (NULL);
  g_autofree char *label = NULL;

  mullion_tray_set_context_menu (tray, menu);
  wait_for_icon (service);
  place = g_strconcat (path, "/Menu", NULL);
  g_dbus_connection_signal_subscribe (mock_service_get_connection (service), NULL, MENU,
                                      "LayoutUpdated", place, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                      note_cb, heard, NULL);
  settle (service);
  mullion_menu_item_set_label (mullion_menu_get_menu_item_by_id (menu, "show"), "Hide");
  mock_wait_until (heard->len > 0);
  label = call (service, "/Menu", MENU, "GetProperty", g_variant_new ("(is)", 1, "label"));
  g_assert_cmpstr (label, ==, "(<'Hide'>,)");
}

static void
failed_cb (MullionTray  *tray,
           const GError *error,
           gpointer      user_data)
{
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE);
  g_assert_cmpstr (error->message, ==, "This desktop has no tray");
  *(guint *) user_data += 1;
}

/* No tray, then one, then none. */
static void
test_missing (void)
{
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  guint failures = 0;
  MockService *service;

  g_signal_connect (tray, "failed", G_CALLBACK (failed_cb), &failures);
  mock_wait_until (failures == 1);
  service = start_tray ();
  wait_for_icon (service);
  settle (service);
  mock_service_free (service);
  mock_wait_until (failures == 2);
}

static void
test_destroyed (void)
{
  g_autoptr(MockService) service = start_tray ();
  g_autoptr(MullionTray) tray = mullion_tray_new ("mail-unread");
  g_autofree char *text = NULL;

  wait_for_icon (service);
  g_assert_false (mullion_tray_is_destroyed (tray));
  mullion_tray_destroy (tray);
  g_assert_true (mullion_tray_is_destroyed (tray));
  text = call (service, "", ITEM, "Activate", g_variant_new ("(ii)", 1, 1));
  g_assert_cmpstr (text, !=, "()");
  mullion_tray_set_title (tray, "t");
  g_assert_finalize_object (g_steal_pointer (&tray));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();

  g_test_add_func ("/tray/icon", test_icon);
  g_test_add_func ("/tray/user", test_user);
  g_test_add_func ("/tray/attention", test_attention);
  g_test_add_func ("/tray/picture", test_picture);
  g_test_add_func ("/tray/changes", test_changes);
  g_test_add_func ("/tray/menu", test_menu);
  g_test_add_func ("/tray/menu-changes", test_menu_changes);
  g_test_add_func ("/tray/missing", test_missing);
  g_test_add_func ("/tray/destroyed", test_destroyed);

  status = g_test_run ();
  g_free (path);
  mock_bus_stop ();
  return status;
}
