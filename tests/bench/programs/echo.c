/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The other end of the transports between processes:
 *
 *   mullion-bench-echo raw          bytes on standard input and output, without Mullion
 *   mullion-bench-echo lines        JSON messages on them
 *   mullion-bench-echo channel      the IPC channel of Node.js
 *   mullion-bench-echo socket PATH  a client of the socket there
 *   mullion-bench-echo web-socket URL
 *   mullion-bench-echo bus NAME     hears questions on the local bus, and publishes answers
 *   mullion-bench-echo port         the parent port of a helper
 *
 * Short messages are sent back. Long ones are taken: they are so many that only the way to here is of
 * interest, and a short one behind them tells when they are through.
 */

#define SHORT 64
#define CHUNK (64 * 1024)

static gboolean
transfer (gboolean  is_sending,
          guint8   *bytes,
          gsize     size)
{
  while (size > 0)
    {
      gssize n = is_sending ? write (STDOUT_FILENO, bytes, size) : read (STDIN_FILENO, bytes, size);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      bytes += MAX (n, 0);
      size -= MAX (n, 0);
    }

  return TRUE;
}

/* The first eight bytes of a message are its size. */
static void
echo_raw (void)
{
  static guint8 bytes[CHUNK];

  while (transfer (FALSE, bytes, SHORT))
    {
      guint64 rest;

      memcpy (&rest, bytes, sizeof rest);
      for (rest -= SHORT; rest > 0; rest -= MIN (rest, CHUNK))
        if (!transfer (FALSE, bytes, MIN (rest, CHUNK)))
          return;
      if (!transfer (TRUE, bytes, SHORT))
        return;
    }
}

static gboolean
is_short (JsonNode *message)
{
  const char *text = JSON_NODE_HOLDS_VALUE (message) ? json_node_get_string (message) : NULL;

  return text == NULL || strnlen (text, SHORT + 1) <= SHORT;
}

static void
lines_cb (MullionMessageStream *stream,
          JsonNode             *message,
          gpointer              user_data)
{
  if (is_short (message))
    mullion_message_stream_send (stream, json_node_copy (message), NULL);
}

static void
channel_cb (MullionNodeChannel *channel,
            JsonNode           *message,
            GSocket            *handle,
            gpointer            user_data)
{
  if (is_short (message))
    mullion_node_channel_send (channel, json_node_copy (message), NULL, NULL);
}

static void
socket_cb (MullionSocketClient *client,
           const char          *type,
           JsonNode            *message,
           gpointer             user_data)
{
  if (is_short (message))
    mullion_socket_client_send (client, type, json_node_copy (message), NULL);
}

static void
web_socket_cb (MullionWebSocket *socket,
               GBytes           *data,
               gboolean          is_binary,
               gpointer          user_data)
{
  if (g_bytes_get_size (data) <= SHORT)
    mullion_web_socket_send_text (socket, g_bytes_get_data (data, NULL),
                                  (gssize) g_bytes_get_size (data), NULL);
}

static void
bus_cb (MullionMessageBus *bus,
        const char        *topic,
        JsonNode          *message,
        gpointer           user_data)
{
  if (is_short (message))
    mullion_message_bus_publish (bus, "answers", json_node_copy (message), NULL);
}

static void
joined_cb (MullionMessageBus *bus,
           gpointer           user_data)
{
  mullion_message_bus_publish (bus, "answers", NULL, NULL);
}

static void
port_cb (MullionMessagePortMain *port,
         MullionMessageEvent    *event,
         gpointer                user_data)
{
  JsonNode *message = mullion_message_event_get_data (event);

  if (is_short (message))
    mullion_message_port_main_post_message (port, json_node_copy (message), NULL, 0, NULL);
}

static gpointer
open_bus (const char *name)
{
  MullionMessageBus *bus = MULLION_MESSAGE_BUS (mullion_local_bus_new (name));

  g_signal_connect (bus, "message", G_CALLBACK (bus_cb), NULL);
  g_signal_connect (bus, "connect", G_CALLBACK (joined_cb), NULL);
  mullion_message_bus_subscribe (bus, "questions", NULL);
  mullion_message_bus_open (bus);

  return bus;
}

static gpointer
open_transport (const char  *mode,
                const char  *path,
                GMainLoop   *loop,
                GError     **error)
{
  gpointer transport = NULL;

  if (g_str_equal (mode, "lines"))
    {
      transport = mullion_message_stream_new_for_stdio (MULLION_FRAMING_LINES, error);
      if (transport == NULL)
        return NULL;
      g_signal_connect (transport, "message", G_CALLBACK (lines_cb), NULL);
      g_signal_connect_swapped (transport, "closed", G_CALLBACK (g_main_loop_quit), loop);
    }
  else if (g_str_equal (mode, "channel"))
    {
      transport = mullion_node_channel_get_parent (error);
      if (transport == NULL)
        return NULL;
      g_object_ref (transport);
      g_signal_connect (transport, "message", G_CALLBACK (channel_cb), NULL);
      g_signal_connect_swapped (transport, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
    }
  else if (g_str_equal (mode, "port"))
    {
      transport = mullion_utility_process_get_parent_port (error);
      if (transport == NULL)
        return NULL;
      g_object_ref (transport);
      g_signal_connect (transport, "message", G_CALLBACK (port_cb), NULL);
      g_signal_connect_swapped (transport, "close", G_CALLBACK (g_main_loop_quit), loop);
      mullion_message_port_main_start (transport);
    }
  else if (g_str_equal (mode, "bus") && path != NULL)
    {
      transport = open_bus (path);
      g_signal_connect_swapped (transport, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
    }
  else if (g_str_equal (mode, "web-socket") && path != NULL)
    {
      transport = mullion_web_socket_new (path, NULL, error);
      if (transport == NULL)
        return NULL;
      g_signal_connect (transport, "message", G_CALLBACK (web_socket_cb), NULL);
      g_signal_connect_swapped (transport, "close", G_CALLBACK (g_main_loop_quit), loop);
    }
  else if (path != NULL)
    {
      transport = mullion_socket_client_new (path);
      g_signal_connect (transport, "message", G_CALLBACK (socket_cb), NULL);
      g_signal_connect_swapped (transport, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
      mullion_socket_client_open (transport);
    }
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no mode '%s'", mode);
    }

  return transport;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GObject) transport = NULL;
  g_autoptr(GError) error = NULL;
  const char *mode = argc > 1 ? argv[1] : "";

  if (g_str_equal (mode, "raw"))
    {
      echo_raw ();
      return EXIT_SUCCESS;
    }

  transport = open_transport (mode, argc > 2 ? argv[2] : NULL, loop, &error);
  if (transport == NULL)
    {
      g_printerr ("mullion-bench-echo: %s\n", error->message);
      return EXIT_FAILURE;
    }

  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
