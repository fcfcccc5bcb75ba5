/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _BenchTransport BenchTransport;

/* A way to send messages to another program. */
typedef struct
{
  const char *trip; /* the series of round trips, */
  const char *rate; /* and that of megabytes a second */
  gboolean (*open)    (BenchTransport *self, GError **error);
  gboolean (*measure) (BenchTransport *self, GArray *samples, gboolean is_rate, GError **error);
  gboolean (*send)    (BenchTransport *self, JsonNode *message, GError **error);
  const char *needs; /* (nullable): a program */
} BenchKind;

struct _BenchTransport
{
  const BenchKind *kind;
  const char *folder; /* where the programs are */
  GMainLoop *loop;
  MullionChildProcess *child;
  gboolean has_ended;

  int to; /* of a raw one, or -1 */
  int from;

  MullionMessageStream *stream;
  MullionSocketServer *server;
  MullionSocketPeer *peer; /* (unowned): the server's */
  char *socket_folder;

  MullionMessageBus *bus;
  MullionChildProcess *redis;
  GDBusConnection *session_bus;
  MullionUtilityProcess *helper;
  MullionWebSocketServer *web_server;
  MullionWebSocket *web_socket; /* (unowned): the server's */
};

/* bench-transports.c */
gboolean bench_transport_fail   (GError              **error);
void     bench_transport_end    (BenchTransport       *self);
void     bench_transport_answer (BenchTransport       *self);
/* Starts the program at the other end. Takes @options. */
gboolean bench_transport_start  (BenchTransport       *self,
                                 const char           *mode,
                                 const char           *path,
                                 MullionSpawnOptions  *options,
                                 GError              **error);

/* bench-transport-buses.c */
gboolean bench_transport_open_local_bus (BenchTransport  *self,
                                         GError         **error);
gboolean bench_transport_open_redis     (BenchTransport  *self,
                                         GError         **error);
gboolean bench_transport_send_bus       (BenchTransport  *self,
                                         JsonNode        *message,
                                         GError         **error);
gboolean bench_transport_open_dbus      (BenchTransport  *self,
                                         GError         **error);
gboolean bench_transport_send_dbus      (BenchTransport  *self,
                                         JsonNode        *message,
                                         GError         **error);
void     bench_transport_clear_bus      (BenchTransport  *self);

G_END_DECLS
