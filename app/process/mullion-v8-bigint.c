/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-v8-bigint.h"

#include "mullion-v8-format.h"

#include <string.h>

/*
 * BigInts of V8. The work grows with the square of their length, which is therefore limited, for each and
 * for those of a message together: the other end may be any program.
 */

/* So many decimal digits at once, which 32 bits hold. */
#define STEP 9
#define STEP_VALUE 1000000000u

/* A byte is log10 (256) digits. */
#define MAX_BYTES (MULLION_V8_MAX_DIGITS / 241 * 100)

/* Eight of the longest, or a hundred thousand of seventy bytes. */
#define MAX_EFFORT (8 * (guint64) MAX_BYTES * MAX_BYTES)

static gboolean
spend (guint64 *effort,
       gsize    n_bytes)
{
  *effort += (guint64) n_bytes * n_bytes;
  return *effort <= MAX_EFFORT;
}

static GArray *
read_limbs (const guint8 *bytes,
            gsize         length)
{
  GArray *limbs = g_array_sized_new (FALSE, TRUE, sizeof (guint32), (guint) (length / 4 + 1));

  g_array_set_size (limbs, (guint) ((length + 3) / 4));
  for (gsize i = 0; i < length; i++)
    g_array_index (limbs, guint32, i / 4) |= (guint32) bytes[i] << (8 * (i % 4));

  return limbs;
}

static void
trim (GArray *limbs)
{
  while (limbs->len > 0 && g_array_index (limbs, guint32, limbs->len - 1) == 0)
    g_array_set_size (limbs, limbs->len - 1);
}

/* Divides, and returns the rest. */
static guint32
divide (GArray *limbs)
{
  guint64 rest = 0;

  for (guint i = limbs->len; i > 0; i--)
    {
      guint64 part = rest << 32 | g_array_index (limbs, guint32, i - 1);

      g_array_index (limbs, guint32, i - 1) = (guint32) (part / STEP_VALUE);
      rest = part % STEP_VALUE;
    }

  trim (limbs);
  return (guint32) rest;
}

static void
multiply_and_add (GArray  *limbs,
                  guint32  factor,
                  guint32  summand)
{
  guint64 carry = summand;

  for (guint i = 0; i < limbs->len; i++)
    {
      carry += (guint64) g_array_index (limbs, guint32, i) * factor;
      g_array_index (limbs, guint32, i) = (guint32) carry;
      carry >>= 32;
    }

  if (carry > 0)
    {
      guint32 highest = (guint32) carry;

      g_array_append_val (limbs, highest);
    }
}

char *
mullion_v8_bigint_read (const guint8 *bytes,
                        gsize         length,
                        gboolean      is_negative,
                        guint64      *effort)
{
  g_autoptr(GArray) limbs = NULL;
  g_autoptr(GString) reversed = g_string_new (NULL);

  if (length > MAX_BYTES || !spend (effort, length))
    return NULL;

  limbs = read_limbs (bytes, length);
  trim (limbs);
  while (limbs->len > 0)
    {
      guint32 part = divide (limbs);

      /* The highest has no zeros in front. */
      for (guint i = 0; i < STEP && (limbs->len > 0 || part > 0); i++, part /= 10)
        g_string_append_c (reversed, (char) ('0' + part % 10));
    }

  if (reversed->len == 0)
    return g_strdup ("0");

  if (is_negative)
    g_string_append_c (reversed, '-');
  return g_strreverse (g_string_free (g_steal_pointer (&reversed), FALSE));
}

GByteArray *
mullion_v8_bigint_write (const char *digits,
                         guint64    *effort)
{
  g_autoptr(GArray) limbs = g_array_new (FALSE, FALSE, sizeof (guint32));
  GByteArray *bytes;
  gsize length;

  digits += *digits == '-';
  length = strlen (digits);
  if (length > MULLION_V8_MAX_DIGITS || !spend (effort, length * 100 / 241))
    return NULL;

  while (*digits != '\0')
    {
      guint32 part = 0;
      guint32 factor = 1;

      for (guint i = 0; i < STEP && *digits != '\0'; i++, factor *= 10)
        part = part * 10 + (guint32) (*digits++ - '0');
      multiply_and_add (limbs, factor, part);
    }

  bytes = g_byte_array_new ();
  for (guint i = 0; i < (limbs->len + 1) / 2 * 2; i++)
    {
      guint32 limb = GUINT32_TO_LE (i < limbs->len ? g_array_index (limbs, guint32, i) : 0);

      g_byte_array_append (bytes, (const guint8 *) &limb, sizeof limb);
    }

  return bytes;
}
