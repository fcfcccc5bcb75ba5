/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "web-socket-fixture.h"

#include "mullion-message-error.h"

#include <string.h>

/* Clients of a server of WebSockets that are not to be believed: they speak nonsense, or too much. */

/* Pages of a web browser can connect to any port: they are let in when the app says so. */
static void
test_origins (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *headers;
    const char *line;
  } requests[] = {
    { "Origin: https://evil.example\r\n", "HTTP/1.1 403 Forbidden" },
    { "Origin: null\r\n", "HTTP/1.1 403 Forbidden" },
    { "Origin: https://good.example\r\nOrigin: https://evil.example\r\n", "HTTP/1.1 403 Forbidden" },
    { "Sec-WebSocket-Version: 7\r\n", "HTTP/1.1 400 Bad Request" },
    { "Sec-WebSocket-Protocol: unknown\r\n", "HTTP/1.1 101 Switching Protocols" },
    { "Origin: https://good.example\r\n", "HTTP/1.1 101 Switching Protocols" },
  };

  listen_unix (fixture);
  mullion_web_socket_server_allow_origin (fixture->server, "https://good.example");
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr(GSocketConnection) raw = connect_raw (fixture);
      g_autofree char *line = NULL;

      g_test_message ("%s", requests[i].headers);
      ask_raw (raw, requests[i].headers);
      line = read_raw_line (raw);
      g_assert_cmpstr (line, ==, requests[i].line);
      if (fixture->there.socket != NULL)
        g_signal_handlers_disconnect_by_data (fixture->there.socket, &fixture->there);
      g_clear_object (&fixture->there.socket);
    }
}

static void
test_too_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GSocketConnection) first = NULL;
  g_autoptr(GSocketConnection) second = NULL;
  g_autofree char *line = NULL;

  listen_unix (fixture);
  mullion_web_socket_server_set_max_connections (fixture->server, 1);
  first = connect_raw (fixture);
  second = connect_raw (fixture);
  line = read_raw_line (second);
  g_assert_cmpstr (line, ==, "");
  g_assert_cmpuint (fixture->n_refused, ==, 1);
}

/* The mask is 0: it changes nothing. */
#define MASK "\0\0\0\0"
#define FRAME(text) { text, sizeof text - 1 }

typedef struct
{
  const char *name;
  struct
  {
    const char *data;
    gsize size;
  } frame;
  int code; /* -1 for none */
} BadFrame;

static const BadFrame bad_frames[] = {
  { "unmasked", FRAME ("\x81\x02hi"), MULLION_MESSAGE_ERROR_SYNTAX },
  { "encoding", FRAME ("\x81\x82" MASK "\xc3\x28"), MULLION_MESSAGE_ERROR_ENCODING },
  { "too-large", FRAME ("\x82\xff\0\0\0\0\x7f\xff\xff\xff" MASK), MULLION_MESSAGE_ERROR_TOO_LARGE },
  { "huge", FRAME ("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff" MASK), MULLION_MESSAGE_ERROR_TOO_LARGE },
  { "opcode", FRAME ("\x83\x80" MASK), MULLION_MESSAGE_ERROR_SYNTAX },
  { "reserved-bits", FRAME ("\xf1\x80" MASK), MULLION_MESSAGE_ERROR_SYNTAX },
  { "no-beginning", FRAME ("\x80\x80" MASK), MULLION_MESSAGE_ERROR_SYNTAX },
  { "half-a-ping", FRAME ("\x09\x80" MASK), MULLION_MESSAGE_ERROR_SYNTAX },
  { "half-a-code", FRAME ("\x88\x81" MASK "\x03"), MULLION_MESSAGE_ERROR_SYNTAX },
  { "cut", FRAME ("\x82\x85" MASK "ab"), -1 },
};

static void
test_bad_frame (Fixture       *fixture,
                gconstpointer  data)
{
  const BadFrame *bad = data;
  g_autoptr(GSocketConnection) raw = open_raw (fixture);

  write_raw (raw, bad->frame.data, bad->frame.size);
  if (bad->code >= 0)
    {
      wait_until (fixture->there.errors->len > 0);
      g_assert_error ((GError *) fixture->there.errors->pdata[0], MULLION_MESSAGE_ERROR, bad->code);
    }
  g_io_stream_close (G_IO_STREAM (raw), NULL, NULL);
  wait_until (fixture->there.n_closes > 0);
  g_assert_cmpuint (fixture->there.code, ==, 1006);
  g_assert_cmpuint (fixture->there.heard->len, ==, 0);
}

/* -- Flow -- */

typedef struct
{
  GSocketConnection *raw;
  GBytes *bytes;
} Flood;

static gpointer
flood (gpointer data)
{
  Flood *self = data;
  gsize size = 0;
  const void *bytes = g_bytes_get_data (self->bytes, &size);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->raw));

  while (g_output_stream_write_all (output, bytes, size, NULL, NULL, NULL))
    ;

  return NULL;
}

static void
count_cb (MullionWebSocket *socket,
          GBytes           *data,
          gboolean          is_binary,
          gsize            *count)
{
  (*count)++;
}

