/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-scheme.h"
#include "mullion-content-policy.h"

#define ORIGIN "app://org.example.notes"
#define STRICT "default-src 'self'; object-src 'none'"

/* What each weakness is called, in words that stay in its sentence. None: the policy is strict. */
static const struct
{
  const char *policy;
  const char *weakness;
} policies[] = {
  { STRICT, NULL },
  { "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'", NULL },
  { STRICT "; style-src 'self' 'unsafe-inline'", NULL },
  { STRICT "; img-src *", NULL },
  { STRICT "; script-src 'nonce-abc' 'unsafe-inline'", NULL },
  { STRICT "; script-src 'sha256-abc' 'unsafe-inline'", NULL },
  { STRICT "; script-src 'self' http://localhost:3000 http://127.0.0.1:1", NULL },
  { STRICT "; script-src 'self' https://cdn.example.org", NULL },
  { "", "there is none" },
  { " ; ", "there is none" },
  { "img-src 'self'; object-src 'none'", "neither script-src nor default-src" },
  { "script-src 'self'", "neither object-src nor default-src" },
  { STRICT "; script-src 'self' 'unsafe-inline'", "'unsafe-inline' for scripts" },
  { "DEFAULT-SRC 'self' 'UNSAFE-INLINE'", "'unsafe-inline' for scripts" },
  { STRICT "; script-src-attr 'unsafe-inline'", "'unsafe-inline' for scripts" },
  { STRICT "; script-src 'self' 'unsafe-eval'", "'unsafe-eval' for scripts" },
  { STRICT "; script-src 'self' 'unsafe-hashes'", "'unsafe-hashes' for scripts" },
  { STRICT "; script-src *", "* for scripts" },
  { STRICT "; script-src https://*.example.org", "https://*.example.org for scripts" },
  { STRICT "; script-src 'self' https:", "https: for scripts" },
  { STRICT "; script-src 'self' data:", "data: for scripts" },
  { STRICT "; worker-src blob:", "blob: for scripts" },
  { STRICT "; script-src http://cdn.example.org", "http://cdn.example.org for scripts" },
  { "default-src *", "* for scripts" },
  { "default-src 'self'; connect-src *", "connect-src *" },
  { "default-src 'self'; frame-src *", "frame-src *" },
  { "default-src 'self'; object-src *", "object-src *" },
  { "default-src 'self'; form-action *", "form-action *" },
};

static void
test_weaknesses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autoptr(MullionContentPolicy) policy = mullion_content_policy_new (policies[i].policy);
      g_auto(GStrv) found = mullion_content_policy_list_weaknesses (policy);
      g_autofree char *text = g_strjoinv ("\n", found);

      g_test_message ("%s: %s", policies[i].policy, text);
      if (policies[i].weakness == NULL)
        g_assert_cmpstr (text, ==, "");
      else
        g_assert_nonnull (strstr (text, policies[i].weakness));
    }
}

/* The policy that apps get unless they set one has to pass its own test. */
static void
test_default (void)
{
  g_autoptr(MullionAppScheme) scheme = mullion_app_scheme_new ("org.example.notes");
  g_autoptr(MullionContentPolicy) policy =
    mullion_content_policy_new (mullion_app_scheme_get_policy (scheme));
  g_auto(GStrv) found = mullion_content_policy_list_weaknesses (policy);

  g_assert_cmpuint (g_strv_length (found), ==, 0);
  g_assert_true (mullion_app_scheme_may_frame (scheme, ORIGIN "/inner.html"));
  g_assert_false (mullion_app_scheme_may_frame (scheme, "https://example.org/"));
  g_assert_false (mullion_app_scheme_may_frame (scheme, "data:text/html,x"));
}

/* What of a policy is warned about is what the weaknesses say, once for each. */
static void
test_warning (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(MullionAppScheme) scheme = mullion_app_scheme_new ("org.example.notes");

      mullion_app_scheme_set_policy (scheme, "default-src 'self' 'unsafe-eval'");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*The Content-Security-Policy of " ORIGIN " is weak: 'unsafe-eval' "
                             "for scripts turns text into code*");
}

