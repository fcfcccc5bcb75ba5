/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

#include <signal.h>
#include <unistd.h>

/*
 * A chat with programs that have the npm library node-ipc, over a Unix socket that is its user's alone.
 *
 * This is the server; each peer is a Node.js that runs the library itself. Where it is not installed the
 * peer says so, over its native channel, and the page shows that. The peers end with the app.
 */

#define SCRIPT "/io/github/mullion/gallery/node-ipc-peer.js"

#define MAX_TEXT 500
#define MAX_PEERS 5

typedef struct
{
  MullionSocketServer *server; /* (nullable): from the first peer on */
  GPtrArray *children;         /* of MullionChildProcess */
  char *path;                  /* (nullable) */
  MullionWebContents *page;    /* (nullable) (weak): who has started one */
} NodeIpc;

static void
tell (NodeIpc    *self,
      const char *channel,
      JsonNode   *value)
{
  if (self->page != NULL)
    mullion_web_contents_send (self->page, channel, gallery_args_new (value, NULL));
  else
    json_node_unref (value);
}

static void
tell_error (NodeIpc    *self,
            const char *text)
{
  tell (self, "node-ipc:error", gallery_string_node (text));
}

/* -- The server -- */

static void
peers_cb (MullionSocketServer *server,
          MullionSocketPeer   *peer,
          NodeIpc             *self)
{
  tell (self, "node-ipc:peers", gallery_number_node (mullion_socket_server_get_peers (server)->len));
}

/* Whatever it is that a peer says: the page shows texts alone. */
static void
message_cb (MullionSocketServer *server,
            MullionSocketPeer   *peer,
            const char          *type,
            JsonNode            *data,
            NodeIpc             *self)
{
  g_autofree char *text = mullion_value_dup_string (mullion_value_get_member (data, "text"), NULL);

  if (g_str_equal (type, "say") && text != NULL)
    tell (self, "node-ipc:heard", gallery_string_node (text));
}

static void
error_cb (MullionSocketServer *server,
          MullionSocketPeer   *peer,
          const GError        *error,
          NodeIpc             *self)
{
  tell_error (self, error->message);
}

static gboolean
listen_for_peers (NodeIpc  *self,
                  GError  **error)
{
  g_autofree char *root = g_strconcat (g_get_user_runtime_dir (), "/", NULL);
  g_autofree char *id = g_strdup_printf ("gallery-%d", (int) getpid ());

  if (self->server != NULL)
    return TRUE;

  g_free (self->path);
  self->path = mullion_socket_server_build_path (root, "mullion.", id);
  self->server = mullion_socket_server_new ();
  g_signal_connect (self->server, "connect", G_CALLBACK (peers_cb), self);
  g_signal_connect (self->server, "disconnect", G_CALLBACK (peers_cb), self);
  g_signal_connect (self->server, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->server, "error", G_CALLBACK (error_cb), self);
  if (mullion_socket_server_listen (self->server, self->path, error))
    return TRUE;

  g_clear_object (&self->server);
  return FALSE;
}

/* -- The peers -- */

/* It says why it cannot take part. */
static void
complaint_cb (MullionNodeChannel *channel,
              JsonNode           *message,
              GSocket            *handle,
              NodeIpc            *self)
{
  g_autofree char *text = mullion_value_dup_string (message, NULL);

  if (text != NULL)
    tell_error (self, text);
}

static void
exit_cb (MullionChildProcess *child,
         int                  code,
         int                  signal_number,
         NodeIpc             *self)
{
  g_ptr_array_remove (self->children, child);
}

static gboolean
start_peer (NodeIpc  *self,
            GError  **error)
{
  g_autoptr(GBytes) script = g_resources_lookup_data (SCRIPT, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  MullionChildProcess *child;
  const char *argv[] = { "node", "-e", NULL, self->path, NULL };

  if (script == NULL)
    return FALSE;

  argv[2] = g_bytes_get_data (script, NULL);
  mullion_spawn_options_set_stdio (options, 0, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  child = mullion_child_process_spawn (argv, options, NULL, error);
  if (child == NULL)
    return FALSE;

  g_ptr_array_add (self->children, child);
  g_signal_connect (child, "exit", G_CALLBACK (exit_cb), self);
  g_signal_connect (mullion_child_process_get_channel (child), "message",
                    G_CALLBACK (complaint_cb), self);
  return TRUE;
}

static void
start (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  NodeIpc *self = user_data;
  GError *error = NULL;

  g_set_weak_pointer (&self->page, mullion_ipc_main_invoke_event_get_sender (event));
  if (self->children->len == MAX_PEERS)
    g_set_error (&error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE, "%d peers are enough", MAX_PEERS);
  else if (listen_for_peers (self, &error))
    start_peer (self, &error);

  gallery_reply (event, error);
}

static void
say (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  NodeIpc *self = user_data;
  GError *error = NULL;
  const char *text = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (text != NULL && self->server == NULL)
    g_set_error_literal (&error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_FOUND,
                         "Nobody is there: start a peer first");
  else if (text != NULL)
    {
      JsonObject *data = json_object_new ();
      JsonNode *node = json_node_init_object (json_node_alloc (), data);

      json_object_set_string_member (data, "text", text);
      json_object_unref (data);
      mullion_socket_server_broadcast (self->server, "say", node, &error);
    }

  gallery_reply (event, error);
}

static void
stop (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  NodeIpc *self = user_data;

  for (guint i = 0; i < self->children->len; i++)
    mullion_child_process_kill (g_ptr_array_index (self->children, i), SIGTERM);
}

static void
free_node_ipc (gpointer data)
{
  NodeIpc *self = data;

  for (guint i = 0; i < self->children->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->children, i), self);
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->children);
  g_clear_weak_pointer (&self->page);
  g_free (self->path);
  g_free (self);
}

void
gallery_node_ipc_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  NodeIpc *self = g_new0 (NodeIpc, 1);

  self->children = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (ipc, "node-ipc:stop", stop, self, NULL);
  mullion_ipc_main_handle (ipc, "node-ipc:say", say, self, NULL);
  mullion_ipc_main_handle (ipc, "node-ipc:start", start, self, free_node_ipc);
}
