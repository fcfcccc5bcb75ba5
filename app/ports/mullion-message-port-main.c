/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-port-main-private.h"

#include "mullion-channel.h"
#include "mullion-denials.h"
#include "mullion-error.h"
#include "mullion-frame-job.h"
#include "mullion-message-event-private.h"
#include "mullion-port-list.h"
#include "mullion-port-message.h"
#include "mullion-port-relay.h"
#include "mullion-remains.h"

#include <unistd.h>

/**
 * MullionMessagePortMain:
 *
 * One end of a message channel, in the main process, like Electron's `MessagePortMain`. The other end
 * is a `MessagePort` of a page, or a port of the main process.
 *
 * Ports come with a message of a page, [method@IpcMainEvent.get_ports], with a message of another
 * port, [method@MessageEvent.get_ports], or from a [class@MessageChannelMain]. A port that is sent
 * away, with [method@WebContents.post_message] and its kin, is gone from here: two pages that got the
 * two ends of a channel talk with each other, and the main process has no part in it.
 *
 * Messages that come wait until [method@MessagePortMain.start] is called. Whoever sends to a port
 * that does not read has to keep what it sends: see [method@MessagePortMain.post_message].
 *
 * When its last reference goes, a port is closed. Those of an event have to be referenced to stay.
 *
 * What comes from a page is what the page chose: check it before use. A page that breaks the rules
 * closes its port. A page may have up to 256 ports open here; one that brings more is ended.
 *
 * Since: 0.1
 */

/* Up to this size a message is read at once, which takes some milliseconds at the worst. */
#define LARGE_BODY (256u * 1024)

/* What the other end may leave unread, before nothing more can be posted. */
#define MAX_QUEUED (64u * 1024 * 1024)

struct _MullionMessagePortMain
{
  GObject parent_instance;

  int fd;                  /* until the port is used; -1 then, and at its end */
  MullionChannel *channel; /* (nullable): once it is used */
  gboolean is_started;

  /* Nothing more comes while there is one of these. */
  MullionFrameJob *job;    /* (nullable): reads a large message in a thread */
  MullionRemains *remains; /* (nullable): of one that was handed out */
  GSource *remains_source; /* (nullable): frees them */

  MullionPortQuota *quota; /* (nullable): of the page that it came from, while it is open */
};

enum { MESSAGE, CLOSE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionMessagePortMain, mullion_message_port_main, G_TYPE_OBJECT)

static void
end_freeing (MullionMessagePortMain *self)
{
  if (self->remains_source == NULL)
    return;

  g_source_destroy (self->remains_source);
  g_clear_pointer (&self->remains_source, g_source_unref);
  g_clear_pointer (&self->remains, mullion_remains_free);
}

/* Nothing of it is left here: another has its socket now, or nobody. */
static void
let_go (MullionMessagePortMain *self)
{
  g_clear_pointer (&self->job, mullion_frame_job_free);
  end_freeing (self);
  g_clear_object (&self->channel);
  if (self->fd >= 0)
    close (g_steal_fd (&self->fd));
  if (self->quota != NULL)
    mullion_port_quota_release (self->quota);
  g_clear_pointer (&self->quota, mullion_port_quota_unref);
}

/* A page can bring ports without end, and close each by a lie. */
static void
warn_closed (const GError *reason)
{
  static MullionDenials complaints;
  g_autofree char *text = g_strdup_printf ("A message port was closed: %s", reason->message);

  mullion_denials_complain (&complaints, 0, text);
}

static MullionMessageEvent *
make_event (MullionMessagePortMain  *self,
            const MullionFrame      *frame,
            MullionFrameContent     *content,
            GError                 **error)
{
  GPtrArray *ports = NULL;

  if (mullion_port_message_check (frame, content->body, error))
    ports = mullion_port_list_receive (frame->ports, self->quota, error);
  if (ports == NULL)
    return NULL;

  return mullion_message_event_new (json_node_dup_array (content->body),
                                    g_steal_pointer (&content->hold), ports);
}

/* @event: (transfer full) (nullable): NULL when what came is none, for @reason */
static void
hand_out (MullionMessagePortMain *self,
          MullionMessageEvent    *event,
          const GError           *reason)
{
  g_autoptr(MullionMessageEvent) owned_event = event;

  if (event != NULL)
    {
      g_signal_emit (self, signals[MESSAGE], 0, event);
      return;
    }

  warn_closed (reason);
  mullion_message_port_main_close (self);
  g_signal_emit (self, signals[CLOSE], 0);
}

static gboolean
free_some_cb (gpointer user_data)
{
  MullionMessagePortMain *self = user_data;
  gint64 end = mullion_turn_get_end (mullion_channel_get_turn (self->channel));

  mullion_remains_free_some (self->remains, end);
  if (!mullion_remains_is_empty (self->remains))
    return G_SOURCE_CONTINUE;

  end_freeing (self);
  mullion_channel_set_reading (self->channel, TRUE);
  return G_SOURCE_REMOVE;
}

