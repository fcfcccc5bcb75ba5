/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "window-manager.h"

#include <string.h>

/* What only a window manager can do to a MullionBrowserWindow: minimize, maximize,
 * full screen, focus, and the user's hand on the border. The tests bring one
 * along and are skipped where it is not installed. */

static void
wait_for_position (WmFixture *fixture,
                   int        x,
                   int        y)
{
  int left, top;

  wm_wait_until (mullion_browser_window_get_position (fixture->window, &left, &top) && left == x
                 && top == y);
}

static gboolean
is_size (WmFixture *fixture,
         int      width,
         int      height)
{
  int actual_width, actual_height;

  mullion_browser_window_get_size (fixture->window, &actual_width, &actual_height);
  return actual_width == width && (height == 0 || actual_height == height);
}

static void
note_cb (MullionApp           *from,
         MullionBrowserWindow *window,
         WmFixture              *fixture)
{
  GSignalInvocationHint *hint = g_signal_get_invocation_hint (from);

  g_string_append_printf (fixture->events, "%s:%u ", g_signal_name (hint->signal_id),
                          mullion_browser_window_get_id (window));
}

static void
wait_for_app (WmFixture              *fixture,
              const char           *name,
              MullionBrowserWindow *window)
{
  g_autofree char *event = g_strdup_printf ("%s:%u", name, mullion_browser_window_get_id (window));

  wm_wait_for_event (fixture, event);
}

/* The app hears of all of its windows. */
static void
test_focus_of_app (WmFixture    *fixture,
                   gconstpointer data)
{
  MullionApp *app = mullion_app_get_default ();
  MullionBrowserWindow *other;

  g_signal_connect (app, "browser-window-focus", G_CALLBACK (note_cb), fixture);
  g_signal_connect (app, "browser-window-blur", G_CALLBACK (note_cb), fixture);
  wm_open (fixture, "{}");
  wait_for_app (fixture, "browser-window-focus", fixture->window);
  other = wm_open_other ("{}");
  wait_for_app (fixture, "browser-window-focus", other);
  mullion_browser_window_focus (fixture->window);
  wait_for_app (fixture, "browser-window-blur", other);
  mullion_browser_window_destroy (other);
  g_signal_handlers_disconnect_by_func (app, note_cb, fixture);
}

static void
test_focus (WmFixture    *fixture,
            gconstpointer data)
{
  MullionBrowserWindow *other;

  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_focused (fixture->window));
  g_assert_true (mullion_browser_window_get_focused () == fixture->window);

  other = wm_open_other ("{}");
  wm_wait_for_event (fixture, "blur");
  g_assert_false (mullion_browser_window_is_focused (fixture->window));

  mullion_browser_window_focus (fixture->window);
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_destroy (other);
}

static void
test_maximize (WmFixture    *fixture,
               gconstpointer data)
{
  wm_open (fixture, "{ \"width\": 500, \"show\": false }");
  mullion_browser_window_maximize (fixture->window);
  g_assert_true (mullion_browser_window_is_visible (fixture->window));
  wm_wait_for_event (fixture, "maximize");
  g_assert_true (mullion_browser_window_is_maximized (fixture->window));

  mullion_browser_window_unmaximize (fixture->window);
  wm_wait_for_event (fixture, "unmaximize");
  g_assert_false (mullion_browser_window_is_maximized (fixture->window));

  mullion_browser_window_maximize (fixture->window);
  wm_wait_for_event (fixture, "maximize");
  mullion_browser_window_restore (fixture->window);
  wm_wait_for_event (fixture, "unmaximize");
  ipc_wait_until (is_size (fixture, 500, 0));
}

static void
test_minimize (WmFixture    *fixture,
               gconstpointer data)
{
  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_minimize (fixture->window);
  wm_wait_for_event (fixture, "minimize");
  mullion_browser_window_restore (fixture->window);
  wm_wait_for_event (fixture, "restore");
}

static void
test_full_screen (WmFixture    *fixture,
                  gconstpointer data)
{
  wm_open (fixture, "{}");
  mullion_browser_window_set_full_screen (fixture->window, TRUE);
  wm_wait_for_event (fixture, "enter-full-screen");
  g_assert_true (mullion_browser_window_is_full_screen (fixture->window));
  mullion_browser_window_set_full_screen (fixture->window, FALSE);
  wm_wait_for_event (fixture, "leave-full-screen");
  g_assert_false (mullion_browser_window_is_full_screen (fixture->window));
}

