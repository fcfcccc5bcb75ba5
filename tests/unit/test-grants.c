/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mullion.h>

#include "app/grants/mullion-grants-private.h"
#include "app/grants/mullion-origin.h"

/* MullionGrants alone: what they say, how they are written, and what a channel is compared with. */

static void
test_patterns (void)
{
  const struct { const char *pattern; const char *channel; gboolean is_match; } cases[] = {
    { "save", "save", TRUE },
    { "save", "saved", FALSE },
    { "save", "Save", FALSE },
    { "save", "", FALSE },
    { "*", "", TRUE },
    { "*", "anything at all", TRUE },
    { "notes:*", "notes:", TRUE },
    { "notes:*", "notes:save", TRUE },
    { "notes:*", "note", FALSE },
    { "notes:*", "xnotes:save", FALSE },
    { "notes:*", "notes", FALSE },
    { "*:read", "notes:read", TRUE },
    { "*:read", ":read", TRUE },
    { "*:read", "read", FALSE },
    { "*:read", "notes:reader", FALSE },
    { "a*a", "aa", TRUE },
    { "a*a", "aba", TRUE },
    { "a*a", "a", FALSE },
    { "ä*", "äh", TRUE },
    { "a?c", "abc", FALSE },
    { "a.c", "abc", FALSE },
    { "[a]", "a", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(MullionChannelSet) set = mullion_channel_set_new ();

      mullion_channel_set_add (set, "another");
      g_assert_true (mullion_channel_set_is_pattern (cases[i].pattern));
      mullion_channel_set_add (set, cases[i].pattern);
      g_assert_cmpint (mullion_channel_set_has (set, cases[i].channel), ==, cases[i].is_match);
      g_assert_true (mullion_channel_set_has (set, "another"));
    }

  g_assert_false (mullion_channel_set_is_pattern (""));
  g_assert_false (mullion_channel_set_is_pattern ("a*b*c"));
  g_assert_false (mullion_channel_set_is_pattern ("**"));
}

static void
test_origins (void)
{
  const struct { const char *origin; const char *message; } cases[] = {
    { "https://example.org", NULL },
    { "https://example.org:8443", NULL },
    { "https://[2001:db8::1]:8443", NULL },
    { "http://localhost:8080", NULL },
    { "http://127.0.0.1", NULL },
    { "http://[::1]:1", NULL },
    { "app://org.example.app", NULL },
    { "https://Example.org", "*expected 'https://example.org'" },
    { "https://example.org:443", "*expected 'https://example.org'" },
    { "http://localhost:80", "*expected 'http://localhost'" },
    { "https://example.org/", "*expected 'https://example.org'" },
    { "https://me@example.org", "*expected 'https://example.org'" },
    { "https://example.org?q", "*expected 'https://example.org'" },
    { "http://example.org", "*is no origin*" },
    { "https://*.example.org", "*is no origin*" },
    { "https://ex\x1c" "ample.org", "*is no origin*" },
    { "https://exämple.org", "*expected 'https://xn--exmple-cua.org'" },
    { "https://", "*is no origin*" },
    { "file:///", "*is no origin*" },
    { "data:", "*is no origin*" },
    { "null", "*is no origin*" },
    { "*", "*is no origin*" },
    { "", "*is no origin*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean is_origin = mullion_origin_check (cases[i].origin, &error);

      g_test_message ("%s: %s", cases[i].origin, error != NULL ? error->message : "");
      g_assert_cmpint (is_origin, ==, cases[i].message == NULL);
      if (is_origin)
        g_assert_no_error (error);
      else
        g_assert_true (g_pattern_match_simple (cases[i].message, error->message));
    }
}

static gboolean
may (MullionGrants      *grants,
     const char         *origin,
     MullionGrantFrames  frame,
     const char         *channel)
{
  gboolean is_own = g_str_equal (origin, "app://me");
  g_autoptr(MullionChannelSet) set = mullion_grants_compile (grants, origin, is_own, frame);

  return mullion_channel_set_has (set, channel);
}

static void
test_kinds (void)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();

  g_assert_false (may (grants, "app://me", MULLION_GRANT_MAIN_FRAME, "x"));
  mullion_grants_add (grants, "own:*");
  mullion_grants_add_for (grants, "sub", NULL, MULLION_GRANT_SUB_FRAMES);
  mullion_grants_add_for (grants, "web", "https://example.org",
                          MULLION_GRANT_MAIN_FRAME | MULLION_GRANT_SUB_FRAMES);

  g_assert_true (may (grants, "app://me", MULLION_GRANT_MAIN_FRAME, "own:1"));
  g_assert_false (may (grants, "app://me", MULLION_GRANT_SUB_FRAMES, "own:1"));
  g_assert_false (may (grants, "https://example.org", MULLION_GRANT_MAIN_FRAME, "own:1"));
  g_assert_true (may (grants, "app://me", MULLION_GRANT_SUB_FRAMES, "sub"));
  g_assert_false (may (grants, "app://me", MULLION_GRANT_MAIN_FRAME, "sub"));
  g_assert_true (may (grants, "https://example.org", MULLION_GRANT_MAIN_FRAME, "web"));
  g_assert_true (may (grants, "https://example.org", MULLION_GRANT_SUB_FRAMES, "web"));
  g_assert_false (may (grants, "app://me", MULLION_GRANT_MAIN_FRAME, "web"));
  g_assert_false (may (grants, "https://example.org:1", MULLION_GRANT_MAIN_FRAME, "web"));
  g_assert_false (may (grants, "null", MULLION_GRANT_MAIN_FRAME, "web"));

  g_assert_true (mullion_grants_name (grants, "https://example.org", MULLION_GRANT_SUB_FRAMES));
  g_assert_false (mullion_grants_name (grants, "https://example.com", MULLION_GRANT_SUB_FRAMES));
}

static MullionGrants *
read_grants (const char  *text,
             GError     **error)
{
  g_autoptr(JsonNode) json = json_from_string (text, NULL);

  g_assert_nonnull (json);
  return mullion_grants_new_from_json (json, error);
}

static void
test_json (void)
{
  /* What is read, and what is written of it. */
  const struct { const char *text; const char *again; } cases[] = {
    { "[]", "[]" },
    { "[\"b\",\"a:*\",\"b\"]", "[\"a:*\",\"b\"]" },
    { "[{\"channels\":[\"b\",\"a\"]}]", "[\"a\",\"b\"]" },
    { "[{\"channels\":[]}]", "[]" },
    { "[{\"channels\":[\"a\"],\"frames\":[\"sub\"]},{\"channels\":[\"a\"],\"frames\":[\"main\"]}]",
      "[{\"frames\":[\"main\",\"sub\"],\"channels\":[\"a\"]}]" },
    { "[{\"channels\":[\"a\",\"b\"],\"origin\":\"https://example.org\"},\"c\"]",
      "[\"c\",{\"origin\":\"https://example.org\",\"channels\":[\"a\",\"b\"]}]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MullionGrants) grants = read_grants (cases[i].text, &error);
      g_autoptr(JsonNode) written = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      written = mullion_grants_to_json (grants);
      text = json_to_string (written, FALSE);
      g_assert_cmpstr (text, ==, cases[i].again);
    }
}

static void
test_bad_json (void)
{
  const struct { const char *text; const char *message; } cases[] = {
    { "{}", "grants are an array" },
    { "\"notes\"", "grants are an array" },
    { "[5]", "grant 0 is neither a string nor an object" },
    { "[\"\"]", "grant 0 cannot be given: '' is no channel*" },
    { "[\"a\",\"*:*\"]", "grant 1 cannot be given: '\\*:\\*' is no channel: expected a name, with one*" },
    { "[{}]", "grant 0 has no \"channels\"*" },
    { "[{\"channels\":\"a\"}]", "grant 0 has no \"channels\"*" },
    { "[{\"channels\":[1]}]", "grant 0 lists a channel that is no string" },
    { "[{\"channels\":[\"a\"],\"frame\":\"sub\"}]", "grant 0 has the unknown key \"frame\"*" },
    { "[{\"channels\":[\"a\"],\"frames\":[]}]", "grant 0 has \"frames\" that are not*" },
    { "[{\"channels\":[\"a\"],\"frames\":\"sub\"}]", "grant 0 has \"frames\" that are not*" },
    { "[{\"channels\":[\"a\"],\"frames\":[\"all\"]}]", "grant 0 lists a frame that is neither*" },
    { "[{\"channels\":[\"a\"],\"frames\":[null]}]", "grant 0 lists a frame that is neither*" },
    { "[{\"channels\":[\"a\"],\"origin\":null}]", "grant 0 has an \"origin\" that is no string" },
    { "[{\"channels\":[\"a\"],\"origin\":\"*\"}]", "grant 0 cannot be given: '\\*' is no origin*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MullionGrants) grants = read_grants (cases[i].text, &error);
      g_autoptr(GString) pattern = g_string_new (cases[i].message);

      /* GLib's patterns have no way to mean a star. */
      g_string_replace (pattern, "\\*", "?", 0);
      g_assert_null (grants);
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      if (!g_pattern_match_simple (pattern->str, error->message))
        g_error ("%s: %s", cases[i].text, error->message);
    }
}

static void
test_record (void)
{
  g_autoptr(MullionGrants) used = mullion_grants_new ();
  g_autoptr(JsonNode) json = NULL;
  g_autofree char *text = NULL;

  mullion_grants_record (used, "a", NULL, MULLION_GRANT_MAIN_FRAME);
  mullion_grants_record (used, "a", NULL, MULLION_GRANT_MAIN_FRAME);
  mullion_grants_record (used, "b", NULL, MULLION_GRANT_MAIN_FRAME);
  mullion_grants_record (used, "b", NULL, MULLION_GRANT_SUB_FRAMES);
  mullion_grants_record (used, "*", NULL, MULLION_GRANT_MAIN_FRAME);
  json = mullion_grants_to_json (used);
  text = json_to_string (json, FALSE);
  g_assert_cmpstr (text, ==, "[\"a\",{\"frames\":[\"main\",\"sub\"],\"channels\":[\"b\"]}]");

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *channel = g_strdup_printf ("%u", i);

      mullion_grants_record (used, channel, NULL, MULLION_GRANT_MAIN_FRAME);
    }
  g_assert_true (may (used, "app://me", MULLION_GRANT_MAIN_FRAME, "9000"));
  g_assert_false (may (used, "app://me", MULLION_GRANT_MAIN_FRAME, "10000"));
}

static void
test_epoch (void)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();
  guint64 before = mullion_grants_get_epoch ();

  g_assert_cmpuint (before, >, 0);
  mullion_grants_add (grants, "a");
  g_assert_cmpuint (mullion_grants_get_epoch (), >, before);
}

static void
test_mistake (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(MullionGrants) grants = mullion_grants_new ();

      mullion_grants_add_for (grants, "a", "https://example.org/path", MULLION_GRANT_MAIN_FRAME);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*A channel was not granted: 'https://example.org/path' is not spelled*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grants/patterns", test_patterns);
  g_test_add_func ("/grants/origins", test_origins);
  g_test_add_func ("/grants/kinds", test_kinds);
  g_test_add_func ("/grants/json", test_json);
  g_test_add_func ("/grants/bad-json", test_bad_json);
  g_test_add_func ("/grants/record", test_record);
  g_test_add_func ("/grants/epoch", test_epoch);
  g_test_add_func ("/grants/mistake", test_mistake);

  return g_test_run ();
}
