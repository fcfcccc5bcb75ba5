/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "mullion-window-drag.h"
#include "user-hand.h"

#include <gdk/x11/gdkx.h>

/*
 * What a window is made of beside its page: regions to drag it by, its own buttons, a header bar of
 * GTK, other pages, and nothing at all where it is transparent. A hand on the pointer of the
 * display does what a user does.
 */

static IpcWindow *
open_page (const char *options)
{
  IpcWindow *window = ipc_window_new (options);

  ipc_window_load (window, "windows/index.html");

  /* WebKit takes no notice of a click before the first frame. */
  ipc_assert_run (window,
                  "new Promise((done) => requestAnimationFrame("
                  "  () => requestAnimationFrame(() => done(true))))", "true");
  ipc_wait_until (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window->window)), "Parts") == 0);
  return window;
}

static GtkWidget *
get_view (IpcWindow *window)
{
  return GTK_WIDGET (mullion_web_contents_get_web_view (window->contents));
}

static GtkWidget *
find_widget (GtkWidget *parent,
             GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child
                                                                  : find_widget (child, type);

      if (found != NULL && gtk_widget_get_mapped (found))
        return found;
    }
  return NULL;
}

static gboolean
stands_at (IpcWindow *window,
           int        x,
           int        y)
{
  int left, top;

  mullion_browser_window_get_position (window->window, &left, &top);
  return left == x && top == y;
}

static gboolean
pull_cb (gpointer user_data)
{
  user_hand_pull (3, 2);
  return G_SOURCE_CONTINUE;
}

/* Without a window manager GTK moves the window itself. */
static void
test_drag (void)
{
  g_autoptr(IpcWindow) window =
    open_page ("{ \"frame\": false, \"x\": 30, \"y\": 40, \"width\": 300, \"height\": 200 }");
  guint pull;

  user_hand_grab (get_view (window), 20, 20);
  pull = g_timeout_add (100, pull_cb, NULL);
  ipc_wait_until (!stands_at (window, 30, 40));
  g_source_remove (pull);
  user_hand_let_go ();
  ipc_assert_run (window, "heard.join()", "\"\"");
}

/* A region is inherited, like Chromium's, and what lies in it may say no. */
static void
test_no_drag (void)
{
  g_autoptr(IpcWindow) window =
    open_page ("{ \"frame\": false, \"x\": 30, \"y\": 40, \"width\": 300, \"height\": 200 }");

  user_hand_grab (get_view (window), 140, 20);
  user_hand_pull (5, 5);
  user_hand_let_go ();
  ipc_assert_run (window, "new Promise((done) => {"
                          "  const look = () => heard.length ? done(heard.join())"
                          "                                  : setTimeout(look, 10);"
                          "  look(); })", "\"no\"");
  g_assert_true (stands_at (window, 30, 40));
}

/* A page cannot take hold of the window by itself: not before a press, and not twice for one. */
static void
test_no_press (void)
{
  g_autoptr(IpcWindow) window =
    open_page ("{ \"frame\": false, \"x\": 30, \"y\": 40, \"width\": 300, \"height\": 200 }");

  g_assert_false (mullion_window_drag_begin (get_view (window), 1));
  ipc_assert_run (window, "document.querySelector('#bar').dispatchEvent("
                          "  new MouseEvent('mousedown', { bubbles: true })); heard.join()",
                  "\"bar\"");
  user_hand_grab (get_view (window), 140, 20);
  ipc_wait_until (mullion_window_drag_begin (get_view (window), 2));
  g_assert_false (mullion_window_drag_begin (get_view (window), 1));
  user_hand_let_go ();
}

/* (nullable): the cursor of what is at a point of the window */
static const char *
get_cursor (IpcWindow *window,
            double     x,
            double     y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (window->window), x, y, GTK_PICK_DEFAULT);
  GdkCursor *cursor = widget != NULL && widget != get_view (window) ? gtk_widget_get_cursor (widget)
                                                                    : NULL;

  return cursor != NULL ? gdk_cursor_get_name (cursor) : NULL;
}

#define EDGES "\"x\": 30, \"y\": 40, \"width\": 300, \"height\": 200"

