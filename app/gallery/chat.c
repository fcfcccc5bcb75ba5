/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Page to page: who takes part, and what goes by way of the main process.
 *
 * What a page says with sendTo never comes here: the library passes it on. What it says with
 * chat:send does, and this is the place to look at it. Ids cross the line, never pointers, and an
 * id that a page names may be anybody's: only those who joined are found.
 */

#define MAX_TEXT 2000

/* The ids of the web contents that show the page. */
typedef struct
{
  MullionApp *app;
  GArray *members;
} Chat;

static gboolean
find_member (Chat  *chat,
             guint  id,
             guint *index)
{
  for (guint i = 0; i < chat->members->len; i++)
    if (g_array_index (chat->members, guint, i) == id)
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

static JsonNode *
create_member_list (Chat *chat)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < chat->members->len; i++)
    json_array_add_int_element (ids, g_array_index (chat->members, guint, i));

  json_node_take_array (node, ids);
  return node;
}

static void
tell_members (Chat *chat)
{
  for (guint i = 0; i < chat->members->len; i++)
    {
      guint id = g_array_index (chat->members, guint, i);
      MullionWebContents *contents = mullion_web_contents_from_id (id);

      if (contents != NULL)
        mullion_web_contents_send (contents, "chat:peers",
                                   gallery_args_new (create_member_list (chat), NULL));
    }
}

static void
forget (MullionWebContents *contents,
        Chat               *chat)
{
  guint index = 0;

  if (!find_member (chat, mullion_web_contents_get_id (contents), &index))
    return;

  g_array_remove_index (chat->members, index);
  tell_members (chat);
}

/* A page may go without a word: it reloads, crashes, or its window closes. */
static void
watch_member (Chat               *chat,
              MullionWebContents *contents)
{
  if (g_object_get_data (G_OBJECT (contents), "gallery-chat") != NULL)
    return;

  g_object_set_data (G_OBJECT (contents), "gallery-chat", chat);
  g_signal_connect (contents, "did-start-loading", G_CALLBACK (forget), chat);
  g_signal_connect (contents, "closed", G_CALLBACK (forget), chat);
}

static void
join (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  Chat *chat = user_data;
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  guint id = mullion_web_contents_get_id (sender);
  JsonNode *answer = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  guint index = 0;

  if (!find_member (chat, id, &index))
    g_array_append_val (chat->members, id);
  watch_member (chat, sender);

  json_object_set_int_member (object, "id", id);
  json_object_set_member (object, "peers", create_member_list (chat));
  json_node_take_object (answer, object);
  mullion_ipc_main_invoke_event_return (event, answer);
  tell_members (chat);
}

static void
leave (MullionIpcMainEvent *event,
       JsonArray           *args,
       gpointer             user_data)
{
  forget (mullion_ipc_main_event_get_sender (event), user_data);
}

static void
relay (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  Chat *chat = user_data;
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  guint sender_id = mullion_web_contents_get_id (sender);
  MullionWebContents *target = NULL;
  g_autoptr(GError) error = NULL;
  const char *text = gallery_args_get_string (args, 1, MAX_TEXT, &error);
  double id = 0;
  guint index = 0;

  if (text == NULL || !gallery_args_get_number (args, 0, 0, G_MAXINT, &id, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  if (find_member (chat, (guint) id, &index))
    target = mullion_web_contents_from_id ((guint) id);
  if (target == NULL)
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                                                      "Window %u does not take part", (guint) id);
      return;
    }

  mullion_web_contents_send (target, "chat:relayed",
                             gallery_args_new (gallery_number_node (sender_id),
                                               gallery_string_node (text),
                                               NULL));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
open_peer (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  Chat *chat = user_data;

  gallery_open_window (chat->app, GALLERY_WINDOW_SMALL, "chat");
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_chat_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  Chat *chat = g_new0 (Chat, 1);

  /* It lives as long as the process: its signal handlers may outlive every handler below. */
  chat->app = app;
  chat->members = g_array_new (FALSE, FALSE, sizeof (guint));

  mullion_ipc_main_handle (ipc, "chat:join", join, chat, NULL);
  mullion_ipc_main_on (ipc, "chat:leave", leave, chat, NULL);
  mullion_ipc_main_handle (ipc, "chat:send", relay, chat, NULL);
  mullion_ipc_main_handle (ipc, "chat:open-peer", open_peer, chat, NULL);
}
