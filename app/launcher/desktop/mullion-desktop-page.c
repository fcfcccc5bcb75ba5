/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The modules `find`, `zoom` and `print`: what can be done with the page that calls. Main process.
 */

/* NULL when the page is gone; the call is answered then. */
static MullionWebContents *
find_contents (MullionIpcMainInvokeEvent *event)
{
  MullionWebContents *contents = mullion_ipc_main_invoke_event_get_sender (event);

  if (contents == NULL)
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_GONE,
                                                    "the page is gone");
  return contents;
}

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
  MullionWebContents *contents = find_contents (event);
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
  MullionWebContents *contents = find_contents (event);
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
  MullionWebContents *contents = find_contents (event);

  if (contents != NULL)
    mullion_desktop_answer_number (event, mullion_web_contents_get_zoom_factor (contents));
}

static void
set_zoom_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionWebContents *contents = find_contents (event);

  if (contents == NULL)
    return;
  mullion_web_contents_set_zoom_factor (contents, json_array_get_double_element (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static const MullionDesktopMethod zoom_methods[] = {
  { "getZoomFactor", get_zoom_cb, MULLION_DESKTOP_NOTHING },
  { "setZoomFactor", set_zoom_cb, "[{\"type\":\"number\",\"minimum\":0.25,\"maximum\":5}]" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_zoom = {
  .name = "zoom",
  .methods = zoom_methods,
};

/* -- Print -- */

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *pdf = mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result,
                                                          &error);

  if (pdf == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, mullion_value_new_bytes (pdf));
}

static void
print_to_pdf_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  MullionWebContents *contents = find_contents (event);

  if (contents != NULL)
    mullion_web_contents_print_to_pdf_async (contents, mullion_desktop_get_object (args, 0),
                                             mullion_ipc_main_invoke_event_get_cancellable (event),
                                             printed_cb, g_object_ref (event));
}

/* A document on its way to the file that the user chose. */
typedef struct
{
  MullionIpcMainInvokeEvent *event;
  char *path;
} Saving;

static void
saved_cb (GObject      *file,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  g_file_replace_contents_finish (G_FILE (file), result, NULL, &error);
  mullion_desktop_answer (event, error);
}

static void
printed_for_file_cb (GObject      *contents,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autofree Saving *saving = user_data;
  g_autofree char *path = saving->path;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GError *error = NULL;
  g_autoptr(GBytes) pdf =
    mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result, &error);

  if (pdf == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (saving->event, error);
      g_object_unref (saving->event);
      return;
    }
  g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb,
                                       saving->event);
}

static void
save_pdf_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  MullionWebContents *contents = find_contents (event);
  const char *path = json_array_get_string_element (args, 0);
  GError *error = NULL;
  Saving *saving;

  if (contents == NULL)
    return;
  if (!mullion_desktop_check_file (user_data, path, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->event = g_object_ref (event);
  saving->path = g_strdup (path);
  mullion_web_contents_print_to_pdf_async (contents, mullion_desktop_get_object (args, 1),
                                           mullion_ipc_main_invoke_event_get_cancellable (event),
                                           printed_for_file_cb, saving);
}

static const MullionDesktopMethod print_methods[] = {
  { "printToPDF", print_to_pdf_cb, MULLION_DESKTOP_OPTIONS },
  { "savePDF", save_pdf_cb,
    "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\",\"minLength\":1,\"maxLength\":4096},"
    "{\"type\":\"object\"}],\"minItems\":1,\"maxItems\":2}" },
  { NULL },
};

const MullionDesktopModule mullion_desktop_print = {
  .name = "print",
  .methods = print_methods,
};
