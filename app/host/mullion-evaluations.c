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

/* A script, from the call to its result. */
typedef struct
{
  MullionEvaluations *owner; /* outlives us: our task holds the contents */
  guint64 id;                /* 0 while it waits */
  GTask *task;
  GSource *cancelled_source; /* (nullable) */
} Evaluation;

struct _MullionEvaluations
{
  GQueue waiting;      /* (owned) Evaluation, until the page has loaded */
  GHashTable *running; /* id → (owned) Evaluation */
  guint64 last_id;
};

MullionEvaluations *
mullion_evaluations_new (void)
{
  MullionEvaluations *self = g_new0 (MullionEvaluations, 1);

  g_queue_init (&self->waiting);
  self->running = g_hash_table_new (g_int64_hash, g_int64_equal);

  return self;
}

/* Returns: (transfer full): the task, which is to be answered as the last thing: whoever asked may
 * then do what they like, and let go of the contents. */
static GTask *
end (Evaluation *evaluation)
{
  GTask *task = evaluation->task;

  if (evaluation->id != 0)
    g_hash_table_remove (evaluation->owner->running, &evaluation->id);
  else
    g_queue_remove (&evaluation->owner->waiting, evaluation);

  if (evaluation->cancelled_source != NULL)
    g_source_destroy (evaluation->cancelled_source);
  g_clear_pointer (&evaluation->cancelled_source, g_source_unref);
  g_free (evaluation);

  return task;
}

static void
fail (GTask *task)
{
  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_GONE,
                           "The page went away before the script had ended");
  g_object_unref (task);
}

/* The script goes on, but nobody waits for it. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(GTask) task = end (user_data);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

void
mullion_evaluations_queue (MullionEvaluations *self,
                           GTask              *task)
{
  Evaluation *evaluation = g_new0 (Evaluation, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  evaluation->owner = self;
  evaluation->task = task;
  if (cancellable != NULL)
    {
      evaluation->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (evaluation->cancelled_source, G_SOURCE_FUNC (cancelled_cb),
                             evaluation, NULL);
      g_source_set_static_name (evaluation->cancelled_source, "[mullion] cancelled script");
      g_source_attach (evaluation->cancelled_source, NULL);
    }

  g_queue_push_tail (&self->waiting, evaluation);
}

static void
run (Evaluation      *evaluation,
     MullionPageHost *host)
{
  MullionEvaluations *self = evaluation->owner;
  const char *code = g_task_get_task_data (evaluation->task);
  guint64 id = ++self->last_id;
  g_autoptr(GError) error = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (evaluation->task)))
    cancelled_cb (NULL, evaluation);
  else if (host == NULL)
    fail (end (evaluation));
  else if (!mullion_page_host_evaluate (host, id, code, &error))
    {
      g_autoptr(GTask) task = end (evaluation);

      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    {
      g_queue_remove (&self->waiting, evaluation);
      evaluation->id = id;
      g_hash_table_insert (self->running, &evaluation->id, evaluation);
    }
}

void
mullion_evaluations_run (MullionEvaluations *self,
                         MullionPageHost    *host)
{
  while (!g_queue_is_empty (&self->waiting))
    run (g_queue_peek_head (&self->waiting), host);
}

void
mullion_evaluations_settle (MullionEvaluations *self,
                            guint64             id,
                            gboolean            succeeded,
                            JsonNode           *value)
{
  Evaluation *evaluation = g_hash_table_lookup (self->running, &id);
  g_autoptr(GTask) task = NULL;

  if (evaluation == NULL)
    return;

  task = end (evaluation);
  if (succeeded)
    g_task_return_pointer (task,
                           value != NULL ? json_node_copy (value) : json_node_new (JSON_NODE_NULL),
                           (GDestroyNotify) json_node_unref);
  else
    g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_SCRIPT, "%s",
                             value != NULL && json_node_get_value_type (value) == G_TYPE_STRING
                             ? json_node_get_string (value) : "The script failed");
}

void
mullion_evaluations_fail (MullionEvaluations *self)
{
  g_autoptr(GList) evaluations = g_hash_table_get_values (self->running);

  /* Each is taken out before the first is answered: an answer may begin a script anew. */
  for (GList *l = evaluations; l != NULL; l = l->next)
    l->data = end (l->data);
  g_list_foreach (evaluations, (GFunc) (void (*) (void)) fail, NULL);
}

void
mullion_evaluations_free (MullionEvaluations *self)
{
  mullion_evaluations_run (self, NULL);
  mullion_evaluations_fail (self);
  g_hash_table_unref (self->running);
  g_free (self);
}
