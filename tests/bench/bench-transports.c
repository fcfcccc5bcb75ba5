/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-transports.h"

#include "bench-floor.h"
#include "bench-transport.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Messages to another program and back, and as many as fit through: what Mullion has for that, beside
 * bytes in a pipe and a socket pair. The other program is programs/echo.c, or Node.js.
 */

#define ROUND_TRIPS 200
#define WARM_UP 20

#define SHORT 64
#define CHUNK (64 * 1024)
#define N_CHUNKS 256

/* -- The other end -- */

void
bench_transport_end (BenchTransport *self)
{
  self->has_ended = TRUE;
  g_main_loop_quit (self->loop);
}

gboolean
bench_transport_fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                       "The other end of a transport is gone");
  return FALSE;
}

static gboolean
watch (BenchTransport      *self,
       MullionChildProcess *child)
{
  self->child = child;
  if (child == NULL)
    return FALSE;

  g_signal_connect_swapped (child, "exit", G_CALLBACK (bench_transport_end), self);
  return TRUE;
}

gboolean
bench_transport_start (BenchTransport       *self,
                       const char           *mode,
                       const char           *path,
                       MullionSpawnOptions  *options,
                       GError              **error)
{
  g_autoptr(MullionSpawnOptions) owned = options;
  g_autofree char *program = g_build_filename (self->folder, "programs", "mullion-bench-echo", NULL);
  const char *argv[] = { program, mode, path, NULL };

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_ends_with_app (options, TRUE);

  return watch (self, mullion_child_process_spawn (argv, options, NULL, error));
}

/* -- Raw bytes -- */

static gboolean
start_raw (BenchTransport  *self,
           int              its_input,
           int              its_output,
           GError         **error)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_take_fd (options, 0, its_input);
  mullion_spawn_options_take_fd (options, 1, its_output);

  return bench_transport_start (self, "raw", NULL, options, error);
}

static gboolean
open_pipe (BenchTransport  *self,
           GError         **error)
{
  int there[2];
  int back[2];

  if (pipe2 (there, O_CLOEXEC) != 0 || pipe2 (back, O_CLOEXEC) != 0)
    return bench_transport_fail (error);

  self->to = there[1];
  self->from = back[0];

  return start_raw (self, there[0], back[1], error);
}

static gboolean
open_socket_pair (BenchTransport  *self,
                  GError         **error)
{
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return bench_transport_fail (error);

  self->to = pair[0];
  self->from = fcntl (pair[0], F_DUPFD_CLOEXEC, 0);

  return start_raw (self, pair[1], fcntl (pair[1], F_DUPFD_CLOEXEC, 0), error);
}

static gboolean
transfer (BenchTransport *self,
          gboolean        is_sending,
          guint8         *bytes,
          gsize           size)
{
  while (size > 0)
    {
      gssize n = is_sending ? write (self->to, bytes, size) : read (self->from, bytes, size);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      bytes += MAX (n, 0);
      size -= MAX (n, 0);
    }

  return TRUE;
}

/* One message of @size bytes, which begins with that number, and a short answer. */
static gboolean
trip_raw (BenchTransport *self,
          guint64         size)
{
  static guint8 bytes[CHUNK];

  memcpy (bytes, &size, sizeof size);
  for (guint64 sent = 0; sent < size; sent += CHUNK)
    if (!transfer (self, TRUE, bytes, MIN (size - sent, CHUNK)))
      return FALSE;

  return transfer (self, FALSE, bytes, SHORT);
}

static void
add_time (GArray *samples,
          gint64  start)
{
  double sample = (bench_clock () - start) / 1000.0;

  g_array_append_val (samples, sample);
}

static void
add_rate (GArray *samples,
          gint64  start)
{
  double sample = (double) CHUNK * N_CHUNKS * 1000 / (bench_clock () - start);

  g_array_append_val (samples, sample);
}

