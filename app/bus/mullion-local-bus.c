/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-local-bus.h"

#include "mullion-bus-error.h"
#include "mullion-bus-host.h"
#include "mullion-bus-ledger.h"
#include "mullion-message-bus-private.h"
#include "mullion-socket-client.h"
#include "mullion-socket-error.h"
#include "mullion-value.h"

#include <string.h>
#include <glib/gstdio.h>

/**
 * MullionLocalBus:
 *
 * A message bus between the processes of one user on one machine, which needs no server.
 *
 * The processes meet at a Unix socket in the user's runtime folder. The first one hosts the bus for
 * the others; when it ends, another one takes over. Jobs are kept in a file beside the socket: they
 * survive the end of all processes, and not that of the user's session.
 *
 * Since: 0.1
 */

/* How soon another process takes over. */
#define RETRY_MS 50

struct _MullionLocalBus
{
  GObject parent_instance;

  char *folder;
  char *name;
  gboolean was_connected;

  MullionSocketClient *client; /* (nullable) (owned): while it is open */
  MullionBusHost *host;        /* (nullable) (owned): if it is this process */
  MullionBusLedger *ledger;
  GHashTable *topics; /* set of names */
  GHashTable *queues; /* set of names */
};

static void mullion_local_bus_iface_init (MullionMessageBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MullionLocalBus, mullion_local_bus, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MULLION_TYPE_MESSAGE_BUS,
                                                      mullion_local_bus_iface_init))

/* -- To the host -- */

static gboolean
say (MullionLocalBus  *self,
     const char       *type,
     const char       *first_name,
     const char       *first,
     const char       *second_name,
     const char       *second,
     JsonNode         *value,
     GError          **error)
{
  JsonObject *object = json_object_new ();
  JsonNode *data = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, first_name, first);
  if (second != NULL)
    json_object_set_string_member (object, second_name, second);
  if (value != NULL)
    json_object_set_member (object, "value", json_node_copy (value));

  return mullion_socket_client_send (self->client, type, data, error);
}

static void
say_name (MullionLocalBus *self,
          const char      *type,
          const char      *key,
          const char      *name)
{
  if (self->client != NULL && mullion_socket_client_get_peer (self->client) != NULL)
    say (self, type, key, name, NULL, NULL, NULL, NULL);
}

static void
say_push_cb (MullionBusPush *push,
             gpointer        user_data)
{
  say (user_data, MULLION_BUS_PUSH, "id", push->id, "queue", push->queue, push->value, NULL);
}

static void
say_held_cb (const char *queue,
             const char *id,
             gpointer    user_data)
{
  say (user_data, MULLION_BUS_HOLD, "id", id, "queue", queue, NULL, NULL);
}

static void
say_done_cb (const char *queue,
             const char *id,
             gpointer    user_data)
{
  say (user_data, MULLION_BUS_DONE, "id", id, "queue", queue, NULL, NULL);
}

static void
say_names (MullionLocalBus *self,
           const char      *type,
           const char      *key,
           GHashTable      *names)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    say_name (self, type, key, name);
}

/* It may be another host than before. What was done comes first, so that nobody does it again. */
static void
connect_cb (MullionSocketClient *client,
            MullionLocalBus     *self)
{
  self->was_connected = TRUE;
  mullion_socket_peer_set_max_queued (mullion_socket_client_get_peer (client), MULLION_BUS_MAX_QUEUED);
  mullion_bus_ledger_foreach_done (self->ledger, say_done_cb, self);
  mullion_bus_ledger_foreach_held (self->ledger, say_held_cb, self);
  say_names (self, MULLION_BUS_SUBSCRIBE, "topic", self->topics);
  mullion_bus_ledger_foreach_push (self->ledger, say_push_cb, self);
  say_names (self, MULLION_BUS_WORK, "queue", self->queues);
  mullion_message_bus_tell_state (MULLION_MESSAGE_BUS (self), TRUE);
}

/* -- From the host -- */

static void
receive_message (MullionLocalBus *self,
                 JsonNode        *data)
{
  g_autofree char *topic = mullion_message_bus_dup_text (data, "topic");
  JsonNode *value = topic != NULL ? mullion_value_get_member (data, "value") : NULL;

  /* One that was on its way when the bus unsubscribed is for nobody. */
  if (value != NULL && g_hash_table_contains (self->topics, topic))
    mullion_message_bus_tell_message (MULLION_MESSAGE_BUS (self), topic, value);
}

static void
receive_subscribed (MullionLocalBus *self,
                    JsonNode        *data)
{
  g_autofree char *topic = mullion_message_bus_dup_text (data, "topic");

  if (topic != NULL && g_hash_table_contains (self->topics, topic))
    mullion_message_bus_tell_subscribed (MULLION_MESSAGE_BUS (self), topic);
}

