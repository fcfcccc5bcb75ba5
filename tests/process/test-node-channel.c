/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-process-error.h"
#include "mullion-value.h"

#include <signal.h>
#include <string.h>

/* The IPC channel of Node.js, with a real node at the other end; and programs that speak nonsense. */

typedef struct
{
  Outcome outcome;
  MullionChildProcess *child;
  MullionNodeChannel *channel; /* the child's */

  GPtrArray *messages; /* of JsonNode */
  GPtrArray *handles;  /* of GSocket, or NULL */
  GPtrArray *errors;   /* of GError */
  guint n_disconnects;
  guint n_drained;
} Talk;

static void
message_cb (MullionNodeChannel *channel,
            JsonNode           *message,
            GSocket            *handle,
            gpointer            user_data)
{
  Talk *talk = user_data;

  g_assert_cmpuint (talk->n_disconnects, ==, 0);
  g_ptr_array_add (talk->messages, json_node_ref (message));
  g_ptr_array_add (talk->handles, handle != NULL ? g_object_ref (handle) : NULL);
}

static void
error_cb (MullionNodeChannel *channel,
          const GError       *error,
          gpointer            user_data)
{
  g_ptr_array_add (((Talk *) user_data)->errors, g_error_copy (error));
}

static void
disconnect_cb (MullionNodeChannel *channel,
               gpointer            user_data)
{
  ((Talk *) user_data)->n_disconnects++;
}

static void
drained_cb (MullionNodeChannel *channel,
            gpointer            user_data)
{
  ((Talk *) user_data)->n_drained++;
}

static void
clear_socket (gpointer socket)
{
  if (socket != NULL)
    g_object_unref (socket);
}

/* Takes @child. */
static void
begin (Talk                *talk,
       MullionChildProcess *child)
{
  talk->child = child;
  talk->channel = mullion_child_process_get_channel (child);
  g_assert_nonnull (talk->channel);
  talk->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  talk->handles = g_ptr_array_new_with_free_func (clear_socket);
  talk->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_signal_connect (talk->channel, "message", G_CALLBACK (message_cb), talk);
  g_signal_connect (talk->channel, "error", G_CALLBACK (error_cb), talk);
  g_signal_connect (talk->channel, "disconnect", G_CALLBACK (disconnect_cb), talk);
  g_signal_connect (talk->channel, "drained", G_CALLBACK (drained_cb), talk);
}

/* @options: (transfer full) (nullable) */
static void
begin_node (Talk                *talk,
            MullionSpawnOptions *options)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node", "ipc-child.js",
                                                   NULL);
  g_autoptr(MullionSpawnOptions) owned_options = options;
  const char *args[] = { "first", "second", NULL };
  g_autoptr(GError) error = NULL;
  MullionChildProcess *child = mullion_child_process_fork (script, args, options, NULL, &error);

  g_assert_no_error (error);
  follow (child, &talk->outcome);
  begin (talk, child);
}

static void
begin_shell (Talk       *talk,
             const char *script)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  begin (talk, spawn_shell (options, &talk->outcome, script));
}

static void
end (Talk *talk)
{
  finish (talk->child, &talk->outcome);
  g_ptr_array_unref (talk->messages);
  g_ptr_array_unref (talk->handles);
  g_ptr_array_unref (talk->errors);
}

/* The script has nothing else to do: it ends when nobody can speak to it. */
static void
disconnect_and_end (Talk *talk)
{
  mullion_node_channel_disconnect (talk->channel);
  g_assert_false (mullion_node_channel_is_connected (talk->channel));
  wait_until (talk->outcome.n_exits > 0 && talk->n_disconnects > 0);
  g_assert_cmpint (talk->outcome.code, ==, 0);
  g_assert_cmpuint (talk->errors->len, ==, 0);
  end (talk);
}

