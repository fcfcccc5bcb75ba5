/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"

/**
 * mullion_error_quark:
 *
 * Names the errors of Mullion. Use %MULLION_ERROR in place of calling this.
 *
 * Returns: the domain of [error@Error]
 *
 * Since: 0.1
 */
G_DEFINE_QUARK (mullion-error-quark, mullion_error)
