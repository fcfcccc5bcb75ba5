/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-evaluations.h"

#include "mullion-error.h"

/*
 * MullionEvaluations: the scripts that the main process runs in a page, and their results.
 *
 * Lives in the main process. Each has a number that the web process gives back with the result; a
 * number that is not waited for is ignored, so nothing can be answered twice or made up.
 */

struct _MullionEvaluations
{
  GQueue waiting;      /* (owned) GTask, until the page has loaded */
  GHashTable *running; /* id → (owned) GTask */
  guint64 last_id;
};

MullionEvaluations *
mullion_evaluations_new (void)
{
  MullionEvaluations *self = g_new0 (MullionEvaluations, 1);

  g_queue_init (&self->waiting);
  self->running = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

static void
fail (GTask *task)
{
  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_GONE,
                           "The page went away before the script had ended");
  g_object_unref (task);
}

void
mullion_evaluations_queue (MullionEvaluations *self,
                           GTask              *task)
{
  g_queue_push_tail (&self->waiting, task);
}

void
mullion_evaluations_run (MullionEvaluations *self,
                         MullionPageHost    *host)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      guint64 id = ++self->last_id;
      g_autoptr(GError) error = NULL;

      if (g_task_return_error_if_cancelled (task))
        g_object_unref (task);
      else if (host == NULL)
        fail (task);
      else if (!mullion_page_host_evaluate (host, id, g_task_get_task_data (task), &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          g_object_unref (task);
        }
      else
        g_hash_table_insert (self->running, g_memdup2 (&id, sizeof id), task);
    }
}

void
mullion_evaluations_settle (MullionEvaluations *self,
                            guint64             id,
                            gboolean            succeeded,
                            JsonNode           *value)
{
  gpointer key;
  gpointer task;

  if (!g_hash_table_steal_extended (self->running, &id, &key, &task))
    return;

  g_free (key);
  if (succeeded)
    g_task_return_pointer (task,
                           value != NULL ? json_node_copy (value) : json_node_new (JSON_NODE_NULL),
                           (GDestroyNotify) json_node_unref);
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_SCRIPT, "%s",
                             value != NULL && json_node_get_value_type (value) == G_TYPE_STRING
                             ? json_node_get_string (value) : "The script failed");
  g_object_unref (task);
}

void
mullion_evaluations_fail (MullionEvaluations *self)
{
  g_autoptr(GList) tasks = g_hash_table_get_values (self->running);

  g_hash_table_remove_all (self->running);
  g_list_foreach (tasks, (GFunc) (void (*) (void)) fail, NULL);
}

void
mullion_evaluations_free (MullionEvaluations *self)
{
  mullion_evaluations_run (self, NULL);
  mullion_evaluations_fail (self);
  g_hash_table_unref (self->running);
  g_free (self);
}
