/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "desktop/mullion-desktop-view.h"
#include "rules/mullion-rule-origins.h"

/*
 * The module `views`: further pages in the window of the page that calls, above it. Main process.
 *
 * A view belongs to the document that made it, and goes with it; other documents cannot name it.
 */

#define DEFAULT_MAX 8

typedef struct
{
  MullionDesktop *desktop; /* (unowned): it owns us */
  GStrv origins;           /* as the web writes them */
  guint max;
  GHashTable *all; /* number → MullionDesktopView (owned) */
} Views;

/* -- They come and go -- */

static void
drop (MullionDesktopView *view,
      gpointer            user_data)
{
  Views *self = user_data;

  g_hash_table_remove (self->all, GUINT_TO_POINTER (mullion_desktop_view_get_number (view)));
}

/* (nullable): the window that takes a view of @contents; without one the call has failed. */
static MullionBrowserWindow *
find_window (Views               *self,
             MullionWebContents  *contents,
             GError             **error)
{
  MullionBrowserWindow *window = mullion_browser_window_from_web_contents (contents);

  if (window == NULL)
    g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "the page has no window");
  else if (mullion_browser_window_get_web_contents (window) != contents)
    g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                         "a page in a view has no views");
  else if (g_hash_table_size (self->all) >= self->max)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                 "there are %u views already: close one of them first", self->max);
  else
    return window;

  return NULL;
}

static MullionDesktopView *
add_view (Views                *self,
          MullionBrowserWindow *window,
          MullionWebFrameMain  *frame)
{
  MullionDesktopView *view =
    mullion_desktop_view_new (self->desktop, (const char *const *) self->origins, frame, drop,
                              self);

  g_hash_table_insert (self->all, GUINT_TO_POINTER (mullion_desktop_view_get_number (view)), view);
  mullion_browser_window_add_child_view (window, mullion_desktop_view_get_widget (view));

  return view;
}

static void
set_bounds (MullionDesktopView *view,
            JsonObject         *object)
{
  GdkRectangle bounds = { 0 };

  mullion_desktop_read_rectangle (object, &bounds);
  mullion_web_contents_view_set_bounds (mullion_desktop_view_get_widget (view), &bounds);
}

static void
create_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  Views *self = user_data;
  JsonObject *options = json_array_get_object_element (args, 0);
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  MullionBrowserWindow *window;
  MullionDesktopView *view;
  GError *error = NULL;

  if (contents == NULL || frame == NULL || mullion_web_frame_main_is_detached (frame))
    return;
  window = find_window (self, contents, &error);
  if (window == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  view = add_view (self, window, frame);
  set_bounds (view, json_object_get_object_member (options, "bounds"));
  if (mullion_desktop_view_load (view, json_object_get_string_member (options, "url"), &error))
    mullion_desktop_answer_number (event, mullion_desktop_view_get_number (view));
  else
    {
      drop (view, self);
      mullion_ipc_main_invoke_event_return_error (event, error);
    }
}

/* -- What pages do with theirs -- */

/* NULL when the document that calls has no such view; the call is answered then. */
static MullionDesktopView *
find_view (Views                     *self,
           MullionIpcMainInvokeEvent *event,
           JsonArray                 *args)
{
  gint64 number = json_array_get_int_element (args, 0);
  MullionDesktopView *view = g_hash_table_lookup (self->all, GUINT_TO_POINTER ((guint) number));
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);

  if (view != NULL && frame == mullion_desktop_view_get_frame (view))
    return view;

  mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                                                  "this document has no view %" G_GINT64_FORMAT,
                                                  number);
  return NULL;
}

/* A handler without other arguments and answer. */
#define DEFINE_ACTION(name, call)                                                                  \
  static void name (MullionIpcMainInvokeEvent *event, JsonArray *args, gpointer user_data)         \
  {                                                                                                \
    MullionDesktopView *view = find_view (user_data, event, args);                                 \
                                                                                                   \
    if (view == NULL)                                                                              \
      return;                                                                                      \
    mullion_ipc_main_invoke_event_return (event, NULL);                                            \
    call;                                                                                          \
  }

DEFINE_ACTION (close_cb, mullion_desktop_view_close (view))
DEFINE_ACTION (go_back_cb,
               mullion_web_contents_go_back (mullion_desktop_view_get_contents (view)))
DEFINE_ACTION (go_forward_cb,
               mullion_web_contents_go_forward (mullion_desktop_view_get_contents (view)))
DEFINE_ACTION (reload_cb,
               mullion_web_contents_reload (mullion_desktop_view_get_contents (view)))
DEFINE_ACTION (set_visible_cb,
               gtk_widget_set_visible (GTK_WIDGET (mullion_desktop_view_get_widget (view)),
                                       json_array_get_boolean_element (args, 1)))
DEFINE_ACTION (stop_cb,
               mullion_web_contents_stop (mullion_desktop_view_get_contents (view)))

static void
load_url_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionDesktopView *view = find_view (user_data, event, args);
  GError *error = NULL;

  if (view == NULL)
    return;
  mullion_desktop_view_load (view, json_array_get_string_element (args, 1), &error);
  mullion_desktop_answer (event, error);
}

