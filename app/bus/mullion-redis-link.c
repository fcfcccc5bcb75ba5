/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-redis-link.h"

#include "mullion-bus-error.h"
#include "mullion-message-bus-private.h"
#include "mullion-message-writer.h"

/*
 * MullionRedisLink: one connection to a Redis server.
 *
 * Of hiredis these are the commands and the parser. Its own event loop is not used: it ends the
 * process (with assert ()) when a server says what it was not asked, and keeps what it sends without
 * a limit. What is at the other end may be no Redis at all.
 *
 * A link is ready when the server has let it in and has answered a PING. From then on it is asked
 * every now and then whether it is there: a server that hangs, or a network that is gone, closes
 * nothing.
 */

#define TIMEOUT_S 10
#define FIRST_RETRY_MS 100
#define MAX_RETRY_MS 5000

#define READ_SIZE (64u * 1024)

/* Of one answer that is not complete. */
#define MAX_BUFFERED (64u * 1024 * 1024)

/* Below GDK_PRIORITY_REDRAW, which this folder does not know. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

typedef struct
{
  MullionRedisReplyFunc func; /* (nullable) */
  char *id;                   /* (nullable) */
  gboolean is_greeting;       /* it is the link's own */
} Command;

struct _MullionRedisLink
{
  gatomicrefcount ref_count;

  const MullionRedisServer *server;
  gboolean listens;
  const MullionRedisLinkFuncs *funcs;
  gpointer owner; /* (nullable) (unowned): NULL when the link is freed */

  GCancellable *cancellable;    /* (nullable) (owned): of what is under way */
  GSocketConnection *stream;    /* (nullable) (owned): while it is connected, as the next two */
  MullionMessageWriter *writer; /* (nullable) (owned) */
  redisReader *reader;          /* (nullable) (owned) */
  gsize n_buffered;             /* bytes since the last answer */
  GQueue commands;              /* of Command (owned), that have no answer yet */

  gboolean is_ready;
  gboolean is_asked; /* whether it is there, and has not answered */
  guint timer_id;    /* 0, or waits: for the next try, or for an answer */
  guint retry_ms;
};

/* A read that is under way. It may be one of a connection that is over. */
typedef struct
{
  MullionRedisLink *link; /* (owned) */
  GCancellable *cancellable; /* (owned): the link's, if the connection is the same */
  guint8 buffer[READ_SIZE];
} Read;

static void begin_to_connect (MullionRedisLink *self);
static void read_more (MullionRedisLink *self);

static void
free_command (Command *command)
{
  g_free (command->id);
  g_free (command);
}

