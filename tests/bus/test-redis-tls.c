/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bus-fixture.h"

#include "mullion-redis-bus.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

/* The bus over an encrypted connection to a real redis-server, with a certificate of the test's own. */

typedef struct
{
  char *folder;
  char *cert;
  char *key;
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
  server->cert = g_build_filename (server->folder, "cert.pem", NULL);
  server->key = g_build_filename (server->folder, "key.pem", NULL);
  server->port = find_port ();
  return !skips_certificate (server->folder);
}

/* @kind: "--tls-port" or "--port" */
static void
start (Server     *server,
       const char *kind,
       const char *auth_clients)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);
  const char *other = g_str_equal (kind, "--port") ? "--tls-port" : "--port";
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  server->outcome = (Outcome) { 0 };
  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  server->redis = spawn (options, &server->outcome, "redis-server", other, "0", kind, port, "--bind",
                         "127.0.0.1", "--save", "", "--requirepass", "sesame", "--tls-cert-file",
                         server->cert, "--tls-key-file", server->key, "--tls-ca-cert-file", server->cert,
                         "--tls-auth-clients", auth_clients, NULL);
}

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
  g_free (server->cert);
  g_free (server->key);
}

static void
join_server (Member   *member,
             Server   *server,
             gboolean  believes,
             gboolean  shows)
{
  g_autofree char *uri = g_strdup_printf ("rediss://:sesame@127.0.0.1:%u", server->port);
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsDatabase) authorities = NULL;
  g_autoptr(GTlsCertificate) certificate = NULL;
  MullionRedisBus *bus = mullion_redis_bus_new_for_uri (uri, &error);

  g_assert_no_error (error);
  if (believes)
    authorities = g_tls_file_database_new (server->cert, &error);
  g_assert_no_error (error);
  if (shows)
    certificate = g_tls_certificate_new_from_files (server->cert, server->key, &error);
  g_assert_no_error (error);
  mullion_redis_bus_set_tls (bus, authorities, certificate);
  join (member, MULLION_MESSAGE_BUS (bus));
}

/* Whether it has failed with @code; before the server is there, it fails as well. */
static gboolean
has_error (Member *member,
           int     code)
{
  for (guint i = 0; i < member->errors->len; i++)
    if (g_error_matches (member->errors->pdata[i], MULLION_BUS_ERROR, code))
      return TRUE;

  return FALSE;
}

/* -- Who is let in -- */

static void
test_encrypted (void)
{
  Server server = { 0 };
  Member boss = { 0 };
  Member worker = { .acknowledges = TRUE };
  guint n_taken = 0;

  if (!set_up_server (&server))
    return;

  start (&server, "--tls-port", "yes");
  join_server (&boss, &server, TRUE, TRUE);
  join_server (&worker, &server, TRUE, TRUE);
  g_assert_true (mullion_message_bus_work (worker.bus, "work", NULL));
  connect_bus (&boss);
  connect_bus (&worker);
  for (int i = 0; i < 50; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (n_taken == 50 && worker.jobs->len == 50);

  kill_server (&server);
  wait_until (boss.n_disconnects == 1 && worker.n_disconnects == 1);
  start (&server, "--tls-port", "yes");
  wait_until (boss.n_connects == 2 && worker.n_connects == 2);
  push (&boss, "work", 50, &n_taken);
  wait_until (n_taken == 51 && worker.jobs->len == 51);
  g_assert_cmpint (get_number (worker.jobs->pdata[50]), ==, 50);
  leave (&worker);
  leave (&boss);
  tear_down_server (&server);
}

/* -- Who is not -- */

static void
assert_refused (const char *kind,
                gboolean    believes,
                int         code)
{
  Server server = { 0 };
  Member member = { 0 };

  if (!set_up_server (&server))
    return;

  start (&server, kind, "yes");
  join_server (&member, &server, believes, FALSE);
  mullion_message_bus_open (member.bus);
  wait_until (has_error (&member, code));
  g_assert_cmpuint (member.n_connects, ==, 0);
  for (guint i = 0; i < member.errors->len; i++)
    g_assert_null (strstr (((GError *) member.errors->pdata[i])->message, "sesame"));
  leave (&member);
  tear_down_server (&server);
}

static void
test_not_believed (void)
{
  assert_refused ("--tls-port", FALSE, MULLION_BUS_ERROR_DENIED);
}

static void
test_shows_nothing (void)
{
  assert_refused ("--tls-port", TRUE, MULLION_BUS_ERROR_DENIED);
}

static void
test_not_encrypted (void)
{
  assert_refused ("--port", TRUE, MULLION_BUS_ERROR_PROTOCOL);
}

static void
test_addresses (void)
{
  static const char *const good[] = {
    "redis://localhost", "rediss://[::1]:7/", "redis://:word@host:1", "rediss://user:word@host",
  };
  static const char *const bad[] = {
    "", "localhost:6379", "http://localhost", "redis:", "redis://", "redis://host:0", "redis://host:99999",
    "redis://host/3", "redis://host?a", "redis://host#a", "redis://user@host", "redis:///path",
    "redis://user:secret@",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(MullionRedisBus) bus = mullion_redis_bus_new_for_uri (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (bus);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (mullion_redis_bus_new_for_uri (bad[i], &error));
      g_assert_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_ADDRESS);
      g_assert_null (strstr (error->message, "secret"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redis-tls/encrypted", test_encrypted);
  g_test_add_func ("/redis-tls/not-believed", test_not_believed);
  g_test_add_func ("/redis-tls/shows-nothing", test_shows_nothing);
  g_test_add_func ("/redis-tls/not-encrypted", test_not_encrypted);
  g_test_add_func ("/redis-tls/addresses", test_addresses);

  return g_test_run ();
}