DEFINE_ACTION (set_bounds_cb, set_bounds (view, json_array_get_object_element (args, 1)))

static void
answer_object (MullionIpcMainInvokeEvent *event,
               JsonObject                *object)
{
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), object));
}

static void
get_bounds_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  MullionDesktopView *view = find_view (user_data, event, args);
  g_autoptr(JsonObject) object = NULL;
  GdkRectangle bounds;

  if (view == NULL)
    return;
  mullion_web_contents_view_get_bounds (mullion_desktop_view_get_widget (view), &bounds);
  object = json_object_new ();
  json_object_set_int_member (object, "x", bounds.x);
  json_object_set_int_member (object, "y", bounds.y);
  json_object_set_int_member (object, "width", bounds.width);
  json_object_set_int_member (object, "height", bounds.height);
  answer_object (event, object);
}

static void
get_state_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionDesktopView *view = find_view (user_data, event, args);
  g_autoptr(JsonObject) object = NULL;
  MullionWebContents *contents;
  const char *title;

  if (view == NULL)
    return;
  contents = mullion_desktop_view_get_contents (view);
  title = mullion_web_contents_get_title (contents);
  object = json_object_new ();
  json_object_set_string_member (object, "url", mullion_web_contents_get_uri (contents));
  json_object_set_string_member (object, "title", title != NULL ? title : "");
  json_object_set_boolean_member (object, "canGoBack", mullion_web_contents_can_go_back (contents));
  json_object_set_boolean_member (object, "canGoForward",
                                  mullion_web_contents_can_go_forward (contents));
  json_object_set_boolean_member (object, "isLoading", mullion_web_contents_is_loading (contents));
  answer_object (event, object);
}

/* -- The module -- */

/* A manifest was checked; what it says is compared as WebKit writes it. */
static GStrv
read_origins (JsonObject *options)
{
  g_autoptr(GStrvBuilder) origins = g_strv_builder_new ();
  JsonArray *listed = options != NULL && json_object_has_member (options, "origins")
                        ? json_object_get_array_member (options, "origins") : NULL;

  for (guint i = 0; listed != NULL && i < json_array_get_length (listed); i++)
    {
      g_autofree char *origin =
        mullion_rule_origins_dup_origin (json_array_get_string_element (listed, i));

      g_strv_builder_add (origins, origin);
    }

  return g_strv_builder_end (origins);
}

static gpointer
open_module (MullionDesktop *desktop)
{
  JsonObject *options = mullion_desktop_get_options (desktop);
  Views *self = g_new0 (Views, 1);

  self->desktop = desktop;
  self->origins = read_origins (options);
  self->max = options != NULL
    ? (guint) json_object_get_int_member_with_default (options, "max", DEFAULT_MAX) : DEFAULT_MAX;
  self->all =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) mullion_desktop_view_free);

  return self;
}

static void
close_module (gpointer data)
{
  Views *self = data;

  g_hash_table_unref (self->all);
  g_strfreev (self->origins);
  g_free (self);
}

#define NUMBER "{\"type\":\"integer\",\"minimum\":1,\"maximum\":4294967295}"
#define ID     "[" NUMBER "]"
#define URL    "{\"type\":\"string\",\"minLength\":1,\"maxLength\":8192}"
/* A window is as far away and as large at most. */
#define PLACE  "{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}"
#define LENGTH "{\"type\":\"integer\",\"minimum\":0,\"maximum\":16384}"
#define BOUNDS                                                                                     \
  "{\"type\":\"object\",\"required\":[\"x\",\"y\",\"width\",\"height\"],\"properties\":{"          \
  "\"x\":" PLACE ",\"y\":" PLACE ",\"width\":" LENGTH ",\"height\":" LENGTH "}}"

static const MullionDesktopMethod methods[] = {
  { "close", close_cb, ID },
  { "create", create_cb,
    "[{\"type\":\"object\",\"required\":[\"url\",\"bounds\"],\"properties\":{"
    "\"url\":" URL ",\"bounds\":" BOUNDS "}}]" },
  { "getBounds", get_bounds_cb, ID },
  { "getState", get_state_cb, ID },
  { "goBack", go_back_cb, ID },
  { "goForward", go_forward_cb, ID },
  { "loadURL", load_url_cb, "[" NUMBER "," URL "]" },
  { "reload", reload_cb, ID },
  { "setBounds", set_bounds_cb, "[" NUMBER "," BOUNDS "]" },
  { "setVisible", set_visible_cb, "[" NUMBER ",{\"type\":\"boolean\"}]" },
  { "stop", stop_cb, ID },
  { NULL },
};

static const char *const events[] = { "closed", "failed", "gone", "loading", "navigated", "title",
                                      NULL };

const MullionDesktopModule mullion_desktop_views = {
  .name = "views",
  .methods = methods,
  .events = events,
  .options = "{\"type\":\"object\",\"properties\":{"
             "\"origins\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
             "\"max\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":64}},"
             "\"additionalProperties\":false}",
  .open = open_module,
  .close = close_module,
};
