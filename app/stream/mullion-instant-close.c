/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-instant-close.h"

/*
 * Closing a stream asynchronously where that never waits. GIO does it in a thread, in which our streams
 * must not be touched, and which a descriptor has no need of.
 */

static void
close_async (GInputStream        *stream,
             int                  priority,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_priority (task, priority);
  if (G_INPUT_STREAM_GET_CLASS (stream)->close_fn (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
close_finish (GInputStream  *stream,
              GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mullion_instant_close_install (GInputStreamClass *stream_class)
{
  stream_class->close_async = close_async;
  stream_class->close_finish = close_finish;
}