static void
test_edges (void)
{
  static const struct { double x, y; const char *cursor; } places[] = {
    { 150, 1, "n-resize" }, { 150, 199, "s-resize" }, { 1, 100, "w-resize" },
    { 299, 100, "e-resize" }, { 4, 12, "nw-resize" }, { 296, 12, "ne-resize" },
    { 12, 196, "sw-resize" }, { 299, 199, "se-resize" }, { 150, 100, NULL }, { 7, 100, NULL },
  };
  g_autoptr(IpcWindow) window = open_page ("{ \"frame\": false, " EDGES " }");
  g_autoptr(IpcWindow) framed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpstr (get_cursor (window, places[i].x, places[i].y), ==, places[i].cursor);

  mullion_browser_window_set_resizable (window->window, FALSE);
  g_assert_null (get_cursor (window, 299, 199));
  mullion_browser_window_set_resizable (window->window, TRUE);
  ipc_wait_until (g_strcmp0 (get_cursor (window, 299, 199), "se-resize") == 0);

  framed = open_page ("{ " EDGES " }");
  g_assert_null (get_cursor (framed, 299, 199));
}

static gboolean
is_larger_cb (gpointer user_data)
{
  int width, height;

  mullion_browser_window_get_size (user_data, &width, &height);
  return width > 300 && height > 200;
}

/* The page hears nothing of that press. */
static void
test_resize (void)
{
  g_autoptr(IpcWindow) window = open_page ("{ \"frame\": false, " EDGES " }");
  guint pull;

  user_hand_grab (get_view (window), 298, 198);
  pull = g_timeout_add (100, pull_cb, NULL);
  ipc_wait_until (is_larger_cb (window->window));
  g_source_remove (pull);
  user_hand_let_go ();
  g_assert_true (stands_at (window, 30, 40));
  ipc_assert_run (window, "heard.join()", "\"\"");
}

static void
test_controls (void)
{
  g_autoptr(IpcWindow) window =
    open_page ("{ \"titleBarStyle\": \"hidden\", \"titleBarOverlay\": { \"height\": 40 } }");
  GtkWidget *controls = find_widget (GTK_WIDGET (window->window), GTK_TYPE_WINDOW_CONTROLS);

  g_assert_nonnull (controls);
  g_assert_cmpint (gtk_widget_get_height (controls), >=, 40);
  g_assert_cmpint (gtk_widget_get_height (get_view (window)), ==,
                   gtk_widget_get_height (GTK_WIDGET (window->window)));
  user_hand_click (controls, gtk_widget_get_width (controls) - 15,
                   gtk_widget_get_height (controls) / 2., 1);
  ipc_wait_until (mullion_browser_window_is_destroyed (window->window));
}

/* The user's settings say which buttons there are, and on which side. */
static void
test_decoration_layout (void)
{
  g_autoptr(IpcWindow) window =
    open_page ("{ \"titleBarStyle\": \"hidden\", \"titleBarOverlay\": true, \"width\": 400 }");
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window->window));
  GtkWidget *controls = find_widget (GTK_WIDGET (window->window), GTK_TYPE_WINDOW_CONTROLS);

  g_assert_cmpint (gtk_window_controls_get_side (GTK_WINDOW_CONTROLS (controls)), ==, GTK_PACK_END);
  g_object_set (settings, "gtk-decoration-layout", "close:", NULL);
  ipc_wait_until ((controls = find_widget (GTK_WIDGET (window->window),
                                           GTK_TYPE_WINDOW_CONTROLS)) != NULL &&
                  gtk_window_controls_get_side (GTK_WINDOW_CONTROLS (controls)) == GTK_PACK_START);
  g_object_set (settings, "gtk-decoration-layout", ":", NULL);
  ipc_wait_until (find_widget (GTK_WIDGET (window->window), GTK_TYPE_WINDOW_CONTROLS) == NULL);
  gtk_settings_reset_property (settings, "gtk-decoration-layout");
  ipc_wait_until (find_widget (GTK_WIDGET (window->window), GTK_TYPE_WINDOW_CONTROLS) != NULL);
}

