/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

/* Message ports between the main process and real pages: tests/ipc/apps/ports has the pages. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"ports/preload.js\" } }"

typedef struct
{
  IpcWindow *window;
  GPtrArray *ports; /* that pages sent on the channels `opened` and `kept` */
  GQueue heard;     /* of text: what came through a port that listens */
  GBytes *bytes;      /* (nullable): the same, where it is binary */
  GPtrArray *brought; /* the ports that came with it */
  guint n_closed;
} Fixture;

static void
opened_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  Fixture *fixture = user_data;
  guint n_ports = 0;
  MullionMessagePortMain **ports = mullion_ipc_main_event_get_ports (event, &n_ports);

  for (guint i = 0; i < n_ports; i++)
    g_ptr_array_add (fixture->ports, g_object_ref (ports[i]));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  g_queue_init (&fixture->heard);
  fixture->ports = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->brought = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (ipc, "opened", opened_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "kept", opened_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->window, "ports/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < fixture->ports->len; i++)
    g_signal_handlers_disconnect_by_data (fixture->ports->pdata[i], fixture);
  g_ptr_array_unref (fixture->ports);
  g_ptr_array_unref (fixture->brought);
  g_clear_pointer (&fixture->bytes, g_bytes_unref);
  g_queue_clear_full (&fixture->heard, g_free);
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_clear_pointer (&fixture->window, ipc_window_free);
  assert_warned ();
}

static void
message_cb (MullionMessagePortMain *port,
            MullionMessageEvent    *event,
            Fixture                *fixture)
{
  JsonNode *data = mullion_message_event_get_data (event);
  guint n_ports = 0;
  MullionMessagePortMain **ports = mullion_message_event_get_ports (event, &n_ports);

  g_queue_push_tail (&fixture->heard,
                     data != NULL ? json_to_string (data, FALSE) : g_strdup ("undefined"));
  g_clear_pointer (&fixture->bytes, g_bytes_unref);
  fixture->bytes = data != NULL ? mullion_value_dup_bytes (data) : NULL;
  for (guint i = 0; i < n_ports; i++)
    g_ptr_array_add (fixture->brought, g_object_ref (ports[i]));
}

static void
close_cb (MullionMessagePortMain *port,
          Fixture                *fixture)
{
  fixture->n_closed++;
}

static void
listen_to (Fixture                *fixture,
           MullionMessagePortMain *port)
{
  g_signal_connect (port, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (port, "close", G_CALLBACK (close_cb), fixture);
  mullion_message_port_main_start (port);
}

static void
assert_heard (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *text = NULL;

  ipc_wait_until (!g_queue_is_empty (&fixture->heard));
  text = g_queue_pop_head (&fixture->heard);
  g_assert_cmpstr (text, ==, expected);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
post (MullionMessagePortMain *port,
      const char             *text)
{
  g_autoptr(GError) error = NULL;

  mullion_message_port_main_post_message (port, text_node (text), NULL, 0, &error);
  g_assert_no_error (error);
}

static void
send_port (MullionWebContents     *contents,
           const char             *channel,
           const char             *name,
           MullionMessagePortMain *port)
{
  g_autoptr(GError) error = NULL;

  mullion_web_contents_post_message (contents, channel, text_node (name), &port, 1, &error);
  g_assert_no_error (error);
  g_assert_false (mullion_message_port_main_is_open (port));
}

/* (transfer none): the @index-th port that a page sent. */
static MullionMessagePortMain *
wait_port (Fixture *fixture,
           guint    index)
{
  ipc_wait_until (fixture->ports->len > index);

  return fixture->ports->pdata[index];
}

#define LISTEN "(async () => { const { ports: [port] } = await arrived.next(); " \
  "kept.port = listen(port); })()"
#define NEXT "heard.next().then(({ data, closed }) => closed ? 'closed' : data)"

/* -- From a page to main -- */

static void
test_from_page (Fixture       *fixture,
                gconstpointer  data)
{
  MullionMessagePortMain *port;

  ipc_assert_run (fixture->window, "kept.port = listen(api.open('early', { n: 1 })); 0", "0");
  port = wait_port (fixture, 0);
  post (port, "before start");
  ipc_assert_run (fixture->window, NEXT, "\"before start\"");

  /* Nothing is told before start (). */
  ipc_settle ();
  g_assert_true (g_queue_is_empty (&fixture->heard));
  listen_to (fixture, port);
  assert_heard (fixture, "\"early\"");
  assert_heard (fixture, "{\"n\":1}");

  ipc_assert_run (fixture->window, "kept.port.postMessage([1n, undefined]); 0", "0");
  assert_heard (fixture, "[{\"$mullion\":\"bigint\",\"value\":\"1\"},{\"$mullion\":\"undefined\"}]");
  mullion_message_port_main_post_message (port, NULL, NULL, 0, NULL);
  ipc_assert_run (fixture->window, "heard.next().then(({ data }) => typeof data)", "\"undefined\"");
}

/* -- From main to a page -- */

static void
test_to_page (Fixture       *fixture,
              gconstpointer  data)
{
  const char *channels[] = { "port", "port-over-bridge" };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
      MullionMessagePortMain *port = mullion_message_channel_main_get_port1 (channel);

      post (port, "queued");
      send_port (fixture->window->contents, channels[i], "one",
                 mullion_message_channel_main_get_port2 (channel));
      ipc_assert_run (fixture->window, LISTEN, "null");
      ipc_assert_run (fixture->window, NEXT, "\"queued\"");

      listen_to (fixture, port);
      ipc_assert_run (fixture->window, "kept.port.postMessage('from the page'); 0", "0");
      assert_heard (fixture, "\"from the page\"");
    }
}

/* While the page loads, ports wait with their messages. */
static void
test_while_loading (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);

  mullion_web_contents_load_file (fixture->window->contents, "ports/index.html");
  send_port (fixture->window->contents, "port-echo", "one",
             mullion_message_channel_main_get_port2 (channel));
  listen_to (fixture, mullion_message_channel_main_get_port1 (channel));
  post (mullion_message_channel_main_get_port1 (channel), "hello");
  assert_heard (fixture, "\"hello\"");
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

/* -- Values -- */

static void
test_binary (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *port = mullion_message_channel_main_get_port1 (channel);
  const gsize sizes[] = { 0, 5, 100000, 5000000 };

  send_port (fixture->window->contents, "port-echo", "one",
             mullion_message_channel_main_get_port2 (channel));
  listen_to (fixture, port);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *memory = g_malloc0 (sizes[i] + 1);
      g_autoptr(GBytes) bytes = NULL;

      for (gsize at = 0; at < sizes[i]; at++)
        memory[at] = at * 7;
      bytes = g_bytes_new (memory, sizes[i]);
      mullion_message_port_main_post_message (port, mullion_value_new_bytes (g_bytes_ref (bytes)), NULL, 0,
                                              NULL);
      ipc_wait_until (!g_queue_is_empty (&fixture->heard));
      g_free (g_queue_pop_head (&fixture->heard));
      g_assert_nonnull (fixture->bytes);
      g_assert_true (g_bytes_equal (fixture->bytes, bytes));
    }
}

