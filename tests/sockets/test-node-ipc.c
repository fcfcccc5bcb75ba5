/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-socket-client.h"
#include "mullion-socket-server.h"
#include "mullion-value.h"

#include <glib/gstdio.h>
#include <signal.h>

/* The library node-ipc itself, as server and as client, with ours at the other end. */

typedef struct
{
  char *root; /* a folder of the test's own, with a slash */
  Outcome outcome;
  MullionChildProcess *node;
  GDataInputStream *lines;
  GPtrArray *told; /* lines of node's output */

  GPtrArray *heard; /* "type json" */
  guint n_connects;
  guint n_disconnects;
} Talk;

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GDataInputStream *lines = G_DATA_INPUT_STREAM (source);
  Talk *talk = user_data;
  char *line = g_data_input_stream_read_line_finish_utf8 (lines, result, NULL, NULL);

  if (line == NULL)
    return;

  g_ptr_array_add (talk->told, line);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, talk);
}

static void
begin (Talk *talk)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mullion-XXXXXX", &error);

  g_assert_no_error (error);
  talk->root = g_strconcat (folder, "/", NULL);
  talk->told = g_ptr_array_new_with_free_func (g_free);
  talk->heard = g_ptr_array_new_with_free_func (g_free);
}

static void
start_node (Talk       *talk,
            const char *script,
            const char *first,
            const char *second,
            const char *third)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sockets", "node", script, NULL);
  g_autofree char *modules = g_build_filename (g_getenv ("MULLION_TEST_PACKAGES"), "node_modules",
                                               NULL);
  g_auto(GStrv) env = g_environ_setenv (g_get_environ (), "NODE_PATH", modules, TRUE);
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_env (options, (const char * const *) env);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  talk->node = spawn (options, &talk->outcome, "node", path, third != NULL ? "unix" : "tcp", first,
                      second, third, NULL);
  talk->lines = g_data_input_stream_new (mullion_child_process_get_stdout (talk->node));
  g_data_input_stream_read_line_async (talk->lines, G_PRIORITY_DEFAULT, NULL, line_cb, talk);
}

/* It ends when nobody can tell it more. */
static void
stop_node (Talk *talk)
{
  g_assert_true (g_output_stream_close (mullion_child_process_get_stdin (talk->node), NULL, NULL));
  wait_until (talk->outcome.n_closes > 0);
  g_assert_cmpint (talk->outcome.code, ==, 0);
  g_clear_object (&talk->lines);
  finish (talk->node, &talk->outcome);
  talk->outcome = (Outcome) { 0 };
}

static void
end (Talk *talk)
{
  stop_node (talk);
  g_assert_cmpint (g_rmdir (talk->root), ==, 0);
  g_free (talk->root);
  g_ptr_array_unref (talk->told);
  g_ptr_array_unref (talk->heard);
}

#define assert_told(talk, index, line) \
  G_STMT_START { \
    wait_until ((talk)->told->len > (index)); \
    g_assert_cmpstr ((talk)->told->pdata[index], ==, line); \
  } G_STMT_END

#define assert_heard(talk, index, message) \
  G_STMT_START { \
    wait_until ((talk)->heard->len > (index)); \
    g_assert_cmpstr ((talk)->heard->pdata[index], ==, message); \
  } G_STMT_END

/* -- node-ipc is the server -- */

static void
client_message_cb (MullionSocketClient *client,
                   const char          *type,
                   JsonNode            *data,
                   Talk                *talk)
{
  g_autofree char *text = mullion_json_to_string (data);

  g_ptr_array_add (talk->heard, g_strdup_printf ("%s %s", type, text));
}

static void
count_cb (GObject *object,
          guint   *count)
{
  (*count)++;
}

static MullionSocketClient *
follow_client (Talk                *talk,
               MullionSocketClient *client)
{
  g_signal_connect (client, "message", G_CALLBACK (client_message_cb), talk);
  g_signal_connect (client, "connect", G_CALLBACK (count_cb), &talk->n_connects);
  g_signal_connect (client, "disconnect", G_CALLBACK (count_cb), &talk->n_disconnects);
  mullion_socket_client_set_retry (client, 20);
  mullion_socket_client_open (client);
  return client;
}

