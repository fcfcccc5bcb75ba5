/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "mullion-automation-focus.h"

/* Keys that a driver presses must not go to a window that comes up meanwhile. */

static void
focused_cb (gpointer user_data)
{
  gboolean *focused = user_data;

  g_assert_false (*focused);
  *focused = TRUE;
}

static IpcWindow *
open_window (const char *options)
{
  IpcWindow *self = ipc_window_new (options);

  mullion_automation_focus_watch (self->window);
  return self;
}

/* A window that waits for its page as apps write it: hidden, and shown when it is ready. */
static IpcWindow *
open_hidden (void)
{
  IpcWindow *self = open_window ("{ \"width\": 300, \"height\": 200, \"show\": false }");

  g_signal_connect (self->window, "ready-to-show", G_CALLBACK (mullion_browser_window_show), NULL);
  return self;
}

static void
test_waits_for_windows_to_come (void)
{
  g_autoptr(IpcWindow) first = open_window ("{ \"width\": 400, \"height\": 300 }");
  g_autoptr(IpcWindow) second = open_hidden ();
  gboolean focused = FALSE;

  ipc_window_load (first, "rendering.html");
  mullion_browser_window_load_file (second->window, "rendering.html");
  mullion_automation_focus (first->window, focused_cb, &focused);
  g_assert_false (focused);

  ipc_wait_until (focused);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (second->window)));
}

static void
test_ignores_windows_without_a_page (void)
{
  g_autoptr(IpcWindow) first = open_window ("{ \"width\": 400, \"height\": 300 }");
  g_autoptr(IpcWindow) second = open_hidden ();
  gboolean focused = FALSE;

  ipc_window_load (first, "rendering.html");
  mullion_automation_focus (first->window, focused_cb, &focused);
  ipc_wait_until (focused);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (second->window)));
}

static void
test_a_window_that_goes (void)
{
  g_autoptr(IpcWindow) first = open_window ("{ \"width\": 400, \"height\": 300 }");
  IpcWindow *second = open_hidden ();
  gboolean focused = FALSE;

  ipc_window_load (first, "rendering.html");
  mullion_browser_window_load_file (second->window, "rendering.html");
  mullion_automation_focus (first->window, focused_cb, &focused);
  ipc_window_free (second);
  ipc_wait_until (focused);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ipc_app_new ("io.github.mullion.TestAutomationFocus");

  g_test_add_func ("/automation-focus/waits-for-windows-to-come", test_waits_for_windows_to_come);
  g_test_add_func ("/automation-focus/ignores-windows-without-a-page",
                   test_ignores_windows_without_a_page);
  g_test_add_func ("/automation-focus/a-window-that-goes", test_a_window_that_goes);

  return g_test_run ();
}
