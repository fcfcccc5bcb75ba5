/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A BigInt between decimal digits and the bytes of V8, of which the first is the lowest.
 *
 * @effort: what the BigInts of a message have cost so far, 0 at first
 *
 * (transfer full) (nullable): the digits of @bytes; NULL if they are too many, here or in all. */
char       *mullion_v8_bigint_read  (const guint8 *bytes,
                                     gsize         length,
                                     gboolean      is_negative,
                                     guint64      *effort);
/* (transfer full) (nullable): the bytes, a multiple of 8, without a sign; NULL if they are too many, here
 * or in all. */
GByteArray *mullion_v8_bigint_write (const char   *digits,
                                     guint64      *effort);

G_END_DECLS
