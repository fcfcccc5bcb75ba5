/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-desktop-services.h"

#include <gio/gio.h>

/*
 * Which services of the desktop there are, for a person who wonders why something is unavailable.
 *
 * Main process. It asks the bus for names and starts nothing: a service that the bus would start
 * counts as there. What each module does without its service is told by the module's own errors.
 */

#define PATIENCE_MILLISECONDS 2000

static const struct
{
  GBusType bus;
  const char *name;
  const char *use;
} services[] = {
  { G_BUS_TYPE_SESSION, "org.freedesktop.portal.Desktop",
    "portal: files and log-in of an app in a sandbox, global shortcuts on Wayland" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.Notifications", "notifications" },
  { G_BUS_TYPE_SESSION, "org.kde.StatusNotifierWatcher", "tray" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.secrets", "keyring: safeStorage" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.FileManager1", "file manager: showItemInFolder" },
  { G_BUS_TYPE_SESSION, "org.freedesktop.ScreenSaver", "screen saver: powerSaveBlocker" },
  { G_BUS_TYPE_SESSION, "org.gnome.Mutter.IdleMonitor", "idle time" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.login1", "log-in manager: suspend, lock, powerSaveBlocker" },
  { G_BUS_TYPE_SYSTEM, "org.freedesktop.UPower", "battery" },
};

/* The names that a bus has, or could start; they are added to @names. */
static void
list_names (GDBusConnection *bus,
            const char      *method,
            GHashTable      *names)
{
  g_autoptr(GVariant) answer = g_dbus_connection_call_sync (
    bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, NULL,
    G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, PATIENCE_MILLISECONDS, NULL, NULL);
  g_autoptr(GVariantIter) iter = NULL;
  char *name;

  if (answer == NULL)
    return;

  g_variant_get (answer, "(as)", &iter);
  while (g_variant_iter_next (iter, "s", &name))
    g_hash_table_add (names, name);
}

/* (transfer full) (nullable): NULL where there is no such bus */
static GHashTable *
look (GBusType type)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (type, NULL, NULL);
  GHashTable *names;

  if (bus == NULL)
    return NULL;

  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  list_names (bus, "ListNames", names);
  list_names (bus, "ListActivatableNames", names);
  return names;
}

void
mullion_desktop_services_describe (MullionDesktopServicesFunc func,
                                   gpointer                   user_data)
{
  g_autoptr(GHashTable) of_session = look (G_BUS_TYPE_SESSION);
  g_autoptr(GHashTable) of_system = look (G_BUS_TYPE_SYSTEM);

  if (of_session == NULL)
    func ("there is no session bus: no service of the desktop can be reached", user_data);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      GHashTable *names = services[i].bus == G_BUS_TYPE_SESSION ? of_session : of_system;
      gboolean is_there = names != NULL && g_hash_table_contains (names, services[i].name);
      g_autofree char *line = g_strdup_printf ("%-5s %s (%s)", is_there ? "there" : "none",
                                               services[i].use, services[i].name);

      func (line, user_data);
    }
}
