/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-redis-bus.h"

#include "mullion-bus-error.h"
#include "mullion-bus-ledger.h"
#include "mullion-message-bus-private.h"
#include "mullion-plain-json.h"
#include "mullion-redis-queue.h"
#include "mullion-redis-topics.h"

#include <string.h>

/**
 * MullionRedisBus:
 *
 * A message bus between apps on several machines, through a server of Redis (5 or later; 6.2 for the
 * jobs of workers that are gone).
 *
 * A topic is a channel of its publish and subscribe, and a queue is a stream with a group of workers:
 * a job is an entry with the field `value`, so other programs can take part. What the server has
 * taken survives the end of this process; whether it survives that of the server is for its
 * configuration to say (`appendonly yes`, and `appendfsync always` for every single job).
 *
 * There is one connection for commands, one for all topics and one for each queue that this bus works
 * on. Between machines they should be encrypted: see [ctor@RedisBus.new_for_uri].
 *
 * Since: 0.1
 */

#define DEFAULT_PREFIX "mullion:"
#define DEFAULT_CLAIM_MS 60000

struct _MullionRedisBus
{
  GObject parent_instance;

  MullionRedisServer server;
  char *prefix;
  char *consumer;
  guint claim_ms;

  MullionRedisLink *commands; /* (nullable) (owned): while it is open */
  GHashTable *queues;         /* name → MullionRedisQueue (owned), NULL while it is closed */
  MullionRedisTopics *topics;
  MullionBusLedger *ledger;
  guint heartbeat_id; /* 0, or says that this worker lives */
};

static void mullion_redis_bus_iface_init (MullionMessageBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MullionRedisBus, mullion_redis_bus, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MULLION_TYPE_MESSAGE_BUS,
                                                      mullion_redis_bus_iface_init))

static char *
make_channel (MullionRedisBus *self,
              const char      *topic)
{
  return g_strconcat (self->prefix, "topic:", topic, NULL);
}

static char *
make_key (MullionRedisBus *self,
          const char      *queue)
{
  return g_strconcat (self->prefix, "queue:", queue, NULL);
}

static void
fail (GError   *error,
      gpointer  owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_message_bus_tell_error (MULLION_MESSAGE_BUS (self), error);
}

/* -- Jobs for others -- */

static void
pushed_cb (redisReply *reply,
           const char *id,
           gpointer    owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  /* Whether it was taken is not known. It is pushed again when there is a connection. */
  if (reply == NULL)
    return;

  mullion_bus_ledger_finish_push (self->ledger, id,
                                  reply->type == REDIS_REPLY_ERROR
                                      ? mullion_redis_link_new_error (self->commands, reply) : NULL);
}

static void
send_push_cb (MullionBusPush *push,
              gpointer        user_data)
{
  MullionRedisBus *self = user_data;
  g_autofree char *key = make_key (self, push->queue);
  g_autoptr(GString) text = g_string_new (NULL);
  const char *argv[] = { "XADD", key, "*", "value", NULL };

  if (!mullion_plain_json_write (text, push->value, NULL))
    return;

  argv[4] = text->str;
  mullion_redis_link_send (self->commands, pushed_cb, push->id, G_N_ELEMENTS (argv), argv, NULL);
}

/* -- Jobs for us -- */

static void
job_cb (const char *queue,
        const char *id,
        JsonNode   *value,
        gpointer    owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_message_bus_tell_job (MULLION_MESSAGE_BUS (self), queue, id, value);
}

static const MullionRedisQueueFuncs queue_funcs = {
  .job = job_cb,
  .failed = fail,
};

/* @name: "QUEUE ID"; an id has no space */
static void
acknowledged_cb (redisReply *reply,
                 const char *name,
                 gpointer    owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);
  const char *space = strrchr (name, ' ');
  g_autofree char *queue = g_strndup (name, (gsize) (space - name));

  if (reply == NULL)
    return;

  mullion_bus_ledger_confirm (self->ledger, queue, space + 1);
  if (reply->type == REDIS_REPLY_ERROR)
    fail (mullion_redis_link_new_error (self->commands, reply), self);
}

