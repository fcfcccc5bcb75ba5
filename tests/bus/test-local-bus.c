/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bus-fixture.h"

#include "mullion-local-bus.h"
#include "mullion-message-error.h"
#include "mullion-value.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The bus that needs no server, between objects of this process and real other processes. */

static void
join_local (Member     *member,
            const char *name)
{
  join (member, MULLION_MESSAGE_BUS (mullion_local_bus_new (name)));
}

static void
work (Member *member)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_work (member->bus, "work", &error);
  g_assert_no_error (error);
}

static void
subscribe (Member     *member,
           const char *topic)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_subscribe (member->bus, topic, &error);
  g_assert_no_error (error);
}

/* Waits until the host has heard all that @member said before. */
static void
settle (Member *member)
{
  guint before = member->heard->len;

  subscribe (member, "settled");
  publish (member, "settled", "null");
  wait_until (member->heard->len > before);
  g_assert_cmpstr (member->heard->pdata[before], ==, "settled null");
  mullion_message_bus_unsubscribe (member->bus, "settled");
  g_ptr_array_set_size (member->heard, (int) before);
}

static void
test_publish (void)
{
  Member first = { 0 };
  Member second = { 0 };

  join_local (&first, "publish");
  join_local (&second, "publish");
  subscribe (&first, "news");
  connect_bus (&first);
  connect_bus (&second);
  subscribe (&second, "news");
  subscribe (&second, "other");
  wait_until (count_topic (&first, "news") == 1 && count_topic (&second, "other") == 1);
  g_assert_cmpuint (count_topic (&second, "news"), ==, 1);

  publish (&first, "news", "{ \"a\": [ 1, \"é\" ] }");
  assert_heard (&first, 0, "news {\"a\":[1,\"é\"]}");
  assert_heard (&second, 0, "news {\"a\":[1,\"é\"]}");

  mullion_message_bus_unsubscribe (second.bus, "news");
  settle (&second);
  publish (&first, "news", "2");
  publish (&first, "other", "3");
  assert_heard (&second, 1, "other 3");
  assert_heard (&first, 1, "news 2");
  leave (&second);
  leave (&first);
}

static void
test_jobs (void)
{
  Member boss = { 0 };
  Member worker = { .acknowledges = TRUE };
  Member other = { .acknowledges = TRUE };
  guint n_taken = 0;

  join_local (&boss, "jobs");
  join_local (&worker, "jobs");
  join_local (&other, "jobs");
  connect_bus (&boss);
  for (int i = 0; i < 100; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (n_taken == 100);

  /* Each job goes to one of them, in the order of the queue. */
  work (&worker);
  connect_bus (&worker);
  wait_until (worker.jobs->len == 100);
  for (int i = 0; i < 100; i++)
    g_assert_cmpint (get_number (worker.jobs->pdata[i]), ==, i);

  work (&other);
  connect_bus (&other);
  settle (&other);
  worker.acknowledges = FALSE;
  for (int i = 0; i < 40; i++)
    push (&boss, "work", i, &n_taken);
  wait_until (worker.jobs->len + other.jobs->len == 140);
  g_assert_cmpuint (worker.jobs->len, ==, 100 + 16);
  g_assert_cmpuint (other.jobs->len, ==, 24);

  /* Who rests gets no more. */
  mullion_message_bus_rest (other.bus, "work");
  settle (&other);
  push (&boss, "work", 99, &n_taken);
  mullion_bus_job_acknowledge (worker.jobs->pdata[100]);
  wait_until (worker.jobs->len == 117);
  g_assert_cmpint (get_number (worker.jobs->pdata[116]), ==, 99);
  g_assert_cmpuint (other.jobs->len, ==, 24);
  leave (&other);
  leave (&worker);
  leave (&boss);
}

static MullionChildProcess *
start_program (Outcome    *outcome,
               const char *name)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "bus", "local-bus-program", NULL);

  return spawn (NULL, outcome, program, name, NULL);
}

