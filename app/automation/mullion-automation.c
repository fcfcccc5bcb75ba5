/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation.h"

#include "mullion-app.h"
#include "mullion-automation-ask.h"
#include "mullion-automation-focus.h"
#include "mullion-automation-input.h"
#include "mullion-automation-place.h"
#include "mullion-automation-settle.h"
#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-json-writer.h"
#include "mullion-web-contents.h"

#include <gio/gio.h>
#include <stdlib.h>

/*
 * MullionAutomation: what a driver of UI tests asks the app beside what it asks WebKit.
 *
 * Lives in the main process, and only where mullion-driver has started it: the driver hands over
 * one end of a socket pair, and nobody else has the other. On it, D-Bus is spoken. Who starts a
 * program can do with it what he likes anyway, so the driver is trusted.
 */

#define DRIVER_FD "MULLION_AUTOMATION_FD"
#define INSPECTOR_ADDRESS "WEBKIT_INSPECTOR_SERVER"
#define OBJECT_PATH "/io/github/mullion/Automation"
#define INTERFACE "io.github.mullion.Automation1"

struct _MullionAutomation
{
  GObject parent_instance;

  MullionApp *app; /* (unowned) */
  GDBusConnection *driver; /* (nullable) until the driver has greeted */
  WebKitWebContext *context; /* (nullable) */
  MullionAutomationMocks *mocks;
  MullionAutomationArrival *arrival;
  guint registration;
  guint offered; /* the window that WebKit is given next */
  GQueue waiting; /* of (owned) GDBusMethodInvocation: for a window that shows its page */
};

G_DEFINE_FINAL_TYPE (MullionAutomation, mullion_automation, G_TYPE_OBJECT)

static const char introspection[] =
  "<node>"
  "  <interface name='" INTERFACE "'>"
  "    <method name='ListWindows'><arg type='au' direction='out'/></method>"
  "    <method name='WaitForWindow'><arg type='u' direction='out'/></method>"
  "    <method name='Offer'><arg type='u' direction='in'/></method>"
  "    <method name='Activate'><arg type='u' direction='in'/></method>"
  "    <method name='GetPlace'>"
  "      <arg type='u' direction='in'/><arg type='(tiiiii)' direction='out'/>"
  "    </method>"
  "    <method name='Settle'>"
  "      <arg type='u' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='in'/>"
  "    </method>"
  "    <method name='GetClipboard'><arg type='s' direction='out'/></method>"
  "    <method name='SetClipboard'><arg type='s' direction='in'/></method>"
  "    <method name='Ask'>"
  "      <arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "      <arg type='s' direction='out'/>"
  "    </method>"
  "    <method name='Quit'/>"
  "  </interface>"
  "</node>";

/* -- Methods -- */

typedef struct
{
  MullionAutomation *automation;
  GDBusMethodInvocation *invocation; /* (transfer full) to the method */
  MullionBrowserWindow *window; /* (nullable): the one that the first argument names */
  GVariant *args;
} Request;

static void
list_windows (const Request *request)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("au"));

  for (GList *l = windows; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "u", mullion_browser_window_get_id (l->data));
  g_dbus_method_invocation_return_value (request->invocation, g_variant_new ("(au)", &builder));
}

static WebKitWebView *
get_view (MullionBrowserWindow *window)
{
  MullionWebContents *contents = mullion_browser_window_get_web_contents (window);

  return WEBKIT_WEB_VIEW (mullion_web_contents_get_web_view (contents));
}

static gboolean
is_loaded (MullionBrowserWindow *window)
{
  WebKitWebView *view = get_view (window);

  return webkit_web_view_get_uri (view) != NULL && !webkit_web_view_is_loading (view);
}

/* Answers who waits for a window, if there is one by now. */
static void
look_for_window (MullionAutomation *self)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();
  GDBusMethodInvocation *invocation;

  for (GList *l = windows; l != NULL; l = l->next)
    if (is_loaded (l->data))
      {
        guint id = mullion_browser_window_get_id (l->data);

        while ((invocation = g_queue_pop_head (&self->waiting)) != NULL)
          g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", id));
        return;
      }
}

static void
wait_for_window (const Request *request)
{
  g_queue_push_tail (&request->automation->waiting, request->invocation);
  look_for_window (request->automation);
}

static void
offer (const Request *request)
{
  request->automation->offered = mullion_browser_window_get_id (request->window);
  g_dbus_method_invocation_return_value (request->invocation, NULL);
}

static void
answer_nothing_cb (gpointer user_data)
{
  g_dbus_method_invocation_return_value (user_data, NULL);
}

static void
activate (const Request *request)
{
  mullion_automation_focus (request->window, answer_nothing_cb, request->invocation);
}