/* What is done is taken out of the stream, which would grow for ever. */
static void
send_done_cb (const char *queue,
              const char *id,
              gpointer    user_data)
{
  MullionRedisBus *self = user_data;
  g_autofree char *key = make_key (self, queue);
  g_autofree char *name = g_strconcat (queue, " ", id, NULL);
  const char *acknowledge[] = { "XACK", key, MULLION_REDIS_GROUP, id };
  const char *remove[] = { "XDEL", key, id };

  if (mullion_redis_link_send (self->commands, NULL, NULL, G_N_ELEMENTS (acknowledge), acknowledge,
                               NULL))
    mullion_redis_link_send (self->commands, acknowledged_cb, name, G_N_ELEMENTS (remove), remove,
                             NULL);
}

/* Says that a job which takes long is not one of a worker that is gone. */
static void
send_held_cb (const char *queue,
              const char *id,
              gpointer    user_data)
{
  MullionRedisBus *self = user_data;
  g_autofree char *key = make_key (self, queue);
  const char *argv[] = { "XCLAIM", key, MULLION_REDIS_GROUP, self->consumer, "0", id, "JUSTID" };

  mullion_redis_link_send (self->commands, NULL, NULL, G_N_ELEMENTS (argv), argv, NULL);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  MullionRedisBus *self = user_data;

  if (mullion_redis_link_is_ready (self->commands))
    mullion_bus_ledger_foreach_held (self->ledger, send_held_cb, self);

  return G_SOURCE_CONTINUE;
}

static void
start_queue (MullionRedisBus *self,
             const char      *name)
{
  MullionRedisStream *stream = g_new0 (MullionRedisStream, 1);

  stream->name = g_strdup (name);
  stream->key = make_key (self, name);
  stream->consumer = self->consumer;
  stream->claim_ms = self->claim_ms;
  g_hash_table_insert (self->queues, g_strdup (name),
                       mullion_redis_queue_new (&self->server, stream, self->ledger, &queue_funcs,
                                                self));
}

/* -- Topics -- */

static void
message_cb (const char *topic,
            JsonNode   *value,
            gpointer    owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_message_bus_tell_message (MULLION_MESSAGE_BUS (self), topic, value);
}

static void
subscribed_cb (const char *topic,
               gpointer    owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_message_bus_tell_subscribed (MULLION_MESSAGE_BUS (self), topic);
}

static const MullionRedisTopicsFuncs topics_funcs = {
  .message = message_cb,
  .subscribed = subscribed_cb,
  .failed = fail,
};

/* -- Commands -- */

/* What was done comes first, so that nobody does it again. */
static void
ready_cb (gpointer owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_bus_ledger_foreach_done (self->ledger, send_done_cb, self);
  mullion_bus_ledger_foreach_push (self->ledger, send_push_cb, self);
  mullion_message_bus_tell_state (MULLION_MESSAGE_BUS (self), TRUE);
}

static void
lost_cb (gpointer owner)
{
  g_autoptr(MullionRedisBus) self = g_object_ref (owner);

  mullion_message_bus_tell_state (MULLION_MESSAGE_BUS (self), FALSE);
}

static const MullionRedisLinkFuncs command_funcs = {
  .ready = ready_cb,
  .lost = lost_cb,
  .failed = fail,
};

/* -- The engine -- */

static void
mullion_redis_bus_open (MullionMessageBus *bus)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);
  g_autofree const char **names = NULL;

  if (self->commands != NULL)
    return;

  self->commands = mullion_redis_link_new (&self->server, FALSE, &command_funcs, self);
  mullion_redis_topics_open (self->topics, &self->server, make_channel (self, ""));

  names = (const char **) g_hash_table_get_keys_as_array (self->queues, NULL);
  for (const char **name = names; *name != NULL; name++)
    start_queue (self, *name);
  self->heartbeat_id = g_timeout_add (self->claim_ms / 3 + 1, heartbeat_cb, self);
}

static void
free_queue (gpointer queue)
{
  if (queue != NULL)
    mullion_redis_queue_free (queue);
}

static void
mullion_redis_bus_close (MullionMessageBus *bus)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);
  GHashTableIter iter;

  g_clear_handle_id (&self->heartbeat_id, g_source_remove);
  g_clear_pointer (&self->commands, mullion_redis_link_free);
  mullion_redis_topics_close (self->topics);
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_replace (&iter, NULL);
  mullion_bus_ledger_clear (self->ledger);
}

static gboolean
mullion_redis_bus_is_connected (MullionMessageBus *bus)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);

  return self->commands != NULL && mullion_redis_link_is_ready (self->commands);
}

