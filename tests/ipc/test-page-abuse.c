/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "app/mullion-web-contents-private.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* What keeps to the rules of the wire and does harm all the same: to the log, to the memory that
 * pages share, to the files that the process may have open. The test is the web process. */

#define WARNINGS_A_PERIOD 5

typedef struct
{
  Page *page;
  Page *deaf;          /* which reads nothing */
  GPtrArray *ports;    /* MullionMessagePortMain that the app keeps */
  GPtrArray *messages; /* MullionMessageEvent that came on them */
  guint n_closed;
} Fixture;

/* -- The host -- */

static void
message_cb (MullionMessagePortMain *port,
            MullionMessageEvent    *event,
            Fixture                *fixture)
{
  g_ptr_array_add (fixture->messages, g_object_ref (event));
}

static void
port_closed_cb (Fixture *fixture)
{
  fixture->n_closed++;
}

static void
port_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  guint n_ports;
  MullionMessagePortMain **ports = mullion_ipc_main_event_get_ports (event, &n_ports);

  for (guint i = 0; i < n_ports; i++)
    {
      g_ptr_array_add (fixture->ports, g_object_ref (ports[i]));
      g_signal_connect (ports[i], "message", G_CALLBACK (message_cb), fixture);
      g_signal_connect_swapped (ports[i], "close", G_CALLBACK (port_closed_cb), fixture);
      mullion_message_port_main_start (ports[i]);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->ports = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->messages = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (mullion_app_get_ipc_main (ipc_app_get ()), "port", port_cb, fixture, NULL);
  fixture->page = page_new ();
  fixture->deaf = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_ptr_array_unref (fixture->messages);
  g_ptr_array_unref (fixture->ports);
  page_free (fixture->page);
  page_free (fixture->deaf);
  assert_warned ();
}

/* -- The log -- */

static void
expect_warnings (const char *pattern)
{
  for (guint i = 0; i < WARNINGS_A_PERIOD; i++)
    expect_warning (pattern);
}

/* Any warning beyond those ends the test. Every call is answered all the same. */
static void
test_log_of_calls (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');

  expect_warnings ("WebContents #* called ipcRenderer.sendSync() with 'xxx*…' channel without "
                   "listeners.");
  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *body = g_strdup_printf ("[[3,%u,\"%s\",[]]]", i, long_name);
      g_autoptr(MullionFrame) reply = NULL;

      page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, i, body);
      reply = page_wait_frame (fixture->page, MULLION_FRAME_SYNC_REPLY);
      g_assert_cmpuint (reply->header.id, ==, i);
      g_assert_true (g_str_has_prefix (reply->body, "[3,"));
      g_assert_cmpuint (reply->header.length, <, 1000);
    }
}

static void
test_log_of_frames (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *long_text = g_strnfill (100000, 'y');
  g_autofree char *body =
    g_strdup_printf ("{\"path\":\"%s\",\"message\":\"%s\"}", long_text, long_text);

  expect_warnings ("Unable to load preload script: yyy*: yyy*");
  for (guint i = 0; i < 200; i++)
    page_send (fixture->page, MULLION_FRAME_PRELOAD_ERROR, 1, 0, body);
  for (guint i = 0; i < 200; i++)
    page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0,
               "[[5,4294967290,\"anybody\",[]],[7,0,\"no-such-control\",[]]]");
  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 1, "[[8,1,\"no-such-control\",[]]]");
  mullion_frame_unref (page_wait_frame (fixture->page, MULLION_FRAME_SYNC_REPLY));
}

/* -- The memory -- */

/* Who sends is not the one whose unread messages pile up. */
static void
test_deaf_neighbour (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *text = g_strnfill (50000, 'x');
  g_autofree char *body =
    g_strdup_printf ("[[5,%u,\"push\",[\"%s\"]]]",
                     mullion_web_contents_get_id (fixture->deaf->window->contents), text);
  gsize before = read_resident_kib (getpid ());

  expect_warnings ("WebContents #* called ipcRenderer.sendTo() with 'push' channel, but nothing "
                   "more is taken for the page, which reads none of it, of the id *");
  for (guint i = 0; i < 3000; i++)
    page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body);
  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 1, "[[8,1,\"no-such-control\",[]]]");
  mullion_frame_unref (page_wait_frame (fixture->page, MULLION_FRAME_SYNC_REPLY));

  g_test_message ("from %zu to %zu KiB", before, read_resident_kib (getpid ()));
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (read_resident_kib (getpid ()), <, before + 48 * 1024);
#endif
}

