/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "window-manager.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/* What a window asks of the window manager, seen on the window of X11 itself and on the root window,
 * where the window manager says what became of it. */

#define ALL_DESKTOPS 0xFFFFFFFF

static Display *
get_display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

/* Of any GtkWindow, here and below. */
static Window
get_xid (gpointer window)
{
  return gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window)));
}

/* (transfer full): what a property of 32-bit items has */
static GArray *
read_property (Window      window,
               const char *name)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (long));
  Atom type;
  int format;
  unsigned long n_items, left_over;
  unsigned char *data = NULL;

  XGetWindowProperty (get_display (), window, XInternAtom (get_display (), name, False), 0, 64, False,
                      AnyPropertyType, &type, &format, &n_items, &left_over, &data);
  if (data != NULL && format == 32)
    g_array_append_vals (items, data, (guint) n_items);
  if (data != NULL)
    XFree (data);
  return items;
}

static int
find_item (Window      window,
           const char *name,
           long        item)
{
  g_autoptr(GArray) items = read_property (window, name);

  /* Xlib takes the items for signed numbers. */
  for (guint i = 0; i < items->len; i++)
    if ((guint32) g_array_index (items, long, i) == (guint32) item)
      return (int) i;
  return -1;
}

static gboolean
has_item (Window      window,
          const char *name,
          long        item)
{
  return find_item (window, name, item) >= 0;
}

static gboolean
has_atom (gpointer    window,
          const char *name,
          const char *atom)
{
  return has_item (get_xid (window), name, (long) XInternAtom (get_display (), atom, False));
}

static gboolean
has_state (gpointer    window,
           const char *state)
{
  return has_atom (window, "_NET_WM_STATE", state);
}

static gboolean
is_active (MullionBrowserWindow *window)
{
  return has_item (DefaultRootWindow (get_display ()), "_NET_ACTIVE_WINDOW", (long) get_xid (window));
}

static int
get_layer (MullionBrowserWindow *window)
{
  return find_item (DefaultRootWindow (get_display ()), "_NET_CLIENT_LIST_STACKING",
                    (long) get_xid (window));
}

static XWMHints
get_hints (MullionBrowserWindow *window)
{
  XWMHints *hints = XGetWMHints (get_display (), get_xid (window));
  XWMHints copy = { 0 };

  if (hints != NULL)
    {
      copy = *hints;
      XFree (hints);
    }
  return copy;
}