static gboolean
mullion_redis_bus_publish (MullionMessageBus  *bus,
                           const char         *topic,
                           JsonNode           *value,
                           GError            **error)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);
  g_autofree char *channel = make_channel (self, topic);
  g_autoptr(GString) text = g_string_new (NULL);
  const char *argv[] = { "PUBLISH", channel, NULL };

  if (self->commands == NULL)
    {
      g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED,
                   "Nothing can be published on “%s”: the bus is not open", topic);
      return FALSE;
    }

  if (!mullion_message_bus_check_queued (mullion_redis_link_get_queued (self->commands), error) ||
      !mullion_plain_json_write (text, value, error))
    return FALSE;

  argv[2] = text->str;
  return mullion_redis_link_send (self->commands, NULL, NULL, G_N_ELEMENTS (argv), argv, error);
}

static void
mullion_redis_bus_subscribe (MullionMessageBus *bus,
                             const char        *topic,
                             gboolean           listens)
{
  mullion_redis_topics_subscribe (MULLION_REDIS_BUS (bus)->topics, topic, listens);
}

static void
mullion_redis_bus_push (MullionMessageBus *bus,
                        const char        *queue,
                        JsonNode          *value,
                        GTask             *task)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);
  MullionBusPush *push;

  if (self->commands == NULL)
    {
      g_task_return_new_error (task, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED,
                               "No job can be pushed to “%s”: the bus is not open", queue);
      g_object_unref (task);
      return;
    }

  push = mullion_bus_ledger_add_push (self->ledger, queue, value, task);
  if (push != NULL)
    send_push_cb (push, self);
}

static void
mullion_redis_bus_work (MullionMessageBus *bus,
                        const char        *queue,
                        gboolean           takes)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);

  if (!takes)
    g_hash_table_remove (self->queues, queue);
  else if (!g_hash_table_contains (self->queues, queue))
    {
      if (self->commands != NULL)
        start_queue (self, queue);
      else
        g_hash_table_insert (self->queues, g_strdup (queue), NULL);
    }
}

static void
mullion_redis_bus_acknowledge (MullionMessageBus *bus,
                               const char        *queue,
                               const char        *id)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (bus);
  MullionRedisQueue *source = g_hash_table_lookup (self->queues, queue);

  if (!mullion_bus_ledger_acknowledge (self->ledger, queue, id))
    return;

  if (mullion_redis_bus_is_connected (bus))
    send_done_cb (queue, id, self);
  if (source != NULL)
    mullion_redis_queue_go_on (source);
}

static void
mullion_redis_bus_iface_init (MullionMessageBusInterface *iface)
{
  iface->open = mullion_redis_bus_open;
  iface->close = mullion_redis_bus_close;
  iface->is_connected = mullion_redis_bus_is_connected;
  iface->publish = mullion_redis_bus_publish;
  iface->subscribe = mullion_redis_bus_subscribe;
  iface->push = mullion_redis_bus_push;
  iface->work = mullion_redis_bus_work;
  iface->acknowledge = mullion_redis_bus_acknowledge;
}

static void
mullion_redis_bus_dispose (GObject *object)
{
  mullion_redis_bus_close (MULLION_MESSAGE_BUS (object));

  G_OBJECT_CLASS (mullion_redis_bus_parent_class)->dispose (object);
}

static void
mullion_redis_bus_finalize (GObject *object)
{
  MullionRedisBus *self = MULLION_REDIS_BUS (object);

  mullion_bus_ledger_free (self->ledger);
  mullion_redis_topics_free (self->topics);
  g_hash_table_unref (self->queues);
  mullion_redis_server_clear (&self->server);
  g_free (self->prefix);
  g_free (self->consumer);

  G_OBJECT_CLASS (mullion_redis_bus_parent_class)->finalize (object);
}

static void
mullion_redis_bus_class_init (MullionRedisBusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_redis_bus_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_redis_bus_finalize;
}

static void
mullion_redis_bus_init (MullionRedisBus *self)
{
  self->prefix = g_strdup (DEFAULT_PREFIX);
  self->consumer = g_uuid_string_random ();
  self->claim_ms = DEFAULT_CLAIM_MS;
  self->ledger = mullion_bus_ledger_new ();
  self->topics = mullion_redis_topics_new (&topics_funcs, self);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_queue);
}

/**
 * mullion_redis_bus_new:
 * @host: the name or the address of a machine
 * @port: a port; that of Redis is 6379
 *
 * Makes a bus that is not open yet.
 *
 * Returns: (transfer full): the bus
 *
 * Since: 0.1
 */