static void
kill_program (MullionChildProcess *program,
              Outcome             *outcome)
{
  g_assert_true (mullion_child_process_kill (program, SIGKILL));
  finish (program, outcome);
}

/* What a worker has when it dies is for another one. */
static void
test_worker_dies (void)
{
  Member boss = { 0 };
  Outcome outcome = { 0 };
  MullionChildProcess *program;
  guint n_taken = 0;

  join_local (&boss, "worker");
  subscribe (&boss, "taken");
  connect_bus (&boss);
  push (&boss, "work", 7, &n_taken);
  program = start_program (&outcome, "worker");
  assert_heard (&boss, 0, "taken 7");

  work (&boss);
  settle (&boss);
  g_assert_cmpuint (boss.jobs->len, ==, 0);
  kill_program (program, &outcome);
  wait_until (boss.jobs->len == 1);
  g_assert_cmpint (get_number (boss.jobs->pdata[0]), ==, 7);
  leave (&boss);
}

/* The process that hosts the bus is killed; what was taken is not lost, and nothing is told twice. */
static void
test_host_dies (void)
{
  Member member = { 0 };
  Outcome outcome = { 0 };
  MullionChildProcess *program = start_program (&outcome, "host");
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "mullion", "host", NULL);
  guint n_taken = 0;

  while (!g_file_test (socket, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);

  join_local (&member, "host");
  subscribe (&member, "taken");
  subscribe (&member, "news");
  connect_bus (&member);
  push (&member, "work", 1, &n_taken);
  push (&member, "mine", 2, &n_taken);
  push (&member, "mine", 3, &n_taken);
  g_assert_true (mullion_message_bus_work (member.bus, "mine", NULL));
  assert_heard (&member, 0, "taken 1");
  wait_until (n_taken == 3 && member.jobs->len == 2);

  kill_program (program, &outcome);
  wait_until (member.n_disconnects == 1 && member.n_connects == 2);
  wait_until (count_topic (&member, "news") == 2);
  publish (&member, "news", "\"still\"");
  assert_heard (&member, 1, "news \"still\"");

  /* Two are still this member's, and the third one is there for whoever works. */
  mullion_bus_job_acknowledge (member.jobs->pdata[0]);
  work (&member);
  wait_until (member.jobs->len == 3);
  g_assert_cmpint (get_number (member.jobs->pdata[2]), ==, 1);
  mullion_bus_job_acknowledge (member.jobs->pdata[1]);
  mullion_bus_job_acknowledge (member.jobs->pdata[2]);
  settle (&member);
  g_assert_cmpuint (member.jobs->len, ==, 3);
  leave (&member);

  /* And all of them are done for everybody who comes later. */
  join_local (&member, "host");
  work (&member);
  g_assert_true (mullion_message_bus_work (member.bus, "mine", NULL));
  connect_bus (&member);
  g_ptr_array_set_size (member.heard, 0);
  settle (&member);
  g_assert_cmpuint (member.jobs->len, ==, 0);
  leave (&member);
}

/* Jobs outlive all processes; and a file that was cut says what it still can. */
static void
test_journal (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "mullion", "journal.jobs", NULL);
  g_autofree char *text = NULL;
  Member member = { 0 };
  guint n_taken = 0;
  gsize length = 0;

  join_local (&member, "journal");
  connect_bus (&member);
  for (int i = 0; i < 3; i++)
    push (&member, "work", i, &n_taken);
  wait_until (n_taken == 3);
  leave (&member);

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) length - 10, NULL));
  member = (Member) { .acknowledges = TRUE };
  join_local (&member, "journal");
  work (&member);
  connect_bus (&member);
  wait_until (member.jobs->len == 2);
  settle (&member);
  g_assert_cmpuint (member.jobs->len, ==, 2);
  g_assert_cmpint (get_number (member.jobs->pdata[1]), ==, 1);
  leave (&member);
}

