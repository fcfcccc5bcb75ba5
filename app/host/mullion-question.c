/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-question.h"

#include "mullion-byte-store.h"

/*
 * MullionQuestion: a call that the main process makes to a page, from the asking to the answer.
 *
 * Lives in the main process. It has one holder at a time: the outbox while the page does not listen
 * yet, then the document that was asked. It may end in their hands, when it is cancelled or its time
 * is up, and tells them.
 */

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Returns: (transfer full): the task */
static GTask *
end (MullionQuestion *self)
{
  GTask *task = self->task;

  clear_source (&self->cancelled_source);
  clear_source (&self->timeout_source);
  g_clear_pointer (&self->args, json_array_unref);
  g_clear_pointer (&self->hold, mullion_byte_hold_unref);
  g_free (self->channel);
  g_free (self);

  return task;
}

static void
leave (MullionQuestion *self)
{
  MullionQuestionLeaveFunc leave_holder = g_steal_pointer (&self->leave);

  if (leave_holder != NULL)
    leave_holder (self, self->holder);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  MullionQuestion *self = user_data;
  g_autoptr(GTask) task = NULL;

  leave (self);
  task = end (self);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static gboolean
timeout_cb (gpointer user_data)
{
  MullionQuestion *self = user_data;

  leave (self);
  mullion_question_fail (self, MULLION_ERROR_TIMED_OUT, "The page did not answer in time");

  return G_SOURCE_REMOVE;
}

static void
watch_cancellable (MullionQuestion *self,
                   GCancellable    *cancellable)
{
  self->cancelled_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_set_static_name (self->cancelled_source, "[mullion] cancelled question");
  g_source_attach (self->cancelled_source, NULL);
}

static void
watch_time (MullionQuestion *self,
            guint            timeout_msec)
{
  self->timeout_source = g_timeout_source_new (timeout_msec);
  g_source_set_callback (self->timeout_source, timeout_cb, self, NULL);
  g_source_set_static_name (self->timeout_source, "[mullion] question without an answer");
  g_source_attach (self->timeout_source, NULL);
}

MullionQuestion *
mullion_question_new (GTask      *task,
                      const char *channel,
                      JsonArray  *args,
                      guint       timeout_msec)
{
  MullionQuestion *self = g_new0 (MullionQuestion, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = task;
  self->channel = g_strdup (channel);
  self->args = args;
  self->hold = mullion_byte_hold_new_array (args);
  if (cancellable != NULL)
    watch_cancellable (self, cancellable);
  if (timeout_msec != 0)
    watch_time (self, timeout_msec);

  return self;
}

void
mullion_question_set_holder (MullionQuestion          *self,
                             MullionQuestionLeaveFunc  leave_holder,
                             gpointer                  holder)
{
  self->leave = leave_holder;
  self->holder = holder;
}

void
mullion_question_return (MullionQuestion *self,
                         JsonNode        *value)
{
  g_autoptr(GTask) task = end (self);

  g_task_return_pointer (task,
                         value != NULL ? json_node_copy (value) : json_node_new (JSON_NODE_NULL),
                         (GDestroyNotify) json_node_unref);
}

void
mullion_question_fail (MullionQuestion *self,
                       MullionError     code,
                       const char      *reason)
{
  g_autoptr(GError) error = g_error_new (MULLION_ERROR, code,
                                         "Error invoking remote method '%s': %s",
                                         self->channel, reason);
  g_autoptr(GTask) task = end (self);

  g_task_return_error (task, g_steal_pointer (&error));
}
