/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-input.h"

#include "mullion-automation-settle.h"
#include "mullion-error.h"
#include "mullion-web-contents.h"

/*
 * What a driver asks about its input where the display does not say it: on Wayland. The rest of what
 * it asks is in mullion-automation.c.
 */

#define INTERFACE "io.github.mullion.AutomationInput1"

/* WebKit's name of it */
#define INSERT_TEXT "InsertText"

static const char introspection[] =
  "<node>"
  "  <interface name='" INTERFACE "'>"
  "    <method name='Hide'>"
  "      <arg type='b' direction='in'/><arg type='b' direction='in'/>"
  "    </method>"
  "    <method name='Count'><arg type='t' direction='out'/></method>"
  "    <method name='AwaitInput'>"
  "      <arg type='t' direction='in'/><arg type='au' direction='in'/>"
  "      <arg type='b' direction='out'/>"
  "    </method>"
  "    <method name='FindPointer'>"
  "      <arg type='u' direction='out'/><arg type='d' direction='out'/>"
  "      <arg type='d' direction='out'/>"
  "    </method>"
  "    <method name='AwaitPointer'>"
  "      <arg type='u' direction='in'/><arg type='d' direction='in'/>"
  "      <arg type='d' direction='in'/><arg type='b' direction='out'/>"
  "    </method>"
  "    <method name='FindActive'><arg type='u' direction='out'/></method>"
  "    <method name='AwaitFocus'>"
  "      <arg type='u' direction='in'/><arg type='b' direction='out'/>"
  "    </method>"
  "    <method name='FindKey'>"
  "      <arg type='u' direction='in'/><arg type='u' direction='out'/>"
  "      <arg type='u' direction='out'/>"
  "    </method>"
  "    <method name='GetScreen'>"
  "      <arg type='i' direction='out'/><arg type='i' direction='out'/>"
  "    </method>"
  "    <method name='InsertText'>"
  "      <arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "    </method>"
  "  </interface>"
  "</node>";

typedef struct
{
  MullionAutomationArrival *arrival;
  GDBusMethodInvocation *invocation; /* (transfer full) to the method */
  GVariant *args;
} Request;

/* (nullable): answers that there is none */
static MullionBrowserWindow *
find_window (const Request *request,
             guint          id)
{
  MullionBrowserWindow *window = mullion_browser_window_from_id (id);

  if (window == NULL || mullion_browser_window_get_web_contents (window) == NULL)
    {
      g_dbus_method_invocation_return_error (request->invocation, MULLION_ERROR,
                                             MULLION_ERROR_NOT_FOUND, "There is no such window");
      return NULL;
    }

  return window;
}

static guint
get_id (MullionBrowserWindow *window)
{
  return window != NULL ? mullion_browser_window_get_id (window) : 0;
}

static void
answer_arrived_cb (gboolean has_arrived,
                   gpointer user_data)
{
  g_dbus_method_invocation_return_value (user_data, g_variant_new ("(b)", has_arrived));
}

static void
answer_nothing_cb (gpointer user_data)
{
  g_dbus_method_invocation_return_value (user_data, NULL);
}

static void
hide (const Request *request)
{
  gboolean hides_keys = FALSE;
  gboolean hides_pointer = FALSE;

  g_variant_get (request->args, "(bb)", &hides_keys, &hides_pointer);
  mullion_automation_arrival_hide (request->arrival, hides_keys, hides_pointer);
  g_dbus_method_invocation_return_value (request->invocation, NULL);
}

static void
count (const Request *request)
{
  guint64 n = mullion_automation_arrival_count (request->arrival);

  g_dbus_method_invocation_return_value (request->invocation, g_variant_new ("(t)", n));
}

static void
await_input (const Request *request)
{
  g_autoptr(GArray) expected = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GVariantIter) iter = NULL;
  guint64 since = 0;
  guint32 what;

  g_variant_get (request->args, "(tau)", &since, &iter);
  while (g_variant_iter_next (iter, "u", &what))
    g_array_append_val (expected, what);
  mullion_automation_arrival_await_input (request->arrival, since, expected, answer_arrived_cb,
                                          request->invocation);
}

