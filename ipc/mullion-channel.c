/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-channel-private.h"

#include "mullion-fd-message.h"

#include <errno.h>
#include <glib-unix.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * MullionChannel: one end of the socket between a page and the main process.
 *
 * Lives in both processes. Neither end trusts the other: what breaks the rules of the wire ends
 * the channel with a reason. Sending never waits: what the socket does not take is kept and sent
 * when there is room. While too much is kept, nothing more is read, so that somebody who asks
 * without reading the answers has to stop asking; that bounds the memory of both ends.
 *
 * The web process alone may block, and goes on reading while it does. So of two ends with full
 * sockets one always reads, and they cannot wait for one another.
 */

/* Frames that are handled before other sources of the loop get their turn: for the many that cost
 * nothing. For those that do, there is the turn. */
#define FRAMES_PER_DISPATCH 64

/* Buffers that are read at most to hear why the other end is gone. */
#define READS_PER_DRAIN 64

/* Bytes kept for a slow reader: above them we stop listening to it. */
#define BACKLOG_PAUSE (8u * 1024 * 1024)

/* Who answers a page that calls one thing after another would, each time, go to sleep and be woken:
 * most of a round trip is that. So a channel that has just been busy looks for the next frame for a
 * moment before it gives the loop its turn; never longer in a row than its own turn, so that a window
 * is painted and others are heard. It stops looking as soon as it waits in vain. */
#define LINGER_US 50

typedef struct
{
  GSource parent;
  MullionChannel *channel; /* (unowned): the channel destroys its source */
} ChannelSource;

G_DEFINE_FINAL_TYPE (MullionChannel, mullion_channel, G_TYPE_OBJECT)
G_DEFINE_QUARK (mullion-channel-error-quark, mullion_channel_error)

static guint64
count_queued (MullionChannel *self)
{
  return mullion_sender_get_queued (self->sender);
}

static gboolean
may_read (MullionChannel *self)
{
  return self->reason == NULL && self->is_reading &&
         (self->reads_always || count_queued (self) < BACKLOG_PAUSE);
}

/* A socket that we want nothing of is not watched at all: poll () reports its end in any case, and
 * the loop would never sleep. */
static void
watch (MullionChannel *self,
       GIOCondition    events)
{
  if (events != 0 && self->fd_tag != NULL)
    g_source_modify_unix_fd (self->source, self->fd_tag, events);
  else if (events != 0)
    self->fd_tag = g_source_add_unix_fd (self->source, self->fd, events);
  else if (self->fd_tag != NULL)
    g_source_remove_unix_fd (self->source, g_steal_pointer (&self->fd_tag));
}

static void
fail (MullionChannel *self,
      GError         *reason)
{
  if (self->reason != NULL)
    g_error_free (reason);
  else
    self->reason = reason;

  if (self->source == NULL)
    return;

  watch (self, 0);
  /* The loop tells the owner, so that no caller is pulled away from under its own feet. */
  g_source_set_ready_time (self->source, 0);
}

static void
fail_with_errno (MullionChannel *self,
                 const char     *what)
{
  int saved_errno = errno;

  fail (self, g_error_new (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                           "%s: %s", what, g_strerror (saved_errno)));
}

static gboolean
has_drained (MullionChannel *self)
{
  return self->is_above && self->reason == NULL &&
         count_queued (self) <= MULLION_CHANNEL_LOW_WATER;
}

static void
update_events (MullionChannel *self)
{
  GIOCondition events = 0;

  if (self->source == NULL || self->reason != NULL)
    return;

  if (!mullion_sender_is_empty (self->sender) && !mullion_sender_is_stalled (self->sender))
    events |= G_IO_OUT;
  if (may_read (self))
    events |= G_IO_IN;
  watch (self, events);

  if (has_drained (self))
    g_source_set_ready_time (self->source, 0);
  else if (mullion_sender_is_stalled (self->sender))
    g_source_set_ready_time (self->source,
                             g_get_monotonic_time () +
                               MULLION_CHANNEL_LOOK_MS * G_TIME_SPAN_MILLISECOND);
}

