/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_BUS_ERROR (mullion_bus_error_quark ())

/**
 * MullionBusError:
 * @MULLION_BUS_ERROR_FAILED: what the server says has no code here
 * @MULLION_BUS_ERROR_UNAVAILABLE: there is no server, or it was lost
 * @MULLION_BUS_ERROR_DENIED: the server wants a password or a certificate, or another one; or its own
 *   certificate is not to be believed
 * @MULLION_BUS_ERROR_PROTOCOL: what is there does not speak the protocol, or does not answer
 * @MULLION_BUS_ERROR_FULL: too much waits, here or there
 * @MULLION_BUS_ERROR_NAME: a topic or a queue has no name, or too long a one
 * @MULLION_BUS_ERROR_CLOSED: the bus is not open
 * @MULLION_BUS_ERROR_ADDRESS: a text is no address of a server
 *
 * What a message bus fails with.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_BUS_ERROR_FAILED,
  MULLION_BUS_ERROR_UNAVAILABLE,
  MULLION_BUS_ERROR_DENIED,
  MULLION_BUS_ERROR_PROTOCOL,
  MULLION_BUS_ERROR_FULL,
  MULLION_BUS_ERROR_NAME,
  MULLION_BUS_ERROR_CLOSED,
  MULLION_BUS_ERROR_ADDRESS,
} MullionBusError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_bus_error_quark (void);

G_END_DECLS
