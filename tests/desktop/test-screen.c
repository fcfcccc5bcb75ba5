/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mock-service.h"
#include "mullion-screen-private.h"
#include "user-hand.h"

#include <X11/XKBlib.h>
#include <X11/extensions/Xrandr.h>
#include <gdk/x11/gdkx.h>
#include <mullion.h>
#include <string.h>

/*
 * The monitors of the display. A virtual display has one and keeps it, so that what comes and goes
 * is that one in a list of the test's own.
 */

static GString *events;

static void
added_cb (MullionScreen *screen,
          JsonObject    *display)
{
  g_string_append_printf (events, "added %s;", json_object_get_string_member (display, "label"));
}

static void
removed_cb (MullionScreen *screen,
            JsonObject    *display)
{
  g_string_append_printf (events, "removed %s;", json_object_get_string_member (display, "label"));
}

static void
changed_cb (MullionScreen *screen,
            JsonObject    *display,
            char         **changed)
{
  g_string_append (events, "changed;");
}

static GdkMonitor *
get_monitor (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  GdkMonitor *monitor = g_list_model_get_item (monitors, 0);

  g_object_unref (monitor);
  return monitor;
}

static void
assert_bounds (JsonObject *display,
               int         x,
               int         y)
{
  JsonObject *bounds = json_object_get_object_member (display, "bounds");
  JsonObject *size = json_object_get_object_member (display, "size");
  GdkRectangle place;

  gdk_monitor_get_geometry (get_monitor (), &place);
  g_assert_cmpint (json_object_get_int_member (bounds, "x"), ==, x);
  g_assert_cmpint (json_object_get_int_member (bounds, "y"), ==, y);
  g_assert_cmpint (json_object_get_int_member (bounds, "width"), ==, place.width);
  g_assert_cmpint (json_object_get_int_member (size, "height"), ==, place.height);
}

static void
test_displays (void)
{
  MullionScreen *screen = mullion_screen_get_default ();
  g_autoptr(JsonArray) all = mullion_screen_get_all_displays (screen);
  g_autoptr(JsonObject) primary = mullion_screen_get_primary_display (screen);
  g_autoptr(JsonObject) near = mullion_screen_get_display_nearest_point (screen, -5000, 90000);
  g_autoptr(JsonObject) matching =
    mullion_screen_get_display_matching (screen, &(GdkRectangle) { 10, 10, 50, 50 });
  g_autoptr(JsonObject) far =
    mullion_screen_get_display_matching (screen, &(GdkRectangle) { 90000, 10, 50, 50 });
  JsonObject *work_area;

  g_assert_true (screen == mullion_screen_get_default ());
  g_assert_cmpuint (json_array_get_length (all), ==, 1);
  assert_bounds (json_array_get_object_element (all, 0), 0, 0);
  assert_bounds (primary, 0, 0);
  assert_bounds (near, 0, 0);
  assert_bounds (matching, 0, 0);
  assert_bounds (far, 0, 0);
  g_assert_cmpint (json_object_get_int_member (primary, "scaleFactor"), ==,
                   gdk_monitor_get_scale_factor (get_monitor ()));
  work_area = json_object_get_object_member (primary, "workArea");
  g_assert_cmpint (json_object_get_int_member (work_area, "width"), >, 0);
  g_assert_cmpint (json_object_get_int_member (primary, "id"), ==,
                   json_object_get_int_member (near, "id"));
}

