/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bus-fixture.h"

#include "mullion-message-error.h"
#include "mullion-redis-bus.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

/* The bus over a real redis-server on the loopback device, which is killed and started again. */

/* After what time jobs are taken over. A third of it can pass between two signs of life, and the rest is
 * for a machine that has other things to do. */
#define CLAIM_MS 2000

typedef struct
{
  char *folder;
  guint16 port;
  Outcome outcome;
  MullionChildProcess *redis;
} Server;

static guint16
find_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
start (Server     *server,
       const char *option,
       const char *value)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  server->outcome = (Outcome) { 0 };
  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  server->redis = spawn (options, &server->outcome, "redis-server", "--port", port, "--bind",
                         "127.0.0.1", "--dir", server->folder, "--appendonly", "yes",
                         "--appendfsync", "always", "--save", "", option, value, NULL);
}

static gboolean
set_up_server (Server *server)
{
  g_autofree char *program = g_find_program_in_path ("redis-server");

  if (program == NULL)
    {
      g_test_skip ("redis-server is not installed");
      return FALSE;
    }

  server->folder = g_dir_make_tmp ("mullion-XXXXXX", NULL);
  server->port = find_port ();
  return TRUE;
}

/* As a machine that loses its power. */
static void
kill_server (Server *server)
{
  g_assert_true (mullion_child_process_kill (server->redis, SIGKILL));
  finish (server->redis, &server->outcome);
}

static void
tear_down_server (Server *server)
{
  kill_server (server);
  remove_folder (server->folder);
  g_free (server->folder);
}

static MullionRedisBus *
new_bus (Server *server)
{
  MullionRedisBus *bus = mullion_redis_bus_new ("127.0.0.1", server->port);

  mullion_redis_bus_set_claim_after (bus, CLAIM_MS);
  return bus;
}

static void
join_server (Member *member,
             Server *server)
{
  join (member, MULLION_MESSAGE_BUS (new_bus (server)));
}

static void
subscribe (Member     *member,
           const char *topic)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_subscribe (member->bus, topic, &error);
  g_assert_no_error (error);
}

static void
work (Member *member)
{
  g_assert_true (mullion_message_bus_work (member->bus, "work", NULL));
}

/* Subscribes on a connection that is there, and waits until it is so. */
static void
subscribe_now (Member     *member,
               const char *topic)
{
  guint before = count_topic (member, topic);

  subscribe (member, topic);
  wait_until (count_topic (member, topic) > before);
}

static gboolean
hears (Member     *member,
       const char *message)
{
  return g_ptr_array_find_with_equal_func (member->heard, message, g_str_equal, NULL);
}

static void
test_publish (void)
{
  Server server = { 0 };
  Member first = { 0 };
  Member second = { 0 };

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&first, &server);
  join_server (&second, &server);
  subscribe (&second, "news");
  connect_bus (&first);
  connect_bus (&second);
  wait_until (count_topic (&second, "news") == 1);
  publish (&first, "news", "1");
  assert_heard (&second, 0, "news 1");

  subscribe_now (&second, "other");
  publish (&first, "other", "2");
  assert_heard (&second, 1, "other 2");
  publish (&first, "news", "{ \"text\": \"é€😀\\n\", \"list\": [ 1.5, null ] }");
  wait_until (hears (&second, "news {\"text\":\"é€😀\\n\",\"list\":[1.5,null]}"));
  g_assert_cmpuint (first.heard->len, ==, 0);

  mullion_message_bus_unsubscribe (second.bus, "news");
  publish (&first, "news", "\"unheard\"");
  publish (&first, "other", "\"heard\"");
  wait_until (hears (&second, "other \"heard\""));
  g_assert_false (hears (&second, "news \"unheard\""));
  g_assert_cmpuint (second.errors->len, ==, 0);
  leave (&second);
  leave (&first);
  tear_down_server (&server);
}

