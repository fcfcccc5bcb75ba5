/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-export.h"

#include "mullion-app.h"
#include "mullion-error.h"
#include "mullion-grants.h"
#include "mullion-handler-export.h"

/*
 * The handlers of an app on the session bus, when the app asks so.
 */

#define KEY "mullion-handler-export"

/* (transfer full) (nullable): an app that may run many times has no connection of its own. */
static GDBusConnection *
get_connection (GApplication  *application,
                GError       **error)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  g_autoptr(GError) reason = NULL;

  if (connection != NULL)
    return g_object_ref (connection);

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &reason);
  if (connection == NULL)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                 "The handlers cannot be exported: there is no session bus: %s", reason->message);

  return connection;
}

/* As GApplication does. */
static char *
make_path (GApplication *application)
{
  char *path = g_strconcat ("/", g_application_get_application_id (application), NULL);

  return g_strdelimit (g_strdelimit (path, ".", '/'), "-", '_');
}

/**
 * mullion_app_export_handlers:
 * @self: an app with an id, from its `startup` on
 * @grants: which channels may be called: those that it grants to the main frame of the app's own
 *   pages
 * @error: return location for an error
 *
 * Lets other programs of the user's session call handlers of [method@App.get_ipc_main] over D-Bus. The
 * object is that of the application, `/org/example/App` of the app `org.example.App`, with the
 * interface `io.github.mullion.IpcMain`: its method `Invoke` takes the name of a channel and the
 * arguments as JSON, and returns the result as JSON.
 *
 * Handlers hear of such a call as of one of a page, with no sender and no frame. What is granted is
 * taken from @grants once; a later call replaces it.
 *
 * Returns: whether the handlers can be called; %FALSE with an error of %MULLION_ERROR: there is no
 *   session bus
 *
 * Since: 0.1
 */
gboolean
mullion_app_export_handlers (MullionApp     *self,
                             MullionGrants  *grants,
                             GError        **error)
{
  g_autoptr(GDBusConnection) connection = NULL;
  g_autofree char *path = NULL;
  MullionHandlerExport *export;

  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);
  g_return_val_if_fail (MULLION_IS_GRANTS (grants), FALSE);

  mullion_app_unexport_handlers (self);
  connection = get_connection (G_APPLICATION (self), error);
  if (connection == NULL)
    return FALSE;

  path = make_path (G_APPLICATION (self));
  export = mullion_handler_export_new (connection, path, mullion_app_get_ipc_main (self), grants,
                                       error);
  if (export == NULL)
    return FALSE;

  g_object_set_data_full (G_OBJECT (self), KEY, export, (GDestroyNotify) mullion_handler_export_free);
  return TRUE;
}

/**
 * mullion_app_unexport_handlers:
 * @self: an app
 *
 * Ends what [method@App.export_handlers] began. Calls that came before are still answered.
 *
 * Since: 0.1
 */
void
mullion_app_unexport_handlers (MullionApp *self)
{
  g_return_if_fail (MULLION_IS_APP (self));

  g_object_set_data (G_OBJECT (self), KEY, NULL);
}
