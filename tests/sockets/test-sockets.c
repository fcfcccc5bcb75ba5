/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-socket-client.h"
#include "mullion-socket-error.h"
#include "mullion-socket-server.h"
#include "mullion-value.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Sockets: ours at both ends, and raw ones that speak nonsense, too much or never. */

#define OTHER_USER 65534

typedef struct
{
  char *folder;
  char *path;
  MullionSocketServer *server;

  GPtrArray *heard;  /* "type json" */
  GPtrArray *errors; /* of GError */
  guint n_connects;
  guint n_disconnects;
  guint n_destroys;
} Fixture;

static void
server_message_cb (MullionSocketServer *server,
                   MullionSocketPeer   *peer,
                   const char          *type,
                   JsonNode            *data,
                   Fixture             *fixture)
{
  g_autofree char *text = mullion_json_to_string (data);
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (fixture->heard, g_strdup_printf ("%s %s", type, text));
  if (g_str_equal (type, "echo"))
    mullion_socket_peer_send (peer, "echo", json_node_copy (data), &error);
  g_assert_no_error (error);
}

static void
server_error_cb (MullionSocketServer *server,
                 MullionSocketPeer   *peer,
                 const GError        *error,
                 Fixture             *fixture)
{
  g_ptr_array_add (fixture->errors, g_error_copy (error));
}

static void
client_message_cb (MullionSocketClient *client,
                   const char          *type,
                   JsonNode            *data,
                   Fixture             *fixture)
{
  g_autofree char *text = mullion_json_to_string (data);

  g_ptr_array_add (fixture->heard, g_strdup_printf ("client %s %s", type, text));
}

static void
client_error_cb (MullionSocketClient *client,
                 const GError        *error,
                 Fixture             *fixture)
{
  g_ptr_array_add (fixture->errors, g_error_copy (error));
}

static void
count_cb (GObject *object,
          guint   *count)
{
  (*count)++;
}

static void
count_peer_cb (GObject           *object,
               MullionSocketPeer *peer,
               guint             *count)
{
  (*count)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("mullion-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "app.world", NULL);
  fixture->heard = g_ptr_array_new_with_free_func (g_free);
  fixture->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  fixture->server = mullion_socket_server_new ();
  g_signal_connect (fixture->server, "message", G_CALLBACK (server_message_cb), fixture);
  g_signal_connect (fixture->server, "error", G_CALLBACK (server_error_cb), fixture);
  g_signal_connect (fixture->server, "connect", G_CALLBACK (count_peer_cb), &fixture->n_connects);
  g_signal_connect (fixture->server, "disconnect", G_CALLBACK (count_peer_cb),
                    &fixture->n_disconnects);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->server);
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_ptr_array_unref (fixture->heard);
  g_ptr_array_unref (fixture->errors);
}

static void
listen_there (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  mullion_socket_server_listen (fixture->server, fixture->path, &error);
  g_assert_no_error (error);
}

static MullionSocketClient *
open_client (Fixture             *fixture,
             MullionSocketClient *client)
{
  g_signal_connect (client, "message", G_CALLBACK (client_message_cb), fixture);
  g_signal_connect (client, "error", G_CALLBACK (client_error_cb), fixture);
  g_signal_connect (client, "destroy", G_CALLBACK (count_cb), &fixture->n_destroys);
  mullion_socket_client_set_retry (client, 10);
  mullion_socket_client_open (client);
  return client;
}

#define wait_for_peer(client) wait_until (mullion_socket_client_get_peer (client) != NULL)

#define assert_heard(fixture, index, message) \
  G_STMT_START { \
    wait_until ((fixture)->heard->len > (index)); \
    g_assert_cmpstr ((fixture)->heard->pdata[index], ==, message); \
  } G_STMT_END

#define assert_error_at(fixture, index, domain, code, text) \
  G_STMT_START { \
    wait_until ((fixture)->errors->len > (index)); \
    g_assert_error ((GError *) (fixture)->errors->pdata[index], domain, code); \
    g_assert_nonnull (strstr (((GError *) (fixture)->errors->pdata[index])->message, text)); \
  } G_STMT_END