/* -- Ports -- */

static void
send_ports (Page  *page,
            guint  n,
            int   *own_ends)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (200 * sizeof (int))]; } control = { 0 };
  g_autoptr(GString) body = g_string_new ("[[4,0,\"port\",[0],[");
  MullionFrameHeader header = { .kind = MULLION_FRAME_MESSAGES, .document = 1, .n_ports = n };
  struct iovec part = { &header, sizeof header };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
    .msg_controllen = CMSG_SPACE (n * sizeof (int)),
  };
  int fds[200];

  for (guint i = 0; i < n; i++)
    {
      int pair[2];

      g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
      own_ends[i] = pair[0];
      fds[i] = pair[1];
      g_string_append_printf (body, "%s%u", i > 0 ? "," : "", i);
    }
  g_string_append (body, "]]]");
  header.length = body->len;
  control.align.cmsg_level = SOL_SOCKET;
  control.align.cmsg_type = SCM_RIGHTS;
  control.align.cmsg_len = CMSG_LEN (n * sizeof (int));
  memcpy (CMSG_DATA (&control.align), fds, n * sizeof (int));
  g_assert_cmpint (sendmsg (page->fd, &message, 0), ==, sizeof header);
  page_write (page, (const guint8 *) body->str, body->len);
  for (guint i = 0; i < n; i++)
    close (fds[i]);
}

static void
write_to_port (int         fd,
               guint16     kind,
               const char *body,
               gsize       length)
{
  Page port = { .fd = fd };
  MullionFrameHeader header = { .kind = kind, .length = length };

  page_write (&port, (const guint8 *) &header, sizeof header);
  page_write (&port, (const guint8 *) body, length);
}

/* The app may keep all that come: the files that it may have open are for all its pages. */
static void
test_too_many_ports (Fixture       *fixture,
                     gconstpointer  data)
{
  int ends[2][200];

  expect_warning ("The channel of WebContents #* was cut off: A page brought more ports than the "
                  "limit of 256 that it may have open");
  send_ports (fixture->page, 200, ends[0]);
  ipc_wait_until (fixture->ports->len == 200);
  send_ports (fixture->page, 200, ends[1]);
  page_wait_end (fixture->page);
  g_assert_cmpuint (fixture->ports->len, ==, 200);
  for (guint i = 0; i < 200; i++)
    {
      close (ends[0][i]);
      close (ends[1][i]);
    }
  ipc_wait_until (fixture->n_closed == 200);
}

static const struct { const char *name; guint16 kind; const char *body; const char *reason; }
port_lies[] = {
  { "kind", MULLION_FRAME_MESSAGES, "[1]", "A frame is of the kind 5, which no port has" },
  { "object", MULLION_FRAME_PORT_MESSAGE, "{}",
    "A message of a port is not of the shape that it must have" },
  { "two", MULLION_FRAME_PORT_MESSAGE, "[1,2]",
    "A message of a port is not of the shape that it must have" },
  { "text", MULLION_FRAME_PORT_MESSAGE, "[1", "A frame of kind 64 holds no JSON: *" },
};

/* The port ends, and its page need not have said that. */
static void
test_port_lie (Fixture       *fixture,
               gconstpointer  data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autofree char *pattern =
    g_strconcat ("A message port was closed: ", port_lies[index].reason, NULL);
  int end;

  send_ports (fixture->page, 1, &end);
  expect_warning (pattern);
  write_to_port (end, port_lies[index].kind, port_lies[index].body,
                 strlen (port_lies[index].body));
  ipc_wait_until (fixture->n_closed == 1);
  assert_warned ();
  g_assert_cmpuint (fixture->messages->len, ==, 0);
  g_assert_false (mullion_message_port_main_is_open (fixture->ports->pdata[0]));
  close (end);

  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 1, "[[8,1,\"no-such-control\",[]]]");
  mullion_frame_unref (page_wait_frame (fixture->page, MULLION_FRAME_SYNC_REPLY));
}

/* -- Large messages of ports -- */

static gint64
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GString *
make_large (guint n)
{
  GString *body = g_string_new ("[[0");

  for (guint i = 1; i < n; i++)
    g_string_append (body, ",1");

  return g_string_append (body, "]]");
}

typedef struct
{
  int fd;
  GString *body;
} Writer;