gboolean
mullion_channel_read_some (MullionChannel *self)
{
  GArray *fds = mullion_frame_reader_get_fds (self->reader);
  guint n_fds = fds->len;
  g_autoptr(GError) error = NULL;
  gboolean all_fds;
  gboolean any_fds;
  void *place = NULL;
  gsize size = mullion_frame_reader_prepare (self->reader, &place);
  gssize n = mullion_fd_message_receive (self->fd, place, size, fds, &all_fds);

  if (n < 0 && errno == EAGAIN)
    return FALSE;

  any_fds = fds->len > n_fds;
  if (n < 0)
    fail_with_errno (self, "Reading from the channel failed");
  else if (!all_fds)
    fail (self, g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                                     "The channel carried more file descriptors than fit"));
  else if (n == 0)
    fail (self, g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                                     "The other end closed the channel"));
  else if (!mullion_frame_reader_commit (self->reader, n, &error))
    fail (self, g_steal_pointer (&error));

  /* The kernel ends a read behind what brought file descriptors. */
  return self->reason == NULL && ((gsize) n == size || any_fds);
}

/* What the other end said before it went away still counts, and may say why. */
static void
fail_writing (MullionChannel *self,
              GError         *reason)
{
  for (int reads = 0; reads < READS_PER_DRAIN && mullion_channel_read_some (self); reads++)
    ;

  fail (self, reason);
}

void
mullion_channel_write_backlog (MullionChannel *self)
{
  GError *error = NULL;

  if (!mullion_sender_flush (self->sender, &error))
    fail_writing (self, error);
  update_events (self);
}