static void
send_with (Talk       *talk,
           const char *json,
           GSocket    *handle)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  mullion_node_channel_send (talk->channel, node, handle, &error);
  g_assert_no_error (error);
}

#define send_json(talk, json) send_with (talk, json, NULL)

static void
assert_message (Talk       *talk,
                guint       index,
                const char *json)
{
  g_autofree char *text = NULL;

  wait_until (talk->messages->len > index || talk->n_disconnects > 0);
  g_assert_cmpuint (talk->messages->len, >, index);
  text = mullion_json_to_string (talk->messages->pdata[index]);
  g_assert_cmpstr (text, ==, json);
}

static void
assert_error_at (Talk       *talk,
                 guint       index,
                 int         code,
                 const char *message)
{
  wait_until (talk->errors->len > index);
  g_assert_error ((GError *) talk->errors->pdata[index], MULLION_MESSAGE_ERROR, code);
  g_assert_cmpstr (((GError *) talk->errors->pdata[index])->message, ==, message);
}

/* -- Messages -- */

static void
test_messages (void)
{
  g_autofree char *large = g_strnfill (1000000, 'l');
  JsonObject *object = json_object_new ();
  Talk talk = { 0 };

  begin_node (&talk, NULL);
  send_json (&talk, "{ \"type\": \"echo\", \"payload\": \"é€😀\" }");
  send_json (&talk, "{ \"type\": \"echo\", \"payload\": [1, 2.5, null, true, { \"a\": {} }] }");
  send_json (&talk, "{ \"type\": \"describe\" }");
  json_object_set_string_member (object, "type", "echo");
  json_object_set_string_member (object, "payload", large);
  g_assert_true (mullion_node_channel_send (
      talk.channel, json_node_init_object (json_node_alloc (), object), NULL, NULL));
  json_object_unref (object);

  assert_message (&talk, 0, "\"é€😀\"");
  assert_message (&talk, 1, "[1,2.5,null,true,{\"a\":{}}]");
  assert_message (&talk, 2, "{\"argv\":[\"first\",\"second\"],\"execArgv\":[],\"connected\":true,"
                            "\"fd\":null}");
  wait_until (talk.messages->len == 4);
  g_assert_cmpstr (json_node_get_string (talk.messages->pdata[3]), ==, large);
  disconnect_and_end (&talk);
}

static void
test_disconnect_here (void)
{
  Talk talk = { 0 };
  g_autoptr(GError) error = NULL;

  begin_node (&talk, NULL);
  g_assert_true (mullion_node_channel_is_connected (talk.channel));
  mullion_node_channel_disconnect (talk.channel);
  mullion_node_channel_disconnect (talk.channel);
  g_assert_false (mullion_node_channel_send (talk.channel, NULL, NULL, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  g_assert_cmpstr (error->message, ==, "Channel closed");
  wait_until (talk.outcome.n_closes > 0);
  g_assert_cmpuint (talk.n_disconnects, ==, 1);
  g_assert_cmpint (talk.outcome.code, ==, 0);
  end (&talk);
}

static void
test_disconnect_there (void)
{
  Talk talk = { 0 };

  begin_node (&talk, NULL);
  send_json (&talk, "{ \"type\": \"disconnect\" }");
  wait_until (talk.n_disconnects > 0);
  g_assert_false (mullion_node_channel_is_connected (talk.channel));
  wait_until (talk.outcome.n_exits > 0);
  g_assert_cmpint (talk.outcome.code, ==, 0);
  end (&talk);
}

/* What a process says at last is heard, and then that it is closed. */
static void
test_last_words (void)
{
  Talk talk = { 0 };

  begin_node (&talk, NULL);
  send_json (&talk, "{ \"type\": \"last\" }");
  wait_until (talk.outcome.n_closes > 0);
  g_assert_cmpint (talk.outcome.code, ==, 7);
  g_assert_cmpuint (talk.n_disconnects, ==, 1);
  assert_message (&talk, 0, "\"last\"");
  end (&talk);
}

/* What was sent before the end is still written. */
static void
test_flushed (void)
{
  Talk talk = { 0 };
  g_autofree char *text = NULL;

  begin_shell (&talk, "cat <&3 | wc -c");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *filler = g_strnfill (997, 'f');

      g_assert_true (mullion_node_channel_send (
          talk.channel, json_node_init_string (json_node_alloc (), filler), NULL, NULL));
    }
  mullion_node_channel_disconnect (talk.channel);
  text = read_to_end (mullion_child_process_get_stdout (talk.child));
  g_assert_cmpint (atoi (text), ==, 1000 * 1000);
  end (&talk);
}

/* -- Handles -- */

/* A connection over the loopback: its two ends. */
static void
connect_pair (GSocket **near,
              GSocket **far)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) one = NULL;
  g_autoptr(GSocketConnection) other = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  one = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  other = g_socket_listener_accept (listener, NULL, NULL, &error);
  g_assert_no_error (error);
  *near = g_object_ref (g_socket_connection_get_socket (one));
  *far = g_object_ref (g_socket_connection_get_socket (other));
}

