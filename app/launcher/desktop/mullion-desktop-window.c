/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `window`: the window of the page that calls, and no other. Main process.
 */

/* NULL when the page is in no window; the call is answered then. */
static MullionBrowserWindow *
find_window (MullionIpcMainInvokeEvent *event)
{
  MullionBrowserWindow *window = mullion_desktop_get_window (event);

  if (window == NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_GONE,
                                                    "the page has no window");
  return window;
}

/* A handler without arguments and answer. */
#define DEFINE_ACTION(name, call)                                                                  \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    mullion_ipc_main_invoke_event_return (event, NULL);                                            \
    call (window);                                                                                 \
  }

/* One that answers a question. */
#define DEFINE_QUESTION(name, call)                                                                \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
                                                                                                   \
    if (window != NULL)                                                                            \
      mullion_desktop_answer_boolean (event, call (window));                                       \
  }

/* One that sets what its argument says. */
#define DEFINE_SETTER(name, call, get)                                                             \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, get (args, 0));                                                                  \
    mullion_ipc_main_invoke_event_return (event, NULL);                                            \
  }

/* An action that this desktop may not have. */
#define DEFINE_ATTEMPT(name, call)                                                                 \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
    GError *error = NULL;                                                                          \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, &error);                                                                         \
    mullion_desktop_answer (event, error);                                                         \
  }

/* A setter of what this desktop may not have. */
#define DEFINE_WISH(name, call, get)                                                               \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
    GError *error = NULL;                                                                          \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, get (args, 0), &error);                                                          \
    mullion_desktop_answer (event, error);                                                         \
  }

DEFINE_ACTION (close_cb, mullion_browser_window_close)
DEFINE_ACTION (destroy_cb, mullion_browser_window_destroy)
DEFINE_ACTION (focus_cb, mullion_browser_window_focus)
DEFINE_ACTION (hide_cb, mullion_browser_window_hide)
DEFINE_ACTION (maximize_cb, mullion_browser_window_maximize)
DEFINE_ACTION (minimize_cb, mullion_browser_window_minimize)
DEFINE_ACTION (restore_cb, mullion_browser_window_restore)
DEFINE_ACTION (show_cb, mullion_browser_window_show)
DEFINE_ACTION (show_inactive_cb, mullion_browser_window_show_inactive)
DEFINE_ACTION (unmaximize_cb, mullion_browser_window_unmaximize)

DEFINE_QUESTION (is_always_on_top_cb, mullion_browser_window_is_always_on_top)
DEFINE_QUESTION (is_focused_cb, mullion_browser_window_is_focused)
DEFINE_QUESTION (is_full_screen_cb, mullion_browser_window_is_full_screen)
DEFINE_QUESTION (is_kiosk_cb, mullion_browser_window_is_kiosk)
DEFINE_QUESTION (is_maximized_cb, mullion_browser_window_is_maximized)
DEFINE_QUESTION (is_menu_bar_visible_cb, mullion_browser_window_is_menu_bar_visible)
DEFINE_QUESTION (is_minimized_cb, mullion_browser_window_is_minimized)
DEFINE_QUESTION (is_normal_cb, mullion_browser_window_is_normal)
DEFINE_QUESTION (is_resizable_cb, mullion_browser_window_is_resizable)
DEFINE_QUESTION (is_visible_cb, mullion_browser_window_is_visible)
DEFINE_QUESTION (is_visible_on_all_workspaces_cb,
                 mullion_browser_window_is_visible_on_all_workspaces)

DEFINE_SETTER (set_full_screen_cb, mullion_browser_window_set_full_screen,
               json_array_get_boolean_element)
DEFINE_SETTER (set_ignore_mouse_events_cb, mullion_browser_window_set_ignore_mouse_events,
               json_array_get_boolean_element)
DEFINE_SETTER (set_kiosk_cb, mullion_browser_window_set_kiosk, json_array_get_boolean_element)
DEFINE_SETTER (set_menu_bar_visibility_cb, mullion_browser_window_set_menu_bar_visibility,
               json_array_get_boolean_element)
DEFINE_SETTER (set_resizable_cb, mullion_browser_window_set_resizable,
               json_array_get_boolean_element)
DEFINE_SETTER (set_title_cb, mullion_browser_window_set_title, json_array_get_string_element)

DEFINE_ATTEMPT (center_cb, mullion_browser_window_center)
DEFINE_ATTEMPT (move_top_cb, mullion_browser_window_move_top)

DEFINE_WISH (flash_frame_cb, mullion_browser_window_flash_frame, json_array_get_boolean_element)
DEFINE_WISH (set_always_on_top_cb, mullion_browser_window_set_always_on_top,
             json_array_get_boolean_element)
DEFINE_WISH (set_opacity_cb, mullion_browser_window_set_opacity, json_array_get_double_element)
DEFINE_WISH (set_skip_taskbar_cb, mullion_browser_window_set_skip_taskbar,
             json_array_get_boolean_element)
DEFINE_WISH (set_visible_on_all_workspaces_cb, mullion_browser_window_set_visible_on_all_workspaces,
             json_array_get_boolean_element)

