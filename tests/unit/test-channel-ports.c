/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc/mullion-channel.h"
#include "ipc/mullion-fd-message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* What ports and streams need of a channel: sockets that travel with frames, a reader that does not
 * read, and a sender that hears when there is room again. */

#define TIME_LIMIT_SECONDS 30
#define LARGE (2 * MULLION_WIRE_MAX_INLINE_SIDE)

typedef struct
{
  MullionChannel *sender;
  MullionChannel *receiver;
  int fd; /* the bare other end of the receiver, where there is no sender */
  guint n_frames;
  GUnixFDList *ports; /* of the last frame */
  gsize side_length;  /* the same */
  guint n_drained;
  GError *reason;
} Fixture;

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GBytes) side = mullion_frame_dup_side (frame, NULL);

  g_assert_cmpuint (frame->header.id, ==, fixture->n_frames);
  g_set_object (&fixture->ports, frame->ports);
  fixture->side_length = g_bytes_get_size (side);
  fixture->n_frames++;
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  ((Fixture *) user_data)->reason = g_error_copy (reason);
}

static void
drained_cb (MullionChannel *channel,
            gpointer        user_data)
{
  g_assert_cmpuint (mullion_channel_get_queued (channel), <=, MULLION_CHANNEL_LOW_WATER);
  ((Fixture *) user_data)->n_drained++;
}

static const MullionChannelFuncs funcs = {
  .frame = frame_cb, .closed = closed_cb, .drained = drained_cb,
};

/* @data: whether the other end is a channel too */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  fixture->receiver = mullion_channel_new (pair[0], &funcs, fixture);
  mullion_channel_attach (fixture->receiver, G_PRIORITY_DEFAULT);
  fixture->fd = pair[1];
  if (data == NULL)
    return;

  fixture->sender = mullion_channel_new (pair[1], &funcs, fixture);
  fixture->fd = -1;
  mullion_channel_attach (fixture->sender, G_PRIORITY_DEFAULT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->sender != NULL)
    g_assert_finalize_object (fixture->sender);
  if (fixture->receiver != NULL)
    g_assert_finalize_object (fixture->receiver);
  if (fixture->fd >= 0)
    close (fixture->fd);
  g_clear_object (&fixture->ports);
  g_clear_error (&fixture->reason);
}

static gboolean
expire_cb (gpointer user_data)
{
  g_error ("what was waited for did not happen");
  return G_SOURCE_REMOVE;
}

#define wait_until(condition) \
  G_STMT_START { \
    guint limit = g_timeout_add_seconds (TIME_LIMIT_SECONDS, expire_cb, NULL); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit); \
  } G_STMT_END

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Returns one end of a new pair; the other goes into @list, which alone owns it then. */
static int
add_port (GUnixFDList *list)
{
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  g_assert_cmpint (g_unix_fd_list_append (list, pair[1], NULL), >=, 0);
  close (pair[1]);

  return pair[0];
}

static void
assert_is_at_end (int fd)
{
  char byte;

  g_assert_cmpint (recv (fd, &byte, 1, MSG_DONTWAIT), ==, 0);
  close (fd);
}

static void
assert_is_alive (int fd)
{
  char byte;

  g_assert_cmpint (recv (fd, &byte, 1, MSG_DONTWAIT), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
}

static gboolean
send_frame (Fixture      *fixture,
            guint64       id,
            gsize         side_length,
            GUnixFDList  *ports,
            GError      **error)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autofree char *data = g_malloc0 (side_length + 1);

  mullion_side_add (side, data, side_length);
  return mullion_channel_send_full (fixture->sender, 5, 7, id, "[]", 2, side, ports, error);
}

/* The other end of a port is what was sent, and nobody else has it open. */
static void
assert_port (Fixture *fixture,
             int      index,
             int      other_end)
{
  int n = 0;
  const int *fds = g_unix_fd_list_peek_fds (fixture->ports, &n);
  char byte = 0;

  g_assert_cmpint (index, <, n);
  g_assert_true (fcntl (fds[index], F_GETFD) & FD_CLOEXEC);
  g_assert_cmpint (send (other_end, "x", 1, 0), ==, 1);
  g_assert_cmpint (recv (fds[index], &byte, 1, MSG_DONTWAIT), ==, 1);
  g_assert_cmpint (byte, ==, 'x');
}

/* -- Ports -- */