static void
test_changes (void)
{
  g_autoptr(GListStore) monitors = g_list_store_new (GDK_TYPE_MONITOR);
  g_autoptr(MullionScreen) screen = mullion_screen_new (G_LIST_MODEL (monitors));
  g_autoptr(JsonArray) none = mullion_screen_get_all_displays (screen);
  g_autoptr(JsonObject) nothing = mullion_screen_get_display_nearest_point (screen, 0, 0);
  g_autoptr(JsonObject) primary = mullion_screen_get_primary_display (screen);
  g_autofree char *added =
    g_strdup_printf ("added %s;", json_object_get_string_member (primary, "label"));
  g_autofree char *removed =
    g_strdup_printf ("removed %s;", json_object_get_string_member (primary, "label"));

  g_assert_cmpuint (json_array_get_length (none), ==, 0);
  g_assert_null (nothing);
  g_signal_connect (screen, "display-added", G_CALLBACK (added_cb), NULL);
  g_signal_connect (screen, "display-removed", G_CALLBACK (removed_cb), NULL);
  g_signal_connect (screen, "display-metrics-changed", G_CALLBACK (changed_cb), NULL);

  g_list_store_append (monitors, get_monitor ());
  g_assert_cmpstr (events->str, ==, added);
  g_string_truncate (events, 0);

  /* GTK says that something changed, and it is as before. */
  g_object_notify (G_OBJECT (get_monitor ()), "geometry");
  g_assert_cmpstr (events->str, ==, "");

  g_list_store_remove (monitors, 0);
  g_assert_cmpstr (events->str, ==, removed);
  g_string_truncate (events, 0);
  g_object_notify (G_OBJECT (get_monitor ()), "geometry");
  g_assert_cmpstr (events->str, ==, "");
}

/* Another mode of the one monitor of a virtual display. */
typedef struct
{
  Display *display;
  XRRScreenResources *resources;
  XRRCrtcInfo *before;
} Monitor;

static gboolean
set_mode (Monitor *monitor,
          RRMode   mode)
{
  return XRRSetCrtcConfig (monitor->display, monitor->resources, monitor->resources->crtcs[0],
                           CurrentTime, 0, 0, mode, RR_Rotate_0, monitor->before->outputs,
                           monitor->before->noutput) == RRSetConfigSuccess;
}

static RRMode
add_mode (Monitor    *monitor,
          const char *name,
          guint       width,
          guint       height)
{
  XRRModeInfo info = { .width = width, .height = height, .name = (char *) name,
                       .nameLength = (guint) strlen (name), .hTotal = width, .vTotal = height,
                       .dotClock = (gulong) width * height * 60 };
  RRMode mode = XRRCreateMode (monitor->display, DefaultRootWindow (monitor->display), &info);

  XRRAddOutputMode (monitor->display, monitor->before->outputs[0], mode);
  return mode;
}

static void
forget_mode (Monitor *monitor,
             RRMode   mode)
{
  XRRDeleteOutputMode (monitor->display, monitor->before->outputs[0], mode);
  XRRDestroyMode (monitor->display, mode);
  XRRFreeCrtcInfo (monitor->before);
  XRRFreeScreenResources (monitor->resources);
  XCloseDisplay (monitor->display);
}

static void
metrics_cb (MullionScreen *screen,
            JsonObject    *display,
            char         **changed,
            gpointer       user_data)
{
  JsonObject *bounds = json_object_get_object_member (display, "bounds");
  g_autofree char *names = g_strjoinv (",", changed);

  g_string_append_printf (events, "%s %dx%d;", names,
                          (int) json_object_get_int_member (bounds, "width"),
                          (int) json_object_get_int_member (bounds, "height"));
}

