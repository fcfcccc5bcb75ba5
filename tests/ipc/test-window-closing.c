/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "browser-window-fixture.h"

/* How a MullionBrowserWindow ends: by the user, its page, the app, and what is left of it then. */

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
is_process_gone (Fixture *fixture)
{
  return count_event (fixture, "gone") > 0;
}

/* What a page says of itself in its title. */
static const char *expected_title;

static gboolean
has_title (Fixture *fixture)
{
  g_autofree char *event = g_strconcat ("title:", expected_title, NULL);

  return count_event (fixture, event) > 0;
}

static void
wait_for_title (Fixture    *fixture,
                const char *title)
{
  expected_title = title;
  wait_until (has_title, fixture);
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
  wait_until (is_asked, fixture);
  evaluate (fixture, "0");
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
  wait_until (is_asked, fixture);
  evaluate (fixture, "0");
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
  evaluate (fixture, "0");
  g_assert_false (is_closed (fixture));

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
  /* Nobody waits for it; but what the page is asked from now on has to. */
  webkit_web_view_evaluate_javascript (get_view (fixture),
                                       "const end = Date.now () + 8000; while (Date.now () < end);",
                                       -1, NULL, NULL, NULL, NULL, NULL);
  mullion_browser_window_close (fixture->window);
  wait_until (is_asked, fixture);
  mullion_browser_window_close (fixture->window);
  g_assert_false (is_closed (fixture));

  run_for (2000);
  g_assert_false (is_closed (fixture));
  mullion_browser_window_close (fixture->window);
  g_assert_true (is_closed (fixture));
  g_assert_cmpuint (count_event (fixture, "close"), ==, 1);
}

/* A script has its turn when the handler is through, and what it said has arrived by then. */
static void
assert_refuses_twice (Fixture *fixture)
{
  static const char *const titles[] = { "asked-1", "asked-2" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      mullion_browser_window_close (fixture->window);
      wait_for_title (fixture, titles[i]);
      evaluate (fixture, "0");
      g_assert_false (is_closed (fixture));
    }
}

static void
test_beforeunload (Fixture       *fixture,
                   gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<script>let stay = true, n = 0;"
                 "addEventListener ('beforeunload', event => {"
                 "  if (!stay) return;"
                 "  document.title = 'asked-' + ++n; event.preventDefault (); });</script>");
  assert_refuses_twice (fixture);
  evaluate (fixture, "stay = false");
  mullion_browser_window_close (fixture->window);
  wait_until (is_closed, fixture);
  g_assert_cmpuint (count_event (fixture, "close"), ==, 3);
}

/* WebKit waits 50 ms for a handler, which is less than many need on a machine that is busy. */
static void
test_slow_refusal (Fixture       *fixture,
                   gconstpointer  data)
{
  open_window (fixture, "{}");
  load (fixture, "<script>let stay = true, n = 0;"
                 "addEventListener ('beforeunload', event => {"
                 "  if (!stay) return;"
                 "  const end = Date.now () + 300; while (Date.now () < end);"
                 "  document.title = 'asked-' + ++n; event.preventDefault (); });</script>");
  assert_refuses_twice (fixture);
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
  while (window != NULL || contents != NULL || view != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  static const WindowTest tests[] = {
    { "/browser-window/close/prevented", test_close },
    { "/browser-window/close/gtk", test_gtk_close },
    { "/browser-window/close/hidden", test_close_hidden },
    { "/browser-window/close/quit", test_quit },
    { "/browser-window/close/page", test_page_closes },
    { "/browser-window/close/endless-handler", test_endless_handler },
    { "/browser-window/close/busy-page", test_busy_page },
    { "/browser-window/close/beforeunload", test_beforeunload },
    { "/browser-window/close/slow-refusal", test_slow_refusal },
    { "/browser-window/close/dead-page", test_dead_page },
    { "/browser-window/close/destroy", test_destroy_in_close },
    { "/browser-window/destroy/gtk", test_gtk_destroy },
    { "/browser-window/destroy/after", test_after_closed },
    { "/browser-window/destroy/finalize", test_finalize },
  };

  return run_tests (argc, argv, "io.github.mullion.TestWindowClosing", tests, G_N_ELEMENTS (tests));
}