static void
clicked_cb (GtkButton *button,
            guint     *n_clicks)
{
  (*n_clicks)++;
}

/* A window of GTK's like any other: a header bar beside the page needs nothing of Mullion. */
static void
test_header_bar (void)
{
  g_autoptr(IpcWindow) window = ipc_window_new ("{ \"show\": false }");
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *button = gtk_button_new_with_label ("Save");
  guint n_clicks = 0;

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), &n_clicks);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), button);
  gtk_window_set_titlebar (GTK_WINDOW (window->window), bar);
  mullion_browser_window_show (window->window);
  ipc_window_load (window, "windows/index.html");
  ipc_wait_until (gtk_widget_get_height (get_view (window)) > 0
                  && g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window->window)), "Parts") == 0);
  g_assert_cmpint (gtk_widget_get_height (bar), >, 0);
  user_hand_click (button, 10, 10, 1);
  ipc_wait_until (n_clicks == 1);
}

/* As the display has it, with its alpha. */
static gulong
get_pixel (IpcWindow *window,
           int        x,
           int        y)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window->window));
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  XImage *image = XGetImage (display, gdk_x11_surface_get_xid (surface), x, y, 1, 1, AllPlanes,
                             ZPixmap);
  gulong pixel;

  g_assert_nonnull (image);
  g_assert_cmpint (image->depth, ==, 32);
  pixel = XGetPixel (image, 0, 0);
  XDestroyImage (image);
  return pixel & 0xffffffff;
}

/* Frames are painted, and then the display has them: there is no event for that. */
static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_pixel (IpcWindow *window,
                gulong     pixel)
{
  guint look = g_timeout_add (20, look_cb, NULL);

  ipc_wait_until (get_pixel (window, 150, 80) == pixel);
  g_source_remove (look);
}

static void
test_transparent (void)
{
  g_autoptr(IpcWindow) window = open_page ("{ \"frame\": false, \"transparent\": true,"
                                           "  \"width\": 200, \"height\": 100 }");
  g_autoptr(IpcWindow) opaque = open_page ("{ \"frame\": false, \"width\": 200, \"height\": 100 }");

  wait_for_pixel (opaque, 0xffffffff);
  ipc_assert_run (window, "document.body.style.background = 'rgb(255 0 0)'; true", "true");
  wait_for_pixel (window, 0xffff0000);
  ipc_assert_run (window, "document.body.style.background = ''; true", "true");
  wait_for_pixel (window, 0);
}

static void
title_cb (MullionWebContents *contents,
          const char         *title,
          gboolean           *has_title)
{
  *has_title = g_strcmp0 (title, "Parts") == 0;
}

static MullionWebContentsView *
add_view (IpcWindow          *window,
          const GdkRectangle *bounds)
{
  MullionWebContentsView *view =
    g_object_ref_sink (mullion_web_contents_view_new (ipc_app_get (), NULL));
  MullionWebContents *contents = mullion_web_contents_view_get_web_contents (view);
  gboolean has_title = FALSE;

  mullion_web_contents_view_set_bounds (view, bounds);
  mullion_browser_window_add_child_view (window->window, view);
  g_signal_connect (contents, "page-title-updated", G_CALLBACK (title_cb), &has_title);
  mullion_web_contents_load_file (contents, "windows/index.html");
  ipc_wait_until (has_title);
  g_signal_handlers_disconnect_by_data (contents, &has_title);
  return view;
}

/* Which widget is at a point of @content, of what a pointer would be above. */
static gboolean
is_at (GtkWidget              *content,
       MullionWebContentsView *view,
       double                  x,
       double                  y)
{
  GtkWidget *widget = gtk_widget_pick (content, x, y, GTK_PICK_DEFAULT);

  return widget != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (view));
}

