/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-bus-error.h"
#include "mullion-error.h"
#include "mullion-local-bus.h"
#include "mullion-message-error.h"
#include "mullion-message-event.h"
#include "mullion-message-stream.h"
#include "mullion-redis-bus.h"
#include "mullion-socket-server.h"
#include "mullion-utility-process.h"
#include "mullion-value.h"
#include "mullion-web-socket.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * A process that floods, hangs, never reads or dies in the middle of a message: over each way to speak
 * with one, it neither keeps the main loop from painting nor fills the memory.
 */

/* What goes through, and how much of it may be in memory. */
#define AMOUNT (128 * 1024 * 1024)
#define MAX_MEMORY (80 * 1024 * 1024)

#define TEXT_SIZE 4000

typedef struct _Talk Talk;

typedef struct
{
  const char *name;
  void (*open)     (Talk *talk, const char *program, const char *misdeed);
  gboolean (*send) (Talk *talk, JsonNode *value, GError **error);
  void (*close)    (Talk *talk);
  gboolean refuses;   /* more than it may keep; what the bus cannot keep for somebody it drops */
  gboolean tells_cut; /* says that a message was cut */
} Medium;

struct _Talk
{
  const Medium *medium;
  const char *folder;
  char *path;

  MullionChildProcess *child; /* but of the helper */
  Outcome outcome;
  MullionMessageStream *stream;
  MullionNodeChannel *channel; /* (unowned) */
  MullionUtilityProcess *helper;
  MullionSocketServer *server;
  MullionSocketPeer *peer; /* (unowned) */
  MullionMessageBus *bus;
  MullionWebSocket *socket;

  gsize heard; /* bytes */
  guint n_cut;
  guint n_ends;
};

static gsize
get_memory (void)
{
  g_autofree char *text = NULL;
  gulong total = 0;
  gulong resident = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%lu %lu", &total, &resident), ==, 2);
  return resident * (gsize) sysconf (_SC_PAGESIZE);
}

/* A sanitizer keeps what was freed. */
static void
assert_memory (gsize before)
{
  gsize now = get_memory ();

  g_test_message ("%" G_GSIZE_FORMAT " KiB more", now > before ? (now - before) / 1024 : 0);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (now, <, before + MAX_MEMORY);
#endif
}

static void
hear (Talk     *talk,
      JsonNode *value)
{
  g_autofree char *text = mullion_value_dup_string (value, NULL);

  talk->heard += strlen (text);
}

static void
note_error (Talk         *talk,
            const GError *error)
{
  g_test_message ("%s", error->message);
  if (g_error_matches (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CUT))
    talk->n_cut++;
}

static void
value_cb (GObject  *object,
          JsonNode *value,
          Talk     *talk)
{
  hear (talk, value);
}

static void
error_cb (GObject      *object,
          const GError *error,
          Talk         *talk)
{
  note_error (talk, error);
}

static void
exit_cb (GObject *object,
         int      code,
         int      signal_number,
         Talk    *talk)
{
  talk->n_ends++;
}

static void
start (Talk                *talk,
       const char          *program,
       const char          *misdeed,
       const char          *path,
       MullionSpawnOptions *options)
{
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  talk->child = spawn (options, &talk->outcome, program, misdeed, talk->medium->name, path, NULL);
  g_signal_connect (talk->child, "exit", G_CALLBACK (exit_cb), talk);
}

static void
stop (Talk *talk)
{
  g_signal_handlers_disconnect_by_data (talk->child, talk);
  mullion_child_process_kill (talk->child, SIGKILL);
  finish (talk->child, &talk->outcome);
}

/* -- JSON over stdin and stdout -- */

static void
open_stdio (Talk       *talk,
            const char *program,
            const char *misdeed)
{
  start (talk, program, misdeed, NULL, mullion_spawn_options_new ());
  talk->stream = mullion_message_stream_new_for_child (talk->child, MULLION_FRAMING_LINES);
  g_signal_connect (talk->stream, "message", G_CALLBACK (value_cb), talk);
  g_signal_connect (talk->stream, "error", G_CALLBACK (error_cb), talk);
}

