/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bus-error.h"

/**
 * mullion_bus_error_quark:
 *
 * Names the errors of message buses. Use %MULLION_BUS_ERROR in place of calling this.
 *
 * Returns: the domain of [error@BusError]
 *
 * Since: 0.1
 */
G_DEFINE_QUARK (mullion-bus-error-quark, mullion_bus_error)