/* What the DOM detaches is detached, and arrives. */
static void
test_transferred_buffer (Fixture       *fixture,
                         gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "kept.port = api.open();"
                  "const bytes = new Uint8Array([1, 2, 3]);"
                  "kept.port.postMessage(bytes, [bytes.buffer]);"
                  "bytes.byteLength", "0");
  listen_to (fixture, wait_port (fixture, 0));
  ipc_wait_until (fixture->bytes != NULL);
  g_assert_cmpmem (g_bytes_get_data (fixture->bytes, NULL), g_bytes_get_size (fixture->bytes),
                   "\1\2\3", 3);
}

/* -- Ports through ports -- */

static void
test_nested (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *inner = mullion_message_channel_main_get_port2 (channel);
  MullionMessagePortMain *port;
  g_autoptr(GError) error = NULL;

  ipc_assert_run (fixture->window, "kept.port = listen(api.open()); 0", "0");
  port = wait_port (fixture, 0);
  listen_to (fixture, port);

  /* From the page. */
  ipc_assert_run (fixture->window,
                  "const { port1, port2 } = new MessageChannel();"
                  "kept.inner = listen(port1); kept.port.postMessage('take', [port2]); 0", "0");
  assert_heard (fixture, "\"take\"");
  g_assert_cmpuint (fixture->brought->len, ==, 1);
  post (fixture->brought->pdata[0], "through the inner one");
  ipc_assert_run (fixture->window, NEXT, "\"through the inner one\"");

  /* To the page. */
  mullion_message_port_main_post_message (port, text_node ("take"), &inner, 1, &error);
  g_assert_no_error (error);
  post (mullion_message_channel_main_get_port1 (channel), "hello");
  ipc_assert_run (fixture->window,
                  "heard.next().then(({ data, ports }) => { listen(ports[0]); return data; })",
                  "\"take\"");
  ipc_assert_run (fixture->window, NEXT, "\"hello\"");
}

/* -- From page to page -- */

static void
test_page_to_page (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new (OPTIONS);
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);

  ipc_window_load (other, "ports/index.html");
  send_port (fixture->window->contents, "port", "a", mullion_message_channel_main_get_port1 (channel));
  send_port (other->contents, "port", "b", mullion_message_channel_main_get_port2 (channel));
  ipc_assert_run (fixture->window, LISTEN, "null");
  ipc_assert_run (other, LISTEN, "null");

  ipc_assert_run (fixture->window, "kept.port.postMessage('a to b'); 0", "0");
  ipc_assert_run (other, NEXT, "\"a to b\"");
  ipc_assert_run (other, "kept.port.postMessage('b to a'); 0", "0");
  ipc_assert_run (fixture->window, NEXT, "\"b to a\"");
}

