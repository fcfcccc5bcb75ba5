/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-range.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* Whatever a Range header says, a part lies within the file, and nothing else
 * touches the positions. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const guint64 lengths[] = { 0, 1, 10, G_MAXUINT32, G_MAXINT64, G_MAXUINT64 };
  g_autofree char *header = g_strndup ((const char *) data, size);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint64 first = 42;
      guint64 last = 7;

      if (mullion_byte_range_parse (header, lengths[i], &first, &last) == MULLION_BYTE_RANGE_PART)
        {
          g_assert_cmpuint (first, <=, last);
          g_assert_cmpuint (last, <, lengths[i]);
        }
      else
        {
          g_assert_cmpuint (first, ==, 42);
          g_assert_cmpuint (last, ==, 7);
        }
    }

  return 0;
}
