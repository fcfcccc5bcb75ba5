/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

#include <signal.h>

/*
 * A child process that is Node.js, and two ways to speak with it: lines of JSON over its standard input
 * and output, and its own IPC channel, which is process.send () there.
 *
 * It is started by the first question, and ends with the app. Its answers carry the number of their
 * question, for they may come in any order.
 */

#define SCRIPT "/io/github/mullion/gallery/node-child.js"

#define MAX_TEXT 1000

typedef struct
{
  MullionChildProcess *child;   /* (nullable): while it runs, as the next */
  MullionMessageStream *stream;
  GHashTable *questions; /* number → MullionIpcMainInvokeEvent (owned) */
  guint last_number;
} Node;

static void
answer_cb (GObject  *source,
           JsonNode *answer,
           Node     *node)
{
  JsonNode *member = mullion_value_get_kind (answer) == MULLION_VALUE_OBJECT
                         ? mullion_value_get_member (answer, "number") : NULL;
  MullionIpcMainInvokeEvent *event;
  double number = 0;

  if (member == NULL || !mullion_value_get_number (member, &number))
    return;

  event = g_hash_table_lookup (node->questions, GUINT_TO_POINTER ((guint) number));
  if (event == NULL)
    return;

  mullion_ipc_main_invoke_event_return (event, json_node_copy (answer));
  g_hash_table_remove (node->questions, GUINT_TO_POINTER ((guint) number));
}

static void
message_cb (MullionNodeChannel *channel,
            JsonNode           *message,
            GSocket            *handle,
            Node               *node)
{
  answer_cb (G_OBJECT (channel), message, node);
}

/* Whoever waits for an answer hears that there will be none. */
static void
exit_cb (MullionChildProcess *child,
         int                  code,
         int                  signal_number,
         Node                *node)
{
  GHashTableIter iter;
  gpointer event;

  g_hash_table_iter_init (&iter, node->questions);
  while (g_hash_table_iter_next (&iter, NULL, &event))
    {
      mullion_ipc_main_invoke_event_return_error (
          event, g_error_new (G_IO_ERROR, G_IO_ERROR_CLOSED, "Node.js has ended, with %s %d",
                              signal_number != 0 ? "the signal" : "the code",
                              signal_number != 0 ? signal_number : code));
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&node->stream);
  g_clear_object (&node->child);
}

static gboolean
start (Node    *node,
       GError **error)
{
  g_autoptr(GBytes) script = g_resources_lookup_data (SCRIPT, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *argv[] = { "node", "-e", NULL, NULL };

  if (script == NULL)
    return FALSE;

  argv[2] = g_bytes_get_data (script, NULL);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  node->child = mullion_child_process_spawn (argv, options, NULL, error);
  if (node->child == NULL)
    return FALSE;

  node->stream = mullion_message_stream_new_for_child (node->child, MULLION_FRAMING_LINES);
  g_signal_connect (node->child, "exit", G_CALLBACK (exit_cb), node);
  g_signal_connect (node->stream, "message", G_CALLBACK (answer_cb), node);
  g_signal_connect (mullion_child_process_get_channel (node->child), "message",
                    G_CALLBACK (message_cb), node);
  return TRUE;
}

static JsonNode *
make_question (guint       number,
               const char *text)
{
  JsonObject *question = json_object_new ();

  json_object_set_int_member (question, "number", number);
  json_object_set_string_member (question, "text", text);
  return json_node_init_object (json_node_alloc (), question);
}

static void
ask (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  Node *node = user_data;
  GError *error = NULL;
  const char *way = gallery_args_get_string (args, 0, MAX_TEXT, &error);
  const char *text = way != NULL ? gallery_args_get_string (args, 1, MAX_TEXT, &error) : NULL;
  guint number = ++node->last_number;
  g_autoptr(JsonNode) question = text != NULL ? make_question (number, text) : NULL;
  gboolean is_sent = FALSE;

  if (text != NULL && (node->child != NULL || start (node, &error)))
    is_sent = g_str_equal (way, "channel")
                  ? mullion_node_channel_send (mullion_child_process_get_channel (node->child),
                                               g_steal_pointer (&question), NULL, &error)
                  : mullion_message_stream_send (node->stream, g_steal_pointer (&question), &error);

  if (is_sent)
    g_hash_table_insert (node->questions, GUINT_TO_POINTER (number), g_object_ref (event));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
stop (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  Node *node = user_data;
  gboolean is_running = node->child != NULL && mullion_child_process_kill (node->child, SIGTERM);

  mullion_ipc_main_invoke_event_return (event, json_node_init_boolean (json_node_alloc (), is_running));
}

static void
free_node (gpointer data)
{
  Node *node = data;

  if (node->child != NULL)
    g_signal_handlers_disconnect_by_data (node->child, node);
  g_clear_object (&node->stream);
  g_clear_object (&node->child);
  g_hash_table_unref (node->questions);
  g_free (node);
}

void
gallery_node_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  Node *node = g_new0 (Node, 1);

  node->questions = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  mullion_ipc_main_handle (ipc, "node:stop", stop, node, NULL);
  mullion_ipc_main_handle (ipc, "node:ask", ask, node, free_node);
}