/* Frames of nothing, and of something. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  g_autoptr(GSocketConnection) raw = open_raw (fixture);
  g_autoptr(GByteArray) frame = g_byte_array_new ();
  const guint8 head[] = { 0x82, 0x80 | 126, (guint8) (size >> 8), (guint8) size, 0, 0, 0, 0 };
  const guint8 empty[] = { 0x82, 0x80, 0, 0, 0, 0 };
  Flood self = { raw, NULL };
  GThread *thread;
  LoopWatch watch;
  gsize count = 0;

  g_byte_array_append (frame, size > 0 ? head : empty, size > 0 ? sizeof head : sizeof empty);
  g_byte_array_set_size (frame, frame->len + (guint) size);
  self.bytes = g_bytes_new (frame->data, frame->len);
  g_signal_handlers_disconnect_by_data (fixture->there.socket, &fixture->there);
  g_signal_connect (fixture->there.socket, "message", G_CALLBACK (count_cb), &count);
  thread = g_thread_new ("flood", flood, &self);
  watch_loop (&watch);
  unwatch_loop (&watch, 60);
  g_test_message ("%" G_GSIZE_FORMAT " messages", count);
  g_assert_cmpuint (count, >, 100);

  g_signal_handlers_disconnect_by_data (fixture->there.socket, &count);
  mullion_web_socket_server_stop (fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->there.socket));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_socket_shutdown (g_socket_connection_get_socket (raw), TRUE, TRUE, NULL);
  g_thread_join (thread);
  g_bytes_unref (self.bytes);
}

/* A message whose parts never end. */
static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  static const char first[] = "\x02\x82" MASK "ab";
  static const char more[] = "\x00\x82" MASK "ab";
  g_autoptr(GSocketConnection) raw = open_raw (fixture);
  Flood self = { raw, g_bytes_new_static (more, sizeof more - 1) };
  GThread *thread;

  mullion_web_socket_set_max_size (fixture->there.socket, 100000);
  write_raw (raw, first, sizeof first - 1);
  thread = g_thread_new ("flood", flood, &self);
  wait_until (fixture->there.n_closes > 0);
  g_assert_cmpuint (fixture->there.errors->len, ==, 1);
  g_assert_error ((GError *) fixture->there.errors->pdata[0], MULLION_MESSAGE_ERROR,
                  MULLION_MESSAGE_ERROR_TOO_LARGE);
  g_socket_shutdown (g_socket_connection_get_socket (raw), TRUE, TRUE, NULL);
  g_thread_join (thread);
  g_bytes_unref (self.bytes);
}

static void
skipped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gssize n = g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL);

  if (n > 0)
    g_input_stream_skip_async (G_INPUT_STREAM (source), 1024 * 1024, G_PRIORITY_DEFAULT, NULL,
                               skipped_cb, NULL);
}

static void
test_never_reads (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GSocketConnection) raw = open_raw (fixture);
  g_autofree char *text = g_strnfill (4000, 't');
  g_autoptr(GError) error = NULL;
  guint n = 0;

  mullion_web_socket_set_max_queued (fixture->there.socket, 4000000);
  while (mullion_web_socket_send_text (fixture->there.socket, text, -1, &error))
    n++;
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL);
  g_assert_cmpuint (n, >=, 1000);
  g_assert_cmpuint (mullion_web_socket_get_buffered_amount (fixture->there.socket), <, 4004001);
  g_assert_cmpuint (fixture->there.n_drained, ==, 0);

  g_input_stream_skip_async (g_io_stream_get_input_stream (G_IO_STREAM (raw)), 1024 * 1024,
                             G_PRIORITY_DEFAULT, NULL, skipped_cb, NULL);
  wait_until (fixture->there.n_drained > 0);
  g_assert_cmpuint (mullion_web_socket_get_buffered_amount (fixture->there.socket), ==, 0);
  send_text (&fixture->there, "again");
  g_socket_shutdown (g_socket_connection_get_socket (raw), TRUE, TRUE, NULL);
  wait_until (fixture->there.n_closes > 0);
}

static void
add (const char    *path,
     gconstpointer  data,
     void         (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, data, set_up_sockets, func, tear_down_sockets);
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
  g_test_init (&argc, &argv, NULL);
  /* It tells of each frame, and a flood has many. */
  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG, drop_log_cb, NULL);
  add ("/web-socket/origins", NULL, test_origins);
  add ("/web-socket/too-many", NULL, test_too_many);
  add ("/web-socket/flood/empty", GSIZE_TO_POINTER (0), test_flood);
  add ("/web-socket/flood/large", GSIZE_TO_POINTER (60000), test_flood);
  add ("/web-socket/endless", NULL, test_endless);
  add ("/web-socket/never-reads", NULL, test_never_reads);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_frames); i++)
    {
      g_autofree char *path = g_strconcat ("/web-socket/bad-frame/", bad_frames[i].name, NULL);

      add (path, &bad_frames[i], test_bad_frame);
    }

  return g_test_run ();
}
