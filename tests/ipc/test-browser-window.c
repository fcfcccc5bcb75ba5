/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mullion.h>

#include "tests/test-warnings.h"

#include <string.h>

/* MullionBrowserWindow with real windows and real pages. Whatever needs a window
 * manager has its own program, test-window-manager. */

/* What happened, as one string: every event adds its name and a space. */
typedef struct
{
  GString *events;
  MullionBrowserWindow *window;
  gboolean prevent_close;
  gboolean prevent_title;
} Fixture;

static MullionApp *app;

static gboolean
expire_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_until (gboolean (*condition) (Fixture *fixture),
            Fixture   *fixture)
{
  gboolean expired = FALSE;
  guint timeout_id = g_timeout_add_seconds (20, expire_cb, &expired);

  while (!condition (fixture) && !expired)
    g_main_context_iteration (NULL, TRUE);

  if (!expired)
    g_source_remove (timeout_id);
  g_test_message ("events: %s", fixture->events->str);
  g_assert_false (expired);
}

static void
run_for (guint milliseconds)
{
  gboolean expired = FALSE;

  g_timeout_add (milliseconds, expire_cb, &expired);
  while (!expired)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_event (Fixture    *fixture,
             const char *name)
{
  g_auto(GStrv) events = g_strsplit (fixture->events->str, " ", -1);
  guint count = 0;

  for (guint i = 0; events[i] != NULL; i++)
    count += g_str_equal (events[i], name);
  return count;
}

static gboolean
is_closed (Fixture *fixture)
{
  return count_event (fixture, "closed") > 0;
}

static gboolean
is_asked (Fixture *fixture)
{
  return count_event (fixture, "close") > 0;
}

static gboolean
is_ready (Fixture *fixture)
{
  return count_event (fixture, "ready-to-show") > 0;
}

static gboolean
is_loaded (Fixture *fixture)
{
  return count_event (fixture, "did-finish-load") > 0;
}

static gboolean
has_title (Fixture *fixture)
{
  return strstr (fixture->events->str, "title:") != NULL;
}

static gboolean
is_process_gone (Fixture *fixture)
{
  return count_event (fixture, "gone") > 0;
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

typedef struct
{
  Fixture *fixture;
  const char *name;
} Watch;

static void
free_watch (gpointer  watch,
            GClosure *closure)
{
  g_free (watch);
}

static void
record_cb (Watch *watch)
{
  g_string_append_printf (watch->fixture->events, "%s ", watch->name);
}

static void
record (Fixture    *fixture,
        gpointer    instance,
        const char *signal,
        const char *name)
{
  Watch *watch = g_new (Watch, 1);

  watch->fixture = fixture;
  watch->name = name;
  g_signal_connect_data (instance, signal, G_CALLBACK (record_cb), watch, free_watch,
                         G_CONNECT_SWAPPED);
}

static gboolean
close_cb (Fixture *fixture)
{
  g_string_append (fixture->events, "close ");
  return fixture->prevent_close;
}

static gboolean
title_cb (MullionBrowserWindow *window,
          const char           *title,
          Fixture              *fixture)
{
  g_string_append_printf (fixture->events, "title:%s ", title);
  return fixture->prevent_title;
}

static void
open_window (Fixture    *fixture,
             const char *options)
{
  g_autoptr(GError) error = NULL;
  MullionWebContents *contents;

  fixture->window = g_object_ref (mullion_browser_window_new_from_json (app, options, &error));
  g_assert_no_error (error);
  contents = mullion_browser_window_get_web_contents (fixture->window);
  g_assert_nonnull (contents);

  record (fixture, fixture->window, "ready-to-show", "ready-to-show");
  record (fixture, fixture->window, "show", "show");
  record (fixture, fixture->window, "hide", "hide");
  record (fixture, fixture->window, "resize", "resize");
  record (fixture, fixture->window, "closed", "closed");
  record (fixture, contents, "did-finish-load", "did-finish-load");
  record (fixture, contents, "render-process-gone", "gone");
  g_signal_connect_swapped (fixture->window, "close", G_CALLBACK (close_cb), fixture);
  g_signal_connect (fixture->window, "page-title-updated", G_CALLBACK (title_cb), fixture);
}

static void
load (Fixture    *fixture,
      const char *html)
{
  mullion_web_contents_load_html (mullion_browser_window_get_web_contents (fixture->window),
                                  html, NULL);
  wait_until (is_loaded, fixture);
}

static WebKitWebView *
get_view (Fixture *fixture)
{
  return mullion_web_contents_get_web_view (
    mullion_browser_window_get_web_contents (fixture->window));
}

static void
evaluated_cb (GObject      *view,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(JSCValue) value =
    webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (view), result, NULL);

  *(gboolean *) user_data = TRUE;
}

static void
evaluate (Fixture    *fixture,
          const char *script)
{
  gboolean done = FALSE;

  webkit_web_view_evaluate_javascript (get_view (fixture), script, -1, NULL, NULL, NULL,
                                       evaluated_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->events = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer weak = fixture->window;

  assert_warned ();
  if (fixture->window != NULL)
    {
      mullion_browser_window_destroy (fixture->window);
      g_assert_cmpuint (count_event (fixture, "closed"), ==, 1);
      g_assert_true (g_str_has_suffix (fixture->events->str, "closed "));

      g_object_add_weak_pointer (G_OBJECT (fixture->window), &weak);
      g_object_unref (fixture->window);
      while (weak != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_null (mullion_browser_window_get_all ());
  g_string_free (fixture->events, TRUE);
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
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>page");
  wait_until (is_ready, fixture);
  record (fixture, app, "window-removed", "removed");
  g_string_truncate (fixture->events, 0);

  fixture->prevent_close = TRUE;
  mullion_browser_window_close (fixture->window);
  run_for (100);
  g_assert_cmpstr (fixture->events->str, ==, "close ");

  fixture->prevent_close = FALSE;
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  g_assert_true (g_str_has_prefix (fixture->events->str, "close close closed"));
  g_assert_true (mullion_browser_window_is_destroyed (fixture->window));
  g_signal_handlers_disconnect_matched (app, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, record_cb, NULL);

  /* After the window, for the app quits on its last one. */
  g_assert_cmpstr (strstr (fixture->events->str, "closed"), ==, "closed removed ");
  g_string_truncate (fixture->events, strlen (fixture->events->str) - strlen ("removed "));
}

/* The close button and gtk_window_close () go the same way. */
static void
test_gtk_close (Fixture       *fixture,
                gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>page");
  fixture->prevent_close = TRUE;
  gtk_window_close (GTK_WINDOW (fixture->window));
  run_for (100);
  g_assert_false (is_closed (fixture));

  fixture->prevent_close = FALSE;
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (is_closed, fixture);
  g_assert_cmpuint (count_event (fixture, "close"), ==, 2);
}

static void
test_gtk_destroy (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MullionWebContents) contents = NULL;

  open_window (fixture, "{}");
  load (fixture, "<p>page");
  contents = g_object_ref (mullion_browser_window_get_web_contents (fixture->window));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_true (is_closed (fixture));
  g_assert_cmpuint (count_event (fixture, "close"), ==, 0);
  g_assert_true (mullion_web_contents_is_destroyed (contents));
}

static void
test_close_hidden (Fixture       *fixture,
                   gconstpointer  data)
{
  open_window (fixture, "{ \"show\": false }");
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  g_assert_cmpstr (fixture->events->str, ==, "close closed ");
}

/* An app that quits closes all of its windows, be they shown or not, unless one
 * of them stays. */
static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  MullionBrowserWindow *shown;
  gulong handler_id;

  open_window (fixture, "{ \"show\": false }");
  shown = g_object_ref (mullion_browser_window_new (app, NULL));
  fixture->prevent_close = TRUE;
  mullion_app_quit (app);
  g_assert_false (is_closed (fixture));
  g_assert_true (mullion_browser_window_is_destroyed (shown));
  g_object_unref (shown);

  /* It no longer wants to quit: the last window to close is one as any other. */
  record (fixture, app, "window-all-closed", "all-closed");
  fixture->prevent_close = FALSE;
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  handler_id = g_signal_handler_find (app, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, record_cb, NULL);
  g_signal_handler_disconnect (app, handler_id);
  g_assert_cmpstr (fixture->events->str, ==, "close close closed all-closed ");
  g_string_truncate (fixture->events, strlen ("close close closed "));
}

/* The page may close itself, and the app may prevent it. */
static void
test_page_closes (Fixture       *fixture,
                  gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>page");
  fixture->prevent_close = TRUE;
  evaluate (fixture, "setTimeout (() => window.close ())");
  wait_until (is_asked, fixture);
  run_for (300);
  g_assert_false (is_closed (fixture));
  evaluate (fixture, "0");

  fixture->prevent_close = FALSE;
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
}

/* A handler that never ends cannot hold the window. */
static void
test_endless_handler (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 begin;

  open_window (fixture, "{}");
  load (fixture, "<script>addEventListener ('beforeunload', () => {"
                 "  const end = Date.now () + 15000; while (Date.now () < end); })</script>");
  begin = g_get_monotonic_time ();
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 12 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_event (fixture, "close"), ==, 1);
}

/* A busy page may think for two seconds, then the user's second click ends it. */
static void
test_busy_page (Fixture       *fixture,
                gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>page");
  evaluate (fixture, "setTimeout (() => {"
                     "  const end = Date.now () + 8000; while (Date.now () < end); })");
  run_for (300);

  mullion_browser_window_close (fixture->window);
  run_for (300);
  mullion_browser_window_close (fixture->window);
  g_assert_false (is_closed (fixture));

  run_for (2000);
  g_assert_false (is_closed (fixture));
  mullion_browser_window_close (fixture->window);
  g_assert_true (is_closed (fixture));
  g_assert_cmpuint (count_event (fixture, "close"), ==, 1);
}

static void
test_beforeunload (Fixture       *fixture,
                   gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<script>let stay = true;"
                 "addEventListener ('beforeunload', event => {"
                 "  if (stay) event.preventDefault (); });</script>");
  for (guint i = 0; i < 2; i++)
    {
      mullion_browser_window_close (fixture->window);
      run_for (300);
      g_assert_false (is_closed (fixture));
    }

  evaluate (fixture, "stay = false");
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  g_assert_cmpuint (count_event (fixture, "close"), ==, 3);
}

