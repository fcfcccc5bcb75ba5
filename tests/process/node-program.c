/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-channel.h"
#include "mullion-value.h"

#include <gio/gio.h>

/* Is started by Node.js and answers over the IPC channel until it is disconnected:
 * says each message again; writes to a connection that comes with one; and makes a connection and
 * gives it away when it gets { give: PORT }. */

static void
serve (MullionNodeChannel *channel,
       GSocket            *socket)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_socket_send (socket, "from c", 6, NULL, &error), ==, 6);
  g_assert_no_error (error);
  g_assert_true (g_socket_close (socket, NULL));
  mullion_node_channel_send (channel, mullion_value_new_string ("served", -1), NULL, &error);
  g_assert_no_error (error);
}

static void
give (MullionNodeChannel *channel,
      gint64              port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, &error);

  g_assert_no_error (error);
  mullion_node_channel_send (channel, mullion_value_new_string ("here", -1),
                             g_socket_connection_get_socket (connection), &error);
  g_assert_no_error (error);
}

static void
message_cb (MullionNodeChannel *channel,
            JsonNode           *message,
            GSocket            *handle,
            gpointer            user_data)
{
  g_autoptr(GError) error = NULL;
  double port = 0;

  if (handle != NULL)
    serve (channel, handle);
  else if (mullion_value_get_kind (message) == MULLION_VALUE_OBJECT &&
           mullion_value_get_number (mullion_value_get_member (message, "give"), &port))
    give (channel, (gint64) port);
  else
    mullion_node_channel_send (channel, json_node_copy (message), NULL, &error);
  g_assert_no_error (error);
}

static void
error_cb (MullionNodeChannel *channel,
          const GError       *error,
          gpointer            user_data)
{
  g_error ("%s", error->message);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  MullionNodeChannel *parent = mullion_node_channel_get_parent (&error);

  if (parent == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_assert_true (mullion_node_channel_get_parent (NULL) == parent);
  g_assert_null (g_getenv ("NODE_CHANNEL_FD"));
  g_signal_connect (parent, "message", G_CALLBACK (message_cb), NULL);
  g_signal_connect (parent, "error", G_CALLBACK (error_cb), NULL);
  g_signal_connect_swapped (parent, "disconnect", G_CALLBACK (g_main_loop_quit), loop);
  g_main_loop_run (loop);
  return 0;
}
