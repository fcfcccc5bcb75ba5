/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-portal-request.h"

#include "mullion-error.h"

/*
 * A question to a portal of the desktop, which asks the user and answers with a signal.
 *
 * Main process. The signal may come before the method has returned, so it is listened for at the
 * path that the portal makes of our name and the token. A portal that goes away has not answered:
 * nobody waits for it any longer.
 */

#define REQUEST_PATH "/org/freedesktop/portal/desktop/request/"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

typedef struct
{
  MullionService portal;
  char *method;
  GVariant *arguments;
  char *token;
  guint patience;

  GDBusConnection *connection; /* once there is one */
  guint subscription;
  guint watch;
  guint timeout;
  GSource *cancel; /* (nullable) */
} Request;

char *
mullion_portal_request_new_token (void)
{
  return g_strdup_printf ("mullion%08x%08x", g_random_int (), g_random_int ());
}

static void
stop_listening (Request *request)
{
  g_clear_handle_id (&request->timeout, g_source_remove);
  g_clear_handle_id (&request->watch, g_bus_unwatch_name);
  if (request->cancel != NULL)
    g_source_destroy (request->cancel);
  g_clear_pointer (&request->cancel, g_source_unref);
  if (request->subscription != 0)
    g_dbus_connection_signal_unsubscribe (request->connection, request->subscription);
  request->subscription = 0;
}

static void
free_request (gpointer data)
{
  Request *request = data;

  stop_listening (request);
  g_clear_object (&request->connection);
  g_variant_unref (request->arguments);
  g_free (request->method);
  g_free (request->token);
  g_free (request);
}

/* What comes first counts. @error: (transfer full) (nullable), @results: (nullable) */
static void
settle (GTask    *task,
        GVariant *results,
        GError   *error)
{
  g_autoptr(GTask) held = g_object_ref (task);

  if (g_task_get_completed (task) || g_object_get_data (G_OBJECT (task), "settled") != NULL)
    {
      g_clear_error (&error);
      return;
    }

  g_object_set_data (G_OBJECT (task), "settled", task);
  stop_listening (g_task_get_task_data (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_variant_ref (results), (GDestroyNotify) g_variant_unref);
}

static void
response_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *arguments,
             gpointer         user_data)
{
  Request *request = g_task_get_task_data (user_data);
  g_autoptr(GVariant) results = NULL;
  guint response = 2;

  if (g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (arguments, "(u@a{sv})", &response, &results);

  if (response == 0)
    settle (user_data, results, NULL);
  else if (response == 1)
    settle (user_data, NULL, g_error_new (MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                                          "The user said no to the %s", request->portal.title));
  else
    settle (user_data, NULL, g_error_new (MULLION_ERROR, MULLION_ERROR_FAILED,
                                          "The %s of this desktop gave up", request->portal.title));
}

static void
vanished_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  Request *request = g_task_get_task_data (user_data);

  settle (user_data, NULL, g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                                        "This desktop has no %s", request->portal.title));
}

static gboolean
timeout_cb (gpointer user_data)
{
  Request *request = g_task_get_task_data (user_data);

  request->timeout = 0;
  settle (user_data, NULL, g_error_new (MULLION_ERROR, MULLION_ERROR_TIMED_OUT,
                                        "The %s of this desktop did not answer",
                                        request->portal.title));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  settle (user_data, NULL, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                        "Operation was cancelled"));
  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (GTask   *task,
                   Request *request)
{
  if (g_task_get_cancellable (task) == NULL)
    return;

  request->cancel = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (request->cancel, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task),
                         g_object_unref);
  g_source_attach (request->cancel, NULL);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);

  if (answer == NULL)
    settle (task, NULL, g_steal_pointer (&error));
  else if (request->subscription != 0)
    request->watch = g_bus_watch_name_on_connection (
      request->connection, request->portal.name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished_cb,
      g_object_ref (task), g_object_unref);
}

static char *
build_path (Request *request)
{
  g_autofree char *sender =
    g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (request->connection) + 1), ".", '_');

  return g_strconcat (REQUEST_PATH, sender, "/", request->token, NULL);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  request->connection = g_bus_get_finish (result, &error);
  if (request->connection == NULL)
    {
      settle (task, NULL, g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                                       "There is no bus to reach the %s on: %s",
                                       request->portal.title, error->message));
      return;
    }

  path = build_path (request);
  request->subscription = g_dbus_connection_signal_subscribe (
    request->connection, NULL, REQUEST_INTERFACE, "Response", path, NULL,
    G_DBUS_SIGNAL_FLAGS_NONE, response_cb, g_object_ref (task), g_object_unref);
  watch_cancellable (task, request);
  if (request->patience > 0)
    request->timeout = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, request->patience,
                                                   timeout_cb, g_object_ref (task), g_object_unref);
  mullion_service_call_async (&request->portal, request->method, request->arguments, "(o)",
                              g_task_get_cancellable (task), called_cb, g_object_ref (task));
}

void
mullion_portal_request_async (const MullionService *portal,
                              const char           *method,
                              GVariant             *arguments,
                              const char           *token,
                              guint                 patience,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, mullion_portal_request_async);
  request->portal = *portal;
  request->method = g_strdup (method);
  request->arguments = g_variant_ref_sink (arguments);
  request->token = g_strdup (token);
  request->patience = patience;
  g_task_set_task_data (task, request, free_request);
  g_bus_get (portal->bus, cancellable, connected_cb, task);
}

GVariant *
mullion_portal_request_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
