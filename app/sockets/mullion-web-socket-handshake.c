/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-socket-handshake.h"

#include "mullion-socket-error.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <string.h>

/*
 * The handshake of a WebSocket that connects (RFC 6455, section 4.1).
 *
 * libsoup has one of its own, and reads the connection from then on as fast as it can: a server that
 * never stops would keep the main loop. What reads a MullionWebSocket has to be there from the first
 * frame on, so the handshake is here. Its answer is read byte by byte: what follows is a frame.
 */

#define TIMEOUT_S 30

#define MAX_ANSWER (16 * 1024)

/* Of the specification. */
#define ACCEPT_SUFFIX "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

typedef struct
{
  MullionWebSocketAddress *address;
  GStrv protocols;
  char *key;
  char *request;
  GString *answer;

  GIOStream *connection; /* (nullable) */
  GSource *source;       /* (nullable) */
  guint timeout_id;
  char *protocol; /* (nullable) */
} Handshake;

static void
stop_reading (Handshake *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}

static void
free_handshake (gpointer data)
{
  Handshake *self = data;

  stop_reading (self);
  mullion_web_socket_address_free (self->address);
  g_strfreev (self->protocols);
  g_free (self->key);
  g_free (self->request);
  g_string_free (self->answer, TRUE);
  g_clear_object (&self->connection);
  g_free (self->protocol);
  g_free (self);
}

/* Takes @task, and closes what was open. */
static void
fail (GTask      *task,
      const char *format,
      ...) G_GNUC_PRINTF (2, 3);

static void
fail (GTask      *task,
      const char *format,
      ...)
{
  Handshake *self = g_task_get_task_data (task);
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  stop_reading (self);
  if (self->connection != NULL)
    g_io_stream_close_async (self->connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_task_return_new_error (task, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_HANDSHAKE,
                           "Cannot connect to “%s”: %s", self->address->url, reason);
  g_object_unref (task);
}

/* -- The answer -- */

static char *
make_accept (const char *key)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) ACCEPT_SUFFIX, -1);
  g_checksum_get_digest (checksum, digest, &size);

  return g_base64_encode (digest, size);
}

/* (nullable): what is wrong with it */
static const char *
check_headers (Handshake          *self,
               SoupMessageHeaders *headers)
{
  g_autofree char *accept = make_accept (self->key);
  const char *protocol = soup_message_headers_get_one (headers, "Sec-WebSocket-Protocol");

  if (!soup_message_headers_header_contains (headers, "Upgrade", "websocket") ||
      !soup_message_headers_header_contains (headers, "Connection", "Upgrade"))
    return "it does not upgrade to a WebSocket";
  if (g_strcmp0 (soup_message_headers_get_one (headers, "Sec-WebSocket-Accept"), accept) != 0)
    return "it does not answer this request";
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions") != NULL)
    return "it uses an extension that nobody asked for";
  if (protocol != NULL &&
      (self->protocols == NULL || !g_strv_contains ((const char *const *) self->protocols, protocol)))
    return "it chose a protocol that nobody asked for";

  self->protocol = g_strdup (protocol);
  return NULL;
}

/* Takes @task. */
static void
take_answer (GTask *task)
{
  Handshake *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  SoupHTTPVersion version;
  guint status = 0;
  g_autofree char *phrase = NULL;
  const char *wrong = NULL;

  stop_reading (self);
  if (!soup_headers_parse_response (self->answer->str, (int) self->answer->len, headers, &version,
                                    &status, &phrase))
    fail (task, "what is there does not speak HTTP");
  else if (status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    fail (task, "the answer is %u %s", status, phrase);
  else if ((wrong = check_headers (self, headers)) != NULL)
    fail (task, "%s", wrong);
  else
    {
      g_task_return_pointer (task, g_object_ref (self->connection), g_object_unref);
      g_object_unref (task);
    }
  soup_message_headers_unref (headers);
}

static gboolean
read_cb (GObject  *stream,
         gpointer  user_data)
{
  GTask *task = user_data;
  Handshake *self = g_task_get_task_data (task);
  char byte;

  if (g_task_return_error_if_cancelled (task))
    {
      stop_reading (self);
      g_object_unref (task);
      return G_SOURCE_REMOVE;
    }

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), &byte, 1,
                                                           NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;

      if (n > 0)
        g_string_append_c (self->answer, byte);
      if (n < 0)
        fail (task, "%s", error->message);
      else if (n == 0)
        fail (task, "the connection was closed in place of an answer");
      else if (g_str_has_suffix (self->answer->str, "\r\n\r\n"))
        take_answer (task);
      else if (self->answer->len < MAX_ANSWER)
        continue;
      else
        fail (task, "the answer has no end");
      return G_SOURCE_REMOVE;
    }
}