/* As when a user chooses another resolution. */
static void
test_metrics (void)
{
  MullionScreen *screen = mullion_screen_get_default ();
  Monitor monitor = { .display = XOpenDisplay (NULL) };
  GdkRectangle place;
  g_autofree char *back = NULL;
  RRMode mode;

  gdk_monitor_get_geometry (get_monitor (), &place);
  back = g_strdup_printf ("bounds,workArea %dx%d;", place.width, place.height);
  monitor.resources =
    XRRGetScreenResources (monitor.display, DefaultRootWindow (monitor.display));
  monitor.before = XRRGetCrtcInfo (monitor.display, monitor.resources,
                                   monitor.resources->crtcs[0]);
  g_signal_connect (screen, "display-metrics-changed", G_CALLBACK (metrics_cb), NULL);

  mode = add_mode (&monitor, "mullion", 640, 400);
  g_assert_true (set_mode (&monitor, mode));
  mock_wait_until (g_str_equal (events->str, "bounds,workArea 640x400;"));
  g_string_truncate (events, 0);

  g_assert_true (set_mode (&monitor, monitor.before->mode));
  mock_wait_until (g_str_equal (events->str, back));
  g_string_truncate (events, 0);

  g_signal_handlers_disconnect_by_func (screen, metrics_cb, NULL);
  forget_mode (&monitor, mode);
}

static void
test_cursor (void)
{
  Display *display = gdk_x11_display_get_xdisplay (gdk_display_get_default ());
  int x, y;

  XWarpPointer (display, None, DefaultRootWindow (display), 0, 0, 0, 0, 123, 45);
  XSync (display, False);
  g_assert_true (mullion_screen_get_cursor_screen_point (mullion_screen_get_default (), &x, &y));
  g_assert_cmpint (x, ==, 123);
  g_assert_cmpint (y, ==, 45);
}

/* Another program of the display hears that the bell was rung. */
static void
test_beep (void)
{
  Display *other = XOpenDisplay (NULL);
  XkbEvent event = { 0 };
  int first_event = 0;

  g_assert_true (XkbQueryExtension (other, NULL, &first_event, NULL, NULL, NULL));
  g_assert_true (XkbSelectEvents (other, XkbUseCoreKbd, XkbBellNotifyMask, XkbBellNotifyMask));
  XSync (other, False);
  g_assert_cmpint (XPending (other), ==, 0);

  mullion_shell_beep ();
  gdk_display_sync (gdk_display_get_default ());
  XSync (other, False);
  g_assert_cmpint (XPending (other), ==, 1);
  XNextEvent (other, &event.core);
  g_assert_cmpint (event.type, ==, first_event);
  g_assert_cmpint (event.any.xkb_type, ==, XkbBellNotify);
  XCloseDisplay (other);
}

/* -- For how long nobody has touched it -- */

static void
note_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static int
read_idle_time (void)
{
  MullionPowerMonitor *monitor = mullion_power_monitor_get_default ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int seconds;

  mullion_power_monitor_get_system_idle_time_async (monitor, NULL, note_cb, &result);
  mock_wait_until (result != NULL);
  seconds = mullion_power_monitor_get_system_idle_time_finish (monitor, result, &error);
  g_assert_no_error (error);
  return seconds;
}

/* No service on the bus of the test tells, and the X server does. */
static void
test_idle_time (void)
{
  if (!user_hand_is_there ())
    {
      g_test_skip ("no xdotool here");
      return;
    }

  user_hand_press ("shift");
  g_assert_cmpint (read_idle_time (), ==, 0);
  g_test_timer_start ();
  while (read_idle_time () == 0)
    g_assert_cmpfloat (g_test_timer_elapsed (), <, 30);
  user_hand_press ("shift");
  g_assert_cmpint (read_idle_time (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_bus_start ();
  /* What tells a program of X11 that the session is one of Wayland. */
  g_unsetenv ("WAYLAND_DISPLAY");
  gtk_init ();
  events = g_string_new (NULL);
  if (!GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    {
      g_print ("1..0 # SKIP the display of the test is X11's\n");
      return 0;
    }

  g_test_add_func ("/screen/displays", test_displays);
  g_test_add_func ("/screen/changes", test_changes);
  g_test_add_func ("/screen/metrics", test_metrics);
  g_test_add_func ("/screen/cursor", test_cursor);
  g_test_add_func ("/screen/beep", test_beep);
  g_test_add_func ("/screen/idle-time", test_idle_time);

  status = g_test_run ();
  mock_bus_stop ();
  return status;
}