/* A large value takes long to free: meanwhile others have their turns. */
static void
begin_freeing (MullionMessagePortMain *self,
               JsonNode               *body)
{
  self->remains = mullion_remains_new ();
  mullion_remains_add (self->remains, body);
  self->remains_source = mullion_turn_add_source (mullion_channel_get_turn (self->channel),
                                                  "[mullion] remains of a message",
                                                  MULLION_PORT_PRIORITY, free_some_cb, self);
  g_source_set_ready_time (self->remains_source, 0);
}

static gboolean
job_cb (gpointer user_data)
{
  g_autoptr(MullionMessagePortMain) self = g_object_ref (user_data);
  g_autoptr(MullionFrameJob) job = g_steal_pointer (&self->job);
  g_auto(MullionFrameContent) content = { NULL };
  g_autoptr(GError) error = NULL;
  MullionMessageEvent *event = NULL;

  if (mullion_frame_job_steal (job, &content, &error))
    event = make_event (self, mullion_frame_job_get_frame (job), &content, &error);
  if (content.body != NULL)
    begin_freeing (self, g_steal_pointer (&content.body));
  hand_out (self, event, error);

  return G_SOURCE_REMOVE;
}

/* The other end may be a page, whose messages must not keep the window waiting. */
static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  g_autoptr(MullionMessagePortMain) self = g_object_ref (user_data);
  g_autoptr(MullionByteMeter) meter =
    self->quota != NULL ? mullion_byte_meter_ref (mullion_port_quota_get_meter (self->quota))
                        : mullion_byte_meter_new ();
  g_auto(MullionFrameContent) content = { NULL };
  g_autoptr(GError) error = NULL;
  MullionMessageEvent *event = NULL;

  if (frame->header.length > LARGE_BODY)
    {
      mullion_channel_set_reading (self->channel, FALSE);
      self->job = mullion_frame_job_new (frame, meter, NULL, mullion_channel_get_turn (channel),
                                         MULLION_PORT_PRIORITY, job_cb, self);
      return;
    }

  if (mullion_frame_content_read (&content, frame, meter, NULL, &error))
    event = make_event (self, frame, &content, &error);
  hand_out (self, event, error);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  g_autoptr(MullionMessagePortMain) self = g_object_ref (user_data);

  if (!g_error_matches (reason, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED))
    warn_closed (reason);
  let_go (self);
  g_signal_emit (self, signals[CLOSE], 0);
}

static const MullionChannelFuncs channel_funcs = { .frame = frame_cb, .closed = closed_cb };

/* (nullable): NULL when the port is not open. The channel reads from start () on. */
static MullionChannel *
use_channel (MullionMessagePortMain *self)
{
  if (self->channel == NULL && self->fd >= 0)
    {
      self->channel = mullion_channel_new (g_steal_fd (&self->fd), &channel_funcs, self);
      if (self->quota != NULL)
        {
          mullion_channel_set_turn (self->channel, mullion_port_quota_get_turn (self->quota));
          mullion_channel_set_budget (self->channel, mullion_port_quota_get_budget (self->quota));
        }
      mullion_channel_set_reads_always (self->channel, TRUE);
      mullion_channel_set_reading (self->channel, FALSE);
      mullion_channel_attach (self->channel, MULLION_PORT_PRIORITY);
    }

  return self->channel;
}

/**
 * mullion_message_port_main_start:
 * @self: a port
 *
 * Begins to receive: messages that came before and those that come later are told by
 * [signal@MessagePortMain::message], once the main loop runs. A port that is closed or was sent away
 * stays so.
 *
 * Since: 0.1
 */
void
mullion_message_port_main_start (MullionMessagePortMain *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_PORT_MAIN (self));

  if (self->is_started || use_channel (self) == NULL)
    return;

  self->is_started = TRUE;
  mullion_channel_set_reading (self->channel, TRUE);
}

static gboolean
check_can_post (MullionMessagePortMain  *self,
                GError                 **error)
{
  MullionChannel *channel = use_channel (self);
  guint64 queued = channel != NULL ? mullion_channel_get_queued (channel) : 0;

  if (channel == NULL || !mullion_channel_is_open (channel))
    g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE,
                         "The message port is closed, or was sent away");
  else if (queued >= MAX_QUEUED)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "The other end of the message port has left %" G_GUINT64_FORMAT " bytes unread",
                 queued);
  else
    return TRUE;

  return FALSE;
}

/**
 * mullion_message_port_main_post_message:
 * @self: a port
 * @message: (nullable) (transfer full): what is sent; %NULL is `undefined`
 * @ports: (array length=n_ports) (nullable): ports that go with it, and are gone from here then
 * @n_ports: how many, 200 at most
 *
 * Sends a message to the other end. That end need not listen yet, nor be anywhere at all.
 *
 * What the other end does not read is kept here. When that is 64 MiB, nothing more is taken:
 * the function fails with %MULLION_ERROR_TOO_LARGE, and what was sent before still arrives. A page
 * reads at once whatever comes, and has it wait for the page's script.
 *
 * Also fails with %MULLION_ERROR_GONE when the port was closed by either end or sent away, and with
 * %MULLION_ERROR_INVALID_ARGUMENT when one of @ports cannot be sent; all ports stay as they are then.
 *
 * Returns: whether the message is on its way
 *
 * Since: 0.1
 */
