/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-socket-private.h"

#include "mullion-message-error.h"
#include "mullion-message-stream.h"
#include "mullion-paced-input.h"
#include "mullion-socket-error.h"
#include "mullion-web-socket-handshake.h"
#include "mullion-web-socket-outbox.h"

#include <string.h>

/**
 * MullionWebSocket:
 *
 * A WebSocket: text and binary messages with another program, on this machine or elsewhere, `WebSocket`
 * of the web platform. A [class@WebSocketServer] has one for each of its connections.
 *
 * What comes in is not read faster than the handlers take it, and windows are painted first. Sending
 * never waits: see [method@WebSocket.get_buffered_amount]. There are no extensions, so nothing is
 * compressed.
 *
 * The connection ends with the object.
 *
 * Since: 0.1
 */

#define MAX_QUEUED (32u * 1024 * 1024)

/* The frame of a close has room for so much. */
#define MAX_REASON 123

struct _MullionWebSocket
{
  GObject parent_instance;

  char *url;
  char *protocol;              /* (nullable): what was agreed */
  MullionWebSocketState state;
  GCancellable *cancellable;   /* (nullable): while it connects */

  GIOStream *connection;          /* (nullable): while there is one, as the next three */
  SoupWebsocketConnection *link;
  MullionPacedInput *input;
  MullionWebSocketOutbox *outbox;

  gsize max_size;
  gsize max_queued;
  gboolean was_full;

  guint close_code; /* of this end, */
  char *close_reason; /* (nullable) */
};

enum
{
  OPEN,
  MESSAGE,
  CLOSE,
  ERROR,
  DRAINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionWebSocket, mullion_web_socket, G_TYPE_OBJECT)

/* -- The end -- */

static void
let_go (MullionWebSocket *self)
{
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_pointer (&self->outbox, mullion_web_socket_outbox_free);
  g_clear_object (&self->link);
  g_clear_object (&self->input);
  if (self->connection != NULL)
    g_io_stream_close_async (self->connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->connection);
}

static void
end (MullionWebSocket *self,
     guint             code,
     const char       *reason)
{
  self->state = MULLION_WEB_SOCKET_CLOSED;
  g_signal_emit (self, signals[CLOSE], 0, code, reason != NULL ? reason : "");
}

static void
closed_cb (SoupWebsocketConnection *link,
           gpointer                 user_data)
{
  g_autoptr(MullionWebSocket) self = g_object_ref (user_data);
  guint code = soup_websocket_connection_get_close_code (link);
  g_autofree char *reason = g_strdup (soup_websocket_connection_get_close_data (link));

  let_go (self);
  end (self, code != 0 ? code : SOUP_WEBSOCKET_CLOSE_ABNORMAL, reason);
}