static gboolean
measure_raw (BenchTransport  *self,
             GArray          *samples,
             gboolean         is_rate,
             GError         **error)
{
  gint64 start = bench_clock ();

  if (is_rate)
    {
      if (!trip_raw (self, (guint64) CHUNK * N_CHUNKS))
        return bench_transport_fail (error);
      add_rate (samples, start);
      return TRUE;
    }

  for (int i = 0; i < WARM_UP + ROUND_TRIPS; i++)
    {
      start = bench_clock ();
      if (!trip_raw (self, SHORT))
        return bench_transport_fail (error);
      if (i >= WARM_UP)
        add_time (samples, start);
    }

  return TRUE;
}

/* -- Messages -- */

void
bench_transport_answer (BenchTransport *self)
{
  g_main_loop_quit (self->loop);
}

static JsonNode *
new_text (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'a');

  return json_node_init_string (json_node_alloc (), text);
}

static gboolean
trip (BenchTransport  *self,
      GError         **error)
{
  /* With its quotes it has as many bytes as a raw message. */
  if (!self->kind->send (self, new_text (SHORT - 2), error))
    return FALSE;

  g_main_loop_run (self->loop);
  return !self->has_ended || bench_transport_fail (error);
}

static gboolean
measure_rate (BenchTransport  *self,
              GArray          *samples,
              GError         **error)
{
  gint64 start = bench_clock ();

  for (int i = 0; i < N_CHUNKS; i++)
    if (!self->kind->send (self, new_text (CHUNK), error))
      return FALSE;

  if (!trip (self, error))
    return FALSE;
  add_rate (samples, start);

  return TRUE;
}

static gboolean
measure_messages (BenchTransport  *self,
                  GArray          *samples,
                  gboolean         is_rate,
                  GError         **error)
{
  if (is_rate)
    return measure_rate (self, samples, error);

  for (int i = 0; i < WARM_UP + ROUND_TRIPS; i++)
    {
      gint64 start = bench_clock ();

      if (!trip (self, error))
        return FALSE;
      if (i >= WARM_UP)
        add_time (samples, start);
    }

  return TRUE;
}

/* -- Standard input and output -- */

static gboolean
open_stdio (BenchTransport  *self,
            GError         **error)
{
  if (!bench_transport_start (self, "lines", NULL, mullion_spawn_options_new (), error))
    return FALSE;

  self->stream = mullion_message_stream_new_for_child (self->child, MULLION_FRAMING_LINES);
  g_signal_connect_swapped (self->stream, "message", G_CALLBACK (bench_transport_answer), self);

  return TRUE;
}

static gboolean
send_stdio (BenchTransport  *self,
            JsonNode        *message,
            GError         **error)
{
  return mullion_message_stream_send (self->stream, message, error);
}

/* -- The channel of Node.js -- */

static gboolean
watch_channel (BenchTransport *self)
{
  g_signal_connect_swapped (mullion_child_process_get_channel (self->child), "message",
                            G_CALLBACK (bench_transport_answer), self);
  return TRUE;
}

static gboolean
open_channel (BenchTransport  *self,
              GError         **error)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);

  return bench_transport_start (self, "channel", NULL, options, error) && watch_channel (self);
}

static gboolean
start_node (BenchTransport        *self,
            MullionSerialization   serialization,
            GError               **error)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autofree char *script = g_build_filename (self->folder, "programs", "echo.js", NULL);

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_serialization (options, serialization);
  mullion_spawn_options_set_ends_with_app (options, TRUE);

  return watch (self, mullion_child_process_fork (script, NULL, options, NULL, error)) &&
         watch_channel (self);
}

static gboolean
open_node (BenchTransport  *self,
           GError         **error)
{
  return start_node (self, MULLION_SERIALIZATION_JSON, error);
}

static gboolean
open_advanced (BenchTransport  *self,
               GError         **error)
{
  return start_node (self, MULLION_SERIALIZATION_ADVANCED, error);
}

static gboolean
send_channel (BenchTransport  *self,
              JsonNode        *message,
              GError         **error)
{
  return mullion_node_channel_send (mullion_child_process_get_channel (self->child), message, NULL,
                                    error);
}

/* -- A helper with a port -- */

