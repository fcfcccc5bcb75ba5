/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bridge/mullion-bridge.h"
#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>

/* What pages reach beside the main process: a helper of their own, the programs and the topics of a
 * manifest. tests/ipc/apps/ports has the page. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"ports/preload.js\" } }"

/* The page opens a channel and sends one end. */
#define OPEN(channel) \
  "(() => { const { port1, port2 } = new MessageChannel(); kept.port = listen(port1); " \
  "api.send('" channel "', null, [port2]); return 0; })()"
#define SAY(message) "kept.port.postMessage(" message "); 0"
#define NEXT "heard.next().then(({ data }) => " \
  "data.data ? `${data.type} ${new TextDecoder().decode(data.data)}` : data)"

typedef struct
{
  IpcWindow *window;
  GHashTable *programs;
  char *folder;
} Fixture;

static void
add_program (Fixture    *fixture,
             const char *name,
             const char *script)
{
  const char *argv[] = { "/bin/sh", "-c", script, NULL };

  g_hash_table_insert (fixture->programs, g_strdup (name), g_strdupv ((char **) argv));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->programs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_strfreev);
  fixture->folder = g_test_build_filename (G_TEST_DIST, "ipc", "apps", "ports", NULL);
  fixture->window = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->window, "ports/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->window, ipc_window_free);
  g_hash_table_unref (fixture->programs);
  g_free (fixture->folder);
}

/* -- A helper -- */

static void
exit_cb (MullionUtilityProcess *helper,
         int                    code,
         int                    signal_number,
         int                   *ended_by)
{
  *ended_by = signal_number;
}

/* The main process has introduced the two, and hears nothing of what they say. */
static void
test_helper (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "utility-program", NULL);
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *page = mullion_message_channel_main_get_port1 (channel);
  MullionMessagePortMain *other = mullion_message_channel_main_get_port2 (channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionUtilityProcess) helper = mullion_utility_process_fork (program, NULL, NULL, &error);
  int ended_by = -1;

  g_assert_no_error (error);
  g_signal_connect (helper, "exit", G_CALLBACK (exit_cb), &ended_by);
  mullion_utility_process_post_message (helper, NULL, &other, 1, &error);
  g_assert_no_error (error);
  mullion_web_contents_post_message (fixture->window->contents, "port",
                                     json_node_init_string (json_node_alloc (), "helper"), &page, 1,
                                     &error);
  g_assert_no_error (error);
  ipc_assert_run (fixture->window, "arrived.next().then(({ ports: [port] }) => { "
                  "kept.port = listen(port); return 0; })", "0");
  ipc_assert_run (fixture->window, SAY ("{ deep: ['é', 1n, new Uint8Array(3)] }"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => "
                  "`${data.deep[0]} ${data.deep[1]} ${data.deep[2].length}`)", "\"é 1 3\"");
  g_assert_false (mullion_message_port_main_is_open (page));

  /* Its crash ends nothing but itself. */
  ipc_assert_run (fixture->window, SAY ("'crash'"), "0");
  ipc_assert_run (fixture->window, NEXT, "\"crash\"");
  ipc_wait_until (ended_by >= 0);
  g_assert_cmpint (ended_by, ==, SIGABRT);
  ipc_assert_run (fixture->window, "1 + 1", "2");
}

/* -- Programs -- */

static void
test_program (Fixture       *fixture,
              gconstpointer  data)
{
  MullionProgramBridge *bridge;

  add_program (fixture, "echo", "pwd | grep -o ports$; read line; echo \"got $line\"; echo bad >&2; exit 3");
  bridge = mullion_program_bridge_new (ipc_app_get (), fixture->programs, fixture->folder);

  ipc_assert_run (fixture->window, OPEN ("mullion:program.echo"), "0");
  ipc_assert_run (fixture->window, NEXT, "\"stdout ports\\n\"");
  ipc_assert_run (fixture->window, SAY ("{ type: 'stdin', data: 'é; rm -rf $HOME\\n' }"), "0");
  ipc_assert_run (fixture->window,
                  "(async () => { const all = [await " NEXT ", await " NEXT ", await " NEXT "]; "
                  "return JSON.stringify(all.map((one) => one.type ? one.code : one.trim()).sort()); })()",
                  "\"[3,\\\"stderr bad\\\",\\\"stdout got é; rm -rf $HOME\\\"]\"");
  mullion_program_bridge_free (bridge);
}