/* Beyond the page, and where its corners are cut off, a view is not there. */
static void
test_view_edges (void)
{
  g_autoptr(IpcWindow) window = open_page ("{ \"width\": 400, \"height\": 300 }");
  g_autoptr(MullionWebContentsView) view = add_view (window, &(GdkRectangle) { 10, 60, 150, 100 });
  GtkWidget *content = gtk_widget_get_parent (GTK_WIDGET (view));

  ipc_wait_until (is_at (content, view, 12, 62));
  mullion_web_contents_view_set_border_radius (view, 30);
  ipc_wait_until (!is_at (content, view, 12, 62));
  g_assert_true (is_at (content, view, 85, 110));
  mullion_web_contents_view_set_border_radius (view, 0);
  ipc_wait_until (is_at (content, view, 12, 62));

  mullion_web_contents_view_set_bounds (view, &(GdkRectangle) { -50, -50, 100, 100 });
  ipc_wait_until (is_at (content, view, 2, 2));
  g_assert_false (is_at (content, view, -2, 2));
  g_assert_false (is_at (content, view, 2, -2));
}

static void
test_views (void)
{
  g_autoptr(IpcWindow) window = open_page ("{ \"width\": 400, \"height\": 300 }");
  g_autoptr(MullionWebContentsView) left = add_view (window, &(GdkRectangle) { 10, 60, 150, 100 });
  g_autoptr(MullionWebContentsView) right = add_view (window, &(GdkRectangle) { 50, 70, 300, 90 });
  MullionWebContents *contents = mullion_web_contents_view_get_web_contents (left);
  g_autoptr(GList) both = mullion_browser_window_dup_child_views (window->window);
  g_autoptr(GList) turned = NULL;
  graphene_rect_t place;

  g_assert_true (both->data == left && both->next->data == right && both->next->next == NULL);
  g_assert_true (mullion_browser_window_from_web_contents (contents) == window->window);
  g_assert_true (mullion_browser_window_get_web_contents (window->window) == window->contents);
  ipc_wait_until (gtk_widget_compute_bounds (GTK_WIDGET (left), get_view (window), &place)
                  && place.size.width == 150);
  g_assert_cmpfloat (place.origin.x, ==, 10);
  g_assert_cmpfloat (place.origin.y, ==, 60);

  mullion_web_contents_view_set_bounds (left, &(GdkRectangle) { 20, 80, 70, 40 });
  ipc_wait_until (gtk_widget_compute_bounds (GTK_WIDGET (left), get_view (window), &place)
                  && place.size.width == 70 && place.origin.x == 20);

  mullion_browser_window_add_child_view (window->window, left);
  turned = mullion_browser_window_dup_child_views (window->window);
  g_assert_true (turned->data == right && turned->next->data == left);

  /* Kept, it can come back; let go, its page ends. */
  mullion_browser_window_remove_child_view (window->window, left);
  g_assert_false (mullion_web_contents_is_destroyed (contents));
  g_assert_null (mullion_browser_window_from_web_contents (contents));
  g_object_ref (contents);
  g_clear_object (&left);
  g_assert_true (mullion_web_contents_is_destroyed (contents));
  g_object_unref (contents);

  mullion_browser_window_destroy (window->window);
  g_assert_null (mullion_web_contents_view_get_web_contents (right));
  g_assert_null (mullion_browser_window_dup_child_views (window->window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MullionApp) app = NULL;

  g_test_init (&argc, &argv, NULL);

  /* Where GTK moves a window itself, for want of a window manager, it takes the button for let go
   * twice and warns of that: a warning shall not end this program. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  app = ipc_app_new ("io.github.mullion.TestWindowParts");
  if (!user_hand_is_there ())
    {
      g_print ("1..0 # SKIP no xdotool here\n");
      return 0;
    }

  g_test_add_func ("/window-parts/drag", test_drag);
  g_test_add_func ("/window-parts/no-drag", test_no_drag);
  g_test_add_func ("/window-parts/no-press", test_no_press);
  g_test_add_func ("/window-parts/edges", test_edges);
  g_test_add_func ("/window-parts/resize", test_resize);
  g_test_add_func ("/window-parts/controls", test_controls);
  g_test_add_func ("/window-parts/decoration-layout", test_decoration_layout);
  g_test_add_func ("/window-parts/header-bar", test_header_bar);
  g_test_add_func ("/window-parts/transparent", test_transparent);
  g_test_add_func ("/window-parts/views", test_views);
  g_test_add_func ("/window-parts/view-edges", test_view_edges);
  return g_test_run ();
}
