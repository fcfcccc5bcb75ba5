/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "web-socket-fixture.h"

#include "mullion-message-error.h"
#include "mullion-socket-error.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

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

void
set_up_sockets (Fixture       *fixture,
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

void
tear_down_sockets (Fixture       *fixture,
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

void
listen_unix (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_server_listen (fixture->server, fixture->path, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("ws+unix://%s:/room?seat=1", fixture->path);
}

void
listen_tcp (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_server_listen_tcp (fixture->server, 0, &error);
  g_assert_no_error (error);
  fixture->url = g_strdup_printf ("ws://127.0.0.1:%u/room?seat=1",
                                  mullion_web_socket_server_get_port (fixture->server));
}

void
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

void
send_text (End        *end,
           const char *text)
{
  g_autoptr(GError) error = NULL;

  mullion_web_socket_send_text (end->socket, text, -1, &error);
  g_assert_no_error (error);
}

void
send_zeros (End   *end,
            gsize  size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr(GError) error = NULL;

  mullion_web_socket_send_bytes (end->socket, bytes, &error);
  g_assert_no_error (error);
}

void
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

/* -- Raw clients -- */

GSocketConnection *
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

void
write_raw (GSocketConnection *raw,
           const void        *data,
           gsize              size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (raw)), data, size, NULL, NULL,
                             NULL);
}

void
ask_raw (GSocketConnection *raw,
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
char *
read_raw_line (GSocketConnection *raw)
{
  char text[1000] = "";
  gssize n = -2;

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (raw)), text, sizeof text - 1,
                             G_PRIORITY_DEFAULT, NULL, read_cb, &n);
  wait_until (n != -2);
  return g_strndup (text, strcspn (text, "\r\n"));
}

/* A client that has said what it has to, and has been let in. */
GSocketConnection *
open_raw (Fixture *fixture)
{
  GSocketConnection *raw = NULL;
  g_autofree char *line = NULL;

  listen_unix (fixture);
  raw = connect_raw (fixture);
  ask_raw (raw, "");
  wait_until (fixture->there.n_opens > 0);
  line = read_raw_line (raw);
  g_assert_cmpstr (line, ==, "HTTP/1.1 101 Switching Protocols");

  return raw;
}
