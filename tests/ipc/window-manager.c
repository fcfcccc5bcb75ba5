/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "window-manager.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* The window manager that tests bring along, and the windows that it gets. */

static GSubprocess *window_manager;

gboolean
wm_look_again_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

void
wm_wait_for_event (WmFixture  *fixture,
                   const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  ipc_wait_until (strstr (fixture->events->str, word) != NULL);
  g_test_message ("waited for %s, got%s", name, fixture->events->str);
  g_string_assign (fixture->events, " ");
}

static void
record_cb (MullionBrowserWindow *window,
           WmFixture            *fixture)
{
  GSignalInvocationHint *hint = g_signal_get_invocation_hint (window);

  g_string_append_printf (fixture->events, "%s ", g_signal_name (hint->signal_id));
}

static void
record_value_cb (MullionBrowserWindow *window,
                 gboolean              value,
                 WmFixture            *fixture)
{
  GSignalInvocationHint *hint = g_signal_get_invocation_hint (window);

  g_string_append_printf (fixture->events, "%s:%d ", g_signal_name (hint->signal_id), value);
}

MullionBrowserWindow *
wm_open_other (const char *options)
{
  g_autoptr(GError) error = NULL;
  MullionBrowserWindow *window =
    mullion_browser_window_new_from_json (mullion_app_get_default (), options, &error);

  g_assert_no_error (error);
  return window;
}

void
wm_open (WmFixture  *fixture,
         const char *options)
{
  static const char *const names[] = {
    "focus", "blur", "resize", "minimize", "maximize", "unmaximize", "restore",
    "enter-full-screen", "leave-full-screen", "move", "moved", "resized",
  };

  fixture->window = wm_open_other (options);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect (fixture->window, names[i], G_CALLBACK (record_cb), fixture);
  g_signal_connect (fixture->window, "always-on-top-changed", G_CALLBACK (record_value_cb), fixture);
}

void
wm_set_up (WmFixture    *fixture,
           gconstpointer data)
{
  fixture->events = g_string_new (" ");
}

void
wm_tear_down (WmFixture    *fixture,
              gconstpointer data)
{
  if (fixture->window != NULL)
    mullion_browser_window_destroy (fixture->window);
  g_string_free (fixture->events, TRUE);
}

void
wm_add_tests (const WmTest *tests,
              gsize         n_tests)
{
  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, WmFixture, NULL, wm_set_up, tests[i].test, wm_tear_down);
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

gboolean
wm_start (void)
{
  g_autofree char *path = g_find_program_in_path ("openbox");
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return FALSE;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, tie_to_parent, NULL, NULL);
  window_manager = g_subprocess_launcher_spawn (launcher, &error, path, "--sm-disable", NULL);
  g_assert_no_error (error);
  wait_for_window_manager ();
  return TRUE;
}

void
wm_stop (void)
{
  g_subprocess_send_signal (window_manager, SIGTERM);
  g_subprocess_wait (window_manager, NULL, NULL);
  g_clear_object (&window_manager);
}
