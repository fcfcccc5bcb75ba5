/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-bus-private.h"

#include "mullion-bus-error.h"
#include "mullion-bus-job-private.h"
#include "mullion-message-error.h"
#include "mullion-value.h"

#include <string.h>

/**
 * MullionMessageBus:
 *
 * Messages between processes that do not know one another: a topic, which all hear who have
 * subscribed to it, and a queue of jobs, each of which one worker gets.
 *
 * There are two engines: [class@LocalBus] needs no server and is for the processes of one user on one
 * machine; [class@RedisBus] is for apps on several machines.
 *
 * A message that is published reaches those who listen at that time, and is lost for the others. A
 * job waits until a worker has acknowledged it. If the worker goes before that, another one gets it,
 * so a job may be done twice and a worker has to be able to bear it. When
 * [method@MessageBus.push_finish] says that a job was taken, it is not lost by the end of any process
 * of the bus; what else it survives is the engine's affair.
 *
 * The bus connects again when the connection breaks, and says to the server again what it listens to
 * and works on; jobs that were not taken yet are pushed again, those that were acknowledged are
 * acknowledged again.
 *
 * Values are those of messages; they become plain JSON, as by [func@value_to_json].
 *
 * Since: 0.1
 */

enum
{
  MESSAGE,
  JOB,
  SUBSCRIBED,
  CONNECT,
  DISCONNECT,
  ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (MullionMessageBus, mullion_message_bus, G_TYPE_OBJECT)

static void
mullion_message_bus_default_init (MullionMessageBusInterface *iface)
{
  GType type = MULLION_TYPE_MESSAGE_BUS;

  /**
   * MullionMessageBus::message:
   * @self: the bus
   * @topic: where it was published
   * @value: (transfer none): what it says
   *
   * Somebody has published a message on a topic that this bus is subscribed to.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionMessageBus::job:
   * @self: the bus
   * @job: what is to be done
   *
   * There is work. Keep a reference of @job, and acknowledge it when it is done.
   *
   * Since: 0.1
   */
  signals[JOB] = g_signal_new ("job", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               MULLION_TYPE_BUS_JOB);

  /**
   * MullionMessageBus::subscribed:
   * @self: the bus
   * @topic: what is listened to
   *
   * From now on this bus hears what is published on a topic: what is published later, by whomever, is
   * told. A subscription takes a moment, and another one after each new connection, so this comes again
   * then.
   *
   * Since: 0.1
   */
  signals[SUBSCRIBED] = g_signal_new ("subscribed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionMessageBus::connect:
   * @self: the bus
   *
   * There is a connection.
   *
   * Since: 0.1
   */
  signals[CONNECT] = g_signal_new ("connect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * MullionMessageBus::disconnect:
   * @self: the bus
   *
   * The connection is over. Another one is being made.
   *
   * Since: 0.1
   */
  signals[DISCONNECT] = g_signal_new ("disconnect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);

  /**
   * MullionMessageBus::error:
   * @self: the bus
   * @error: an error of %MULLION_BUS_ERROR, or of %MULLION_MESSAGE_ERROR if a message was lost
   *
   * Something went wrong, and the bus goes on: it tries to connect again, less and less often.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

/* -- For the engines -- */

gboolean
mullion_message_bus_check_name (const char  *name,
                                GError     **error)
{
  if (*name == '\0')
    g_set_error_literal (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_NAME,
                         "A topic or a queue needs a name");
  else if (strlen (name) > MULLION_BUS_MAX_NAME)
    g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_NAME,
                 "The name of a topic or a queue has %" G_GSIZE_FORMAT " bytes; at most %d are possible",
                 strlen (name), MULLION_BUS_MAX_NAME);
  else
    return TRUE;

  return FALSE;
}

gboolean
mullion_message_bus_check_queued (gsize    queued,
                                  GError **error)
{
  if (queued < MULLION_BUS_MAX_PUBLISHED)
    return TRUE;

  g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL,
               "Nothing more can be published: %" G_GSIZE_FORMAT " bytes are waiting for the bus", queued);
  return FALSE;
}

void
mullion_message_bus_tell_message (MullionMessageBus *self,
                                  const char        *topic,
                                  JsonNode          *value)
{
  g_signal_emit (self, signals[MESSAGE], 0, topic, value);
}

void
mullion_message_bus_tell_subscribed (MullionMessageBus *self,
                                     const char        *topic)
{
  g_signal_emit (self, signals[SUBSCRIBED], 0, topic);
}

void
mullion_message_bus_tell_job (MullionMessageBus *self,
                              const char        *queue,
                              const char        *id,
                              JsonNode          *value)
{
  g_autoptr(MullionBusJob) job = mullion_bus_job_new (self, queue, id, value);

  g_signal_emit (self, signals[JOB], 0, job);
}

void
mullion_message_bus_tell_state (MullionMessageBus *self,
                                gboolean           is_connected)
{
  g_signal_emit (self, signals[is_connected ? CONNECT : DISCONNECT], 0);
}

void
mullion_message_bus_tell_error (MullionMessageBus *self,
                                GError            *error)
{
  g_signal_emit (self, signals[ERROR], 0, error);
  g_error_free (error);
}

char *
mullion_message_bus_dup_text (JsonNode   *data,
                              const char *name)
{
  return mullion_value_dup_string (mullion_value_get_member (data, name), NULL);
}

/* -- For apps -- */

/**
 * mullion_message_bus_open:
 * @self: a bus
 *
 * Connects, and again whenever the connection breaks, until [method@MessageBus.close].
 *
 * Since: 0.1
 */
void
mullion_message_bus_open (MullionMessageBus *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_BUS (self));

  MULLION_MESSAGE_BUS_GET_IFACE (self)->open (self);
}

/**
 * mullion_message_bus_close:
 * @self: a bus
 *
 * Ends the connection, and makes no other. Jobs that were not taken yet fail; those that this bus has
 * and did not acknowledge are for other workers.
 *
 * Since: 0.1
 */
void
mullion_message_bus_close (MullionMessageBus *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_BUS (self));

  MULLION_MESSAGE_BUS_GET_IFACE (self)->close (self);
}

/**
 * mullion_message_bus_is_connected:
 * @self: a bus
 *
 * Asks whether there is a connection.
 *
 * Returns: whether messages can be published
 *
 * Since: 0.1
 */
gboolean
mullion_message_bus_is_connected (MullionMessageBus *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_BUS (self), FALSE);

