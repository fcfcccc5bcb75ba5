/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "app/host/mullion-byte-meter.h"
#include "app/ports/mullion-port-quota.h"
#include "app/ports/mullion-port-relay.h"
#include "ipc/mullion-channel.h"

#include <sys/socket.h>
#include <unistd.h>

/* What a page pays for the ports that the main process passes on: for their number, and for what waits
 * there for an end that does not read. */

#define TIME_LIMIT_SECONDS 30
#define MEBIBYTE ((gsize) 1024 * 1024)

typedef struct
{
  MullionPortQuota *quota;
  MullionByteMeter *meter;
  MullionChannel *page; /* the end that speaks */
  int reader;           /* the other one, which reads nothing by itself */
  gboolean is_closed;
} Fixture;

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  g_assert_not_reached ();
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  ((Fixture *) user_data)->is_closed = TRUE;
}

static const MullionChannelFuncs funcs = { .frame = frame_cb, .closed = closed_cb };

static MullionChannel *
attach (Fixture *fixture,
        int      fd)
{
  MullionChannel *channel = mullion_channel_new (fd, &funcs, fixture);

  mullion_channel_attach (channel, G_PRIORITY_DEFAULT);

  return channel;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int pair[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  fixture->page = attach (fixture, pair[0]);
  fixture->quota = mullion_port_quota_new ();
  fixture->meter = mullion_port_quota_get_meter (fixture->quota);
  g_assert_true (mullion_port_quota_take (fixture->quota, MULLION_WIRE_MAX_HELD_PORTS));
  fixture->reader = mullion_port_relay_new (attach (fixture, pair[1]),
                                            mullion_port_quota_ref (fixture->quota), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_channel_close (fixture->page);
  g_object_unref (fixture->page);
  if (fixture->reader >= 0)
    close (fixture->reader);
  mullion_port_quota_unref (fixture->quota);
}

static gboolean
time_out_cb (gpointer user_data)
{
  g_error ("The test took too long");
  return G_SOURCE_REMOVE;
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
    {                                                                                              \
      guint timeout_ = g_timeout_add_seconds (TIME_LIMIT_SECONDS, time_out_cb, NULL);               \
                                                                                                   \
      while (!(condition))                                                                         \
        g_main_context_iteration (NULL, TRUE);                                                     \
      g_source_remove (timeout_);                                                                  \
    }                                                                                              \
  G_STMT_END

static void
say (Fixture *fixture,
     gsize    size)
{
  g_autofree char *body = g_strnfill (size, ' ');
  g_autoptr(GError) error = NULL;

  mullion_channel_send_full (fixture->page, MULLION_FRAME_PORT_MESSAGE, 0, 0, body, size, NULL, NULL,
                             &error);
  g_assert_no_error (error);
}

static void
read_all (Fixture *fixture)
{
  static char buffer[64 * 1024];

  while (recv (fixture->reader, buffer, sizeof buffer, MSG_DONTWAIT) > 0)
    continue;
}

/* Whether the page may have one port more. */
static gboolean
has_slot (Fixture *fixture)
{
  if (!mullion_port_quota_take (fixture->quota, 1))
    return FALSE;

  mullion_port_quota_release (fixture->quota);
  return TRUE;
}

static void
test_counted (Fixture       *fixture,
              gconstpointer  data)
{
  say (fixture, 8 * MEBIBYTE);
  wait_until (fixture->meter->n_bytes > 7 * MEBIBYTE);

  /* Not much is left of it when it is read. */
  wait_until ((read_all (fixture), fixture->meter->n_bytes < MEBIBYTE));
  g_assert_false (fixture->is_closed);
}

static void
test_over_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  const gsize others = MULLION_BYTE_METER_LIMIT - MEBIBYTE;

  g_assert_true (mullion_byte_meter_take (fixture->meter, others, NULL));
  say (fixture, 8 * MEBIBYTE);
  wait_until (fixture->is_closed && has_slot (fixture));
  g_assert_cmpuint (fixture->meter->n_bytes, ==, others);
  mullion_byte_meter_release (fixture->meter, others);
}

/* Filled and closed: the page has it until the reader has read. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  say (fixture, 8 * MEBIBYTE);
  wait_until (fixture->meter->n_bytes > 7 * MEBIBYTE);
  mullion_channel_close (fixture->page);
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (has_slot (fixture));

  wait_until ((read_all (fixture), has_slot (fixture)));
  g_assert_cmpuint (fixture->meter->n_bytes, ==, 0);
}

/* Nor does it have to wait for a reader that is gone. */
static void
test_reader_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  say (fixture, 8 * MEBIBYTE);
  wait_until (fixture->meter->n_bytes > 7 * MEBIBYTE);
  mullion_channel_close (fixture->page);
  close (fixture->reader);
  fixture->reader = -1;
  wait_until (has_slot (fixture));
  g_assert_cmpuint (fixture->meter->n_bytes, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/port-relay/counted", test_counted },
    { "/port-relay/over-limit", test_over_limit },
    { "/port-relay/closed", test_closed },
    { "/port-relay/reader-gone", test_reader_gone },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