static void
receive_job (MullionLocalBus *self,
             JsonNode        *data)
{
  g_autofree char *id = mullion_message_bus_dup_text (data, "id");
  g_autofree char *queue = mullion_message_bus_dup_text (data, "queue");
  JsonNode *value = id != NULL && queue != NULL ? mullion_value_get_member (data, "value") : NULL;

  if (value != NULL && mullion_bus_ledger_receive (self->ledger, queue, id))
    mullion_message_bus_tell_job (MULLION_MESSAGE_BUS (self), queue, id, value);
}

static void
receive_pushed (MullionLocalBus *self,
                JsonNode        *data)
{
  g_autofree char *id = mullion_message_bus_dup_text (data, "id");

  if (id != NULL)
    mullion_bus_ledger_finish_push (self->ledger, id, NULL);
}

static void
receive_refused (MullionLocalBus *self,
                 JsonNode        *data)
{
  g_autofree char *id = mullion_message_bus_dup_text (data, "id");
  g_autofree char *text = mullion_message_bus_dup_text (data, "text");

  if (id != NULL)
    mullion_bus_ledger_finish_push (self->ledger, id,
                                    g_error_new (MULLION_BUS_ERROR, MULLION_BUS_ERROR_FULL,
                                                 "The bus does not take the job: %s",
                                                 text != NULL ? text : ""));
}

static void
receive_gone (MullionLocalBus *self,
              JsonNode        *data)
{
  g_autofree char *id = mullion_message_bus_dup_text (data, "id");
  g_autofree char *queue = mullion_message_bus_dup_text (data, "queue");

  if (id != NULL && queue != NULL)
    mullion_bus_ledger_confirm (self->ledger, queue, id);
}

static const struct
{
  const char *type;
  void (*handle) (MullionLocalBus *self,
                  JsonNode        *data);
} handlers[] = {
  { MULLION_BUS_SUBSCRIBED, receive_subscribed },
  { MULLION_BUS_MESSAGE, receive_message },
  { MULLION_BUS_JOB, receive_job },
  { MULLION_BUS_PUSHED, receive_pushed },
  { MULLION_BUS_REFUSED, receive_refused },
  { MULLION_BUS_GONE, receive_gone },
};

static void
message_cb (MullionSocketClient *client,
            const char          *type,
            JsonNode            *data,
            MullionLocalBus     *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (handlers[i].type, type))
      {
        handlers[i].handle (self, data);
        return;
      }
}

/* -- Finding a host, or being it -- */

static void
consider_hosting (MullionLocalBus *self)
{
  GError *error = NULL;

  if (self->host != NULL)
    return;

  self->host = mullion_bus_host_new (self->folder, self->name, &error);
  if (error != NULL)
    mullion_message_bus_tell_error (MULLION_MESSAGE_BUS (self), error);
}

static void
error_cb (MullionSocketClient *client,
          const GError        *error,
          MullionLocalBus     *self)
{
  if (g_error_matches (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_FOUND) ||
      g_error_matches (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_REFUSED))
    consider_hosting (self);
  else if (error->domain == MULLION_SOCKET_ERROR)
    mullion_message_bus_tell_error (MULLION_MESSAGE_BUS (self),
                                    g_error_new (MULLION_BUS_ERROR, MULLION_BUS_ERROR_UNAVAILABLE,
                                                 "The bus cannot be reached: %s", error->message));
  else
    mullion_message_bus_tell_error (MULLION_MESSAGE_BUS (self), g_error_copy (error));
}

static void
disconnect_cb (MullionSocketClient *client,
               MullionLocalBus     *self)
{
  if (!self->was_connected)
    return;

  self->was_connected = FALSE;
  mullion_message_bus_tell_state (MULLION_MESSAGE_BUS (self), FALSE);
}

/* -- The engine -- */

static void
mullion_local_bus_open (MullionMessageBus *bus)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);
  g_autofree char *path = mullion_bus_host_build_path (self->folder, self->name);

  if (self->client != NULL)
    return;

  g_mkdir_with_parents (self->folder, 0700);
  self->client = mullion_socket_client_new (path);
  mullion_socket_client_set_retry (self->client, RETRY_MS);
  g_signal_connect_object (self->client, "connect", G_CALLBACK (connect_cb), self, 0);
  g_signal_connect_object (self->client, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (self->client, "disconnect", G_CALLBACK (disconnect_cb), self, 0);
  g_signal_connect_object (self->client, "error", G_CALLBACK (error_cb), self, 0);
  mullion_socket_client_open (self->client);
}

static void
mullion_local_bus_close (MullionMessageBus *bus)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  if (self->client == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->client, self);
  mullion_socket_client_close (self->client);
  g_clear_object (&self->client);
  g_clear_pointer (&self->host, mullion_bus_host_free);
  self->was_connected = FALSE;
  mullion_bus_ledger_clear (self->ledger);
}

