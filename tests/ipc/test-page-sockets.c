/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "hostile-page.h"
#include "tests/test-warnings.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The sockets that a page sends, with a web process in the hands of an attacker: places that are
 * none, file descriptors of another kind, too many of them, and what they say later. */

#define MAX_FDS 300

typedef struct
{
  Page *page;
  GPtrArray *kept; /* what came: events, with their ports and streams */
  guint n_taken;   /* streams and ports in them */
  GInputStream *stream; /* (nullable): the last of these */
  int far[MAX_FDS]; /* the ends that the page kept */
  guint n_far;
  gssize n_read;
  GError *error;
  gboolean is_done;
} Fixture;

static void
take_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  guint n_ports = 0;

  mullion_ipc_main_event_get_ports (event, &n_ports);
  fixture->n_taken += n_ports;
  for (guint i = 0; i < json_array_get_length (args); i++)
    {
      GInputStream *stream = mullion_value_get_input_stream (json_array_get_element (args, i));

      if (stream != NULL && g_set_object (&fixture->stream, stream))
        fixture->n_taken++;
    }
  g_ptr_array_add (fixture->kept, g_object_ref (event));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->kept = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (mullion_app_get_ipc_main (ipc_app_get ()), "take", take_cb, fixture, NULL);
  fixture->page = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_ptr_array_unref (fixture->kept);
  for (guint i = 0; i < fixture->n_far; i++)
    close (fixture->far[i]);
  g_clear_object (&fixture->stream);
  g_clear_error (&fixture->error);
  page_free (fixture->page);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

/* Sends one frame with these file descriptors, which are closed here, and announces @n_ports. */
static void
send_fds (Fixture    *fixture,
          guint16     kind,
          const char *body,
          const int  *fds,
          guint       n_fds,
          guint8      n_ports)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (200 * sizeof (int))]; } control = { 0 };
  MullionFrameHeader header = {
    .length = strlen (body), .kind = kind, .document = 1, .n_ports = n_ports,
  };
  struct iovec parts[2] = { { &header, sizeof header }, { (char *) body, strlen (body) } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

  if (n_fds > 0)
    {
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof (int));
      control.align.cmsg_level = SOL_SOCKET;
      control.align.cmsg_type = SCM_RIGHTS;
      control.align.cmsg_len = CMSG_LEN (n_fds * sizeof (int));
      memcpy (CMSG_DATA (&control.align), fds, n_fds * sizeof (int));
    }
  g_assert_cmpint (sendmsg (fixture->page->fd, &message, 0), >, 0);
  for (guint i = 0; i < n_fds; i++)
    close (fds[i]);
}

/* Sends a message with so many sockets. */
static void
send_sockets (Fixture    *fixture,
              guint16     kind,
              const char *body,
              guint       n_sockets,
              guint8      n_ports)
{
  int near[200];

  for (guint i = 0; i < n_sockets; i++)
    {
      int pair[2];

      g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
      near[i] = pair[0];
      fixture->far[fixture->n_far++] = pair[1];
    }
  send_fds (fixture, kind, body, near, n_sockets, n_ports);
}

static void
assert_cut (Fixture    *fixture,
            const char *reason)
{
  g_autofree char *pattern = g_strdup_printf ("The channel of WebContents #%u was cut off: %s",
    mullion_web_contents_get_id (fixture->page->window->contents), reason);

  expect_warning (pattern);
  page_wait_end (fixture->page);
  assert_warned ();
  g_assert_cmpuint (fixture->kept->len, ==, 0);
}

#define STREAM(port) "{\"$mullion\":\"readable\",\"port\":" port "}"
#define TAKE(value) "[[1,0,\"take\",[" value "]]]"
#define POST(places) "[[4,0,\"take\",[null]," places "]]"

/* -- Places -- */

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  send_sockets (fixture, MULLION_FRAME_MESSAGES, TAKE (STREAM ("1") "," STREAM ("0")), 2, 2);
  send_sockets (fixture, MULLION_FRAME_MESSAGES, POST ("[0,1]"), 2, 2);
  send_sockets (fixture, MULLION_FRAME_MESSAGES,
                "[[4,0,\"take\",[" STREAM ("0") "],[1]]]", 2, 2);
  ipc_wait_until (fixture->kept->len == 3);
  g_assert_cmpuint (fixture->n_taken, ==, 6);
}

/* Which frame is refused, and why. */
typedef struct
{
  const char *path;
  const char *body;
  guint n_sockets;
  guint n_announced;
  guint16 kind;
  const char *reason;
} Frame;

