/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-redis-topics.h"

#include "mullion-plain-json.h"

#include <string.h>

/*
 * MullionRedisTopics: listens to channels of Redis, one for each topic.
 *
 * A connection that listens can do nothing else, so the topics have one of their own, as soon as there
 * is one of them. What comes is read as if anybody had said it: whoever may publish at the server can say
 * anything on a channel.
 */

struct _MullionRedisTopics
{
  const MullionRedisTopicsFuncs *funcs;
  gpointer owner; /* (unowned) */

  GHashTable *topics; /* set of names */

  const MullionRedisServer *server; /* (nullable) (unowned): while it is open, as the next one */
  char *start;                      /* (nullable): of the name of a channel, before the topic's */
  MullionRedisLink *link;           /* (nullable) (owned): the same, if there are topics */
};

static void
say_topic (MullionRedisTopics *self,
           const char         *command,
           const char         *topic)
{
  g_autofree char *channel = NULL;
  const char *argv[] = { command, NULL };

  if (self->link == NULL || !mullion_redis_link_is_ready (self->link))
    return;

  channel = g_strconcat (self->start, topic, NULL);
  argv[1] = channel;
  mullion_redis_link_send (self->link, NULL, NULL, G_N_ELEMENTS (argv), argv, NULL);
}

static void
receive_message (MullionRedisTopics *self,
                 const char         *topic,
                 const redisReply   *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = NULL;

  if (text->type != REDIS_REPLY_STRING)
    return;

  value = mullion_plain_json_read (text->str, text->len, &error);
  if (value != NULL)
    self->funcs->message (topic, value, self->owner);
  else
    {
      g_prefix_error (&error, "A message on “%s”: ", topic);
      self->funcs->failed (g_steal_pointer (&error), self->owner);
    }
}

/* (nullable): what is said of a topic that is listened to. */
static const char *
find_topic (MullionRedisTopics *self,
            const redisReply   *reply)
{
  const char *topic;

  if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3 ||
      reply->element[0]->type != REDIS_REPLY_STRING || reply->element[1]->type != REDIS_REPLY_STRING ||
      !g_str_has_prefix (reply->element[1]->str, self->start))
    return NULL;

  topic = reply->element[1]->str + strlen (self->start);
  return g_hash_table_contains (self->topics, topic) ? topic : NULL;
}

/* -- The connection -- */

static void
ready_cb (gpointer owner)
{
  MullionRedisTopics *self = owner;
  GHashTableIter iter;
  gpointer topic;

  g_hash_table_iter_init (&iter, self->topics);
  while (g_hash_table_iter_next (&iter, &topic, NULL))
    say_topic (self, "SUBSCRIBE", topic);
}

/* [ "message", channel, text ] or [ "subscribe", channel, number ]; or an error, such as that the channel
 * is for other users. */
static void
pushed_cb (redisReply *reply,
           gpointer    owner)
{
  MullionRedisTopics *self = owner;
  const char *topic = find_topic (self, reply);

  if (reply->type == REDIS_REPLY_ERROR)
    self->funcs->failed (mullion_redis_link_new_error (self->link, reply), self->owner);
  else if (topic != NULL && g_str_equal (reply->element[0]->str, "message"))
    receive_message (self, topic, reply->element[2]);
  else if (topic != NULL && g_str_equal (reply->element[0]->str, "subscribe"))
    self->funcs->subscribed (topic, self->owner);
}

static const MullionRedisLinkFuncs link_funcs = {
  .ready = ready_cb,
  .pushed = pushed_cb,
};

static void
listen_to_topics (MullionRedisTopics *self)
{
  if (self->link == NULL && self->server != NULL && g_hash_table_size (self->topics) > 0)
    self->link = mullion_redis_link_new (self->server, TRUE, &link_funcs, self);
}

MullionRedisTopics *
mullion_redis_topics_new (const MullionRedisTopicsFuncs *funcs,
                          gpointer                       owner)
{
  MullionRedisTopics *self = g_new0 (MullionRedisTopics, 1);

  self->funcs = funcs;
  self->owner = owner;
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
mullion_redis_topics_free (MullionRedisTopics *self)
{
  mullion_redis_topics_close (self);
  g_hash_table_unref (self->topics);
  g_free (self);
}

void
mullion_redis_topics_open (MullionRedisTopics       *self,
                           const MullionRedisServer *server,
                           char                     *start)
{
  self->server = server;
  self->start = start;
  listen_to_topics (self);
}

void
mullion_redis_topics_close (MullionRedisTopics *self)
{
  g_clear_pointer (&self->link, mullion_redis_link_free);
  g_clear_pointer (&self->start, g_free);
  self->server = NULL;
}

void
mullion_redis_topics_subscribe (MullionRedisTopics *self,
                                const char         *topic,
                                gboolean            listens)
{
  if (listens && g_hash_table_add (self->topics, g_strdup (topic)))
    {
      listen_to_topics (self);
      say_topic (self, "SUBSCRIBE", topic);
    }
  else if (!listens && g_hash_table_remove (self->topics, topic))
    say_topic (self, "UNSUBSCRIBE", topic);
}