static void
send (MullionSocketClient *client,
      const char          *type,
      const char          *json)
{
  g_autoptr(GError) error = NULL;

  mullion_socket_client_send (client, type, json_from_string (json, NULL), &error);
  g_assert_no_error (error);
}

static void
test_server (void)
{
  Talk talk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr(MullionSocketClient) client = NULL;

  if (skips_packages ())
    return;

  begin (&talk);
  start_node (&talk, "ipc-server.js", talk.root, "space.", "world");
  assert_told (&talk, 0, "ready");

  path = mullion_socket_server_build_path (talk.root, "space.", "world");
  client = follow_client (&talk, mullion_socket_client_new (path));
  wait_until (talk.n_connects == 1);
  assert_told (&talk, 1, "connect");

  send (client, "hello", "{ \"id\": \"mullion\" }");
  assert_told (&talk, 2, "hello mullion");
  send (client, "echo", "{ \"text\": \"é\\f\\n😀\", \"list\": [ 1, null ] }");
  assert_heard (&talk, 0, "echo {\"text\":\"é\\f\\n😀\",\"list\":[1,null]}");
  send (client, "shout", "\"to all\"");
  assert_heard (&talk, 1, "shout \"to all\"");

  mullion_socket_client_close (client);
  assert_told (&talk, 3, "disconnected mullion");
  g_assert_cmpuint (talk.n_disconnects, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&client));
  end (&talk);
}

static void
test_server_restarts (void)
{
  Talk talk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr(MullionSocketClient) client = NULL;

  if (skips_packages ())
    return;

  begin (&talk);
  path = mullion_socket_server_build_path (talk.root, NULL, "world");
  client = follow_client (&talk, mullion_socket_client_new (path));
  wait_until (talk.n_disconnects > 1);
  start_node (&talk, "ipc-server.js", talk.root, "app.", "world");
  wait_until (talk.n_connects == 1);

  /* Where it leaves its file, as after a crash. */
  g_assert_true (mullion_child_process_kill (talk.node, SIGKILL));
  wait_until (talk.outcome.n_closes > 0);
  g_clear_object (&talk.lines);
  finish (talk.node, &talk.outcome);
  talk.outcome = (Outcome) { 0 };

  start_node (&talk, "ipc-server.js", talk.root, "app.", "world");
  wait_until (talk.n_connects == 2);
  send (client, "echo", "\"again\"");
  assert_heard (&talk, 0, "echo \"again\"");

  /* And where it closes the one connection. */
  send (client, "bye", "null");
  wait_until (talk.n_connects == 3);
  mullion_socket_client_close (client);
  end (&talk);
}

static void
test_server_tcp (void)
{
  Talk talk = { 0 };
  g_autoptr(MullionSocketClient) client = NULL;
  guint port = 0;

  if (skips_packages ())
    return;

  begin (&talk);
  start_node (&talk, "ipc-server.js", NULL, NULL, NULL);
  wait_until (talk.told->len > 0);
  g_assert_cmpint (sscanf (talk.told->pdata[0], "ready %u", &port), ==, 1);

  client = follow_client (&talk, mullion_socket_client_new_tcp ((guint16) port));
  wait_until (talk.n_connects == 1);
  g_assert_cmpint (mullion_socket_peer_get_process_id (mullion_socket_client_get_peer (client)), ==, -1);
  send (client, "echo", "[ true ]");
  assert_heard (&talk, 0, "echo [true]");
  mullion_socket_client_close (client);
  end (&talk);
}

/* -- node-ipc is the client -- */

static void
server_message_cb (MullionSocketServer *server,
                   MullionSocketPeer   *peer,
                   const char          *type,
                   JsonNode            *data,
                   Talk                *talk)
{
  g_autofree char *text = mullion_json_to_string (data);

  g_ptr_array_add (talk->heard, g_strdup_printf ("%s %s %s", mullion_socket_peer_get_id (peer), type,
                                                 text));
}

static void
server_disconnect_cb (MullionSocketServer *server,
                      MullionSocketPeer   *peer,
                      Talk                *talk)
{
  talk->n_disconnects++;
}

