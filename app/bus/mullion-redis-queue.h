/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-bus-ledger.h"
#include "mullion-redis-link.h"

G_BEGIN_DECLS

/* The stream of a queue, its group of workers, and who this one is. */
typedef struct
{
  char *name;
  char *key;
  const char *consumer; /* (unowned) */
  guint claim_ms;
} MullionRedisStream;

typedef struct
{
  /* A job that is new to the ledger. */
  void (*job)    (const char *queue,
                  const char *id,
                  JsonNode   *value,
                  gpointer    owner);
  /* Takes @error. */
  void (*failed) (GError     *error,
                  gpointer    owner);
} MullionRedisQueueFuncs;

/* Takes jobs out of a queue. */
typedef struct _MullionRedisQueue MullionRedisQueue;

/* Takes @stream. Borrows @server and @ledger, which have to stay. */
MullionRedisQueue *mullion_redis_queue_new  (const MullionRedisServer     *server,
                                             MullionRedisStream           *stream,
                                             MullionBusLedger             *ledger,
                                             const MullionRedisQueueFuncs *funcs,
                                             gpointer                      owner);
void               mullion_redis_queue_free (MullionRedisQueue            *self);
/* A job of it is done: there may be room for another. */
void               mullion_redis_queue_go_on (MullionRedisQueue           *self);

#define MULLION_REDIS_GROUP "mullion"

G_END_DECLS
