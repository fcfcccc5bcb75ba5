/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-lock-state.h"

#include "mullion-error.h"
#include "mullion-service.h"

/*
 * Whether the screen is locked.
 *
 * Main process. The log-in manager knows of its sessions, if the desktop tells it; the screen savers
 * know of themselves. They are asked one after the other, and the first yes is the answer. The session
 * `auto` is that of the program that asks, or the one that the user sees.
 */

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define LOGIN_SESSION "org.freedesktop.login1.Session"

static const struct
{
  MullionService service;
  const char *method;
  const char *reply_type;
} sources[] = {
  { { G_BUS_TYPE_SYSTEM, "log-in manager", "org.freedesktop.login1",
      "/org/freedesktop/login1/session/auto", PROPERTIES },
    "Get", "(v)" },
  { { G_BUS_TYPE_SESSION, "screen saver", "org.freedesktop.ScreenSaver",
      "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver" },
    "GetActive", "(b)" },
  { { G_BUS_TYPE_SESSION, "screen saver", "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver",
      "org.gnome.ScreenSaver" },
    "GetActive", "(b)" },
};

static void ask (GTask *task,
                 gsize  index);

static gboolean
read_answer (GVariant *answer)
{
  g_autoptr(GVariant) child = g_variant_get_child_value (answer, 0);
  g_autoptr(GVariant) value = g_variant_is_of_type (child, G_VARIANT_TYPE_VARIANT)
                                ? g_variant_get_variant (child) : g_variant_ref (child);

  return g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  gsize index = GPOINTER_TO_SIZE (g_task_get_task_data (task));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);

  if (error != NULL)
    g_debug ("%s", error->message);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (answer != NULL && read_answer (answer))
    g_task_return_boolean (task, TRUE);
  else if (index + 1 < G_N_ELEMENTS (sources))
    ask (task, index + 1);
  else
    g_task_return_boolean (task, FALSE);
}

static void
ask (GTask *task,
     gsize  index)
{
  gboolean is_property = g_str_equal (sources[index].service.interface, PROPERTIES);

  g_task_set_task_data (task, GSIZE_TO_POINTER (index), NULL);
  mullion_service_call_async (&sources[index].service, sources[index].method,
                              is_property ? g_variant_new ("(ss)", LOGIN_SESSION, "LockedHint")
                                          : NULL,
                              sources[index].reply_type, g_task_get_cancellable (task), answered_cb,
                              g_object_ref (task));
}

void
mullion_lock_state_read_async (GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mullion_lock_state_read_async);
  ask (task, 0);
}

gboolean
mullion_lock_state_read_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
