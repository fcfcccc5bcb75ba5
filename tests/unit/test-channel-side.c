/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc/mullion-channel.h"

#include <string.h>
#include <sys/socket.h>

/* Frames with a side area from one channel to another. */

#define TIME_LIMIT_SECONDS 30
#define LARGE (MULLION_WIRE_MAX_INLINE_SIDE + 1)

typedef struct
{
  MullionChannel *sender;
  MullionChannel *receiver;
  GPtrArray *sides; /* of GBytes: what came */
  GError *reason;   /* why the receiver ended */
} Fixture;

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (frame->body, ==, "[1]");
  g_assert_cmpuint (frame->header.id, ==, fixture->sides->len);
  g_ptr_array_add (fixture->sides, mullion_frame_dup_side (frame, &error));
  g_assert_no_error (error);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  g_test_message ("The channel ended: %s", reason->message);
  ((Fixture *) user_data)->reason = g_error_copy (reason);
}

static const MullionChannelFuncs funcs = { .frame = frame_cb, .closed = closed_cb };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  fixture->sender = mullion_channel_new (pair[0], &funcs, fixture);
  fixture->receiver = mullion_channel_new (pair[1], &funcs, fixture);
  fixture->sides = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->sender);
  g_assert_finalize_object (fixture->receiver);
  g_ptr_array_unref (fixture->sides);
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

/* No two frames have the same bytes. */
static GBytes *
make_bytes (gsize size,
            guint seed)
{
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = i * 31 + seed;

  return g_bytes_new_take (data, size);
}

static void
send_side (Fixture *fixture,
           gsize    size,
           guint    id)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GBytes) bytes = make_bytes (size, id);
  g_autoptr(GError) error = NULL;

  mullion_side_add_bytes (side, bytes);
  mullion_channel_send_full (fixture->sender, 5, 7, id, "[1]", 3, side, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_side (Fixture *fixture,
             guint    id,
             gsize    size)
{
  g_autoptr(GBytes) expected = make_bytes (size, id);

  g_assert_true (g_bytes_equal (fixture->sides->pdata[id], expected));
}

static void
test_sizes (Fixture       *fixture,
            gconstpointer  data)
{
  const gsize sizes[] = { 0, 1, 7, 8, LARGE - 2, LARGE - 1, LARGE, LARGE + 1, 1234567 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    send_side (fixture, sizes[i], i);
  mullion_channel_attach (fixture->sender, G_PRIORITY_DEFAULT);
  mullion_channel_attach (fixture->receiver, G_PRIORITY_DEFAULT);
  wait_until (fixture->sides->len == G_N_ELEMENTS (sizes));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_side (fixture, i, sizes[i]);
}

/* More than the socket takes: what is kept back goes with its file descriptor, and in its turn. */
static void
test_backlog (Fixture       *fixture,
              gconstpointer  data)
{
  const guint n = 600;

  for (guint i = 0; i < n; i++)
    send_side (fixture, i % 3 == 0 ? LARGE : i % 3 == 1 ? 5000 : 0, i);
  mullion_channel_attach (fixture->sender, G_PRIORITY_DEFAULT);
  mullion_channel_attach (fixture->receiver, G_PRIORITY_DEFAULT);
  wait_until (fixture->sides->len == n);
  for (guint i = 0; i < n; i++)
    assert_side (fixture, i, i % 3 == 0 ? LARGE : i % 3 == 1 ? 5000 : 0);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GError) error = NULL;

  /* The size alone is looked at. */
  mullion_side_add (side, "", MULLION_WIRE_MAX_SIDE);
  g_assert_false (mullion_channel_send_full (fixture->sender, 5, 7, 0, "[1]", 3, side, NULL,
                                             &error));
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE);
  g_assert_true (mullion_channel_is_open (fixture->sender));
  mullion_side_clear (side);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/channel/side/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("sizes", test_sizes);
  ADD ("backlog", test_backlog);
  ADD ("too-large", test_too_large);
#undef ADD

  return g_test_run ();
}
