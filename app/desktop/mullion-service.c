/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-service.h"

#include "mullion-error.h"

/*
 * Calls of the desktop's services, which may be missing.
 *
 * Main process. Who answers on the bus is as trusted as the desktop is, and still an answer of the
 * wrong type is an error and no crash: GDBus compares it with what was asked for. A service that is
 * not there, and one that never answers, end the call with an error that names it.
 */

#define PATIENCE_MILLISECONDS 10000

typedef struct
{
  MullionService service;
  char *method;
  GVariant *arguments; /* (nullable) */
  GVariantType *reply_type;
} Call;

static void
free_call (Call *call)
{
  g_free (call->method);
  g_clear_pointer (&call->arguments, g_variant_unref);
  g_variant_type_free (call->reply_type);
  g_free (call);
}

static gboolean
is_missing (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_UNKNOWN_METHOD,
    G_DBUS_ERROR_UNKNOWN_INTERFACE, G_DBUS_ERROR_UNKNOWN_OBJECT, G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED, G_DBUS_ERROR_SPAWN_FAILED, G_DBUS_ERROR_SPAWN_FILE_INVALID,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, G_DBUS_ERROR_DISCONNECTED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_DBUS_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_late (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT);
}

GError *
mullion_service_explain (const char *title,
                         GError     *error)
{
  g_autoptr(GError) owned = error;

  if (is_missing (error))
    return g_error_new (MULLION_ERROR, MULLION_ERROR_UNAVAILABLE, "This desktop has no %s", title);
  if (is_late (error))
    return g_error_new (MULLION_ERROR, MULLION_ERROR_TIMED_OUT,
                        "The %s of this desktop did not answer", title);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);

  g_dbus_error_strip_remote_error (owned);
  return g_error_new (MULLION_ERROR, MULLION_ERROR_FAILED, "The %s of this desktop refused: %s",
                      title, owned->message);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task,
                         mullion_service_explain (call->service.title, g_steal_pointer (&error)));
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                               "There is no bus to reach the %s on: %s", call->service.title,
                               error->message);
      return;
    }

  g_dbus_connection_call (connection, call->service.name, call->service.path,
                          call->service.interface, call->method, call->arguments,
                          call->reply_type, G_DBUS_CALL_FLAGS_NONE, PATIENCE_MILLISECONDS,
                          g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

void
mullion_service_call_async (const MullionService *service,
                            const char           *method,
                            GVariant             *arguments,
                            const char           *reply_type,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, mullion_service_call_async);
  call->service = *service;
  call->method = g_strdup (method);
  if (arguments != NULL)
    call->arguments = g_variant_ref_sink (arguments);
  call->reply_type = g_variant_type_new (reply_type);
  g_task_set_task_data (task, call, (GDestroyNotify) free_call);
  g_bus_get (service->bus, cancellable, connected_cb, task);
}

GVariant *
mullion_service_call_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
