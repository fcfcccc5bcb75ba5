/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"

G_DEFINE_QUARK (mullion-error-quark, mullion_error)