static void
test_ports (Fixture       *fixture,
            gconstpointer  data)
{
  const gsize sides[] = { 0, 10, LARGE };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      GUnixFDList *ports = g_unix_fd_list_new ();
      int first = add_port (ports);
      int second = add_port (ports);

      g_assert_true (send_frame (fixture, i, sides[i], ports, NULL));
      wait_until (fixture->n_frames == i + 1);
      g_assert_cmpuint (fixture->side_length, ==, sides[i]);
      assert_port (fixture, 0, first);
      assert_port (fixture, 1, second);
      assert_is_alive (first);

      /* Who lets go of the frame's ports closes them: the sender has none left. */
      g_clear_object (&fixture->ports);
      assert_is_at_end (first);
      assert_is_at_end (second);
    }
}

static void
test_most_ports (Fixture       *fixture,
                 gconstpointer  data)
{
  GUnixFDList *ports = g_unix_fd_list_new ();
  g_autoptr(GError) error = NULL;
  int one = add_port (ports);

  for (int i = 1; i < MULLION_WIRE_MAX_PORTS; i++)
    g_assert_cmpint (g_unix_fd_list_append (ports, one, NULL), ==, i);
  g_object_ref (ports);
  g_assert_true (send_frame (fixture, 0, LARGE, ports, NULL));
  wait_until (fixture->n_frames == 1);
  g_assert_cmpint (g_unix_fd_list_get_length (fixture->ports), ==, MULLION_WIRE_MAX_PORTS);
  /* They have changed hands. */
  g_assert_cmpint (g_unix_fd_list_get_length (ports), ==, 0);

  for (int i = 0; i < MULLION_WIRE_MAX_PORTS + 1; i++)
    g_unix_fd_list_append (ports, one, NULL);
  g_assert_false (send_frame (fixture, 1, 0, ports, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "201 ports in one message are over the limit of 200");
  g_assert_true (mullion_channel_is_open (fixture->sender));
  close (one);
}

static void
limit_fds (rlim_t limit)
{
  struct rlimit now;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &now));
  now.rlim_cur = limit;
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &now));
}

/* The kernel keeps what this process may not have, and says so: ports that are not all there are not
 * handed on, and those that came do not stay open. */
static void
test_no_room (Fixture       *fixture,
              gconstpointer  data)
{
  GUnixFDList *ports = g_unix_fd_list_new ();
  struct rlimit before;
  int ends[20];
  int first_free;

  if (g_getenv ("MULLION_TEST_IN_VALGRIND") != NULL)
    {
      g_object_unref (ports);
      g_test_skip ("valgrind keeps the limit to itself, and the kernel does not know of it");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    ends[i] = add_port (ports);
  mullion_channel_set_reading (fixture->receiver, FALSE);
  g_assert_true (send_frame (fixture, 0, 0, ports, NULL));
  settle ();
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), ==, 0);

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &before));
  first_free = dup (ends[0]);
  g_assert_no_errno (first_free);
  close (first_free);
  limit_fds ((rlim_t) first_free + 2);
  mullion_channel_set_reading (fixture->receiver, TRUE);
  wait_until (fixture->reason != NULL);
  limit_fds (before.rlim_cur);

  g_assert_error (fixture->reason, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED);
  g_assert_cmpuint (fixture->n_frames, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->receiver));
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    assert_is_at_end (ends[i]);
}

/* Ports wait with their frame, and die with it when it is never sent. */
static void
test_ports_in_backlog (Fixture       *fixture,
                       gconstpointer  data)
{
  const guint n = 300;
  int last = -1;

  mullion_channel_set_reading (fixture->receiver, FALSE);
  for (guint i = 0; i < n; i++)
    {
      GUnixFDList *ports = i % 10 == 0 ? g_unix_fd_list_new () : NULL;

      if (last >= 0 && ports != NULL)
        close (last);
      if (ports != NULL)
        last = add_port (ports);
      g_assert_true (send_frame (fixture, i, i % 10 == 5 ? LARGE : 5000, ports, NULL));
    }
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), >, LARGE);
  settle ();
  assert_is_alive (last);

  mullion_channel_set_reading (fixture->receiver, TRUE);
  wait_until (fixture->n_frames == n);
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), ==, 0);
  assert_is_at_end (last);

  mullion_channel_set_reading (fixture->receiver, FALSE);
  for (guint i = 0; i < n; i++)
    g_assert_true (send_frame (fixture, n + i, 5000, NULL, NULL));
  {
    GUnixFDList *ports = g_unix_fd_list_new ();

    last = add_port (ports);
    g_assert_true (send_frame (fixture, 2 * n, 0, ports, NULL));
  }
  g_assert_finalize_object (g_steal_pointer (&fixture->sender));
  assert_is_at_end (last);
}

