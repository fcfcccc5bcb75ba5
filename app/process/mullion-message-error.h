/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_MESSAGE_ERROR (mullion_message_error_quark ())

/**
 * MullionMessageError:
 * @MULLION_MESSAGE_ERROR_SYNTAX: what came is no message, such as a line that is no JSON
 * @MULLION_MESSAGE_ERROR_ENCODING: what came is no UTF-8, or holds a character that a text in C cannot
 * @MULLION_MESSAGE_ERROR_TOO_LARGE: a message is over the limit
 * @MULLION_MESSAGE_ERROR_CUT: the other end stopped in the middle of a message
 * @MULLION_MESSAGE_ERROR_CLOSED: there is nobody at the other end any more
 * @MULLION_MESSAGE_ERROR_FULL: the other end does not read, and what waits for it is over the limit
 * @MULLION_MESSAGE_ERROR_UNSUPPORTED: a value cannot be said in the form that the other end knows
 *
 * What messages to and from other processes fail with.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_MESSAGE_ERROR_SYNTAX,
  MULLION_MESSAGE_ERROR_ENCODING,
  MULLION_MESSAGE_ERROR_TOO_LARGE,
  MULLION_MESSAGE_ERROR_CUT,
  MULLION_MESSAGE_ERROR_CLOSED,
  MULLION_MESSAGE_ERROR_FULL,
  MULLION_MESSAGE_ERROR_UNSUPPORTED,
} MullionMessageError;

MULLION_AVAILABLE_IN_ALL
GQuark mullion_message_error_quark (void);

G_END_DECLS