static void
test_options (WmFixture    *fixture,
              gconstpointer data)
{
  MullionBrowserWindow *maximized;

  /* Both are so before anybody can listen. */
  wm_open (fixture, "{ \"fullscreen\": true }");
  wm_wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_full_screen (fixture->window));
  maximized = wm_open_other ("{ \"maximized\": true }");
  wm_wait_for_event (fixture, "blur");
  ipc_wait_until (mullion_browser_window_is_maximized (maximized));
  mullion_browser_window_destroy (maximized);
}

/* The frame of the window manager is part of the place, and the size that a maximized window goes
 * back to is kept beside that it is maximized. */
static void
test_state (WmFixture    *fixture,
            gconstpointer data)
{
  static const char options[] = "{ \"name\": \"kept\", \"windowStatePersistence\": true,"
                                "  \"width\": 500, \"height\": 300 }";

  wm_open (fixture, options);
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_set_position (fixture->window, 110, 130, NULL);
  wait_for_position (fixture, 110, 130);
  mullion_browser_window_maximize (fixture->window);
  wm_wait_for_event (fixture, "maximize");
  mullion_browser_window_destroy (fixture->window);

  wm_open (fixture, options);
  wm_wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_maximized (fixture->window));
  mullion_browser_window_unmaximize (fixture->window);
  wm_wait_for_event (fixture, "unmaximize");
  ipc_wait_until (is_size (fixture, 500, 0));
}

static void
test_place (WmFixture    *fixture,
            gconstpointer data)
{
  static const char options[] = "{ \"name\": \"placed\", \"windowStatePersistence\": true,"
                                "  \"width\": 500, \"height\": 300 }";

  wm_open (fixture, options);
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_set_position (fixture->window, 110, 130, NULL);
  wait_for_position (fixture, 110, 130);

  /* It does not drift by its frame from run to run. */
  for (guint i = 0; i < 3; i++)
    {
      mullion_browser_window_destroy (fixture->window);
      wm_open (fixture, options);
      wm_wait_for_event (fixture, "focus");
      wait_for_position (fixture, 110, 130);
    }
}

/* What another program asks of the window manager reaches the window like the
 * user's hand does. */
static void
test_limits (WmFixture    *fixture,
             gconstpointer data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autoptr(GSubprocess) hand = NULL;
  g_autoptr(GError) error = NULL;

  if (xdotool == NULL)
    {
      g_test_skip ("no xdotool here");
      return;
    }

  wm_open (fixture, "{ \"width\": 500, \"height\": 400, \"maxWidth\": 700,"
                        "  \"maxHeight\": 450, \"title\": \"Limited\" }");
  wm_wait_for_event (fixture, "focus");
  hand = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, xdotool, "search", "--sync",
                           "--onlyvisible", "--name", "^Limited$", "windowsize", "900", "430", NULL);
  g_assert_no_error (error);
  wm_wait_for_event (fixture, "resize");
  ipc_wait_until (is_size (fixture, 700, 430));
  g_subprocess_wait (hand, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  static const WmTest tests[] = {
    { "/window-manager/focus", test_focus },
    { "/window-manager/focus/app", test_focus_of_app },
    { "/window-manager/maximize", test_maximize },
    { "/window-manager/minimize", test_minimize },
    { "/window-manager/full-screen", test_full_screen },
    { "/window-manager/options", test_options },
    { "/window-manager/limits", test_limits },
    { "/window-manager/state", test_state },
    { "/window-manager/place", test_place },
  };
  MullionApp *app;
  g_autofree char *state = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  state = g_dir_make_tmp ("mullion-windows-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  if (!wm_start ())
    {
      g_print ("1..0 # SKIP no openbox here\n");
      return 0;
    }

  app = mullion_app_new ("io.github.mullion.TestWindowManager", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));

  wm_add_tests (tests, G_N_ELEMENTS (tests));
  wm_add_hint_tests ();
  status = g_test_run ();

  g_object_unref (app);
  wm_stop ();
  return status;
}