static const Frame bad_frames[] = {
  { "stream/behind", TAKE (STREAM ("1")), 1, 1, MULLION_FRAME_MESSAGES,
    "A stream did not come with its frame" },
  { "stream/negative", TAKE (STREAM ("-1")), 1, 1, MULLION_FRAME_MESSAGES,
    "A stream did not come with its frame" },
  { "stream/huge", TAKE (STREAM ("9223372036854775807")), 1, 1, MULLION_FRAME_MESSAGES,
    "A stream did not come with its frame" },
  { "stream/text", TAKE (STREAM ("\"0\"")), 1, 1, MULLION_FRAME_MESSAGES,
    "A stream did not come with its frame" },
  { "stream/twice", TAKE (STREAM ("0") "," STREAM ("0")), 1, 1, MULLION_FRAME_MESSAGES,
    "A stream did not come with its frame" },
  { "stream/and-port", "[[4,0,\"take\",[" STREAM ("0") "],[0]]]", 1, 1, MULLION_FRAME_MESSAGES,
    "A message has a port that did not come" },
  { "port/behind", POST ("[1]"), 1, 1, MULLION_FRAME_MESSAGES,
    "A message has a port that did not come" },
  { "port/negative", POST ("[-1]"), 1, 1, MULLION_FRAME_MESSAGES,
    "A message has a port that did not come" },
  { "port/twice", POST ("[0,0]"), 1, 1, MULLION_FRAME_MESSAGES,
    "A message has a port that did not come" },
  { "port/none-at-all", POST ("[0]"), 0, 0, MULLION_FRAME_MESSAGES,
    "A message has a port that did not come" },
  { "port/no-list", POST ("{}"), 1, 1, MULLION_FRAME_MESSAGES,
    "A frame of kind 5 is not of the shape that it must have" },
  { "port/of-an-invoke", "[[2,1,\"take\",[],[0]]]", 1, 1, MULLION_FRAME_MESSAGES,
    "A frame of kind 5 is not of the shape that it must have" },
  { "port/of-nobody", "[]", 1, 1, MULLION_FRAME_MESSAGES,
    "A frame brought a port that is no message's" },
  { "port/of-another-kind", "{}", 1, 1, MULLION_FRAME_DOM_READY,
    "A frame of kind 4 brought ports" },
  { "port/unannounced", "[]", 1, 0, MULLION_FRAME_MESSAGES,
    "The channel carried file descriptors that no frame announced" },
  { "port/missing", POST ("[0,1]"), 1, 2, MULLION_FRAME_MESSAGES,
    "A frame of kind 5 announced 2 file descriptors and came with 1" },
  { "port/too-many-announced", "[]", 0, 201, MULLION_FRAME_MESSAGES,
    "A frame of kind 5 announced more ports than the limit: 201" },
};

static void
test_bad_frame (Fixture       *fixture,
                gconstpointer  data)
{
  const Frame *frame = data;

  send_sockets (fixture, frame->kind, frame->body, frame->n_sockets, frame->n_announced);
  assert_cut (fixture, frame->reason);
}

/* -- What is no such socket -- */

static void
test_pipe (Fixture       *fixture,
           gconstpointer  data)
{
  int pipe_fds[2];

  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC));
  close (pipe_fds[1]);
  send_fds (fixture, MULLION_FRAME_MESSAGES, POST ("[0]"), pipe_fds, 1, 1);
  assert_cut (fixture, "A port of a frame is not a stream socket of this machine");
}

static void
test_listening (Fixture       *fixture,
                gconstpointer  data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address.sun_family));
  g_assert_no_errno (listen (fd, 1));
  send_fds (fixture, MULLION_FRAME_MESSAGES, POST ("[0]"), &fd, 1, 1);
  assert_cut (fixture, "A port of a frame is not a stream socket of this machine");
}

/* -- Too many -- */

static char *
list_places (const char *format,
             guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr(GString) place = g_string_new (format);

      g_string_replace (place, "#", number, 1);
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", place->str);
    }

  return g_string_free (text, FALSE);
}

static void
test_many_ports (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *places = list_places ("#", 150);
  g_autofree char *body = g_strdup_printf (POST ("[%s]"), places);

  send_sockets (fixture, MULLION_FRAME_MESSAGES, body, 150, 150);
  ipc_wait_until (fixture->n_taken == 150);
  g_ptr_array_set_size (fixture->kept, 0);

  /* Those are free again. */
  send_sockets (fixture, MULLION_FRAME_MESSAGES, body, 150, 150);
  ipc_wait_until (fixture->n_taken == 300);
  fixture->n_far = 0;
  g_ptr_array_set_size (fixture->kept, 0);
}

