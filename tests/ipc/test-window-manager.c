/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* What only a window manager can do to a MullionBrowserWindow: minimize, maximize,
 * full screen, focus, and the user's hand on the border. The tests bring one
 * along and are skipped where it is not installed. */

static MullionApp *app;
static GSubprocess *window_manager;

typedef struct
{
  GString *events;
  MullionBrowserWindow *window;
} Fixture;

static void
wait_for_event (Fixture    *fixture,
                const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  ipc_wait_until (strstr (fixture->events->str, word) != NULL);
  g_test_message ("waited for %s, got%s", name, fixture->events->str);
  g_string_assign (fixture->events, " ");
}

static gboolean
look_again_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* GTK tells nobody that a window was moved, so that it is asked again and again. */
static void
wait_for_position (Fixture *fixture,
                   int      x,
                   int      y)
{
  guint tick = g_timeout_add (20, look_again_cb, NULL);
  int left, top;

  ipc_wait_until (mullion_browser_window_get_position (fixture->window, &left, &top) && left == x
                  && top == y);
  g_source_remove (tick);
}

static gboolean
is_size (Fixture *fixture,
         int      width,
         int      height)
{
  int actual_width, actual_height;

  mullion_browser_window_get_size (fixture->window, &actual_width, &actual_height);
  return actual_width == width && (height == 0 || actual_height == height);
}

static void
record_cb (MullionBrowserWindow *window,
           Fixture              *fixture)
{
  GSignalInvocationHint *hint = g_signal_get_invocation_hint (window);

  g_string_append_printf (fixture->events, "%s ", g_signal_name (hint->signal_id));
}

static void
open_window (Fixture    *fixture,
             const char *options)
{
  static const char *const names[] = {
    "focus", "blur", "resize", "minimize", "maximize", "unmaximize", "restore",
    "enter-full-screen", "leave-full-screen",
  };
  g_autoptr(GError) error = NULL;

  fixture->window = mullion_browser_window_new_from_json (app, options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect (fixture->window, names[i], G_CALLBACK (record_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->events = g_string_new (" ");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    mullion_browser_window_destroy (fixture->window);
  g_string_free (fixture->events, TRUE);
}

static void
note_cb (MullionApp           *from,
         MullionBrowserWindow *window,
         Fixture              *fixture)
{
  GSignalInvocationHint *hint = g_signal_get_invocation_hint (from);

  g_string_append_printf (fixture->events, "%s:%u ", g_signal_name (hint->signal_id),
                          mullion_browser_window_get_id (window));
}

static void
wait_for_app (Fixture              *fixture,
              const char           *name,
              MullionBrowserWindow *window)
{
  g_autofree char *event = g_strdup_printf ("%s:%u", name, mullion_browser_window_get_id (window));

  wait_for_event (fixture, event);
}

/* The app hears of all of its windows. */
static void
test_focus_of_app (Fixture       *fixture,
                   gconstpointer  data)
{
  MullionBrowserWindow *other;

  g_signal_connect (app, "browser-window-focus", G_CALLBACK (note_cb), fixture);
  g_signal_connect (app, "browser-window-blur", G_CALLBACK (note_cb), fixture);
  open_window (fixture, "{}");
  wait_for_app (fixture, "browser-window-focus", fixture->window);
  other = mullion_browser_window_new (app, NULL);
  wait_for_app (fixture, "browser-window-focus", other);
  mullion_browser_window_focus (fixture->window);
  wait_for_app (fixture, "browser-window-blur", other);
  mullion_browser_window_destroy (other);
  g_signal_handlers_disconnect_by_func (app, note_cb, fixture);
}

static void
test_focus (Fixture       *fixture,
            gconstpointer  data)
{
  MullionBrowserWindow *other;

  open_window (fixture, "{}");
  wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_focused (fixture->window));
  g_assert_true (mullion_browser_window_get_focused () == fixture->window);

  other = mullion_browser_window_new (app, NULL);
  wait_for_event (fixture, "blur");
  g_assert_false (mullion_browser_window_is_focused (fixture->window));

  mullion_browser_window_focus (fixture->window);
  wait_for_event (fixture, "focus");
  mullion_browser_window_destroy (other);
}

static void
test_maximize (Fixture       *fixture,
               gconstpointer  data)
{
  open_window (fixture, "{ \"width\": 500, \"show\": false }");
  mullion_browser_window_maximize (fixture->window);
  g_assert_true (mullion_browser_window_is_visible (fixture->window));
  wait_for_event (fixture, "maximize");
  g_assert_true (mullion_browser_window_is_maximized (fixture->window));

  mullion_browser_window_unmaximize (fixture->window);
  wait_for_event (fixture, "unmaximize");
  g_assert_false (mullion_browser_window_is_maximized (fixture->window));

  mullion_browser_window_maximize (fixture->window);
  wait_for_event (fixture, "maximize");
  mullion_browser_window_restore (fixture->window);
  wait_for_event (fixture, "unmaximize");
  ipc_wait_until (is_size (fixture, 500, 0));
}

static void
test_minimize (Fixture       *fixture,
               gconstpointer  data)
{
  open_window (fixture, "{}");
  wait_for_event (fixture, "focus");
  mullion_browser_window_minimize (fixture->window);
  wait_for_event (fixture, "minimize");
  mullion_browser_window_restore (fixture->window);
  wait_for_event (fixture, "restore");
}

static void
test_full_screen (Fixture       *fixture,
                  gconstpointer  data)
{
  open_window (fixture, "{}");
  mullion_browser_window_set_full_screen (fixture->window, TRUE);
  wait_for_event (fixture, "enter-full-screen");
  g_assert_true (mullion_browser_window_is_full_screen (fixture->window));
  mullion_browser_window_set_full_screen (fixture->window, FALSE);
  wait_for_event (fixture, "leave-full-screen");
  g_assert_false (mullion_browser_window_is_full_screen (fixture->window));
}

static void
test_options (Fixture       *fixture,
              gconstpointer  data)
{
  MullionBrowserWindow *maximized;

  /* Both are so before anybody can listen. */
  open_window (fixture, "{ \"fullscreen\": true }");
  wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_full_screen (fixture->window));
  maximized = mullion_browser_window_new_from_json (app, "{ \"maximized\": true }", NULL);
  wait_for_event (fixture, "blur");
  ipc_wait_until (mullion_browser_window_is_maximized (maximized));
  mullion_browser_window_destroy (maximized);
}

/* The frame of the window manager is part of the place, and the size that a maximized window goes
 * back to is kept beside that it is maximized. */
static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  static const char options[] = "{ \"name\": \"kept\", \"windowStatePersistence\": true,"
                                "  \"width\": 500, \"height\": 300 }";

  open_window (fixture, options);
  wait_for_event (fixture, "focus");
  mullion_browser_window_set_position (fixture->window, 110, 130, NULL);
  wait_for_position (fixture, 110, 130);
  mullion_browser_window_maximize (fixture->window);
  wait_for_event (fixture, "maximize");
  mullion_browser_window_destroy (fixture->window);

  open_window (fixture, options);
  wait_for_event (fixture, "focus");
  g_assert_true (mullion_browser_window_is_maximized (fixture->window));
  mullion_browser_window_unmaximize (fixture->window);
  wait_for_event (fixture, "unmaximize");
  ipc_wait_until (is_size (fixture, 500, 0));
}