static void
test_program_misused (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *missing[] = { "/nowhere/program", NULL };
  MullionProgramBridge *bridge;

  add_program (fixture, "cat", "exec cat");
  g_hash_table_insert (fixture->programs, g_strdup ("missing"), g_strdupv ((char **) missing));
  bridge = mullion_program_bridge_new (ipc_app_get (), fixture->programs, fixture->folder);

  ipc_assert_run (fixture->window, OPEN ("mullion:program.missing"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => "
                  "`${data.type} ${data.message.includes('/nowhere/program')}`)", "\"error true\"");

  /* What is said in no shape is refused, and the program goes on. */
  ipc_assert_run (fixture->window, OPEN ("mullion:program.cat"), "0");
  ipc_assert_run (fixture->window, "for (const message of [undefined, 1, {}, { type: 'run' }, "
                  "{ type: 'stdin' }, { type: 'stdin', data: 5 }]) kept.port.postMessage(message); 0", "0");
  for (int i = 0; i < 6; i++)
    ipc_assert_run (fixture->window, "heard.next().then(({ data }) => data.type)", "\"error\"");
  ipc_assert_run (fixture->window, SAY ("{ type: 'stdin', data: new TextEncoder().encode('still') }"), "0");
  ipc_assert_run (fixture->window, NEXT, "\"stdout still\"");
  ipc_assert_run (fixture->window, SAY ("{ type: 'end' }"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => `${data.type} ${data.code}`)",
                  "\"exit 0\"");
  mullion_program_bridge_free (bridge);
}

/* A program ends with the page that it is for. */
static void
test_program_left (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *text = NULL;
  MullionProgramBridge *bridge;
  int pid;

  add_program (fixture, "wait", "echo $$; exec sleep 1000");
  bridge = mullion_program_bridge_new (ipc_app_get (), fixture->programs, fixture->folder);
  ipc_assert_run (fixture->window, OPEN ("mullion:program.wait"), "0");
  text = ipc_window_run (fixture->window, "heard.next().then(({ data }) => "
                         "Number(new TextDecoder().decode(data.data)))");
  pid = atoi (text);
  g_assert_cmpint (kill (pid, 0), ==, 0);
  ipc_window_load (fixture->window, "ports/index.html");
  ipc_wait_until (kill (pid, 0) < 0 && errno == ESRCH);
  mullion_program_bridge_free (bridge);
}

/* A flood waits for a page that does not read, and comes whole to one that does. */
static void
test_program_floods (Fixture       *fixture,
                     gconstpointer  data)
{
  MullionProgramBridge *bridge;

  add_program (fixture, "flood", "exec head -c 20000000 /dev/zero");
  bridge = mullion_program_bridge_new (ipc_app_get (), fixture->programs, fixture->folder);
  ipc_assert_run (fixture->window, OPEN ("mullion:program.flood"), "0");
  ipc_assert_run (fixture->window, "(async () => { let n = 0; for (;;) { const { data } = "
                  "await heard.next(); if (data.type === 'exit') return n; n += data.data.length; } })()",
                  "20000000");
  mullion_program_bridge_free (bridge);
}

/* -- Topics -- */

static void
test_topic (Fixture       *fixture,
            gconstpointer  data)
{
  const char *topics[] = { "news", NULL };
  MullionTopicBridge *bridge = mullion_topic_bridge_new (ipc_app_get (), topics, "bridge-test");
  g_autoptr(MullionMessageBus) bus = MULLION_MESSAGE_BUS (mullion_local_bus_new ("bridge-test"));
  g_autoptr(GError) error = NULL;

  mullion_message_bus_open (bus);
  ipc_wait_until (mullion_message_bus_is_connected (bus));
  ipc_assert_run (fixture->window, OPEN ("mullion:topic.news"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => data.type)", "\"ready\"");

  /* It hears what it says itself, as everybody does; then it listens for sure. */
  ipc_assert_run (fixture->window, SAY ("{ mine: true }"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => JSON.stringify(data))",
                  "\"{\\\"type\\\":\\\"message\\\",\\\"value\\\":{\\\"mine\\\":true}}\"");
  mullion_message_bus_publish (bus, "other", mullion_value_new_number (1), &error);
  mullion_message_bus_publish (bus, "news", mullion_value_new_number (2), &error);
  g_assert_no_error (error);
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => data.value)", "2");

  mullion_topic_bridge_free (bridge);
  mullion_message_bus_close (bus);
}

