/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-state.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/*
 * The file that keeps the state of a window, and what becomes of a state on other monitors.
 */

static char *folder;

static char *
build_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
test_round_trip (void)
{
  const MullionWindowState states[] = {
    { TRUE, -20, 30, 640, 480, FALSE, FALSE },
    { FALSE, 0, 0, 1, 32767, TRUE, FALSE },
    { TRUE, 0, 0, 800, 600, FALSE, TRUE },
  };
  g_autofree char *path = build_path ("deep/er/state.json");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      MullionWindowState read = { 0 };
      g_autoptr(GError) error = NULL;
      GStatBuf status;

      g_assert_true (mullion_window_state_save (&states[i], path, &error));
      g_assert_no_error (error);
      g_assert_true (mullion_window_state_load (&read, path, &error));
      g_assert_no_error (error);
      g_assert_true (mullion_window_state_equal (&read, &states[i]));
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
      g_assert_false (mullion_window_state_equal (&read, &states[(i + 1) % 3]));
    }
}

/* Another file takes the place of the old one; that is never written into. */
static void
test_atomic (void)
{
  MullionWindowState state = { .width = 10, .height = 20 };
  g_autofree char *path = build_path ("atomic.json");
  g_autofree char *other = build_path ("atomic-link.json");
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_window_state_save (&state, path, &error));
  g_assert_cmpint (link (path, other), ==, 0);
  state.width = 30;
  g_assert_true (mullion_window_state_save (&state, path, &error));
  g_assert_true (g_file_get_contents (other, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "10"));
  g_assert_null (strstr (text, "30"));
}

static void
test_bad_files (void)
{
  static const char *const texts[] = {
    "", "{", "null", "[]", "7", "{}", "\xff\xfe",
    "{ \"width\": 800 }",
    "{ \"width\": 800, \"height\": 600, \"maximized\": 1, \"fullscreen\": false }",
    "{ \"width\": 0, \"height\": 600, \"maximized\": true, \"fullscreen\": false }",
    "{ \"width\": 800, \"height\": 1e9, \"maximized\": true, \"fullscreen\": false }",
    "{ \"width\": \"800\", \"height\": 600, \"maximized\": true, \"fullscreen\": false }",
    "{ \"width\": [[[[]]]], \"height\": 600, \"maximized\": true, \"fullscreen\": false }",
  };
  const MullionWindowState untouched = { TRUE, 1, 2, 3, 4, TRUE, TRUE };
  g_autofree char *path = build_path ("bad.json");
  g_autofree char *large = g_strnfill (5000, ' ');
  MullionWindowState state = untouched;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_false (mullion_window_state_load (&state, path, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_true (mullion_window_state_equal (&state, &untouched));
    }

  g_assert_true (g_file_set_contents (path, large, -1, NULL));
  g_assert_false (mullion_window_state_load (&state, path, NULL));
  g_assert_false (mullion_window_state_load (&state, folder, NULL));
}

static void
test_missing (void)
{
  g_autofree char *path = build_path ("missing.json");
  g_autoptr(GError) error = NULL;
  MullionWindowState state;

  g_assert_false (mullion_window_state_load (&state, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* A position of the wrong kind is none; the size is still good. */
static void
test_half_position (void)
{
  g_autofree char *path = build_path ("half.json");
  MullionWindowState state;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{ \"x\": 5, \"width\": 300, \"height\": 200,"
                                            "  \"maximized\": false, \"fullscreen\": false }",
                                      -1, NULL));
  g_assert_true (mullion_window_state_load (&state, path, &error));
  g_assert_no_error (error);
  g_assert_false (state.has_position);
  g_assert_cmpint (state.width, ==, 300);
}

static void
test_fit (void)
{
  const GdkRectangle monitors[] = { { 0, 0, 1280, 800 }, { 1280, 100, 1920, 1080 } };
  const struct { GdkRectangle before; guint n_monitors; GdkRectangle after; } cases[] = {
    { { 10, 20, 300, 200 }, 2, { 10, 20, 300, 200 } },
    { { 1500, 300, 300, 200 }, 2, { 1500, 300, 300, 200 } },
    /* The second monitor is gone. */
    { { 1500, 300, 300, 200 }, 1, { 1216, 300, 300, 200 } },
    { { 3000, 900, 1900, 1000 }, 1, { 1216, 736, 1280, 800 } },
    /* Over an edge, and over the top, where nobody gets hold of it. */
    { { -100, 20, 300, 200 }, 1, { -100, 20, 300, 200 } },
    { { -290, 20, 300, 200 }, 1, { -236, 20, 300, 200 } },
    { { 10, -50, 300, 200 }, 1, { 10, 0, 300, 200 } },
    { { 10, 790, 300, 200 }, 1, { 10, 736, 300, 200 } },
    { { -30000, -30000, 30, 20 }, 1, { 0, 0, 30, 20 } },
    { { 5, 5, 300, 200 }, 0, { 5, 5, 300, 200 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GdkRectangle *before = &cases[i].before, *after = &cases[i].after;
      MullionWindowState state = { TRUE, before->x, before->y, before->width, before->height,
                                   FALSE, FALSE };

      g_test_message ("case %u", i);
      mullion_window_state_fit (&state, monitors, cases[i].n_monitors);
      g_assert_cmpint (state.x, ==, after->x);
      g_assert_cmpint (state.y, ==, after->y);
      g_assert_cmpint (state.width, ==, after->width);
      g_assert_cmpint (state.height, ==, after->height);
    }
}

/* No name leads out of the folder, and no two lead to one file. */
static void
test_path (void)
{
  static const char *const names[] = { "main", "..", ".", "../../x", "a/b", "a%2Fb", "Ä ö" };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *expected =
    g_build_filename (g_get_user_state_dir (), "com.example.Notes", "windows", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *path = mullion_window_state_dup_path ("com.example.Notes", names[i]);
      g_autofree char *parent = g_path_get_dirname (path);
      g_autofree char *canonical = g_canonicalize_filename (path, NULL);

      g_assert_cmpstr (parent, ==, expected);
      g_assert_cmpstr (canonical, ==, path);
      g_assert_true (g_hash_table_add (seen, path));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("mullion-state-XXXXXX", NULL);

  g_test_add_func ("/window-state/round-trip", test_round_trip);
  g_test_add_func ("/window-state/atomic", test_atomic);
  g_test_add_func ("/window-state/bad-files", test_bad_files);
  g_test_add_func ("/window-state/missing", test_missing);
  g_test_add_func ("/window-state/half-position", test_half_position);
  g_test_add_func ("/window-state/fit", test_fit);
  g_test_add_func ("/window-state/path", test_path);

  return g_test_run ();
}
