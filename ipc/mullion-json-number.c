/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-number.h"
#include "mullion-json-text-private.h"

#include <float.h>
#include <math.h>

/* The numbers of the wire's JSON, as text and as values, for both processes.
 * The C library converts any number correctly, but takes up to a microsecond;
 * the ones that people and programs mostly write are handled here. */

/* Up to here a double holds every integer. */
#define EXACT_INTEGERS (G_GUINT64_CONSTANT (1) << 53)

/* The powers of ten that a double holds exactly. One division or multiplication
 * of two exact numbers rounds once, and so correctly. */
static const double powers[] = {
  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* A number while it is read: ±mantissa × 10^exponent. */
typedef struct
{
  const char *at;
  gboolean is_negative;
  gboolean is_integer;

  /* The digits without the leading zeros; nineteen always fit the mantissa. */
  guint n_digits;
  guint64 mantissa;
  int exponent;
} Scan;

static gboolean
scan_digits (Scan *scan)
{
  const char *start = scan->at;

  for (; g_ascii_isdigit (*scan->at); scan->at++)
    {
      scan->mantissa = scan->mantissa * 10 + (guint64) (*scan->at - '0');
      scan->n_digits += scan->n_digits > 0 || *scan->at != '0';
    }

  return scan->at > start;
}

static gboolean
scan_fraction (Scan *scan)
{
  const char *start = scan->at + 1;

  if (*scan->at != '.')
    return TRUE;

  scan->at++;
  scan->is_integer = FALSE;
  if (!scan_digits (scan))
    return FALSE;

  /* More places than this are more than powers[] has, whatever their number. */
  scan->exponent = -(int) MIN (scan->at - start, 1000);
  return TRUE;
}

static gboolean
scan_exponent (Scan *scan)
{
  const char *start;
  gboolean is_negative;
  int exponent = 0;

  if (*scan->at != 'e' && *scan->at != 'E')
    return TRUE;

  scan->at++;
  scan->is_integer = FALSE;
  is_negative = *scan->at == '-';
  if (*scan->at == '-' || *scan->at == '+')
    scan->at++;

  for (start = scan->at; g_ascii_isdigit (*scan->at); scan->at++)
    exponent = MIN (exponent * 10 + (*scan->at - '0'), 10000);

  scan->exponent += is_negative ? -exponent : exponent;
  return scan->at > start;
}

/* Steps over a number of RFC 8259; on failure scan->at is where a digit lacks. */
static gboolean
scan_number (Scan *scan)
{
  scan->is_negative = *scan->at == '-';
  scan->at += scan->is_negative;

  if (*scan->at == '0')
    scan->at++;
  else if (!scan_digits (scan))
    return FALSE;

  return scan_fraction (scan) && scan_exponent (scan);
}

/* Makes an integer of what was read, unless it has too many digits or is -0,
 * which only a double can say. */
static gboolean
get_integer (const Scan *scan,
             gint64 *value)
{
  guint64 limit = (guint64) G_MAXINT64 + scan->is_negative;

  if (!scan->is_integer || scan->n_digits > 19 || scan->mantissa > limit ||
      (scan->is_negative && scan->mantissa == 0))
    return FALSE;

  *value = (gint64) (scan->is_negative ? 0 - scan->mantissa : scan->mantissa);
  return TRUE;
}

/* Makes a double of what was read, @text being where it began. */
static double
get_real (const Scan *scan,
          const char *text)
{
  guint places = ABS (scan->exponent);
  double magnitude = (double) scan->mantissa;

  /* Where the processor computes with more digits than a double has, it would
   * round twice. */
  if (FLT_EVAL_METHOD != 0 || scan->n_digits > 19 || scan->mantissa > EXACT_INTEGERS ||
      places >= G_N_ELEMENTS (powers))
    return g_ascii_strtod (text, NULL);

  if (scan->exponent < 0)
    magnitude /= powers[places];
  else
    magnitude *= powers[places];

  return scan->is_negative ? -magnitude : magnitude;
}

/**
 * mullion_json_number_parse:
 * @number: (out): the number
 * @text: where the number begins; a byte that is no part of one ends it, such as
 *   a NUL
 * @end: (out): the byte behind the number, or where a digit was expected
 *
 * Reads a number. It is an integer if it is written as one and fits 64 bits.
 *
 * Returns: whether it was a number
 *
 * Since: 0.1
 */
gboolean
mullion_json_number_parse (MullionJsonNumber *number,
                           const char *text,
                           const char **end)
{
  Scan scan = { .at = text, .is_integer = TRUE };
  gboolean is_number = scan_number (&scan);

  *end = scan.at;
  if (!is_number)
    return FALSE;

  number->is_integer = get_integer (&scan, &number->integer);
  if (!number->is_integer)
    number->real = get_real (&scan, text);

  return TRUE;
}

/* Writes the decimal digits of @value before @end, @width of them at least, and
 * returns where they begin. */
static char *
put_digits (char *end,
            guint64 value,
            guint width)
{
  char *at = end;

  while (value != 0 || at > end - width)
    {
      *--at = (char) ('0' + value % 10);
      value /= 10;
    }

  return at;
}

/**
 * mullion_json_number_write_integer:
 * @out: where to append the text
 * @value: the number
 *
 * Appends @value to @out.
 *
 * Since: 0.1
 */
void
mullion_json_number_write_integer (GString *out,
                                   gint64 value)
{
  char text[20];
  char *end = text + sizeof text;
  char *at = put_digits (end, value < 0 ? 0 - (guint64) value : (guint64) value, 1);

  if (value < 0)
    *--at = '-';

  mullion_json_append (out, at, end - at);
}

/* Writes a number that JSON has no word for as the tag that the page's side
 * knows (preload/values-read.js). */
static void
write_tag (GString *out,
           const char *name)
{
  g_string_append (out, "{\"$mullion\":\"number\",\"value\":\"");
  g_string_append (out, name);
  g_string_append (out, "\"}");
}

/* Writes a number that few decimal places tell exactly, as they do for prices,
 * sizes and times. */
static gboolean
write_decimal (GString *out,
               double value)
{
  double magnitude = fabs (value);
  char text[40];
  char *end = text + sizeof text;
  char *at;

  if (FLT_EVAL_METHOD != 0 || magnitude < 1e-5 || magnitude > 1e15)
    return FALSE;

  /* 10^19 is the last power that fits an unsigned integer. */
  for (guint places = 1; places <= 19; places++)
    {
      double scaled = magnitude * powers[places];
      guint64 digits = (guint64) (scaled + 0.5);
      guint64 unit = (guint64) powers[places];

      if (scaled >= (double) EXACT_INTEGERS)
        return FALSE;

      /* What a reader computes of these digits, it being correct. */
      if ((double) digits / powers[places] != magnitude)
        continue;

      at = put_digits (end, digits % unit, places);
      *--at = '.';
      at = put_digits (at, digits / unit, 1);
      if (value < 0)
        *--at = '-';
      mullion_json_append (out, at, end - at);
      return TRUE;
    }

  return FALSE;
}

/* Writes the shortest of the texts with 15, 16 or 17 digits that reads back as
 * the same number; 17 are always enough. */
static void
write_shortest (GString *out,
                double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }

  g_string_append (out, text);
}

/**
 * mullion_json_number_write_real:
 * @out: where to append the text
 * @value: the number
 *
 * Appends to @out a text that reads back as @value; a tag for NaN, the
 * infinities and -0.
 *
 * Since: 0.1
 */
void
mullion_json_number_write_real (GString *out,
                                double value)
{
  if (isnan (value))
    write_tag (out, "NaN");
  else if (isinf (value))
    write_tag (out, value > 0 ? "Infinity" : "-Infinity");
  else if (value == 0 && signbit (value))
    write_tag (out, "-0");
  else if (fabs (value) <= (double) EXACT_INTEGERS && value == (double) (gint64) value)
    mullion_json_number_write_integer (out, (gint64) value);
  else if (!write_decimal (out, value))
    write_shortest (out, value);
}