gboolean
mullion_channel_send_full (MullionChannel     *self,
                           MullionFrameKind    kind,
                           guint64             document,
                           guint64             id,
                           const char         *body,
                           gsize               length,
                           const MullionSide  *side,
                           GUnixFDList        *ports,
                           GError            **error)
{
  const MullionFrameHeader header = { .kind = kind, .document = document, .id = id };
  g_autoptr(GUnixFDList) owned_ports = ports;
  g_autoptr(GError) refusal = NULL;

  g_return_val_if_fail (MULLION_IS_CHANNEL (self), FALSE);

  if (self->reason != NULL)
    refusal = g_error_copy (self->reason);
  else if (!mullion_sender_send (self->sender, &header, body, length, side, ports, &refusal) &&
           g_error_matches (refusal, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED))
    fail_writing (self, g_error_copy (refusal));

  if (refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  self->is_above |= count_queued (self) > MULLION_CHANNEL_LOW_WATER;
  if (!mullion_sender_is_empty (self->sender))
    update_events (self);
  return TRUE;
}

gboolean
mullion_channel_send (MullionChannel    *self,
                      MullionFrameKind   kind,
                      guint64            document,
                      guint64            id,
                      const char        *body,
                      gsize              length,
                      GError           **error)
{
  return mullion_channel_send_full (self, kind, document, id, body, length, NULL, NULL, error);
}

static void
tell_closed (MullionChannel *self)
{
  if (self->closed_told)
    return;

  self->closed_told = TRUE;
  g_source_destroy (self->source);
  if (self->funcs.closed != NULL)
    self->funcs.closed (self, self->reason, self->user_data);
}

static void
tell_drained (MullionChannel *self)
{
  if (!has_drained (self))
    return;

  self->is_above = FALSE;
  if (self->funcs.drained != NULL)
    self->funcs.drained (self, self->user_data);
}

/* Hands out at most @budget frames, and none any more when the time @end is over. */
static void
hand_out (MullionChannel *self,
          int             budget,
          gint64          end)
{
  while (budget-- > 0 && self->is_reading && !self->closed_told)
    {
      g_autoptr(MullionFrame) frame = mullion_frame_reader_pop (self->reader);

      if (frame == NULL)
        break;
      self->funcs.frame (self, frame, self->user_data);
      if (g_get_monotonic_time () >= end)
        break;
    }
}

gboolean
mullion_channel_drain (MullionChannel *channel,
                       gint64          end)
{
  g_autoptr(MullionChannel) self = g_object_ref (channel);
  gboolean is_more;

  g_return_val_if_fail (self->source != NULL, FALSE);

  do
    {
      is_more = may_read (self) && mullion_channel_read_some (self);
      hand_out (self, G_MAXINT, end);
    }
  while (is_more && g_get_monotonic_time () < end);

  return is_more || !mullion_frame_reader_is_empty (self->reader);
}

/* Frames that were read and not yet handed out: no socket will wake the loop for them. They may be
 * there because somebody blocked, or because a handler runs a loop of its own. */
static gboolean
prepare_channel (GSource *source,
                 int     *timeout)
{
  MullionChannel *self = ((ChannelSource *) source)->channel;

  *timeout = -1;
  mullion_turn_renew (self->turn);

  return self->is_reading && !mullion_frame_reader_is_empty (self->reader);
}

/* Whether it is worth while to look for the next frame rather than sleep: the other end answered
 * quickly when we last did, or came quickly after we had given up. */
static void
consider_lingering (MullionChannel *self,
                    gint64          now)
{
  if (self->may_linger && now - self->idle_since < 2 * LINGER_US)
    self->lingers = TRUE;
}

static gboolean
linger (MullionChannel *self)
{
  gint64 start = g_get_monotonic_time ();

  do
    {
      mullion_channel_read_some (self);
      if (self->reason != NULL || !mullion_frame_reader_is_empty (self->reader))
        return TRUE;
      /* The other end may need this very processor. */
      sched_yield ();
    }
  while (g_get_monotonic_time () - start < LINGER_US);

  self->lingers = FALSE;
  return FALSE;
}

static gboolean
can_linger (MullionChannel *self)
{
  return self->lingers && !self->closed_told && may_read (self) &&
         mullion_sender_is_empty (self->sender) && mullion_frame_reader_is_empty (self->reader) &&
         g_get_monotonic_time () < mullion_turn_get_end (self->turn);
}

static gboolean
has_finished (MullionChannel *self)
{
  return self->is_finishing && (self->reason != NULL || mullion_sender_is_empty (self->sender));
}

/* Returns whether the channel goes on. */
static gboolean
take_turn (MullionChannel *self)
{
  if (self->reason == NULL && !mullion_sender_is_empty (self->sender))
    mullion_channel_write_backlog (self);
  if (has_finished (self))
    {
      mullion_channel_close (self);
      g_object_unref (self);
      return FALSE;
    }

  tell_drained (self);
  if (may_read (self) && mullion_frame_reader_is_empty (self->reader))
    mullion_channel_read_some (self);

  consider_lingering (self, g_get_monotonic_time ());
  hand_out (self, FRAMES_PER_DISPATCH, mullion_turn_get_end (self->turn));
  while (can_linger (self) && linger (self))
    hand_out (self, FRAMES_PER_DISPATCH, mullion_turn_get_end (self->turn));
  self->idle_since = g_get_monotonic_time ();

  /* What was sent before the other end went away still counts. */
  if (!self->closed_told && self->reason != NULL && mullion_frame_reader_is_empty (self->reader))
    tell_closed (self);

  return !self->closed_told;
}

static gboolean
dispatch_channel (GSource     *source,
                  GSourceFunc  callback,
                  gpointer     user_data)
{
  g_autoptr(MullionChannel) self = g_object_ref (((ChannelSource *) source)->channel);
  gint64 outer;
  gboolean goes_on;

  if (!mullion_turn_begin (self->turn, &self->turn_mark, &outer))
    return G_SOURCE_CONTINUE;

  g_source_set_ready_time (source, -1);
  goes_on = take_turn (self);
  mullion_turn_end (self->turn, outer);

  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static GSourceFuncs channel_source_funcs = {
  .prepare = prepare_channel,
  .dispatch = dispatch_channel,
};

/* Frames are handed out from @priority of the default main loop from now on. */
void
mullion_channel_attach (MullionChannel *self,
                        int             priority)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));
  g_return_if_fail (self->source == NULL);

  self->source = g_source_new (&channel_source_funcs, sizeof (ChannelSource));
  ((ChannelSource *) self->source)->channel = self;
  g_source_set_static_name (self->source, "[mullion] channel");
  g_source_set_priority (self->source, priority);
  /* A handler that runs a loop of its own still hears its page. */
  g_source_set_can_recurse (self->source, TRUE);
  g_source_attach (self->source, NULL);
  update_events (self);
  if (self->reason != NULL)
    g_source_set_ready_time (self->source, 0);
}

void
mullion_channel_set_reading (MullionChannel *self,
                             gboolean        reading)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  self->is_reading = reading;
  update_events (self);
}

void
mullion_channel_set_reads_always (MullionChannel *self,
                                  gboolean        reads_always)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  self->reads_always = reads_always;
  update_events (self);
}

void
mullion_channel_set_turn (MullionChannel *self,
                          MullionTurn    *turn)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  mullion_turn_ref (turn);
  mullion_turn_unref (self->turn);
  self->turn = turn;
  self->turn_mark = 0;
}

