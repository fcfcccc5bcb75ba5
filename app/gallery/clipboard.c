/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

/*
 * The clipboard: the same thing in two forms, and what is there.
 *
 * What is there may be a secret of another program: it is read when the user presses a button of
 * the page, and an app that needs less would expose less.
 */

#define MAX_TEXT 100000

static void
write_both (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  GError *error = NULL;
  const char *text = gallery_args_get_string (args, 0, MAX_TEXT, &error);
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  g_autofree char *html = g_strdup_printf ("<b>%s</b>", escaped);

  if (text != NULL)
    mullion_clipboard_write (MULLION_CLIPBOARD_CLIPBOARD, text, html, NULL, &error);
  gallery_reply (event, error);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autofree char *text = mullion_clipboard_read_text_finish (result, &error);

  if (text != NULL)
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (text));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
read_text (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_clipboard_read_text_async (MULLION_CLIPBOARD_CLIPBOARD,
                                     mullion_ipc_main_invoke_event_get_cancellable (event),
                                     text_read_cb, g_object_ref (event));
}

static void
html_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autofree char *html = mullion_clipboard_read_html_finish (result, &error);

  if (html != NULL)
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (html));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
read_html (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_clipboard_read_html_async (MULLION_CLIPBOARD_CLIPBOARD,
                                     mullion_ipc_main_invoke_event_get_cancellable (event),
                                     html_read_cb, g_object_ref (event));
}

static void
list_formats (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  g_auto(GStrv) formats = mullion_clipboard_available_formats (MULLION_CLIPBOARD_CLIPBOARD);
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; formats[i] != NULL; i++)
    json_array_add_string_element (array, formats[i]);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), array));
}

void
gallery_clipboard_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "clipboard:write", write_both, NULL, NULL);
  mullion_ipc_main_handle (ipc, "clipboard:read-text", read_text, NULL, NULL);
  mullion_ipc_main_handle (ipc, "clipboard:read-html", read_html, NULL, NULL);
  mullion_ipc_main_handle (ipc, "clipboard:formats", list_formats, NULL, NULL);
}
