/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"
#include "mullion-text-path.h"
#include "mullion-text-store.h"

/*
 * The capability `text-files`: the channels over a MullionTextStore. Main process.
 *
 * A write waits for the disk, so the work is done by one thread beside the main loop: one, and not
 * several, for then what a page called first also happens first. Writes and removals are done even
 * when their page is gone by then, since a page often saves in its last moment.
 */

/* A page that calls faster than the disk writes is told so before its calls fill the memory. */
#define MAX_WAITING_CALLS 10000
#define MAX_WAITING_KIBIBYTES (256 * 1024)

typedef enum
{
  OPERATION_READ,
  OPERATION_WRITE,
  OPERATION_LIST,
  OPERATION_REMOVE,
} Operation;

typedef struct
{
  Operation operation;
  MullionIpcMainInvokeEvent *event;
  char *path;
  char *text;

  /* The outcome. */
  JsonNode *value;
  GError *error;
} Job;

typedef struct
{
  MullionTextStore *store;
  GThreadPool *worker;
  int waiting_kibibytes; /* (atomic) */
} TextFiles;

static void
free_job (Job *job)
{
  g_clear_object (&job->event);
  g_free (job->path);
  g_free (job->text);
  g_clear_pointer (&job->value, json_node_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
answer_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    mullion_ipc_main_invoke_event_return_error (job->event, g_steal_pointer (&job->error));
  else
    mullion_ipc_main_invoke_event_return (job->event, g_steal_pointer (&job->value));
  return G_SOURCE_REMOVE;
}

static void
read_text (MullionTextStore *store,
           Job              *job)
{
  g_autofree char *text = mullion_text_store_read (store, job->path, &job->error);

  if (text != NULL)
    job->value = json_node_init_string (json_node_alloc (), text);
}

static int
count_kibibytes (Job *job)
{
  return job->text != NULL ? strlen (job->text) / 1024 : 0;
}

/* In the worker: the event is only carried here, and answered on the main loop. */
static void
run_cb (gpointer data,
        gpointer user_data)
{
  Job *job = data;
  TextFiles *self = user_data;

  switch (job->operation)
    {
    case OPERATION_READ:
      read_text (self->store, job);
      break;
    case OPERATION_WRITE:
      mullion_text_store_write (self->store, job->path, job->text, &job->error);
      break;
    case OPERATION_LIST:
      job->value = mullion_text_store_list (self->store, job->path, &job->error);
      break;
    case OPERATION_REMOVE:
      mullion_text_store_remove (self->store, job->path, &job->error);
      break;
    default:
      g_assert_not_reached ();
    }
  g_atomic_int_add (&self->waiting_kibibytes, -count_kibibytes (job));
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, job, (GDestroyNotify) free_job);
}

static gboolean
check_room (TextFiles  *self,
            GError    **error)
{
  if (g_thread_pool_unprocessed (self->worker) < MAX_WAITING_CALLS &&
      g_atomic_int_get (&self->waiting_kibibytes) < MAX_WAITING_KIBIBYTES)
    return TRUE;
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
               "too many calls wait for the disk: await some of them first");
  return FALSE;
}

static void
start (TextFiles                 *self,
       Operation                  operation,
       MullionIpcMainInvokeEvent *event,
       JsonArray                 *args)
{
  gboolean is_write = operation == OPERATION_WRITE;
  gboolean is_root = operation == OPERATION_LIST && mullion_arguments_is_missing (args, 0);
  const char *path = is_root ? "" : NULL;
  const char *text = NULL;
  GError *error = NULL;
  Job *job;

  if (!check_room (self, &error) ||
      !mullion_arguments_check_count (args, is_write ? 2 : 1, &error) ||
      (path == NULL && !(path = mullion_arguments_get_string (args, 0, "path",
                                                              MULLION_TEXT_PATH_MAX, &error))) ||
      (is_write && !(text = mullion_arguments_get_string (args, 1, "text",
                                                          MULLION_TEXT_STORE_MAX_SIZE, &error))))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  job = g_new0 (Job, 1);
  job->operation = operation;
  job->event = g_object_ref (event);
  job->path = g_strdup (path);
  job->text = g_strdup (text);
  g_atomic_int_add (&self->waiting_kibibytes, count_kibibytes (job));
  g_thread_pool_push (self->worker, job, NULL);
}

static void
read_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  start (user_data, OPERATION_READ, event, args);
}

static void
write_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  start (user_data, OPERATION_WRITE, event, args);
}

static void
list_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  start (user_data, OPERATION_LIST, event, args);
}

static void
remove_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  start (user_data, OPERATION_REMOVE, event, args);
}

/* Waits for what is queued: the last note of an app that quits is written too. */
static void
free_text_files (gpointer data)
{
  TextFiles *self = data;

  g_thread_pool_free (self->worker, FALSE, TRUE);
  g_object_unref (self->store);
  g_free (self);
}

void
mullion_text_files_add_handlers (MullionCapabilitySet *set)
{
  MullionApp *app = mullion_capability_set_get_app (set);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = mullion_app_dup_path (app, "userData", &error);
  g_autofree char *root = NULL;
  TextFiles *self;

  if (data == NULL)
    {
      g_warning ("text-files is not there: %s", error->message);
      return;
    }
  root = g_build_filename (data, "files", NULL);
  self = g_new0 (TextFiles, 1);
  self->store = mullion_text_store_new (root, mullion_capability_set_get_grants (set));
  self->worker = g_thread_pool_new (run_cb, self, 1, FALSE, NULL);
  mullion_capability_set_own (set, self, free_text_files);

  mullion_capability_set_handle (set, "mullion:text-files.read", read_cb, self);
  mullion_capability_set_handle (set, "mullion:text-files.write", write_cb, self);
  mullion_capability_set_handle (set, "mullion:text-files.list", list_cb, self);
  mullion_capability_set_handle (set, "mullion:text-files.remove", remove_cb, self);
}
