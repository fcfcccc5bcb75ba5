/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * MullionByteRange:
 * @MULLION_BYTE_RANGE_WHOLE: send everything (no range, several, or one that is malformed)
 * @MULLION_BYTE_RANGE_PART: send the bytes from first to last, both included
 * @MULLION_BYTE_RANGE_UNSATISFIABLE: well-formed, but no byte of it exists
 */
typedef enum
{
  MULLION_BYTE_RANGE_WHOLE,
  MULLION_BYTE_RANGE_PART,
  MULLION_BYTE_RANGE_UNSATISFIABLE,
} MullionByteRange;

MullionByteRange mullion_byte_range_parse (const char *header,
                                           guint64     length,
                                           guint64    *first,
                                           guint64    *last);

G_END_DECLS
