/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-job-private.h"

/**
 * MullionBusJob:
 *
 * Something that this process is to do, out of a queue of a [iface@MessageBus].
 *
 * It is this process's until it is acknowledged, the bus is closed or the process ends. A job that is
 * never acknowledged, and whose worker lives, is nobody else's.
 *
 * Since: 0.1
 */

struct _MullionBusJob
{
  GObject parent_instance;

  GWeakRef bus;
  char *queue;
  char *id;
  JsonNode *value;
  gboolean is_acknowledged;
};

G_DEFINE_FINAL_TYPE (MullionBusJob, mullion_bus_job, G_TYPE_OBJECT)

static void
mullion_bus_job_finalize (GObject *object)
{
  MullionBusJob *self = MULLION_BUS_JOB (object);

  g_weak_ref_clear (&self->bus);
  g_free (self->queue);
  g_free (self->id);
  json_node_unref (self->value);

  G_OBJECT_CLASS (mullion_bus_job_parent_class)->finalize (object);
}

static void
mullion_bus_job_class_init (MullionBusJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_bus_job_finalize;
}

static void
mullion_bus_job_init (MullionBusJob *self)
{
}

MullionBusJob *
mullion_bus_job_new (MullionMessageBus *bus,
                     const char        *queue,
                     const char        *id,
                     JsonNode          *value)
{
  MullionBusJob *self = g_object_new (MULLION_TYPE_BUS_JOB, NULL);

  g_weak_ref_init (&self->bus, bus);
  self->queue = g_strdup (queue);
  self->id = g_strdup (id);
  self->value = json_node_ref (value);

  return self;
}

/**
 * mullion_bus_job_get_queue:
 * @self: a job
 *
 * Gets the queue that it came from.
 *
 * Returns: a name
 *
 * Since: 0.1
 */
const char *
mullion_bus_job_get_queue (MullionBusJob *self)
{
  g_return_val_if_fail (MULLION_IS_BUS_JOB (self), NULL);

  return self->queue;
}

/**
 * mullion_bus_job_get_id:
 * @self: a job
 *
 * Gets what the job is known by. It is the same when the job is given to another worker.
 *
 * Returns: an id
 *
 * Since: 0.1
 */
const char *
mullion_bus_job_get_id (MullionBusJob *self)
{
  g_return_val_if_fail (MULLION_IS_BUS_JOB (self), NULL);

  return self->id;
}

/**
 * mullion_bus_job_get_value:
 * @self: a job
 *
 * Gets what is to be done.
 *
 * Returns: (transfer none): the value that was pushed
 *
 * Since: 0.1
 */
JsonNode *
mullion_bus_job_get_value (MullionBusJob *self)
{
  g_return_val_if_fail (MULLION_IS_BUS_JOB (self), NULL);

  return self->value;
}

/**
 * mullion_bus_job_acknowledge:
 * @self: a job
 *
 * Says that the job is done, and nobody need do it again. Without a connection this is told to the
 * next one.
 *
 * Since: 0.1
 */
void
mullion_bus_job_acknowledge (MullionBusJob *self)
{
  g_autoptr(MullionMessageBus) bus = NULL;

  g_return_if_fail (MULLION_IS_BUS_JOB (self));

  if (self->is_acknowledged)
    return;

  self->is_acknowledged = TRUE;
  bus = g_weak_ref_get (&self->bus);
  if (bus != NULL)
    MULLION_MESSAGE_BUS_GET_IFACE (bus)->acknowledge (bus, self->queue, self->id);
}
