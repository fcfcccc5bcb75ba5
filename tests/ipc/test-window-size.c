/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"

/* What functions change of a window that stands: its size and limits, its family, and how it looks. */

static GtkWidget *
get_view (IpcWindow *window)
{
  return GTK_WIDGET (mullion_web_contents_get_web_view (window->contents));
}

static gboolean
is_size (IpcWindow *window,
         int        width,
         int        height)
{
  int actual_width, actual_height;

  mullion_browser_window_get_size (window->window, &actual_width, &actual_height);
  return actual_width == width && actual_height == height;
}

static IpcWindow *
open_window (const char *options)
{
  IpcWindow *window = ipc_window_new (options);

  ipc_wait_until (gtk_widget_get_height (get_view (window)) > 0);
  return window;
}

static void
test_limits (void)
{
  g_autoptr(IpcWindow) window = open_window ("{ \"width\": 400, \"height\": 300 }");
  int width, height;

  mullion_browser_window_get_minimum_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 0);
  g_assert_cmpint (height, ==, 0);

  mullion_browser_window_set_minimum_size (window->window, 450, 100);
  ipc_wait_until (is_size (window, 450, 300));
  mullion_browser_window_get_minimum_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 450);
  g_assert_cmpint (height, ==, 100);
  mullion_browser_window_set_size (window->window, 200, 310);
  ipc_wait_until (is_size (window, 450, 310));

  mullion_browser_window_set_maximum_size (window->window, 500, 250);
  ipc_wait_until (is_size (window, 450, 250));
  mullion_browser_window_set_size (window->window, 900, 900);
  ipc_wait_until (is_size (window, 500, 250));
  mullion_browser_window_get_maximum_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 500);
  g_assert_cmpint (height, ==, 250);

  mullion_browser_window_set_minimum_size (window->window, 0, 0);
  mullion_browser_window_set_maximum_size (window->window, 0, 0);
  mullion_browser_window_set_size (window->window, 600, 90);
  ipc_wait_until (is_size (window, 600, 90));
}

/* It keeps its size, which is not the least one, and goes on keeping its limits afterwards. */
static void
test_resizable (void)
{
  g_autoptr(IpcWindow) window =
    open_window ("{ \"width\": 400, \"height\": 300, \"minWidth\": 250 }");

  g_assert_true (mullion_browser_window_is_resizable (window->window));
  mullion_browser_window_set_resizable (window->window, FALSE);
  g_assert_false (mullion_browser_window_is_resizable (window->window));
  ipc_settle ();
  g_assert_true (is_size (window, 400, 300));
  mullion_browser_window_set_size (window->window, 420, 310);
  ipc_wait_until (is_size (window, 420, 310));
  mullion_browser_window_set_resizable (window->window, TRUE);
  mullion_browser_window_set_size (window->window, 100, 200);
  ipc_wait_until (is_size (window, 250, 200));
}

static gboolean
has_view_size (IpcWindow *window,
               int        width,
               int        height)
{
  return gtk_widget_get_width (get_view (window)) == width
         && gtk_widget_get_height (get_view (window)) == height;
}

static void
test_content (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"show\": false }");
  g_autoptr(MullionMenu) menu = mullion_menu_new_from_json ("[{ \"label\": \"File\","
                                                            "   \"submenu\": [] }]", NULL);
  int width, height;

  mullion_browser_window_get_content_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 0);
  mullion_browser_window_set_menu (window->window, menu);
  mullion_browser_window_set_content_size (window->window, 310, 210);
  mullion_browser_window_show (window->window);
  ipc_wait_until (has_view_size (window, 310, 210));
  mullion_browser_window_get_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 310);
  g_assert_cmpint (height, >, 210);

  mullion_browser_window_set_content_size (window->window, 330, 230);
  ipc_wait_until (has_view_size (window, 330, 230));
  mullion_browser_window_get_content_size (window->window, &width, &height);
  g_assert_cmpint (width, ==, 330);
  g_assert_cmpint (height, ==, 230);
}

/* GTK draws the edge of such a window, too. */
static void
test_content_below_title_bar (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"show\": false, \"useContentSize\": true,"
                                                "  \"width\": 510, \"height\": 210 }");

  gtk_window_set_titlebar (GTK_WINDOW (window->window), gtk_header_bar_new ());
  mullion_browser_window_show (window->window);
  ipc_wait_until (has_view_size (window, 510, 210));
  mullion_browser_window_set_content_size (window->window, 530, 230);
  ipc_wait_until (has_view_size (window, 530, 230));
}

static void
test_bounds (void)
{
  g_autoptr(IpcWindow) window = open_window ("{ \"frame\": false }");
  g_autoptr(GError) error = NULL;
  GdkRectangle bounds;

  mullion_browser_window_set_bounds (window->window, &(GdkRectangle) { 50, 60, 320, 240 }, &error);
  g_assert_no_error (error);
  ipc_wait_until (is_size (window, 320, 240));
  mullion_browser_window_get_bounds (window->window, &bounds);
  g_assert_true (gdk_rectangle_equal (&bounds, &(GdkRectangle) { 50, 60, 320, 240 }));
}

