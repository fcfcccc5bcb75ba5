/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * What is the user's: a page asks with the web's own functions, and this asks the user.
 *
 * Without a handler all of it is denied. Here too: of what is not in the table the user is not even
 * asked.
 */

static const struct
{
  const char *permission;
  const char *question;
} known[] = {
  { "clipboard-read", "May this page read the clipboard?" },
  { "geolocation", "May this page know where you are?" },
  { "media", "May this page use the microphone or the camera?" },
  { "notifications", "May this page show notifications?" },
  { "pointerLock", "May this page take the pointer?" },
};

/* (nullable): for what the Gallery has no use. */
static const char *
find_question (MullionPermissionRequest *request)
{
  const char *permission = mullion_permission_request_get_permission (request);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].permission, permission))
      return known[i].question;
  return NULL;
}

/* A window that was closed in between gives no answer, and no means no. */
static void
answered_cb (GObject      *window,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionPermissionRequest) request = user_data;
  gboolean is_checked = FALSE;

  if (mullion_dialog_show_message_box_finish (result, &is_checked, NULL) == 1)
    mullion_permission_request_allow (request);
  else
    mullion_permission_request_deny (request);
}

static JsonObject *
create_options (const char *question,
                const char *url)
{
  g_autoptr(JsonNode) options = json_from_string (
    "{ \"type\": \"question\", \"buttons\": [\"Deny\", \"Allow\"], \"defaultId\": 0, \"cancelId\": 0 }",
    NULL);
  JsonObject *object = json_node_dup_object (options);

  json_object_set_string_member (object, "message", question);
  json_object_set_string_member (object, "detail", url);
  return object;
}

static void
request_cb (MullionPermissionRequest *request,
            gpointer                  user_data)
{
  MullionWebContents *contents = mullion_permission_request_get_web_contents (request);
  MullionBrowserWindow *window = mullion_browser_window_from_web_contents (contents);
  const char *question = find_question (request);
  g_autoptr(JsonObject) options = NULL;

  if (question == NULL || window == NULL)
    {
      mullion_permission_request_deny (request);
      return;
    }

  options = create_options (question, mullion_permission_request_get_requesting_url (request));
  mullion_dialog_show_message_box_async (window, options, NULL, answered_cb,
                                         g_object_ref (request));
}

static void
ready_cb (MullionApp *app)
{
  mullion_session_set_permission_request_handler (mullion_session_get_default (app), request_cb,
                                                  NULL, NULL);
}

void
gallery_permissions_register (MullionApp *app)
{
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
}