static MullionSocketServer *
follow_server (Talk *talk)
{
  MullionSocketServer *server = mullion_socket_server_new ();

  g_signal_connect (server, "message", G_CALLBACK (server_message_cb), talk);
  g_signal_connect (server, "disconnect", G_CALLBACK (server_disconnect_cb), talk);
  return server;
}

static void
listen_at (MullionSocketServer *server,
           const char          *path)
{
  g_autoptr(GError) error = NULL;

  mullion_socket_server_listen (server, path, &error);
  g_assert_no_error (error);
}

#define HELLO "node hello {\"id\":\"node\",\"text\":\"é€😀\\f\",\"list\":[1,null,{\"deep\":true}]}"

static void
test_client (void)
{
  Talk talk = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autoptr(MullionSocketServer) server = NULL;
  g_autoptr(GError) error = NULL;
  MullionSocketPeer *peer;

  if (skips_packages ())
    return;

  begin (&talk);
  path = mullion_socket_server_build_path (talk.root, "space.", "world");
  server = follow_server (&talk);
  listen_at (server, path);
  start_node (&talk, "ipc-client.js", talk.root, "space.", "world");
  assert_heard (&talk, 0, HELLO);
  assert_told (&talk, 0, "connect");

  g_assert_cmpuint (mullion_socket_server_get_peers (server)->len, ==, 1);
  peer = mullion_socket_server_get_peers (server)->pdata[0];
  g_assert_cmpint (mullion_socket_peer_get_process_id (peer), ==,
                   mullion_child_process_get_pid (talk.node));
  mullion_socket_peer_send (peer, "tell", json_from_string ("[ \"\\f\", 1.5 ]", NULL), &error);
  g_assert_no_error (error);
  assert_told (&talk, 1, "tell [\"\\f\",1.5]");
  mullion_socket_server_broadcast (server, "large", mullion_value_new_string (large, -1), &error);
  g_assert_no_error (error);
  assert_told (&talk, 2, "large 1048576");

  mullion_socket_peer_send (peer, "leave", NULL, &error);
  g_assert_no_error (error);
  wait_until (talk.n_disconnects == 1);
  g_assert_cmpuint (mullion_socket_server_get_peers (server)->len, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&server));
  end (&talk);
}

/* The client tries again by itself, and finds the next server at the same path. */
static void
test_client_retries (void)
{
  Talk talk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr(MullionSocketServer) server = NULL;

  if (skips_packages ())
    return;

  begin (&talk);
  path = mullion_socket_server_build_path (talk.root, "app.", "world");
  start_node (&talk, "ipc-client.js", talk.root, "app.", "world");
  assert_told (&talk, 0, "disconnect");

  server = follow_server (&talk);
  listen_at (server, path);
  assert_heard (&talk, 0, HELLO);
  mullion_socket_server_stop (server);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  listen_at (server, path);
  assert_heard (&talk, 1, HELLO);
  mullion_socket_server_stop (server);
  end (&talk);
}

static void
test_client_tcp (void)
{
  Talk talk = { 0 };
  g_autofree char *port = NULL;
  g_autoptr(MullionSocketServer) server = NULL;
  g_autoptr(GError) error = NULL;

  if (skips_packages ())
    return;

  begin (&talk);
  server = follow_server (&talk);
  mullion_socket_server_listen_tcp (server, 0, &error);
  g_assert_no_error (error);
  port = g_strdup_printf ("%u", mullion_socket_server_get_port (server));
  start_node (&talk, "ipc-client.js", port, NULL, NULL);
  assert_heard (&talk, 0, HELLO);
  mullion_socket_server_stop (server);
  end (&talk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/node-ipc/server", test_server);
  g_test_add_func ("/node-ipc/server-restarts", test_server_restarts);
  g_test_add_func ("/node-ipc/server-tcp", test_server_tcp);
  g_test_add_func ("/node-ipc/client", test_client);
  g_test_add_func ("/node-ipc/client-retries", test_client_retries);
  g_test_add_func ("/node-ipc/client-tcp", test_client_tcp);

  return g_test_run ();
}
