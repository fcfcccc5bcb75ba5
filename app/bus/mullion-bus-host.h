/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the processes of a local bus say to the one that hosts it, and it to them. The data of each is
 * an object with these members. */
#define MULLION_BUS_PUBLISH     "publish"     /* topic, value */
#define MULLION_BUS_SUBSCRIBE   "subscribe"   /* topic */
#define MULLION_BUS_UNSUBSCRIBE "unsubscribe" /* topic */
#define MULLION_BUS_PUSH        "push"        /* id, queue, value */
#define MULLION_BUS_WORK        "work"        /* queue */
#define MULLION_BUS_REST        "rest"        /* queue */
#define MULLION_BUS_HOLD        "hold"        /* id, queue */
#define MULLION_BUS_DONE        "done"        /* id, queue */
#define MULLION_BUS_SUBSCRIBED  "subscribed"  /* topic */
#define MULLION_BUS_MESSAGE     "message"     /* topic, value */
#define MULLION_BUS_PUSHED      "pushed"      /* id */
#define MULLION_BUS_REFUSED     "refused"     /* id, text */
#define MULLION_BUS_JOB         "job"         /* id, queue, value */
#define MULLION_BUS_GONE        "gone"        /* id, queue */

/* Of a worker, that were not acknowledged. */
#define MULLION_BUS_MAX_HELD 16

/* The process of a local bus that all others are connected to. */
typedef struct _MullionBusHost MullionBusHost;

/* (nullable): NULL without an error if another process hosts the bus. */
MullionBusHost *mullion_bus_host_new  (const char      *folder,
                                       const char      *name,
                                       GError         **error);
void            mullion_bus_host_free (MullionBusHost  *self);
char           *mullion_bus_host_build_path (const char *folder,
                                             const char *name);

G_END_DECLS
