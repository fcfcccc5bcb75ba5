/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stream-fixture.h"

#include "ipc/mullion-fd-message.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>

/* Each end of a stream against somebody who breaks its rules, or who bends them. */

typedef struct
{
  const char *name;
  MullionFrameKind kind;
  guint64 id;
  const char *body;
  gsize side;
  guint n_ports;
  MullionFrameKind before; /* what comes first and is right, if not 0 */
} Breach;

static const Breach writer_breaches[] = {
  { "past-credit", MULLION_FRAME_STREAM_DATA, .side = 60000, .before = MULLION_FRAME_STREAM_DATA },
  { "empty", MULLION_FRAME_STREAM_DATA },
  { "with-body", MULLION_FRAME_STREAM_DATA, .body = "{}", .side = 8 },
  { "with-port", MULLION_FRAME_STREAM_DATA, .side = 8, .n_ports = 1 },
  { "after-end", MULLION_FRAME_STREAM_DATA, .side = 8, .before = MULLION_FRAME_STREAM_END },
  { "end-after-end", MULLION_FRAME_STREAM_END, .before = MULLION_FRAME_STREAM_END },
  { "error-after-end", MULLION_FRAME_STREAM_ERROR, .body = "{\"message\":\"x\"}",
    .before = MULLION_FRAME_STREAM_END },
  { "end-with-bytes", MULLION_FRAME_STREAM_END, .side = 8 },
  { "end-with-body", MULLION_FRAME_STREAM_END, .body = "{}" },
  { "error-no-json", MULLION_FRAME_STREAM_ERROR, .body = "oh" },
  { "error-empty", MULLION_FRAME_STREAM_ERROR },
  { "error-array", MULLION_FRAME_STREAM_ERROR, .body = "[\"message\"]" },
  { "error-number", MULLION_FRAME_STREAM_ERROR, .body = "{\"message\":1}" },
  { "error-no-message", MULLION_FRAME_STREAM_ERROR, .body = "{\"name\":\"Error\"}" },
  { "error-deep", MULLION_FRAME_STREAM_ERROR, .body = "{\"message\":\"x\",\"a\":[[[]]]}" },
  { "error-with-bytes", MULLION_FRAME_STREAM_ERROR, .body = "{\"message\":\"x\"}", .side = 8 },
  { "credit", MULLION_FRAME_STREAM_CREDIT, .id = 5 },
  { "done", MULLION_FRAME_STREAM_DONE },
  { "cancel", MULLION_FRAME_STREAM_CANCEL, .body = "{\"message\":\"x\"}" },
  { "message", MULLION_FRAME_MESSAGES, .body = "[]" },
  { "unknown", 4711 },
};

static const Breach reader_breaches[] = {
  { "credit-none", MULLION_FRAME_STREAM_CREDIT },
  { "credit-past-window", MULLION_FRAME_STREAM_CREDIT, .id = MULLION_STREAM_WINDOW + 1 },
  { "credit-twice", MULLION_FRAME_STREAM_CREDIT, .id = 1, .before = MULLION_FRAME_STREAM_CREDIT },
  { "credit-huge", MULLION_FRAME_STREAM_CREDIT, .id = G_MAXUINT64,
    .before = MULLION_FRAME_STREAM_CREDIT },
  { "credit-with-body", MULLION_FRAME_STREAM_CREDIT, .id = 5, .body = "{}" },
  { "credit-with-port", MULLION_FRAME_STREAM_CREDIT, .id = 5, .n_ports = 1 },
  { "done-before-end", MULLION_FRAME_STREAM_DONE },
  { "cancel-no-json", MULLION_FRAME_STREAM_CANCEL, .body = "oh" },
  { "cancel-no-message", MULLION_FRAME_STREAM_CANCEL, .body = "{}" },
  { "cancel-with-bytes", MULLION_FRAME_STREAM_CANCEL, .body = "{\"message\":\"x\"}", .side = 8 },
  { "data", MULLION_FRAME_STREAM_DATA, .side = 8 },
  { "end", MULLION_FRAME_STREAM_END },
  { "error", MULLION_FRAME_STREAM_ERROR, .body = "{\"message\":\"x\"}" },
  { "unknown", 4711 },
};

static GUnixFDList *
make_ports (guint n)
{
  GUnixFDList *ports = n > 0 ? g_unix_fd_list_new () : NULL;

  for (guint i = 0; i < n; i++)
    {
      int pair[2];

      make_pair (pair);
      g_unix_fd_list_append (ports, pair[0], NULL);
      close (pair[0]);
      close (pair[1]);
    }

  return ports;
}