/* -- Talk -- */

static void
talk (Fixture             *fixture,
      MullionSocketClient *client)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_socket_client_send (client, "early", NULL, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  g_clear_error (&error);

  wait_for_peer (client);
  mullion_socket_client_send (client, "echo", json_from_string ("{ \"a\": [ \"\\f\" ] }", NULL), &error);
  g_assert_no_error (error);
  assert_heard (fixture, 0, "echo {\"a\":[\"\\f\"]}");
  assert_heard (fixture, 1, "client echo {\"a\":[\"\\f\"]}");

  mullion_socket_server_broadcast (fixture->server, "news", NULL, &error);
  g_assert_no_error (error);
  assert_heard (fixture, 2, "client news null");
  g_assert_cmpuint (fixture->n_connects, ==, 1);

  /* What is sent right before the end is still read. */
  mullion_socket_client_send (client, "last", NULL, &error);
  g_assert_no_error (error);
  mullion_socket_client_close (client);
  assert_heard (fixture, 3, "last null");
  wait_until (fixture->n_disconnects == 1);
  g_assert_cmpuint (fixture->errors->len, ==, 0);
}

static void
test_unix (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MullionSocketClient) client = NULL;
  struct stat info;
  mode_t old = umask (0);

  listen_there (fixture);
  umask (old);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);

  client = open_client (fixture, mullion_socket_client_new (fixture->path));
  talk (fixture, client);
  mullion_socket_server_stop (fixture->server);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_tcp (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(MullionSocketClient) client = NULL;
  g_autoptr(MullionSocketServer) second = mullion_socket_server_new ();
  g_autoptr(GError) error = NULL;
  guint16 port;

  g_assert_true (mullion_socket_server_listen_tcp (fixture->server, 0, &error));
  g_assert_no_error (error);
  port = mullion_socket_server_get_port (fixture->server);
  g_assert_cmpuint (port, !=, 0);
  g_assert_false (mullion_socket_server_listen_tcp (second, port, &error));
  g_assert_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_IN_USE);

  client = open_client (fixture, mullion_socket_client_new_tcp (port));
  talk (fixture, client);
}

static void
test_retries (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MullionSocketClient) client = mullion_socket_client_new (fixture->path);

  mullion_socket_client_set_max_retries (client, 2);
  open_client (fixture, client);
  wait_until (fixture->n_destroys == 1);
  g_assert_cmpuint (fixture->errors->len, ==, 3);
  assert_error_at (fixture, 2, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_FOUND, fixture->path);

  /* It may be opened again; and each connection begins the count anew. */
  listen_there (fixture);
  mullion_socket_client_open (client);
  wait_for_peer (client);
  mullion_socket_server_stop (fixture->server);
  listen_there (fixture);
  wait_until (fixture->n_connects == 2);
  g_assert_cmpuint (fixture->n_destroys, ==, 1);

  /* Closed while it waits for the next try, it makes none. */
  mullion_socket_server_stop (fixture->server);
  wait_until (mullion_socket_client_get_peer (client) == NULL);
  mullion_socket_client_close (client);
  g_assert_finalize_object (g_steal_pointer (&client));
}

/* -- Places -- */

static void
test_path_too_long (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *id = g_strnfill (200, 'x');
  g_autofree char *path = mullion_socket_server_build_path (fixture->folder, "/", id);
  g_autoptr(MullionSocketClient) client = mullion_socket_client_new (path);
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_socket_server_listen (fixture->server, path, &error));
  g_assert_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_PATH_TOO_LONG);
  g_assert_nonnull (strstr (error->message, path));

  mullion_socket_client_set_max_retries (client, 0);
  open_client (fixture, client);
  assert_error_at (fixture, 0, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_PATH_TOO_LONG, path);
  wait_until (fixture->n_destroys == 1);
}

