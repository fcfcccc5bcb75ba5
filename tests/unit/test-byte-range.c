/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-range.h"

typedef struct
{
  const char *header;
  guint64 length;
  MullionByteRange kind;
  guint64 first;
  guint64 last;
} RangeCase;

#define WHOLE MULLION_BYTE_RANGE_WHOLE
#define PART MULLION_BYTE_RANGE_PART
#define NONE MULLION_BYTE_RANGE_UNSATISFIABLE

static const RangeCase plain_cases[] = {
  { "bytes=0-0", 10, PART, 0, 0 },
  { "bytes=0-9", 10, PART, 0, 9 },
  { "bytes=2-5", 10, PART, 2, 5 },
  { "bytes=9-9", 10, PART, 9, 9 },
  { "bytes=5-", 10, PART, 5, 9 },
  { "bytes=0-", 10, PART, 0, 9 },
  { "bytes=-3", 10, PART, 7, 9 },
  { "bytes=-10", 10, PART, 0, 9 },
  { "bytes=-11", 10, PART, 0, 9 },
  { "bytes=4-1000", 10, PART, 4, 9 },
  { "BYTES=1-2", 10, PART, 1, 2 },
  { "bytes=007-0008", 10, PART, 7, 8 },
};

static const RangeCase blank_cases[] = {
  { " bytes=1-2 ", 10, PART, 1, 2 },
  { "bytes= 1-2\t", 10, PART, 1, 2 },
  { "bytes =1-2", 10, WHOLE, 0, 0 },
  { "bytes=1 -2", 10, WHOLE, 0, 0 },
  { "bytes=1- 2", 10, WHOLE, 0, 0 },
};

static const RangeCase outside_cases[] = {
  { "bytes=10-", 10, NONE, 0, 0 },
  { "bytes=10-20", 10, NONE, 0, 0 },
  { "bytes=-0", 10, NONE, 0, 0 },
  { "bytes=0-", 0, NONE, 0, 0 },
  { "bytes=0-0", 0, NONE, 0, 0 },
  { "bytes=-5", 0, NONE, 0, 0 },
};

static const RangeCase ignored_cases[] = {
  { NULL, 10, WHOLE, 0, 0 },
  { "", 10, WHOLE, 0, 0 },
  { "bytes", 10, WHOLE, 0, 0 },
  { "bytes=", 10, WHOLE, 0, 0 },
  { "bytes=-", 10, WHOLE, 0, 0 },
  { "bytes=5", 10, WHOLE, 0, 0 },
  { "bytes=5-2", 10, WHOLE, 0, 0 },
  { "bytes=--2", 10, WHOLE, 0, 0 },
  { "bytes=+1-2", 10, WHOLE, 0, 0 },
  { "bytes=0x1-0x2", 10, WHOLE, 0, 0 },
  { "bytes=1-2x", 10, WHOLE, 0, 0 },
  { "bytes=1-2-3", 10, WHOLE, 0, 0 },
  { "items=1-2", 10, WHOLE, 0, 0 },
  { "bytes=0-1,3-4", 10, WHOLE, 0, 0 },
  { "bytes=,0-1", 10, WHOLE, 0, 0 },
};

static const RangeCase huge_cases[] = {
  { "bytes=0-18446744073709551615", 10, PART, 0, 9 },
  { "bytes=0-18446744073709551616", 10, PART, 0, 9 },
  { "bytes=0-99999999999999999999999999999999999999", 10, PART, 0, 9 },
  { "bytes=-99999999999999999999999999999999999999", 10, PART, 0, 9 },
  { "bytes=18446744073709551616-", 10, NONE, 0, 0 },
  { "bytes=18446744073709551616-18446744073709551617", 10, NONE, 0, 0 },
  { "bytes=18446744073709551617-3", 10, WHOLE, 0, 0 },
  { "bytes=4294967296-4294967297", G_MAXUINT64, PART, 4294967296u, 4294967297u },
  { "bytes=-1", G_MAXUINT64, PART, G_MAXUINT64 - 1, G_MAXUINT64 - 1 },
};

static void
check_cases (const RangeCase *cases,
             gsize            n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      guint64 first = 0;
      guint64 last = 0;

      g_test_message ("%s of %" G_GUINT64_FORMAT, cases[i].header, cases[i].length);
      g_assert_cmpint (mullion_byte_range_parse (cases[i].header, cases[i].length, &first, &last),
                       ==, cases[i].kind);
      g_assert_cmpuint (first, ==, cases[i].first);
      g_assert_cmpuint (last, ==, cases[i].last);
    }
}

static void
test_plain (void)
{
  check_cases (plain_cases, G_N_ELEMENTS (plain_cases));
}

static void
test_blanks (void)
{
  check_cases (blank_cases, G_N_ELEMENTS (blank_cases));
}

static void
test_outside (void)
{
  check_cases (outside_cases, G_N_ELEMENTS (outside_cases));
}

static void
test_ignored (void)
{
  check_cases (ignored_cases, G_N_ELEMENTS (ignored_cases));
}

static void
test_huge (void)
{
  check_cases (huge_cases, G_N_ELEMENTS (huge_cases));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/byte-range/plain", test_plain);
  g_test_add_func ("/byte-range/blanks", test_blanks);
  g_test_add_func ("/byte-range/outside", test_outside);
  g_test_add_func ("/byte-range/ignored", test_ignored);
  g_test_add_func ("/byte-range/huge", test_huge);

  return g_test_run ();
}