static void
get_place (const Request *request)
{
  g_autoptr(GError) error = NULL;
  MullionAutomationPlace place;

  if (mullion_automation_place_find (GTK_WIDGET (get_view (request->window)), &place, &error))
    g_dbus_method_invocation_return_value (
      request->invocation,
      g_variant_new ("((tiiiii))", (guint64) place.window, place.x, place.y, place.width,
                     place.height, place.scale));
  else
    g_dbus_method_invocation_return_gerror (request->invocation, error);
}

static void
settle (const Request *request)
{
  guint n_events = 0;
  guint n_motions = 0;

  g_variant_get (request->args, "(uuu)", NULL, &n_events, &n_motions);
  mullion_automation_settle (get_view (request->window), n_events, n_motions, answer_nothing_cb,
                             request->invocation);
}

static GdkClipboard *
find_clipboard (void)
{
  return gdk_display_get_clipboard (gdk_display_get_default ());
}

static void
read_text_cb (GObject      *clipboard,
              GAsyncResult *result,
              gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result,
                                                          &error);

  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(s)", text != NULL ? text : ""));
}

static void
get_clipboard (const Request *request)
{
  gdk_clipboard_read_text_async (find_clipboard (), NULL, read_text_cb, request->invocation);
}

static void
set_clipboard (const Request *request)
{
  const char *text = NULL;

  g_variant_get (request->args, "(&s)", &text);
  gdk_clipboard_set_text (find_clipboard (), text);
  g_dbus_method_invocation_return_value (request->invocation, NULL);
}

/* What the driver tells its client in the words of the WebDriver standard. */
static const char *
name_error (const GError *error)
{
  if (error->domain != MULLION_ERROR)
    return INTERFACE ".UnknownError";

  switch ((MullionError) error->code)
    {
    case MULLION_ERROR_INVALID_ARGUMENT:
    case MULLION_ERROR_NOT_FOUND:
      return INTERFACE ".InvalidArgument";
    case MULLION_ERROR_SCRIPT:
      return INTERFACE ".JavascriptError";
    case MULLION_ERROR_TIMED_OUT:
      return INTERFACE ".Timeout";
    case MULLION_ERROR_FAILED:
    case MULLION_ERROR_NOT_ALLOWED:
    case MULLION_ERROR_GONE:
    case MULLION_ERROR_TOO_LARGE:
    case MULLION_ERROR_DATA_CLONE:
    default:
      return INTERFACE ".UnknownError";
    }
}

static void
asked_cb (GObject      *app,
          GAsyncResult *result,
          gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer = mullion_automation_ask_finish (result, &error);
  g_autofree char *text = answer != NULL ? mullion_json_to_string (answer) : g_strdup ("null");

  if (error != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, name_error (error), error->message);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

/* The driver has read what the test has sent: it is an object. */
static void
ask (const Request *request)
{
  g_autoptr(JsonNode) args = NULL;
  const char *command = NULL;
  const char *text = NULL;

  g_variant_get (request->args, "(u&s&s)", NULL, &command, &text);
  args = json_from_string (text, NULL);
  if (args == NULL || !JSON_NODE_HOLDS_OBJECT (args))
    g_dbus_method_invocation_return_error (request->invocation, MULLION_ERROR,
                                           MULLION_ERROR_INVALID_ARGUMENT,
                                           "The arguments are no JSON object");
  else
    mullion_automation_ask (request->automation->app, request->window, command,
                            json_node_get_object (args), asked_cb, request->invocation);
}

static void
quit (const Request *request)
{
  g_dbus_method_invocation_return_value (request->invocation, NULL);
  mullion_app_quit (request->automation->app);
}

static const struct
{
  const char *name;
  gboolean needs_window;
  void (*run) (const Request *request);
} methods[] = {
  { "ListWindows", FALSE, list_windows },
  { "WaitForWindow", FALSE, wait_for_window },
  { "Offer", TRUE, offer },
  { "Activate", TRUE, activate },
  { "GetPlace", TRUE, get_place },
  { "Settle", TRUE, settle },
  { "GetClipboard", FALSE, get_clipboard },
  { "SetClipboard", FALSE, set_clipboard },
  { "Ask", TRUE, ask },
  { "Quit", FALSE, quit },
};

static MullionBrowserWindow *
find_window (GVariant *args)
{
  guint id = 0;

  g_variant_get_child (args, 0, "u", &id);
  return mullion_browser_window_from_id (id);
}

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
  Request request = { user_data, invocation, NULL, args };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name))
      {
        if (methods[i].needs_window)
          request.window = find_window (args);
        if (methods[i].needs_window && request.window == NULL)
          g_dbus_method_invocation_return_error (invocation, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                                                 "There is no such window");
        else
          methods[i].run (&request);
        return;
      }
}

/* -- The driver's end -- */