/* -- Flow -- */

static void
test_paused (Fixture       *fixture,
             gconstpointer  data)
{
  mullion_channel_set_reading (fixture->receiver, FALSE);
  for (guint i = 0; i < 3; i++)
    g_assert_true (send_frame (fixture, i, 0, NULL, NULL));
  settle ();
  g_assert_cmpuint (fixture->n_frames, ==, 0);

  /* Neither is its end noticed, and it does not keep the loop awake. */
  g_assert_finalize_object (g_steal_pointer (&fixture->sender));
  settle ();
  g_assert_false (g_main_context_pending (NULL));
  g_assert_no_error (fixture->reason);

  mullion_channel_set_reading (fixture->receiver, TRUE);
  wait_until (fixture->reason != NULL);
  g_assert_cmpuint (fixture->n_frames, ==, 3);
  g_assert_error (fixture->reason, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED);
}

static void
pause_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  frame_cb (channel, frame, user_data);
  mullion_channel_set_reading (channel, FALSE);
}

/* Who stops in the middle of what has been read gets the rest later. */
static void
test_paused_in_frame (Fixture       *fixture,
                      gconstpointer  data)
{
  const MullionChannelFuncs pausing = { .frame = pause_cb, .closed = closed_cb };
  int pair[2];

  g_assert_finalize_object (fixture->sender);
  g_assert_finalize_object (fixture->receiver);
  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  fixture->sender = mullion_channel_new (pair[0], &funcs, fixture);
  fixture->receiver = mullion_channel_new (pair[1], &pausing, fixture);
  mullion_channel_attach (fixture->receiver, G_PRIORITY_DEFAULT);

  for (guint i = 0; i < 3; i++)
    g_assert_true (send_frame (fixture, i, 0, NULL, NULL));
  for (guint i = 0; i < 3; i++)
    {
      wait_until (fixture->n_frames == i + 1);
      settle ();
      g_assert_cmpuint (fixture->n_frames, ==, i + 1);
      mullion_channel_set_reading (fixture->receiver, TRUE);
    }
}

static void
test_drained (Fixture       *fixture,
              gconstpointer  data)
{
  guint n = 0;

  mullion_channel_set_reading (fixture->receiver, FALSE);
  while (mullion_channel_get_queued (fixture->sender) <= MULLION_CHANNEL_LOW_WATER)
    g_assert_true (send_frame (fixture, n++, 5000, NULL, NULL));
  settle ();
  g_assert_cmpuint (fixture->n_drained, ==, 0);

  mullion_channel_set_reading (fixture->receiver, TRUE);
  wait_until (fixture->n_frames == n);
  settle ();
  g_assert_cmpuint (fixture->n_drained, ==, 1);

  /* What never waited does not drain. */
  g_assert_true (send_frame (fixture, n++, 0, NULL, NULL));
  wait_until (fixture->n_frames == n);
  settle ();
  g_assert_cmpuint (fixture->n_drained, ==, 1);
}

/* Memfds take no room in the socket: what lies there unread is bounded all the same. */
static void
test_many_memfds (Fixture       *fixture,
                  gconstpointer  data)
{
  const gsize size = 64 * 1024 * 1024;
  const guint n = 6;

  mullion_channel_set_reading (fixture->receiver, FALSE);
  for (guint i = 0; i < n; i++)
    g_assert_true (send_frame (fixture, i, size, NULL, NULL));
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), >=, 2 * size);
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), <, 3 * size);

  mullion_channel_set_reading (fixture->receiver, TRUE);
  wait_until (fixture->n_frames == n);
  g_assert_cmpuint (mullion_channel_get_queued (fixture->sender), ==, 0);
  g_assert_cmpuint (fixture->side_length, ==, size);
}

/* -- A sender that lies -- */

