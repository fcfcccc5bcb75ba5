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
    listener->heard (listener->listener, MULLION_NOTIFICATION_CLICKED, 0, NULL);
  else if (g_ascii_string_to_unsigned (key, 10, 0, MAX_ACTIONS, &index, NULL))
    listener->heard (listener->listener, MULLION_NOTIFICATION_ACTION, (guint) index, NULL);
}

static void
action_cb (GVariant *arguments)
{
  const char *key = NULL;
  guint id = 0;

  g_variant_get (arguments, "(u&s)", &id, &key);
  if (find_listener (id) != NULL)
    hear_action (find_listener (id), key);
}

static void
replied_cb (GVariant *arguments)
{
  const char *text = NULL;
  guint id = 0;
  Listener *listener;

  g_variant_get (arguments, "(u&s)", &id, &text);
  listener = find_listener (id);
  if (listener != NULL)
    listener->heard (listener->listener, MULLION_NOTIFICATION_REPLIED, 0, text);
}

static void
closed_cb (GVariant *arguments)
{
  guint id = 0;
  guint reason = 0;
  Listener *listener;

  g_variant_get (arguments, "(uu)", &id, &reason);
  listener = find_listener (id);
  if (listener != NULL)
    listener->heard (listener->listener, MULLION_NOTIFICATION_CLOSED, reason, NULL);
}

static const struct
{
  const char *name;
  const char *type;
  void (*hear) (GVariant *arguments);
} signals[] = {
  { "ActionInvoked", "(us)", action_cb },
  { "NotificationReplied", "(us)", replied_cb },
  { "NotificationClosed", "(uu)", closed_cb },
};

static void
signal_cb (GDBusConnection *connection,
           const char      *sender,
           const char      *path,
           const char      *interface,
           const char      *name,
           GVariant        *arguments,
           gpointer         user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (g_str_equal (signals[i].name, name)
        && g_variant_is_of_type (arguments, G_VARIANT_TYPE (signals[i].type)))
      signals[i].hear (arguments);
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

/* Which arguments of Notify they are. */
#define BODY 4
#define ACTIONS 5
#define HINTS 6

/* KDE's, and those of others that took it over from there. */
#define INLINE_REPLY "inline-reply"
#define REPLY_HINT "x-kde-reply-placeholder-text"
#define REPLY_LABEL "Reply"

typedef struct
{
  GVariant *arguments;
  char *reply; /* (nullable) */
  GAsyncReadyCallback callback;
  gpointer user_data;
} Pending;

/* @answer: (nullable): of GetCapabilities */
static gboolean
is_capable (GVariant   *answer,
            const char *capability)
{
  g_autofree const char **capabilities = NULL;

  if (answer == NULL)
    return FALSE;

  g_variant_get (answer, "(^a&s)", &capabilities);
  return g_strv_contains (capabilities, capability);
}

static GVariant *
escape_text (GVariant *text)
{
  return g_variant_new_take_string (g_markup_escape_text (g_variant_get_string (text, NULL), -1));
}

/* The label is on the button that opens the field. The app's own words for the field are the only
 * ones in the user's language. */
static GVariant *
add_reply_action (GVariant   *actions,
                  const char *reply)
{
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *child;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  g_variant_iter_init (&iter, actions);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_variant_builder_add_value (&builder, child);
      g_variant_unref (child);
    }
  g_variant_builder_add (&builder, "s", INLINE_REPLY);
  g_variant_builder_add (&builder, "s", *reply != '\0' ? reply : REPLY_LABEL);
  return g_variant_builder_end (&builder);
}

static GVariant *
add_reply_hint (GVariant   *hints,
                const char *reply)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, hints);
  if (*reply != '\0')
    g_variant_dict_insert (&dict, REPLY_HINT, "s", reply);
  return g_variant_dict_end (&dict);
}

/* Who does not say is one with markup, as the specification has it: a plain text that is escaped is
 * ugly, and one with markup that is not is another text. Who does not say that it takes replies would
 * show a button that does nothing. */
static GVariant *
adapt (Pending  *pending,
       GVariant *answer)
{
  gboolean reads_markup = answer == NULL || is_capable (answer, "body-markup");
  gboolean replies = pending->reply != NULL && is_capable (answer, INLINE_REPLY);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (pending->arguments));
  for (gsize i = 0; i < g_variant_n_children (pending->arguments); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (pending->arguments, i);

      g_variant_builder_add_value (
        &builder, i == BODY && reads_markup ? escape_text (child)
                  : i == ACTIONS && replies ? add_reply_action (child, pending->reply)
                  : i == HINTS && replies   ? add_reply_hint (child, pending->reply)
                                            : child);
    }
  return g_variant_builder_end (&builder);
}

static void
capabilities_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Pending *pending = user_data;
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, NULL);

  mullion_service_call_async (&server, "Notify", adapt (pending, answer), "(u)", NULL,
                              pending->callback, pending->user_data);
  g_variant_unref (pending->arguments);
  g_free (pending->reply);
  g_free (pending);
}

static void
ask_capabilities (GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  mullion_service_call_async (&server, "GetCapabilities", NULL, "(as)", cancellable, callback,
                              user_data);
}

void
mullion_notification_server_notify_async (GVariant            *arguments,
                                          const char          *reply,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  Pending *pending = g_new0 (Pending, 1);

  listen ();
  pending->arguments = g_variant_ref_sink (arguments);
  pending->reply = g_strdup (reply);
  pending->callback = callback;
  pending->user_data = user_data;
  ask_capabilities (NULL, capabilities_cb, pending);
}

void
mullion_notification_server_takes_replies_async (GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data)
{
  ask_capabilities (cancellable, callback, user_data);
}

gboolean
mullion_notification_server_takes_replies_finish (GAsyncResult  *result,
                                                  GError       **error)
{
  g_autoptr(GVariant) answer = mullion_service_call_finish (result, error);

  return is_capable (answer, INLINE_REPLY);
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