static void
get_opacity_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);

  if (window != NULL)
    mullion_desktop_answer_number (event, mullion_browser_window_get_opacity (window));
}

static void
get_title_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);

  if (window != NULL)
    mullion_desktop_answer_text (event, g_strdup (mullion_browser_window_get_title (window)), NULL);
}

static void
set_background_color_cb (MullionIpcMainInvokeEvent *event,
                         JsonArray                 *args,
                         gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);
  GdkRGBA color;

  if (window == NULL)
    return;
  if (!gdk_rgba_parse (&color, json_array_get_string_element (args, 0)))
    {
      mullion_ipc_main_invoke_event_return_new_error (
        event, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
        "color: expected a colour as CSS writes it, such as #fafafb");
      return;
    }
  mullion_browser_window_set_background_color (window, &color);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* -- Place and size -- */

static void
answer_pair (MullionIpcMainInvokeEvent *event,
             int                        first,
             int                        second)
{
  g_autoptr(JsonArray) pair = json_array_new ();

  json_array_add_int_element (pair, first);
  json_array_add_int_element (pair, second);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), pair));
}

#define DEFINE_GET_SIZE(name, call)                                                                \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
    int width;                                                                                     \
    int height;                                                                                    \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, &width, &height);                                                                \
    answer_pair (event, width, height);                                                            \
  }

#define DEFINE_SET_SIZE(name, call)                                                                \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, json_array_get_int_element (args, 0), json_array_get_int_element (args, 1));     \
    mullion_ipc_main_invoke_event_return (event, NULL);                                            \
  }

#define DEFINE_GET_BOUNDS(name, call)                                                              \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
    GdkRectangle bounds;                                                                           \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    call (window, &bounds);                                                                        \
    answer_bounds (event, &bounds);                                                                \
  }

#define DEFINE_SET_BOUNDS(name, call)                                                              \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionBrowserWindow *window = find_window (event);                                            \
    GdkRectangle bounds;                                                                           \
    GError *error = NULL;                                                                          \
                                                                                                   \
    if (window == NULL)                                                                            \
      return;                                                                                      \
    mullion_desktop_read_rectangle (mullion_desktop_get_object (args, 0), &bounds);                \
    call (window, &bounds, &error);                                                                \
    mullion_desktop_answer (event, error);                                                         \
  }

static void
answer_bounds (MullionIpcMainInvokeEvent *event,
               const GdkRectangle        *bounds)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "x", bounds->x);
  json_object_set_int_member (object, "y", bounds->y);
  json_object_set_int_member (object, "width", bounds->width);
  json_object_set_int_member (object, "height", bounds->height);
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), object));
}

DEFINE_GET_SIZE (get_maximum_size_cb, mullion_browser_window_get_maximum_size)
DEFINE_GET_SIZE (get_minimum_size_cb, mullion_browser_window_get_minimum_size)
DEFINE_GET_SIZE (get_size_cb, mullion_browser_window_get_size)

DEFINE_SET_SIZE (set_maximum_size_cb, mullion_browser_window_set_maximum_size)
DEFINE_SET_SIZE (set_minimum_size_cb, mullion_browser_window_set_minimum_size)
DEFINE_SET_SIZE (set_size_cb, mullion_browser_window_set_size)

DEFINE_GET_BOUNDS (get_bounds_cb, mullion_browser_window_get_bounds)
DEFINE_GET_BOUNDS (get_content_bounds_cb, mullion_browser_window_get_content_bounds)
DEFINE_GET_BOUNDS (get_normal_bounds_cb, mullion_browser_window_get_normal_bounds)

DEFINE_SET_BOUNDS (set_bounds_cb, mullion_browser_window_set_bounds)
DEFINE_SET_BOUNDS (set_content_bounds_cb, mullion_browser_window_set_content_bounds)

static void
get_position_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);
  int x;
  int y;

  if (window == NULL)
    return;
  if (mullion_browser_window_get_position (window, &x, &y))
    answer_pair (event, x, y);
  else
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_UNAVAILABLE,
                                                    "This desktop does not tell where a window is");
}

static void
set_position_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);
  GError *error = NULL;

  if (window == NULL)
    return;
  mullion_browser_window_set_position (window, json_array_get_int_element (args, 0),
                                       json_array_get_int_element (args, 1), &error);
  mullion_desktop_answer (event, error);
}

#define LENGTH     "{\"type\":\"integer\",\"minimum\":1,\"maximum\":16384}"
#define COORDINATE "{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}"

#define LIMIT      "{\"type\":\"integer\",\"minimum\":0,\"maximum\":16384}"
#define BOUNDS                                                                                     \
  "[{\"type\":\"object\",\"required\":[\"x\",\"y\",\"width\",\"height\"],\"properties\":{"             \
  "\"x\":" COORDINATE ",\"y\":" COORDINATE ",\"width\":" LENGTH ",\"height\":" LENGTH "}}]"

