/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-port.h"

/* Ports for the programs that the driver starts. Neither of them can be told to choose one. */

#define PAUSE_USEC (10 * G_TIME_SPAN_MILLISECOND)

static GSocketAddress *
new_loopback (guint port)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (loopback, (guint16) port);
}

guint
driver_port_find_free (GError **error)
{
  g_autoptr(GSocketAddress) any = new_loopback (0);
  g_autoptr(GSocketAddress) chosen = NULL;
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, any, FALSE, error))
    return 0;

  chosen = g_socket_get_local_address (socket, error);
  return chosen != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (chosen)) : 0;
}

gboolean
driver_port_wait_for (guint    port,
                      guint    timeout_msec,
                      GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) timeout_msec * G_TIME_SPAN_MILLISECOND;
  g_autoptr(GSocketAddress) address = new_loopback (port);

  for (;;)
    {
      g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, error);

      if (socket == NULL)
        return FALSE;
      if (g_socket_connect (socket, address, NULL, NULL))
        return TRUE;
      if (g_get_monotonic_time () > until)
        break;
      g_usleep (PAUSE_USEC);
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nobody listens on port %u", port);
  return FALSE;
}
