/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

/* Finding text in a page, its zoom, and pictures of a part of it. */

typedef struct
{
  IpcWindow *window;
  guint id;
  guint n_matches;
  guint n_answers;
  GBytes *picture; /* (nullable) */
  GError *error;   /* (nullable) */
} Fixture;

static void
found_cb (MullionWebContents *contents,
          guint               request_id,
          guint               n_matches,
          Fixture            *fixture)
{
  fixture->id = request_id;
  fixture->n_matches = n_matches;
  fixture->n_answers++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->window = ipc_window_new ("{}");
  g_signal_connect (fixture->window->contents, "found-in-page", G_CALLBACK (found_cb), fixture);
  ipc_window_load (fixture->window, "find/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->picture, g_bytes_unref);
  g_clear_error (&fixture->error);
  ipc_window_free (fixture->window);
}

static void
find (Fixture    *fixture,
      const char *text,
      const char *json,
      guint       n_matches)
{
  g_autoptr(JsonNode) options = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr(GError) error = NULL;
  guint n = fixture->n_answers;
  guint id = mullion_web_contents_find_in_page (
    fixture->window->contents, text, options != NULL ? json_node_get_object (options) : NULL,
    &error);

  g_assert_no_error (error);
  g_assert_cmpuint (id, >, fixture->id);
  ipc_wait_until (fixture->n_answers > n);
  g_assert_cmpuint (fixture->n_answers, ==, n + 1);
  g_assert_cmpuint (fixture->id, ==, id);
  g_assert_cmpuint (fixture->n_matches, ==, n_matches);
}

/* Where the match that is shown begins. */
#define SELECTED "getSelection().rangeCount ? getSelection().getRangeAt(0).startOffset : -1"

static void
test_find (Fixture       *fixture,
           gconstpointer  data)
{
  find (fixture, "needle", NULL, 3);
  ipc_assert_run (fixture->window, SELECTED, "2");
  find (fixture, "needle", NULL, 3);
  ipc_assert_run (fixture->window, SELECTED, "18");
  find (fixture, "needle", NULL, 3);
  ipc_assert_run (fixture->window, SELECTED, "38");
  find (fixture, "needle", NULL, 3);
  ipc_assert_run (fixture->window, SELECTED, "2");
  find (fixture, "needle", "{ \"forward\": false }", 3);
  ipc_assert_run (fixture->window, SELECTED, "38");
  find (fixture, "needle", "{ \"matchCase\": true, \"findNext\": true }", 2);
  find (fixture, "haystack", NULL, 0);
}

/* Commands of the editor reach the web process on another way than a script. */
static void
wait_for_selection (Fixture    *fixture,
                    const char *expected)
{
  guint limit = ipc_limit_begin (expected);
  gboolean is_so = FALSE;

  while (!is_so)
    {
      g_autofree char *selected = ipc_window_run (fixture->window, "String(getSelection())");

      is_so = g_str_equal (selected, expected);
    }
  g_source_remove (limit);
}

static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  find (fixture, "needle", NULL, 3);
  g_assert_true (mullion_web_contents_stop_find_in_page (fixture->window->contents, "keepSelection",
                                                         &error));
  ipc_assert_run (fixture->window, "String(getSelection())", "\"needle\"");
  g_assert_true (mullion_web_contents_stop_find_in_page (fixture->window->contents,
                                                         "clearSelection", &error));
  wait_for_selection (fixture, "\"\"");
  g_assert_no_error (error);

  g_assert_false (mullion_web_contents_stop_find_in_page (fixture->window->contents,
                                                          "activateSelection", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_false (mullion_web_contents_stop_find_in_page (fixture->window->contents, "", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(JsonNode) options = json_from_string ("{ \"forward\": 1 }", NULL);
  g_autoptr(GError) error = NULL;
  MullionWebContents *contents = fixture->window->contents;

  g_assert_cmpuint (mullion_web_contents_find_in_page (contents, "", NULL, &error), ==, 0);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_cmpuint (mullion_web_contents_find_in_page (contents, "needle",
                                                       json_node_get_object (options), &error),
                    ==, 0);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  mullion_browser_window_destroy (fixture->window->window);
  g_assert_cmpuint (mullion_web_contents_find_in_page (contents, "needle", NULL, &error), ==, 0);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* -- Zoom -- */

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  MullionWebContents *contents = fixture->window->contents;
  g_autoptr(IpcWindow) other = ipc_window_new ("{}");

  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_level (contents), 0, 1e-9);
  mullion_web_contents_set_zoom_level (contents, 2);
  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_level (contents), 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_factor (contents), 1.44, 1e-9);
  mullion_web_contents_set_zoom_factor (contents, 1 / 1.2);
  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_level (contents), -1, 1e-9);
  g_assert_cmpfloat_with_epsilon (mullion_web_contents_get_zoom_level (other->contents), 0, 1e-9);
}

/* -- Pictures -- */

static void
captured_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->picture, g_bytes_unref);
  g_clear_error (&fixture->error);
  fixture->picture = mullion_web_contents_capture_area_finish (MULLION_WEB_CONTENTS (contents),
                                                               result, &fixture->error);
  fixture->n_answers++;
}

static void
capture (Fixture      *fixture,
         GdkRectangle  area)
{
  guint n = fixture->n_answers;

  mullion_web_contents_capture_area_async (fixture->window->contents, &area, NULL, captured_cb,
                                           fixture);
  ipc_wait_until (fixture->n_answers > n);
}

static void
assert_picture (Fixture *fixture,
                int      width,
                int      height,
                guint32  first,
                guint32  last)
{
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;

  g_assert_no_error (fixture->error);
  texture = gdk_texture_new_from_bytes (fixture->picture, NULL);
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
  pixels = g_new (guint32, width * height);
  gdk_texture_download (texture, (guchar *) pixels, width * 4);
  g_assert_cmphex (pixels[0], ==, first);
  g_assert_cmphex (pixels[width * height - 1], ==, last);
}

#define RED 0xffff0000
#define WHITE 0xffffffff

static void
test_capture (Fixture       *fixture,
              gconstpointer  data)
{
  int width, height;

  capture (fixture, (GdkRectangle) { 100, 50, 40, 30 });
  assert_picture (fixture, 40, 30, RED, RED);
  capture (fixture, (GdkRectangle) { 99, 49, 10, 10 });
  assert_picture (fixture, 10, 10, WHITE, RED);

  /* What is not there is not in the picture. */
  width = gtk_widget_get_width (GTK_WIDGET (
    mullion_web_contents_get_web_view (fixture->window->contents)));
  height = gtk_widget_get_height (GTK_WIDGET (
    mullion_web_contents_get_web_view (fixture->window->contents)));
  capture (fixture, (GdkRectangle) { -10, -10, G_MAXINT, G_MAXINT });
  assert_picture (fixture, width, height, WHITE, WHITE);

  capture (fixture, (GdkRectangle) { 10, 10, 0, 10 });
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  capture (fixture, (GdkRectangle) { G_MAXINT, 10, 10, 10 });
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/find/find", test_find },
    { "/find/stop", test_stop },
    { "/find/refused", test_refused },
    { "/find/zoom", test_zoom },
    { "/find/capture", test_capture },
  };
  MullionApp *app;
  int status;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestFind");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