static void
test_family (void)
{
  g_autoptr(IpcWindow) parent = open_window ("{}");
  g_autoptr(IpcWindow) first = open_window ("{ \"modal\": true }");
  g_autoptr(IpcWindow) second = open_window ("{}");
  g_autoptr(GList) children = NULL;

  g_assert_null (mullion_browser_window_get_parent_window (first->window));
  g_assert_false (mullion_browser_window_is_modal (first->window));
  mullion_browser_window_set_parent_window (first->window, parent->window);
  mullion_browser_window_set_parent_window (second->window, parent->window);
  g_assert_true (mullion_browser_window_get_parent_window (first->window) == parent->window);
  g_assert_true (mullion_browser_window_is_modal (first->window));
  g_assert_false (mullion_browser_window_is_modal (second->window));
  children = mullion_browser_window_dup_child_windows (parent->window);
  g_assert_cmpuint (g_list_length (children), ==, 2);
  g_assert_true (children->data == first->window && children->next->data == second->window);

  mullion_browser_window_set_parent_window (first->window, NULL);
  g_assert_null (mullion_browser_window_get_parent_window (first->window));
  g_assert_false (mullion_browser_window_is_modal (first->window));

  mullion_browser_window_destroy (parent->window);
  g_assert_true (mullion_browser_window_is_destroyed (second->window));
  g_assert_false (mullion_browser_window_is_destroyed (first->window));
}

static void
test_looks (void)
{
  g_autoptr(IpcWindow) window = open_window ("{ \"backgroundColor\": \"#336699\" }");
  g_autoptr(GError) error = NULL;
  GdkRGBA color;

  mullion_browser_window_get_background_color (window->window, &color);
  g_assert_cmpfloat_with_epsilon (color.green, 0x66 / 255., 0.001);
  mullion_browser_window_set_background_color (window->window, &(GdkRGBA) { 1, 0, 0, 0.5 });
  mullion_browser_window_get_background_color (window->window, &color);
  g_assert_true (gdk_rgba_equal (&color, &(GdkRGBA) { 1, 0, 0, 1 }));

  g_assert_true (mullion_browser_window_set_icon (window->window, "folder", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_window_get_icon_name (GTK_WINDOW (window->window)), ==, "folder");
  g_assert_false (mullion_browser_window_set_icon (window->window, "nowhere.png", &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (gtk_window_get_icon_name (GTK_WINDOW (window->window)), ==, "folder");
  g_assert_true (mullion_browser_window_set_icon (window->window, "windows/icon.svg", NULL));
  g_assert_null (gtk_window_get_icon_name (GTK_WINDOW (window->window)));
}

static void
count_cb (MullionBrowserWindow *window,
          guint                *n)
{
  (*n)++;
}

/* An element of the page. */
static void
test_full_screen (void)
{
  g_autoptr(IpcWindow) window = open_window ("{}");
  WebKitWebView *view = mullion_web_contents_get_web_view (window->contents);
  guint n_entered = 0, n_left = 0;

  g_signal_connect (window->window, "enter-html-full-screen", G_CALLBACK (count_cb), &n_entered);
  g_signal_connect (window->window, "leave-html-full-screen", G_CALLBACK (count_cb), &n_left);
  ipc_window_load (window, "windows/index.html");
  g_assert_true (mullion_browser_window_is_full_screenable (window->window));

  /* WebKit takes a script of the view's owner for the user's hand. */
  webkit_web_view_evaluate_javascript (view, "document.body.requestFullscreen ()", -1, NULL, NULL,
                                       NULL, NULL, NULL);
  ipc_wait_until (n_entered == 1);
  webkit_web_view_evaluate_javascript (view, "document.exitFullscreen ()", -1, NULL, NULL, NULL,
                                       NULL, NULL);
  ipc_wait_until (n_left == 1);

  mullion_browser_window_set_full_screenable (window->window, FALSE);
  g_assert_false (mullion_browser_window_is_full_screenable (window->window));
  ipc_assert_run (window, "document.body.requestFullscreen().then(() => 'in', () => 'out')",
                  "\"out\"");
  g_assert_cmpuint (n_entered, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MullionApp) app = NULL;

  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestWindowSize");
  g_test_add_func ("/window-size/limits", test_limits);
  g_test_add_func ("/window-size/resizable", test_resizable);
  g_test_add_func ("/window-size/content", test_content);
  g_test_add_func ("/window-size/content-below-title-bar", test_content_below_title_bar);
  g_test_add_func ("/window-size/bounds", test_bounds);
  g_test_add_func ("/window-size/family", test_family);
  g_test_add_func ("/window-size/looks", test_looks);
  g_test_add_func ("/window-size/full-screen", test_full_screen);
  return g_test_run ();
}
