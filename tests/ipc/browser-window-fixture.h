/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

#include "tests/test-warnings.h"

#include <string.h>

/* Real windows with real pages, for tests of MullionBrowserWindow. */

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
is_loaded (Fixture *fixture)
{
  return count_event (fixture, "did-finish-load") > 0;
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

/* An app without windows quits unless somebody listens, and one that has quit
 * once does not quit again. */
static void
go_on_cb (MullionApp *self)
{
}

typedef struct
{
  const char *path;
  void (*test) (Fixture *, gconstpointer);
} WindowTest;

/* The rest of a test program's main function. */
static int
run_tests (int               argc,
           char            **argv,
           const char       *app_id,
           const WindowTest *tests,
           gsize             n_tests)
{
  g_autoptr(GError) error = NULL;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);

  app = mullion_app_new (app_id, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));
  g_signal_connect (app, "window-all-closed", G_CALLBACK (go_on_cb), NULL);

  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
