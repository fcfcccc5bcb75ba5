/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "frame-bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

/* MullionChannel over a socket pair. The test holds the bare other end, and may write there what no
 * channel ever would. */

#define TIME_LIMIT_SECONDS 30

typedef struct Fixture Fixture;

struct Fixture
{
  MullionChannel *channel; /* (nullable) */
  int fd;                  /* the other end */
  GPtrArray *frames;       /* what came, in its order */
  GError *reason;          /* (nullable): why the channel ended */
  guint n_closed;
  void (*on_frame) (Fixture *fixture, const MullionFrame *frame);
  guint depth;
  gsize n_answered;
};

/* -- The channel -- */

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (frame->header.side_length, ==, 0);
  g_assert_null (frame->ports);
  g_ptr_array_add (fixture->frames,
                   g_memdup2 (frame, sizeof (MullionFrame) + frame->header.length + 1));
  if (fixture->on_frame != NULL)
    fixture->on_frame (fixture, frame);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  Fixture *fixture = user_data;

  g_assert_nonnull (reason);
  fixture->n_closed++;
  fixture->reason = g_error_copy (reason);
  /* The owner lets go of what is of no use any more. */
  g_clear_object (&fixture->channel);
}

static const MullionChannelFuncs funcs = { .frame = frame_cb, .closed = closed_cb };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  fixture->fd = pair[1];
  fixture->frames = g_ptr_array_new_with_free_func (g_free);
  fixture->channel = mullion_channel_new (pair[0], &funcs, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->channel != NULL)
    g_assert_finalize_object (fixture->channel);
  if (fixture->fd >= 0)
    close (fixture->fd);
  g_clear_error (&fixture->reason);
  g_ptr_array_unref (fixture->frames);
}

static void
attach (Fixture *fixture)
{
  mullion_channel_attach (fixture->channel, G_PRIORITY_DEFAULT);
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

/* What is ready now is done now. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
write_all (int           fd,
           const guint8 *data,
           gsize         length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      g_assert_cmpint (n, >, 0);
      data += n;
      length -= n;
    }
}

static void
write_frame (Fixture    *fixture,
             guint16     kind,
             guint64     id,
             const char *body)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  put_frame (bytes, kind, id, body);
  write_all (fixture->fd, bytes->data, bytes->len);
}

/* In one piece: each piece costs room in the socket, and nobody reads while we write. */
static void
write_frames (Fixture *fixture,
              guint16  kind,
              guint64  n)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  for (guint64 id = 0; id < n; id++)
    put_frame (bytes, kind, id, "[]");
  write_all (fixture->fd, bytes->data, bytes->len);
}

static void
assert_nth (Fixture    *fixture,
            guint       n,
            guint16     kind,
            guint64     id,
            const char *body)
{
  g_assert_cmpuint (n, <, fixture->frames->len);
  assert_frame (fixture->frames->pdata[n], kind, id, body);
}

static void
assert_closed (Fixture             *fixture,
               MullionChannelError  code,
               const char          *text)
{
  wait_until (fixture->n_closed > 0);
  settle ();
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_error (fixture->reason, MULLION_CHANNEL_ERROR, (int) code);
  g_assert_cmpstr (fixture->reason->message, ==, text);
}

static void
test_receive (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  attach (fixture);
  put_frame (bytes, 5, 1, "[\"in pieces\"]");
  for (guint i = 0; i < bytes->len; i++)
    {
      g_assert_cmpuint (fixture->frames->len, ==, 0);
      write_all (fixture->fd, bytes->data + i, 1);
      settle ();
    }
  assert_nth (fixture, 0, 5, 1, "[\"in pieces\"]");

  /* More than one turn of the loop hands out. */
  write_frames (fixture, 6, 1000);
  wait_until (fixture->frames->len == 1001);
  for (guint i = 0; i < 1000; i++)
    assert_nth (fixture, i + 1, 6, i, "[]");
  g_assert_true (mullion_channel_is_open (fixture->channel));
}

static void
test_peer_pid (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_cmpint (mullion_channel_get_peer_pid (fixture->channel), ==, getpid ());
}