static gpointer
write_frames (gpointer data)
{
  Writer *self = data;
  MullionFrameHeader headers[] = {
    { .kind = MULLION_FRAME_PORT_MESSAGE, .length = self->body->len },
    { .kind = MULLION_FRAME_PORT_MESSAGE, .length = 3 },
  };
  struct iovec parts[] = {
    { &headers[0], sizeof headers[0] }, { self->body->str, self->body->len },
    { &headers[1], sizeof headers[1] }, { (char *) "[2]", 3 },
  };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = G_N_ELEMENTS (parts) };

  g_assert_cmpint (sendmsg (self->fd, &message, 0), ==, 2 * sizeof headers[0] + self->body->len + 3);

  return NULL;
}

/* A million values take most of a second to read; the window does not wait for them. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GString) body = make_large (1000000);
  Writer writer = { .body = body };
  GThread *thread;
  gint64 worst = 0;
  int end;

  send_ports (fixture->page, 1, &end);
  ipc_wait_until (fixture->ports->len == 1);
  /* It sees nothing of this loop, so that each turn is counted. */
  writer.fd = end;
  thread = g_thread_new ("writer", write_frames, &writer);
  while (fixture->messages->len < 2)
    {
      gint64 before = get_work ();

      g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, get_work () - before);
    }

  g_thread_join (thread);
  /* They come in their order. */
  g_assert_cmpuint (json_array_get_length (json_node_get_array (
    mullion_message_event_get_data (fixture->messages->pdata[0]))), ==, 1000000);
  g_assert_cmpint (json_node_get_int (
    mullion_message_event_get_data (fixture->messages->pdata[1])), ==, 2);
  g_test_message ("the longest turn took %.1f ms", worst / 1000.0);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (worst, <, 100000);
#endif
  close (end);
  ipc_wait_until (fixture->n_closed == 1);
}

static void
test_large_lie (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GString) body = make_large (500000);
  int end;

  send_ports (fixture->page, 1, &end);
  expect_warning ("A message port was closed: A frame of kind 64 holds no JSON: *");
  write_to_port (end, MULLION_FRAME_PORT_MESSAGE, body->str, body->len - 1);
  ipc_wait_until (fixture->n_closed == 1);
  close (end);
}

/* It goes while one is being read. */
static void
test_large_closed (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GString) body = make_large (500000);
  int end;

  send_ports (fixture->page, 1, &end);
  ipc_wait_until (fixture->ports->len == 1);
  write_to_port (end, MULLION_FRAME_PORT_MESSAGE, body->str, body->len);
  mullion_message_port_main_close (fixture->ports->pdata[0]);
  ipc_settle ();
  g_assert_cmpuint (fixture->messages->len, ==, 0);
  close (end);
}

/* It is sent on while one is being read, which is this end's. */
static void
test_large_sent_on (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GString) body = make_large (500000);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (&error);
  MullionMessagePortMain *port;
  int end;

  g_assert_no_error (error);
  send_ports (fixture->page, 1, &end);
  ipc_wait_until (fixture->ports->len == 1);
  port = fixture->ports->pdata[0];
  write_to_port (end, MULLION_FRAME_PORT_MESSAGE, body->str, body->len);
  g_assert_true (mullion_message_port_main_post_message (
    mullion_message_channel_main_get_port1 (channel), NULL, &port, 1, &error));
  g_assert_no_error (error);
  g_assert_false (mullion_message_port_main_is_open (port));
  close (end);
}

int
main (int    argc,
      char **argv)
{
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageAbuse");

#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/page-abuse/log/calls", test_log_of_calls, NULL);
  ADD ("/page-abuse/log/frames", test_log_of_frames, NULL);
  ADD ("/page-abuse/deaf-neighbour", test_deaf_neighbour, NULL);
  ADD ("/page-abuse/ports/too-many", test_too_many_ports, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (port_lies); i++)
    {
      g_autofree char *path = g_strconcat ("/page-abuse/ports/lie/", port_lies[i].name, NULL);

      ADD (path, test_port_lie, GUINT_TO_POINTER (i));
    }
  ADD ("/page-abuse/ports/large", test_large, NULL);
  ADD ("/page-abuse/ports/large-lie", test_large_lie, NULL);
  ADD ("/page-abuse/ports/large-closed", test_large_closed, NULL);
  ADD ("/page-abuse/ports/large-sent-on", test_large_sent_on, NULL);
#undef ADD
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
