/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-idle-time.h"

#include "mullion-error.h"
#include "mullion-service.h"

#include <X11/Xlib.h>
#include <X11/extensions/sync.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/*
 * For how long nobody has touched the machine.
 *
 * Main process. Three know it: GNOME's compositor; the X server, in a session of X11; and a screen
 * saver with KDE's interface. They are asked in this order. In a session of Wayland the X server sees
 * the input of X11 windows only, so it is not asked there.
 */

#define MILLISECONDS 1000

static const MullionService idle_monitor = {
  G_BUS_TYPE_SESSION, "idle monitor", "org.gnome.Mutter.IdleMonitor",
  "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor",
};

static const MullionService saver = {
  G_BUS_TYPE_SESSION, "idle monitor", "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
  "org.freedesktop.ScreenSaver",
};

static void
return_milliseconds (GTask   *task,
                     guint64  milliseconds)
{
  g_task_return_int (task, (gssize) MIN (milliseconds / MILLISECONDS, G_MAXINT));
}

/* -- X11 -- */

static Display *
find_display (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display == NULL || !GDK_IS_X11_DISPLAY (display) || g_getenv ("WAYLAND_DISPLAY") != NULL)
    return NULL;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gdk_x11_display_get_xdisplay (display);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/* The server counts it for everyone. Returns: %None where it does not */
static XSyncCounter
find_counter (Display *display)
{
  int n_counters = 0;
  int ignored;
  XSyncSystemCounter *counters;
  XSyncCounter found = None;

  if (!XSyncQueryExtension (display, &ignored, &ignored)
      || !XSyncInitialize (display, &ignored, &ignored))
    return None;

  counters = XSyncListSystemCounters (display, &n_counters);
  for (int i = 0; i < n_counters; i++)
    if (strcmp (counters[i].name, "IDLETIME") == 0)
      found = counters[i].counter;
  XSyncFreeSystemCounterList (counters);
  return found;
}

static gboolean
ask_display (guint64 *milliseconds)
{
  Display *display = find_display ();
  XSyncCounter counter = display != NULL ? find_counter (display) : None;
  XSyncValue value;

  if (counter == None || !XSyncQueryCounter (display, counter, &value))
    return FALSE;

  *milliseconds = ((guint64) XSyncValueHigh32 (value) << 32) | XSyncValueLow32 (value);
  return TRUE;
}

/* -- The services -- */

/* KDE's documentation says seconds, and its program has always told milliseconds. In a session of
 * Wayland it tells 0 whatever happens: that is no answer. */
static void
saver_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);
  guint milliseconds = 0;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &milliseconds);

  if (milliseconds > 0)
    return_milliseconds (task, milliseconds);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                             "This desktop has no %s", saver.title);
}

static void
monitor_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, &error);
  guint64 milliseconds = 0;

  if (answer != NULL)
    {
      g_variant_get (answer, "(t)", &milliseconds);
      return_milliseconds (task, milliseconds);
    }
  else if (!g_error_matches (error, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (ask_display (&milliseconds))
    return_milliseconds (task, milliseconds);
  else
    mullion_service_call_async (&saver, "GetSessionIdleTime", NULL, "(u)",
                                g_task_get_cancellable (task), saver_cb, g_object_ref (task));
}

void
mullion_idle_time_read_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mullion_idle_time_read_async);
  mullion_service_call_async (&idle_monitor, "GetIdletime", NULL, "(t)", cancellable, monitor_cb,
                              task);
}

int
mullion_idle_time_read_finish (GAsyncResult  *result,
                               GError       **error)
{
  return (int) g_task_propagate_int (G_TASK (result), error);
}