/* The other end may have closed it, of which nobody was told yet. */
static gboolean
is_open (MullionWebSocket *self)
{
  return self->link != NULL &&
         soup_websocket_connection_get_state (self->link) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
send_close (MullionWebSocket *self)
{
  if (is_open (self))
    soup_websocket_connection_close (self->link, (gushort) self->close_code, self->close_reason);
}

/* -- What comes and goes -- */

static void
flushed_cb (gpointer owner)
{
  g_autoptr(MullionWebSocket) self = g_object_ref (owner);

  if (self->state == MULLION_WEB_SOCKET_CLOSING)
    send_close (self);
  else if (self->was_full)
    {
      self->was_full = FALSE;
      g_signal_emit (self, signals[DRAINED], 0);
    }
}

static void
message_cb (SoupWebsocketConnection *link,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  g_autoptr(MullionWebSocket) self = g_object_ref (user_data);

  if (self->input == NULL)
    return;

  mullion_paced_input_mark (self->input);
  g_signal_emit (self, signals[MESSAGE], 0, bytes, type == SOUP_WEBSOCKET_DATA_BINARY);
}

static int
find_code (const GError *reason)
{
  if (reason->domain == SOUP_WEBSOCKET_ERROR && reason->code == SOUP_WEBSOCKET_CLOSE_TOO_BIG)
    return MULLION_MESSAGE_ERROR_TOO_LARGE;
  if (reason->domain == SOUP_WEBSOCKET_ERROR && reason->code == SOUP_WEBSOCKET_CLOSE_BAD_DATA)
    return MULLION_MESSAGE_ERROR_ENCODING;
  if (reason->domain == SOUP_WEBSOCKET_ERROR)
    return MULLION_MESSAGE_ERROR_SYNTAX;

  return MULLION_MESSAGE_ERROR_CLOSED;
}

static void
error_cb (SoupWebsocketConnection *link,
          const GError            *reason,
          gpointer                 user_data)
{
  g_autoptr(MullionWebSocket) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;

  if (reason->domain == MULLION_MESSAGE_ERROR)
    error = g_error_copy (reason);
  else
    g_set_error (&error, MULLION_MESSAGE_ERROR, find_code (reason), "“%s”: %s", self->url,
                 reason->message);
  g_signal_emit (self, signals[ERROR], 0, error);
}

/* libsoup limits the parts of a message, the stream all of them together: a frame has a head, and
 * between two messages there may be some that are none. */
static void
apply_max_size (MullionWebSocket *self)
{
  soup_websocket_connection_set_max_incoming_payload_size (self->link, self->max_size);
  mullion_paced_input_set_max (self->input, 2 * self->max_size + 64 * 1024);
}

static void
set_up (MullionWebSocket            *self,
        GIOStream                   *connection,
        GUri                        *uri,
        SoupWebsocketConnectionType  type)
{
  g_autoptr(GIOStream) paced = NULL;
  GOutputStream *output = g_io_stream_get_output_stream (connection);

  self->connection = g_object_ref (connection);
  self->input = mullion_paced_input_new (g_io_stream_get_input_stream (connection));
  paced = g_simple_io_stream_new (G_INPUT_STREAM (self->input), output);
  self->link = soup_websocket_connection_new (paced, uri, type, NULL, self->protocol, NULL);
  self->outbox = mullion_web_socket_outbox_new (self->link, output, flushed_cb, self);
  self->state = MULLION_WEB_SOCKET_OPEN;
  apply_max_size (self);
  g_signal_connect (self->link, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->link, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->link, "closed", G_CALLBACK (closed_cb), self);
}

/* -- Connecting -- */

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionWebSocket) self = user_data;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GIOStream) connection =
      mullion_web_socket_handshake_finish (result, &self->protocol, &error);

  g_clear_object (&self->cancellable);
  if (self->state == MULLION_WEB_SOCKET_CLOSED)
    return;

  if (connection == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[ERROR], 0, error);
      end (self, SOUP_WEBSOCKET_CLOSE_ABNORMAL, NULL);
      return;
    }

  /* It says nothing to libsoup but what it is about. */
  uri = g_uri_parse ("ws://localhost/", SOUP_HTTP_URI_FLAGS, NULL);
  set_up (self, connection, uri, SOUP_WEBSOCKET_CONNECTION_CLIENT);
  g_signal_emit (self, signals[OPEN], 0);
}