static guint16
find_port (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

/* The same through a server, on which a subscription is made beside what is published: what a page says
 * first is heard by itself all the same. */
static void
test_topic_redis (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *topics[] = { "news", NULL };
  g_autofree char *program = g_find_program_in_path ("redis-server");
  guint16 number = find_port ();
  g_autofree char *port = g_strdup_printf ("%u", number);
  g_autofree char *address = g_strdup_printf ("redis://127.0.0.1:%u", number);
  g_autoptr(GSubprocess) redis = NULL;
  g_autoptr(MullionMessageBus) bus = NULL;
  g_autoptr(GError) error = NULL;
  MullionTopicBridge *bridge;

  if (program == NULL)
    {
      g_test_skip ("redis-server is not installed");
      return;
    }

  redis = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--bind", "127.0.0.1",
                            "--port", port, "--save", "", NULL);
  g_assert_no_error (error);
  bridge = mullion_topic_bridge_new (ipc_app_get (), topics, address);
  ipc_assert_run (fixture->window, OPEN ("mullion:topic.news") "; " SAY ("{ mine: true }"), "0");
  ipc_assert_run (fixture->window, "(async () => { for (;;) { const { data } = await heard.next(); "
                  "if (data.type === 'message') return data.value.mine; } })()", "true");

  bus = MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_uri (address, &error));
  g_assert_no_error (error);
  mullion_message_bus_open (bus);
  ipc_wait_until (mullion_message_bus_is_connected (bus));
  mullion_message_bus_publish (bus, "news", mullion_value_new_number (2), &error);
  g_assert_no_error (error);
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => data.value)", "2");

  mullion_message_bus_close (bus);
  mullion_topic_bridge_free (bridge);
  g_subprocess_force_exit (redis);
  g_assert_true (g_subprocess_wait (redis, NULL, NULL));
}

/* -- Grants -- */

static void
denied_cb (MullionWebContents  *contents,
           MullionWebFrameMain *frame,
           const char          *channel,
           GString             *denied)
{
  g_string_append_printf (denied, "%s ", channel);
}

/* One program and one topic: the others are there, and not for this page. */
static void
test_granted (Fixture       *fixture,
              gconstpointer  data)
{
  const char *topics[] = { "news", "secret", NULL };
  g_autofree char *folder = g_dir_make_tmp ("mullion-bridge-XXXXXX", NULL);
  g_autofree char *trace = g_build_filename (folder, "trace", NULL);
  g_autofree char *script = g_strconcat ("touch ", trace, NULL);
  g_autoptr(MullionGrants) grants = mullion_grants_new ();
  g_autoptr(GString) denied = g_string_new (NULL);
  MullionWebContents *contents = fixture->window->contents;
  MullionProgramBridge *programs;
  MullionTopicBridge *bus;

  add_program (fixture, "yes", "echo yes");
  add_program (fixture, "no", script);
  programs = mullion_program_bridge_new (ipc_app_get (), fixture->programs, fixture->folder);
  bus = mullion_topic_bridge_new (ipc_app_get (), topics, "bridge-grants");
  mullion_grants_add (grants, "mullion:program.yes");
  mullion_grants_add (grants, "mullion:topic.news");
  mullion_web_contents_set_grants (contents, grants);
  g_signal_connect (contents, "denied", G_CALLBACK (denied_cb), denied);

  expect_warning ("*was denied ipcRenderer.postMessage(): 'mullion:program.no'*");
  expect_warning ("*was denied ipcRenderer.postMessage(): 'mullion:topic.secret'*");
  ipc_assert_run (fixture->window, OPEN ("mullion:program.no") "; " OPEN ("mullion:topic.secret"), "0");
  ipc_assert_run (fixture->window, OPEN ("mullion:topic.news"), "0");
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => data.type)", "\"ready\"");
  ipc_assert_run (fixture->window, OPEN ("mullion:program.yes"), "0");
  ipc_assert_run (fixture->window, NEXT, "\"stdout yes\\n\"");
  assert_warned ();
  g_assert_cmpstr (denied->str, ==, "mullion:program.no mullion:topic.secret ");
  g_assert_false (g_file_test (trace, G_FILE_TEST_EXISTS));

  g_signal_handlers_disconnect_by_data (contents, denied);
  mullion_topic_bridge_free (bus);
  mullion_program_bridge_free (programs);
  g_rmdir (folder);
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
    { "/bridge/helper", test_helper },
    { "/bridge/program", test_program },
    { "/bridge/program-misused", test_program_misused },
    { "/bridge/program-left", test_program_left },
    { "/bridge/program-floods", test_program_floods },
    { "/bridge/topic", test_topic },
    { "/bridge/topic-redis", test_topic_redis },
    { "/bridge/granted", test_granted },
  };
  g_autoptr(MullionApp) app = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  watch_warnings ();
  app = ipc_app_new ("io.github.mullion.TestBridge");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  result = g_test_run ();
  return result;
}