static void
test_jobs (void)
{
  Server server = { 0 };
  Member boss = { 0 };
  Member worker = { .acknowledges = TRUE };
  guint n_taken = 0;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&boss, &server);
  join_server (&worker, &server);
  connect_bus (&boss);
  for (int i = 0; i < 200; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (n_taken == 200);

  work (&worker);
  connect_bus (&worker);
  wait_until (worker.jobs->len == 200);
  for (int i = 0; i < 200; i++)
    g_assert_cmpint (get_number (worker.jobs->pdata[i]), ==, i);

  /* No more than 16 at a time, and the next when one is done. */
  worker.acknowledges = FALSE;
  for (int i = 0; i < 20; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (n_taken == 220 && worker.jobs->len == 216);
  mullion_bus_job_acknowledge (worker.jobs->pdata[200]);
  wait_until (worker.jobs->len == 217);
  g_assert_cmpint (get_number (worker.jobs->pdata[216]), ==, 16);
  leave (&worker);
  leave (&boss);
  tear_down_server (&server);
}

static gboolean
has_job (Member *member,
         gint64  number)
{
  for (guint i = 0; i < member->jobs->len; i++)
    if (get_number (member->jobs->pdata[i]) == number)
      return TRUE;

  return FALSE;
}

static gboolean
set_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What a worker has when it is gone is taken over; what one has that lives is not, however long it
 * takes. */
static void
test_worker_gone (void)
{
  Server server = { 0 };
  Member gone = { 0 };
  Member living = { 0 };
  gboolean is_late = FALSE;
  guint n_taken = 0;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&gone, &server);
  work (&gone);
  connect_bus (&gone);
  push (&gone, "work", 5, &n_taken);
  wait_until (gone.jobs->len == 1);

  join_server (&living, &server);
  work (&living);
  connect_bus (&living);
  push (&living, "work", 6, &n_taken);
  wait_until (gone.jobs->len + living.jobs->len == 2);

  /* For longer than one may be silent. */
  g_timeout_add (2 * CLAIM_MS, set_cb, &is_late);
  wait_until (is_late);
  g_assert_false (has_job (&living, 5));
  leave (&gone);
  wait_until (has_job (&living, 5));
  leave (&living);
  tear_down_server (&server);
}

/* Everything that was said to be taken is done, over two deaths of the server. */
static void
test_server_dies (void)
{
  Server server = { 0 };
  Member boss = { 0 };
  Member worker = { .acknowledges = TRUE };
  g_autoptr(GHashTable) done = g_hash_table_new (NULL, NULL);
  guint n_subscribed;
  guint n_taken = 0;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&boss, &server);
  join_server (&worker, &server);
  subscribe (&worker, "news");
  connect_bus (&boss);
  connect_bus (&worker);
  wait_until (count_topic (&worker, "news") == 1);
  for (int i = 0; i < 100; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (n_taken >= 50);
  kill_server (&server);

  /* What is pushed meanwhile waits. */
  wait_until (boss.n_disconnects == 1);
  for (int i = 100; i < 150; i++)
    push (&boss, "work", i, &n_taken);
  assert_bus_error (&boss, 0, MULLION_BUS_ERROR_UNAVAILABLE, "The Redis server at 127.0.0.1:");
  start (&server, NULL, NULL);
  work (&worker);
  wait_until (n_taken == 150 && worker.jobs->len > 30 && worker.n_connects == 2);
  kill_server (&server);
  wait_until (boss.n_disconnects == 2 && worker.n_disconnects == 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  n_subscribed = count_topic (&worker, "news");
  start (&server, NULL, NULL);
  wait_until (boss.n_connects == 3 && worker.n_connects == 3);

  while (g_hash_table_size (done) < 150)
    {
      for (guint i = 0; i < worker.jobs->len; i++)
        g_hash_table_add (done, GINT_TO_POINTER (get_number (worker.jobs->pdata[i]) + 1));
      if (g_hash_table_size (done) < 150)
        g_main_context_iteration (NULL, TRUE);
    }

  /* And it listens as before. The connection for topics may have missed the server before this one. */
  wait_until (count_topic (&worker, "news") > n_subscribed);
  publish (&boss, "news", "\"again\"");
  wait_until (hears (&worker, "news \"again\""));
  leave (&worker);
  leave (&boss);
  tear_down_server (&server);
}

static void
test_password (void)
{
  Server server = { 0 };
  Member stranger = { 0 };
  Member wrong = { 0 };
  Member friend = { 0 };

  if (!set_up_server (&server))
    return;

  start (&server, "--requirepass", "secret");
  join_server (&stranger, &server);
  mullion_message_bus_open (stranger.bus);
  wait_until (stranger.errors->len > 0 &&
              g_error_matches (stranger.errors->pdata[stranger.errors->len - 1], MULLION_BUS_ERROR,
                               MULLION_BUS_ERROR_DENIED));
  g_assert_false (mullion_message_bus_is_connected (stranger.bus));

  join_server (&wrong, &server);
  mullion_redis_bus_set_credentials (MULLION_REDIS_BUS (wrong.bus), NULL, "wrong");
  mullion_message_bus_open (wrong.bus);
  assert_bus_error (&wrong, 0, MULLION_BUS_ERROR_DENIED, "WRONGPASS");

  join_server (&friend, &server);
  mullion_redis_bus_set_credentials (MULLION_REDIS_BUS (friend.bus), "default", "secret");
  connect_bus (&friend);
  g_assert_cmpuint (friend.errors->len, ==, 0);
  leave (&friend);
  leave (&wrong);
  leave (&stranger);
  tear_down_server (&server);
}

static gboolean
answer_cb (GSocketService    *service,
           GSocketConnection *connection,
           GObject           *source,
           const char        *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL));
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection),
                          g_object_unref);
  return TRUE;
}

