/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-message-error.h"
#include "mullion-socket-error.h"
#include "mullion-web-socket-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>

/* WebSockets: ours at both ends, with the library ws, and raw ones that speak nonsense or too much. */

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

/* -- What happens at an end -- */

static void
open_cb (MullionWebSocket *socket,
         End              *end)
{
  g_assert_cmpint (mullion_web_socket_get_ready_state (socket), ==, MULLION_WEB_SOCKET_OPEN);
  end->n_opens++;
}

static void
message_cb (MullionWebSocket *socket,
            GBytes           *data,
            gboolean          is_binary,
            End              *end)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (data, &size);

  g_ptr_array_add (end->heard, is_binary ? g_strdup_printf ("binary %" G_GSIZE_FORMAT, size)
                                         : g_strdup_printf ("text %s", text));
}

static void
close_cb (MullionWebSocket *socket,
          guint             code,
          const char       *reason,
          End              *end)
{
  g_assert_cmpint (mullion_web_socket_get_ready_state (socket), ==, MULLION_WEB_SOCKET_CLOSED);
  end->n_closes++;
  end->code = code;
  g_free (end->reason);
  end->reason = g_strdup (reason);
}

static void
error_cb (MullionWebSocket *socket,
          const GError     *error,
          End              *end)
{
  g_test_message ("%s", error->message);
  g_assert_cmpuint (end->n_closes, ==, 0);
  g_ptr_array_add (end->errors, g_error_copy (error));
}

static void
drained_cb (MullionWebSocket *socket,
            End              *end)
{
  end->n_drained++;
}

static void
follow_socket (End              *end,
               MullionWebSocket *socket)
{
  end->socket = socket;
  g_signal_connect (socket, "open", G_CALLBACK (open_cb), end);
  g_signal_connect (socket, "message", G_CALLBACK (message_cb), end);
  g_signal_connect (socket, "close", G_CALLBACK (close_cb), end);
  g_signal_connect (socket, "error", G_CALLBACK (error_cb), end);
  g_signal_connect (socket, "drained", G_CALLBACK (drained_cb), end);
}

static void
init_end (End *end)
{
  end->heard = g_ptr_array_new_with_free_func (g_free);
  end->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

static void
clear_end (End *end)
{
  if (end->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (end->socket, end);
      g_assert_finalize_object (end->socket);
    }
  g_ptr_array_unref (end->heard);
  g_ptr_array_unref (end->errors);
  g_free (end->reason);
}

static void
connection_cb (MullionWebSocketServer *server,
               MullionWebSocket       *socket,
               Fixture                *fixture)
{
  g_assert_cmpint (mullion_web_socket_get_ready_state (socket), ==, MULLION_WEB_SOCKET_OPEN);
  g_assert_null (fixture->there.socket);
  follow_socket (&fixture->there, g_object_ref (socket));
  fixture->there.n_opens++;
}

static void
refused_cb (MullionWebSocketServer *server,
            const GError           *error,
            Fixture                *fixture)
{
  fixture->n_refused++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mullion-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "socket", NULL);
  fixture->server = mullion_web_socket_server_new ();
  g_signal_connect (fixture->server, "connection", G_CALLBACK (connection_cb), fixture);
  g_signal_connect (fixture->server, "error", G_CALLBACK (refused_cb), fixture);
  init_end (&fixture->here);
  init_end (&fixture->there);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_web_socket_server_stop (fixture->server);
  clear_end (&fixture->here);
  clear_end (&fixture->there);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->server);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->url);
}

