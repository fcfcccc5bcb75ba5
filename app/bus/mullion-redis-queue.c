/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-redis-queue.h"

#include "mullion-bus-host.h"
#include "mullion-message-error.h"
#include "mullion-plain-json.h"

/*
 * MullionRedisQueue: takes jobs out of a stream of Redis, as a member of its group of workers.
 *
 * It has a connection of its own, on which it waits for jobs in the server. First it asks for what
 * was given to it before the connection broke; then, every now and then, for what other workers have
 * had for so long that they must be gone; and then for what is new.
 */

/* For how long a connection waits in the server. */
#define MAX_BLOCK_MS 5000

/* After an error. */
#define PAUSE_MS 1000

typedef enum
{
  MAKE_GROUP,
  READ_OWN,
  CLAIM,
  READ_NEW,
} Step;

struct _MullionRedisQueue
{
  gatomicrefcount ref_count;

  MullionRedisLink *link; /* (nullable) (owned): NULL when this is freed */
  MullionRedisStream *stream;
  MullionBusLedger *ledger; /* (unowned) */
  const MullionRedisQueueFuncs *funcs;
  gpointer owner; /* (nullable) (unowned): NULL when this is freed */

  Step step;        /* what comes next */
  gboolean is_busy; /* an answer is awaited */
  gint64 next_claim;
  char *cursor;     /* where the claiming goes on */
  guint pause_id;   /* 0, or waits after an error */
};

static void go_on (MullionRedisQueue *self);

static MullionRedisQueue *
retain (MullionRedisQueue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
release (MullionRedisQueue *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->stream->name);
  g_free (self->stream->key);
  g_free (self->stream);
  g_free (self->cursor);
  g_free (self);
}

/* Something in the stream that is no job of ours stays there for whoever put it there, and is no
 * affair of our workers any more. */
static void
put_aside (MullionRedisQueue *self,
           const char        *id,
           const char        *reason)
{
  const char *argv[] = { "XACK", self->stream->key, MULLION_REDIS_GROUP, id };

  mullion_redis_link_send (self->link, NULL, NULL, G_N_ELEMENTS (argv), argv, NULL);
  self->funcs->failed (g_error_new (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX,
                                    "Job %s of the queue “%s” cannot be read: %s", id,
                                    self->stream->name, reason), self->owner);
}

/* The text of an entry, [ id, [ "value", text ] ]; NULL of one that was deleted. */
static gboolean
read_entry (redisReply  *entry,
            const char **id,
            redisReply **text)
{
  redisReply *fields;

  if (entry->type != REDIS_REPLY_ARRAY || entry->elements != 2 ||
      entry->element[0]->type != REDIS_REPLY_STRING)
    return FALSE;

  *id = entry->element[0]->str;
  fields = entry->element[1];
  *text = NULL;
  if (fields->type == REDIS_REPLY_ARRAY)
    for (gsize i = 0; i + 1 < fields->elements; i += 2)
      if (fields->element[i]->type == REDIS_REPLY_STRING &&
          fields->element[i + 1]->type == REDIS_REPLY_STRING &&
          g_str_equal (fields->element[i]->str, "value"))
        *text = fields->element[i + 1];

  return TRUE;
}

static void
receive_entry (MullionRedisQueue *self,
               redisReply        *entry)
{
  g_autoptr(JsonNode) value = NULL;
  g_autoptr(GError) error = NULL;
  redisReply *text = NULL;
  const char *id = NULL;

  if (!read_entry (entry, &id, &text))
    return;

  if (text != NULL)
    value = mullion_plain_json_read (text->str, text->len, &error);
  if (value == NULL)
    put_aside (self, id, error != NULL ? error->message : "it has no value");
  else if (mullion_bus_ledger_receive (self->ledger, self->stream->name, id))
    self->funcs->job (self->stream->name, id, value, self->owner);
}

static void
receive_entries (MullionRedisQueue *self,
                 redisReply        *entries)
{
  if (entries->type != REDIS_REPLY_ARRAY)
    return;

  /* A handler may have freed this: then there is no owner. */
  for (gsize i = 0; i < entries->elements && self->owner != NULL; i++)
    receive_entry (self, entries->element[i]);
}

/* -- Each step, and its answer -- */

static void
send_step (MullionRedisQueue      *self,
           MullionRedisReplyFunc   func,
           int                     argc,
           const char            **argv)
{
  self->is_busy = mullion_redis_link_send (self->link, func, NULL, argc, argv, NULL);
}