/* The socket of one more port that the main process listens on, as the page has it. */
static int
open_port (Fixture *fixture,
           guint   *n_closed)
{
  guint n_ports = 0;
  MullionMessagePortMain **ports;

  send_sockets (fixture, MULLION_FRAME_MESSAGES, POST ("[0]"), 1, 1);
  ipc_wait_until (fixture->kept->len == fixture->n_far);
  ports = mullion_ipc_main_event_get_ports (
    g_ptr_array_index (fixture->kept, fixture->kept->len - 1), &n_ports);
  g_assert_cmpuint (n_ports, ==, 1);
  g_signal_connect_swapped (ports[0], "close", G_CALLBACK (count_cb), n_closed);
  mullion_message_port_main_start (ports[0]);

  return fixture->far[fixture->n_far - 1];
}

/* Says that a message of the largest size comes, and does not send it. */
static void
announce_largest (int fd)
{
  MullionFrameHeader header = {
    .length = MULLION_WIRE_MAX_LENGTH, .kind = MULLION_FRAME_PORT_MESSAGE,
  };

  g_assert_cmpint (write (fd, &header, sizeof header), ==, sizeof header);
}

/* However many ports there are, what they have half brought is bounded for all of them together. */
static void
test_half_messages (Fixture       *fixture,
                    gconstpointer  data)
{
  guint n_closed = 0;
  int first = open_port (fixture, &n_closed);

  announce_largest (first);
  for (guint i = 1; i < 4; i++)
    announce_largest (open_port (fixture, &n_closed));

  expect_warning ("A message port was closed: A frame of kind 64 announced 134217728 bytes, and what "
                  "its page has on its way is too much with it");
  announce_largest (open_port (fixture, &n_closed));
  ipc_wait_until (n_closed == 1);
  assert_warned ();

  /* One that ends has room for another. */
  g_assert_no_errno (shutdown (first, SHUT_RDWR));
  ipc_wait_until (n_closed == 2);
  announce_largest (open_port (fixture, &n_closed));
  ipc_settle ();
  g_assert_cmpuint (n_closed, ==, 2);
}

#define BUFFER_SIZE ((gsize) 64 * 1024 * 1024)
#define N_BUFFERS 11 /* so that those of three ports are over the limit */

static int
make_buffer (void)
{
  int memfd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (posix_fallocate (memfd, 0, BUFFER_SIZE), ==, 0);
  g_assert_no_errno (fcntl (memfd, F_ADD_SEALS,
                            F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));

  return memfd;
}

static void
send_buffer (int fd,
             int memfd)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (sizeof (int))]; } control = { 0 };
  g_autofree char *body =
    g_strdup_printf ("[{\"$mullion\":\"buffer\",\"at\":0,\"size\":%zu}]", BUFFER_SIZE);
  MullionFrameHeader header = {
    .length = strlen (body), .kind = MULLION_FRAME_PORT_MESSAGE, .side_length = BUFFER_SIZE,
    .flags = MULLION_FRAME_SIDE_IN_MEMFD,
  };
  struct iovec parts[2] = { { &header, sizeof header }, { body, strlen (body) } };
  struct msghdr message = {
    .msg_iov = parts, .msg_iovlen = 2, .msg_control = &control, .msg_controllen = sizeof control,
  };

  control.align.cmsg_level = SOL_SOCKET;
  control.align.cmsg_type = SCM_RIGHTS;
  control.align.cmsg_len = CMSG_LEN (sizeof memfd);
  memcpy (CMSG_DATA (&control.align), &memfd, sizeof memfd);
  g_assert_cmpint (sendmsg (fd, &message, 0), >, 0);
}

/* The same bytes many times: that takes memory once, and counts each time. */
static void
send_buffers (int fd)
{
  int memfd = make_buffer ();

  for (guint i = 0; i < N_BUFFERS; i++)
    send_buffer (fd, memfd);
  close (memfd);
}

static void
keep_message_cb (MullionMessagePortMain *port,
                 MullionMessageEvent    *event,
                 GPtrArray              *messages)
{
  g_ptr_array_add (messages, g_object_ref (event));
}

