/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"

/*
 * Services of the desktop as the tests want them, on a bus of the test's own.
 *
 * They live in the test program, on connections of their own, so that what goes over the bus is
 * what would go over it otherwise. Nothing sleeps: who waits turns the main loop.
 */

#define TIME_LIMIT_SECONDS 30

static GTestDBus *bus;

struct _MockService
{
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  char *name;
  char *path;
  MockAnswer answer;
  GQueue calls; /* of Call */
  GHashTable *properties; /* name → GVariant */
  char *caller;
};

typedef struct
{
  char *method;
  GVariant *arguments;
} Call;

static gboolean
expire_cb (gpointer what)
{
  g_error ("This did not come: %s", (char *) what);
  return G_SOURCE_REMOVE;
}

guint
mock_limit_begin (const char *what)
{
  return g_timeout_add_seconds_full (G_PRIORITY_HIGH, TIME_LIMIT_SECONDS, expire_cb,
                                     g_strdup (what), g_free);
}

/* GTestDBus takes the display away with the bus. */
static void
restore (const char *name,
         const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
}

void
mock_bus_start (void)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  g_autofree char *folder = g_strdup (g_getenv ("XDG_RUNTIME_DIR"));

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  restore ("DISPLAY", display);
  restore ("XDG_RUNTIME_DIR", folder);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
}

void
mock_bus_lack (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/bus", TRUE);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/dev/null/bus", TRUE);
}

/* To let go of the bus would wait for the program to let go of its connection, which it holds for
 * good. */
void
mock_bus_stop (void)
{
  if (bus != NULL)
    g_test_dbus_stop (bus);
}

static void
free_call (Call *call)
{
  g_free (call->method);
  g_variant_unref (call->arguments);
  g_free (call);
}

static void
called_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *arguments,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  MockService *self = user_data;
  Call *call = g_new0 (Call, 1);
  GVariant *answer;

  call->method = g_strdup (method);
  call->arguments = g_variant_ref (arguments);
  g_queue_push_tail (&self->calls, call);
  g_free (self->caller);
  self->caller = g_strdup (sender);

  answer = self->answer != NULL ? self->answer (self, method, arguments) : g_variant_new ("()");
  if (answer != NULL)
    g_dbus_method_invocation_return_value (invocation, answer);
  else
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported",
                                                "the mock refuses");
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
  MockService *self = user_data;
  GVariant *value = g_hash_table_lookup (self->properties, name);

  if (value == NULL)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "There is no %s", name);
  return value != NULL ? g_variant_ref (value) : NULL;
}

static void
own_name (MockService *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_sync (
    self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "RequestName", g_variant_new ("(su)", self->name, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
    &error);

  g_assert_no_error (error);
}

MockService *
mock_service_new (const char *name,
                  const char *path,
                  const char *xml,
                  MockAnswer  answer)
{
  static const GDBusInterfaceVTable vtable = { called_cb, get_property_cb, NULL, { NULL } };
  g_autoptr(GError) error = NULL;
  MockService *self = g_new0 (MockService, 1);

  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->answer = answer;
  self->properties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_variant_unref);
  self->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  self->node = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  for (guint i = 0; self->node->interfaces[i] != NULL; i++)
    {
      g_dbus_connection_register_object (self->connection, path, self->node->interfaces[i], &vtable,
                                         self, NULL, &error);
      g_assert_no_error (error);
    }
  own_name (self);
  return self;
}

void
mock_service_free (MockService *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->node);
  g_hash_table_unref (self->properties);
  g_queue_clear_full (&self->calls, (GDestroyNotify) free_call);
  g_free (self->caller);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

void
mock_service_emit (MockService *self,
                   const char  *interface,
                   const char  *signal,
                   GVariant    *arguments)
{
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (self->connection, NULL, self->path, interface, signal, arguments,
                                 &error);
  g_assert_no_error (error);
}

void
mock_service_set_property (MockService *self,
                           const char  *name,
                           GVariant    *value)
{
  g_hash_table_insert (self->properties, g_strdup (name), g_variant_ref_sink (value));
}

GVariant *
mock_service_wait (MockService *self,
                   const char  *method)
{
  for (;;)
    {
      Call *call;
      g_autoptr(GVariant) arguments = NULL;
      gboolean is_it;

      mock_wait_until (!g_queue_is_empty (&self->calls));
      call = g_queue_pop_head (&self->calls);
      arguments = g_variant_ref (call->arguments);
      is_it = g_str_equal (call->method, method);
      free_call (call);
      if (is_it)
        return g_steal_pointer (&arguments);
    }
}

const char *
mock_service_get_caller (MockService *self)
{
  return self->caller;
}

GDBusConnection *
mock_service_get_connection (MockService *self)
{
  return self->connection;
}

/* -- Portals -- */

#define REQUEST_PATH "/org/freedesktop/portal/desktop/request/"

static char *
build_request (MockService *self,
               GVariant    *options)
{
  g_autofree char *sender =
    g_strdelimit (g_strdup (mock_service_get_caller (self) + 1), ".", '_');
  const char *token = NULL;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  return g_strconcat (REQUEST_PATH, sender, "/", token, NULL);
}

GVariant *
mock_service_respond (MockService *self,
                      GVariant    *options,
                      guint        response,
                      GVariant    *results)
{
  g_autofree char *path = build_request (self, options);
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (self->connection, NULL, path, "org.freedesktop.portal.Request",
                                 "Response", g_variant_new ("(u@a{sv})", response, results),
                                 &error);
  g_assert_no_error (error);
  return g_variant_new ("(o)", path);
}
