/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "browser-window-fixture.h"

/* MullionBrowserWindow with real windows and real pages. How one ends is in test-window-closing;
 * whatever needs a window manager has its own program, test-window-manager. */

static gboolean
is_ready (Fixture *fixture)
{
  return count_event (fixture, "ready-to-show") > 0;
}

static gboolean
has_title (Fixture *fixture)
{
  return strstr (fixture->events->str, "title:") != NULL;
}

static gboolean
is_mapped (Fixture *fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (fixture->window)) &&
         gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 0;
}

static gboolean
is_resized (Fixture *fixture)
{
  return count_event (fixture, "resize") > 0;
}

static void
test_ids (Fixture       *fixture,
          gconstpointer  data)
{
  MullionBrowserWindow *other;
  MullionWebContents *contents;
  g_autoptr(GList) all = NULL;
  guint id, other_id;

  open_window (fixture, "{ \"show\": false }");
  other = mullion_browser_window_new (app, NULL);
  id = mullion_browser_window_get_id (fixture->window);
  other_id = mullion_browser_window_get_id (other);
  contents = mullion_browser_window_get_web_contents (other);

  g_assert_cmpuint (id, >, 0);
  g_assert_cmpuint (other_id, ==, id + 1);
  g_assert_true (mullion_browser_window_from_id (id) == fixture->window);
  g_assert_true (mullion_browser_window_from_id (other_id) == other);
  g_assert_null (mullion_browser_window_from_id (0));
  g_assert_true (mullion_browser_window_from_web_contents (contents) == other);

  all = mullion_browser_window_get_all ();
  g_assert_cmpuint (g_list_length (all), ==, 2);
  g_assert_true (all->data == fixture->window);
  g_assert_true (all->next->data == other);

  mullion_browser_window_destroy (other);
  g_assert_null (mullion_browser_window_from_id (other_id));
  other = mullion_browser_window_new (app, NULL);
  g_assert_cmpuint (mullion_browser_window_get_id (other), ==, other_id + 1);
  mullion_browser_window_destroy (other);
}

static void
test_defaults (Fixture       *fixture,
               gconstpointer  data)
{
  int width, height;

  open_window (fixture, "{}");
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 800);
  g_assert_cmpint (height, ==, 600);
  g_assert_true (mullion_browser_window_is_visible (fixture->window));
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==,
                   mullion_app_get_name (app));
  g_assert_true (gtk_window_get_application (GTK_WINDOW (fixture->window)) ==
                 GTK_APPLICATION (app));
  g_assert_true (gtk_widget_is_ancestor (GTK_WIDGET (get_view (fixture)),
                                         gtk_window_get_child (GTK_WINDOW (fixture->window))));
  g_assert_false (mullion_browser_window_is_destroyed (fixture->window));
}

static void
test_bad_json (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const bad[] = { "", "{", "[]", "12", "null", "\"text\"" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (mullion_browser_window_new_from_json (app, bad[i], &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_true (g_str_has_prefix (error->message,
                                       "The options of a window must be a JSON object"));
    }
}

/* Like a language binding makes it. */
static void
test_object_new (Fixture       *fixture,
                 gconstpointer  data)
{
  MullionBrowserWindow *window = g_object_new (MULLION_TYPE_BROWSER_WINDOW,
                                               "application", app,
                                               "title", "Bound",
                                               NULL);

  g_assert_nonnull (mullion_browser_window_get_web_contents (window));
  g_assert_true (mullion_browser_window_is_visible (window));
  mullion_browser_window_destroy (window);
}

static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  open_window (fixture, "{ \"show\": false, \"backgroundColor\": \"#102030\" }");
  g_assert_false (mullion_browser_window_is_visible (fixture->window));
  load (fixture, "<p>one");
  wait_until (is_ready, fixture);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));

  mullion_browser_window_show (fixture->window);
  wait_until (is_mapped, fixture);
  g_string_truncate (fixture->events, 0);
  load (fixture, "<p>two");
  run_for (100);
  g_assert_false (is_ready (fixture));

  mullion_browser_window_hide (fixture->window);
  g_assert_cmpstr (strstr (fixture->events->str, "hide"), ==, "hide ");
}

static void
test_shown (Fixture       *fixture,
            gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>one");
  wait_until (is_ready, fixture);
  run_for (1200);
  g_assert_cmpuint (count_event (fixture, "ready-to-show"), ==, 1);
}

static void
test_background (Fixture       *fixture,
                 gconstpointer  data)
{
  GdkRGBA color;
  GdkRGBA red = { 1, 0, 0, 0.5 };

  open_window (fixture, "{ \"show\": false, \"backgroundColor\": \"#80102030\" }");
  webkit_web_view_get_background_color (get_view (fixture), &color);
  g_assert_cmpfloat_with_epsilon (color.blue, 0x30 / 255.0, 0.01);
  g_assert_cmpfloat (color.alpha, ==, 1);

  mullion_browser_window_set_background_color (fixture->window, &red);
  webkit_web_view_get_background_color (get_view (fixture), &color);
  g_assert_cmpfloat (color.red, ==, 1);
  g_assert_cmpfloat (color.alpha, ==, 1);
}

static void
test_title (Fixture       *fixture,
            gconstpointer  data)
{
  open_window (fixture, "{ \"show\": false, \"title\": \"Old\" }");
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==, "Old");
  load (fixture, "<p>no title");
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==, "Old");

  fixture->prevent_title = TRUE;
  evaluate (fixture, "document.title = 'New'");
  wait_until (has_title, fixture);
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==, "Old");

  fixture->prevent_title = FALSE;
  g_string_truncate (fixture->events, 0);
  evaluate (fixture, "document.title = 'Newer'");
  wait_until (has_title, fixture);
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==, "Newer");

  mullion_browser_window_set_title (fixture->window, "Mine");
  g_assert_cmpstr (mullion_browser_window_get_title (fixture->window), ==, "Mine");
}