static void
say (Fixture          *fixture,
     MullionFrameKind  kind,
     guint64           id,
     const char       *body,
     gsize             size,
     guint             n_ports)
{
  g_autofree char *bytes = g_malloc0 (size + 1);
  g_autoptr(MullionSide) side = mullion_side_new ();

  if (size > 0)
    mullion_side_add (side, bytes, size);
  g_assert_true (mullion_channel_send_full (fixture->peer, kind, 0, id, body,
                                            body != NULL ? strlen (body) : 0, side,
                                            make_ports (n_ports), NULL));
}

/* What is right for the other end to say first, up to its limit. */
static void
say_before (Fixture          *fixture,
            MullionFrameKind  kind)
{
  guint64 left = MULLION_STREAM_WINDOW;

  switch ((int) kind)
    {
    case MULLION_FRAME_STREAM_DATA:
      for (left -= 30000; left > 0; left -= MIN (left, MIB))
        say (fixture, kind, 0, NULL, MIN (left, MIB), 0);
      break;
    case MULLION_FRAME_STREAM_CREDIT:
      say (fixture, kind, left, NULL, 0, 0);
      break;
    case MULLION_FRAME_STREAM_END:
      say (fixture, kind, 0, NULL, 0, 0);
      break;
    default:
      break;
    }
}

static void
breach (Fixture      *fixture,
        const Breach *breach)
{
  say_before (fixture, breach->before);
  say (fixture, breach->kind, breach->id, breach->body, breach->side, breach->n_ports);
}

/* The stream fails with an error that we made, and the channel is cut. */
static void
test_writer_breach (gconstpointer data)
{
  Fixture fixture = { 0 };
  const MullionStreamFailure *failure = NULL;

  set_up (&fixture, "reader");
  mullion_stream_reader_start (fixture.reader);
  wait_until (fixture.credit == MULLION_STREAM_WINDOW);
  breach (&fixture, data);
  wait_until (fixture.is_closed);

  while (mullion_stream_reader_get_available (fixture.reader) > 0)
    {
      guint8 byte[4096];

      mullion_stream_reader_read (fixture.reader, byte, sizeof byte);
    }
  g_assert_true (mullion_stream_reader_is_over (fixture.reader, &failure));
  g_assert_nonnull (failure);
  g_assert_true (failure->is_ours);
  tear_down (&fixture, NULL);
}

static void
test_reader_breach (gconstpointer data)
{
  Fixture fixture = { 0 };
  const MullionStreamFailure *failure = NULL;

  set_up (&fixture, "writer");
  breach (&fixture, data);
  wait_until (fixture.is_closed);

  g_assert_true (mullion_stream_writer_is_over (fixture.writer, &failure));
  g_assert_nonnull (failure);
  g_assert_true (failure->is_ours);
  tear_down (&fixture, NULL);
}

/* Nobody gave credit at all. */
static void
test_no_credit (Fixture       *fixture,
                gconstpointer  data)
{
  say (fixture, MULLION_FRAME_STREAM_DATA, 0, NULL, 1, 0);
  g_assert_nonnull (get_reader_failure (fixture));
  g_assert_cmpuint (mullion_stream_reader_get_available (fixture->reader), ==, 0);
}

/* A reader that reads all is given credit for what it read, and not for more. */
static void
test_credit (Fixture       *fixture,
             gconstpointer  data)
{
  guint8 bytes[4096];
  guint64 said = 0;

  mullion_stream_reader_start (fixture->reader);
  for (int i = 0; i < 40; i++)
    {
      wait_until (fixture->credit >= said + MIB);
      say (fixture, MULLION_FRAME_STREAM_DATA, 0, NULL, MIB, 0);
      said += MIB;
      wait_until (mullion_stream_reader_get_available (fixture->reader) == MIB);
      while (mullion_stream_reader_read (fixture->reader, bytes, sizeof bytes) > 0)
        ;
      settle ();
      g_assert_cmpuint (fixture->credit, <=, said + MULLION_STREAM_WINDOW);
    }
}

