/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-redis-link.h"
#include "mullion-types.h"

G_BEGIN_DECLS

/* Each is the last thing that is done of what came: the topics may be freed in it. */
typedef struct
{
  /* Borrows @value. */
  void (*message)    (const char *topic,
                      JsonNode   *value,
                      gpointer    owner);
  /* From now on it is heard. */
  void (*subscribed) (const char *topic,
                      gpointer    owner);
  /* Takes @error. */
  void (*failed)     (GError     *error,
                      gpointer    owner);
} MullionRedisTopicsFuncs;

/* What a bus listens to. */
typedef struct _MullionRedisTopics MullionRedisTopics;

/* It is closed at first; what is subscribed to stays so when it is closed. */
MullionRedisTopics *mullion_redis_topics_new       (const MullionRedisTopicsFuncs *funcs,
                                                    gpointer                       owner);
void                mullion_redis_topics_free      (MullionRedisTopics            *self);
/* Borrows @server, which has to stay until it is closed. Takes @start: what the names of its channels
 * begin with. */
void                mullion_redis_topics_open      (MullionRedisTopics            *self,
                                                    const MullionRedisServer      *server,
                                                    char                          *start);
void                mullion_redis_topics_close     (MullionRedisTopics            *self);
void                mullion_redis_topics_subscribe (MullionRedisTopics            *self,
                                                    const char                    *topic,
                                                    gboolean                       listens);

G_END_DECLS