static void
assert_reads (GSocket    *socket,
              const char *expected)
{
  g_autoptr(GSocketConnection) connection =
      g_socket_connection_factory_create_connection (socket);
  g_autofree char *text = read_to_end (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_assert_cmpstr (text, ==, expected);
  /* The other end keeps a script alive until this one is closed too. */
  g_assert_true (g_io_stream_close (G_IO_STREAM (connection), NULL, NULL));
}

static void
test_connection (void)
{
  g_autoptr(GSocket) near = NULL;
  g_autoptr(GSocket) far = NULL;
  Talk talk = { 0 };

  connect_pair (&near, &far);
  begin_node (&talk, NULL);
  send_json (&talk, "{ \"type\": \"echo\", \"payload\": 1 }");
  send_with (&talk, "{ \"type\": \"serve\", \"payload\": \"hello\" }", far);
  /* Those behind it keep their place. */
  send_json (&talk, "{ \"type\": \"echo\", \"payload\": 2 }");
  g_assert_cmpuint (mullion_node_channel_get_queued (talk.channel), >, 0);

  assert_message (&talk, 0, "1");
  assert_message (&talk, 1, "\"served\"");
  assert_message (&talk, 2, "2");
  /* It has changed hands: the end of it comes from over there. */
  g_assert_true (g_socket_is_closed (far));
  assert_reads (near, "hello from node");
  disconnect_and_end (&talk);
}

static void
test_server (void)
{
  g_autoptr(GSocket) server = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  Talk talk = { 0 };

  g_assert_true (g_socket_bind (server, any, FALSE, NULL));
  g_assert_true (g_socket_listen (server, NULL));
  address = g_socket_get_local_address (server, NULL);
  begin_node (&talk, NULL);
  send_with (&talk, "{ \"type\": \"accept\" }", server);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  assert_reads (g_socket_connection_get_socket (connection), "accepted by node");
  /* As by Node.js, a server goes on listening here. */
  g_assert_false (g_socket_is_closed (server));
  disconnect_and_end (&talk);
}

static void
test_datagrams (void)
{
  g_autoptr(GSocket) receiver = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                              G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr(GSocket) sender = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  Talk talk = { 0 };

  g_assert_true (g_socket_bind (receiver, any, FALSE, NULL));
  address = g_socket_get_local_address (receiver, NULL);
  begin_node (&talk, NULL);
  send_with (&talk, "{ \"type\": \"datagram\" }", receiver);
  g_assert_cmpint (g_socket_send_to (sender, address, "by datagram", 11, NULL, NULL), ==, 11);
  assert_message (&talk, 0, "\"by datagram\"");
  disconnect_and_end (&talk);
}

static void
test_handle_from_node (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *request =
      g_strdup_printf ("{ \"type\": \"give\", \"payload\": %u }", (guint) port);
  g_autoptr(GSocketConnection) connection = NULL;
  Talk talk = { 0 };

  begin_node (&talk, NULL);
  send_json (&talk, request);
  assert_message (&talk, 0, "\"before\"");
  assert_message (&talk, 1, "\"handle\"");
  assert_message (&talk, 2, "\"after\"");
  g_assert_null (talk.handles->pdata[0]);
  g_assert_null (talk.handles->pdata[2]);

  g_assert_true (G_IS_SOCKET (talk.handles->pdata[1]));
  g_assert_cmpint (g_socket_send (talk.handles->pdata[1], "through it", 10, NULL, NULL), ==, 10);
  g_assert_true (g_socket_close (talk.handles->pdata[1], NULL));
  connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  assert_reads (g_socket_connection_get_socket (connection), "through it");
  disconnect_and_end (&talk);
}

/* A process that never gets the descriptor: it is sent again, as Node.js does, and then given up. */
static void
test_not_acknowledged (void)
{
  g_autoptr(GSocket) near = NULL;
  g_autoptr(GSocket) far = NULL;
  g_autofree char *text = NULL;
  Talk talk = { 0 };

  connect_pair (&near, &far);
  begin_shell (&talk, "for i in 1 2 3 4; do read -r line <&3; echo $line;"
                      "echo '{\"cmd\":\"NODE_HANDLE_NACK\"}' >&3; done; read -r line <&3; echo $line");
  send_with (&talk, "1", far);
  send_json (&talk, "2");
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_CUT,
                   "A handle did not reach the receiving process");
  text = read_to_end (mullion_child_process_get_stdout (talk.child));
  g_assert_cmpstr (text, ==, "{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Socket\",\"msg\":1}\n"
                             "{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Socket\",\"msg\":1}\n"
                             "{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Socket\",\"msg\":1}\n"
                             "{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Socket\",\"msg\":1}\n2\n");
  g_assert_false (g_socket_is_closed (far));
  end (&talk);
}

