/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "web-socket-fixture.h"

#include "mullion-message-error.h"
#include "mullion-socket-error.h"

#include <string.h>

/* WebSockets: ours at both ends, with the library ws, and where no WebSocket is. */

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

static void
add (const char    *path,
     gconstpointer  data,
     void         (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, data, set_up_sockets, func, tear_down_sockets);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
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

  return g_test_run ();
}
