/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-channel-private.h"

#include "mullion-process-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

/*
 * The channel to the Node.js that started this program, which two variables of the environment tell
 * of.
 */

#define FD_VARIABLE "NODE_CHANNEL_FD"
#define MODE_VARIABLE "NODE_CHANNEL_SERIALIZATION_MODE"

static gboolean
fail (GError     **error,
      const char  *format,
      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError     **error,
      const char  *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NO_PARENT, format,
                                 arguments);
  va_end (arguments);

  return FALSE;
}

/* What the environment says may be left over from another time: it is a channel if it is a socket. */
static gboolean
check_fd (const char  *text,
          int         *fd,
          GError     **error)
{
  guint64 number = 0;
  int domain = 0;
  socklen_t size = sizeof domain;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return fail (error, "The channel to the parent, " FD_VARIABLE "=%s, is no file descriptor", text);

  *fd = (int) number;
  if (getsockopt (*fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0)
    return fail (error, "The channel to the parent, " FD_VARIABLE "=%s, is no socket: %s", text,
                 g_strerror (errno));
  if (domain != AF_UNIX)
    return fail (error, "The channel to the parent, " FD_VARIABLE "=%s, is no Unix socket", text);

  return TRUE;
}

static gboolean
check_mode (const char  *mode,
            GError     **error)
{
  if (mode != NULL && !g_str_equal (mode, "json"))
    return fail (error, "The channel to the parent has the serialization “%s”, which is unknown",
                 mode);

  return TRUE;
}

static MullionNodeChannel *
open_parent (GError **error)
{
  const char *text = g_getenv (FD_VARIABLE);
  int fd = -1;

  if (text == NULL)
    {
      fail (error, "There is no channel to a parent: the program was not started by Node.js with "
                   "fork (), or with 'ipc' in its stdio");
      return NULL;
    }

  if (!check_mode (g_getenv (MODE_VARIABLE), error) || !check_fd (text, &fd, error))
    return NULL;

  /* Neither the variables nor the descriptor are for the children of this program. */
  g_unsetenv (FD_VARIABLE);
  g_unsetenv (MODE_VARIABLE);
  fcntl (fd, F_SETFD, FD_CLOEXEC);

  return mullion_node_channel_new (fd, MULLION_SERIALIZATION_JSON, error);
}

/**
 * mullion_node_channel_get_parent:
 * @error: return location for an error
 *
 * Gets the channel to the program that started this one, if that was Node.js with `fork`, or with
 * `ipc` in its `stdio`, or a program that is linked with Mullion and did the same.
 *
 * To be called on the main thread, early: it takes two variables out of the environment. Connect to
 * [signal@NodeChannel::message] in the same turn of the main loop.
 *
 * Returns: (transfer none): the channel, always the same; %NULL with an error of
 *   %MULLION_PROCESS_ERROR if there is none
 *
 * Since: 0.1
 */
MullionNodeChannel *
mullion_node_channel_get_parent (GError **error)
{
  static MullionNodeChannel *parent;

  if (parent == NULL)
    parent = open_parent (error);

  return parent;
}
