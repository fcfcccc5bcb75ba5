/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* What the reader and the writer of JSON both need to know about the bytes of
 * a string. Inline, because every character of every message passes here. */

/* The byte @byte in every place of a word. */
#define MULLION_JSON_SPREAD(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* A high bit in every place of @word whose byte is less than @limit, which is
 * 128 at most; none when there is no such byte. */
#define MULLION_JSON_LESS(word, limit) \
  (((word) - MULLION_JSON_SPREAD (limit)) & ~(word) & MULLION_JSON_SPREAD (0x80))

/* Whether @byte stands for itself in a JSON string: ASCII, and neither a
 * quote, nor a backslash, nor a control character. */
static inline gboolean
mullion_json_is_plain_byte (guchar byte)
{
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Returns the first byte from @at that is not plain, or @end. Eight bytes are
 * looked at in one step: strings are most of what messages are made of. */
static inline const char *
mullion_json_skip_plain_bytes (const char *at,
                               const char *end)
{
  while (end - at >= 8)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      if ((word & MULLION_JSON_SPREAD (0x80)) | MULLION_JSON_LESS (word, 0x20) |
          MULLION_JSON_LESS (word ^ MULLION_JSON_SPREAD ('"'), 1) |
          MULLION_JSON_LESS (word ^ MULLION_JSON_SPREAD ('\\'), 1))
        break;
      at += 8;
    }

  while (at < end && mullion_json_is_plain_byte (*at))
    at++;

  return at;
}

/* Returns the length of the UTF-8 sequence at @at, which begins with a byte
 * above 0x7f; 0 when it is none: overlong, a surrogate, beyond U+10FFFF or
 * cut short by @end. The limits are those of table 3-7 of Unicode. */
static inline gsize
mullion_json_measure_utf8 (const char *at,
                           const char *end)
{
  const guchar *bytes = (const guchar *) at;
  gsize length = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
  guchar low = 0x80;
  guchar high = 0xbf;

  if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || (gsize) (end - at) < length)
    return 0;

  if (bytes[0] == 0xe0)
    low = 0xa0;
  else if (bytes[0] == 0xed)
    high = 0x9f;
  else if (bytes[0] == 0xf0)
    low = 0x90;
  else if (bytes[0] == 0xf4)
    high = 0x8f;

  if (bytes[1] < low || bytes[1] > high)
    return 0;

  for (gsize i = 2; i < length; i++)
    if ((bytes[i] & 0xc0) != 0x80)
      return 0;

  return length;
}

/* Returns the first byte from @at that a string cannot hold as it is: a quote,
 * a backslash, a control character or what is no UTF-8; or @end. */
static inline const char *
mullion_json_skip_text (const char *at,
                        const char *end)
{
  at = mullion_json_skip_plain_bytes (at, end);

  while (at < end && (guchar) *at >= 0x80)
    {
      gsize length = mullion_json_measure_utf8 (at, end);

      if (length == 0)
        return at;

      /* One such character is mostly followed by another. */
      at += length;
      if (at < end && (guchar) *at < 0x80)
        at = mullion_json_skip_plain_bytes (at, end);
    }

  return at;
}

/* Appends to a string as g_string_append_len () does. JSON is written in many
 * small pieces, and nearly all of them fit. */
static inline void
mullion_json_append (GString *out,
                     const char *bytes,
                     gsize length)
{
  if (length >= out->allocated_len - out->len)
    {
      g_string_append_len (out, bytes, (gssize) length);
      return;
    }

  memcpy (out->str + out->len, bytes, length);
  out->len += length;
  out->str[out->len] = '\0';
}
