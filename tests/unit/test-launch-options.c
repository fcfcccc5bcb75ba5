/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/mullion-launch-options.h"
#include "mullion-error.h"

/*
 * The command line of the launcher.
 */

#define PARSE(error, ...)                                                                         \
  mullion_launch_options_parse ((const char *const[]) { "mullion", __VA_ARGS__ __VA_OPT__ (,)     \
                                                        NULL }, error)

static void
test_none (void)
{
  g_autoptr (MullionLaunchOptions) options = PARSE (NULL);

  g_assert_null (options->target);
  g_assert_cmpint (g_strv_length (options->arguments), ==, 0);
  g_assert_false (options->dev_tools);
  g_assert_false (options->version);
  g_assert_null (options->screenshot);
  g_assert_cmpint (options->width, ==, 0);
  g_assert_cmpint (options->timeout, ==, 30);
}

static void
test_all (void)
{
  g_autoptr (MullionLaunchOptions) options = NULL;

  options = PARSE (NULL, "--audit", "--dev-tools", "--new-instance", "app", "--screenshot=a.png",
                   "--size", "640x480", "--timeout", "5");
  g_assert_cmpstr (options->target, ==, "app");
  g_assert_true (options->audit);
  g_assert_true (options->dev_tools);
  g_assert_true (options->new_instance);
  g_assert_cmpstr (options->screenshot, ==, "a.png");
  g_assert_cmpint (options->width, ==, 640);
  g_assert_cmpint (options->height, ==, 480);
  g_assert_cmpint (options->timeout, ==, 5);
}

/* Nothing behind "--" is ours, not even what looks like it; a second "--" is the app's as well. */
static void
test_arguments (void)
{
  g_autoptr (MullionLaunchOptions) options = NULL;
  g_autoptr (MullionLaunchOptions) nothing = PARSE (NULL, "app", "--");

  options = PARSE (NULL, "app", "--", "--version", "--help", "--", "file");
  g_assert_cmpstr (options->target, ==, "app");
  g_assert_false (options->version);
  g_assert_cmpint (g_strv_length (options->arguments), ==, 4);
  g_assert_cmpstr (options->arguments[0], ==, "--version");
  g_assert_cmpstr (options->arguments[1], ==, "--help");
  g_assert_cmpstr (options->arguments[2], ==, "--");
  g_assert_cmpstr (options->arguments[3], ==, "file");
  g_assert_cmpint (g_strv_length (nothing->arguments), ==, 0);
}

static void
assert_bad (const char *first,
            const char *second,
            const char *third,
            const char *expected)
{
  g_autoptr (MullionLaunchOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  options = PARSE (&error, first, second, third);
  g_assert_null (options);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_bad (void)
{
  assert_bad ("--nonsense", NULL, NULL, "--nonsense");
  assert_bad ("--record-redact=a", NULL, NULL, "--record");
  assert_bad ("replay", NULL, NULL, "FILE");
  assert_bad ("replay", "a", "--screenshot=a.png", "--screenshot");
  assert_bad ("-x", NULL, NULL, "-x");
  assert_bad ("--screenshot", NULL, NULL, "--screenshot");
  assert_bad ("one", "two", NULL, "\"two\"");
  assert_bad ("--size", "640", NULL, "WIDTHxHEIGHT");
  assert_bad ("--size", "640x", NULL, "WIDTHxHEIGHT");
  assert_bad ("--size", "0x10", NULL, "WIDTHxHEIGHT");
  assert_bad ("--size", "10x-10", NULL, "WIDTHxHEIGHT");
  assert_bad ("--size", "1x2x3", NULL, "WIDTHxHEIGHT");
  assert_bad ("--size", "99999x10", NULL, "WIDTHxHEIGHT");
  assert_bad ("--audit", NULL, NULL, "FOLDER");
  assert_bad ("--timeout", "5", NULL, "--screenshot");
  assert_bad ("--screenshot=a.png", "--timeout", "-1", "seconds");
  assert_bad ("--screenshot=a.png", "--timeout", "soon", "soon");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/launch-options/none", test_none);
  g_test_add_func ("/launch-options/all", test_all);
  g_test_add_func ("/launch-options/arguments", test_arguments);
  g_test_add_func ("/launch-options/bad", test_bad);

  return g_test_run ();
}
