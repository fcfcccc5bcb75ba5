/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Windows of all kinds: modal to another, without a frame, with widgets of GTK, several pages in one.
 *
 * The page says which of these it wants, by a name of this table, and never the options themselves.
 */

typedef struct
{
  const char *name;
  const char *options;
  void (*finish) (MullionApp *app, MullionBrowserWindow *window); /* (nullable) */
} Shape;

/* -- With widgets of GTK -- */

static void
pressed_cb (MullionBrowserWindow *window)
{
  mullion_web_contents_send (mullion_browser_window_get_web_contents (window), "windows:event",
                             gallery_args_new (gallery_string_node ("the button of GTK"), NULL));
}

static void
add_header_bar (MullionApp           *app,
                MullionBrowserWindow *window)
{
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic ("_Tell the page");

  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), button);
  gtk_window_set_titlebar (GTK_WINDOW (window), bar);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (pressed_cb), window);
}

/* -- With several pages -- */

static void
add_view (MullionApp           *app,
          MullionBrowserWindow *window)
{
  g_autoptr(JsonNode) options = json_from_string (
    "{ \"webPreferences\": { \"preload\": \"preload.js\" } }", NULL);
  MullionWebContentsView *view = mullion_web_contents_view_new (app, json_node_get_object (options));

  mullion_web_contents_view_set_bounds (view, &(GdkRectangle) { 300, 0, 300, 300 });
  mullion_browser_window_add_child_view (window, view);
  mullion_web_contents_load_file_with_query (mullion_web_contents_view_get_web_contents (view),
                                             "pane.html", NULL, "/second");
}

#define PREFERENCES "\"webPreferences\": { \"preload\": \"preload.js\" }, \"show\": false"

static const Shape shapes[] = {
  { "modal", "{ \"width\": 420, \"height\": 280, \"modal\": true, " PREFERENCES " }", NULL },
  { "frameless", "{ \"width\": 420, \"height\": 280, \"frame\": false, " PREFERENCES " }", NULL },
  { "overlay", "{ \"width\": 420, \"height\": 280, \"frame\": false, \"titleBarOverlay\": true, "
               PREFERENCES " }", NULL },
  { "header", "{ \"width\": 420, \"height\": 280, " PREFERENCES " }", add_header_bar },
  { "transparent", "{ \"width\": 420, \"height\": 280, \"frame\": false, \"transparent\": true, "
                   PREFERENCES " }", NULL },
  { "views", "{ \"width\": 600, \"height\": 300, \"resizable\": false, \"useContentSize\": true, "
             PREFERENCES " }", add_view },
};

static const Shape *
find_shape (const char  *name,
            GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].name, name))
      return &shapes[i];

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
               "There is no window called %.32s", name);
  return NULL;
}

static MullionBrowserWindow *
get_window (MullionIpcMainInvokeEvent *event)
{
  return mullion_browser_window_from_web_contents (
    mullion_ipc_main_invoke_event_get_sender (event));
}

static void
open_shape (MullionApp           *app,
            const Shape          *shape,
            MullionBrowserWindow *parent)
{
  g_autoptr(JsonNode) options = json_from_string (shape->options, NULL);
  g_autofree char *hash = g_strconcat ("/", shape->name, NULL);
  JsonObject *object = json_node_get_object (options);
  MullionBrowserWindow *window;

  /* It goes with the one that asked for it, and stays above that. */
  if (parent != NULL)
    json_object_set_int_member (object, "parent", mullion_browser_window_get_id (parent));
  window = mullion_browser_window_new (app, object);
  if (shape->finish != NULL)
    shape->finish (app, window);
  g_signal_connect (window, "ready-to-show", G_CALLBACK (mullion_browser_window_show), NULL);
  mullion_web_contents_load_file_with_query (mullion_browser_window_get_web_contents (window),
                                             "pane.html", NULL, hash);
}

static void
open_window (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  GError *error = NULL;
  const char *name = gallery_args_get_string (args, 0, 32, &error);
  const Shape *shape = name != NULL ? find_shape (name, &error) : NULL;

  if (shape == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  open_shape (user_data, shape, get_window (event));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* A page in a view has no window of its own to close. */
static void
close_window (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionBrowserWindow *window = get_window (event);

  mullion_ipc_main_invoke_event_return (event, NULL);
  if (window != NULL)
    mullion_browser_window_close (window);
}

static void
toggle_full_screen (MullionIpcMainInvokeEvent *event,
                    JsonArray                 *args,
                    gpointer                   user_data)
{
  MullionBrowserWindow *window = get_window (event);

  if (window != NULL)
    mullion_browser_window_set_full_screen (window,
                                            !mullion_browser_window_is_full_screen (window));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* -- What becomes of them -- */

static const char *const events[] = {
  "focus", "blur", "resize", "minimize", "restore", "maximize", "unmaximize", "enter-full-screen",
  "leave-full-screen",
};

static void
tell (const char           *name,
      MullionBrowserWindow *window)
{
  mullion_web_contents_send (mullion_browser_window_get_web_contents (window), "windows:event",
                             gallery_args_new (gallery_string_node (name), NULL));
}

static void
created_cb (MullionApp           *app,
            MullionBrowserWindow *window)
{
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    g_signal_connect_swapped (window, events[i], G_CALLBACK (tell), (gpointer) events[i]);
}

void
gallery_windows_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "windows:open", open_window, app, NULL);
  mullion_ipc_main_handle (ipc, "windows:close", close_window, NULL, NULL);
  mullion_ipc_main_handle (ipc, "windows:full-screen", toggle_full_screen, NULL, NULL);
  g_signal_connect (app, "browser-window-created", G_CALLBACK (created_cb), NULL);
}