/* What is at the port is no Redis, or one that says more than it is asked. */
static void
test_nonsense (void)
{
  static const char *const texts[] = {
    "HTTP/1.1 400 Bad Request\r\n\r\n",
    "+PONG\r\n+PONG\r\n",
    "*-5\r\n",
    "$99999999999999999999\r\n",
    "*1000000000000\r\n",
    "\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GSocketService) service = g_socket_service_new ();
      Server server = { 0 };
      Member member = { 0 };

      server.port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
      g_signal_connect (service, "incoming", G_CALLBACK (answer_cb), (gpointer) texts[i]);
      join_server (&member, &server);
      mullion_message_bus_open (member.bus);
      assert_bus_error (&member, 0, MULLION_BUS_ERROR_PROTOCOL, "The Redis server at");
      leave (&member);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
    }
}

static void
run_redis_cli (Server     *server,
               const char *commands)
{
  g_autofree char *script = g_strdup_printf ("redis-cli -p %u <<'END'\n%s\nEND\n", server->port, commands);
  Outcome outcome = { 0 };
  MullionChildProcess *program = spawn_shell (NULL, &outcome, script);

  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, 0);
  finish (program, &outcome);
}

/* A user of the server who may use one topic only: the others are an error, and that one is heard. */
static void
test_forbidden_topic (void)
{
  Server server = { 0 };
  Member member = { 0 };
  g_autoptr(GError) error = NULL;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&member, &server);
  connect_bus (&member);
  run_redis_cli (&server, "ACL SETUSER guest on >word ~* resetchannels &mullion:topic:open +@all");
  leave (&member);

  join_server (&member, &server);
  mullion_redis_bus_set_credentials (MULLION_REDIS_BUS (member.bus), "guest", "word");
  subscribe (&member, "closed");
  subscribe (&member, "open");
  connect_bus (&member);
  assert_bus_error (&member, 0, MULLION_BUS_ERROR_DENIED, "NOPERM");
  wait_until (count_topic (&member, "open") == 1);
  publish (&member, "open", "1");
  assert_heard (&member, 0, "open 1");
  g_assert_cmpuint (count_topic (&member, "closed"), ==, 0);
  g_assert_cmpuint (member.errors->len, ==, 1);
  leave (&member);
  tear_down_server (&server);
}

static void
close_cb (MullionMessageBus *bus,
          const GError      *error,
          guint             *n_errors)
{
  g_assert_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_DENIED);
  mullion_message_bus_rest (bus, "work");
  mullion_message_bus_close (bus);
  (*n_errors)++;
}