static MullionRedisLink *
retain (MullionRedisLink *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
release (MullionRedisLink *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

static GError *
new_error (MullionRedisLink *self,
           int               code,
           const char       *reason)
{
  return mullion_redis_server_new_error (self->server, code, reason);
}

static void
drop_connection (MullionRedisLink *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->writer, mullion_message_writer_close);
  g_clear_pointer (&self->reader, redisReaderFree);
  g_clear_object (&self->stream);
  self->is_ready = FALSE;
}

/* -- What goes wrong -- */

static gboolean
retry_cb (gpointer user_data)
{
  MullionRedisLink *self = user_data;

  self->timer_id = 0;
  begin_to_connect (self);
  return G_SOURCE_REMOVE;
}

/* Some of it is chance: many apps that lost one server do not come back at once. */
static void
wait_for_retry (MullionRedisLink *self)
{
  guint spread = (guint) g_random_int_range (0, (gint32) self->retry_ms / 2 + 1);

  self->timer_id = g_timeout_add (self->retry_ms + spread, retry_cb, self);
  self->retry_ms = MIN (self->retry_ms * 2, MAX_RETRY_MS);
}

/* What waits for an answer gets none. */
static void
answer_nothing (MullionRedisLink *self)
{
  GQueue commands = self->commands;
  Command *command;

  g_queue_init (&self->commands);
  while ((command = g_queue_pop_head (&commands)) != NULL)
    {
      if (command->func != NULL && self->owner != NULL)
        command->func (NULL, command->id, self->owner);
      free_command (command);
    }
}

static void
fail (MullionRedisLink *self,
      int               code,
      const char       *reason)
{
  gboolean was_ready = self->is_ready;
  GError *error = new_error (self, code, reason);

  retain (self);
  drop_connection (self);
  wait_for_retry (self);
  answer_nothing (self);
  if (was_ready && self->owner != NULL && self->funcs->lost != NULL)
    self->funcs->lost (self->owner);
  if (self->owner != NULL && self->funcs->failed != NULL)
    self->funcs->failed (g_steal_pointer (&error), self->owner);
  g_clear_error (&error);
  release (self);
}

/* What a server says that does not let anybody in, or not us. */
static int
find_code (const char *text)
{
  static const struct
  {
    const char *prefix;
    MullionBusError code;
  } codes[] = {
    { "NOAUTH", MULLION_BUS_ERROR_DENIED },
    { "WRONGPASS", MULLION_BUS_ERROR_DENIED },
    { "NOPERM", MULLION_BUS_ERROR_DENIED },
    { "DENIED", MULLION_BUS_ERROR_DENIED },
    { "ERR AUTH", MULLION_BUS_ERROR_DENIED },
    { "ERR invalid password", MULLION_BUS_ERROR_DENIED },
    { "LOADING", MULLION_BUS_ERROR_UNAVAILABLE },
    { "MASTERDOWN", MULLION_BUS_ERROR_UNAVAILABLE },
    { "ERR max number of clients", MULLION_BUS_ERROR_FULL },
    { "OOM", MULLION_BUS_ERROR_FULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (text, codes[i].prefix))
      return (int) codes[i].code;

  return MULLION_BUS_ERROR_FAILED;
}

GError *
mullion_redis_link_new_error (MullionRedisLink *self,
                              redisReply       *reply)
{
  return new_error (self, find_code (reply->str), reply->str);
}

/* -- Sending -- */

static gboolean
send_command (MullionRedisLink  *self,
              Command           *command,
              int                argc,
              const char       **argv,
              GError           **error)
{
  char *text = NULL;
  int length = redisFormatCommandArgv (&text, argc, argv, NULL);
  gboolean is_sent = FALSE;

  if (length < 0)
    g_set_error_literal (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_FAILED,
                         "There is no memory for a command to Redis");
  else
    is_sent = mullion_message_writer_send (self->writer, text, (gsize) length, error);
  if (text != NULL)
    redisFreeCommand (text);

  if (is_sent)
    g_queue_push_tail (&self->commands, command);
  else
    free_command (command);

  return is_sent;
}

static void
greet (MullionRedisLink  *self,
       int                argc,
       const char       **argv)
{
  Command *command = g_new0 (Command, 1);

  command->is_greeting = TRUE;
  send_command (self, command, argc, argv, NULL);
}

static void
ask (MullionRedisLink *self)
{
  const char *ping[] = { "PING" };

  self->is_asked = TRUE;
  greet (self, G_N_ELEMENTS (ping), ping);
}

/* -- Receiving -- */

static void
receive_greeting (MullionRedisLink *self,
                  redisReply       *reply)
{
  if (reply->type == REDIS_REPLY_ERROR)
    {
      fail (self, find_code (reply->str), reply->str);
      return;
    }

  /* The last of them is the PING. */
  if (self->is_ready || self->commands.length > 0)
    return;

  self->is_ready = TRUE;
  self->retry_ms = FIRST_RETRY_MS;
  self->funcs->ready (self->owner);
}

static void
receive (MullionRedisLink *self,
         redisReply       *reply)
{
  Command *command = g_queue_pop_head (&self->commands);

  self->is_asked = FALSE;

  /* To one who listens, all that comes is an array, or an error. Its own words are answered by one, too. */
  if (self->is_ready && self->listens)
    {
      if (command != NULL)
        free_command (command);
      if (reply->type == REDIS_REPLY_ARRAY || reply->type == REDIS_REPLY_ERROR)
        self->funcs->pushed (reply, self->owner);
    }
  else if (command == NULL)
    fail (self, MULLION_BUS_ERROR_PROTOCOL, "it says what it was not asked");
  else
    {
      if (command->is_greeting)
        receive_greeting (self, reply);
      else if (command->func != NULL)
        command->func (reply, command->id, self->owner);
      free_command (command);
    }
}

/* FALSE if there is none, or if the connection is over. */
static gboolean
take_reply (MullionRedisLink *self)
{
  void *reply = NULL;

  if (self->reader == NULL)
    return FALSE;

  if (redisReaderGetReply (self->reader, &reply) != REDIS_OK)
    {
      fail (self, MULLION_BUS_ERROR_PROTOCOL, self->reader->errstr);
      return FALSE;
    }

  if (reply == NULL)
    return FALSE;

  self->n_buffered = 0;
  receive (self, reply);
  freeReplyObject (reply);
  return self->reader != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Read *read = user_data;
  MullionRedisLink *self = read->link;
  g_autoptr(GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (read->cancellable == self->cancellable)
    {
      if (n > 0)
        {
          self->n_buffered += (gsize) n;
          self->is_asked &= !self->is_ready;
          redisReaderFeed (self->reader, (const char *) read->buffer, (gsize) n);
          while (take_reply (self))
            ;
        }
      else if (error != NULL)
        fail (self, mullion_redis_server_classify_error (error), error->message);
      else
        fail (self, MULLION_BUS_ERROR_UNAVAILABLE, "it closed the connection");
    }

  if (read->cancellable == self->cancellable)
    {
      if (self->n_buffered > MAX_BUFFERED)
        fail (self, MULLION_BUS_ERROR_PROTOCOL, "its answer is too long");
      else
        read_more (self);
    }

  g_object_unref (read->cancellable);
  release (self);
  g_free (read);
}

static void
read_more (MullionRedisLink *self)
{
  Read *read = g_new (Read, 1);

  read->link = retain (self);
  read->cancellable = g_object_ref (self->cancellable);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->stream)), read->buffer,
                             READ_SIZE, PRIORITY, self->cancellable, read_cb, read);
}