static gboolean
send_stdio (Talk      *talk,
            JsonNode  *value,
            GError   **error)
{
  return mullion_message_stream_send (talk->stream, value, error);
}

static void
close_stdio (Talk *talk)
{
  mullion_message_stream_close (talk->stream);
  g_assert_finalize_object (talk->stream);
  stop (talk);
}

/* -- The channel of Node.js -- */

static void
node_message_cb (MullionNodeChannel *channel,
                 JsonNode           *message,
                 GSocket            *handle,
                 Talk               *talk)
{
  hear (talk, message);
}

static void
open_node (Talk       *talk,
           const char *program,
           const char *misdeed)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  start (talk, program, misdeed, NULL, options);
  talk->channel = mullion_child_process_get_channel (talk->child);
  g_signal_connect (talk->channel, "message", G_CALLBACK (node_message_cb), talk);
  g_signal_connect (talk->channel, "error", G_CALLBACK (error_cb), talk);
}

static gboolean
send_node (Talk      *talk,
           JsonNode  *value,
           GError   **error)
{
  return mullion_node_channel_send (talk->channel, value, NULL, error);
}

/* -- A helper with a port -- */

static void
port_message_cb (MullionUtilityProcess *helper,
                 MullionMessageEvent   *event,
                 Talk                  *talk)
{
  hear (talk, mullion_message_event_get_data (event));
}

static void
open_port (Talk       *talk,
           const char *program,
           const char *misdeed)
{
  const char *args[] = { misdeed, talk->medium->name, NULL };
  g_autoptr(GError) error = NULL;

  talk->helper = mullion_utility_process_fork (program, args, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (talk->helper, "message", G_CALLBACK (port_message_cb), talk);
  g_signal_connect (talk->helper, "exit", G_CALLBACK (exit_cb), talk);
}

static gboolean
send_port (Talk      *talk,
           JsonNode  *value,
           GError   **error)
{
  return mullion_utility_process_post_message (talk->helper, value, NULL, 0, error);
}

static void
close_port (Talk *talk)
{
  int pid = mullion_utility_process_get_pid (talk->helper);

  if (pid > 0)
    {
      kill (pid, SIGKILL);
      wait_until (talk->n_ends > 0);
    }
  g_assert_finalize_object (talk->helper);
}

/* -- A socket -- */

static void
connect_cb (MullionSocketServer *server,
            MullionSocketPeer   *peer,
            Talk                *talk)
{
  talk->peer = peer;
}

static void
socket_message_cb (MullionSocketServer *server,
                   MullionSocketPeer   *peer,
                   const char          *type,
                   JsonNode            *data,
                   Talk                *talk)
{
  hear (talk, data);
}

static void
socket_error_cb (MullionSocketServer *server,
                 MullionSocketPeer   *peer,
                 const GError        *error,
                 Talk                *talk)
{
  note_error (talk, error);
}

static void
open_socket (Talk       *talk,
             const char *program,
             const char *misdeed)
{
  g_autoptr(GError) error = NULL;

  talk->path = g_build_filename (talk->folder, "app.flood", NULL);
  talk->server = mullion_socket_server_new ();
  g_signal_connect (talk->server, "connect", G_CALLBACK (connect_cb), talk);
  g_signal_connect (talk->server, "message", G_CALLBACK (socket_message_cb), talk);
  g_signal_connect (talk->server, "error", G_CALLBACK (socket_error_cb), talk);
  mullion_socket_server_listen (talk->server, talk->path, &error);
  g_assert_no_error (error);
  start (talk, program, misdeed, talk->path, mullion_spawn_options_new ());
  wait_until (talk->peer != NULL);
}

static gboolean
send_socket (Talk      *talk,
             JsonNode  *value,
             GError   **error)
{
  return mullion_socket_peer_send (talk->peer, "flood", value, error);
}

static void
close_socket (Talk *talk)
{
  g_assert_finalize_object (talk->server);
  stop (talk);
  g_free (talk->path);
}

/* -- The bus, of which this process is the host -- */

static void
bus_message_cb (MullionMessageBus *bus,
                const char        *topic,
                JsonNode          *value,
                Talk              *talk)
{
  hear (talk, value);
}

static void
open_bus (Talk       *talk,
          const char *program,
          const char *misdeed)
{
  talk->path = g_build_filename (talk->folder, "mullion", "flood", NULL);
  talk->bus = MULLION_MESSAGE_BUS (mullion_local_bus_new ("flood"));
  g_signal_connect (talk->bus, "message", G_CALLBACK (bus_message_cb), talk);
  mullion_message_bus_subscribe (talk->bus, "flood", NULL);
  mullion_message_bus_open (talk->bus);
  wait_until (mullion_message_bus_is_connected (talk->bus));
  start (talk, program, misdeed, talk->path, mullion_spawn_options_new ());
}

static gboolean
send_bus (Talk      *talk,
          JsonNode  *value,
          GError   **error)
{
  return mullion_message_bus_publish (talk->bus, "flood", value, error);
}

static void
leave_bus (Talk *talk)
{
  g_signal_handlers_disconnect_by_data (talk->bus, talk);
  mullion_message_bus_close (talk->bus);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (talk->bus);
}

static void
close_bus (Talk *talk)
{
  leave_bus (talk);
  stop (talk);
  g_free (talk->path);
}

/* -- Servers: the process listens at a socket that it is given -- */

static void
start_server (Talk       *talk,
              const char *program,
              const char *misdeed)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_autoptr(GSocketAddress) address = NULL;

  g_assert_no_error (error);
  talk->path = g_build_filename (talk->folder, "server", NULL);
  address = g_unix_socket_address_new (talk->path);
  g_assert_true (g_socket_bind (socket, address, FALSE, &error));
  g_assert_true (g_socket_listen (socket, &error));
  /* The process blocks. */
  g_socket_set_blocking (socket, TRUE);
  mullion_spawn_options_take_fd (options, 3, dup (g_socket_get_fd (socket)));
  start (talk, program, misdeed, NULL, options);
}