  return MULLION_MESSAGE_BUS_GET_IFACE (self)->is_connected (self);
}

/**
 * mullion_message_bus_publish:
 * @self: a bus
 * @topic: a name, of at most 256 bytes
 * @value: (nullable) (transfer full): what to say; %NULL is null
 * @error: return location for an error
 *
 * Says something to all who have subscribed to a topic, this bus among them.
 *
 * Returns: whether it is on its way; %FALSE with an error of %MULLION_BUS_ERROR, or of
 *   %MULLION_MESSAGE_ERROR if it is too large, too much is waiting, or the value is none of JSON
 *
 * Since: 0.1
 */
gboolean
mullion_message_bus_publish (MullionMessageBus  *self,
                             const char         *topic,
                             JsonNode           *value,
                             GError            **error)
{
  g_autoptr(JsonNode) owned_value = value;

  g_return_val_if_fail (MULLION_IS_MESSAGE_BUS (self), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  if (owned_value == NULL)
    owned_value = json_node_init_null (json_node_alloc ());

  return mullion_message_bus_check_name (topic, error) &&
         MULLION_MESSAGE_BUS_GET_IFACE (self)->publish (self, topic, owned_value, error);
}

/**
 * mullion_message_bus_subscribe:
 * @self: a bus
 * @topic: a name, of at most 256 bytes
 * @error: return location for an error
 *
 * Listens to a topic: see [signal@MessageBus::message]. Without a connection it begins with the next
 * one; [signal@MessageBus::subscribed] tells that it has begun.
 *
 * Returns: whether the name can be one of a topic
 *
 * Since: 0.1
 */
gboolean
mullion_message_bus_subscribe (MullionMessageBus  *self,
                               const char         *topic,
                               GError            **error)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_BUS (self), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  if (!mullion_message_bus_check_name (topic, error))
    return FALSE;

  MULLION_MESSAGE_BUS_GET_IFACE (self)->subscribe (self, topic, TRUE);
  return TRUE;
}