static void
mullion_web_socket_dispose (GObject *object)
{
  MullionWebSocket *self = MULLION_WEB_SOCKET (object);

  if (is_open (self))
    soup_websocket_connection_close (self->link, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  self->state = MULLION_WEB_SOCKET_CLOSED;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  let_go (self);

  G_OBJECT_CLASS (mullion_web_socket_parent_class)->dispose (object);
}

static void
mullion_web_socket_finalize (GObject *object)
{
  MullionWebSocket *self = MULLION_WEB_SOCKET (object);

  g_free (self->url);
  g_free (self->protocol);
  g_free (self->close_reason);

  G_OBJECT_CLASS (mullion_web_socket_parent_class)->finalize (object);
}

static void
mullion_web_socket_class_init (MullionWebSocketClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_web_socket_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_web_socket_finalize;

  /**
   * MullionWebSocket::open:
   * @self: the WebSocket
   *
   * There is a connection. One that a server accepted is open from the beginning.
   *
   * Since: 0.1
   */
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionWebSocket::message:
   * @self: the WebSocket
   * @data: what it says; a text is UTF-8, and has a U+0000 behind it that does not count
   * @is_binary: whether it is binary, and no text
   *
   * A message came.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   G_TYPE_BOOLEAN);

  /**
   * MullionWebSocket::close:
   * @self: the WebSocket
   * @code: the code that the other end gave, or sent back: 1000 if all is well, 1005 if it gave none,
   *   and 1006 if the connection broke or there never was one
   * @reason: its reason, or ""
   *
   * It is over.
   *
   * Since: 0.1
   */
  signals[CLOSE] = g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_UINT, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionWebSocket::error:
   * @self: the WebSocket
   * @error: an error of %MULLION_SOCKET_ERROR if there is no connection, and of
   *   %MULLION_MESSAGE_ERROR if what came is too large, no UTF-8 or no WebSocket
   *
   * Something went wrong, and [signal@WebSocket::close] follows.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionWebSocket::drained:
   * @self: the WebSocket
   *
   * A message was refused because too much was waiting, and nothing waits any more.
   *
   * Since: 0.1
   */
  signals[DRAINED] = g_signal_new ("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mullion_web_socket_init (MullionWebSocket *self)
{
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;
  self->max_queued = MAX_QUEUED;
}

/**
 * mullion_web_socket_new:
 * @url: where to connect to: `ws://HOST[:PORT]/…`, `wss://…`, or `ws+unix://PATH:/…` for a Unix socket,
 *   which has to be this user's, as the process behind it
 * @protocols: (nullable) (array zero-terminated=1): names of protocols, of which the server may choose one
 * @error: return location for an error
 *
 * Makes a WebSocket, which connects. [signal@WebSocket::open] says that there is a connection, and
 * [signal@WebSocket::close] that there is none.
 *
 * Returns: (transfer full) (nullable): the WebSocket, or %NULL with %MULLION_SOCKET_ERROR_ADDRESS
 *
 * Since: 0.1
 */
MullionWebSocket *
mullion_web_socket_new (const char          *url,
                        const char * const  *protocols,
                        GError             **error)
{
  MullionWebSocketAddress *address;
  MullionWebSocket *self;

  g_return_val_if_fail (url != NULL, NULL);

  if (!mullion_web_socket_address_check_protocols (protocols, error) ||
      (address = mullion_web_socket_address_new (url, error)) == NULL)
    return NULL;

  self = g_object_new (MULLION_TYPE_WEB_SOCKET, NULL);
  self->url = g_strdup (url);
  self->cancellable = g_cancellable_new ();
  mullion_web_socket_handshake_async (address, protocols, self->cancellable, connected_cb,
                                      g_object_ref (self));

  return self;
}

MullionWebSocket *
mullion_web_socket_new_accepted (GIOStream  *connection,
                                 GUri       *uri,
                                 const char *protocol)
{
  MullionWebSocket *self = g_object_new (MULLION_TYPE_WEB_SOCKET, NULL);

  self->url = g_uri_to_string (uri);
  self->protocol = g_strdup (protocol);
  set_up (self, connection, uri, SOUP_WEBSOCKET_CONNECTION_SERVER);

  return self;
}

static gboolean
send (MullionWebSocket       *self,
      SoupWebsocketDataType   type,
      GBytes                 *bytes,
      GError                **error)
{
  gsize size = g_bytes_get_size (bytes);
  gsize queued = mullion_web_socket_get_buffered_amount (self);

  if (self->state != MULLION_WEB_SOCKET_OPEN || !is_open (self))
    g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                         "No message can be sent: the WebSocket is not open");
  else if (size > self->max_size)
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                 "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT
                 " bytes", size, self->max_size);
  else if (queued >= self->max_queued)
    {
      self->was_full = TRUE;
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL,
                   "The other end does not read: %" G_GSIZE_FORMAT " bytes wait", queued);
    }
  else
    {
      mullion_web_socket_outbox_send (self->outbox, type, bytes);
      return TRUE;
    }

  return FALSE;
}

