/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>

/*
 * Where windows stand, and what one run remembers for the next. A window that is destroyed and made
 * anew stands for the next run: nothing but the file connects the two.
 */

#define ID "io.github.mullion.TestWindowPlace"
#define KEPT "\"name\": \"main/1\", \"windowStatePersistence\": true"

static GdkRectangle
get_monitor (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr(GdkMonitor) first = g_list_model_get_item (monitors, 0);
  GdkRectangle place;

  gdk_monitor_get_geometry (first, &place);
  return place;
}

static void
assert_place (IpcWindow *window,
              int        x,
              int        y)
{
  int left, top;

  ipc_wait_until (mullion_browser_window_get_position (window->window, &left, &top)
                  && left == x && top == y);
}

static void
assert_size (IpcWindow *window,
             int        width,
             int        height)
{
  int across, down;

  ipc_wait_until ((mullion_browser_window_get_size (window->window, &across, &down),
                   gtk_widget_get_width (GTK_WIDGET (window->window)) == across)
                  && across == width && down == height);
}

static void
restored_cb (MullionBrowserWindow *window,
             gboolean             *is_restored)
{
  *is_restored = TRUE;
}

static char *
build_path (void)
{
  return g_build_filename (g_get_user_state_dir (), ID, "windows", "main%2F1.json", NULL);
}

static void
test_position (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"width\": 300, \"height\": 200, \"x\": 40,"
                                                "  \"y\": 50 }");
  g_autoptr(IpcWindow) middle = NULL;
  GdkRectangle monitor;
  g_autoptr(GError) error = NULL;
  int x = 7, y = 7;

  assert_place (window, 40, 50);
  g_assert_true (mullion_browser_window_set_position (window->window, 70, 80, &error));
  g_assert_no_error (error);
  assert_place (window, 70, 80);

  middle = ipc_window_new ("{ \"width\": 300, \"height\": 200, \"center\": true }");
  monitor = get_monitor ();
  assert_place (middle, (monitor.width - 300) / 2, (monitor.height - 200) / 2);
  mullion_browser_window_hide (middle->window);
  g_assert_false (mullion_browser_window_get_position (middle->window, &x, &y));
  g_assert_cmpint (x, ==, 0);
}

static void
test_kept (void)
{
  g_autofree char *path = build_path ();

  {
    g_autoptr(IpcWindow) first = ipc_window_new ("{ " KEPT ", \"width\": 300, \"height\": 200 }");

    assert_size (first, 300, 200);
    mullion_browser_window_set_size (first->window, 410, 310);
    mullion_browser_window_set_position (first->window, 60, 90, NULL);
    assert_size (first, 410, 310);
    assert_place (first, 60, 90);
  }
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  {
    g_autoptr(IpcWindow) second = ipc_window_new ("{ " KEPT ", \"width\": 300, \"height\": 200 }");
    gboolean is_restored = FALSE;

    g_signal_connect (second->window, "persisted-state-restored", G_CALLBACK (restored_cb),
                      &is_restored);
    ipc_wait_until (is_restored);
    assert_size (second, 410, 310);
    assert_place (second, 60, 90);
  }
  g_assert_true (mullion_browser_window_clear_persisted_state (ipc_app_get (), "main/1"));
  g_assert_false (mullion_browser_window_clear_persisted_state (ipc_app_get (), "main/1"));
  {
    g_autoptr(IpcWindow) third = ipc_window_new ("{ " KEPT ", \"width\": 300, \"height\": 200 }");

    assert_size (third, 300, 200);
  }
  g_assert_true (mullion_browser_window_clear_persisted_state (ipc_app_get (), "main/1"));
}

/* A program that is killed has kept what was so half a second before. */
static void
test_kept_early (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ " KEPT ", \"width\": 300, \"height\": 200 }");
  g_autofree char *path = build_path ();
  g_autofree char *text = NULL;

  assert_size (window, 300, 200);
  mullion_browser_window_set_size (window->window, 444, 222);
  ipc_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "444"));
}