static void
window_created_cb (MullionAutomation    *self,
                   MullionBrowserWindow *window)
{
  mullion_automation_focus_watch (window);
  mullion_automation_arrival_watch (self->arrival, window);
  g_signal_connect_object (get_view (window), "notify::is-loading", G_CALLBACK (look_for_window),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* The driver is gone: nobody is left who would end this program. */
static void
closed_cb (MullionAutomation *self)
{
  mullion_app_exit (self->app, EXIT_FAILURE);
}

static void
serve (MullionAutomation *self)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  self->registration =
    g_dbus_connection_register_object (self->driver, OBJECT_PATH, node->interfaces[0], &vtable,
                                       self, NULL, NULL);
  mullion_automation_input_serve (self->driver, OBJECT_PATH, self->arrival);
  g_signal_connect_object (self->driver, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_dbus_connection_start_message_processing (self->driver);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionAutomation) self = user_data;
  g_autoptr(GError) error = NULL;

  self->driver = g_dbus_connection_new_finish (result, &error);
  if (self->driver != NULL)
    serve (self);
  else
    g_warning ("The driver of this program cannot be reached: %s", error->message);
}

static gboolean
greet (MullionAutomation  *self,
       int                 fd,
       GError            **error)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, error);
  g_autoptr(GSocketConnection) connection = NULL;
  g_autofree char *guid = g_dbus_generate_guid ();

  if (socket == NULL)
    return FALSE;

  connection = g_socket_connection_factory_create_connection (socket);
  g_dbus_connection_new (G_IO_STREAM (connection), guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER |
                         G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         NULL, NULL, connected_cb, g_object_ref (self));
  return TRUE;
}

/* Programs that this one starts are not driven. */
static int
take_driver_fd (void)
{
  const char *text = g_getenv (DRIVER_FD);
  guint64 fd = 0;

  if (text == NULL)
    return -1;

  if (!g_ascii_string_to_unsigned (text, 10, 3, G_MAXINT, &fd, NULL))
    fd = 0;
  g_unsetenv (DRIVER_FD);
  return fd != 0 ? (int) fd : -1;
}

MullionAutomation *
mullion_automation_new_from_environment (MullionApp *app)
{
  g_autoptr(MullionAutomation) self = NULL;
  g_autoptr(GError) error = NULL;
  int fd = take_driver_fd ();

  if (fd < 0)
    return NULL;

  self = g_object_new (MULLION_TYPE_AUTOMATION, NULL);
  self->app = app;
  g_signal_connect_object (app, "browser-window-created", G_CALLBACK (window_created_cb), self,
                           G_CONNECT_SWAPPED);
  if (!greet (self, fd, &error))
    {
      g_warning ("The driver of this program cannot be reached: %s", error->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/* -- WebKit's end -- */

/* WebKit's driver asks for a window; it gets the one that our driver has chosen. */
static WebKitWebView *
create_view_cb (MullionAutomation *self)
{
  MullionBrowserWindow *window = mullion_browser_window_from_id (self->offered);

  return window != NULL ? get_view (window) : NULL;
}

static void
automation_started_cb (MullionAutomation       *self,
                       WebKitAutomationSession *session)
{
  WebKitApplicationInfo *info = webkit_application_info_new ();

  webkit_application_info_set_name (info, "mullion");
  webkit_application_info_set_version (info, 0, 1, 0);
  webkit_automation_session_set_application_info (session, info);
  webkit_application_info_unref (info);
  g_signal_connect_object (session, "create-web-view", G_CALLBACK (create_view_cb), self,
                           G_CONNECT_SWAPPED);
}

void
mullion_automation_attach (MullionAutomation *self,
                           WebKitWebContext  *context)
{
  self->context = context;
  webkit_web_context_set_automation_allowed (context, TRUE);
  g_signal_connect_object (context, "automation-started", G_CALLBACK (automation_started_cb), self,
                           G_CONNECT_SWAPPED);

  /* WebKit listens by now. Its web processes would try to reach the address out of their sandbox,
   * and warn about it. */
  g_unsetenv (INSPECTOR_ADDRESS);
}

static void
mullion_automation_finalize (GObject *object)
{
  MullionAutomation *self = MULLION_AUTOMATION (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->driver != NULL)
    g_dbus_connection_unregister_object (self->driver, self->registration);
  g_clear_object (&self->driver);
  g_clear_object (&self->arrival);
  g_clear_object (&self->mocks);

  G_OBJECT_CLASS (mullion_automation_parent_class)->finalize (object);
}

static void
mullion_automation_class_init (MullionAutomationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_automation_finalize;
}

static void
mullion_automation_init (MullionAutomation *self)
{
  self->mocks = mullion_automation_mocks_new ();
  self->arrival = mullion_automation_arrival_new ();
}

MullionAutomationMocks *
mullion_automation_get_mocks (MullionAutomation *self)
{
  return self->mocks;
}
