/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-error.h"

/**
 * mullion_message_error_quark:
 *
 * Names the errors of messages. Use %MULLION_MESSAGE_ERROR in place of calling this.
 *
 * Returns: the domain of [error@MessageError]
 *
 * Since: 0.1
 */
G_DEFINE_QUARK (mullion-message-error-quark, mullion_message_error)
