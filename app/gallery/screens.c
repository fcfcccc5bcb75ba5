/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-replies.h"

/*
 * The monitors, and where this window and the pointer are on them.
 *
 * On Wayland nobody but the compositor knows the latter two, and both are null.
 */

static void
set_pointer (JsonObject    *state,
             MullionScreen *screen)
{
  JsonObject *point;
  int x, y;

  if (!mullion_screen_get_cursor_screen_point (screen, &x, &y))
    {
      json_object_set_null_member (state, "pointer");
      return;
    }

  point = json_object_new ();
  json_object_set_int_member (point, "x", x);
  json_object_set_int_member (point, "y", y);
  json_object_set_object_member (state, "pointer", point);
}

static void
set_window (JsonObject         *state,
            MullionWebContents *contents)
{
  MullionBrowserWindow *window = mullion_browser_window_from_web_contents (contents);
  GdkRectangle bounds;
  JsonObject *object;
  int x, y;

  if (window == NULL || !mullion_browser_window_get_position (window, &x, &y))
    {
      json_object_set_null_member (state, "window");
      return;
    }

  mullion_browser_window_get_bounds (window, &bounds);
  object = json_object_new ();
  json_object_set_int_member (object, "x", x);
  json_object_set_int_member (object, "y", y);
  json_object_set_int_member (object, "width", bounds.width);
  json_object_set_int_member (object, "height", bounds.height);
  json_object_set_object_member (state, "window", object);
}

static void
get_state (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  MullionScreen *screen = mullion_screen_get_default ();
  g_autoptr(JsonObject) state = json_object_new ();

  json_object_set_array_member (state, "displays", mullion_screen_get_all_displays (screen));
  set_pointer (state, screen);
  set_window (state, mullion_ipc_main_invoke_event_get_sender (event));
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), state));
}

static void
changed_cb (void)
{
  gallery_tell_pages ("screens:changed", json_array_new ());
}

static void
ready_cb (MullionApp *app)
{
  MullionScreen *screen = mullion_screen_get_default ();

  g_signal_connect (screen, "display-added", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (screen, "display-removed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (screen, "display-metrics-changed", G_CALLBACK (changed_cb), NULL);
}

void
gallery_screens_register (MullionApp *app)
{
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "screens:state", get_state, NULL, NULL);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
}