/* Each memfd is a file descriptor: somebody could use up all of ours, announced or not. */
static void
send_small_memfd (Fixture            *fixture,
                  MullionFrameHeader  header)
{
  g_autoptr(GUnixFDList) fds = g_unix_fd_list_new ();
  int memfd = memfd_create ("small", MFD_ALLOW_SEALING);
  struct iovec part = { &header, sizeof header };
  int pair[2];

  make_pair (pair);
  fixture->reader = mullion_stream_reader_new (pair[0], G_PRIORITY_DEFAULT, changed_cb, fixture);
  mullion_stream_reader_start (fixture->reader);
  g_assert_cmpint (write (memfd, "x", 1), ==, 1);
  g_assert_no_errno (fcntl (memfd, F_ADD_SEALS,
                            F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
  g_unix_fd_list_append (fds, memfd, NULL);
  g_assert_cmpint (mullion_fd_message_send (pair[1], &part, 1, fds), ==, sizeof header);

  g_assert_true (get_reader_failure (fixture)->is_ours);
  close (memfd);
  close (pair[1]);
}

static void
test_small_memfd (Fixture       *fixture,
                  gconstpointer  data)
{
  send_small_memfd (fixture, (MullionFrameHeader) {
    .kind = MULLION_FRAME_STREAM_DATA, .flags = MULLION_FRAME_SIDE_IN_MEMFD, .side_length = 1,
  });
}

static void
test_unannounced_fd (Fixture       *fixture,
                     gconstpointer  data)
{
  send_small_memfd (fixture, (MullionFrameHeader) {
    .kind = MULLION_FRAME_STREAM_DATA, .side_length = 8,
  });
}

/* Whatever is cut off in a frame, and a body that no text of an error has. */
static void
test_half_frame (void)
{
  static const MullionFrameHeader headers[] = {
    { .kind = MULLION_FRAME_STREAM_DATA, .side_length = 1000 },
    { .kind = MULLION_FRAME_STREAM_ERROR, .length = 100 },
    { .kind = MULLION_FRAME_STREAM_ERROR, .length = MULLION_STREAM_MAX_LENGTH + 1 },
    { .kind = MULLION_FRAME_STREAM_DATA, .flags = MULLION_FRAME_SIDE_IN_MEMFD,
      .side_length = 99999 },
    { .kind = MULLION_FRAME_STREAM_DATA, .side_length = G_MAXUINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    for (gsize size = 1; size <= sizeof headers[0]; size += 31)
      {
        Fixture fixture = { 0 };
        int pair[2];

        make_pair (pair);
        fixture.reader =
          mullion_stream_reader_new (pair[0], G_PRIORITY_DEFAULT, changed_cb, &fixture);
        mullion_stream_reader_start (fixture.reader);
        g_assert_cmpint (write (pair[1], &headers[i], size), ==, size);
        close (pair[1]);
        g_assert_true (get_reader_failure (&fixture)->is_ours);
        tear_down (&fixture, NULL);
      }
}

/* A frame for each byte takes no more than what gathers them. */
static void
test_tiny_parts (Fixture       *fixture,
                 gconstpointer  data)
{
  const gsize n = 200 * 1000;
  gsize before;

  mullion_stream_reader_start (fixture->reader);
  wait_until (fixture->credit == MULLION_STREAM_WINDOW);
  before = mallinfo2 ().uordblks;
  for (gsize i = 0; i < n; i++)
    {
      say (fixture, MULLION_FRAME_STREAM_DATA, 0, NULL, 1, 0);
      if (i % 100 == 0)
        settle ();
    }
  wait_until (mullion_stream_reader_get_available (fixture->reader) == n);
  settle ();
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before + 4 * n);
}

static void
add_breaches (const char   *end,
              const Breach *breaches,
              gsize         n_breaches,
              void        (*test) (gconstpointer data))
{
  for (gsize i = 0; i < n_breaches; i++)
    {
      g_autofree char *path = g_strdup_printf ("/stream-hostile/%s/%s", end, breaches[i].name);

      g_test_add_data_func (path, &breaches[i], test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, set_up, test) \
  g_test_add ("/stream-hostile/" name, Fixture, data, set_up, test, tear_down)
  ADD ("no-credit", "reader", set_up, test_no_credit);
  ADD ("credit", "reader", set_up, test_credit);
  ADD ("tiny-parts", "reader", set_up, test_tiny_parts);
  ADD ("small-memfd", NULL, NULL, test_small_memfd);
  ADD ("unannounced-fd", NULL, NULL, test_unannounced_fd);
#undef ADD
  g_test_add_func ("/stream-hostile/half-frame", test_half_frame);
  add_breaches ("writer", writer_breaches, G_N_ELEMENTS (writer_breaches), test_writer_breach);
  add_breaches ("reader", reader_breaches, G_N_ELEMENTS (reader_breaches), test_reader_breach);

  return g_test_run ();
}