static void
listen_unix (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_server_listen (fixture->server, fixture->path, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("ws+unix://%s:/room?seat=1", fixture->path);
}

static void
listen_tcp (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_server_listen_tcp (fixture->server, 0, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("ws://127.0.0.1:%u/room?seat=1",
                                  mullion_web_socket_server_get_port (fixture->server));
}

static void
connect_to (End               *end,
            const char        *url,
            const char *const *protocols)
{
  g_autoptr(GError) error = NULL;
  MullionWebSocket *socket = mullion_web_socket_new (url, protocols, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mullion_web_socket_get_ready_state (socket), ==, MULLION_WEB_SOCKET_CONNECTING);
  follow_socket (end, socket);
}

static void
send_text (End        *end,
           const char *text)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_send_text (end->socket, text, -1, &error);
  g_assert_no_error (error);
}

static void
send_zeros (End   *end,
            gsize  size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr(GError) error = NULL;

  mullion_web_socket_send_bytes (end->socket, bytes, &error);
  g_assert_no_error (error);
}

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

/* -- Ours at both ends -- */

static void
test_ours (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const offered[] = { "chess", "chat", NULL };
  static const char *const known[] = { "chat", "go", NULL };
  void (*listen_there) (Fixture *) = data;

  listen_there (fixture);
  g_assert_true (mullion_web_socket_server_set_protocols (fixture->server, known, NULL));
  connect_to (&fixture->here, fixture->url, offered);
  wait_until (fixture->here.n_opens > 0 && fixture->there.n_opens > 0);
  g_assert_cmpstr (mullion_web_socket_get_protocol (fixture->here.socket), ==, "chat");
  g_assert_cmpstr (mullion_web_socket_get_protocol (fixture->there.socket), ==, "chat");
  g_assert_nonnull (strstr (mullion_web_socket_get_url (fixture->there.socket), "/room?seat=1"));

  send_text (&fixture->here, "é€😀");
  send_text (&fixture->here, "");
  send_zeros (&fixture->here, 3 * 1024 * 1024);
  send_zeros (&fixture->here, 0);
  assert_next (&fixture->there, "text é€😀");
  assert_next (&fixture->there, "text ");
  assert_next (&fixture->there, "binary 3145728");
  assert_next (&fixture->there, "binary 0");
  send_zeros (&fixture->there, 3 * 1024 * 1024);
  send_text (&fixture->there, "back");
  assert_next (&fixture->here, "binary 3145728");
  assert_next (&fixture->here, "text back");

  /* What was sent before is heard before. */
  send_zeros (&fixture->here, 1024 * 1024);
  g_assert_true (mullion_web_socket_close (fixture->here.socket, 4001, "enough", NULL));
  assert_closed (&fixture->there, 4001, "enough");
  assert_next (&fixture->there, "binary 1048576");
  assert_closed (&fixture->here, 4001, "enough");
  g_assert_cmpuint (mullion_web_socket_server_get_clients (fixture->server)->len, ==, 0);
}

static void
test_closed_there (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  listen_tcp (fixture);
  connect_to (&fixture->here, fixture->url, NULL);
  wait_until (fixture->there.n_opens > 0 && fixture->here.n_opens > 0);
  g_assert_null (mullion_web_socket_get_protocol (fixture->here.socket));
  g_assert_true (mullion_web_socket_close (fixture->there.socket, 0, NULL, NULL));
  assert_closed (&fixture->here, 1000, "");
  assert_closed (&fixture->there, 1000, "");
  g_assert_false (mullion_web_socket_send_text (fixture->here.socket, "late", -1, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
}

/* Nobody holds the client: the connection ends with it. */
static void
test_let_go (Fixture       *fixture,
             gconstpointer  data)
{
  listen_unix (fixture);
  connect_to (&fixture->here, fixture->url, NULL);
  wait_until (fixture->there.n_opens > 0 && fixture->here.n_opens > 0);
  g_signal_handlers_disconnect_by_data (fixture->here.socket, &fixture->here);
  g_assert_finalize_object (g_steal_pointer (&fixture->here.socket));
  wait_until (fixture->there.n_closes > 0);
  g_assert_cmpuint (fixture->there.code, ==, 1001);
}

static void
test_misuse (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *long_reason = g_strnfill (124, 'x');
  g_autoptr(GError) error = NULL;

  listen_tcp (fixture);
  connect_to (&fixture->here, fixture->url, NULL);
  g_assert_false (mullion_web_socket_send_text (fixture->here.socket, "early", -1, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  g_clear_error (&error);
  wait_until (fixture->here.n_opens > 0);

  g_assert_false (mullion_web_socket_send_text (fixture->here.socket, "\xff", -1, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_ENCODING);
  g_clear_error (&error);
  mullion_web_socket_set_max_size (fixture->here.socket, 10);
  g_assert_false (mullion_web_socket_send_text (fixture->here.socket, "01234567890", -1, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (mullion_web_socket_close (fixture->here.socket, 1001, NULL, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (mullion_web_socket_close (fixture->here.socket, 1000, long_reason, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE);
}

/* -- The library ws -- */

typedef struct
{
  Outcome outcome;
  MullionChildProcess *child;
  GDataInputStream *lines;
  GPtrArray *told;
} Node;

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Node *node = user_data;
  char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL,
                                                          NULL);

  if (line == NULL)
    return;

  g_ptr_array_add (node->told, line);
  g_data_input_stream_read_line_async (node->lines, G_PRIORITY_DEFAULT, NULL, line_cb, node);
}

static void
start_node (Node       *node,
            const char *way,
            const char *url,
            const char *protocol)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sockets", "node", "ws-peer.js", NULL);
  g_autofree char *modules = g_build_filename (g_getenv ("MULLION_TEST_PACKAGES"), "node_modules",
                                               NULL);
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_setenv (options, "NODE_PATH", modules);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  node->told = g_ptr_array_new_with_free_func (g_free);
  node->child = spawn (options, &node->outcome, "node", path, way, url, protocol, NULL);
  node->lines = g_data_input_stream_new (mullion_child_process_get_stdout (node->child));
  g_data_input_stream_read_line_async (node->lines, G_PRIORITY_DEFAULT, NULL, line_cb, node);
}

static void
stop_node (Node *node)
{
  g_output_stream_close (mullion_child_process_get_stdin (node->child), NULL, NULL);
  wait_until (node->outcome.n_closes > 0);
  g_clear_object (&node->lines);
  finish (node->child, &node->outcome);
  g_ptr_array_unref (node->told);
}

#define assert_told(node, line) \
  G_STMT_START { \
    wait_until ((node)->told->len > 0); \
    g_assert_cmpstr ((node)->told->pdata[0], ==, line); \
    g_ptr_array_remove_index ((node)->told, 0); \
  } G_STMT_END

static void
talk_with_node (End *end)
{
  send_text (end, "é€😀");
  send_zeros (end, 1000000);
  send_text (end, "");
  assert_next (end, "text é€😀");
  assert_next (end, "binary 1000000");
  assert_next (end, "text ");
}

static void
test_ws_server (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const protocols[] = { "chat", NULL };
  Node node = { 0 };

  if (skips_packages ())
    return;

  start_node (&node, "server", NULL, NULL);
  wait_until (node.told->len > 0);
  fixture->url = g_strdup_printf ("ws://127.0.0.1:%s/", (char *) node.told->pdata[0] + strlen ("ready "));
  g_ptr_array_remove_index (node.told, 0);
  connect_to (&fixture->here, fixture->url, protocols);
  assert_told (&node, "connection chat");
  wait_until (fixture->here.n_opens > 0);
  talk_with_node (&fixture->here);
  g_assert_true (mullion_web_socket_close (fixture->here.socket, 3000, "bye", NULL));
  assert_told (&node, "close 3000 bye");
  assert_closed (&fixture->here, 3000, "bye");
  stop_node (&node);
}

static void
test_ws_client (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const protocols[] = { "chat", NULL };
  void (*listen_there) (Fixture *) = data;
  Node node = { 0 };

  if (skips_packages ())
    return;

  listen_there (fixture);
  mullion_web_socket_server_set_protocols (fixture->server, protocols, NULL);
  start_node (&node, "client", fixture->url, "chat");
  assert_told (&node, "open chat");
  wait_until (fixture->there.n_opens > 0);
  talk_with_node (&fixture->there);
  send_text (&fixture->there, "close");
  assert_closed (&fixture->there, 4002, "as you like");
  assert_told (&node, "close 4002 as you like");
  stop_node (&node);
}

/* -- Who is not let in, and where nobody is -- */

static void
test_urls (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const urls[] = {
    "", "host", "http://127.0.0.1/", "ws://", "ws://127.0.0.1:99999/", "ws://127.0.0.1/#part",
    "ws://127.0.0.1/a b", "ws://127.0.0.1/\r\nHost: other", "ws+unix://relative", "ws://[::1/", "ws:///x",
    "ws://127.0.0.1/\xff",
  };
  static const char *const protocols[] = { "a, b", NULL };
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_test_message ("%s", urls[i]);
      g_assert_null (mullion_web_socket_new (urls[i], NULL, &error));
      g_assert_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_ADDRESS);
      g_clear_error (&error);
    }
  g_assert_null (mullion_web_socket_new ("ws://127.0.0.1/", protocols, &error));
  g_assert_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_ADDRESS);
}

static void
assert_no_connection (End        *end,
                      const char *url,
                      int         code,
                      const char *message)
{
  connect_to (end, url, NULL);
  assert_closed (end, 1006, "");
  g_assert_cmpuint (end->errors->len, ==, 1);
  g_assert_error ((GError *) end->errors->pdata[0], MULLION_SOCKET_ERROR, code);
  g_assert_nonnull (strstr (((GError *) end->errors->pdata[0])->message, message));
  g_signal_handlers_disconnect_by_data (end->socket, end);
  g_clear_object (&end->socket);
  g_ptr_array_set_size (end->errors, 0);
  end->n_closes = 0;
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *closed = g_strdup_printf ("ws://127.0.0.1:%u/", port);
  g_autofree char *missing = g_strdup_printf ("ws+unix://%s/none:/", fixture->folder);
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *no_socket = g_strdup_printf ("ws+unix://%s:/", file);

  g_socket_listener_close (listener);
  g_assert_true (g_file_set_contents (file, "text", -1, NULL));
  assert_no_connection (&fixture->here, closed, MULLION_SOCKET_ERROR_REFUSED, closed);
  assert_no_connection (&fixture->here, missing, MULLION_SOCKET_ERROR_NOT_FOUND, missing);
  assert_no_connection (&fixture->here, no_socket, MULLION_SOCKET_ERROR_NOT_A_SOCKET, "no socket");
}

static gboolean
answer_cb (GSocketService    *service,
           GSocketConnection *connection,
           GObject           *source,
           const char        *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL));
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection),
                          g_object_unref);
  return TRUE;
}

#define UPGRADE "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"

/* Something else is at the port. */
static void
test_no_web_socket (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } answers[] = {
    { "", "closed in place of an answer" },
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "the answer is 404 Not Found" },
    { "HTTP/1.1 302 Found\r\nLocation: ws://example.org/\r\n\r\n", "the answer is 302 Found" },
    { "220 mail.example.org ESMTP\r\n\r\n", "does not speak HTTP" },
    { "HTTP/1.1 101 Switching Protocols\r\n\r\n", "does not upgrade" },
    { UPGRADE "\r\n", "does not answer this request" },
    { UPGRADE "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", "does not answer this request" },
    { NULL, "has no end" },
  };
  g_autofree char *endless = g_strnfill (20000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(GSocketService) service = g_socket_service_new ();
      guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
      g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/", port);

      g_signal_connect (service, "incoming", G_CALLBACK (answer_cb),
                        (gpointer) (answers[i].text != NULL ? answers[i].text : endless));
      assert_no_connection (&fixture->here, url, MULLION_SOCKET_ERROR_HANDSHAKE, answers[i].message);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

/* -- Raw clients -- */

static GSocketConnection *
connect_raw (Fixture *fixture)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (fixture->path);
  g_autoptr(GError) error = NULL;
  GSocketConnection *raw =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);

  g_assert_no_error (error);
  return raw;
}