MullionRedisBus *
mullion_redis_bus_new (const char *host,
                       guint16     port)
{
  MullionRedisBus *self;

  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (port != 0, NULL);

  self = g_object_new (MULLION_TYPE_REDIS_BUS, NULL);
  self->server.host = g_strdup (host);
  self->server.port = port;

  return self;
}

/**
 * mullion_redis_bus_new_for_path:
 * @path: (type filename): the path of a Unix socket
 *
 * Makes a bus that is not open yet, to a server on this machine.
 *
 * Returns: (transfer full): the bus
 *
 * Since: 0.1
 */
MullionRedisBus *
mullion_redis_bus_new_for_path (const char *path)
{
  MullionRedisBus *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (MULLION_TYPE_REDIS_BUS, NULL);
  self->server.host = g_strdup (path);

  return self;
}

/**
 * mullion_redis_bus_new_for_uri:
 * @uri: `redis://HOST`, or `rediss://HOST` for an encrypted connection; both may have a port, and
 *   a user and a password or `:PASSWORD` before the host
 * @error: return location for an error
 *
 * Makes a bus that is not open yet. An encrypted connection is made to a server alone whose
 * certificate is one for that host: see [method@RedisBus.set_tls].
 *
 * Returns: (transfer full): the bus, or %NULL with %MULLION_BUS_ERROR_ADDRESS
 *
 * Since: 0.1
 */
MullionRedisBus *
mullion_redis_bus_new_for_uri (const char  *uri,
                               GError     **error)
{
  g_autoptr(MullionRedisBus) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  self = g_object_new (MULLION_TYPE_REDIS_BUS, NULL);
  return mullion_redis_server_parse (&self->server, uri, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mullion_redis_bus_set_credentials:
 * @self: a bus that is not open
 * @user: (nullable): a user, or %NULL for the server's default one
 * @password: (nullable): the user's password, or %NULL for none
 *
 * Says who asks the server.
 *
 * Since: 0.1
 */
void
mullion_redis_bus_set_credentials (MullionRedisBus *self,
                                   const char      *user,
                                   const char      *password)
{
  g_return_if_fail (MULLION_IS_REDIS_BUS (self));
  g_return_if_fail (user == NULL || password != NULL);
  g_return_if_fail (self->commands == NULL);

  g_free (self->server.user);
  g_free (self->server.password);
  self->server.user = g_strdup (user);
  self->server.password = g_strdup (password);
}

/**
 * mullion_redis_bus_set_tls:
 * @self: a bus that is not open
 * @authorities: (nullable): who may have signed the server's certificate; %NULL for those of the
 *   system
 * @certificate: (nullable): the certificate of this app, which servers ask for unless they are told
 *   not to
 *
 * Says what an encrypted connection believes, and what it shows.
 *
 * Since: 0.1
 */
void
mullion_redis_bus_set_tls (MullionRedisBus *self,
                           GTlsDatabase    *authorities,
                           GTlsCertificate *certificate)
{
  g_return_if_fail (MULLION_IS_REDIS_BUS (self));
  g_return_if_fail (authorities == NULL || G_IS_TLS_DATABASE (authorities));
  g_return_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate));
  g_return_if_fail (self->commands == NULL);

  g_set_object (&self->server.authorities, authorities);
  g_set_object (&self->server.certificate, certificate);
}

/**
 * mullion_redis_bus_set_prefix:
 * @self: a bus that is not open
 * @prefix: what the names of channels and streams in the server begin with, `mullion:` at first
 *
 * Keeps the topics and queues of an app apart from those of others.
 *
 * Since: 0.1
 */
void
mullion_redis_bus_set_prefix (MullionRedisBus *self,
                              const char      *prefix)
{
  g_return_if_fail (MULLION_IS_REDIS_BUS (self));
  g_return_if_fail (prefix != NULL);
  g_return_if_fail (self->commands == NULL);

  g_free (self->prefix);
  self->prefix = g_strdup (prefix);
}

/**
 * mullion_redis_bus_set_claim_after:
 * @self: a bus that is not open
 * @milliseconds: a time, 60000 at first
 *
 * Says after what time without a sign of life the jobs of another worker are taken over. All workers
 * of a queue should have the same.
 *
 * Since: 0.1
 */
void
mullion_redis_bus_set_claim_after (MullionRedisBus *self,
                                   guint            milliseconds)
{
  g_return_if_fail (MULLION_IS_REDIS_BUS (self));
  g_return_if_fail (milliseconds > 0);
  g_return_if_fail (self->commands == NULL);

  self->claim_ms = milliseconds;
}