static gboolean
expire_cb (gpointer user_data)
{
  GTask *task = user_data;
  Handshake *self = g_task_get_task_data (task);

  self->timeout_id = 0;
  fail (task, "there was no answer in %d seconds", TIMEOUT_S);
  return G_SOURCE_REMOVE;
}

static void
await_answer (GTask *task)
{
  Handshake *self = g_task_get_task_data (task);
  GInputStream *input = g_io_stream_get_input_stream (self->connection);

  self->source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input),
                                                        g_task_get_cancellable (task));
  g_source_set_callback (self->source, G_SOURCE_FUNC (read_cb), task, NULL);
  g_source_attach (self->source, g_task_get_context (task));
  self->timeout_id = g_timeout_add_seconds (TIMEOUT_S, expire_cb, task);
}

/* -- The request -- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    await_answer (task);
  else if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    fail (task, "%s", error->message);
}

static char *
make_key (void)
{
  guint32 random[4];

  for (gsize i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = g_random_int ();

  return g_base64_encode ((const guchar *) random, sizeof random);
}

static char *
make_request (Handshake *self)
{
  const MullionWebSocketAddress *address = self->address;
  gboolean is_usual = address->port == 0 || address->port == (address->is_secure ? 443 : 80);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "GET %s HTTP/1.1\r\nHost: ", address->resource);
  g_string_append_printf (text, strchr (address->host, ':') != NULL ? "[%s]" : "%s", address->host);
  if (!is_usual)
    g_string_append_printf (text, ":%u", address->port);
  g_string_append_printf (text, "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n", self->key);
  if (self->protocols != NULL && *self->protocols != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", self->protocols);

      g_string_append_printf (text, "Sec-WebSocket-Protocol: %s\r\n", list);
    }
  g_string_append (text, "\r\n");

  return g_string_free (text, FALSE);
}

/* Takes @reason. */
static void
fail_to_connect (GTask  *task,
                 GError *reason)
{
  Handshake *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = reason;
  else
    mullion_socket_address_set_error (&error, reason, "Cannot connect to “%s”", self->address->url);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Handshake *self = g_task_get_task_data (task);
  GError *error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  int pid = -1;

  if (connection != NULL)
    self->connection = G_IO_STREAM (connection);
  if (connection == NULL ||
      (self->address->path != NULL &&
       !mullion_socket_address_check_peer (g_socket_connection_get_socket (connection), &pid, &error)))
    {
      fail_to_connect (task, error);
      return;
    }

  self->key = make_key ();
  self->request = make_request (self);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->connection), self->request,
                                   strlen (self->request), G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), written_cb, task);
}

/* As a browser does, it goes through the proxy that there is for web pages. */
static GSocketConnectable *
make_address (const MullionWebSocketAddress *address)
{
  return g_object_new (G_TYPE_NETWORK_ADDRESS, "hostname", address->host, "port", (guint) address->port,
                       "scheme", address->is_secure ? "https" : "http", NULL);
}

/* (nullable) (transfer full) */
static GSocketConnectable *
find_server (const MullionWebSocketAddress  *address,
             GError                        **error)
{
  MullionSocketAddress place = { address->path, address->port };
  gboolean exists = FALSE;

  if (address->path == NULL)
    return make_address (address);
  if (!mullion_socket_address_check_file (&place, &exists, error))
    return NULL;

  return G_SOCKET_CONNECTABLE (mullion_socket_address_to_gio (&place, error));
}

void
mullion_web_socket_handshake_async (MullionWebSocketAddress  *address,
                                    const char *const        *protocols,
                                    GCancellable             *cancellable,
                                    GAsyncReadyCallback       callback,
                                    gpointer                  user_data)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Handshake *self = g_new0 (Handshake, 1);
  GError *error = NULL;
  g_autoptr(GSocketConnectable) where = find_server (address, &error);

  self->address = address;
  self->protocols = g_strdupv ((char **) protocols);
  self->answer = g_string_new (NULL);
  g_task_set_task_data (task, self, free_handshake);
  if (where == NULL)
    {
      fail_to_connect (task, error);
      return;
    }

  g_socket_client_set_tls (client, address->is_secure);
  g_socket_client_set_enable_proxy (client, address->path == NULL);
  g_socket_client_connect_async (client, where, cancellable, connected_cb, task);
}

GIOStream *
mullion_web_socket_handshake_finish (GAsyncResult  *result,
                                     char         **protocol,
                                     GError       **error)
{
  GTask *task = G_TASK (result);
  GIOStream *connection = g_task_propagate_pointer (task, error);
  Handshake *self = g_task_get_task_data (task);

  if (connection != NULL)
    *protocol = g_steal_pointer (&self->protocol);

  return connection;
}