gboolean
mullion_message_port_main_post_message (MullionMessagePortMain  *self,
                                        JsonNode                *message,
                                        MullionMessagePortMain **ports,
                                        guint                    n_ports,
                                        GError                 **error)
{
  g_autoptr(JsonNode) owned_message = message;
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GString) text = NULL;
  GUnixFDList *fds = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (MULLION_IS_MESSAGE_PORT_MAIN (self), FALSE);
  g_return_val_if_fail (ports != NULL || n_ports == 0, FALSE);

  if (!check_can_post (self, error) ||
      !mullion_port_list_check (ports, n_ports, self, error) ||
      (text = mullion_port_message_write (message, side, error)) == NULL)
    return FALSE;

  if (n_ports > 0 && (fds = mullion_port_list_take (ports, n_ports, error)) == NULL)
    return FALSE;

  if (mullion_channel_send_full (self->channel, MULLION_FRAME_PORT_MESSAGE, 0, 0,
                                 text->str, text->len, side, fds, &reason))
    return TRUE;

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_GONE,
               "The message port is closed: %s", reason->message);
  return FALSE;
}

/**
 * mullion_message_port_main_close:
 * @self: a port
 *
 * Closes the port. What was posted before still arrives, and then the other end hears that it is
 * closed; this end hears nothing any more.
 *
 * Since: 0.1
 */
void
mullion_message_port_main_close (MullionMessagePortMain *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_PORT_MAIN (self));

  if (self->channel != NULL)
    mullion_channel_finish (self->channel);
  let_go (self);
}

/**
 * mullion_message_port_main_is_open:
 * @self: a port
 *
 * Asks whether the port can be used. One that was not started does not notice that its other end is
 * gone.
 *
 * Returns: %FALSE when it was closed by either end, or was sent away
 *
 * Since: 0.1
 */
gboolean
mullion_message_port_main_is_open (MullionMessagePortMain *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_PORT_MAIN (self), FALSE);

  return self->fd >= 0 || self->channel != NULL;
}

/* Who gets the port would miss what is being read, and could not tell what came before. */
static gboolean
finish_job (MullionMessagePortMain  *self,
            GError                 **error)
{
  if (self->job != NULL && mullion_frame_job_wait (self->job, G_MAXINT64))
    job_cb (self);
  if (mullion_message_port_main_is_open (self))
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "The message port is closed");
  return FALSE;
}

int
mullion_message_port_main_take_fd (MullionMessagePortMain  *self,
                                   GError                 **error)
{
  int fd = -1;

  if (!finish_job (self, error))
    return -1;

  if (self->channel == NULL)
    fd = g_steal_fd (&self->fd);
  else if ((fd = mullion_channel_steal_fd (self->channel)) < 0 &&
           (fd = mullion_port_relay_new (self->channel, self->quota, error)) >= 0)
    {
      g_steal_pointer (&self->channel);
      g_steal_pointer (&self->quota);
    }

  if (fd >= 0)
    let_go (self);
  return fd;
}

static void
mullion_message_port_main_dispose (GObject *object)
{
  mullion_message_port_main_close (MULLION_MESSAGE_PORT_MAIN (object));

  G_OBJECT_CLASS (mullion_message_port_main_parent_class)->dispose (object);
}

static void
mullion_message_port_main_class_init (MullionMessagePortMainClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_message_port_main_dispose;

  /**
   * MullionMessagePortMain::message:
   * @self: a port
   * @event: the message, with its data and its ports
   *
   * Emitted for each message that comes, after [method@MessagePortMain.start] was called.
   *
   * Since: 0.1
   */
  signals[MESSAGE] =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, MULLION_TYPE_MESSAGE_EVENT);

  /**
   * MullionMessagePortMain::close:
   * @self: a port
   *
   * Emitted once when the other end is gone: a port of the main process was closed or forgotten, or
   * the page of one navigated, closed or crashed. That a script of the page called `port.close ()`
   * WebKit tells nobody, neither here nor in the page: agree on a last message. The signal comes after
   * all messages of that end, so only after [method@MessagePortMain.start] was called.
   *
   * Since: 0.1
   */
  signals[CLOSE] =
    g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
mullion_message_port_main_init (MullionMessagePortMain *self)
{
  self->fd = -1;
}

MullionMessagePortMain *
mullion_message_port_main_new (int               fd,
                               MullionPortQuota *quota)
{
  MullionMessagePortMain *self = g_object_new (MULLION_TYPE_MESSAGE_PORT_MAIN, NULL);

  self->fd = fd;
  self->quota = quota != NULL ? mullion_port_quota_ref (quota) : NULL;

  return self;
}