static gboolean
resume_cb (gpointer user_data)
{
  MullionRedisQueue *self = user_data;

  self->pause_id = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

/* TRUE if @reply is an answer. After an error that nobody here can mend it is tried again, in time. Who
 * hears of it may free this. */
static gboolean
check_reply (MullionRedisQueue *self,
             redisReply        *reply,
             const char        *harmless)
{
  self->is_busy = FALSE;
  if (reply == NULL)
    return FALSE;
  if (reply->type != REDIS_REPLY_ERROR || g_str_has_prefix (reply->str, harmless))
    return TRUE;

  retain (self);
  /* The group is gone, with all of the server's memory. */
  if (g_str_has_prefix (reply->str, "NOGROUP"))
    self->step = MAKE_GROUP;
  else
    self->funcs->failed (mullion_redis_link_new_error (self->link, reply), self->owner);
  if (self->owner != NULL && self->pause_id == 0)
    self->pause_id = g_timeout_add (PAUSE_MS, resume_cb, self);
  release (self);

  return FALSE;
}

static void
finish_step (MullionRedisQueue *self,
             Step               next)
{
  self->step = next;
  go_on (self);
}

static void
made_group_cb (redisReply *reply,
               const char *id,
               gpointer    owner)
{
  MullionRedisQueue *self = owner;

  if (check_reply (self, reply, "BUSYGROUP"))
    finish_step (self, READ_OWN);
}

static void
make_group (MullionRedisQueue *self)
{
  const char *argv[] = { "XGROUP", "CREATE", self->stream->key, MULLION_REDIS_GROUP, "0",
                         "MKSTREAM" };

  send_step (self, made_group_cb, G_N_ELEMENTS (argv), argv);
}

/* [ [ key, entries ] ], or nil */
static void
read_cb (redisReply *reply,
         const char *id,
         gpointer    owner)
{
  MullionRedisQueue *self = owner;

  if (!check_reply (self, reply, "NONE"))
    return;

  retain (self);
  if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 &&
      reply->element[0]->type == REDIS_REPLY_ARRAY && reply->element[0]->elements == 2)
    receive_entries (self, reply->element[0]->element[1]);
  finish_step (self, CLAIM);
  release (self);
}

static void
read_own (MullionRedisQueue *self)
{
  const char *argv[] = { "XREADGROUP", "GROUP", MULLION_REDIS_GROUP, self->stream->consumer,
                         "COUNT", "1000", "STREAMS", self->stream->key, "0" };

  send_step (self, read_cb, G_N_ELEMENTS (argv), argv);
}

static guint
get_room (MullionRedisQueue *self)
{
  guint n_held = mullion_bus_ledger_count_held (self->ledger, self->stream->name);

  return MULLION_BUS_MAX_HELD - MIN (n_held, MULLION_BUS_MAX_HELD);
}

/* [ cursor, entries, … ]; Redis before 6.2 does not know the command. */
static void
claimed_cb (redisReply *reply,
            const char *id,
            gpointer    owner)
{
  MullionRedisQueue *self = owner;

  if (!check_reply (self, reply, "ERR unknown command"))
    return;

  retain (self);
  if (reply->type == REDIS_REPLY_ARRAY && reply->elements >= 2 &&
      reply->element[0]->type == REDIS_REPLY_STRING)
    {
      g_free (self->cursor);
      self->cursor = g_strdup (reply->element[0]->str);
      receive_entries (self, reply->element[1]);
    }
  finish_step (self, READ_NEW);
  release (self);
}

static void
claim (MullionRedisQueue *self)
{
  g_autofree char *idle = g_strdup_printf ("%u", self->stream->claim_ms);
  g_autofree char *count = g_strdup_printf ("%u", get_room (self));
  const char *argv[] = { "XAUTOCLAIM", self->stream->key, MULLION_REDIS_GROUP,
                         self->stream->consumer, idle, self->cursor, "COUNT", count };

  self->next_claim = g_get_monotonic_time () + self->stream->claim_ms * (gint64) 500;
  send_step (self, claimed_cb, G_N_ELEMENTS (argv), argv);
}

static void
read_new (MullionRedisQueue *self)
{
  guint wait = MIN (MAX_BLOCK_MS, self->stream->claim_ms / 2 + 1);
  g_autofree char *count = g_strdup_printf ("%u", get_room (self));
  g_autofree char *block = g_strdup_printf ("%u", wait);
  const char *argv[] = { "XREADGROUP", "GROUP", MULLION_REDIS_GROUP, self->stream->consumer,
                         "COUNT", count, "BLOCK", block, "STREAMS", self->stream->key, ">" };

  send_step (self, read_cb, G_N_ELEMENTS (argv), argv);
}

/* Where this worker has as many jobs as it may have, it goes on when one of them is done. */
static void
go_on (MullionRedisQueue *self)
{
  if (self->owner == NULL || self->is_busy || self->pause_id != 0 ||
      !mullion_redis_link_is_ready (self->link))
    return;

  if (self->step == MAKE_GROUP)
    make_group (self);
  else if (self->step == READ_OWN)
    read_own (self);
  else if (get_room (self) == 0)
    return;
  else if (self->step == CLAIM && g_get_monotonic_time () >= self->next_claim)
    claim (self);
  else
    read_new (self);
}

/* -- The connection -- */

static void
ready_cb (gpointer owner)
{
  finish_step (owner, MAKE_GROUP);
}

static const MullionRedisLinkFuncs link_funcs = {
  .ready = ready_cb,
};

MullionRedisQueue *
mullion_redis_queue_new (const MullionRedisServer     *server,
                         MullionRedisStream           *stream,
                         MullionBusLedger             *ledger,
                         const MullionRedisQueueFuncs *funcs,
                         gpointer                      owner)
{
  MullionRedisQueue *self = g_new0 (MullionRedisQueue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->stream = stream;
  self->ledger = ledger;
  self->funcs = funcs;
  self->owner = owner;
  self->cursor = g_strdup ("0-0");
  self->link = mullion_redis_link_new (server, FALSE, &link_funcs, self);

  return self;
}

void
mullion_redis_queue_free (MullionRedisQueue *self)
{
  self->owner = NULL;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->link, mullion_redis_link_free);
  release (self);
}

void
mullion_redis_queue_go_on (MullionRedisQueue *self)
{
  go_on (self);
}