/* A user of the server who may not take jobs; who hears of it ends the bus. */
static void
test_closed_in_error (void)
{
  Server server = { 0 };
  Member member = { 0 };
  guint n_errors = 0;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&member, &server);
  connect_bus (&member);
  run_redis_cli (&server, "ACL SETUSER guest on >word ~* &* +@all -xreadgroup");
  leave (&member);

  join_server (&member, &server);
  mullion_redis_bus_set_credentials (MULLION_REDIS_BUS (member.bus), "guest", "word");
  g_signal_connect (member.bus, "error", G_CALLBACK (close_cb), &n_errors);
  work (&member);
  mullion_message_bus_open (member.bus);
  wait_until (n_errors == 1);
  g_assert_false (mullion_message_bus_is_connected (member.bus));
  g_signal_handlers_disconnect_by_data (member.bus, &n_errors);
  leave (&member);
  tear_down_server (&server);
}

static void
test_overfilled (void)
{
  Server server = { 0 };
  Member member = { 0 };

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&member, &server);
  connect_bus (&member);
  overfill (&member, "work");
  g_assert_cmpuint (member.n_disconnects, ==, 0);
  leave (&member);
  tear_down_server (&server);
}

/* Other programs may put anything where ours listens. */
static void
test_other_programs (void)
{
  Server server = { 0 };
  Member member = { .acknowledges = TRUE };
  guint n_taken = 0;

  if (!set_up_server (&server))
    return;

  start (&server, NULL, NULL);
  join_server (&member, &server);
  subscribe (&member, "news");
  work (&member);
  connect_bus (&member);
  wait_until (count_topic (&member, "news") == 1);
  g_ptr_array_set_size (member.errors, 0);

  run_redis_cli (&server, "PUBLISH mullion:topic:news nonsense\nXADD mullion:queue:work * value {\n"
                          "XADD mullion:queue:work * other 1\nXADD mullion:queue:work * value 7\n"
                          "PUBLISH mullion:topic:news '[true]'");
  wait_until (hears (&member, "news [true]"));
  wait_until (member.jobs->len == 1);
  g_assert_cmpint (get_number (member.jobs->pdata[0]), ==, 7);
  g_assert_cmpuint (member.errors->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_error ((GError *) member.errors->pdata[i], MULLION_MESSAGE_ERROR,
                    MULLION_MESSAGE_ERROR_SYNTAX);

  /* All that the server keeps is gone, with the group of workers. */
  run_redis_cli (&server, "flushall");
  push (&member, "work", 8, &n_taken);
  wait_until (member.jobs->len == 2);
  g_assert_cmpint (get_number (member.jobs->pdata[1]), ==, 8);
  leave (&member);
  tear_down_server (&server);
}

/* The start of such a path is another one, where anybody could listen. */
static void
test_path_too_long (void)
{
  g_autofree char *name = g_strnfill (200, 'x');
  g_autofree char *path = g_strconcat ("/tmp/", name, NULL);
  Member member = { 0 };

  join (&member, MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_path (path)));
  mullion_message_bus_open (member.bus);
  assert_bus_error (&member, 0, MULLION_BUS_ERROR_ADDRESS, path);
  g_assert_nonnull (strstr (((GError *) member.errors->pdata[0])->message, "205 bytes"));
  g_assert_false (mullion_message_bus_is_connected (member.bus));
  leave (&member);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redis-bus/publish", test_publish);
  g_test_add_func ("/redis-bus/jobs", test_jobs);
  g_test_add_func ("/redis-bus/worker-gone", test_worker_gone);
  g_test_add_func ("/redis-bus/server-dies", test_server_dies);
  g_test_add_func ("/redis-bus/password", test_password);
  g_test_add_func ("/redis-bus/forbidden-topic", test_forbidden_topic);
  g_test_add_func ("/redis-bus/closed-in-error", test_closed_in_error);
  g_test_add_func ("/redis-bus/overfilled", test_overfilled);
  g_test_add_func ("/redis-bus/nonsense", test_nonsense);
  g_test_add_func ("/redis-bus/other-programs", test_other_programs);
  g_test_add_func ("/redis-bus/path-too-long", test_path_too_long);

  return g_test_run ();
}
