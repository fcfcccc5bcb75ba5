/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capabilities `clipboard-read` and `clipboard-write`. Main process.
 *
 * They are two, for what is read may be a password that the user copied elsewhere, while what is
 * written only takes the place of something.
 */

#define MAX_TEXT (16 * 1024 * 1024)

static void
answer (MullionIpcMainInvokeEvent *event,
        char                      *text,
        GError                    *error)
{
  if (text == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  mullion_ipc_main_invoke_event_return (event, json_node_init_string (json_node_alloc (), text));
  g_free (text);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  char *text = mullion_clipboard_read_text_finish (result, &error);

  answer (event, text, error);
}

static void
html_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  char *html = mullion_clipboard_read_html_finish (result, &error);

  answer (event, html, error);
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