/* -- Connecting -- */

/* A connection that waits for jobs is answered when it has waited, which is sooner. */
static gboolean
ask_cb (gpointer user_data)
{
  MullionRedisLink *self = user_data;

  if (self->is_asked || self->stream == NULL)
    {
      self->timer_id = 0;
      fail (self, MULLION_BUS_ERROR_PROTOCOL, "it does not answer");
      return G_SOURCE_REMOVE;
    }

  ask (self);
  return G_SOURCE_CONTINUE;
}

static void
drained_cb (gpointer owner)
{
}

static void
set_up (MullionRedisLink *self)
{
  const MullionRedisServer *server = self->server;
  const char *auth[] = { "AUTH", server->password, NULL };
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->stream));

  self->reader = redisReaderCreate ();
  self->n_buffered = 0;
  self->writer = mullion_message_writer_new (output, MULLION_FRAMING_NONE, drained_cb, self);
  mullion_message_writer_set_max_queued (self->writer, MULLION_BUS_MAX_QUEUED);
  if (server->user != NULL)
    {
      auth[1] = server->user;
      auth[2] = server->password;
    }
  if (server->password != NULL)
    greet (self, server->user != NULL ? 3 : 2, auth);
  ask (self);
  read_more (self);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  MullionRedisLink *self = user_data;
  g_autoptr(GError) error = NULL;
  GSocketConnection *stream = mullion_redis_server_connect_finish (source, result, &error);

  if (stream != NULL && self->owner != NULL && self->stream == NULL && self->cancellable != NULL)
    {
      self->stream = stream;
      set_up (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->owner == NULL)
    g_clear_object (&stream);
  else if (error != NULL)
    fail (self, mullion_redis_server_classify_error (error), error->message);

  release (self);
}

static void
begin_to_connect (MullionRedisLink *self)
{
  self->is_asked = TRUE;
  self->timer_id = g_timeout_add_seconds (TIMEOUT_S, ask_cb, self);
  self->cancellable = g_cancellable_new ();
  mullion_redis_server_connect_async (self->server, self->cancellable, connected_cb, retain (self));
}

MullionRedisLink *
mullion_redis_link_new (const MullionRedisServer    *server,
                        gboolean                     listens,
                        const MullionRedisLinkFuncs *funcs,
                        gpointer                     owner)
{
  MullionRedisLink *self = g_new0 (MullionRedisLink, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->server = server;
  self->listens = listens;
  self->funcs = funcs;
  self->owner = owner;
  self->retry_ms = FIRST_RETRY_MS;
  g_queue_init (&self->commands);
  begin_to_connect (self);

  return self;
}

void
mullion_redis_link_free (MullionRedisLink *self)
{
  self->owner = NULL;
  drop_connection (self);
  answer_nothing (self);
  release (self);
}

gboolean
mullion_redis_link_is_ready (MullionRedisLink *self)
{
  return self->is_ready;
}

gsize
mullion_redis_link_get_queued (MullionRedisLink *self)
{
  return self->writer != NULL ? mullion_message_writer_get_queued (self->writer) : 0;
}

gboolean
mullion_redis_link_send (MullionRedisLink       *self,
                         MullionRedisReplyFunc   func,
                         const char             *id,
                         int                     argc,
                         const char            **argv,
                         GError                **error)
{
  Command *command;

  if (!self->is_ready)
    {
      g_propagate_error (error, new_error (self, MULLION_BUS_ERROR_UNAVAILABLE,
                                           "there is no connection"));
      return FALSE;
    }

  command = g_new0 (Command, 1);
  command->func = func;
  command->id = g_strdup (id);
  return send_command (self, command, argc, argv, error);
}