static void
stop_server (Talk *talk)
{
  stop (talk);
  g_assert_cmpint (g_unlink (talk->path), ==, 0);
  g_free (talk->path);
}

/* What is called Redis says too much, or nothing. */
static void
open_redis (Talk       *talk,
            const char *program,
            const char *misdeed)
{
  start_server (talk, program, misdeed);
  talk->bus = MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_path (talk->path));
  g_signal_connect (talk->bus, "message", G_CALLBACK (bus_message_cb), talk);
  g_signal_connect (talk->bus, "error", G_CALLBACK (error_cb), talk);
  mullion_message_bus_subscribe (talk->bus, "flood", NULL);
  mullion_message_bus_open (talk->bus);
}

static void
close_redis (Talk *talk)
{
  leave_bus (talk);
  stop_server (talk);
}

static void
web_socket_message_cb (MullionWebSocket *socket,
                       GBytes           *data,
                       gboolean          is_binary,
                       Talk             *talk)
{
  talk->heard += g_bytes_get_size (data);
}

static void
open_web_socket (Talk       *talk,
                 const char *program,
                 const char *misdeed)
{
  g_autofree char *url = NULL;
  g_autoptr(GError) error = NULL;

  start_server (talk, program, misdeed);
  url = g_strdup_printf ("ws+unix://%s:/", talk->path);
  talk->socket = mullion_web_socket_new (url, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (talk->socket, "message", G_CALLBACK (web_socket_message_cb), talk);
  g_signal_connect (talk->socket, "error", G_CALLBACK (error_cb), talk);
}

static gboolean
send_web_socket (Talk      *talk,
                 JsonNode  *value,
                 GError   **error)
{
  g_autoptr(JsonNode) owned = value;

  return mullion_web_socket_send_text (talk->socket, json_node_get_string (owned), -1, error);
}

static void
close_web_socket (Talk *talk)
{
  g_signal_handlers_disconnect_by_data (talk->socket, talk);
  g_assert_finalize_object (talk->socket);
  stop_server (talk);
}

/* -- Misdeeds -- */

static void
bear_flood (Talk *talk)
{
  gsize before = get_memory ();
  LoopWatch watch;

  watch_loop (&watch);
  wait_until (talk->heard >= AMOUNT);
  assert_memory (before);
  unwatch_loop (&watch, 30);
}

/* A server that has not answered for long is given up, with all that was on its way. */
static gboolean
is_full (const GError *error)
{
  return g_error_matches (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL) ||
         g_error_matches (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_UNAVAILABLE) ||
         g_error_matches (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
}

/* Sends for as long as it is taken, and goes on painting. */
static void
bear_silence (Talk *talk)
{
  g_autofree char *text = g_strnfill (TEXT_SIZE, 's');
  gsize before;
  guint n_refused = 0;
  LoopWatch watch;

  wait_until (talk->heard > 0);
  before = get_memory ();
  watch_loop (&watch);
  for (gsize sent = 0; sent < AMOUNT; sent += TEXT_SIZE)
    {
      g_autoptr(GError) error = NULL;

      if (!talk->medium->send (talk, mullion_value_new_string (text, -1), &error))
        {
          g_assert_true (is_full (error));
          n_refused++;
        }
      g_main_context_iteration (NULL, FALSE);
    }
  assert_memory (before);
  unwatch_loop (&watch, 30);
  if (talk->medium->refuses)
    g_assert_cmpuint (n_refused, >, 0);
}

static void
bear_death (Talk *talk)
{
  LoopWatch watch;

  watch_loop (&watch);
  wait_until (talk->n_ends > 0);
  if (talk->medium->tells_cut)
    wait_until (talk->n_cut > 0);
  unwatch_loop (&watch, 10);
}

/* -- All of them -- */

static const Medium media[] = {
  { "stdio", open_stdio, send_stdio, close_stdio, .refuses = TRUE, .tells_cut = TRUE },
  { "node", open_node, send_node, stop, .refuses = TRUE, .tells_cut = TRUE },
  { "port", open_port, send_port, close_port, .refuses = TRUE },
  { "socket", open_socket, send_socket, close_socket, .refuses = TRUE, .tells_cut = TRUE },
  { "bus", open_bus, send_bus, close_bus },
  { "redis", open_redis, send_bus, close_redis, .refuses = TRUE },
  { "web-socket", open_web_socket, send_web_socket, close_web_socket, .refuses = TRUE },
};

static const struct
{
  const char *name;
  void (*bear) (Talk *talk);
} misdeeds[] = {
  { "flood", bear_flood },
  { "hang", bear_silence },
  { "never-read", bear_silence },
  { "die", bear_death },
};

typedef struct
{
  const Medium *medium;
  gsize misdeed;
  const char *folder;
} Case;

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "flood-program", NULL);
  Talk talk = { .medium = one->medium, .folder = one->folder };

  talk.medium->open (&talk, program, misdeeds[one->misdeed].name);
  misdeeds[one->misdeed].bear (&talk);
  talk.medium->close (&talk);
}

static void
drop_log_cb (const char     *domain,
             GLogLevelFlags  level,
             const char     *message,
             gpointer        user_data)
{
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  /* It tells of each frame, and a flood has many. */
  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG, drop_log_cb, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (media); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (misdeeds); j++)
      {
        g_autofree char *path = g_strconcat ("/floods/", media[i].name, "/", misdeeds[j].name, NULL);
        Case one = { &media[i], j, folder };

        g_test_add_data_func_full (path, g_memdup2 (&one, sizeof one), test_case, g_free);
      }

  result = g_test_run ();
  remove_folder (folder);
  return result;
}
