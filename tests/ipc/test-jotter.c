/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion-test.h>

#include <glib/gstdio.h>

/*
 * The Jotter: an app folder with neither C nor a preload script, used as a person would.
 */

static MullionTest *test;

static void
assert_script (const char *code,
               const char *expected)
{
  g_autoptr(JsonNode) value = mullion_test_evaluate (test, code);
  g_autofree char *text = json_to_string (value, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
answer_next (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autoptr(GError) error = NULL;

  mullion_dialog_answer_next (json_node_dup_object (node), &error);
  g_assert_no_error (error);
}

static void
wait_for_status (const char *expected)
{
  g_autofree char *condition =
    g_strdup_printf ("document.getElementById('status').textContent === '%s'", expected);

  mullion_test_wait_until (test, condition);
}

/* A file that nobody chose is not shown, and one that was chosen is made. */
static void
test_save (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-jotter-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "note.pdf", NULL);
  g_autofree char *answer = g_strdup_printf ("{ \"filePath\": \"%s\" }", path);
  g_autofree char *status = g_strdup_printf ("Saved as %s", path);
  g_autofree char *content = NULL;

  mullion_test_click (test, "#show");
  wait_for_status ("the user did not choose this file in a dialog");
  answer_next ("{ \"canceled\": true }");
  mullion_test_click (test, "#save");
  wait_for_status ("Not saved");
  answer_next (answer);
  mullion_test_click (test, "#save");
  wait_for_status (status);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_cmpstr (mullion_browser_window_get_title (mullion_test_get_window (test)), ==, "note.pdf");
  g_remove (path);
  g_rmdir (folder);
}

static void
test_theme (void)
{
  mullion_test_click (test, "#theme");
  mullion_test_wait_until (test, "['Dark', 'Light'].includes("
                                 "document.getElementById('status').textContent)");
  assert_script ("matchMedia('(prefers-color-scheme: dark)').matches"
                 "  === (document.getElementById('status').textContent === 'Dark')", "true");
}

static void
test_clear (void)
{
  mullion_test_click (test, "#copy");
  wait_for_status ("Copied");
  answer_next ("{ \"response\": 1 }");
  mullion_test_click (test, "#forget");
  wait_for_status ("Cleared");
  assert_script ("document.getElementById('text').value", "\"\"");
}

/* The manifest lets it write to the clipboard and no more; of the rest it says nothing. */
static void
test_refused (void)
{
  assert_script ("desktop.clipboard.readText().catch((error) => error.code)", "3");
  assert_script ("desktop.session.getCookies().catch((error) => error.details.capability)",
                 "\"session\"");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "jotter", NULL);
  test = mullion_test_new_for_folder (folder);
  mullion_test_wait_for_selector (test, ":root[data-ready]");

  g_test_add_func ("/jotter/save", test_save);
  g_test_add_func ("/jotter/theme", test_theme);
  g_test_add_func ("/jotter/clear", test_clear);
  g_test_add_func ("/jotter/refused", test_refused);

  status = g_test_run ();
  g_object_unref (test);
  return status;
}