/* And the other way round. What is Node's own, and what nobody asked for, is no message. */
static void
test_protocol (void)
{
  g_autofree char *text = NULL;
  Talk talk = { 0 };

  begin_shell (&talk, "echo '{\"cmd\":\"NODE_HANDLE\",\"type\":\"net.Socket\",\"msg\":1}' >&3;"
                      "echo '{\"cmd\":\"NODE_HANDLE_ACK\"}' >&3;"
                      "echo '{\"cmd\":\"NODE_HANDLE_NACK\"}' >&3;"
                      "echo '{\"cmd\":\"NODE_NOVELTY\"}' >&3;"
                      "echo '{\"cmd\":\"NODE_SOCKET_GET_COUNT\",\"key\":\"4:x:1\"}' >&3;"
                      "echo '{\"cmd\":\"NODE_SOCKET_NOTIFY_CLOSE\",\"key\":\"4:x:1\"}' >&3;"
                      "echo '{\"cmd\":\"NODE_\"}' >&3; echo '{\"cmd\":1}' >&3;"
                      "for i in 1 2 3; do read -r line <&3; echo $line; done");
  text = read_to_end (mullion_child_process_get_stdout (talk.child));
  g_assert_cmpstr (text, ==,
                   "{\"cmd\":\"NODE_HANDLE_NACK\"}\n"
                   "{\"cmd\":\"NODE_SOCKET_COUNT\",\"key\":\"4:x:1\",\"count\":0}\n"
                   "{\"cmd\":\"NODE_SOCKET_ALL_CLOSED\",\"key\":\"4:x:1\"}\n");
  assert_message (&talk, 0, "{\"cmd\":\"NODE_\"}");
  assert_message (&talk, 1, "{\"cmd\":1}");
  g_assert_cmpuint (talk.messages->len, ==, 2);
  g_assert_cmpuint (talk.errors->len, ==, 0);
  end (&talk);
}

