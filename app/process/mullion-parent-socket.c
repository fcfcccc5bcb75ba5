/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-parent-socket.h"

#include "mullion-process-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

/*
 * What the environment says may be left over from another time, or from another program: a descriptor
 * is a channel to the parent only if it is a Unix socket.
 */

gboolean
mullion_parent_socket_check (const char  *variable,
                             int         *fd,
                             GError     **error)
{
  const char *text = g_getenv (variable);
  g_autofree char *reason = NULL;
  guint64 number = 0;
  int domain = 0;
  socklen_t size = sizeof domain;

  if (text == NULL)
    {
      g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_PARENT,
                   "There is no channel to a parent: %s is not set", variable);
      return FALSE;
    }

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    reason = g_strdup ("is no file descriptor");
  else if (getsockopt ((int) number, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0)
    reason = g_strdup_printf ("is no socket: %s", g_strerror (errno));
  else if (domain != AF_UNIX)
    reason = g_strdup ("is no Unix socket");

  *fd = (int) number;
  if (reason != NULL)
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_PARENT,
                 "The channel to the parent, %s=%s, %s", variable, text, reason);

  return reason == NULL;
}

void
mullion_parent_socket_claim (const char *variable,
                             int         fd)
{
  g_unsetenv (variable);
  fcntl (fd, F_SETFD, FD_CLOEXEC);
}