static gboolean
open_helper (BenchTransport  *self,
             GError         **error)
{
  g_autofree char *program = g_build_filename (self->folder, "programs", "mullion-bench-echo", NULL);
  const char *args[] = { "port", NULL };

  self->helper = mullion_utility_process_fork (program, args, NULL, error);
  if (self->helper == NULL)
    return FALSE;

  g_signal_connect_swapped (self->helper, "message", G_CALLBACK (bench_transport_answer), self);
  g_signal_connect_swapped (self->helper, "exit", G_CALLBACK (bench_transport_end), self);
  return TRUE;
}

static gboolean
send_helper (BenchTransport  *self,
             JsonNode        *message,
             GError         **error)
{
  return mullion_utility_process_post_message (self->helper, message, NULL, 0, error);
}

/* -- A socket -- */

static void
connect_cb (MullionSocketServer *server,
            MullionSocketPeer   *peer,
            BenchTransport      *self)
{
  self->peer = peer;
  g_main_loop_quit (self->loop);
}

static gboolean
open_socket (BenchTransport  *self,
             GError         **error)
{
  g_autofree char *path = NULL;

  self->socket_folder = g_dir_make_tmp ("mullion-bench-XXXXXX", error);
  if (self->socket_folder == NULL)
    return FALSE;

  path = g_build_filename (self->socket_folder, "echo", NULL);
  self->server = mullion_socket_server_new ();
  g_signal_connect (self->server, "connect", G_CALLBACK (connect_cb), self);
  g_signal_connect_swapped (self->server, "message", G_CALLBACK (bench_transport_answer), self);
  if (!mullion_socket_server_listen (self->server, path, error) ||
      !bench_transport_start (self, "socket", path, mullion_spawn_options_new (), error))
    return FALSE;

  g_main_loop_run (self->loop);
  return !self->has_ended || bench_transport_fail (error);
}

static gboolean
send_socket (BenchTransport  *self,
             JsonNode        *message,
             GError         **error)
{
  return mullion_socket_peer_send (self->peer, "echo", message, error);
}

/* -- A WebSocket -- */

static void
connection_cb (MullionWebSocketServer *server,
               MullionWebSocket       *socket,
               BenchTransport         *self)
{
  self->web_socket = socket;
  g_signal_connect_swapped (socket, "message", G_CALLBACK (bench_transport_answer), self);
  g_main_loop_quit (self->loop);
}

static gboolean
open_web_socket (BenchTransport  *self,
                 GError         **error)
{
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;

  self->socket_folder = g_dir_make_tmp ("mullion-bench-XXXXXX", error);
  if (self->socket_folder == NULL)
    return FALSE;

  path = g_build_filename (self->socket_folder, "echo", NULL);
  url = g_strdup_printf ("ws+unix://%s:/", path);
  self->web_server = mullion_web_socket_server_new ();
  g_signal_connect (self->web_server, "connection", G_CALLBACK (connection_cb), self);
  if (!mullion_web_socket_server_listen (self->web_server, path, error) ||
      !bench_transport_start (self, "web-socket", url, mullion_spawn_options_new (), error))
    return FALSE;

  g_main_loop_run (self->loop);
  return !self->has_ended || bench_transport_fail (error);
}

static gboolean
send_web_socket (BenchTransport  *self,
                 JsonNode        *message,
                 GError         **error)
{
  g_autoptr(JsonNode) owned = message;

  return mullion_web_socket_send_text (self->web_socket, json_node_get_string (message), -1, error);
}

/* -- All of them -- */

static const BenchKind kinds[] = {
  { "pipe", "pipe-rate", open_pipe, measure_raw, NULL },
  { "socketpair", "socketpair-rate", open_socket_pair, measure_raw, NULL },
  { "stdio", "stdio-rate", open_stdio, measure_messages, send_stdio },
  { "channel", "channel-rate", open_channel, measure_messages, send_channel },
  { "node", "node-rate", open_node, measure_messages, send_channel, "node" },
  { "advanced", "advanced-rate", open_advanced, measure_messages, send_channel, "node" },
  { "helper", "helper-rate", open_helper, measure_messages, send_helper },
  { "socket", "socket-rate", open_socket, measure_messages, send_socket },
  { "web-socket", "web-socket-rate", open_web_socket, measure_messages, send_web_socket },
  { "bus", "bus-rate", bench_transport_open_local_bus, measure_messages, bench_transport_send_bus },
  { "redis", "redis-rate", bench_transport_open_redis, measure_messages, bench_transport_send_bus,
    "redis-server" },
  { "dbus", "dbus-rate", bench_transport_open_dbus, measure_messages, bench_transport_send_dbus },
};