static void
write_state (const char *text)
{
  g_autofree char *path = build_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_bad_file (void)
{
  g_autoptr(IpcWindow) window = NULL;

  write_state ("{ \"width\": ");
  expect_warning ("The state of a window is not what was saved: *main%2F1.json*: ignored");
  window = ipc_window_new ("{ " KEPT ", \"width\": 300, \"height\": 200 }");
  assert_warned ();
  assert_size (window, 300, 200);
}

static void
test_off_screen (void)
{
  g_autoptr(IpcWindow) window = NULL;

  write_state ("{ \"x\": 5000, \"y\": -400, \"width\": 9000, \"height\": 210,"
               "  \"maximized\": false, \"fullscreen\": false }");
  window = ipc_window_new ("{ " KEPT " }");
  assert_size (window, get_monitor ().width, 210);
  assert_place (window, get_monitor ().width - 64, 0);
}

/* Whether the pointer meets the window there. */
static gboolean
takes_pointer (IpcWindow *window,
               int        x,
               int        y)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window->window));
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  Window root, met = None;
  int root_x, root_y, met_x, met_y;
  unsigned int mask;

  XWarpPointer (display, None, DefaultRootWindow (display), 0, 0, 0, 0, x, y);
  XQueryPointer (display, DefaultRootWindow (display), &root, &met, &root_x, &root_y, &met_x, &met_y,
                 &mask);
  return met == gdk_x11_surface_get_xid (surface);
}

/* The window stands at 40, 50. */
static void
test_pointer (void)
{
  static const GdkRectangle parts[] = { { 0, 0, 100, 100 }, { 200, 100, 100, 100 } };
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"width\": 300, \"height\": 200, \"x\": 40,"
                                                "  \"y\": 50, \"frame\": false }");

  assert_place (window, 40, 50);
  assert_size (window, 300, 200);
  g_assert_true (takes_pointer (window, 60, 70));
  mullion_browser_window_set_ignore_mouse_events (window->window, TRUE);
  g_assert_false (takes_pointer (window, 60, 70));

  /* It stays so with a new size. */
  mullion_browser_window_set_size (window->window, 310, 200);
  assert_size (window, 310, 200);
  g_assert_false (takes_pointer (window, 60, 70));
  mullion_browser_window_set_shape (window->window, parts, G_N_ELEMENTS (parts));
  g_assert_false (takes_pointer (window, 60, 70));
  mullion_browser_window_set_ignore_mouse_events (window->window, FALSE);
  g_assert_true (takes_pointer (window, 60, 70));
  g_assert_true (takes_pointer (window, 40 + 250, 50 + 150));
  g_assert_false (takes_pointer (window, 40 + 150, 50 + 50));
  mullion_browser_window_set_shape (window->window, NULL, 0);
  g_assert_true (takes_pointer (window, 40 + 150, 50 + 50));
}

/* Half of it is wanted. */
static void
test_parts (void)
{
  g_autoptr(IpcWindow) window = NULL;

  write_state ("{ \"x\": 100, \"y\": 120, \"width\": 400, \"height\": 210,"
               "  \"maximized\": false, \"fullscreen\": false }");
  window = ipc_window_new ("{ \"name\": \"main/1\", \"width\": 300, \"height\": 200,"
                           "  \"windowStatePersistence\": { \"bounds\": false } }");
  assert_size (window, 300, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state = NULL;
  g_autoptr(MullionApp) app = NULL;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  state = g_dir_make_tmp ("mullion-place-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  app = ipc_app_new (ID);
  if (!GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    {
      g_print ("1..0 # SKIP the place of a window is X11's\n");
      return 0;
    }

  g_test_add_func ("/window-place/position", test_position);
  g_test_add_func ("/window-place/kept", test_kept);
  g_test_add_func ("/window-place/kept-early", test_kept_early);
  g_test_add_func ("/window-place/bad-file", test_bad_file);
  g_test_add_func ("/window-place/off-screen", test_off_screen);
  g_test_add_func ("/window-place/parts", test_parts);
  g_test_add_func ("/window-place/pointer", test_pointer);
  return g_test_run ();
}
