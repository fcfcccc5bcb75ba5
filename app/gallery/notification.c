/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * A notification of the desktop, and what the user does with it.
 *
 * Each window has one: shown again, it takes the place of what stands. Where the desktop shows
 * none, the page is told so.
 */

#define MAX_TEXT 1000

static void
tell (MullionNotification *notification,
      const char          *event,
      const char          *detail)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (notification), "gallery-window"));
  MullionWebContents *contents = mullion_web_contents_from_id (id);

  /* What stands may outlive its window. */
  if (contents != NULL)
    mullion_web_contents_send (contents, "notification:event",
                               gallery_args_new (gallery_string_node (event),
                                                 gallery_string_node (detail), NULL));
}

static void
show_cb (MullionNotification *notification)
{
  tell (notification, "show", "");
}

static void
click_cb (MullionNotification *notification)
{
  tell (notification, "click", "");
}

static void
close_cb (MullionNotification *notification,
          const char          *reason)
{
  tell (notification, "close", reason);
}

static void
action_cb (MullionNotification *notification,
           guint                index)
{
  tell (notification, "action", index == 0 ? "Open" : "Later");
}

static void
reply_cb (MullionNotification *notification,
          const char          *reply)
{
  tell (notification, "reply", reply);
}

static void
failed_cb (MullionNotification *notification,
           const GError        *error)
{
  tell (notification, "failed", error->message);
}

static MullionNotification *
create (MullionWebContents *contents)
{
  g_autoptr(JsonNode) options = json_from_string (
    "{ \"icon\": \"logo.svg\", \"hasReply\": true, \"replyPlaceholder\": \"Answer\","
    "  \"actions\": [ { \"type\": \"button\", \"text\": \"Open\" },"
    "               { \"type\": \"button\", \"text\": \"Later\" } ] }",
    NULL);
  MullionNotification *notification =
    mullion_notification_new (json_node_get_object (options), NULL);

  g_object_set_data (G_OBJECT (notification), "gallery-window",
                     GUINT_TO_POINTER (mullion_web_contents_get_id (contents)));
  g_signal_connect (notification, "show", G_CALLBACK (show_cb), NULL);
  g_signal_connect (notification, "click", G_CALLBACK (click_cb), NULL);
  g_signal_connect (notification, "close", G_CALLBACK (close_cb), NULL);
  g_signal_connect (notification, "action", G_CALLBACK (action_cb), NULL);
  g_signal_connect (notification, "reply", G_CALLBACK (reply_cb), NULL);
  g_signal_connect (notification, "failed", G_CALLBACK (failed_cb), NULL);
  return notification;
}

static MullionNotification *
get_notification (MullionWebContents *contents)
{
  MullionNotification *notification =
    g_object_get_data (G_OBJECT (contents), "gallery-notification");

  if (notification == NULL)
    {
      notification = create (contents);
      g_object_set_data_full (G_OBJECT (contents), "gallery-notification", notification,
                              g_object_unref);
    }
  return notification;
}

static void
show (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  MullionNotification *notification =
    get_notification (mullion_ipc_main_invoke_event_get_sender (event));
  GError *error = NULL;
  const char *title = gallery_args_get_string (args, 0, MAX_TEXT, &error);
  const char *body = title != NULL ? gallery_args_get_string (args, 1, MAX_TEXT, &error) : NULL;

  if (body == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  mullion_notification_set_title (notification, title);
  mullion_notification_set_body (notification, body);
  mullion_notification_show (notification);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
take_away (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_notification_close (get_notification (mullion_ipc_main_invoke_event_get_sender (event)));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_notification_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "notification:show", show, NULL, NULL);
  mullion_ipc_main_handle (ipc, "notification:close", take_away, NULL, NULL);
}