static void
test_dead_page (Fixture       *fixture,
                gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<script>addEventListener ('beforeunload', e => e.preventDefault ())</script>");
  expect_warning ("The web process of WebContents #* is gone: killed");
  webkit_web_view_terminate_web_process (get_view (fixture));
  wait_until (is_process_gone, fixture);
  g_assert_false (is_closed (fixture));

  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
}

static void
test_destroy_in_close (Fixture       *fixture,
                       gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<p>page");
  g_signal_connect (fixture->window, "close", G_CALLBACK (mullion_browser_window_destroy), NULL);
  mullion_browser_window_close (fixture->window);
  g_assert_cmpuint (count_event (fixture, "closed"), ==, 1);
}

static void
test_after_closed (Fixture       *fixture,
                   gconstpointer  data)
{
  MullionBrowserWindow *window;
  GdkRGBA black = { 0, 0, 0, 1 };
  guint id;

  open_window (fixture, "{}");
  window = fixture->window;
  id = mullion_browser_window_get_id (window);
  mullion_browser_window_destroy (window);
  mullion_browser_window_destroy (window);

  for (guint i = 0; i < 15; i++)
    expect_warning ("mullion_browser_window_*: Object has been destroyed");
  mullion_browser_window_load_file (window, "index.html");
  mullion_browser_window_load_uri (window, "about:blank");
  mullion_browser_window_show (window);
  mullion_browser_window_show_inactive (window);
  mullion_browser_window_hide (window);
  mullion_browser_window_focus (window);
  mullion_browser_window_close (window);
  mullion_browser_window_minimize (window);
  mullion_browser_window_maximize (window);
  mullion_browser_window_unmaximize (window);
  mullion_browser_window_restore (window);
  mullion_browser_window_set_full_screen (window, TRUE);
  mullion_browser_window_set_title (window, "title");
  mullion_browser_window_set_size (window, 10, 10);
  mullion_browser_window_set_background_color (window, &black);
  assert_warned ();

  g_assert_true (mullion_browser_window_is_destroyed (window));
  g_assert_cmpuint (mullion_browser_window_get_id (window), ==, id);
  g_assert_null (mullion_browser_window_get_web_contents (window));
  g_assert_false (mullion_browser_window_is_visible (window));
  g_assert_false (mullion_browser_window_is_focused (window));
}

