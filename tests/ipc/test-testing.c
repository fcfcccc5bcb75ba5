/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion-test.h>

#include <glib/gstdio.h>

/*
 * The library for tests of apps, as such a test uses it: one app, a folder, for all of them, whose page
 * is loaded anew for each. What must fail is run in a process of its own.
 */

static MullionTest *test;

static void
reload (void)
{
  MullionWebContents *contents =
    mullion_browser_window_get_web_contents (mullion_test_get_window (test));

  mullion_web_contents_reload (contents);
  mullion_test_wait_for_signal (test, contents, "did-finish-load");
}

static void
assert_script (const char *code,
               const char *expected)
{
  g_autoptr(JsonNode) value = mullion_test_evaluate (test, code);
  g_autofree char *text = json_to_string (value, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

/* Types, clicks, and hears of it in the page and in the main process. */
static void
test_greeting (void)
{
  g_autoptr(JsonArray) args = NULL;

  reload ();
  mullion_test_type (test, "input", "Ada L.");
  assert_script ("document.querySelector('input').value", "\"Ada L.\"");
  mullion_test_click (test, "button");
  mullion_test_wait_for_selector (test, "#answer");
  assert_script ("document.querySelector('#answer').textContent", "\"Hello Ada L.\"");
  assert_script ("document.querySelector('#answer').dataset.trusted",
                 mullion_test_has_real_input (test) ? "\"true\"" : "\"false\"");
  args = mullion_test_wait_for_channel (test, "said");
  g_assert_cmpstr (json_array_get_string_element (args, 0), ==, "Ada L.");
  g_assert_cmpint (json_array_get_int_element (args, 1), ==, 42);
}

/* Nobody has asked for them, neither the manifest nor the command line. */
static void
test_no_dev_tools (void)
{
  MullionWebContents *contents =
    mullion_browser_window_get_web_contents (mullion_test_get_window (test));
  WebKitSettings *settings =
    webkit_web_view_get_settings (mullion_web_contents_get_web_view (contents));

  g_assert_false (webkit_settings_get_enable_developer_extras (settings));
  mullion_web_contents_open_dev_tools (contents);
  g_assert_false (mullion_web_contents_is_dev_tools_opened (contents));
}

static void
test_signal (void)
{
  MullionWebContents *contents =
    mullion_browser_window_get_web_contents (mullion_test_get_window (test));

  g_autoptr(JsonNode) none = NULL;

  reload ();
  /* Again and again: the first may come before somebody waits for it. */
  none = mullion_test_evaluate (test, "setInterval(() => { document.title += '.'; }, 50); null");
  mullion_test_wait_for_signal (test, contents, "page-title-updated");
  assert_script ("document.title.startsWith('Testing.')", "true");
  mullion_web_contents_reload (contents);
  mullion_test_wait_until (test, "document.title === 'Testing'");
}

static void
test_pictures (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-pictures-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "page.png", NULL);
  g_autoptr(GdkTexture) before = NULL;
  g_autoptr(GdkTexture) after = NULL;
  g_autoptr(GdkTexture) difference = NULL;
  g_autoptr(GdkTexture) none = NULL;
  guint n;

  reload ();
  before = mullion_test_take_screenshot (test);
  g_assert_true (gdk_texture_save_to_png (before, path));
  mullion_test_assert_screenshot (test, path, 8, 0);
  g_assert_cmpuint (mullion_test_compare_pictures (before, before, 0, &none), ==, 0);
  g_assert_null (none);

  assert_script ("document.querySelector('#box').style.background = 'maroon'", "\"maroon\"");
  after = mullion_test_take_screenshot (test);
  n = mullion_test_compare_pictures (after, before, 8, &difference);
  g_assert_cmpuint (n, ==, 100 * 100);
  g_assert_cmpint (gdk_texture_get_width (difference), ==, gdk_texture_get_width (before));
  mullion_test_assert_screenshot (test, path, 8, n);
  mullion_test_assert_screenshot (test, path, 255, 0);

  g_remove (path);
  g_rmdir (folder);
}

/* -- What must fail -- */

static void
fail_selector (void)
{
  mullion_test_set_timeout (test, 500);
  mullion_test_wait_for_selector (test, "#nowhere");
}

static void
fail_channel (void)
{
  mullion_test_click (test, "button");
  mullion_test_wait_for_selector (test, "#answer");
  mullion_test_set_timeout (test, 500);
  mullion_test_wait_for_channel (test, "asked");
}

static void
fail_script (void)
{
  g_autoptr(JsonNode) value = mullion_test_evaluate (test, "nowhere.to.be.found");
}

static void
fail_picture (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "mullion-test-reference.png", NULL);
  g_autoptr(GdkTexture) before = mullion_test_take_screenshot (test);

  g_assert_true (gdk_texture_save_to_png (before, path));
  assert_script ("document.querySelector('#box').remove()", "null");
  mullion_test_assert_screenshot (test, path, 8, 10);
}

static const struct
{
  const char *path;
  void (*run) (void);
  const char *says;
} failures[] = {
  { "/testing/fail/selector", fail_selector,
    "*waited for `document.querySelector(\"#nowhere\")`*(after 500 ms)*“Testing”*Greet*" },
  { "/testing/fail/channel", fail_channel, "*no message on the channel 'asked'; not taken: 'said'*" },
  { "/testing/fail/script", fail_script, "*the script `nowhere.to.be.found` failed: *" },
  { "/testing/fail/picture", fail_picture,
    "*reference-now.png: *pixels are not as in *reference-difference.png*" },
};

static void
test_failure (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  if (g_test_subprocess ())
    {
      failures[i].run ();
      return;
    }

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr (failures[i].says);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "ipc", "apps", "testing", NULL);
  test = mullion_test_new_for_folder (folder);

  g_test_add_func ("/testing/greeting", test_greeting);
  g_test_add_func ("/testing/no-dev-tools", test_no_dev_tools);
  g_test_add_func ("/testing/signal", test_signal);
  g_test_add_func ("/testing/pictures", test_pictures);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    g_test_add_data_func (failures[i].path, GSIZE_TO_POINTER (i), test_failure);

  status = g_test_run ();
  g_object_unref (test);
  return status;
}
