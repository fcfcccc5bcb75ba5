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
 *   mullion-bench-echo redis PATH   the same through the Redis server there
 *   mullion-bench-echo dbus ID      an app whose handler is called over D-Bus
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

/* Questions are heard from now on. */
static void
subscribed_cb (MullionMessageBus *bus,
               const char        *topic,
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

static void
invoke_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  JsonNode *message = json_array_get_element (args, 0);

  mullion_ipc_main_invoke_event_return (event, is_short (message) ? json_node_copy (message) : NULL);
}

/* -- The transports -- */

static gpointer
open_lines (const char  *unused,
            GMainLoop   *loop,
            GError     **error)
{
  MullionMessageStream *stream = mullion_message_stream_new_for_stdio (MULLION_FRAMING_LINES, error);

  if (stream == NULL)
    return NULL;

  g_signal_connect (stream, "message", G_CALLBACK (lines_cb), NULL);
  g_signal_connect_swapped (stream, "closed", G_CALLBACK (g_main_loop_quit), loop);
  return stream;
}

static gpointer
open_channel (const char  *unused,
              GMainLoop   *loop,
              GError     **error)
{
  MullionNodeChannel *channel = mullion_node_channel_get_parent (error);

  if (channel == NULL)
    return NULL;

  g_signal_connect (channel, "message", G_CALLBACK (channel_cb), NULL);
  g_signal_connect_swapped (channel, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
  return g_object_ref (channel);
}

static gpointer
open_port (const char  *unused,
           GMainLoop   *loop,
           GError     **error)
{
  MullionMessagePortMain *port = mullion_utility_process_get_parent_port (error);

  if (port == NULL)
    return NULL;

  g_signal_connect (port, "message", G_CALLBACK (port_cb), NULL);
  g_signal_connect_swapped (port, "close", G_CALLBACK (g_main_loop_quit), loop);
  mullion_message_port_main_start (port);
  return g_object_ref (port);
}

static gpointer
open_bus (gpointer   bus,
          GMainLoop *loop)
{
  g_signal_connect (bus, "message", G_CALLBACK (bus_cb), NULL);
  g_signal_connect (bus, "subscribed", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect_swapped (bus, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
  mullion_message_bus_subscribe (bus, "questions", NULL);
  mullion_message_bus_open (bus);

  return bus;
}

static gpointer
open_local_bus (const char  *name,
                GMainLoop   *loop,
                GError     **error)
{
  return open_bus (mullion_local_bus_new (name), loop);
}

static gpointer
open_redis (const char  *path,
            GMainLoop   *loop,
            GError     **error)
{
  return open_bus (mullion_redis_bus_new_for_path (path), loop);
}

static gpointer
open_web_socket (const char  *url,
                 GMainLoop   *loop,
                 GError     **error)
{
  MullionWebSocket *socket = mullion_web_socket_new (url, NULL, error);

  if (socket == NULL)
    return NULL;

  g_signal_connect (socket, "message", G_CALLBACK (web_socket_cb), NULL);
  g_signal_connect_swapped (socket, "close", G_CALLBACK (g_main_loop_quit), loop);
  return socket;
}

static gpointer
open_socket (const char  *path,
             GMainLoop   *loop,
             GError     **error)
{
  MullionSocketClient *client = mullion_socket_client_new (path);

  g_signal_connect (client, "message", G_CALLBACK (socket_cb), NULL);
  g_signal_connect_swapped (client, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
  mullion_socket_client_open (client);
  return client;
}

static gpointer
open_dbus (const char  *id,
           GMainLoop   *loop,
           GError     **error)
{
  g_autoptr(MullionApp) app = mullion_app_new (id, G_APPLICATION_DEFAULT_FLAGS);
  g_autoptr(MullionGrants) grants = mullion_grants_new ();

  mullion_grants_add (grants, "bench:*");
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "bench:echo", invoke_cb, NULL, NULL);
  if (!g_application_register (G_APPLICATION (app), NULL, error) ||
      !mullion_app_export_handlers (app, grants, error))
    return NULL;

  g_print ("ready\n");
  return g_steal_pointer (&app);
}

static const struct
{
  const char *mode;
  gpointer (*open) (const char *argument, GMainLoop *loop, GError **error);
} transports[] = {
  { "lines", open_lines },
  { "channel", open_channel },
  { "socket", open_socket },
  { "web-socket", open_web_socket },
  { "bus", open_local_bus },
  { "redis", open_redis },
  { "dbus", open_dbus },
  { "port", open_port },
};

static gpointer
open_transport (const char  *mode,
                const char  *argument,
                GMainLoop   *loop,
                GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_str_equal (transports[i].mode, mode))
      return transports[i].open (argument, loop, error);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no mode '%s'", mode);
  return NULL;
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

  transport = open_transport (mode, argc > 2 ? argv[2] : "", loop, &error);
  if (transport == NULL)
    {
      g_printerr ("mullion-bench-echo: %s\n", error->message);
      return EXIT_FAILURE;
    }

  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