static const MullionDesktopMethod methods[] = {
  { "center", center_cb, MULLION_DESKTOP_NOTHING },
  { "close", close_cb, MULLION_DESKTOP_NOTHING },
  { "destroy", destroy_cb, MULLION_DESKTOP_NOTHING },
  { "flashFrame", flash_frame_cb, MULLION_DESKTOP_BOOLEAN },
  { "focus", focus_cb, MULLION_DESKTOP_NOTHING },
  { "getBounds", get_bounds_cb, MULLION_DESKTOP_NOTHING },
  { "getContentBounds", get_content_bounds_cb, MULLION_DESKTOP_NOTHING },
  { "getMaximumSize", get_maximum_size_cb, MULLION_DESKTOP_NOTHING },
  { "getMinimumSize", get_minimum_size_cb, MULLION_DESKTOP_NOTHING },
  { "getNormalBounds", get_normal_bounds_cb, MULLION_DESKTOP_NOTHING },
  { "getOpacity", get_opacity_cb, MULLION_DESKTOP_NOTHING },
  { "getPosition", get_position_cb, MULLION_DESKTOP_NOTHING },
  { "getSize", get_size_cb, MULLION_DESKTOP_NOTHING },
  { "getTitle", get_title_cb, MULLION_DESKTOP_NOTHING },
  { "hide", hide_cb, MULLION_DESKTOP_NOTHING },
  { "isAlwaysOnTop", is_always_on_top_cb, MULLION_DESKTOP_NOTHING },
  { "isFocused", is_focused_cb, MULLION_DESKTOP_NOTHING },
  { "isFullScreen", is_full_screen_cb, MULLION_DESKTOP_NOTHING },
  { "isKiosk", is_kiosk_cb, MULLION_DESKTOP_NOTHING },
  { "isMaximized", is_maximized_cb, MULLION_DESKTOP_NOTHING },
  { "isMenuBarVisible", is_menu_bar_visible_cb, MULLION_DESKTOP_NOTHING },
  { "isMinimized", is_minimized_cb, MULLION_DESKTOP_NOTHING },
  { "isNormal", is_normal_cb, MULLION_DESKTOP_NOTHING },
  { "isResizable", is_resizable_cb, MULLION_DESKTOP_NOTHING },
  { "isVisible", is_visible_cb, MULLION_DESKTOP_NOTHING },
  { "isVisibleOnAllWorkspaces", is_visible_on_all_workspaces_cb, MULLION_DESKTOP_NOTHING },
  { "maximize", maximize_cb, MULLION_DESKTOP_NOTHING },
  { "minimize", minimize_cb, MULLION_DESKTOP_NOTHING },
  { "moveTop", move_top_cb, MULLION_DESKTOP_NOTHING },
  { "restore", restore_cb, MULLION_DESKTOP_NOTHING },
  { "setAlwaysOnTop", set_always_on_top_cb, MULLION_DESKTOP_BOOLEAN },
  { "setBackgroundColor", set_background_color_cb, "[{\"type\":\"string\",\"maxLength\":64}]" },
  { "setBounds", set_bounds_cb, BOUNDS },
  { "setContentBounds", set_content_bounds_cb, BOUNDS },
  { "setFullScreen", set_full_screen_cb, MULLION_DESKTOP_BOOLEAN },
  { "setIgnoreMouseEvents", set_ignore_mouse_events_cb, MULLION_DESKTOP_BOOLEAN },
  { "setKiosk", set_kiosk_cb, MULLION_DESKTOP_BOOLEAN },
  { "setMaximumSize", set_maximum_size_cb, "[" LIMIT "," LIMIT "]" },
  { "setMenuBarVisibility", set_menu_bar_visibility_cb, MULLION_DESKTOP_BOOLEAN },
  { "setMinimumSize", set_minimum_size_cb, "[" LIMIT "," LIMIT "]" },
  { "setOpacity", set_opacity_cb, "[{\"type\":\"number\",\"minimum\":0,\"maximum\":1}]" },
  { "setPosition", set_position_cb, "[" COORDINATE "," COORDINATE "]" },
  { "setResizable", set_resizable_cb, MULLION_DESKTOP_BOOLEAN },
  { "setSize", set_size_cb, "[" LENGTH "," LENGTH "]" },
  { "setSkipTaskbar", set_skip_taskbar_cb, MULLION_DESKTOP_BOOLEAN },
  { "setTitle", set_title_cb, MULLION_DESKTOP_STRING },
  { "setVisibleOnAllWorkspaces", set_visible_on_all_workspaces_cb, MULLION_DESKTOP_BOOLEAN },
  { "show", show_cb, MULLION_DESKTOP_NOTHING },
  { "showInactive", show_inactive_cb, MULLION_DESKTOP_NOTHING },
  { "unmaximize", unmaximize_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = {
  "blur", "enter-full-screen", "focus", "leave-full-screen", "maximize", "minimize", "move",
  "moved", "resize", "resized", "restore", "unmaximize", NULL,
};

static gpointer
get_source (MullionDesktop     *desktop,
            MullionWebContents *contents)
{
  return mullion_browser_window_from_web_contents (contents);
}

const MullionDesktopModule mullion_desktop_window = {
  .name = "window",
  .methods = methods,
  .events = events,
  .get_source = get_source,
};
