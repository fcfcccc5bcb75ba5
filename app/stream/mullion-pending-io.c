/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-pending-io.h"

/*
 * MullionPendingIo: what a stream was asked for and does when it can.
 *
 * Lives in the main process, in the thread of the main loop.
 */

static GTask *
take_task (MullionPendingIo *self)
{
  if (self->cancellation != NULL)
    g_source_destroy (self->cancellation);
  g_clear_pointer (&self->cancellation, g_source_unref);

  return g_steal_pointer (&self->task);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(GTask) task = take_task (user_data);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (MullionPendingIo *self,
                   GCancellable     *cancellable)
{
  self->cancellation = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancellation, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_set_static_name (self->cancellation, "[mullion] cancel what a stream waits for");
  g_source_attach (self->cancellation, NULL);
}

static void
answer (GTask  *task,
        gssize  n,
        GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

void
mullion_pending_io_start (MullionPendingIo    *self,
                          MullionAttemptFunc   attempt,
                          gpointer             stream,
                          gpointer             buffer,
                          gsize                size,
                          int                  priority,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;
  gssize n = 0;

  g_assert (self->task == NULL);

  g_task_set_priority (task, priority);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (attempt (stream, buffer, size, &n, &error))
    {
      answer (task, n, error);
      return;
    }

  self->attempt = attempt;
  self->task = g_steal_pointer (&task);
  self->buffer = buffer;
  self->size = size;
  if (cancellable != NULL)
    watch_cancellable (self, cancellable);
}

gboolean
mullion_pending_io_waits (MullionPendingIo *self)
{
  return self->task != NULL;
}

void
mullion_pending_io_retry (MullionPendingIo *self)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  gssize n = 0;

  if (self->task == NULL ||
      !self->attempt (g_task_get_source_object (self->task), self->buffer, self->size, &n, &error))
    return;

  task = take_task (self);
  answer (task, n, error);
}

void
mullion_pending_io_abort (MullionPendingIo *self,
                          GError           *error)
{
  g_autoptr(GTask) task = take_task (self);

  if (task != NULL)
    g_task_return_error (task, error);
  else
    g_error_free (error);
}

gssize
mullion_pending_io_finish (gpointer       stream,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
