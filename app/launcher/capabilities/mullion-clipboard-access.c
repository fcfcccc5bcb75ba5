/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capabilities `clipboard-read` and `clipboard-write`, and `clipboard`, which may be limited to one
 * of the two. Main process.
 *
 * They are two, for what is read may be a password that the user copied elsewhere, while what is
 * written only takes the place of something.
 */

#define MAX_TEXT (16 * 1024 * 1024)

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  char *text = mullion_clipboard_read_text_finish (result, &error);

  mullion_desktop_answer_text (event, text, error);
}

static void
html_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  char *html = mullion_clipboard_read_html_finish (result, &error);

  mullion_desktop_answer_text (event, html, error);
}

typedef void (*Read) (MullionClipboardType  type,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data);

static void
read_form (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           Read                       read_async,
           GAsyncReadyCallback        callback)
{
  GError *error = NULL;

  if (!mullion_arguments_check_count (args, 0, &error))
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    read_async (MULLION_CLIPBOARD_CLIPBOARD, mullion_ipc_main_invoke_event_get_cancellable (event),
                callback, g_object_ref (event));
}

static void
read_text_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  read_form (event, args, mullion_clipboard_read_text_async, text_read_cb);
}

static void
read_html_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  read_form (event, args, mullion_clipboard_read_html_async, html_read_cb);
}

/* The text, and perhaps the same as HTML. */
static void
write_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  GError *error = NULL;
  const char *html = NULL;
  const char *text = mullion_arguments_get_string (args, 0, "text", MAX_TEXT, &error);

  if (text != NULL && !mullion_arguments_is_missing (args, 1))
    html = mullion_arguments_get_string (args, 1, "html", MAX_TEXT, &error);
  if (error == NULL && mullion_arguments_check_count (args, 2, &error)
      && mullion_clipboard_write (MULLION_CLIPBOARD_CLIPBOARD, text, html, NULL, &error))
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

void
mullion_clipboard_read_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:clipboard.read-text", read_text_cb, NULL);
  mullion_capability_set_handle (set, "mullion:clipboard.read-html", read_html_cb, NULL);
}

void
mullion_clipboard_write_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:clipboard.write", write_cb, NULL);
}

/* -- The module -- */

#define TYPE   "{\"enum\":[\"clipboard\",\"selection\"]}"
#define STRING "{\"type\":\"string\",\"maxLength\":16777216}"
#define FIRST(what, least)                                                                         \
  "{\"type\":\"array\",\"prefixItems\":[" what "," TYPE "],\"minItems\":" least ",\"maxItems\":2}"
#define ONLY_TYPE "{\"type\":\"array\",\"prefixItems\":[" TYPE "],\"maxItems\":1}"

static MullionClipboardType
get_type (JsonArray *args,
          guint      index)
{
  gboolean is_selection = index < json_array_get_length (args)
                          && g_str_equal (json_array_get_string_element (args, index), "selection");

  return is_selection ? MULLION_CLIPBOARD_SELECTION : MULLION_CLIPBOARD_CLIPBOARD;
}

static void
read_any (MullionDesktop            *self,
          MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          Read                       read_async,
          GAsyncReadyCallback        callback)
{
  if (mullion_desktop_check_right (self, event, "read"))
    read_async (get_type (args, 0), mullion_ipc_main_invoke_event_get_cancellable (event), callback,
                g_object_ref (event));
}

static void
read_any_text_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  read_any (user_data, event, args, mullion_clipboard_read_text_async, text_read_cb);
}

static void
read_any_html_cb (MullionIpcMainInvokeEvent *event,
                  JsonArray                 *args,
                  gpointer                   user_data)
{
  read_any (user_data, event, args, mullion_clipboard_read_html_async, html_read_cb);
}

static void
write_text_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  GError *error = NULL;

  if (!mullion_desktop_check_right (user_data, event, "write"))
    return;
  mullion_clipboard_write_text (get_type (args, 1), json_array_get_string_element (args, 0),
                                &error);
  mullion_desktop_answer (event, error);
}

