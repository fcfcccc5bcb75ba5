/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The modules `find`, `zoom` and `capture`: what can be done with the page that calls. Main process.
 *
 * A picture of a page shows frames of other origins too, which the page itself could not read: so it is
 * a capability of its own.
 */

/* -- Find -- */

/* A search, from the call to its outcome. */
typedef struct
{
  MullionIpcMainInvokeEvent *event;
  guint id;
} Search;

static void
free_search (gpointer  data,
             GClosure *closure)
{
  Search *search = data;

  g_object_unref (search->event);
  g_free (search);
}

static void
found_cb (MullionWebContents *contents,
          guint               id,
          guint               matches,
          gpointer            user_data)
{
  Search *search = user_data;
  g_autoptr(JsonObject) outcome = NULL;

  if (id != search->id)
    return;

  outcome = json_object_new ();
  json_object_set_int_member (outcome, "matches", matches);
  mullion_ipc_main_invoke_event_return (search->event,
                                        json_node_init_object (json_node_alloc (), outcome));
  g_signal_handlers_disconnect_by_data (contents, search);
}

static void
find_in_page_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  GError *error = NULL;
  Search *search;
  guint id;

  if (contents == NULL)
    return;
  id = mullion_web_contents_find_in_page (contents, json_array_get_string_element (args, 0),
                                          mullion_desktop_get_object (args, 1), &error);
  if (id == 0)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  search = g_new0 (Search, 1);
  search->event = g_object_ref (event);
  search->id = id;
  g_signal_connect_data (contents, "found-in-page", G_CALLBACK (found_cb), search, free_search, 0);
}

static void
stop_find_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  GError *error = NULL;

  if (contents == NULL)
    return;
  mullion_web_contents_stop_find_in_page (contents, json_array_get_string_element (args, 0), &error);
  mullion_desktop_answer (event, error);
}

static const MullionDesktopMethod find_methods[] = {
  { "findInPage", find_in_page_cb,
    "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096},"
    "{\"type\":\"object\"}],\"minItems\":1,\"maxItems\":2}" },
  { "stopFindInPage", stop_find_cb, "[{\"enum\":[\"clearSelection\",\"keepSelection\"]}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_find = {
  .name = "find",
  .methods = find_methods,
};

/* -- Zoom -- */

static void
get_zoom_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents != NULL)
    mullion_desktop_answer_number (event, mullion_web_contents_get_zoom_factor (contents));
}

static void
set_zoom_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents == NULL)
    return;
  mullion_web_contents_set_zoom_factor (contents, json_array_get_double_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
get_zoom_level_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents != NULL)
    mullion_desktop_answer_number (event, mullion_web_contents_get_zoom_level (contents));
}

static void
set_zoom_level_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents == NULL)
    return;
  mullion_web_contents_set_zoom_level (contents, json_array_get_double_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static const MullionDesktopMethod zoom_methods[] = {
  { "getZoomFactor", get_zoom_cb, MULLION_DESKTOP_NOTHING },
  { "getZoomLevel", get_zoom_level_cb, MULLION_DESKTOP_NOTHING },
  { "setZoomFactor", set_zoom_cb, "[{\"type\":\"number\",\"minimum\":0.25,\"maximum\":5}]" },
  { "setZoomLevel", set_zoom_level_cb, "[{\"type\":\"number\",\"minimum\":-7.5,\"maximum\":8.5}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_zoom = {
  .name = "zoom",
  .methods = zoom_methods,
};

/* -- Capture -- */

static void
captured_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *png = mullion_web_contents_capture_page_finish (MULLION_WEB_CONTENTS (contents), result,
                                                          &error);

  mullion_desktop_answer_bytes (event, png, error);
}

static void
captured_area_cb (GObject      *contents,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *png = mullion_web_contents_capture_area_finish (MULLION_WEB_CONTENTS (contents), result,
                                                          &error);

  mullion_desktop_answer_bytes (event, png, error);
}

static void
capture_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  MullionWebContents *contents = mullion_desktop_find_contents (event);
  GCancellable *cancellable = mullion_ipc_main_invoke_event_get_cancellable (event);
  GdkRectangle area;

  if (contents == NULL)
    return;
  if (mullion_desktop_read_rectangle (mullion_desktop_get_object (args, 0), &area))
    mullion_web_contents_capture_area_async (contents, &area, cancellable, captured_area_cb,
                                             g_object_ref (event));
  else
    mullion_web_contents_capture_page_async (contents, cancellable, captured_cb,
                                             g_object_ref (event));
}

static const MullionDesktopMethod capture_methods[] = {
  { "capturePage", capture_cb,
    "{\"type\":\"array\",\"prefixItems\":[" MULLION_DESKTOP_RECTANGLE "],\"maxItems\":1}" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_capture = {
  .name = "capture",
  .methods = capture_methods,
};
