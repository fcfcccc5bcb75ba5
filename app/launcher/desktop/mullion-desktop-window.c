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

DEFINE_QUESTION (is_focused_cb, mullion_browser_window_is_focused)
DEFINE_QUESTION (is_full_screen_cb, mullion_browser_window_is_full_screen)
DEFINE_QUESTION (is_maximized_cb, mullion_browser_window_is_maximized)
DEFINE_QUESTION (is_menu_bar_visible_cb, mullion_browser_window_is_menu_bar_visible)
DEFINE_QUESTION (is_visible_cb, mullion_browser_window_is_visible)

DEFINE_SETTER (set_full_screen_cb, mullion_browser_window_set_full_screen,
               json_array_get_boolean_element)
DEFINE_SETTER (set_menu_bar_visibility_cb, mullion_browser_window_set_menu_bar_visibility,
               json_array_get_boolean_element)
DEFINE_SETTER (set_title_cb, mullion_browser_window_set_title, json_array_get_string_element)

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

static void
get_size_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);
  int width;
  int height;

  if (window == NULL)
    return;
  mullion_browser_window_get_size (window, &width, &height);
  answer_pair (event, width, height);
}

static void
set_size_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);

  if (window == NULL)
    return;
  mullion_browser_window_set_size (window, json_array_get_int_element (args, 0),
                                   json_array_get_int_element (args, 1));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

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

static void
center_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event);
  GError *error = NULL;

  if (window == NULL)
    return;
  mullion_browser_window_center (window, &error);
  mullion_desktop_answer (event, error);
}

#define LENGTH     "{\"type\":\"integer\",\"minimum\":1,\"maximum\":16384}"
#define COORDINATE "{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}"

static const MullionDesktopMethod methods[] = {
  { "center", center_cb, MULLION_DESKTOP_NOTHING },
  { "close", close_cb, MULLION_DESKTOP_NOTHING },
  { "destroy", destroy_cb, MULLION_DESKTOP_NOTHING },
  { "focus", focus_cb, MULLION_DESKTOP_NOTHING },
  { "getPosition", get_position_cb, MULLION_DESKTOP_NOTHING },
  { "getSize", get_size_cb, MULLION_DESKTOP_NOTHING },
  { "getTitle", get_title_cb, MULLION_DESKTOP_NOTHING },
  { "hide", hide_cb, MULLION_DESKTOP_NOTHING },
  { "isFocused", is_focused_cb, MULLION_DESKTOP_NOTHING },
  { "isFullScreen", is_full_screen_cb, MULLION_DESKTOP_NOTHING },
  { "isMaximized", is_maximized_cb, MULLION_DESKTOP_NOTHING },
  { "isMenuBarVisible", is_menu_bar_visible_cb, MULLION_DESKTOP_NOTHING },
  { "isVisible", is_visible_cb, MULLION_DESKTOP_NOTHING },
  { "maximize", maximize_cb, MULLION_DESKTOP_NOTHING },
  { "minimize", minimize_cb, MULLION_DESKTOP_NOTHING },
  { "restore", restore_cb, MULLION_DESKTOP_NOTHING },
  { "setBackgroundColor", set_background_color_cb, "[{\"type\":\"string\",\"maxLength\":64}]" },
  { "setFullScreen", set_full_screen_cb, MULLION_DESKTOP_BOOLEAN },
  { "setMenuBarVisibility", set_menu_bar_visibility_cb, MULLION_DESKTOP_BOOLEAN },
  { "setPosition", set_position_cb, "[" COORDINATE "," COORDINATE "]" },
  { "setSize", set_size_cb, "[" LENGTH "," LENGTH "]" },
  { "setTitle", set_title_cb, MULLION_DESKTOP_STRING },
  { "show", show_cb, MULLION_DESKTOP_NOTHING },
  { "showInactive", show_inactive_cb, MULLION_DESKTOP_NOTHING },
  { "unmaximize", unmaximize_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = {
  "blur",    "enter-full-screen", "focus",   "leave-full-screen", "maximize",
  "minimize", "resize",           "restore", "unmaximize",        NULL,
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
