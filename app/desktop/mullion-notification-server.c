/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-notification-server.h"

#include "mullion-service.h"

/*
 * The notification service of the desktop, org.freedesktop.Notifications.
 *
 * Main process. GNotification would be simpler, but tells of no close, and its actions are for an
 * app with a desktop file only. Signals name a notification by its id, and are for whoever showed
 * it: the ids of other programs are not listened to.
 */

#define MAX_ACTIONS 100
#define BUS_PATIENCE_MILLISECONDS 2000

static const MullionService server = {
  G_BUS_TYPE_SESSION, "notification service", "org.freedesktop.Notifications",
  "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
};

typedef struct
{
  MullionNotificationHeard heard;
  gpointer listener;
} Listener;

static GHashTable *listeners; /* (nullable) until the first: id → Listener */

static Listener *
find_listener (guint id)
{
  return listeners != NULL ? g_hash_table_lookup (listeners, GUINT_TO_POINTER (id)) : NULL;
}

/* "default" is the notification itself, the others are what mullion-notification.c calls them. */
static void
hear_action (Listener   *listener,
             const char *key)
{
  guint64 index = 0;

  if (g_str_equal (key, "default"))
    listener->heard (listener->listener, MULLION_NOTIFICATION_CLICKED, 0);
  else if (g_ascii_string_to_unsigned (key, 10, 0, MAX_ACTIONS, &index, NULL))
    listener->heard (listener->listener, MULLION_NOTIFICATION_ACTION, (guint) index);
}

static void
signal_cb (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *name,
           GVariant        *arguments,
           gpointer         user_data)
{
  const char *key = NULL;
  guint id = 0;
  guint reason = 0;

  if (g_str_equal (name, "ActionInvoked")
      && g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(us)")))
    {
      g_variant_get (arguments, "(u&s)", &id, &key);
      if (find_listener (id) != NULL)
        hear_action (find_listener (id), key);
    }
  else if (g_str_equal (name, "NotificationClosed")
           && g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(uu)")))
    {
      Listener *listener;

      g_variant_get (arguments, "(uu)", &id, &reason);
      listener = find_listener (id);
      if (listener != NULL)
        listener->heard (listener->listener, MULLION_NOTIFICATION_CLOSED, reason);
    }
}

/* Once, and for the rest of the run, for which the connection is kept. Before the first is shown,
 * or what the user does at once would be missed. The app has this connection already, so nothing
 * waits here; where there is none, the call that follows says so. */
static void
listen (void)
{
  static GDBusConnection *connection;

  if (connection != NULL)
    return;

  connection = g_bus_get_sync (server.bus, NULL, NULL);
  if (connection == NULL)
    return;

  listeners = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_dbus_connection_signal_subscribe (connection, server.name, server.interface, NULL, server.path,
                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, NULL, NULL);
}

/* -- Showing -- */

#define BODY 4 /* which argument of Notify it is */

typedef struct
{
  GVariant *arguments;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Pending;

/* Who does not say is one with markup, as the specification has it: a plain text that is escaped is
 * ugly, and one with markup that is not is another text. */
static gboolean
reads_markup (GVariant *answer)
{
  g_autofree const char **capabilities = NULL;

  if (answer == NULL)
    return TRUE;

  g_variant_get (answer, "(^a&s)", &capabilities);
  return g_strv_contains (capabilities, "body-markup");
}

static GVariant *
escape_body (GVariant *arguments)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (arguments));
  for (gsize i = 0; i < g_variant_n_children (arguments); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (arguments, i);
      g_autofree char *text =
        i == BODY ? g_markup_escape_text (g_variant_get_string (child, NULL), -1) : NULL;

      g_variant_builder_add_value (&builder, text != NULL ? g_variant_new_string (text) : child);
    }
  return g_variant_builder_end (&builder);
}

static void
capabilities_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree Pending *pending = user_data;
  g_autoptr(GVariant) arguments = pending->arguments;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, NULL);

  mullion_service_call_async (&server, "Notify",
                              reads_markup (answer) ? escape_body (arguments) : arguments, "(u)",
                              NULL, pending->callback, pending->user_data);
}

void
mullion_notification_server_notify_async (GVariant            *arguments,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  Pending *pending = g_new0 (Pending, 1);

  listen ();
  pending->arguments = g_variant_ref_sink (arguments);
  pending->callback = callback;
  pending->user_data = user_data;
  mullion_service_call_async (&server, "GetCapabilities", NULL, "(as)", NULL, capabilities_cb,
                              pending);
}

guint
mullion_notification_server_notify_finish (GAsyncResult              *result,
                                           MullionNotificationHeard   heard,
                                           gpointer                   listener,
                                           GError                   **error)
{
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, error);
  Listener *entry;
  guint id = 0;

  if (answer == NULL)
    return 0;

  g_variant_get (answer, "(u)", &id);
  entry = g_new0 (Listener, 1);
  entry->heard = heard;
  entry->listener = listener;
  g_hash_table_insert (listeners, GUINT_TO_POINTER (id), entry);
  return id;
}

/* Nobody waits for the answer: that it has closed is told by a signal. */
void
mullion_notification_server_close (guint id)
{
  mullion_service_call_async (&server, "CloseNotification", g_variant_new ("(u)", id), "()", NULL,
                              NULL, NULL);
}

void
mullion_notification_server_forget (guint id)
{
  if (listeners != NULL)
    g_hash_table_remove (listeners, GUINT_TO_POINTER (id));
}

static gboolean
ask_bus (GDBusConnection *connection,
         const char      *method,
         GVariant        *arguments,
         const char      *type,
         GVariant       **answer)
{
  *answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                         "org.freedesktop.DBus", method, arguments,
                                         G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE,
                                         BUS_PATIENCE_MILLISECONDS, NULL, NULL);
  return *answer != NULL;
}

/* The bus itself is asked, which is there and answers at once. */
gboolean
mullion_notification_server_is_there (void)
{
  g_autoptr(GDBusConnection) connection = g_bus_get_sync (server.bus, NULL, NULL);
  g_autoptr(GVariant) owned = NULL;
  g_autoptr(GVariant) activatable = NULL;
  g_autofree const char **names = NULL;
  gboolean has_owner = FALSE;

  if (connection == NULL
      || !ask_bus (connection, "NameHasOwner", g_variant_new ("(s)", server.name), "(b)", &owned))
    return FALSE;

  g_variant_get (owned, "(b)", &has_owner);
  if (has_owner)
    return TRUE;
  if (!ask_bus (connection, "ListActivatableNames", NULL, "(as)", &activatable))
    return FALSE;

  g_variant_get (activatable, "(^a&s)", &names);
  return g_strv_contains (names, server.name);
}