static void
write_html_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  GError *error = NULL;

  if (!mullion_desktop_check_right (user_data, event, "write"))
    return;
  mullion_clipboard_write_html (get_type (args, 1), json_array_get_string_element (args, 0),
                                &error);
  mullion_desktop_answer (event, error);
}

static const char *
get_form (JsonObject *data,
          const char *name)
{
  return json_object_has_member (data, name) ? json_object_get_string_member (data, name) : NULL;
}

static void
write_both_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  JsonObject *data = json_array_get_object_element (args, 0);
  GError *error = NULL;

  if (!mullion_desktop_check_right (user_data, event, "write"))
    return;
  mullion_clipboard_write (get_type (args, 1), get_form (data, "text"), get_form (data, "html"),
                           NULL, &error);
  mullion_desktop_answer (event, error);
}

static void
clear_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  if (!mullion_desktop_check_right (user_data, event, "write"))
    return;
  mullion_clipboard_clear (get_type (args, 0));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
available_formats_cb (MullionIpcMainInvokeEvent *event,
                      JsonArray                 *args,
                      gpointer                   user_data)
{
  g_auto(GStrv) formats = NULL;

  if (!mullion_desktop_check_right (user_data, event, "read"))
    return;
  formats = mullion_clipboard_available_formats (get_type (args, 0));
  mullion_desktop_answer_texts (event, (const char *const *) formats);
}

static void
has_cb (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  if (mullion_desktop_check_right (user_data, event, "read"))
    mullion_desktop_answer_boolean (
      event,
      mullion_clipboard_has (get_type (args, 1), json_array_get_string_element (args, 0)));
}

/* -- Pictures -- */

static void
image_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr (GdkTexture) image = mullion_clipboard_read_image_finish (result, &error);

  if (image != NULL)
    mullion_desktop_answer_bytes (event, gdk_texture_save_to_png_bytes (image), NULL);
  else if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
}

static void
read_any_image_cb (MullionIpcMainInvokeEvent *event,
                   JsonArray                 *args,
                   gpointer                   user_data)
{
  read_any (user_data, event, args, mullion_clipboard_read_image_async, image_read_cb);
}

/* Security: the page's bytes go to the clipboard as they are. To read pictures of pages is not for this
 * process, where a flaw of a decoder would be worth more than in theirs. */
static void
write_image_cb (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GBytes) png = mullion_value_dup_bytes (json_array_get_element (args, 0));
  GError *error = NULL;

  if (!mullion_desktop_check_right (user_data, event, "write"))
    return;
  if (png != NULL && g_bytes_get_size (png) > sizeof signature
      && memcmp (g_bytes_get_data (png, NULL), signature, sizeof signature) == 0)
    mullion_clipboard_write_buffer (get_type (args, 1), "image/png", png, &error);
  else
    g_set_error_literal (&error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                         "image: expected the bytes of a PNG picture");
  mullion_desktop_answer (event, error);
}

static const MullionDesktopMethod methods[] = {
  { "availableFormats", available_formats_cb, ONLY_TYPE },
  { "clear", clear_cb, ONLY_TYPE },
  { "has", has_cb, FIRST ("{\"type\":\"string\",\"minLength\":1,\"maxLength\":256}", "1") },
  { "readHTML", read_any_html_cb, ONLY_TYPE },
  { "readImage", read_any_image_cb, ONLY_TYPE },
  { "readText", read_any_text_cb, ONLY_TYPE },
  { "write", write_both_cb,
    FIRST ("{\"type\":\"object\",\"properties\":{\"text\":" STRING ",\"html\":" STRING "},"
           "\"minProperties\":1,\"additionalProperties\":false}", "1") },
  { "writeHTML", write_html_cb, FIRST (STRING, "1") },
  { "writeImage", write_image_cb, FIRST ("true", "1") },
  { "writeText", write_text_cb, FIRST (STRING, "1") },
  { NULL },
};

const MullionDesktopModule mullion_desktop_clipboard = {
  .name = "clipboard",
  .methods = methods,
  .options = "{\"type\":\"object\",\"properties\":{\"read\":{\"type\":\"boolean\"},"
             "\"write\":{\"type\":\"boolean\"}},\"additionalProperties\":false}",
};