static gboolean
mullion_local_bus_is_connected (MullionMessageBus *bus)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  return self->client != NULL && mullion_socket_client_get_peer (self->client) != NULL;
}

static gboolean
mullion_local_bus_publish (MullionMessageBus  *bus,
                           const char         *topic,
                           JsonNode           *value,
                           GError            **error)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  if (mullion_local_bus_is_connected (bus))
    return mullion_message_bus_check_queued (
               mullion_socket_peer_get_queued (mullion_socket_client_get_peer (self->client)), error) &&
           say (self, MULLION_BUS_PUBLISH, "topic", topic, NULL, NULL, value, error);

  g_set_error (error, MULLION_BUS_ERROR,
               self->client == NULL ? MULLION_BUS_ERROR_CLOSED : MULLION_BUS_ERROR_UNAVAILABLE,
               "Nothing can be published on “%s”: the bus is not connected", topic);
  return FALSE;
}

static void
mullion_local_bus_subscribe (MullionMessageBus *bus,
                             const char        *topic,
                             gboolean           listens)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  if (listens)
    g_hash_table_add (self->topics, g_strdup (topic));
  else
    g_hash_table_remove (self->topics, topic);

  say_name (self, listens ? MULLION_BUS_SUBSCRIBE : MULLION_BUS_UNSUBSCRIBE, "topic", topic);
}

static void
mullion_local_bus_push (MullionMessageBus *bus,
                        const char        *queue,
                        JsonNode          *value,
                        GTask             *task)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);
  MullionBusPush *push;

  if (self->client == NULL)
    {
      g_task_return_new_error (task, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED,
                               "No job can be pushed to “%s”: the bus is not open", queue);
      g_object_unref (task);
      return;
    }

  push = mullion_bus_ledger_add_push (self->ledger, queue, value, task);
  if (push != NULL && mullion_local_bus_is_connected (bus))
    say_push_cb (push, self);
}

static void
mullion_local_bus_work (MullionMessageBus *bus,
                        const char        *queue,
                        gboolean           takes)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  if (takes)
    g_hash_table_add (self->queues, g_strdup (queue));
  else
    g_hash_table_remove (self->queues, queue);

  say_name (self, takes ? MULLION_BUS_WORK : MULLION_BUS_REST, "queue", queue);
}

static void
mullion_local_bus_acknowledge (MullionMessageBus *bus,
                               const char        *queue,
                               const char        *id)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (bus);

  if (mullion_bus_ledger_acknowledge (self->ledger, queue, id) &&
      mullion_local_bus_is_connected (bus))
    say_done_cb (queue, id, self);
}

static void
mullion_local_bus_iface_init (MullionMessageBusInterface *iface)
{
  iface->open = mullion_local_bus_open;
  iface->close = mullion_local_bus_close;
  iface->is_connected = mullion_local_bus_is_connected;
  iface->publish = mullion_local_bus_publish;
  iface->subscribe = mullion_local_bus_subscribe;
  iface->push = mullion_local_bus_push;
  iface->work = mullion_local_bus_work;
  iface->acknowledge = mullion_local_bus_acknowledge;
}

static void
mullion_local_bus_dispose (GObject *object)
{
  mullion_local_bus_close (MULLION_MESSAGE_BUS (object));

  G_OBJECT_CLASS (mullion_local_bus_parent_class)->dispose (object);
}

static void
mullion_local_bus_finalize (GObject *object)
{
  MullionLocalBus *self = MULLION_LOCAL_BUS (object);

  mullion_bus_ledger_free (self->ledger);
  g_hash_table_unref (self->topics);
  g_hash_table_unref (self->queues);
  g_free (self->folder);
  g_free (self->name);

  G_OBJECT_CLASS (mullion_local_bus_parent_class)->finalize (object);
}

static void
mullion_local_bus_class_init (MullionLocalBusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_local_bus_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_local_bus_finalize;
}

static void
mullion_local_bus_init (MullionLocalBus *self)
{
  self->folder = g_build_filename (g_get_user_runtime_dir (), "mullion", NULL);
  self->ledger = mullion_bus_ledger_new ();
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mullion_local_bus_new:
 * @name: what the bus is called, such as the id of an app; a name of a file
 *
 * Makes a bus that is not open yet. All processes of the user that give the same name meet on it.
 *
 * Returns: (transfer full): the bus
 *
 * Since: 0.1
 */
MullionLocalBus *
mullion_local_bus_new (const char *name)
{
  MullionLocalBus *self;

  g_return_val_if_fail (name != NULL && *name != '\0' && *name != '.', NULL);
  g_return_val_if_fail (strchr (name, '/') == NULL, NULL);

  self = g_object_new (MULLION_TYPE_LOCAL_BUS, NULL);
  self->name = g_strdup (name);

  return self;
}