static void
find_pointer (const Request *request)
{
  double x, y;
  MullionBrowserWindow *window = mullion_automation_arrival_find (request->arrival, &x, &y);

  g_dbus_method_invocation_return_value (request->invocation,
                                         g_variant_new ("(udd)", get_id (window), x, y));
}

static void
await_pointer (const Request *request)
{
  MullionBrowserWindow *window;
  guint id = 0;
  double x = 0;
  double y = 0;

  g_variant_get (request->args, "(udd)", &id, &x, &y);
  window = find_window (request, id);
  if (window != NULL)
    mullion_automation_arrival_await_pointer (request->arrival, window, x, y, answer_arrived_cb,
                                              request->invocation);
}

static void
find_active (const Request *request)
{
  guint id = get_id (mullion_automation_arrival_find_active (request->arrival));

  g_dbus_method_invocation_return_value (request->invocation, g_variant_new ("(u)", id));
}

static void
await_focus (const Request *request)
{
  guint previous = 0;

  g_variant_get (request->args, "(u)", &previous);
  mullion_automation_arrival_await_focus (request->arrival, previous, answer_arrived_cb,
                                          request->invocation);
}

/* A key that gives it in the layout that is used: the keycode 0 is none. */
static void
find_key (const Request *request)
{
  guint layout = mullion_automation_arrival_get_layout (request->arrival);
  g_autofree GdkKeymapKey *keys = NULL;
  const GdkKeymapKey *found = NULL;
  guint keyval = 0;
  int n_keys = 0;

  g_variant_get (request->args, "(u)", &keyval);
  gdk_display_map_keyval (gdk_display_get_default (), keyval, &keys, &n_keys);
  for (int i = 0; i < n_keys; i++)
    if (keys[i].group == (int) layout && (found == NULL || keys[i].level < found->level))
      found = &keys[i];

  g_dbus_method_invocation_return_value (
    request->invocation,
    g_variant_new ("(uu)", found != NULL ? found->keycode : 0,
                   found != NULL ? (guint) found->level : 0));
}

/* How far a pointer can go. */
static void
get_screen (const Request *request)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  GdkRectangle screen = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr(GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle rectangle;

      gdk_monitor_get_geometry (monitor, &rectangle);
      gdk_rectangle_union (&screen, &rectangle, &screen);
    }

  g_dbus_method_invocation_return_value (request->invocation,
                                         g_variant_new ("(ii)", screen.width, screen.height));
}

/* As an input method does. */
static void
insert_text (const Request *request)
{
  MullionBrowserWindow *window;
  const char *text = NULL;
  WebKitWebView *view;
  guint id = 0;

  g_variant_get (request->args, "(u&s)", &id, &text);
  window = find_window (request, id);
  if (window == NULL)
    return;

  view = WEBKIT_WEB_VIEW (
    mullion_web_contents_get_web_view (mullion_browser_window_get_web_contents (window)));
  webkit_web_view_execute_editing_command_with_argument (view, INSERT_TEXT, text);
  mullion_automation_settle (view, 1, 0, answer_nothing_cb, request->invocation);
}

/* -- The interface -- */

static const struct
{
  const char *name;
  void (*run) (const Request *request);
} methods[] = {
  { "Hide", hide },
  { "Count", count },
  { "AwaitInput", await_input },
  { "FindPointer", find_pointer },
  { "AwaitPointer", await_pointer },
  { "FindActive", find_active },
  { "AwaitFocus", await_focus },
  { "FindKey", find_key },
  { "GetScreen", get_screen },
  { "InsertText", insert_text },
};

/* GDBus has checked the name of the method and the types of its arguments. */
static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *name,
           GVariant              *args,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Request request = { user_data, invocation, args };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name))
      {
        methods[i].run (&request);
        return;
      }
}

void
mullion_automation_input_serve (GDBusConnection          *driver,
                                const char               *path,
                                MullionAutomationArrival *arrival)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  g_dbus_connection_register_object (driver, path, node->interfaces[0], &vtable,
                                     g_object_ref (arrival), g_object_unref, NULL);
}
