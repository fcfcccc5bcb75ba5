/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "capabilities/mullion-capability.h"

/*
 * The module `windows`: all windows of the app, and not only the one of the page that calls. Main
 * process.
 *
 * A title may be that of a page of somebody else, and to close a window is the user's: so it is a
 * capability of its own. Windows are opened with window.open (), as the manifest's `windows` allows.
 */

typedef struct
{
  MullionDesktop *desktop; /* (unowned): it owns us */
  MullionApp *app;
} Windows;

/* -- What becomes of them -- */

static void
tell (Windows              *self,
      const char           *event,
      MullionBrowserWindow *window)
{
  JsonArray *details = json_array_new ();

  json_array_add_int_element (details, mullion_browser_window_get_id (window));
  mullion_desktop_tell (self->desktop, NULL, event, details);
}

static void
created_cb (MullionApp           *app,
            MullionBrowserWindow *window,
            Windows              *self)
{
  tell (self, "created", window);
}

static void
removed_cb (MullionApp *app,
            GtkWindow  *window,
            Windows    *self)
{
  if (MULLION_IS_BROWSER_WINDOW (window))
    tell (self, "closed", MULLION_BROWSER_WINDOW (window));
}

/* -- What pages ask -- */

static void
add_window (JsonArray            *all,
            MullionBrowserWindow *window,
            MullionBrowserWindow *own)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", mullion_browser_window_get_id (window));
  json_object_set_string_member (object, "title", mullion_browser_window_get_title (window));
  json_object_set_boolean_member (object, "isOwn", window == own);
  json_object_set_boolean_member (object, "isFocused", mullion_browser_window_is_focused (window));
  json_object_set_boolean_member (object, "isVisible", mullion_browser_window_is_visible (window));
  json_array_add_object_element (all, object);
}

static void
get_all_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  MullionBrowserWindow *own = mullion_desktop_get_window (event);
  g_autoptr(GList) windows = mullion_browser_window_get_all ();
  g_autoptr(JsonArray) all = json_array_new ();

  for (GList *l = windows; l != NULL; l = l->next)
    add_window (all, l->data, own);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), all));
}

/* NULL when there is none; the call is answered then. */
static MullionBrowserWindow *
find_window (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args)
{
  gint64 id = json_array_get_int_element (args, 0);
  MullionBrowserWindow *window = mullion_browser_window_from_id ((guint) id);

  if (window == NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                                                    "there is no window %" G_GINT64_FORMAT, id);
  return window;
}

static void
focus_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event, args);

  if (window == NULL)
    return;
  mullion_browser_window_restore (window);
  mullion_browser_window_focus (window);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
close_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  MullionBrowserWindow *window = find_window (event, args);

  if (window == NULL)
    return;
  /* It may be the window of the page that waits for the answer. */
  mullion_ipc_main_invoke_event_return (event, NULL);
  mullion_browser_window_close (window);
}

/* -- The module -- */

static gpointer
open_module (MullionDesktop *desktop)
{
  Windows *self = g_new0 (Windows, 1);

  self->desktop = desktop;
  self->app = g_object_ref (mullion_capability_set_get_app (mullion_desktop_get_set (desktop)));
  g_signal_connect (self->app, "browser-window-created", G_CALLBACK (created_cb), self);
  g_signal_connect (self->app, "window-removed", G_CALLBACK (removed_cb), self);

  return self;
}

static void
close_module (gpointer data)
{
  Windows *self = data;

  g_signal_handlers_disconnect_by_data (self->app, self);
  g_object_unref (self->app);
  g_free (self);
}

#define ID "[{\"type\":\"integer\",\"minimum\":1,\"maximum\":4294967295}]"

static const MullionDesktopMethod methods[] = {
  { "close", close_cb, ID },
  { "focus", focus_cb, ID },
  { "getAllWindows", get_all_cb, MULLION_DESKTOP_NOTHING },
  { NULL },
};

static const char *const events[] = { "closed", "created", NULL };

const MullionDesktopModule mullion_desktop_windows = {
  .name = "windows",
  .methods = methods,
  .events = events,
  .open = open_module,
  .close = close_module,
};