/**
 * mullion_web_socket_send_text:
 * @self: a WebSocket
 * @text: a text in UTF-8
 * @length: how many bytes it has, or -1 if it ends with a U+0000
 * @error: return location for an error
 *
 * Sends a text, or keeps it until the other end reads.
 *
 * Returns: whether the message is on its way; %FALSE with an error of %MULLION_MESSAGE_ERROR: it is too
 *   large or no UTF-8, too much is waiting, or there is no connection
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_send_text (MullionWebSocket  *self,
                              const char        *text,
                              gssize             length,
                              GError           **error)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  bytes = g_bytes_new (text, length >= 0 ? (gsize) length : strlen (text));
  if (!g_utf8_validate_len (text, g_bytes_get_size (bytes), NULL))
    {
      g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_ENCODING,
                           "A text is no UTF-8, or has a U+0000: send bytes");
      return FALSE;
    }

  return send (self, SOUP_WEBSOCKET_DATA_TEXT, bytes, error);
}

/**
 * mullion_web_socket_send_bytes:
 * @self: a WebSocket
 * @bytes: anything
 * @error: return location for an error
 *
 * Sends a binary message, or keeps it until the other end reads.
 *
 * Returns: whether the message is on its way; see [method@WebSocket.send_text]
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_send_bytes (MullionWebSocket  *self,
                               GBytes            *bytes,
                               GError           **error)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  return send (self, SOUP_WEBSOCKET_DATA_BINARY, bytes, error);
}

static gboolean
check_close (guint        code,
             const char  *reason,
             GError     **error)
{
  if (code != 0 && code != SOUP_WEBSOCKET_CLOSE_NORMAL && (code < 3000 || code > 4999))
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED,
                 "A WebSocket cannot be closed with %u: expected 1000, or 3000 to 4999", code);
  else if (reason != NULL && (strlen (reason) > MAX_REASON || !g_utf8_validate (reason, -1, NULL)))
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                 "The reason to close a WebSocket has to be UTF-8 of %d bytes at most", MAX_REASON);
  else
    return TRUE;

  return FALSE;
}

/**
 * mullion_web_socket_close:
 * @self: a WebSocket
 * @code: 1000, a number of the app's from 3000 to 4999, or 0 for 1000
 * @reason: (nullable): a text for the other end, of 123 bytes at most
 * @error: return location for an error
 *
 * Ends it. What was sent before is still written, and [signal@WebSocket::close] comes when the other
 * end has answered. Nothing happens if it has ended already.
 *
 * Returns: %FALSE with an error of %MULLION_MESSAGE_ERROR if that is no code, or no reason
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_close (MullionWebSocket  *self,
                          guint              code,
                          const char        *reason,
                          GError           **error)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), FALSE);

  if (!check_close (code, reason, error))
    return FALSE;

  if (self->state == MULLION_WEB_SOCKET_CONNECTING)
    {
      g_cancellable_cancel (self->cancellable);
      return TRUE;
    }
  if (self->state != MULLION_WEB_SOCKET_OPEN)
    return TRUE;

  self->state = MULLION_WEB_SOCKET_CLOSING;
  self->close_code = code != 0 ? code : SOUP_WEBSOCKET_CLOSE_NORMAL;
  self->close_reason = g_strdup (reason);
  if (mullion_web_socket_outbox_get_queued (self->outbox) == 0)
    send_close (self);

  return TRUE;
}

/**
 * mullion_web_socket_get_ready_state:
 * @self: a WebSocket
 *
 * Gets how far it is.
 *
 * Returns: a state
 *
 * Since: 0.1
 */
MullionWebSocketState
mullion_web_socket_get_ready_state (MullionWebSocket *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), MULLION_WEB_SOCKET_CLOSED);

  return self->state;
}

/**
 * mullion_web_socket_get_url:
 * @self: a WebSocket
 *
 * Gets where it leads, or what a client asked a server for.
 *
 * Returns: a URL
 *
 * Since: 0.1
 */
const char *
mullion_web_socket_get_url (MullionWebSocket *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), NULL);

  return self->url;
}

/**
 * mullion_web_socket_get_protocol:
 * @self: a WebSocket
 *
 * Gets the protocol that both ends have agreed on.
 *
 * Returns: (nullable): a name, or %NULL if there is none
 *
 * Since: 0.1
 */
const char *
mullion_web_socket_get_protocol (MullionWebSocket *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), NULL);

  return self->protocol;
}

/**
 * mullion_web_socket_get_buffered_amount:
 * @self: a WebSocket
 *
 * Gets how much waits to be sent: `bufferedAmount` of the web platform.
 *
 * Returns: a number of bytes
 *
 * Since: 0.1
 */
gsize
mullion_web_socket_get_buffered_amount (MullionWebSocket *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET (self), 0);

  return self->outbox != NULL ? mullion_web_socket_outbox_get_queued (self->outbox) : 0;
}

/**
 * mullion_web_socket_set_max_size:
 * @self: a WebSocket
 * @max_size: a number of bytes, %MULLION_MESSAGE_STREAM_MAX_SIZE at first
 *
 * Limits the size of one message, in both directions. One that comes and is larger closes the WebSocket,
 * with the code 1009. A message in many parts is known by what they have together, which may be twice as
 * much.
 *
 * Since: 0.1
 */
void
mullion_web_socket_set_max_size (MullionWebSocket *self,
                                 gsize             max_size)
{
  g_return_if_fail (MULLION_IS_WEB_SOCKET (self));
  g_return_if_fail (max_size > 0 && max_size <= G_MAXUINT32 / 4);

  self->max_size = max_size;
  if (self->link != NULL)
    apply_max_size (self);
}

/**
 * mullion_web_socket_set_max_queued:
 * @self: a WebSocket
 * @max_queued: a number of bytes, 32 MiB at first
 *
 * Limits how much may wait to be sent.
 *
 * Since: 0.1
 */
void
mullion_web_socket_set_max_queued (MullionWebSocket *self,
                                   gsize             max_queued)
{
  g_return_if_fail (MULLION_IS_WEB_SOCKET (self));

  self->max_queued = max_queued;
}