static void
test_malformed (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  attach (fixture);
  put_frame (bytes, 5, 1, "[]");
  put_header (bytes, MULLION_WIRE_MAX_LENGTH + 1, 5, 0, 2);
  put_frame (bytes, 5, 3, "[]");
  write_all (fixture->fd, bytes->data, bytes->len);

  assert_closed (fixture, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame of kind 5 announced more bytes than the limit: 134217729");
  g_assert_cmpuint (fixture->frames->len, ==, 1);
  assert_nth (fixture, 0, 5, 1, "[]");
}

static void
write_with_descriptors (int        fd,
                        const int *descriptors,
                        gsize      n)
{
  union { struct cmsghdr align; char bytes[CMSG_SPACE (250 * sizeof (int))]; } control = { 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  struct iovec part;
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1,
    .msg_control = &control, .msg_controllen = CMSG_SPACE (n * sizeof (int)),
  };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (n * sizeof (int));
  memcpy (CMSG_DATA (header), descriptors, n * sizeof (int));
  put_frame (bytes, 5, 1, "[]");
  part.iov_base = bytes->data;
  part.iov_len = bytes->len;
  g_assert_cmpint (sendmsg (fd, &message, 0), ==, bytes->len);
}

/* Sends @n writing ends of one pipe. When its reading end meets the end, all of them are closed. */
static void
check_descriptors (Fixture    *fixture,
                   gsize       n,
                   const char *text)
{
  g_autofree int *descriptors = g_new (int, n);
  int pipe_fds[2];
  char byte;

  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC | O_NONBLOCK));
  for (gsize i = 0; i < n; i++)
    descriptors[i] = pipe_fds[1];
  write_with_descriptors (fixture->fd, descriptors, n);
  close (pipe_fds[1]);
  g_assert_cmpint (read (pipe_fds[0], &byte, 1), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);

  attach (fixture);
  assert_closed (fixture, MULLION_CHANNEL_ERROR_MALFORMED, text);
  g_assert_cmpint (read (pipe_fds[0], &byte, 1), ==, 0);
  close (pipe_fds[0]);
}

static void
test_descriptor (Fixture       *fixture,
                 gconstpointer  data)
{
  check_descriptors (fixture, 1, "The channel carried file descriptors that no frame announced");
}

/* About as many as the kernel passes at once. */
static void
test_many_descriptors (Fixture       *fixture,
                       gconstpointer  data)
{
  check_descriptors (fixture, 250,
                     "The channel carried file descriptors that no frame announced");
}

static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(MullionChannel) channel = g_object_ref (fixture->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  attach (fixture);
  write_frames (fixture, 5, 200);
  /* And a frame that breaks off. */
  put_frame (bytes, 5, 200, "[]");
  write_all (fixture->fd, bytes->data, bytes->len - 1);
  close (fixture->fd);
  fixture->fd = -1;

  assert_closed (fixture, MULLION_CHANNEL_ERROR_CLOSED, "The other end closed the channel");
  /* What was said before the end counts. */
  g_assert_cmpuint (fixture->frames->len, ==, 200);
  g_assert_false (mullion_channel_is_open (channel));
  g_assert_false (mullion_channel_send (channel, 5, 0, 0, "[]", 2, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED);
}

/* The same, noticed by writing before anything was read. */
static void
test_write_after_last_words (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  attach (fixture);
  put_frame (bytes, 7, 0, "[]");
  g_assert_cmpint (write (fixture->fd, bytes->data, bytes->len), ==, bytes->len);
  close (fixture->fd);
  fixture->fd = -1;
  g_assert_false (mullion_channel_send (fixture->channel, 5, 0, 0, "[]", 2, NULL));
  assert_closed (fixture, MULLION_CHANNEL_ERROR_CLOSED,
                 "Writing to the channel failed: Broken pipe");
  g_assert_cmpuint (fixture->frames->len, ==, 1);
}

/* The other end is gone, and we notice by writing. */
static void
test_write_to_nobody (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  attach (fixture);
  close (fixture->fd);
  fixture->fd = -1;
  g_assert_false (mullion_channel_send (fixture->channel, 5, 0, 0, "[]", 2, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED);
  /* Its owner is told by the loop, and not from inside the call. */
  g_assert_cmpuint (fixture->n_closed, ==, 0);
  assert_closed (fixture, MULLION_CHANNEL_ERROR_CLOSED, "The other end closed the channel");
}

static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GByteArray) expected = g_byte_array_new ();
  g_autofree guint8 *received = NULL;

  g_assert_true (mullion_channel_send (fixture->channel, 33, 7, 4, "[1]", 3, NULL));
  g_assert_true (mullion_channel_send (fixture->channel, 34, 7, 5, "", 0, NULL));
  put_frame (expected, 33, 4, "[1]");
  put_frame (expected, 34, 5, "");

  received = g_malloc (expected->len + 1);
  g_assert_cmpint (read (fixture->fd, received, expected->len + 1), ==, expected->len);
  g_assert_cmpmem (received, expected->len, expected->data, expected->len);
}