static void
assert_cannot_listen (Fixture *fixture,
                      int      code)
{
  g_autoptr(MullionSocketServer) server = mullion_socket_server_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_socket_server_listen (server, fixture->path, &error));
  g_assert_error (error, MULLION_SOCKET_ERROR, code);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_places (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", "app.world", NULL);
  int stale;
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_false (mullion_socket_server_listen (fixture->server, missing, &error));
  g_assert_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_FOUND);

  /* A file of somebody's is never removed, and no server is pushed aside. */
  g_assert_true (g_file_set_contents (fixture->path, "text", -1, NULL));
  assert_cannot_listen (fixture, MULLION_SOCKET_ERROR_NOT_A_SOCKET);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (symlink ("/nowhere", fixture->path), ==, 0);
  assert_cannot_listen (fixture, MULLION_SOCKET_ERROR_NOT_A_SOCKET);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);

  /* One that a server left behind makes room. */
  g_strlcpy (address.sun_path, fixture->path, sizeof address.sun_path);
  stale = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (stale, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (stale);
  listen_there (fixture);
  assert_cannot_listen (fixture, MULLION_SOCKET_ERROR_IN_USE);

  /* The file of another server, in the place of ours, is not ours to remove. */
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "text", -1, NULL));
  mullion_socket_server_stop (fixture->server);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_other_owner (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MullionSocketClient) client = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can give files away");
      return;
    }

  listen_there (fixture);
  g_assert_cmpint (chown (fixture->path, OTHER_USER, OTHER_USER), ==, 0);
  assert_cannot_listen (fixture, MULLION_SOCKET_ERROR_NOT_OURS);

  client = open_client (fixture, mullion_socket_client_new (fixture->path));
  assert_error_at (fixture, 0, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_OURS, fixture->path);
  g_assert_cmpuint (fixture->n_connects, ==, 0);
  mullion_socket_client_close (client);
}

/* Runs as another user, who may not be able to reach the folder by its path: connects, and ends with 0 if
 * the connection was closed without a word. */
static int
connect_as_other (const char *folder)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "app.world" };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  char byte;

  if (chdir (folder) < 0 || setuid (OTHER_USER) < 0 ||
      connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    return 1;

  return read (fd, &byte, 1) == 0 ? 0 : 2;
}

static void
test_other_user (Fixture       *fixture,
                 gconstpointer  data)
{
  int status = 0;
  pid_t pid;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can become another user");
      return;
    }

  /* Somebody has opened the doors. */
  listen_there (fixture);
  g_assert_cmpint (chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0666), ==, 0);

  pid = fork ();
  if (pid == 0)
    _exit (connect_as_other (fixture->folder));

  assert_error_at (fixture, 0, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_NOT_OURS, "65534");
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (fixture->n_connects, ==, 0);
}

/* -- Peers that do not behave -- */

static GSocketConnection *
connect_raw (Fixture *fixture)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (fixture->path);
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
say (GSocketConnection *connection,
     const char        *text,
     gsize              length)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, length,
                             NULL, NULL, &error);
  g_assert_no_error (error);
}

#define say_text(connection, text) say (connection, text, strlen (text))

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *large = g_strnfill (3000, 'x');
  g_autoptr(GSocketConnection) raw = NULL;

  listen_there (fixture);
  raw = connect_raw (fixture);
  wait_until (fixture->n_connects == 1);
  mullion_socket_peer_set_max_size (mullion_socket_server_get_peers (fixture->server)->pdata[0], 2000);

  say_text (raw, "no json\f{\"data\":1}\f[1]\f{\"type\":5}\f\"\xff\"\f");
  say_text (raw, large);
  say_text (raw, "\f{\"type\":\"fine\",\"data\":");
  assert_error_at (fixture, 0, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX, "Message 1: ");
  assert_error_at (fixture, 1, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX, "“type”");
  assert_error_at (fixture, 2, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX, "“type”");
  assert_error_at (fixture, 3, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX, "“type”");
  assert_error_at (fixture, 4, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_ENCODING, "Message 5: ");
  assert_error_at (fixture, 5, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE, "Message 6");
  say_text (raw, "2}\f{\"type\":\"half");
  assert_heard (fixture, 0, "fine 2");

  g_assert_true (g_io_stream_close (G_IO_STREAM (raw), NULL, NULL));
  assert_error_at (fixture, 6, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CUT, "message 8");
  wait_until (fixture->n_disconnects == 1);
}