/* Nothing of a window survives it. */
static void
test_finalize (Fixture       *fixture,
               gconstpointer  data)
{
  gpointer window, contents, view;

  open_window (fixture, "{}");
  load (fixture, "<p>page");
  window = fixture->window;
  contents = mullion_browser_window_get_web_contents (fixture->window);
  view = get_view (fixture);
  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (contents, &contents);
  g_object_add_weak_pointer (view, &view);

  mullion_browser_window_destroy (fixture->window);
  g_clear_object (&fixture->window);
  run_for (200);
  g_assert_null (window);
  g_assert_null (contents);
  g_assert_null (view);
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

/* An app without windows quits unless somebody listens, and one that has quit
 * once does not quit again. */
static void
go_on_cb (MullionApp *self)
{
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
    { "/browser-window/ids", test_ids },
    { "/browser-window/defaults", test_defaults },
    { "/browser-window/bad-json", test_bad_json },
    { "/browser-window/object-new", test_object_new },
    { "/browser-window/ready-to-show/hidden", test_hidden },
    { "/browser-window/ready-to-show/shown", test_shown },
    { "/browser-window/background", test_background },
    { "/browser-window/title", test_title },
    { "/browser-window/close/prevented", test_close },
    { "/browser-window/close/gtk", test_gtk_close },
    { "/browser-window/close/hidden", test_close_hidden },
    { "/browser-window/close/quit", test_quit },
    { "/browser-window/close/page", test_page_closes },
    { "/browser-window/close/endless-handler", test_endless_handler },
    { "/browser-window/close/busy-page", test_busy_page },
    { "/browser-window/close/beforeunload", test_beforeunload },
    { "/browser-window/close/dead-page", test_dead_page },
    { "/browser-window/close/destroy", test_destroy_in_close },
    { "/browser-window/destroy/gtk", test_gtk_destroy },
    { "/browser-window/destroy/after", test_after_closed },
    { "/browser-window/destroy/finalize", test_finalize },
    { "/browser-window/size", test_size },
    { "/browser-window/size/fixed", test_fixed_size },
    { "/browser-window/size/content", test_content_size },
    { "/browser-window/parent", test_parent },
    { "/browser-window/parent/unknown", test_unknown_parent },
    { "/browser-window/look", test_look },
    { "/browser-window/icon-file", test_icon_file },
    { "/browser-window/not-full-screenable", test_not_full_screenable },
  };
  g_autoptr(GError) error = NULL;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);

  app = mullion_app_new ("io.github.mullion.TestBrowserWindow", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));
  g_signal_connect (app, "window-all-closed", G_CALLBACK (go_on_cb), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