static void
test_always_on_top (WmFixture    *fixture,
                    gconstpointer data)
{
  MullionBrowserWindow *other;
  g_autoptr(GError) error = NULL;

  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  g_assert_false (mullion_browser_window_is_always_on_top (fixture->window));
  g_assert_true (mullion_browser_window_set_always_on_top (fixture->window, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (mullion_browser_window_is_always_on_top (fixture->window));
  g_assert_cmpstr (fixture->events->str, ==, " always-on-top-changed:1 ");
  mullion_browser_window_set_always_on_top (fixture->window, TRUE, NULL);
  g_assert_cmpstr (fixture->events->str, ==, " always-on-top-changed:1 ");
  wm_wait_until (has_state (fixture->window, "_NET_WM_STATE_ABOVE"));

  /* A window that has the focus is below it all the same. */
  other = wm_open_other ("{}");
  wm_wait_until (is_active (other));
  wm_wait_until (get_layer (fixture->window) > get_layer (other));

  /* The window manager forgets a window that is hidden. */
  mullion_browser_window_hide (fixture->window);
  wm_wait_until (get_layer (fixture->window) < 0);
  g_assert_false (has_state (fixture->window, "_NET_WM_STATE_ABOVE"));
  mullion_browser_window_show (fixture->window);
  wm_wait_until (has_state (fixture->window, "_NET_WM_STATE_ABOVE"));

  mullion_browser_window_set_always_on_top (fixture->window, FALSE, NULL);
  wm_wait_for_event (fixture, "always-on-top-changed:0");
  wm_wait_until (!has_state (fixture->window, "_NET_WM_STATE_ABOVE"));
  mullion_browser_window_destroy (other);
}

static void
test_hint_options (WmFixture    *fixture,
                   gconstpointer data)
{
  wm_open (fixture, "{ \"alwaysOnTop\": true, \"skipTaskbar\": true, \"opacity\": 0.5 }");
  g_assert_true (mullion_browser_window_is_always_on_top (fixture->window));
  wm_wait_until (has_state (fixture->window, "_NET_WM_STATE_ABOVE"));
  wm_wait_until (has_state (fixture->window, "_NET_WM_STATE_SKIP_TASKBAR"));
  g_assert_true (has_item (get_xid (fixture->window), "_NET_WM_WINDOW_OPACITY", 0x7FFFFFFF));
  g_assert_cmpfloat (mullion_browser_window_get_opacity (fixture->window), ==, 0.5);

  g_assert_true (mullion_browser_window_set_skip_taskbar (fixture->window, FALSE, NULL));
  wm_wait_until (!has_state (fixture->window, "_NET_WM_STATE_SKIP_TASKBAR"));
  g_assert_true (mullion_browser_window_set_opacity (fixture->window, 1, NULL));
  g_assert_false (has_item (get_xid (fixture->window), "_NET_WM_WINDOW_OPACITY", 0x7FFFFFFF));
}

static void
test_all_workspaces (WmFixture    *fixture,
                     gconstpointer data)
{
  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_set_visible_on_all_workspaces (fixture->window, TRUE, NULL);
  g_assert_true (mullion_browser_window_is_visible_on_all_workspaces (fixture->window));
  wm_wait_until (has_item (get_xid (fixture->window), "_NET_WM_DESKTOP", ALL_DESKTOPS));
  mullion_browser_window_set_visible_on_all_workspaces (fixture->window, FALSE, NULL);
  wm_wait_until (has_item (get_xid (fixture->window), "_NET_WM_DESKTOP", 0));
}

/* Until the user looks. */
static void
test_flash (WmFixture    *fixture,
            gconstpointer data)
{
  MullionBrowserWindow *other;

  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  other = wm_open_other ("{}");
  wm_wait_for_event (fixture, "blur");
  g_assert_true (mullion_browser_window_flash_frame (fixture->window, TRUE, NULL));
  g_assert_true (get_hints (fixture->window).flags & XUrgencyHint);

  mullion_browser_window_focus (fixture->window);
  wm_wait_for_event (fixture, "focus");
  g_assert_false (get_hints (fixture->window).flags & XUrgencyHint);
  mullion_browser_window_destroy (other);
}

static void
test_focusable (WmFixture    *fixture,
                gconstpointer data)
{
  MullionBrowserWindow *other = wm_open_other ("{}");

  wm_wait_until (is_active (other));
  wm_open (fixture, "{ \"focusable\": false }");
  g_assert_false (mullion_browser_window_is_focusable (fixture->window));
  wm_wait_until (get_layer (fixture->window) >= 0);
  mullion_browser_window_focus (fixture->window);
  mullion_browser_window_flash_frame (fixture->window, TRUE, NULL);
  g_assert_false (get_hints (fixture->window).input);
  g_assert_true (get_hints (fixture->window).flags & XUrgencyHint);
  g_assert_false (has_atom (fixture->window, "WM_PROTOCOLS", "WM_TAKE_FOCUS"));
  g_assert_true (has_atom (fixture->window, "WM_PROTOCOLS", "WM_DELETE_WINDOW"));

  mullion_browser_window_set_focusable (fixture->window, TRUE, NULL);
  g_assert_true (get_hints (fixture->window).input);
  g_assert_true (has_atom (fixture->window, "WM_PROTOCOLS", "WM_TAKE_FOCUS"));
  g_assert_null (strstr (fixture->events->str, "focus"));
  mullion_browser_window_focus (fixture->window);
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_destroy (other);
}

static void
test_stacking (WmFixture    *fixture,
               gconstpointer data)
{
  MullionBrowserWindow *middle, *top;

  wm_open (fixture, "{}");
  wm_wait_until (is_active (fixture->window));
  middle = wm_open_other ("{}");
  wm_wait_until (is_active (middle));
  top = wm_open_other ("{}");
  wm_wait_until (is_active (top));
  g_assert_cmpint (get_layer (fixture->window), <, get_layer (middle));
  g_assert_cmpint (get_layer (middle), <, get_layer (top));

  /* Openbox brings it above all, and is right to: it is above that one. */
  g_assert_true (mullion_browser_window_move_above (fixture->window, middle, NULL));
  wm_wait_until (get_layer (fixture->window) > get_layer (middle));
  g_assert_true (mullion_browser_window_move_top (middle, NULL));
  wm_wait_until (get_layer (middle) > get_layer (top));
  g_assert_true (is_active (top));
  mullion_browser_window_destroy (middle);
  mullion_browser_window_destroy (top);
}

/* A window that has just come has a first size on its way from the window system, which GTK takes for
 * the last word. */
static void
open_and_settle (WmFixture *fixture)
{
  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  mullion_browser_window_set_position (fixture->window, 50, 40, NULL);
  wm_wait_for_event (fixture, "moved");
}

static gboolean
has_bounds (WmFixture          *fixture,
            void              (*get) (MullionBrowserWindow *window,
                                      GdkRectangle         *bounds),
            const GdkRectangle *expected)
{
  GdkRectangle bounds;

  get (fixture->window, &bounds);
  return gdk_rectangle_equal (&bounds, expected);
}

/* The frame of the window manager is around the page, which stands where it was told. */
static void
test_content_bounds (WmFixture    *fixture,
                     gconstpointer data)
{
  static const GdkRectangle place = { 120, 140, 330, 220 };
  GdkRectangle frame;

  open_and_settle (fixture);
  g_assert_true (mullion_browser_window_set_content_bounds (fixture->window, &place, NULL));
  wm_wait_until (has_bounds (fixture, mullion_browser_window_get_content_bounds, &place));
  mullion_browser_window_get_bounds (fixture->window, &frame);
  g_assert_cmpint (frame.y, <, place.y);
}

static void
test_normal_bounds (WmFixture    *fixture,
                    gconstpointer data)
{
  static const GdkRectangle place = { 90, 80, 400, 300 };
  GdkRectangle bounds;

  open_and_settle (fixture);
  g_assert_true (mullion_browser_window_is_normal (fixture->window));
  mullion_browser_window_set_bounds (fixture->window, &place, NULL);
  wm_wait_for_event (fixture, "moved");
  wm_wait_until (has_bounds (fixture, mullion_browser_window_get_normal_bounds, &place));

  mullion_browser_window_maximize (fixture->window);
  wm_wait_for_event (fixture, "moved");
  g_assert_false (mullion_browser_window_is_normal (fixture->window));
  mullion_browser_window_get_bounds (fixture->window, &bounds);
  g_assert_cmpint (bounds.x, ==, 0);
  g_assert_true (has_bounds (fixture, mullion_browser_window_get_normal_bounds, &place));

  mullion_browser_window_set_full_screen (fixture->window, TRUE);
  wm_wait_for_event (fixture, "enter-full-screen");
  g_assert_true (has_bounds (fixture, mullion_browser_window_get_normal_bounds, &place));
}

static void
test_moves (WmFixture    *fixture,
            gconstpointer data)
{
  int x, y;

  open_and_settle (fixture);
  mullion_browser_window_set_position (fixture->window, 70, 60, NULL);
  wm_wait_for_event (fixture, "move");
  g_assert_true (mullion_browser_window_get_position (fixture->window, &x, &y));
  g_assert_cmpint (x, ==, 70);
  wm_wait_for_event (fixture, "moved");

  mullion_browser_window_set_size (fixture->window, 420, 320);
  wm_wait_for_event (fixture, "resized");
}

static void
test_kiosk (WmFixture    *fixture,
            gconstpointer data)
{
  wm_open (fixture, "{ \"kiosk\": true }");
  wm_wait_for_event (fixture, "focus");
  wm_wait_until (has_state (fixture->window, "_NET_WM_STATE_FULLSCREEN"));
  wm_wait_until (mullion_browser_window_is_kiosk (fixture->window));
  mullion_browser_window_set_kiosk (fixture->window, FALSE);
  wm_wait_for_event (fixture, "leave-full-screen");
  g_assert_false (mullion_browser_window_is_kiosk (fixture->window));

  /* Full screen alone is no kiosk. */
  mullion_browser_window_set_full_screen (fixture->window, TRUE);
  wm_wait_for_event (fixture, "enter-full-screen");
  g_assert_false (mullion_browser_window_is_kiosk (fixture->window));
}

/* (nullable): a window that is shown above @parent */
static GtkWindow *
find_child (MullionBrowserWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (parent)
          && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* The window manager sees that there is a window to be answered before its parent. */
static void
assert_is_modal (MullionBrowserWindow *parent)
{
  Window above = None;
  GtkWindow *child;

  ipc_wait_until (find_child (parent) != NULL);
  child = find_child (parent);
  wm_wait_until (has_state (child, "_NET_WM_STATE_MODAL"));
  g_assert_true (XGetTransientForHint (get_display (), get_xid (child), &above));
  g_assert_cmpuint (above, ==, get_xid (parent));
}

static void
test_modal (WmFixture    *fixture,
            gconstpointer data)
{
  g_autoptr(JsonObject) options = json_object_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GCancellable) second = g_cancellable_new ();
  g_autofree char *child = NULL;

  wm_open (fixture, "{}");
  wm_wait_for_event (fixture, "focus");
  json_object_set_string_member (options, "message", "Really?");
  mullion_dialog_show_message_box_async (fixture->window, options, cancellable, NULL, NULL);
  assert_is_modal (fixture->window);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (find_child (fixture->window) == NULL);

  mullion_dialog_show_open_dialog_async (fixture->window, NULL, second, NULL, NULL);
  assert_is_modal (fixture->window);
  g_cancellable_cancel (second);
  ipc_wait_until (find_child (fixture->window) == NULL);

  child = g_strdup_printf ("{ \"parent\": %u, \"modal\": true }",
                           mullion_browser_window_get_id (fixture->window));
  wm_open_other (child);
  assert_is_modal (fixture->window);
}

void
wm_add_hint_tests (void)
{
  static const WmTest tests[] = {
    { "/window-manager/always-on-top", test_always_on_top },
    { "/window-manager/hint-options", test_hint_options },
    { "/window-manager/all-workspaces", test_all_workspaces },
    { "/window-manager/flash", test_flash },
    { "/window-manager/focusable", test_focusable },
    { "/window-manager/stacking", test_stacking },
    { "/window-manager/content-bounds", test_content_bounds },
    { "/window-manager/normal-bounds", test_normal_bounds },
    { "/window-manager/moves", test_moves },
    { "/window-manager/kiosk", test_kiosk },
    { "/window-manager/modal", test_modal },
  };

  wm_add_tests (tests, G_N_ELEMENTS (tests));
}