/* A port that a page made, with what it holds already. */
static void
test_passed_on (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new (OPTIONS);

  ipc_window_load (other, "ports/index.html");
  ipc_assert_run (fixture->window, "kept.port = listen(api.open('early')); 0", "0");
  send_port (other->contents, "port", "b", wait_port (fixture, 0));
  ipc_assert_run (other, LISTEN, "null");
  ipc_assert_run (other, NEXT, "\"early\"");
  ipc_assert_run (other, "kept.port.postMessage('hello'); 0", "0");
  ipc_assert_run (fixture->window, NEXT, "\"hello\"");
}

/* The port has messages on their way out and in when it is sent away. */
static void
test_passed_on_in_use (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(IpcWindow) other = ipc_window_new (OPTIONS);
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *port = mullion_message_channel_main_get_port1 (channel);
  MullionMessagePortMain *end = mullion_message_channel_main_get_port2 (channel);
  g_autofree char *large = g_strnfill (3000000, 'x');

  ipc_window_load (other, "ports/index.html");
  post (port, large);
  post (port, "last from here");
  post (end, large);
  post (end, "last to here");
  send_port (other->contents, "port", "b", port);
  ipc_assert_run (other, LISTEN, "null");
  ipc_assert_run (other, "heard.next().then(({ data }) => data.length)", "3000000");
  ipc_assert_run (other, NEXT, "\"last to here\"");
  ipc_assert_run (other, "kept.port.postMessage('and on'); 0", "0");

  listen_to (fixture, end);
  ipc_wait_until (g_queue_get_length (&fixture->heard) == 3);
  g_free (g_queue_pop_head (&fixture->heard));
  assert_heard (fixture, "\"last from here\"");
  assert_heard (fixture, "\"and on\"");
}

/* -- Ends -- */

static void
assert_gone (MullionMessagePortMain *port)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_message_port_main_is_open (port));
  g_assert_false (mullion_message_port_main_post_message (port, text_node ("late"), NULL, 0, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_GONE);
}

/* What the page said last is heard before its end is. */
static void
test_page_gone (Fixture       *fixture,
                gconstpointer  data)
{
  MullionMessagePortMain *port;

  ipc_assert_run (fixture->window, "kept.port = api.open(); kept.port.postMessage('last'); 0", "0");
  port = wait_port (fixture, 0);
  listen_to (fixture, port);
  assert_heard (fixture, "\"last\"");
  g_assert_cmpuint (fixture->n_closed, ==, 0);

  ipc_window_load (fixture->window, "ports/index.html");
  ipc_wait_until (fixture->n_closed > 0);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  assert_gone (port);
}

/* The other end can post as before, to nobody. */
static void
test_closed_here (Fixture       *fixture,
                  gconstpointer  data)
{
  MullionMessagePortMain *port;

  ipc_assert_run (fixture->window, "kept.port = listen(api.open()); 0", "0");
  port = wait_port (fixture, 0);
  listen_to (fixture, port);
  post (port, "last");
  mullion_message_port_main_close (port);
  mullion_message_port_main_close (port);
  mullion_message_port_main_start (port);
  assert_gone (port);

  ipc_assert_run (fixture->window, NEXT, "\"last\"");
  ipc_assert_run (fixture->window, "kept.port.postMessage('late'); kept.port.close();"
                  "kept.port.postMessage('later'); 0", "0");
  g_assert_true (g_queue_is_empty (&fixture->heard));
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

/* -- What goes wrong in the page -- */

static void
test_bad_transfers (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *invalid = "\"TypeError: Invalid value for transfer\"";

  ipc_assert_run (fixture->window, "api.bad.twice()", invalid);
  ipc_assert_run (fixture->window, "api.bad.detached()", invalid);
  ipc_assert_run (fixture->window, "api.bad.sentBefore()", invalid);
  ipc_assert_run (fixture->window, "api.bad.noArray()", invalid);
  ipc_assert_run (fixture->window,
                  "api.bad.others().every((text) => text === 'TypeError: Invalid value for transfer')",
                  "true");
  ipc_assert_run (fixture->window, "api.bad.message()",
                  "\"Error: An object could not be cloned.\"");
  g_assert_cmpuint (fixture->ports->len, ==, 0);
  ipc_assert_run (fixture->window, "api.bad.many()",
                  "\"Error: A document cannot have more than 256 ports and streams at a time\"");
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Fixture       *fixture,
                 gconstpointer  data);
  } tests[] = {
    { "/ports/from-page", test_from_page },
    { "/ports/to-page", test_to_page },
    { "/ports/while-loading", test_while_loading },
    { "/ports/binary", test_binary },
    { "/ports/transferred-buffer", test_transferred_buffer },
    { "/ports/nested", test_nested },
    { "/ports/page-to-page", test_page_to_page },
    { "/ports/passed-on", test_passed_on },
    { "/ports/passed-on-in-use", test_passed_on_in_use },
    { "/ports/page-gone", test_page_gone },
    { "/ports/closed-here", test_closed_here },
    { "/ports/bad-transfers", test_bad_transfers },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPorts");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