/* -- What is wrong -- */

static void
test_nonsense (void)
{
  Talk talk = { 0 };

  begin_shell (&talk, "echo 1 >&3; echo nonsense >&3; echo 2 >&3; printf '{\"half\":' >&3");
  wait_until (talk.n_disconnects > 0);
  assert_message (&talk, 0, "1");
  assert_message (&talk, 1, "2");
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_SYNTAX,
                   "Message 2: Invalid JSON at byte 0: expected a value, not 'n'");
  assert_error_at (&talk, 1, MULLION_MESSAGE_ERROR_CUT,
                   "The other end stopped in the middle of message 4");
  wait_until (talk.outcome.n_exits > 0);
  end (&talk);
}

static void
test_too_large (void)
{
  Talk talk = { 0 };
  g_autoptr(GError) error = NULL;

  begin_shell (&talk, "echo '\"too large\"' >&3; echo '\"ok\"' >&3; read -r line <&3");
  mullion_node_channel_set_max_size (talk.channel, 8);
  assert_message (&talk, 0, "\"ok\"");
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_TOO_LARGE,
                   "Message 1 is over the limit of 8 bytes");
  g_assert_false (mullion_node_channel_send (talk.channel, mullion_value_new_string ("1234567", -1),
                                             NULL, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE);
  send_json (&talk, "1");
  wait_until (talk.outcome.n_exits > 0);
  end (&talk);
}

/* A node that hangs: what waits is bounded, and arrives when it wakes up. */
static void
test_hangs (void)
{
  Talk talk = { 0 };
  g_autoptr(GError) error = NULL;
  guint n = 0;

  begin_node (&talk, NULL);
  send_json (&talk, "{ \"type\": \"echo\", \"payload\": \"ready\" }");
  assert_message (&talk, 0, "\"ready\"");
  g_assert_true (mullion_child_process_kill (talk.child, SIGSTOP));
  mullion_node_channel_set_max_queued (talk.channel, 1000000);

  for (;; n++)
    {
      g_autofree char *json = g_strdup_printf ("{ \"type\": \"echo\", \"payload\": %u }", n);

      if (!mullion_node_channel_send (talk.channel, json_from_string (json, NULL), NULL, &error))
        break;
    }
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL);
  g_assert_cmpuint (mullion_node_channel_get_queued (talk.channel), <=, 1000000 + 64);

  g_assert_true (mullion_child_process_kill (talk.child, SIGCONT));
  wait_until (talk.n_drained > 0);
  wait_until (talk.messages->len == n + 1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (json_node_get_int (talk.messages->pdata[i + 1]), ==, i);
  disconnect_and_end (&talk);
}

/* -- Starting -- */

static void
test_no_node (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autoptr(GError) error = NULL;

  mullion_spawn_options_setenv (options, "PATH", "/no/such/folder");
  g_assert_null (mullion_child_process_fork ("script.js", NULL, options, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NODE_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "Cannot run the script “script.js”: there is no Node.js (no "
                                       "“node” or “nodejs” in PATH)");
  g_clear_error (&error);

  mullion_spawn_options_set_exec_path (options, "/no/such/node");
  g_assert_null (mullion_child_process_fork ("script.js", NULL, options, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND);
}

static void
test_exec_argv (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  const char *exec_argv[] = { "--no-warnings", NULL };
  Talk talk = { 0 };

  mullion_spawn_options_set_exec_argv (options, exec_argv);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  begin_node (&talk, options);
  send_json (&talk, "{ \"type\": \"describe\" }");
  assert_message (&talk, 0, "{\"argv\":[\"first\",\"second\"],\"execArgv\":[\"--no-warnings\"],"
                            "\"connected\":true,\"fd\":null}");
  disconnect_and_end (&talk);
}

static void
test_two_channels (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *argv[] = { "true", NULL };
  g_autoptr(GError) error = NULL;

  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  mullion_spawn_options_set_stdio (options, 5, MULLION_STDIO_IPC);
  g_assert_null (mullion_child_process_spawn (argv, options, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_FAILED);
}

/* The channel of the app itself is not for its children. */
static void
test_not_passed_on (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  g_autofree char *text = NULL;

  mullion_spawn_options_setenv (options, "NODE_CHANNEL_FD", "42");
  child = spawn_shell (options, &outcome, "echo ${NODE_CHANNEL_FD-none}");
  text = read_to_end (mullion_child_process_get_stdout (child));
  g_assert_cmpstr (text, ==, "none\n");
  finish (child, &outcome);
}

/* -- The other way round -- */

static void
run_node_parent (const char *way,
                 const char *serialization)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node", "ipc-parent.js",
                                                   NULL);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "node-program", NULL);
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *node;
  g_autofree char *text = NULL;

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  node = spawn (options, &outcome, "node", script, program, way, serialization, NULL);
  text = read_to_end (mullion_child_process_get_stdout (node));
  g_assert_cmpstr (text, ==, "talked\n");
  finish (node, &outcome);
}