static void
write_raw (GSocketConnection *raw,
           const void        *data,
           gsize              size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (raw)), data, size, NULL, NULL,
                             NULL);
}

static void
ask (GSocketConnection *raw,
     const char        *more)
{
  g_autofree char *text = g_strdup_printf (
      "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n", more);

  write_raw (raw, text, strlen (text));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(gssize *) user_data = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
}

/* The first line of what comes. */
static char *
read_line (GSocketConnection *raw)
{
  char text[1000] = "";
  gssize n = -2;

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (raw)), text, sizeof text - 1,
                             G_PRIORITY_DEFAULT, NULL, read_cb, &n);
  wait_until (n != -2);
  return g_strndup (text, strcspn (text, "\r\n"));
}

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
      ask (raw, requests[i].headers);
      line = read_line (raw);
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
  line = read_line (second);
  g_assert_cmpstr (line, ==, "");
  g_assert_cmpuint (fixture->n_refused, ==, 1);
}

/* A client that has said what it has to, and has been let in. */
static GSocketConnection *
open_raw (Fixture *fixture)
{
  GSocketConnection *raw = NULL;
  g_autofree char *line = NULL;

  listen_unix (fixture);
  raw = connect_raw (fixture);
  ask (raw, "");
  wait_until (fixture->there.n_opens > 0);
  line = read_line (raw);
  g_assert_cmpstr (line, ==, "HTTP/1.1 101 Switching Protocols");

  return raw;
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
  g_test_add (path, Fixture, data, set_up, func, tear_down);
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
  add ("/web-socket/unix", listen_unix, test_ours);
  add ("/web-socket/tcp", listen_tcp, test_ours);
  add ("/web-socket/closed-there", NULL, test_closed_there);
  add ("/web-socket/let-go", NULL, test_let_go);
  add ("/web-socket/misuse", NULL, test_misuse);
  add ("/web-socket/ws-server", NULL, test_ws_server);
  add ("/web-socket/ws-client/tcp", listen_tcp, test_ws_client);
  add ("/web-socket/ws-client/unix", listen_unix, test_ws_client);
  add ("/web-socket/urls", NULL, test_urls);
  add ("/web-socket/nobody", NULL, test_nobody);
  add ("/web-socket/no-web-socket", NULL, test_no_web_socket);
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