static void
clear (BenchTransport *self)
{
  if (self->child != NULL)
    g_signal_handlers_disconnect_by_data (self->child, self);
  if (self->helper != NULL)
    g_signal_handlers_disconnect_by_data (self->helper, self);
  if (self->server != NULL)
    mullion_socket_server_stop (self->server);
  if (self->web_server != NULL)
    mullion_web_socket_server_stop (self->web_server);
  bench_transport_clear_bus (self);
  if (self->child != NULL)
    mullion_child_process_kill (self->child, SIGTERM);
  if (self->to >= 0)
    close (self->to);
  if (self->from >= 0)
    close (self->from);
  if (self->socket_folder != NULL)
    g_rmdir (self->socket_folder);

  g_clear_object (&self->stream);
  g_clear_object (&self->server);
  g_clear_object (&self->web_server);
  g_clear_object (&self->helper);
  g_clear_object (&self->child);
  g_free (self->socket_folder);
  g_main_loop_unref (self->loop);
}

/* What is missing for it is said in its rows. */
static gboolean
is_possible (const BenchKind *kind,
             BenchResults    *results)
{
  g_autofree char *program = kind->needs != NULL ? g_find_program_in_path (kind->needs) : NULL;

  if (kind->needs == NULL || program != NULL)
    return TRUE;

  bench_results_miss (results, kind->trip, kind->needs);
  bench_results_miss (results, kind->rate, kind->needs);
  return FALSE;
}

static gboolean
sample (BenchTransport  *self,
        BenchResults    *results,
        gboolean         is_rate,
        gboolean         is_counted,
        GError         **error)
{
  const char *series = is_rate ? self->kind->rate : self->kind->trip;
  g_autoptr(GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));

  if (!bench_results_wants (results, series))
    return TRUE;
  if (!self->kind->measure (self, samples, is_rate, error))
    return FALSE;
  if (is_counted)
    bench_results_add (results, series, (double *) samples->data, samples->len);

  return TRUE;
}

static gboolean
run_rounds (BenchTransport  *transports,
            guint            n,
            BenchResults    *results,
            int              rounds,
            GError         **error)
{
  /* The first round warms up. */
  for (int round = 0; round <= rounds; round++)
    for (guint i = 0; i < n; i++)
      {
        BenchTransport *self = &transports[round % 2 == 0 ? i : n - 1 - i];

        if (!sample (self, results, FALSE, round > 0, error) ||
            !sample (self, results, TRUE, round > 0, error))
          return FALSE;
      }

  return TRUE;
}

/* Measures the series that are wanted of it. @folder is that of this program. */
gboolean
bench_transports_run (BenchResults  *results,
                      const char    *folder,
                      int            rounds,
                      GError       **error)
{
  BenchTransport transports[G_N_ELEMENTS (kinds)] = { 0 };
  gboolean is_good = TRUE;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && is_good; i++)
    {
      if ((!bench_results_wants (results, kinds[i].trip) &&
           !bench_results_wants (results, kinds[i].rate)) || !is_possible (&kinds[i], results))
        continue;

      transports[n] = (BenchTransport) { .kind = &kinds[i], .folder = folder, .to = -1, .from = -1 };
      transports[n].loop = g_main_loop_new (NULL, FALSE);
      is_good = kinds[i].open (&transports[n++], error);
    }

  is_good = is_good && run_rounds (transports, n, results, rounds, error);
  for (guint i = 0; i < n; i++)
    clear (&transports[i]);

  return is_good;
}

gboolean
bench_transports_measure (const char *series)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].trip, series) || g_str_equal (kinds[i].rate, series))
      return TRUE;

  return FALSE;
}