static void
test_node_parent (void)
{
  run_node_parent ("fork", "json");
  run_node_parent ("spawn", "json");
  run_node_parent ("fork", "advanced");
}

static void
assert_no_parent (const char *fd,
                  const char *expected)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "node-program", NULL);
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  g_autofree char *script = g_strdup_printf ("%s%s exec %s 2>&1", fd != NULL ? "NODE_CHANNEL_FD=" : "",
                                             fd != NULL ? fd : "", program);
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn_shell (options, &outcome, script);
  g_autofree char *text = read_to_end (mullion_child_process_get_stdout (child));

  g_assert_cmpstr (text, ==, expected);
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, 2);
  finish (child, &outcome);
}

static void
test_no_parent (void)
{
  assert_no_parent (NULL, "There is no channel to a parent: the program was not started by Node.js "
                          "with fork (), or with 'ipc' in its stdio\n");
  assert_no_parent ("nine", "The channel to the parent, NODE_CHANNEL_FD=nine, is no file "
                            "descriptor\n");
  assert_no_parent ("0", "The channel to the parent, NODE_CHANNEL_FD=0, is no socket: Socket "
                         "operation on non-socket\n");
  assert_no_parent ("99", "The channel to the parent, NODE_CHANNEL_FD=99, is no socket: Bad file "
                          "descriptor\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/node-channel/messages", test_messages);
  g_test_add_func ("/node-channel/disconnect-here", test_disconnect_here);
  g_test_add_func ("/node-channel/disconnect-there", test_disconnect_there);
  g_test_add_func ("/node-channel/last-words", test_last_words);
  g_test_add_func ("/node-channel/flushed", test_flushed);
  g_test_add_func ("/node-channel/connection", test_connection);
  g_test_add_func ("/node-channel/server", test_server);
  g_test_add_func ("/node-channel/datagrams", test_datagrams);
  g_test_add_func ("/node-channel/handle-from-node", test_handle_from_node);
  g_test_add_func ("/node-channel/not-acknowledged", test_not_acknowledged);
  g_test_add_func ("/node-channel/protocol", test_protocol);
  g_test_add_func ("/node-channel/nonsense", test_nonsense);
  g_test_add_func ("/node-channel/too-large", test_too_large);
  g_test_add_func ("/node-channel/hangs", test_hangs);
  g_test_add_func ("/node-channel/no-node", test_no_node);
  g_test_add_func ("/node-channel/exec-argv", test_exec_argv);
  g_test_add_func ("/node-channel/two-channels", test_two_channels);
  g_test_add_func ("/node-channel/not-passed-on", test_not_passed_on);
  g_test_add_func ("/node-channel/node-parent", test_node_parent);
  g_test_add_func ("/node-channel/no-parent", test_no_parent);

  return g_test_run ();
}