static const struct
{
  const char *sources;
  const char *uri;
  gboolean may;
} frames[] = {
  { "'self'", ORIGIN, TRUE },
  { "'self'", ORIGIN "/page.html?a#b", TRUE },
  { "'self'", ORIGIN ".evil/page.html", FALSE },
  { "'self'", "app://org.example.other/", FALSE },
  { "'none'", ORIGIN "/", FALSE },
  { "", ORIGIN "/", FALSE },
  { "'self'", "https://example.org/", FALSE },
  { "https://example.org", "https://example.org/a", TRUE },
  { "https://EXAMPLE.org", "https://example.org/a", TRUE },
  { "https://example.org", "http://example.org/a", FALSE },
  { "http://example.org", "https://example.org/a", TRUE },
  { "https://example.org", "https://example.org.evil/a", FALSE },
  { "https://example.org", "https://evil/?https://example.org", FALSE },
  { "https://example.org", "https://example.org@evil/", FALSE },
  { "example.org", "https://example.org/a", TRUE },
  { "example.org:8443", "https://example.org:8443/a", TRUE },
  { "example.org:8443", "https://example.org:443/a", FALSE },
  { "http://127.0.0.1:*", "http://127.0.0.1:9/", TRUE },
  { "http://[::1]", "http://[::1]/", FALSE }, /* GUri drops the brackets, and no source has them */
  { "https://*.example.org", "https://a.example.org/", TRUE },
  { "https://*.example.org", "https://example.org/", FALSE },
  { "https://*.example.org", "https://evil-example.org/", FALSE },
  { "https:", "https://example.org/", TRUE },
  { "https:", "http://example.org/", FALSE },
  { "*", "https://example.org/", TRUE },
  { "*", "data:text/html,x", FALSE },
  { "data:", "data:text/html,x", TRUE },
  { "blob:", "blob:" ORIGIN "/1", TRUE },
  { "'self'", "blob:" ORIGIN "/1", FALSE },
};

static void
test_frames (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("object-src 'none'; frame-src %s", frames[i].sources);
      g_autoptr(MullionContentPolicy) policy = mullion_content_policy_new (text);

      g_test_message ("%s: %s", frames[i].sources, frames[i].uri);
      g_assert_cmpint (mullion_content_policy_may_frame (policy, ORIGIN, frames[i].uri), ==,
                       frames[i].may);
    }
}

/* frame-src, else child-src, else default-src; and <object> makes frames as well. */
static void
test_fallback (void)
{
  static const char *const texts[] = {
    "child-src https://a.example; object-src 'none'",
    "default-src https://a.example",
    "frame-src 'none'; object-src https://a.example",
    "object-src 'none'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(MullionContentPolicy) policy = mullion_content_policy_new (texts[i]);

      g_assert_true (mullion_content_policy_may_frame (policy, ORIGIN, "https://a.example/"));
      g_assert_cmpint (mullion_content_policy_may_frame (policy, ORIGIN, "https://b.example/"), ==,
                       i == 3);
    }
}

/* A directive that is not there lets nothing more in than it did. */
static void
test_add_source (void)
{
  static const char *const directives[] = { "img-src", "connect-src", NULL };
  g_autofree char *policy = mullion_content_policy_add_source (
    "default-src 'self'; IMG-SRC 'self' data: ;script-src 'self'; connect-src 'none'", directives,
    "notes:");
  g_autofree char *empty = mullion_content_policy_add_source ("", directives, "notes:");

  g_assert_cmpstr (policy, ==, "default-src 'self'; IMG-SRC 'self' data: notes:;script-src 'self'; "
                               "connect-src 'none' notes:");
  g_assert_cmpstr (empty, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content-policy/weaknesses", test_weaknesses);
  g_test_add_func ("/content-policy/default", test_default);
  g_test_add_func ("/content-policy/warning", test_warning);
  g_test_add_func ("/content-policy/frames", test_frames);
  g_test_add_func ("/content-policy/fallback", test_fallback);
  g_test_add_func ("/content-policy/add-source", test_add_source);

  return g_test_run ();
}
