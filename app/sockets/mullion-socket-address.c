/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-address.h"

#include "mullion-socket-error.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * MullionSocketAddress: the path of a Unix socket or a port of the loopback device, and whose it is.
 *
 * Lives in the main process. Socket files of apps may lie in a folder where every user can make one:
 * a path says nothing about who is behind it, so files and processes of another user are refused.
 */

/* With the NUL behind it. */
#define MAX_PATH sizeof (((struct sockaddr_un *) NULL)->sun_path)

void
mullion_socket_address_clear (MullionSocketAddress *self)
{
  g_clear_pointer (&self->path, g_free);
}

char *
mullion_socket_address_to_string (MullionSocketAddress *self)
{
  return self->path != NULL ? g_strdup (self->path) : g_strdup_printf ("127.0.0.1:%u", self->port);
}

GSocketAddress *
mullion_socket_address_to_gio (MullionSocketAddress  *self,
                               GError               **error)
{
  if (self->path == NULL)
    return g_inet_socket_address_new_from_string ("127.0.0.1", self->port);

  if (strlen (self->path) < MAX_PATH)
    return g_unix_socket_address_new (self->path);

  g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_PATH_TOO_LONG,
               "The path of the socket “%s” has %" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT
               " are possible", self->path, strlen (self->path), MAX_PATH - 1);
  return NULL;
}

gboolean
mullion_socket_address_check_file (MullionSocketAddress  *self,
                                   gboolean              *exists,
                                   GError               **error)
{
  struct stat info;

  *exists = self->path != NULL && lstat (self->path, &info) == 0;
  if (!*exists)
    return TRUE;

  if (info.st_uid != geteuid ())
    g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_OURS,
                 "The socket “%s” belongs to another user, whose number is %u", self->path,
                 (guint) info.st_uid);
  else if (!S_ISSOCK (info.st_mode))
    g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_A_SOCKET,
                 "“%s” is a file and no socket", self->path);
  else
    return TRUE;

  return FALSE;
}

gboolean
mullion_socket_address_check_peer (GSocket  *socket,
                                   int      *pid,
                                   GError  **error)
{
  g_autoptr(GCredentials) credentials = NULL;
  uid_t user;

  *pid = -1;
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    return TRUE;

  credentials = g_socket_get_credentials (socket, error);
  if (credentials == NULL)
    return FALSE;

  *pid = g_credentials_get_unix_pid (credentials, NULL);
  user = g_credentials_get_unix_user (credentials, NULL);
  if (user == geteuid ())
    return TRUE;

  g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_OURS,
               "The process %d at the other end belongs to another user, whose number is %u", *pid,
               (guint) user);
  return FALSE;
}

static int
find_code (const GError *reason)
{
  static const struct
  {
    GIOErrorEnum from;
    MullionSocketError to;
  } codes[] = {
    { G_IO_ERROR_ADDRESS_IN_USE, MULLION_SOCKET_ERROR_IN_USE },
    { G_IO_ERROR_NOT_FOUND, MULLION_SOCKET_ERROR_NOT_FOUND },
    { G_IO_ERROR_NOT_DIRECTORY, MULLION_SOCKET_ERROR_NOT_FOUND },
    { G_IO_ERROR_CONNECTION_REFUSED, MULLION_SOCKET_ERROR_REFUSED },
    { G_IO_ERROR_PERMISSION_DENIED, MULLION_SOCKET_ERROR_DENIED },
    { G_IO_ERROR_TOO_MANY_OPEN_FILES, MULLION_SOCKET_ERROR_TOO_MANY },
  };

  if (reason->domain == MULLION_SOCKET_ERROR)
    return reason->code;

  if (reason->domain == G_TLS_ERROR)
    return MULLION_SOCKET_ERROR_HANDSHAKE;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (reason, G_IO_ERROR, (int) codes[i].from))
      return codes[i].to;

  return MULLION_SOCKET_ERROR_FAILED;
}

void
mullion_socket_address_set_error (GError     **error,
                                  GError      *reason,
                                  const char  *format,
                                  ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, MULLION_SOCKET_ERROR, find_code (reason), "%s: %s", what, reason->message);
  g_error_free (reason);
}
