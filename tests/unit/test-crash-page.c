/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "app/host/mullion-crash-guard.h"
#include "app/pages/mullion-crash-page.h"

#include <string.h>

/* When a page that crashed is loaded again, and what is shown when it is not. */

#define SECOND G_TIME_SPAN_SECOND

static void
test_seldom (void)
{
  MullionCrashGuard guard = { { 0 } };

  for (gint64 i = 1; i < 100; i++)
    g_assert_true (mullion_crash_guard_note (&guard, i * 31 * SECOND));
}

static void
test_loop (void)
{
  MullionCrashGuard guard = { { 0 } };

  g_assert_true (mullion_crash_guard_note (&guard, 100 * SECOND));
  g_assert_true (mullion_crash_guard_note (&guard, 101 * SECOND));
  g_assert_false (mullion_crash_guard_note (&guard, 102 * SECOND));
  g_assert_false (mullion_crash_guard_note (&guard, 159 * SECOND));

  /* Only what lies within a minute counts. */
  g_assert_true (mullion_crash_guard_note (&guard, 163 * SECOND));
}

static void
test_reset (void)
{
  MullionCrashGuard guard = { { 0 } };

  for (gint64 i = 1; i < 10; i++)
    {
      g_assert_true (mullion_crash_guard_note (&guard, 100 * SECOND + i));
      g_assert_true (mullion_crash_guard_note (&guard, 100 * SECOND + i));
      mullion_crash_guard_reset (&guard);
    }
}

/* The address is a page's own words, and it may know the names of our places. */
static void
test_escaped (void)
{
  g_autofree char *page =
    mullion_crash_page_new ("app://x/\"><script>a('@TEXT@&')</script>@URL@", "crashed");

  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "\"><script"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;a(&apos;@TEXT@&amp;&apos;)&lt;/script&gt;@URL@"));
  g_assert_null (strstr (page, "@TITLE@"));
  g_assert_null (strstr (page, "@REASON@"));
}

static void
test_reasons (void)
{
  g_autofree char *oom = mullion_crash_page_new ("app://x/", "oom");
  g_autofree char *killed = mullion_crash_page_new ("app://x/", "killed");

  g_assert_nonnull (strstr (oom, "more memory than there is"));
  g_assert_nonnull (strstr (killed, "ended several times"));
}

/* A data: address may be a megabyte long. */
static void
test_long (void)
{
  g_autofree char *rest = g_strnfill (1000000, 'x');
  g_autofree char *uri = g_strconcat ("data:,", rest, NULL);
  g_autofree char *page = mullion_crash_page_new (uri, "crashed");

  g_assert_cmpuint (strlen (page), <, 10000);
  g_assert_true (g_utf8_validate (page, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crash-guard/seldom", test_seldom);
  g_test_add_func ("/crash-guard/loop", test_loop);
  g_test_add_func ("/crash-guard/reset", test_reset);
  g_test_add_func ("/crash-page/escaped", test_escaped);
  g_test_add_func ("/crash-page/reasons", test_reasons);
  g_test_add_func ("/crash-page/long", test_long);

  return g_test_run ();
}
