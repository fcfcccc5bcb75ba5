/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A BigInt between decimal digits and the bytes of V8, of which the first is the lowest.
 *
 * (transfer full) (nullable): the digits of @bytes; NULL if they are too many. */
char       *mullion_v8_bigint_read  (const guint8 *bytes,
                                     gsize         length,
                                     gboolean      is_negative);
/* (transfer full) (nullable): the bytes, a multiple of 8, without a sign; NULL if they are too many. */
GByteArray *mullion_v8_bigint_write (const char   *digits);

G_END_DECLS
