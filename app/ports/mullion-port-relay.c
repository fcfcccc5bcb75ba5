/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-port-relay.h"

#include <errno.h>
#include <sys/socket.h>

/*
 * MullionPortRelay: passes frames between two sockets.
 *
 * Lives in the main process. A port is sent away as its socket, and the main process has nothing to
 * do with it any more. That cannot be when frames of it are still here, because the other end does
 * not read or the app has not heard them: then a relay takes the port's place, and carries what was
 * here and all that follows. It owns itself, until either end closes.
 *
 * It trusts neither end and keeps little of what they say: an end that does not read keeps the other
 * one from being read. A page that the port came from still has it open here, and pays for the time and
 * for what is kept.
 */

/* What may wait for an end before the other is left unread. */
#define HIGH_WATER (4 * MULLION_CHANNEL_LOW_WATER)

#define SHARE "mullion-port-relay-share"

/* What the page that the port came from pays with. */
typedef struct
{
  MullionPortQuota *quota;
  gsize queued; /* bytes that wait for both ends */
} Share;

typedef struct
{
  MullionChannel *ends[2];
  Share *share; /* (nullable) */
} Relay;

static void
clear_share (gpointer data)
{
  Share *share = data;

  mullion_byte_meter_release (mullion_port_quota_get_meter (share->quota), share->queued);
  mullion_port_quota_release (share->quota);
  mullion_port_quota_unref (share->quota);
}

/* @quota: (transfer full) */
static Share *
new_share (MullionPortQuota *quota)
{
  Share *share = g_rc_box_new0 (Share);

  share->quota = quota;

  return share;
}

static void
release_share (gpointer share)
{
  g_rc_box_release_full (share, clear_share);
}

static MullionChannel *
get_other (Relay          *relay,
           MullionChannel *end)
{
  return relay->ends[end == relay->ends[0]];
}

/* One message may be as large as they come, and wait in each of the ports that a page has. */
static gboolean
count_queued (Relay   *relay,
              GError **error)
{
  Share *share = relay->share;
  gsize queued = 0;
  gsize before;

  if (share == NULL)
    return TRUE;

  before = share->queued;
  for (gsize i = 0; i < G_N_ELEMENTS (relay->ends); i++)
    queued += mullion_channel_get_queued (relay->ends[i]);
  if (queued > before &&
      !mullion_byte_meter_take (mullion_port_quota_get_meter (share->quota), queued - before, error))
    return FALSE;
  if (queued < before)
    mullion_byte_meter_release (mullion_port_quota_get_meter (share->quota), before - queued);

  share->queued = queued;
  return TRUE;
}

/* What an end was sent before still goes out, and the page pays until it has: ports that are filled
 * and closed would cost it nothing. */
static void
end_relay (Relay *relay)
{
  for (gsize i = 0; i < G_N_ELEMENTS (relay->ends); i++)
    {
      if (relay->share != NULL)
        g_object_set_data_full (G_OBJECT (relay->ends[i]), SHARE, g_rc_box_acquire (relay->share),
                                release_share);
      mullion_channel_finish (relay->ends[i]);
      g_object_unref (relay->ends[i]);
    }
  g_clear_pointer (&relay->share, release_share);
  g_free (relay);
}

static void
cut (Relay        *relay,
     const GError *reason)
{
  g_debug ("A port was cut: %s", reason->message);
  end_relay (relay);
}

static gboolean
pass_on (MullionChannel      *to,
         const MullionFrame  *frame,
         GError             **error)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GBytes) bytes = mullion_frame_dup_side (frame, error);

  if (bytes == NULL)
    return FALSE;

  if (g_bytes_get_size (bytes) > 0)
    mullion_side_add_bytes (side, bytes);
  return mullion_channel_send_full (to, frame->header.kind, frame->header.document,
                                    frame->header.id, frame->body, frame->header.length, side,
                                    frame->ports != NULL ? g_object_ref (frame->ports) : NULL,
                                    error);
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Relay *relay = user_data;
  MullionChannel *to = get_other (relay, channel);
  g_autoptr(GError) error = NULL;

  if (!pass_on (to, frame, &error))
    cut (relay, error);
  else if (!count_queued (relay, &error))
    {
      /* Nobody pays for it, so it does not wait any longer. */
      mullion_channel_close (to);
      cut (relay, error);
    }
  else if (mullion_channel_get_queued (to) > HIGH_WATER)
    mullion_channel_set_reading (channel, FALSE);
}

static void
drained_cb (MullionChannel *channel,
            gpointer        user_data)
{
  Relay *relay = user_data;

  /* It is less than before. */
  count_queued (relay, NULL);
  mullion_channel_set_reading (get_other (relay, channel), TRUE);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  end_relay (user_data);
}

static const MullionChannelFuncs funcs = {
  .frame = frame_cb, .closed = closed_cb, .drained = drained_cb,
};

int
mullion_port_relay_new (MullionChannel    *channel,
                        MullionPortQuota  *quota,
                        GError           **error)
{
  Relay *relay;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Making a socket pair failed: %s", g_strerror (saved_errno));
      return -1;
    }

  relay = g_new0 (Relay, 1);
  relay->share = quota != NULL ? new_share (quota) : NULL;
  relay->ends[0] = channel;
  relay->ends[1] = mullion_channel_new (pair[0], &funcs, relay);
  mullion_channel_set_turn (relay->ends[1], mullion_channel_get_turn (channel));
  if (quota != NULL)
    mullion_channel_set_budget (relay->ends[1], mullion_port_quota_get_budget (quota));
  mullion_channel_set_reads_always (relay->ends[1], TRUE);
  mullion_channel_attach (relay->ends[1], MULLION_PORT_PRIORITY);
  mullion_channel_set_owner (channel, &funcs, relay);
  mullion_channel_set_reading (channel, TRUE);

  return pair[1];
}