static void
test_size (Fixture       *fixture,
           gconstpointer  data)
{
  int width, height;

  open_window (fixture, "{ \"width\": 500, \"height\": 400, \"minWidth\": 300,"
                        "  \"minHeight\": 200, \"maxWidth\": 700, \"maxHeight\": 600 }");
  wait_until (is_mapped, fixture);
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 400);
  g_assert_false (is_resized (fixture));

  mullion_browser_window_set_size (fixture->window, 640, 480);
  wait_until (is_resized, fixture);
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, ==, 480);

  g_string_truncate (fixture->events, 0);
  mullion_browser_window_set_size (fixture->window, 10, 2000);
  wait_until (is_resized, fixture);
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 600);
}

static void
test_fixed_size (Fixture       *fixture,
                 gconstpointer  data)
{
  int width, height;

  open_window (fixture, "{ \"width\": 500, \"height\": 400, \"resizable\": false }");
  wait_until (is_mapped, fixture);
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 400);

  mullion_browser_window_set_size (fixture->window, 450, 350);
  wait_until (is_resized, fixture);
  mullion_browser_window_get_size (fixture->window, &width, &height);
  g_assert_cmpint (width, ==, 450);
  g_assert_cmpint (height, ==, 350);
}

static void
test_content_size (Fixture       *fixture,
                   gconstpointer  data)
{
  open_window (fixture, "{ \"width\": 500, \"height\": 400, \"useContentSize\": true }");
  wait_until (is_mapped, fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (get_view (fixture))), ==, 500);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (get_view (fixture))), ==, 400);
}

static void
test_parent (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *options = NULL;
  MullionBrowserWindow *child, *late;

  open_window (fixture, "{}");
  options = g_strdup_printf ("{ \"parent\": %u, \"modal\": true }",
                             mullion_browser_window_get_id (fixture->window));
  child = g_object_ref (mullion_browser_window_new_from_json (app, options, NULL));
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (child)) ==
                 GTK_WINDOW (fixture->window));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (child)));

  late = mullion_browser_window_new_from_json (app, "{ \"modal\": true, \"show\": false }", NULL);
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (late)));
  gtk_window_set_transient_for (GTK_WINDOW (late), GTK_WINDOW (child));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (late)));

  /* Children and their children go with the parent. */
  mullion_browser_window_destroy (fixture->window);
  g_assert_true (mullion_browser_window_is_destroyed (child));
  g_assert_null (mullion_browser_window_get_all ());
  g_object_unref (child);
}

static void
test_unknown_parent (Fixture       *fixture,
                     gconstpointer  data)
{
  expect_warning ("Window option \"parent\" is no window: 99999: ignored");
  open_window (fixture, "{ \"parent\": 99999, \"show\": false }");
  g_assert_null (gtk_window_get_transient_for (GTK_WINDOW (fixture->window)));
}

static void
test_look (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWindow *window;

  open_window (fixture, "{ \"frame\": false, \"closable\": false, \"resizable\": false,"
                        "  \"show\": false, \"icon\": \"document-edit\" }");
  window = GTK_WINDOW (fixture->window);
  g_assert_false (gtk_window_get_decorated (window));
  g_assert_false (gtk_window_get_deletable (window));
  g_assert_false (gtk_window_get_resizable (window));
  g_assert_cmpstr (gtk_window_get_icon_name (window), ==, "document-edit");
}

static void
test_icon_file (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-icon-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "icon.svg", NULL);
  g_autofree char *options = g_strdup_printf ("{ \"icon\": \"%s\" }", path);

  expect_warning ("Window option \"icon\" is no picture: *: ignored");
  mullion_browser_window_destroy (mullion_browser_window_new_from_json (app, options, NULL));
  assert_warned ();

  g_assert_true (g_file_set_contents (path, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                            "width=\"16\" height=\"16\"/>", -1, NULL));
  open_window (fixture, options);
  wait_until (is_mapped, fixture);
  remove (path);
  remove (folder);
}

static void
test_not_full_screenable (Fixture       *fixture,
                          gconstpointer  data)
{
  open_window (fixture, "{ \"fullscreenable\": false, \"show\": false }");
  expect_warning ("Window * was created with \"fullscreenable\": false");
  mullion_browser_window_set_full_screen (fixture->window, TRUE);
  g_assert_false (mullion_browser_window_is_full_screen (fixture->window));
}

int
main (int    argc,
      char **argv)
{
  static const WindowTest tests[] = {
    { "/browser-window/ids", test_ids },
    { "/browser-window/defaults", test_defaults },
    { "/browser-window/bad-json", test_bad_json },
    { "/browser-window/object-new", test_object_new },
    { "/browser-window/ready-to-show/hidden", test_hidden },
    { "/browser-window/ready-to-show/shown", test_shown },
    { "/browser-window/background", test_background },
    { "/browser-window/title", test_title },
    { "/browser-window/size", test_size },
    { "/browser-window/size/fixed", test_fixed_size },
    { "/browser-window/size/content", test_content_size },
    { "/browser-window/parent", test_parent },
    { "/browser-window/parent/unknown", test_unknown_parent },
    { "/browser-window/look", test_look },
    { "/browser-window/icon-file", test_icon_file },
    { "/browser-window/not-full-screenable", test_not_full_screenable },
  };

  return run_tests (argc, argv, "io.github.mullion.TestBrowserWindow", tests, G_N_ELEMENTS (tests));
}
