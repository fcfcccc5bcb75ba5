/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "process-fixture.h"

#include "mullion-web-socket-server.h"

G_BEGIN_DECLS

/* A server of WebSockets, and what happens at both ends of its connection. */

typedef struct
{
  MullionWebSocket *socket; /* (nullable) (owned) */
  GPtrArray *heard;         /* "text …", or "binary SIZE" */
  GPtrArray *errors;        /* of GError */
  guint n_opens;
  guint n_closes;
  guint n_drained;
  guint code;
  char *reason;
} End;

typedef struct
{
  char *folder;
  char *path;
  char *url;
  MullionWebSocketServer *server;
  End here;
  End there; /* the server's */
  guint n_refused;
} Fixture;

void set_up_sockets (Fixture       *fixture,
                     gconstpointer  data);
void tear_down_sockets (Fixture       *fixture,
                        gconstpointer  data);
/* These two fill the url. */
void listen_unix (Fixture *fixture);
void listen_tcp (Fixture *fixture);
void connect_to (End               *end,
                 const char        *url,
                 const char *const *protocols);
void send_text (End        *end,
                const char *text);
void send_zeros (End   *end,
                 gsize  size);
/* An error of MULLION_SOCKET_ERROR is told, and that it is over. */
void assert_no_connection (End        *end,
                           const char *url,
                           int         code,
                           const char *message);

/* A client that is a socket and knows nothing of WebSockets. */
GSocketConnection *connect_raw (Fixture *fixture);
void write_raw (GSocketConnection *raw,
                const void        *data,
                gsize              size);
/* The request of a client, with more headers. */
void ask_raw (GSocketConnection *raw,
              const char        *more);
/* (transfer full): the first line of what comes. */
char *read_raw_line (GSocketConnection *raw);
/* One that has said what it has to, and has been let in. */
GSocketConnection *open_raw (Fixture *fixture);

#define assert_next(end, message) \
  G_STMT_START { \
    wait_until ((end)->heard->len > 0); \
    g_assert_cmpstr ((end)->heard->pdata[0], ==, message); \
    g_ptr_array_remove_index ((end)->heard, 0); \
  } G_STMT_END

#define assert_closed(end, number, text) \
  G_STMT_START { \
    wait_until ((end)->n_closes > 0); \
    g_assert_cmpuint ((end)->code, ==, number); \
    g_assert_cmpstr ((end)->reason, ==, text); \
  } G_STMT_END

G_END_DECLS