static void
test_overfilled (void)
{
  Member member = { 0 };

  join_local (&member, "overfilled");
  connect_bus (&member);
  overfill (&member, "work");
  g_assert_cmpuint (member.n_disconnects, ==, 0);
  leave (&member);
}

static void
failed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_assert_false (mullion_message_bus_push_finish (MULLION_MESSAGE_BUS (source), result, user_data));
}

static void
assert_push_fails (Member     *member,
                   const char *queue,
                   JsonNode   *value,
                   GQuark      domain,
                   int         code)
{
  g_autoptr(GError) error = NULL;

  mullion_message_bus_push_async (member->bus, queue, value, NULL, failed_cb, &error);
  wait_until (error != NULL);
  g_assert_error (error, domain, code);
}

static void
test_errors (void)
{
  g_autofree char *long_name = g_strnfill (257, 'x');
  g_autofree char *large = g_strnfill (17 * 1024 * 1024, 'x');
  g_autoptr(GError) error = NULL;
  Member member = { 0 };

  join_local (&member, "errors");
  g_assert_false (mullion_message_bus_publish (member.bus, "news", NULL, &error));
  g_assert_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (mullion_message_bus_subscribe (member.bus, "", &error));
  g_assert_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_NAME);
  g_clear_error (&error);
  assert_push_fails (&member, "work", NULL, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED);

  connect_bus (&member);
  assert_push_fails (&member, long_name, NULL, MULLION_BUS_ERROR, MULLION_BUS_ERROR_NAME);
  assert_push_fails (&member, "work", mullion_value_new_string (large, -1), MULLION_MESSAGE_ERROR,
                     MULLION_MESSAGE_ERROR_TOO_LARGE);
  assert_push_fails (&member, "work", mullion_value_new_bigint ("1"), MULLION_MESSAGE_ERROR,
                     MULLION_MESSAGE_ERROR_UNSUPPORTED);

  /* What was not taken when the bus is closed was not taken. */
  mullion_message_bus_push_async (member.bus, "work", NULL, NULL, failed_cb, &error);
  mullion_message_bus_close (member.bus);
  wait_until (error != NULL);
  g_assert_error (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED);
  g_assert_cmpuint (member.errors->len, ==, 0);
  leave (&member);
}

/* A program without our library that speaks the protocol, or what it takes for it. */
static void
test_nonsense (void)
{
  static const char text[] =
      "{\"type\":\"job\"}\f{\"type\":\"push\",\"data\":[]}\f{\"type\":\"work\",\"data\":{\"queue\":5}}\f"
      "nothing\f{\"type\":\"done\",\"data\":{\"id\":\"x\",\"queue\":\"y\"}}\f"
      "{\"type\":\"subscribe\",\"data\":{\"topic\":\"\"}}\f{\"type\":\"publish\",\"data\":{\"topic\":\"news\"}}\f";
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "mullion", "nonsense", NULL);
  g_autofree char *script = g_strdup_printf (
      "const s = require('net').connect('%s', () => s.end(process.argv[1])); s.resume()", path);
  Member member = { 0 };
  Outcome outcome = { 0 };
  MullionChildProcess *node;

  join_local (&member, "nonsense");
  subscribe (&member, "news");
  connect_bus (&member);
  node = spawn (NULL, &outcome, "node", "-e", script, text, NULL);
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, 0);
  finish (node, &outcome);
  publish (&member, "news", "true");
  assert_heard (&member, 0, "news true");
  leave (&member);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("mullion-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/local-bus/publish", test_publish);
  g_test_add_func ("/local-bus/jobs", test_jobs);
  g_test_add_func ("/local-bus/worker-dies", test_worker_dies);
  g_test_add_func ("/local-bus/host-dies", test_host_dies);
  g_test_add_func ("/local-bus/journal", test_journal);
  g_test_add_func ("/local-bus/overfilled", test_overfilled);
  g_test_add_func ("/local-bus/errors", test_errors);
  g_test_add_func ("/local-bus/nonsense", test_nonsense);

  result = g_test_run ();
  remove_folder (folder);
  return result;
}
