/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-host.h"

#include "mullion-bus-error.h"
#include "mullion-bus-journal.h"
#include "mullion-message-bus-private.h"
#include "mullion-socket-server.h"
#include "mullion-value.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/*
 * MullionBusHost: who listens to what, and which jobs wait for whom.
 *
 * One process of a local bus hosts it; it holds a lock for that, and the kernel gives the lock back
 * however the process ends. Then another takes over, with the jobs that the journal has. The others
 * are processes of the same user, which may still say anything: what has no shape is ignored.
 */

/* Of jobs that wait, in bytes of their texts; and of what one process may ask for. */
#define MAX_JOBS 65536
#define MAX_NAMES 4096

typedef struct
{
  char *id;
  char *queue;
  JsonNode *value;
  MullionSocketPeer *worker; /* (nullable) (unowned): who has it */
} Job;

typedef struct
{
  GHashTable *topics; /* set of names */
  GHashTable *queues; /* name → how many jobs it has of that queue */
} Member;

struct _MullionBusHost
{
  int lock;
  MullionSocketServer *server;
  MullionBusJournal *journal;

  GHashTable *members; /* peer (unowned) → Member (owned) */
  GHashTable *jobs;    /* id → Job (owned) */
  GHashTable *waiting; /* queue → GQueue of Job (unowned) */
};

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job->queue);
  json_node_unref (job->value);
  g_free (job);
}

static void
free_member (gpointer data)
{
  Member *member = data;

  g_hash_table_unref (member->topics);
  g_hash_table_unref (member->queues);
  g_free (member);
}

static void
free_queue (gpointer queue)
{
  g_queue_free (queue);
}

/* -- Messages -- */

/* The name of a topic or queue, or NULL if it is none. */
static char *
dup_name (JsonNode   *data,
          const char *key)
{
  char *name = mullion_message_bus_dup_text (data, key);

  if (name != NULL && !mullion_message_bus_check_name (name, NULL))
    g_clear_pointer (&name, g_free);

  return name;
}

static gboolean
say (MullionSocketPeer *peer,
     const char        *type,
     const char        *first_name,
     const char        *first,
     const char        *second_name,
     const char        *second,
     JsonNode          *value)
{
  JsonObject *object = json_object_new ();
  JsonNode *data = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, first_name, first);
  if (second != NULL)
    json_object_set_string_member (object, second_name, second);
  if (value != NULL)
    json_object_set_member (object, "value", json_node_copy (value));

  return mullion_socket_peer_send (peer, type, data, NULL);
}

/* -- Jobs -- */

/* The worker of @queue that has the fewest jobs of it, if one may have more. */
static MullionSocketPeer *
find_worker (MullionBusHost *self,
             const char     *queue)
{
  MullionSocketPeer *best = NULL;
  int fewest = MULLION_BUS_MAX_HELD;
  GHashTableIter iter;
  gpointer peer, member;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &peer, &member))
    {
      gpointer n_held = NULL;

      if (g_hash_table_lookup_extended (((Member *) member)->queues, queue, NULL, &n_held) &&
          GPOINTER_TO_INT (n_held) < fewest)
        {
          best = peer;
          fewest = GPOINTER_TO_INT (n_held);
        }
    }

  return best;
}

static void
count_job (MullionBusHost    *self,
           MullionSocketPeer *peer,
           const char        *queue,
           int                change)
{
  Member *member = g_hash_table_lookup (self->members, peer);
  gpointer n_held = NULL;

  if (member != NULL && g_hash_table_lookup_extended (member->queues, queue, NULL, &n_held))
    g_hash_table_insert (member->queues, g_strdup (queue),
                         GINT_TO_POINTER (GPOINTER_TO_INT (n_held) + change));
}

static int
count_jobs_of (MullionBusHost    *self,
               MullionSocketPeer *peer,
               const char        *queue)
{
  GHashTableIter iter;
  gpointer value;
  int n = 0;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Job *) value)->worker == peer && g_str_equal (((Job *) value)->queue, queue))
      n++;

  return n;
}

static void
hand_out (MullionBusHost *self,
          const char     *queue)
{
  GQueue *waiting = g_hash_table_lookup (self->waiting, queue);
  MullionSocketPeer *worker;
  Job *job;

  while (waiting != NULL && (job = g_queue_peek_head (waiting)) != NULL &&
         (worker = find_worker (self, queue)) != NULL)
    {
      if (!say (worker, MULLION_BUS_JOB, "id", job->id, "queue", queue, job->value))
        return;

      g_queue_pop_head (waiting);
      job->worker = worker;
      count_job (self, worker, queue, 1);
    }
}

static GQueue *
ensure_queue (MullionBusHost *self,
              const char     *queue)
{
  GQueue *waiting = g_hash_table_lookup (self->waiting, queue);

  if (waiting == NULL)
    {
      waiting = g_queue_new ();
      g_hash_table_insert (self->waiting, g_strdup (queue), waiting);
    }

  return waiting;
}