static void
test_too_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GSocketConnection) first = NULL;
  g_autoptr(GSocketConnection) second = NULL;
  char byte;

  listen_there (fixture);
  mullion_socket_server_set_max_connections (fixture->server, 1);
  first = connect_raw (fixture);
  second = connect_raw (fixture);
  assert_error_at (fixture, 0, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_TOO_MANY, "refused");
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (second)), &byte, 1,
                                        NULL, NULL), ==, 0);
  g_assert_cmpuint (fixture->n_connects, ==, 1);
}

/* What is sent to somebody who never reads is bounded, and the others go on. */
static void
test_never_reads (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *text = g_strnfill (64 * 1024, 'x');
  g_autoptr(GSocketConnection) raw = NULL;
  g_autoptr(MullionSocketClient) client = NULL;
  MullionSocketPeer *peer;
  guint n = 0;

  listen_there (fixture);
  raw = connect_raw (fixture);
  wait_until (fixture->n_connects == 1);
  peer = mullion_socket_server_get_peers (fixture->server)->pdata[0];
  mullion_socket_peer_set_max_queued (peer, 1024 * 1024);
  client = open_client (fixture, mullion_socket_client_new (fixture->path));
  wait_for_peer (client);
  wait_until (fixture->n_connects == 2);

  while (fixture->errors->len == 0)
    {
      g_assert_true (mullion_socket_server_broadcast (fixture->server, "much",
                                                      mullion_value_new_string (text, -1), NULL));
      n++;
      wait_until (fixture->heard->len >= n);
      g_assert_cmpuint (n, <, 1000);
    }
  assert_error_at (fixture, 0, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL, "waiting");
  g_assert_cmpuint (mullion_socket_peer_get_queued (peer), <=, 1024 * 1024);

  mullion_socket_client_close (client);
  wait_until (fixture->n_disconnects == 1);
}

static gpointer
flood (gpointer data)
{
  GOutputStream *output = g_io_stream_get_output_stream (data);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "{\"type\":\"drop\",\"data\":[1,2,3]}\f");
  while (g_output_stream_write_all (output, text->str, text->len, NULL, NULL, NULL))
    ;

  return NULL;
}

static void
drop_cb (MullionSocketServer *server,
         MullionSocketPeer   *peer,
         const char          *type,
         JsonNode            *data,
         guint               *count)
{
  (*count)++;
}

/* A loop that turns 60 times in a second does so beside somebody who never stops. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GSocketConnection) raw = NULL;
  GThread *thread;
  LoopWatch watch;
  guint n_dropped = 0;

  listen_there (fixture);
  g_signal_handlers_disconnect_by_func (fixture->server, server_message_cb, fixture);
  g_signal_connect (fixture->server, "message", G_CALLBACK (drop_cb), &n_dropped);
  raw = connect_raw (fixture);
  wait_until (fixture->n_connects == 1);

  thread = g_thread_new ("flood", flood, raw);
  watch_loop (&watch);
  unwatch_loop (&watch, 60);
  g_assert_cmpuint (n_dropped, >, 1000);

  mullion_socket_server_stop (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/sockets/unix", test_unix },
    { "/sockets/tcp", test_tcp },
    { "/sockets/retries", test_retries },
    { "/sockets/path-too-long", test_path_too_long },
    { "/sockets/places", test_places },
    { "/sockets/other-owner", test_other_owner },
    { "/sockets/other-user", test_other_user },
    { "/sockets/nonsense", test_nonsense },
    { "/sockets/too-many", test_too_many },
    { "/sockets/never-reads", test_never_reads },
    { "/sockets/flood", test_flood },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
