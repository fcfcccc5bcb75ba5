/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-power-save-blocker.h"

#include "mullion-error.h"
#include "mullion-service.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

/*
 * Electron's `powerSaveBlocker`: keeps the display on, or the machine awake.
 *
 * Main process. The screen saver of the desktop is asked for it, by the interface that all of them
 * have; it forgets about it when this program ends. A display that stays on keeps the machine awake
 * as well. For the machine alone there is the log-in manager, which hands out a file descriptor
 * that blocks sleep while it is open.
 */

static const MullionService screen_saver = {
  G_BUS_TYPE_SESSION, "screen saver", "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
  "org.freedesktop.ScreenSaver",
};

#define LOGIN_MANAGER "log-in manager"
#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define LOGIN_INTERFACE "org.freedesktop.login1.Manager"
#define PATIENCE_MILLISECONDS 10000

typedef struct
{
  guint cookie; /* of the screen saver */
  int fd;       /* of the log-in manager, or -1 */
} Blocker;

static GHashTable *blockers; /* (nullable) until the first: id → Blocker */
static guint last_id;

static void
free_blocker (gpointer data)
{
  Blocker *blocker = data;

  if (blocker->fd >= 0)
    g_close (blocker->fd, NULL);
  else
    mullion_service_call_async (&screen_saver, "UnInhibit", g_variant_new ("(u)", blocker->cookie),
                                "()", NULL, NULL, NULL);
  g_free (blocker);
}

static guint
add (guint cookie,
     int   fd)
{
  Blocker *blocker = g_new0 (Blocker, 1);

  blocker->cookie = cookie;
  blocker->fd = fd;
  if (blockers == NULL)
    blockers = g_hash_table_new_full (NULL, NULL, NULL, free_blocker);
  g_hash_table_insert (blockers, GUINT_TO_POINTER (++last_id), blocker);
  return last_id;
}

static void
saver_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);
  guint cookie = 0;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_variant_get (answer, "(u)", &cookie);
  g_task_return_int (task, add (cookie, -1));
}

static void
login_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GUnixFDList) fds = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &fds, result, &error);
  int fd = -1;

  if (answer != NULL)
    {
      int index = 0;

      g_variant_get (answer, "(h)", &index);
      fd = fds != NULL ? g_unix_fd_list_get (fds, index, &error) : -1;
    }

  if (fd >= 0)
    g_task_return_int (task, add (0, fd));
  else if (error != NULL)
    g_task_return_error (task, mullion_service_explain (LOGIN_MANAGER, g_steal_pointer (&error)));
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_FAILED,
                             "The " LOGIN_MANAGER " of this desktop gave nothing to hold");
}

static void
system_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (connection == NULL)
    {
      g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                               "There is no bus to reach the " LOGIN_MANAGER " on: %s",
                               error->message);
      return;
    }

  g_dbus_connection_call_with_unix_fd_list (
    connection, LOGIN_NAME, LOGIN_PATH, LOGIN_INTERFACE, "Inhibit",
    g_variant_new ("(ssss)", "sleep", g_get_application_name (), g_task_get_task_data (task),
                   "block"),
    G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, PATIENCE_MILLISECONDS, NULL,
    g_task_get_cancellable (task), login_answered_cb, g_object_ref (task));
}

/**
 * mullion_power_save_blocker_start_async:
 * @type: what shall not happen
 * @reason: why, for the user to read
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Keeps the machine awake, like Electron's `powerSaveBlocker.start`.
 *
 * It fails with %MULLION_ERROR_UNAVAILABLE where the desktop has nobody to ask.
 *
 * Since: 0.1
 */
void
mullion_power_save_blocker_start_async (MullionPowerSaveBlockerType  type,
                                        const char                  *reason,
                                        GCancellable                *cancellable,
                                        GAsyncReadyCallback          callback,
                                        gpointer                     user_data)
{
  GTask *task;

  g_return_if_fail (reason != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_power_save_blocker_start_async);
  g_task_set_task_data (task, g_strdup (reason), g_free);
  if (type == MULLION_POWER_SAVE_BLOCKER_PREVENT_DISPLAY_SLEEP)
    mullion_service_call_async (&screen_saver, "Inhibit",
                                g_variant_new ("(ss)", g_get_application_name (), reason), "(u)",
                                cancellable, saver_answered_cb, task);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, system_cb, task);
}

/**
 * mullion_power_save_blocker_start_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@power_save_blocker_start_async] began.
 *
 * Returns: what to stop it by, 0 with @error set
 *
 * Since: 0.1
 */
guint
mullion_power_save_blocker_start_finish (GAsyncResult  *result,
                                         GError       **error)
{
  gssize id;

  g_return_val_if_fail (G_IS_TASK (result), 0);
  g_return_val_if_fail (
    g_async_result_is_tagged (result, mullion_power_save_blocker_start_async), 0);

  id = g_task_propagate_int (G_TASK (result), error);
  return id > 0 ? (guint) id : 0;
}

/**
 * mullion_power_save_blocker_stop:
 * @id: what [func@power_save_blocker_start_finish] returned
 *
 * Lets the machine sleep again, like Electron's `powerSaveBlocker.stop`.
 *
 * Returns: whether there was one of that id
 *
 * Since: 0.1
 */
gboolean
mullion_power_save_blocker_stop (guint id)
{
  return blockers != NULL && g_hash_table_remove (blockers, GUINT_TO_POINTER (id));
}

/**
 * mullion_power_save_blocker_is_started:
 * @id: what [func@power_save_blocker_start_finish] returned
 *
 * Asks whether it is still on, like Electron's `powerSaveBlocker.isStarted`.
 *
 * Returns: whether it is
 *
 * Since: 0.1
 */
gboolean
mullion_power_save_blocker_is_started (guint id)
{
  return blockers != NULL && g_hash_table_contains (blockers, GUINT_TO_POINTER (id));
}