static void
add_job (const char *queue,
         const char *id,
         JsonNode   *value,
         gpointer    user_data)
{
  MullionBusHost *self = user_data;
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (id);
  job->queue = g_strdup (queue);
  job->value = json_node_ref (value);
  g_hash_table_insert (self->jobs, job->id, job);
  g_queue_push_tail (ensure_queue (self, queue), job);
}

/* -- What members say -- */

static void
publish (MullionBusHost    *self,
         MullionSocketPeer *peer,
         JsonNode          *data)
{
  g_autofree char *topic = dup_name (data, "topic");
  JsonNode *value = topic != NULL ? mullion_value_get_member (data, "value") : NULL;
  GHashTableIter iter;
  gpointer other, member;

  if (value == NULL)
    return;

  /* Who does not read misses it: a message is for those who listen. */
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &other, &member))
    if (g_hash_table_contains (((Member *) member)->topics, topic) &&
        mullion_socket_peer_get_queued (other) < MULLION_BUS_MAX_PUBLISHED)
      say (other, MULLION_BUS_MESSAGE, "topic", topic, NULL, NULL, value);
}

static void
subscribe (MullionBusHost    *self,
           MullionSocketPeer *peer,
           JsonNode          *data)
{
  Member *member = g_hash_table_lookup (self->members, peer);
  g_autofree char *topic = dup_name (data, "topic");

  if (topic == NULL || g_hash_table_size (member->topics) >= MAX_NAMES)
    return;

  say (peer, MULLION_BUS_SUBSCRIBED, "topic", topic, NULL, NULL, NULL);
  g_hash_table_add (member->topics, g_steal_pointer (&topic));
}

static void
unsubscribe (MullionBusHost    *self,
             MullionSocketPeer *peer,
             JsonNode          *data)
{
  Member *member = g_hash_table_lookup (self->members, peer);
  g_autofree char *topic = dup_name (data, "topic");

  if (topic != NULL)
    g_hash_table_remove (member->topics, topic);
}

/* A job that is pushed again, for its answer was lost, is there already. */
static void
push (MullionBusHost    *self,
      MullionSocketPeer *peer,
      JsonNode          *data)
{
  g_autofree char *id = dup_name (data, "id");
  g_autofree char *queue = dup_name (data, "queue");
  JsonNode *value = id != NULL && queue != NULL ? mullion_value_get_member (data, "value") : NULL;
  g_autoptr(GError) error = NULL;

  if (value == NULL)
    return;

  if (!g_hash_table_contains (self->jobs, id))
    {
      if (g_hash_table_size (self->jobs) >= MAX_JOBS)
        g_set_error (&error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FULL,
                     "There are %d jobs that nobody has done", MAX_JOBS);
      else if (mullion_bus_journal_add (self->journal, queue, id, value, &error))
        add_job (queue, id, value, self);
    }

  if (error != NULL)
    say (peer, MULLION_BUS_REFUSED, "id", id, "text", error->message, NULL);
  else
    say (peer, MULLION_BUS_PUSHED, "id", id, NULL, NULL, NULL);
  hand_out (self, queue);
}

static void
work (MullionBusHost    *self,
      MullionSocketPeer *peer,
      JsonNode          *data)
{
  Member *member = g_hash_table_lookup (self->members, peer);
  g_autofree char *queue = dup_name (data, "queue");

  if (queue == NULL || g_hash_table_size (member->queues) >= MAX_NAMES ||
      g_hash_table_contains (member->queues, queue))
    return;

  g_hash_table_insert (member->queues, g_strdup (queue),
                       GINT_TO_POINTER (count_jobs_of (self, peer, queue)));
  hand_out (self, queue);
}

static void
rest (MullionBusHost    *self,
      MullionSocketPeer *peer,
      JsonNode          *data)
{
  Member *member = g_hash_table_lookup (self->members, peer);
  g_autofree char *queue = dup_name (data, "queue");

  if (queue != NULL)
    g_hash_table_remove (member->queues, queue);
}

/* (nullable): the job that @data names. */
static Job *
find_job (MullionBusHost  *self,
          JsonNode        *data,
          char           **id,
          char           **queue)
{
  Job *job;

  *id = dup_name (data, "id");
  *queue = dup_name (data, "queue");
  job = *id != NULL && *queue != NULL ? g_hash_table_lookup (self->jobs, *id) : NULL;

  return job != NULL && g_str_equal (job->queue, *queue) ? job : NULL;
}

/* Who had a job of the host before this one still has it, unless somebody was faster. */
static void
hold (MullionBusHost    *self,
      MullionSocketPeer *peer,
      JsonNode          *data)
{
  g_autofree char *id = NULL;
  g_autofree char *queue = NULL;
  Job *job = find_job (self, data, &id, &queue);

  if (job == NULL || job->worker != NULL)
    return;

  g_queue_remove (ensure_queue (self, queue), job);
  job->worker = peer;
  count_job (self, peer, queue, 1);
}

