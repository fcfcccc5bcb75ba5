/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-process-error.h"

/**
 * mullion_process_error_quark:
 *
 * Names the errors of starting processes. Use %MULLION_PROCESS_ERROR in place of calling this.
 *
 * Returns: the domain of [error@ProcessError]
 *
 * Since: 0.1
 */
G_DEFINE_QUARK (mullion-process-error-quark, mullion_process_error)