void
mullion_channel_set_budget (MullionChannel     *self,
                            MullionFrameBudget *budget)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  mullion_frame_reader_set_budget (self->reader, budget);
}

MullionTurn *
mullion_channel_get_turn (MullionChannel *self)
{
  return self->turn;
}

guint64
mullion_channel_get_queued (MullionChannel *self)
{
  g_return_val_if_fail (MULLION_IS_CHANNEL (self), 0);

  return count_queued (self);
}

void
mullion_channel_set_max_length (MullionChannel *self,
                                guint32         max_length)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  mullion_frame_reader_set_max_length (self->reader, max_length);
}

gboolean
mullion_channel_is_open (MullionChannel *self)
{
  return self->reason == NULL;
}

/* Ends the channel from this side. Its owner is not told: it knows. */
void
mullion_channel_close (MullionChannel *self)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  self->closed_told = TRUE;
  if (self->reason == NULL)
    self->reason = g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                                        "The channel was closed");
  if (self->source != NULL)
    g_source_destroy (self->source);
  self->fd_tag = NULL;
  if (self->fd >= 0)
    shutdown (self->fd, SHUT_RDWR);
}

/* Ends the channel as soon as the socket has taken what was sent. */
void
mullion_channel_finish (MullionChannel *self)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));
  g_return_if_fail (self->source != NULL);

  if (self->closed_told || self->is_finishing)
    return;
  if (self->reason != NULL || mullion_sender_is_empty (self->sender))
    {
      mullion_channel_close (self);
      return;
    }

  self->is_finishing = TRUE;
  self->is_reading = FALSE;
  self->is_above = FALSE;
  update_events (g_object_ref (self));
}

void
mullion_channel_set_owner (MullionChannel            *self,
                           const MullionChannelFuncs *funcs,
                           gpointer                   user_data)
{
  g_return_if_fail (MULLION_IS_CHANNEL (self));

  self->funcs = *funcs;
  self->user_data = user_data;
}

int
mullion_channel_steal_fd (MullionChannel *self)
{
  g_return_val_if_fail (MULLION_IS_CHANNEL (self), -1);

  if (self->reason != NULL || !mullion_sender_is_empty (self->sender) ||
      !mullion_frame_reader_is_untouched (self->reader))
    return -1;

  self->closed_told = TRUE;
  self->reason = g_error_new_literal (MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                                      "The channel was given away");
  if (self->source != NULL)
    g_source_destroy (self->source);
  self->fd_tag = NULL;

  return g_steal_fd (&self->fd);
}

/* Who made the socket pair, as the kernel saw it: the one identity that a web process cannot
 * choose. 0 where it is not known. */
GPid
mullion_channel_get_peer_pid (MullionChannel *self)
{
  struct ucred credentials;
  socklen_t length = sizeof credentials;

  if (getsockopt (self->fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
    return 0;

  return credentials.pid;
}

static void
mullion_channel_finalize (GObject *object)
{
  MullionChannel *self = MULLION_CHANNEL (object);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->reader, mullion_frame_reader_free);
  g_clear_pointer (&self->sender, mullion_sender_free);
  mullion_turn_unref (self->turn);
  g_clear_error (&self->reason);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (mullion_channel_parent_class)->finalize (object);
}

static void
mullion_channel_class_init (MullionChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_channel_finalize;
}

/* The kernel takes long to say. */
static gboolean
has_many_processors (void)
{
  static gsize n;

  if (g_once_init_enter (&n))
    g_once_init_leave (&n, g_get_num_processors ());

  return n > 1;
}

static void
mullion_channel_init (MullionChannel *self)
{
  self->fd = -1;
  self->reader = mullion_frame_reader_new ();
  self->turn = mullion_turn_new ();
  self->is_reading = TRUE;
  self->may_linger = has_many_processors ();
}

/* Takes @fd, a stream socket. */
MullionChannel *
mullion_channel_new (int                        fd,
                     const MullionChannelFuncs *funcs,
                     gpointer                   user_data)
{
  MullionChannel *self = g_object_new (MULLION_TYPE_CHANNEL, NULL);

  self->fd = fd;
  self->sender = mullion_sender_new (fd);
  self->funcs = *funcs;
  self->user_data = user_data;

  return self;
}
