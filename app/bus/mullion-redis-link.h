/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-redis-server.h"

#include <hiredis/hiredis.h>

G_BEGIN_DECLS

typedef struct
{
  /* Commands can be sent. */
  void (*ready)  (gpointer      owner);
  /* (nullable): no longer. */
  void (*lost)   (gpointer      owner);
  /* (nullable) without @listens: something came that is no answer. */
  void (*pushed) (redisReply   *reply,
                  gpointer      owner);
  /* (nullable): takes @error. It is tried again. One server gone is one error: of the links to it, that
   * for commands tells it. */
  void (*failed) (GError       *error,
                  gpointer      owner);
} MullionRedisLinkFuncs;

/* A connection to Redis, which is made again when it breaks. */
typedef struct _MullionRedisLink MullionRedisLink;

/* @reply: (nullable): NULL if the connection broke before it came. @id: (nullable): what was given with
 * the command */
typedef void (*MullionRedisReplyFunc) (redisReply *reply,
                                       const char *id,
                                       gpointer    owner);

/* Borrows @server, which has to stay. @listens: it is for topics alone, so that there are no answers.
 * Nothing is called before the next turn of the loop. It may be freed in whatever is called. */
MullionRedisLink *mullion_redis_link_new      (const MullionRedisServer     *server,
                                               gboolean                      listens,
                                               const MullionRedisLinkFuncs  *funcs,
                                               gpointer                      owner);
/* What waits for an answer is not called. */
void              mullion_redis_link_free     (MullionRedisLink             *self);
gboolean          mullion_redis_link_is_ready (MullionRedisLink             *self);
/* @argv: of @argc texts. @func: (nullable) */
gboolean          mullion_redis_link_send     (MullionRedisLink             *self,
                                               MullionRedisReplyFunc         func,
                                               const char                   *id,
                                               int                           argc,
                                               const char                  **argv,
                                               GError                      **error);
/* Of what was sent, bytes that wait for the server. */
gsize             mullion_redis_link_get_queued (MullionRedisLink           *self);
/* (transfer full): what the server answered is an error. */
GError           *mullion_redis_link_new_error (MullionRedisLink            *self,
                                               redisReply                   *reply);

G_END_DECLS