static void
test_send_too_large (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  /* The length alone is looked at. */
  g_assert_false (mullion_channel_send (fixture->channel, 33, 0, 0, "",
                                        (gsize) MULLION_WIRE_MAX_LENGTH + 1, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==,
                   "A message of 134217729 bytes is over the limit of 134217728 bytes");
  g_assert_true (mullion_channel_is_open (fixture->channel));
  g_assert_true (mullion_channel_send (fixture->channel, 33, 0, 0, "[]", 2, NULL));
}

/* -- Its end from inside a callback -- */

static void
close_in_frame (Fixture            *fixture,
                const MullionFrame *frame)
{
  mullion_channel_close (fixture->channel);
  g_clear_object (&fixture->channel);
}

static void
test_close_in_frame (Fixture       *fixture,
                     gconstpointer  data)
{
  char byte;

  fixture->on_frame = close_in_frame;
  write_frame (fixture, 5, 1, "[]");
  write_frame (fixture, 5, 2, "[]");
  attach (fixture);

  wait_until (fixture->channel == NULL);
  settle ();
  g_assert_cmpuint (fixture->frames->len, ==, 1);
  /* Who closes knows it. */
  g_assert_cmpuint (fixture->n_closed, ==, 0);
  g_assert_cmpint (read (fixture->fd, &byte, 1), <=, 0);
}

static void
run_loop_in_frame (Fixture            *fixture,
                   const MullionFrame *frame)
{
  if (frame->header.id == 1)
    wait_until (fixture->frames->len == 3);
}

/* A handler that runs a loop of its own, for a dialog say, still hears its page. */
static void
test_loop_in_frame (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture->on_frame = run_loop_in_frame;
  attach (fixture);
  for (guint64 i = 1; i <= 3; i++)
    write_frame (fixture, 5, i, "[]");
  wait_until (fixture->frames->len == 3);
  for (guint i = 0; i < 3; i++)
    assert_nth (fixture, i, 5, i + 1, "[]");
}

static void
test_close_before_attach (Fixture       *fixture,
                          gconstpointer  data)
{
  mullion_channel_close (fixture->channel);
  mullion_channel_close (fixture->channel);
  g_assert_false (mullion_channel_is_open (fixture->channel));
  g_assert_false (mullion_channel_send (fixture->channel, 5, 0, 0, "[]", 2, NULL));
}

/* -- The side that blocks -- */

static void
test_wait (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(MullionFrame) frame = NULL;
  g_autoptr(GError) error = NULL;

  attach (fixture);
  write_frame (fixture, 33, 0, "[1]");
  write_frame (fixture, 34, 8, "[\"of another\"]");
  write_frame (fixture, 34, 9, "[\"ours\"]");
  write_frame (fixture, 33, 0, "[2]");

  frame = mullion_channel_wait_frame (fixture->channel, 34, 9, -1, &error);
  g_assert_no_error (error);
  assert_frame (frame, 34, 9, "[\"ours\"]");
  g_assert_cmpuint (fixture->frames->len, ==, 0);

  /* The rest is for the loop, in its order. */
  wait_until (fixture->frames->len == 3);
  assert_nth (fixture, 0, 33, 0, "[1]");
  assert_nth (fixture, 1, 34, 8, "[\"of another\"]");
  assert_nth (fixture, 2, 33, 0, "[2]");
}

static void
test_wait_in_vain (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mullion_channel_wait_frame (fixture->channel, 34, 1, 1, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TIMED_OUT);
  g_assert_true (mullion_channel_is_open (fixture->channel));
  g_clear_error (&error);

  close (fixture->fd);
  fixture->fd = -1;
  g_assert_null (mullion_channel_wait_frame (fixture->channel, 34, 1, -1, &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED);
}

/* Frames that came while somebody blocked are handed out by the loop when it starts. */
static void
test_steal_frame (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MullionFrame) frame = NULL;

  write_frame (fixture, 33, 0, "[1]");
  write_frame (fixture, 32, 0, "{}");
  frame = mullion_channel_steal_frame (fixture->channel, 32);
  assert_frame (frame, 32, 0, "{}");
  g_assert_null (mullion_channel_steal_frame (fixture->channel, 32));

  attach (fixture);
  wait_until (fixture->frames->len == 1);
  assert_nth (fixture, 0, 33, 0, "[1]");
}

/* -- Flow control -- */

static void
answer_frame (Fixture            *fixture,
              const MullionFrame *frame)
{
  fixture->n_answered++;
  g_assert_true (mullion_channel_send (fixture->channel, 34, 7, frame->header.id,
                                       frame->body, frame->header.length, NULL));
}

#define N_LARGE 400

/* The web process: it asks without end, and reads only because a channel that waits reads. */
static gpointer
ask_without_end (gpointer data)
{
  MullionChannelFuncs no_funcs = { NULL };
  g_autoptr(MullionChannel) channel = mullion_channel_new (GPOINTER_TO_INT (data), &no_funcs, NULL);
  g_autofree char *body = make_body (BUFFER_SIZE);

  for (guint64 id = 1; id <= N_LARGE; id++)
    {
      g_assert_true (mullion_channel_send (channel, 5, 7, id, body, BUFFER_SIZE, NULL));
      g_assert_true (mullion_channel_flush_blocking (channel, NULL));
    }

  for (guint64 id = N_LARGE; id >= 1; id--)
    {
      g_autoptr(MullionFrame) answer =
        mullion_channel_wait_frame (channel, 34, id, TIME_LIMIT_SECONDS * 1000, NULL);

      assert_frame (answer, 34, id, body);
    }

  return NULL;
}

static void
test_both_full (Fixture       *fixture,
                gconstpointer  data)
{
  GThread *thread;

  fixture->on_frame = answer_frame;
  attach (fixture);
  thread = g_thread_new ("web process", ask_without_end, GINT_TO_POINTER (fixture->fd));
  fixture->fd = -1;

  /* Both send more than two sockets hold, and more than the channel keeps while it listens. */
  g_assert_cmpuint (N_LARGE * BUFFER_SIZE, >, 3 * 8 * 1024 * 1024);
  wait_until (fixture->n_closed == 1);
  g_assert_cmpuint (fixture->n_answered, ==, N_LARGE);
  g_thread_join (thread);
}

/* Writes as much of @bytes as the socket takes. */
static gsize
write_some (int         fd,
            GByteArray *bytes,
            gsize       done)
{
  gssize n = send (fd, bytes->data + done, bytes->len - done, MSG_DONTWAIT | MSG_NOSIGNAL);

  g_assert_true (n >= 0 || errno == EAGAIN);
  return MAX (n, 0);
}

static gsize
read_some (int fd)
{
  static char sink[BUFFER_SIZE];
  gssize n = recv (fd, sink, sizeof sink, MSG_DONTWAIT);

  g_assert_true (n >= 0 || errno == EAGAIN);
  return MAX (n, 0);
}

/* Who asks without reading the answers has to stop asking. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GByteArray) requests = g_byte_array_new ();
  g_autofree char *body = make_body (BUFFER_SIZE);
  gsize written = 0;
  gsize taken;
  gsize read = 0;

  fixture->on_frame = answer_frame;
  attach (fixture);
  for (guint64 id = 0; id < N_LARGE; id++)
    put_frame (requests, 5, id, body);

  do
    {
      taken = write_some (fixture->fd, requests, written);
      written += taken;
      settle ();
    }
  while (taken > 0 && written < requests->len);

  g_assert_cmpuint (written, <, requests->len);
  g_assert_cmpuint (fixture->n_answered, >, 0);
  g_assert_cmpuint (fixture->n_answered * BUFFER_SIZE, <, 10 * 1024 * 1024);
  g_assert_true (mullion_channel_is_open (fixture->channel));

  /* It begins to read, and everything comes to its end. */
  while (read < requests->len)
    {
      read += read_some (fixture->fd);
      written += write_some (fixture->fd, requests, written);
      settle ();
    }
  g_assert_cmpuint (written, ==, requests->len);
  g_assert_cmpuint (fixture->n_answered, ==, N_LARGE);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/channel/receive", test_receive },
    { "/channel/peer-pid", test_peer_pid },
    { "/channel/malformed", test_malformed },
    { "/channel/descriptor", test_descriptor },
    { "/channel/many-descriptors", test_many_descriptors },
    { "/channel/end", test_end },
    { "/channel/write-after-last-words", test_write_after_last_words },
    { "/channel/write-to-nobody", test_write_to_nobody },
    { "/channel/send", test_send },
    { "/channel/send-too-large", test_send_too_large },
    { "/channel/close-in-frame", test_close_in_frame },
    { "/channel/loop-in-frame", test_loop_in_frame },
    { "/channel/close-before-attach", test_close_before_attach },
    { "/channel/wait", test_wait },
    { "/channel/wait-in-vain", test_wait_in_vain },
    { "/channel/steal-frame", test_steal_frame },
    { "/channel/both-full", test_both_full },
    { "/channel/pause", test_pause },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
