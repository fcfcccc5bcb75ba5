/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_SOCKET_ERROR (mullion_socket_error_quark ())

/**
 * MullionSocketError:
 * @MULLION_SOCKET_ERROR_FAILED: what the system says has no code here
 * @MULLION_SOCKET_ERROR_PATH_TOO_LONG: the path of a Unix socket has more bytes than the system takes
 * @MULLION_SOCKET_ERROR_NOT_OURS: the file of the socket, or the process behind it, belongs to
 *   another user
 * @MULLION_SOCKET_ERROR_NOT_A_SOCKET: a file that is no socket is in the place of one
 * @MULLION_SOCKET_ERROR_IN_USE: another server listens there
 * @MULLION_SOCKET_ERROR_NOT_FOUND: there is no socket, or no folder for it
 * @MULLION_SOCKET_ERROR_REFUSED: nobody listens there
 * @MULLION_SOCKET_ERROR_DENIED: the system does not let this user in
 * @MULLION_SOCKET_ERROR_TOO_MANY: there are as many connections as the server has, or the system
 * @MULLION_SOCKET_ERROR_ADDRESS: what was given is no URL of a WebSocket, or no name of a protocol
 * @MULLION_SOCKET_ERROR_HANDSHAKE: what is there is no WebSocket, does not let this one in, or has a
 *   certificate that is not to be believed
 *
 * What opening a socket, or a connection to one, fails with.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_SOCKET_ERROR_FAILED,
  MULLION_SOCKET_ERROR_PATH_TOO_LONG,
  MULLION_SOCKET_ERROR_NOT_OURS,
  MULLION_SOCKET_ERROR_NOT_A_SOCKET,
  MULLION_SOCKET_ERROR_IN_USE,
  MULLION_SOCKET_ERROR_NOT_FOUND,
  MULLION_SOCKET_ERROR_REFUSED,
  MULLION_SOCKET_ERROR_DENIED,
  MULLION_SOCKET_ERROR_TOO_MANY,
  MULLION_SOCKET_ERROR_ADDRESS,
  MULLION_SOCKET_ERROR_HANDSHAKE,
} MullionSocketError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_socket_error_quark (void);

G_END_DECLS