/* Sends @n copies of @fd, and bytes of a frame that announces @n_ports. @length: how many bytes */
static void
send_bare (Fixture *fixture,
           int      fd,
           guint    n,
           guint8   n_ports,
           gsize    length)
{
  g_autoptr(GUnixFDList) fds = n > 0 ? g_unix_fd_list_new () : NULL;
  struct { MullionFrameHeader header; char body[2]; } frame = {
    { .length = 2, .kind = 5, .n_ports = n_ports }, "[]",
  };
  struct iovec part = { &frame, length };

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_unix_fd_list_append (fds, fd, NULL), >=, 0);
  g_assert_cmpint (mullion_fd_message_send (fixture->fd, &part, 1, fds), ==, length);
}

static void
assert_refused (Fixture    *fixture,
                const char *text)
{
  wait_until (fixture->reason != NULL);
  g_assert_error (fixture->reason, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED);
  g_assert_cmpstr (fixture->reason->message, ==, text);
  g_assert_cmpuint (fixture->n_frames, ==, 0);
}

#define WHOLE (sizeof (MullionFrameHeader) + 2)
#define UNANNOUNCED "The channel carried file descriptors that no frame announced"
#define NO_SOCKET "A port of a frame is not a stream socket of this machine"

/* Every copy is closed: the other end of the socket sees that. */
static void
test_unannounced (Fixture       *fixture,
                  gconstpointer  data)
{
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  send_bare (fixture, pair[1], 3, 2, WHOLE);
  close (pair[1]);
  wait_until (fixture->reason != NULL);
  g_assert_cmpstr (fixture->reason->message, ==, UNANNOUNCED);
  g_clear_object (&fixture->ports);
  g_assert_finalize_object (fixture->receiver);
  assert_is_at_end (pair[0]);

  close (fixture->fd);
  set_up (fixture, NULL);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  send_bare (fixture, fixture->fd, 1, 2, WHOLE);
  assert_refused (fixture, "A frame of kind 5 announced 2 file descriptors and came with 1");
}

/* Byte for byte, and each with more of them: nobody may fill our table. */
static void
test_trickle (Fixture       *fixture,
              gconstpointer  data)
{
  send_bare (fixture, fixture->fd, 200, 200, 1);
  settle ();
  g_assert_no_error (fixture->reason);
  send_bare (fixture, fixture->fd, 2, 0, 1);
  assert_refused (fixture, UNANNOUNCED);
}

static void
check_no_port (Fixture *fixture,
               int      fd)
{
  send_bare (fixture, fd, 1, 1, WHOLE);
  close (fd);
  assert_refused (fixture, NO_SOCKET);
}

static void
test_memfd_as_port (Fixture       *fixture,
                    gconstpointer  data)
{
  check_no_port (fixture, memfd_create ("test", MFD_CLOEXEC));
}

static void
test_datagram_as_port (Fixture       *fixture,
                       gconstpointer  data)
{
  check_no_port (fixture, socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

static void
test_internet_as_port (Fixture       *fixture,
                       gconstpointer  data)
{
  check_no_port (fixture, socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static void
test_listener_as_port (Fixture       *fixture,
                       gconstpointer  data)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr nameless = { .sa_family = AF_UNIX };

  g_assert_no_errno (bind (fd, &nameless, sizeof nameless.sa_family));
  g_assert_no_errno (listen (fd, 1));
  check_no_port (fixture, fd);
}

int
main (int   argc,
      char *argv[])
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } pairs[] = {
    { "/channel/ports/pass", test_ports },
    { "/channel/ports/most", test_most_ports },
    { "/channel/ports/no-room", test_no_room },
    { "/channel/ports/backlog", test_ports_in_backlog },
    { "/channel/flow/paused", test_paused },
    { "/channel/flow/paused-in-frame", test_paused_in_frame },
    { "/channel/flow/drained", test_drained },
    { "/channel/flow/many-memfds", test_many_memfds },
  }, bare[] = {
    { "/channel/lies/unannounced", test_unannounced },
    { "/channel/lies/missing", test_missing },
    { "/channel/lies/trickle", test_trickle },
    { "/channel/lies/memfd", test_memfd_as_port },
    { "/channel/lies/datagram", test_datagram_as_port },
    { "/channel/lies/internet", test_internet_as_port },
    { "/channel/lies/listener", test_listener_as_port },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_test_add (pairs[i].path, Fixture, "pair", set_up, pairs[i].test, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (bare); i++)
    g_test_add (bare[i].path, Fixture, NULL, set_up, bare[i].test, tear_down);

  return g_test_run ();
}