/**
 * mullion_message_bus_unsubscribe:
 * @self: a bus
 * @topic: a name
 *
 * Listens to a topic no longer.
 *
 * Since: 0.1
 */
void
mullion_message_bus_unsubscribe (MullionMessageBus *self,
                                 const char        *topic)
{
  g_return_if_fail (MULLION_IS_MESSAGE_BUS (self));
  g_return_if_fail (topic != NULL);

  MULLION_MESSAGE_BUS_GET_IFACE (self)->subscribe (self, topic, FALSE);
}

/**
 * mullion_message_bus_push_async:
 * @self: a bus
 * @queue: a name, of at most 256 bytes
 * @value: (nullable) (transfer full): what is to be done; %NULL is null
 * @cancellable: (nullable): stops the waiting; the job may be pushed all the same
 * @callback: (scope async): called when the bus has taken the job
 * @user_data: for @callback
 *
 * Puts a job into a queue. Without a connection it waits for the next one.
 *
 * Since: 0.1
 */
void
mullion_message_bus_push_async (MullionMessageBus   *self,
                                const char          *queue,
                                JsonNode            *value,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(JsonNode) owned_value = value;
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_MESSAGE_BUS (self));
  g_return_if_fail (queue != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_message_bus_push_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (owned_value == NULL)
    owned_value = json_node_init_null (json_node_alloc ());

  if (mullion_message_bus_check_name (queue, &error))
    MULLION_MESSAGE_BUS_GET_IFACE (self)->push (self, queue, owned_value, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/**
 * mullion_message_bus_push_finish:
 * @self: a bus
 * @result: the result that the callback got
 * @error: return location for an error
 *
 * Asks what became of a job.
 *
 * Returns: whether the bus has taken it; %FALSE with an error of %MULLION_BUS_ERROR or
 *   %MULLION_MESSAGE_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_message_bus_push_finish (MullionMessageBus  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_message_bus_work:
 * @self: a bus
 * @queue: a name, of at most 256 bytes
 * @error: return location for an error
 *
 * Takes jobs out of a queue: see [signal@MessageBus::job]. At most 16 of them come without one being
 * acknowledged.
 *
 * Returns: whether the name can be one of a queue
 *
 * Since: 0.1
 */
gboolean
mullion_message_bus_work (MullionMessageBus  *self,
                          const char         *queue,
                          GError            **error)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_BUS (self), FALSE);
  g_return_val_if_fail (queue != NULL, FALSE);

  if (!mullion_message_bus_check_name (queue, error))
    return FALSE;

  MULLION_MESSAGE_BUS_GET_IFACE (self)->work (self, queue, TRUE);
  return TRUE;
}

/**
 * mullion_message_bus_rest:
 * @self: a bus
 * @queue: a name
 *
 * Takes no more jobs out of a queue. Those that came before can still be acknowledged.
 *
 * Since: 0.1
 */
void
mullion_message_bus_rest (MullionMessageBus *self,
                          const char        *queue)
{
  g_return_if_fail (MULLION_IS_MESSAGE_BUS (self));
  g_return_if_fail (queue != NULL);

  MULLION_MESSAGE_BUS_GET_IFACE (self)->work (self, queue, FALSE);
}