/* What is done is done, whoever did it. */
static void
done (MullionBusHost    *self,
      MullionSocketPeer *peer,
      JsonNode          *data)
{
  g_autofree char *id = NULL;
  g_autofree char *queue = NULL;
  Job *job = find_job (self, data, &id, &queue);

  if (id == NULL || queue == NULL)
    return;

  if (job != NULL)
    {
      if (job->worker == NULL)
        g_queue_remove (ensure_queue (self, queue), job);
      else
        count_job (self, job->worker, queue, -1);
      mullion_bus_journal_remove (self->journal, id);
      g_hash_table_remove (self->jobs, id);
    }

  say (peer, MULLION_BUS_GONE, "id", id, "queue", queue, NULL);
  hand_out (self, queue);
}

static const struct
{
  const char *type;
  void (*handle) (MullionBusHost    *self,
                  MullionSocketPeer *peer,
                  JsonNode          *data);
} handlers[] = {
  { MULLION_BUS_PUBLISH, publish },
  { MULLION_BUS_SUBSCRIBE, subscribe },
  { MULLION_BUS_UNSUBSCRIBE, unsubscribe },
  { MULLION_BUS_PUSH, push },
  { MULLION_BUS_WORK, work },
  { MULLION_BUS_REST, rest },
  { MULLION_BUS_HOLD, hold },
  { MULLION_BUS_DONE, done },
};

static void
message_cb (MullionSocketServer *server,
            MullionSocketPeer   *peer,
            const char          *type,
            JsonNode            *data,
            MullionBusHost      *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (handlers[i].type, type))
      {
        handlers[i].handle (self, peer, data);
        return;
      }
}

static void
connect_cb (MullionSocketServer *server,
            MullionSocketPeer   *peer,
            MullionBusHost      *self)
{
  Member *member = g_new (Member, 1);

  member->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  member->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (self->members, peer, member);
  mullion_socket_peer_set_max_queued (peer, MULLION_BUS_MAX_QUEUED);
}

/* What it had is for others, before all that came later. */
static void
disconnect_cb (MullionSocketServer *server,
               MullionSocketPeer   *peer,
               MullionBusHost      *self)
{
  g_autoptr(GHashTable) queues = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_remove (self->members, peer);
  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Job *job = value;

      if (job->worker != peer)
        continue;
      job->worker = NULL;
      g_queue_push_head (ensure_queue (self, job->queue), job);
      g_hash_table_add (queues, job->queue);
    }

  g_hash_table_iter_init (&iter, queues);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    hand_out (self, value);
}

/* -- The one host -- */

char *
mullion_bus_host_build_path (const char *folder,
                             const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* TRUE without a lock if another process has it. */
static gboolean
take_lock (const char  *path,
           int         *lock,
           GError     **error)
{
  g_autofree char *file = g_strconcat (path, ".lock", NULL);

  *lock = g_open (file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (*lock < 0)
    {
      g_set_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_UNAVAILABLE,
                   "The bus cannot be hosted at “%s”: %s", file, g_strerror (errno));
      return FALSE;
    }

  if (flock (*lock, LOCK_EX | LOCK_NB) < 0)
    {
      close (*lock);
      *lock = -1;
    }

  return TRUE;
}

static gboolean
start (MullionBusHost  *self,
       const char      *path,
       GError         **error)
{
  g_autofree char *journal = g_strconcat (path, ".jobs", NULL);

  self->journal = mullion_bus_journal_open (journal, add_job, self, error);
  return self->journal != NULL && mullion_socket_server_listen (self->server, path, error);
}

MullionBusHost *
mullion_bus_host_new (const char  *folder,
                      const char  *name,
                      GError     **error)
{
  g_autofree char *path = mullion_bus_host_build_path (folder, name);
  MullionBusHost *self;
  int lock = -1;

  if (!take_lock (path, &lock, error) || lock < 0)
    return NULL;

  self = g_new0 (MullionBusHost, 1);
  self->lock = lock;
  self->members = g_hash_table_new_full (NULL, NULL, NULL, free_member);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_job);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_queue);
  self->server = mullion_socket_server_new ();
  g_signal_connect (self->server, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->server, "connect", G_CALLBACK (connect_cb), self);
  g_signal_connect (self->server, "disconnect", G_CALLBACK (disconnect_cb), self);

  if (start (self, path, error))
    return self;

  mullion_bus_host_free (self);
  return NULL;
}

/* The socket goes before the lock: who gets the lock finds no server there. */
void
mullion_bus_host_free (MullionBusHost *self)
{
  g_signal_handlers_disconnect_by_data (self->server, self);
  mullion_socket_server_stop (self->server);
  g_object_unref (self->server);
  g_clear_pointer (&self->journal, mullion_bus_journal_close);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->jobs);
  g_hash_table_unref (self->members);
  close (self->lock);
  g_free (self);
}
