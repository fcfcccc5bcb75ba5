/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `screen`: the monitors, and where the pointer is. Main process.
 */

#define POINT                                                                                      \
  "[{\"type\":\"object\",\"required\":[\"x\",\"y\"],\"properties\":{"                              \
  "\"x\":{\"type\":\"integer\",\"minimum\":-1000000,\"maximum\":1000000},"                         \
  "\"y\":{\"type\":\"integer\",\"minimum\":-1000000,\"maximum\":1000000}}}]"

static void
answer_display (MullionIpcMainInvokeEvent *event,
                JsonObject                *display)
{
  if (display != NULL)
    mullion_ipc_main_invoke_event_return (event,
                                          json_node_init_object (json_node_alloc (), display));
  else
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                                                    "This desktop has no monitor");
  g_clear_pointer (&display, json_object_unref);
}

static void
get_all_displays_cb (MullionIpcMainInvokeEvent *event,
                     JsonArray                 *args,
                     gpointer                   user_data)
{
  g_autoptr(JsonArray) all = mullion_screen_get_all_displays (mullion_screen_get_default ());

  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), all));
}

static void
get_primary_display_cb (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  answer_display (event, mullion_screen_get_primary_display (mullion_screen_get_default ()));
}

static void
get_nearest_display_cb (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  JsonObject *point = json_array_get_object_element (args, 0);

  answer_display (event, mullion_screen_get_display_nearest_point (
                           mullion_screen_get_default (),
                           (int) json_object_get_int_member (point, "x"),
                           (int) json_object_get_int_member (point, "y")));
}

static void
get_matching_display_cb (MullionIpcMainInvokeEvent *event,
                         JsonArray                 *args,
                         gpointer                   user_data)
{
  GdkRectangle area;

  mullion_desktop_read_rectangle (json_array_get_object_element (args, 0), &area);
  answer_display (event,
                  mullion_screen_get_display_matching (mullion_screen_get_default (), &area));
}

static void
get_cursor_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  g_autoptr(JsonObject) point = json_object_new ();
  int x;
  int y;

  if (!mullion_screen_get_cursor_screen_point (mullion_screen_get_default (), &x, &y))
    {
      mullion_ipc_main_invoke_event_return_new_error (
        event, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
        "This desktop does not tell where the pointer is");
      return;
    }

  json_object_set_int_member (point, "x", x);
  json_object_set_int_member (point, "y", y);
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), point));
}

static gpointer
get_source (MullionDesktop     *desktop,
            MullionWebContents *contents)
{
  return mullion_screen_get_default ();
}

static const MullionDesktopMethod methods[] = {
  { "getAllDisplays", get_all_displays_cb, MULLION_DESKTOP_NOTHING },
  { "getCursorScreenPoint", get_cursor_cb, MULLION_DESKTOP_NOTHING },
  { "getDisplayMatching", get_matching_display_cb, "[" MULLION_DESKTOP_RECTANGLE "]" },
  { "getDisplayNearestPoint", get_nearest_display_cb, POINT },
  { "getPrimaryDisplay", get_primary_display_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = {
  "display-added", "display-metrics-changed", "display-removed", NULL,
};

const MullionDesktopModule mullion_desktop_screen = {
  .name = "screen",
  .methods = methods,
  .events = events,
  .get_source = get_source,
};
