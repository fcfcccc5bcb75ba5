/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

/* What an app does to a page that stands: to its text, its looks, its name and its sound. */

typedef struct
{
  IpcWindow *window;
  MullionWebContents *contents; /* unowned */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = ipc_window_new ("{}");
  fixture->contents = fixture->window->contents;
  ipc_window_load (fixture->window, "editing/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_window_free (fixture->window);
}

/* Commands and style sheets reach the web process on other ways than scripts. */
static void
wait_for (Fixture    *fixture,
          const char *code,
          const char *expected)
{
  guint limit = ipc_limit_begin (expected);
  gboolean is_so = FALSE;

  while (!is_so)
    {
      g_autofree char *value = ipc_window_run (fixture->window, code);

      is_so = g_str_equal (value, expected);
    }
  g_source_remove (limit);
}

/* -- Its text -- */

#define TYPED "document.querySelector('textarea').value"
#define EDITED "document.querySelector('[contenteditable]').innerHTML"
#define SELECTED "String(getSelection())"

static void
focus (Fixture    *fixture,
       const char *selector)
{
  g_autofree char *code = g_strdup_printf (
    "document.querySelector('%s').focus(), document.activeElement.matches('%s')", selector, selector);

  ipc_assert_run (fixture->window, code, "true");
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  focus (fixture, "textarea");
  mullion_web_contents_insert_text (fixture->contents, "one\"'");
  wait_for (fixture, TYPED, "\"one\\\"'\"");
  mullion_web_contents_undo (fixture->contents);
  wait_for (fixture, TYPED, "\"\"");
  mullion_web_contents_redo (fixture->contents);
  wait_for (fixture, TYPED, "\"one\\\"'\"");
  mullion_web_contents_select_all (fixture->contents);
  mullion_web_contents_insert_text (fixture->contents, "two");
  wait_for (fixture, TYPED, "\"two\"");
  mullion_web_contents_select_all (fixture->contents);
  mullion_web_contents_delete (fixture->contents);
  wait_for (fixture, TYPED, "\"\"");
}

static void
test_clipboard (Fixture       *fixture,
                gconstpointer  data)
{
  focus (fixture, "textarea");
  mullion_web_contents_insert_text (fixture->contents, "one");
  mullion_web_contents_select_all (fixture->contents);
  mullion_web_contents_cut (fixture->contents);
  wait_for (fixture, TYPED, "\"\"");
  mullion_web_contents_paste (fixture->contents);
  wait_for (fixture, TYPED, "\"one\"");
  mullion_web_contents_paste (fixture->contents);
  wait_for (fixture, TYPED, "\"oneone\"");
}

static void
test_style_of_text (Fixture       *fixture,
                    gconstpointer  data)
{
  ipc_assert_run (fixture->window, "getSelection().selectAllChildren(document.querySelector('b')),"
                  SELECTED, "\"bold\"");
  mullion_web_contents_copy (fixture->contents);
  mullion_web_contents_unselect (fixture->contents);
  wait_for (fixture, SELECTED, "\"\"");

  focus (fixture, "[contenteditable]");
  mullion_web_contents_paste_and_match_style (fixture->contents);
  wait_for (fixture, EDITED, "\"bold\"");
  mullion_web_contents_select_all (fixture->contents);
  mullion_web_contents_paste (fixture->contents);
  wait_for (fixture, "/^<(b|span)[ >].*bold/.test(" EDITED ")", "true");
}

/* -- Its looks -- */

#define COLOR "getComputedStyle(document.querySelector('p')).color"
#define BLACK "\"rgb(0, 0, 0)\""
#define BLUE "\"rgb(1, 2, 3)\""

static char *
insert (Fixture    *fixture,
        const char *css,
        const char *json)
{
  g_autoptr(JsonNode) options = json_from_string (json, NULL);
  g_autoptr(GError) error = NULL;
  char *key = mullion_web_contents_insert_css (fixture->contents, css,
                                               json_node_get_object (options), &error);

  g_assert_no_error (error);
  return key;
}

static void
test_css (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new ("{ \"show\": false }");
  g_autofree char *key = insert (fixture, "p { color: rgb(1 2 3) }", "{}");

  wait_for (fixture, COLOR, BLUE);
  ipc_window_load (other, "editing/index.html");
  ipc_assert_run (other, COLOR, BLACK);

  g_assert_true (mullion_web_contents_remove_inserted_css (fixture->contents, key));
  wait_for (fixture, COLOR, BLACK);
  g_assert_false (mullion_web_contents_remove_inserted_css (fixture->contents, key));
}

/* The page's own style sheets win over those of the user. */
static void
test_css_origin (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *weak = NULL;
  g_autofree char *strong = NULL;

  ipc_assert_run (fixture->window, "document.head.append(Object.assign("
                  "document.createElement('style'), { textContent: 'p { color: red }' })), 0", "0");
  weak = insert (fixture, "p { color: rgb(1 2 3) } b { color: rgb(1 2 3) }",
                 "{ \"cssOrigin\": \"user\" }");
  wait_for (fixture, "getComputedStyle(document.querySelector('b')).color", BLUE);
  ipc_assert_run (fixture->window, COLOR, "\"rgb(255, 0, 0)\"");
  strong = insert (fixture, "p { color: rgb(1 2 3) !important }", "{ \"cssOrigin\": \"user\" }");
  wait_for (fixture, COLOR, BLUE);
  g_assert_cmpstr (weak, !=, strong);
}

static void
test_css_next_page (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *key = insert (fixture, "p { color: rgb(1 2 3) }", "{}");

  wait_for (fixture, COLOR, BLUE);
  ipc_window_load (fixture->window, "editing/index.html");
  wait_for (fixture, COLOR, BLACK);
  g_assert_false (mullion_web_contents_remove_inserted_css (fixture->contents, key));
}

static void
test_css_refused (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(JsonNode) options = json_from_string ("{ \"cssOrigin\": \"other\" }", NULL);
  g_autoptr(GError) invalid = NULL;
  g_autoptr(GError) gone = NULL;

  g_assert_null (mullion_web_contents_insert_css (fixture->contents, "",
                                                  json_node_get_object (options), &invalid));
  g_assert_error (invalid, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);

  mullion_browser_window_destroy (fixture->window->window);
  g_assert_null (mullion_web_contents_insert_css (fixture->contents, "", NULL, &gone));
  g_assert_error (gone, MULLION_ERROR, MULLION_ERROR_GONE);
  g_assert_false (mullion_web_contents_remove_inserted_css (fixture->contents, "key"));
  mullion_web_contents_undo (fixture->contents);
  mullion_web_contents_insert_text (fixture->contents, "one");
}

/* -- Its name and its sound -- */

static void
test_user_agent (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new ("{ \"show\": false }");

  g_assert_true (g_str_has_prefix (mullion_web_contents_get_user_agent (fixture->contents),
                                   "Mozilla/5.0"));
  mullion_web_contents_set_user_agent (fixture->contents, "Notes/1.0");
  g_assert_cmpstr (mullion_web_contents_get_user_agent (fixture->contents), ==, "Notes/1.0");
  ipc_window_load (fixture->window, "editing/index.html");
  ipc_assert_run (fixture->window, "navigator.userAgent", "\"Notes/1.0\"");
  ipc_window_load (other, "editing/index.html");
  ipc_assert_run (other, "navigator.userAgent.startsWith('Mozilla/5.0')", "true");

  mullion_web_contents_set_user_agent (fixture->contents, NULL);
  ipc_window_load (fixture->window, "editing/index.html");
  ipc_assert_run (fixture->window, "navigator.userAgent.startsWith('Mozilla/5.0')", "true");
}

static void
test_muted (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_false (mullion_web_contents_is_audio_muted (fixture->contents));
  mullion_web_contents_set_audio_muted (fixture->contents, TRUE);
  g_assert_true (mullion_web_contents_is_audio_muted (fixture->contents));
  mullion_web_contents_set_audio_muted (fixture->contents, FALSE);
  g_assert_false (mullion_web_contents_is_audio_muted (fixture->contents));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/editing/changes", test_changes },
    { "/editing/clipboard", test_clipboard },
    { "/editing/style-of-text", test_style_of_text },
    { "/editing/css", test_css },
    { "/editing/css/origin", test_css_origin },
    { "/editing/css/next-page", test_css_next_page },
    { "/editing/css/refused", test_css_refused },
    { "/editing/user-agent", test_user_agent },
    { "/editing/muted", test_muted },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestEditing");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