static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  static const char options[] = "{ \"name\": \"placed\", \"windowStatePersistence\": true,"
                                "  \"width\": 500, \"height\": 300 }";

  open_window (fixture, options);
  wait_for_event (fixture, "focus");
  mullion_browser_window_set_position (fixture->window, 110, 130, NULL);
  wait_for_position (fixture, 110, 130);

  /* It does not drift by its frame from run to run. */
  for (guint i = 0; i < 3; i++)
    {
      mullion_browser_window_destroy (fixture->window);
      open_window (fixture, options);
      wait_for_event (fixture, "focus");
      wait_for_position (fixture, 110, 130);
    }
}

/* What another program asks of the window manager reaches the window like the
 * user's hand does. */
static void
test_limits (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autoptr(GSubprocess) hand = NULL;
  g_autoptr(GError) error = NULL;

  if (xdotool == NULL)
    {
      g_test_skip ("no xdotool here");
      return;
    }

  open_window (fixture, "{ \"width\": 500, \"height\": 400, \"maxWidth\": 700,"
                        "  \"maxHeight\": 450, \"title\": \"Limited\" }");
  wait_for_event (fixture, "focus");
  hand = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, xdotool, "search", "--sync",
                           "--onlyvisible", "--name", "^Limited$", "windowsize", "900", "430", NULL);
  g_assert_no_error (error);
  wait_for_event (fixture, "resize");
  ipc_wait_until (is_size (fixture, 700, 430));
  g_subprocess_wait (hand, NULL, NULL);
}

/* It must not outlive a test that fails. */
static void
tie_to_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
has_window_manager (Display *display)
{
  Atom name = XInternAtom (display, "_NET_SUPPORTING_WM_CHECK", False);
  Atom type = None;
  int format;
  unsigned long n_items, left_over;
  unsigned char *data = NULL;

  XGetWindowProperty (display, DefaultRootWindow (display), name, 0, 1, False, XA_WINDOW, &type,
                      &format, &n_items, &left_over, &data);
  if (data != NULL)
    XFree (data);
  return type == XA_WINDOW;
}

/* GTK looks for a window manager when it starts, and then not for a while. */
static void
wait_for_window_manager (void)
{
  Display *display = XOpenDisplay (NULL);

  g_assert_nonnull (display);
  XSelectInput (display, DefaultRootWindow (display), PropertyChangeMask);
  while (!has_window_manager (display))
    {
      XEvent event;

      XNextEvent (display, &event);
    }
  XCloseDisplay (display);
}

static void
start_window_manager (void)
{
  g_autofree char *path = g_find_program_in_path ("openbox");
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, tie_to_parent, NULL, NULL);
  window_manager = g_subprocess_launcher_spawn (launcher, &error, path, "--sm-disable", NULL);
  g_assert_no_error (error);
  wait_for_window_manager ();
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
  g_autofree char *state = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  state = g_dir_make_tmp ("mullion-windows-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  start_window_manager ();
  if (window_manager == NULL)
    {
      g_print ("1..0 # SKIP no openbox here\n");
      return 0;
    }

  app = mullion_app_new ("io.github.mullion.TestWindowManager", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  g_subprocess_send_signal (window_manager, SIGTERM);
  g_subprocess_wait (window_manager, NULL, NULL);
  g_object_unref (window_manager);
  return status;
}
