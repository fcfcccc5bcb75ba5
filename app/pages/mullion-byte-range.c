/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-range.h"

/*
 * The Range header of HTTP (RFC 9110, 14.1.2), for the app:// origin. It runs in
 * the main process on text that a page wrote (a fetch may set Range), so every
 * byte is looked at and no number can wrap around. The specification wants a
 * header that is not understood to be ignored, not answered with an error.
 */

static const char *
skip_blanks (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;

  return text;
}

/* A number too large for 64 bits stays at the largest one: it lies behind the
 * end of any file, which is all that the callers want to know about it. */
static gboolean
read_number (const char **text,
             guint64     *number)
{
  const char *p = *text;

  if (!g_ascii_isdigit (*p))
    return FALSE;

  for (*number = 0; g_ascii_isdigit (*p); p++)
    {
      guint64 digit = (guint64) g_ascii_digit_value (*p);

      if (*number > (G_MAXUINT64 - digit) / 10)
        *number = G_MAXUINT64;
      else
        *number = *number * 10 + digit;
    }

  *text = p;

  return TRUE;
}

static MullionByteRange
choose_suffix (guint64  count,
               guint64  length,
               guint64 *first,
               guint64 *last)
{
  if (count == 0 || length == 0)
    return MULLION_BYTE_RANGE_UNSATISFIABLE;

  *first = count >= length ? 0 : length - count;
  *last = length - 1;

  return MULLION_BYTE_RANGE_PART;
}

static MullionByteRange
choose_span (guint64  from,
             guint64  to,
             guint64  length,
             guint64 *first,
             guint64 *last)
{
  if (to < from)
    return MULLION_BYTE_RANGE_WHOLE;
  if (from >= length)
    return MULLION_BYTE_RANGE_UNSATISFIABLE;

  *first = from;
  *last = MIN (to, length - 1);

  return MULLION_BYTE_RANGE_PART;
}

/*
 * mullion_byte_range_parse:
 * @header: (nullable): the value of a Range header
 * @length: how many bytes the file has
 * @first: (out): the first byte to send
 * @last: (out): the last byte to send, included
 *
 * Decides what a Range header asks for. @first and @last are set only for
 * %MULLION_BYTE_RANGE_PART. Several ranges count as none: a server may answer
 * them with the whole file, and nobody wants multipart/byteranges back.
 */
MullionByteRange
mullion_byte_range_parse (const char *header,
                          guint64     length,
                          guint64    *first,
                          guint64    *last)
{
  const char *text = header != NULL ? skip_blanks (header) : "";
  gboolean has_from;
  guint64 from = 0;
  guint64 to = G_MAXUINT64;

  if (g_ascii_strncasecmp (text, "bytes=", 6) != 0)
    return MULLION_BYTE_RANGE_WHOLE;

  text = skip_blanks (text + 6);
  has_from = read_number (&text, &from);
  if (*text++ != '-')
    return MULLION_BYTE_RANGE_WHOLE;
  if (!read_number (&text, &to) && !has_from)
    return MULLION_BYTE_RANGE_WHOLE;
  if (*skip_blanks (text) != '\0')
    return MULLION_BYTE_RANGE_WHOLE;

  if (!has_from)
    return choose_suffix (to, length, first, last);

  return choose_span (from, to, length, first, last);
}
