/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * The page as a thing to look at: on paper, searched through, larger, and a picture of it.
 *
 * Each handler acts on the page that asks, and on no other.
 */

#define MAX_TEXT 200
#define MOST_ZOOM 4.0
#define MOST_PIXELS 100000

static MullionWebContents *
get_sender (MullionIpcMainInvokeEvent *event)
{
  return mullion_ipc_main_invoke_event_get_sender (event);
}

/* @bytes: (transfer full) (nullable): with @error: (transfer full) where there are none */
static void
return_bytes (MullionIpcMainInvokeEvent *event,
              GBytes                    *bytes,
              GError                    *error)
{
  if (bytes != NULL)
    mullion_ipc_main_invoke_event_return (event, mullion_value_new_array_buffer (bytes));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

/* -- Paper -- */

static void
printed_cb (GObject      *contents,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *pdf = mullion_web_contents_print_to_pdf_finish (MULLION_WEB_CONTENTS (contents), result,
                                                          &error);

  return_bytes (event, pdf, error);
}

static void
print_to_pdf (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  g_autoptr(JsonObject) options = json_object_new ();
  GError *error = NULL;
  gboolean is_landscape;
  const char *size = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (size == NULL || !gallery_args_get_boolean (args, 1, &is_landscape, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  json_object_set_string_member (options, "pageSize", size);
  json_object_set_boolean_member (options, "landscape", is_landscape);
  json_object_set_boolean_member (options, "printBackground", TRUE);
  mullion_web_contents_print_to_pdf_async (get_sender (event), options,
                                           mullion_ipc_main_invoke_event_get_cancellable (event),
                                           printed_cb, g_object_ref (event));
}

static void
on_paper_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_printed =
    mullion_web_contents_print_finish (MULLION_WEB_CONTENTS (contents), result, &error);

  /* Somebody who thinks better of it has made no mistake. */
  if (is_printed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mullion_ipc_main_invoke_event_return (event,
                                          json_node_init_boolean (json_node_alloc (), is_printed));
  else
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
}

/* The dialog of the desktop asks where, and how often. */
static void
print_on_paper (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  g_autoptr(JsonObject) options = json_object_new ();

  json_object_set_boolean_member (options, "printBackground", TRUE);
  mullion_web_contents_print_async (get_sender (event), options,
                                    mullion_ipc_main_invoke_event_get_cancellable (event),
                                    on_paper_cb, g_object_ref (event));
}

/* -- Finding -- */

static void
found_cb (MullionWebContents *contents,
          guint               request_id,
          guint               n_matches)
{
  mullion_web_contents_send (contents, "print:found",
                             gallery_args_new (gallery_number_node (n_matches), NULL));
}

static void
created_cb (MullionApp         *app,
            MullionWebContents *contents)
{
  g_signal_connect (contents, "found-in-page", G_CALLBACK (found_cb), NULL);
}

static void
find (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  GError *error = NULL;
  const char *text = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (text != NULL)
    mullion_web_contents_find_in_page (get_sender (event), text, NULL, &error);
  gallery_reply (event, error);
}

static void
stop_find (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  GError *error = NULL;

  mullion_web_contents_stop_find_in_page (get_sender (event), "clearSelection", &error);
  gallery_reply (event, error);
}

/* -- Zoom -- */

static void
zoom (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  GError *error = NULL;
  double level;

  if (!gallery_args_get_number (args, 0, -MOST_ZOOM, MOST_ZOOM, &level, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  mullion_web_contents_set_zoom_level (get_sender (event), level);
  mullion_ipc_main_invoke_event_return (
    event, gallery_number_node (mullion_web_contents_get_zoom_factor (get_sender (event))));
}

/* -- A picture -- */

static void
captured_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  GBytes *picture = mullion_web_contents_capture_area_finish (MULLION_WEB_CONTENTS (contents),
                                                              result, &error);

  return_bytes (event, picture, error);
}

static void
capture (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  double sides[4];
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (!gallery_args_get_number (args, i, 0, MOST_PIXELS, &sides[i], &error))
      {
        mullion_ipc_main_invoke_event_return_error (event, error);
        return;
      }
  mullion_web_contents_capture_area_async (
    get_sender (event), &(GdkRectangle) { sides[0], sides[1], sides[2], sides[3] },
    mullion_ipc_main_invoke_event_get_cancellable (event), captured_cb, g_object_ref (event));
}

void
gallery_print_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "web-contents-created", G_CALLBACK (created_cb), NULL);
  mullion_ipc_main_handle (ipc, "print:pdf", print_to_pdf, NULL, NULL);
  mullion_ipc_main_handle (ipc, "print:paper", print_on_paper, NULL, NULL);
  mullion_ipc_main_handle (ipc, "print:find", find, NULL, NULL);
  mullion_ipc_main_handle (ipc, "print:stop-find", stop_find, NULL, NULL);
  mullion_ipc_main_handle (ipc, "print:zoom", zoom, NULL, NULL);
  mullion_ipc_main_handle (ipc, "print:capture", capture, NULL, NULL);
}