/* What a handler keeps of one port leaves as much less to the others. */
static void
test_kept_buffers (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_closed = 0;
  int fds[3];

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      guint n_ports = 0;

      fds[i] = open_port (fixture, &n_closed);
      g_signal_connect (mullion_ipc_main_event_get_ports (g_ptr_array_index (fixture->kept, i),
                                                          &n_ports)[0],
                        "message", G_CALLBACK (keep_message_cb), messages);
    }

  send_buffers (fds[0]);
  send_buffers (fds[1]);
  ipc_wait_until (messages->len == 2 * N_BUFFERS);
  expect_warning ("A message port was closed: The page has * bytes waiting in the main process, and * "
                  "more are over the limit");
  send_buffers (fds[2]);
  ipc_wait_until (n_closed == 1);
  assert_warned ();

  g_ptr_array_set_size (messages, 0);
  send_buffers (fds[0]);
  ipc_wait_until (messages->len == N_BUFFERS);
}

static void
test_too_many_ports (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *places = list_places ("#", 150);
  g_autofree char *body = g_strdup_printf (POST ("[%s]"), places);
  g_autoptr(GPtrArray) kept = NULL;

  send_sockets (fixture, MULLION_FRAME_MESSAGES, body, 150, 150);
  ipc_wait_until (fixture->kept->len == 1);
  kept = g_steal_pointer (&fixture->kept);
  fixture->kept = g_ptr_array_new_with_free_func (g_object_unref);
  send_sockets (fixture, MULLION_FRAME_MESSAGES, body, 150, 150);
  assert_cut (fixture, "A page brought more ports than the limit of 256 that it may have open");
}

/* A stream that is one too many is closed, and its page lives. */
static void
test_too_many_streams (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *streams = list_places (STREAM ("#"), 150);
  g_autofree char *body = g_strdup_printf (TAKE ("%s"), streams);
  char byte;

  for (guint i = 1; i <= 2; i++)
    {
      send_sockets (fixture, MULLION_FRAME_MESSAGES, body, 150, 150);
      ipc_wait_until (fixture->kept->len == i);
    }
  g_assert_cmpuint (fixture->n_taken, ==, MULLION_WIRE_MAX_HELD_PORTS);
  g_assert_cmpint (recv (fixture->far[299], &byte, 1, MSG_DONTWAIT), ==, 0);
  g_assert_false (fixture->page->is_closed);
}

/* -- What a stream says -- */

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->n_read = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &fixture->error);
  fixture->is_done = TRUE;
}

/* Bytes that nobody gave credit for: the stream fails, and neither the page nor the app does. */
static void
test_no_credit (Fixture       *fixture,
                gconstpointer  data)
{
  const MullionFrameHeader header = { .kind = MULLION_FRAME_STREAM_DATA, .side_length = 3 };
  char buffer[10];

  send_sockets (fixture, MULLION_FRAME_MESSAGES, TAKE (STREAM ("0")), 1, 1);
  ipc_wait_until (fixture->kept->len == 1);
  g_assert_cmpint (write (fixture->far[0], &header, sizeof header), ==, sizeof header);
  g_assert_cmpint (write (fixture->far[0], "abc", 3), ==, 3);
  ipc_settle ();
  g_input_stream_read_async (fixture->stream, buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL,
                             read_cb, fixture);
  ipc_wait_until (fixture->is_done);
  g_assert_cmpint (fixture->n_read, ==, -1);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_assert_false (fixture->page->is_closed);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(MullionApp) app = NULL;

  g_test_init (&argc, &argv, NULL);
  watch_warnings ();
  app = ipc_app_new ("org.example.PageSockets");

#define ADD(path, test, data) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/page-sockets/good", test_good, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_frames); i++)
    {
      g_autofree char *path = g_strconcat ("/page-sockets/", bad_frames[i].path, NULL);

      ADD (path, test_bad_frame, &bad_frames[i]);
    }
  ADD ("/page-sockets/pipe", test_pipe, NULL);
  ADD ("/page-sockets/listening", test_listening, NULL);
  ADD ("/page-sockets/many-ports", test_many_ports, NULL);
  ADD ("/page-sockets/half-messages", test_half_messages, NULL);
  ADD ("/page-sockets/kept-buffers", test_kept_buffers, NULL);
  ADD ("/page-sockets/too-many-ports", test_too_many_ports, NULL);
  ADD ("/page-sockets/too-many-streams", test_too_many_streams, NULL);
  ADD ("/page-sockets/no-credit", test_no_credit, NULL);
#undef ADD

  return g_test_run ();
}
