/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-error.h"

/**
 * mullion_socket_error_quark:
 *
 * Names the errors of sockets. Use %MULLION_SOCKET_ERROR in place of calling this.
 *
 * Returns: the domain of [error@SocketError]
 *
 * Since: 0.1
 */
G_DEFINE_QUARK (mullion-socket-error-quark, mullion_socket_error)
