/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-sockets.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * MullionRenderSockets: what ports and streams of a document are made of.
 *
 * Lives in the web process. A socket is one end of a socket pair with a MullionChannel over it. The
 * other end may be anywhere: in the main process, in another page, or held by nobody yet. Whoever it
 * is, it is not trusted more than the wire says: what breaks its rules ends the socket.
 *
 * Nothing here waits: to another page that does not read, one would wait for ever. What a socket does
 * not take is this process's memory; the runtime may ask how much that is.
 */

/* As many as the main process lets a page have, so that a page hears of it in time. */
#define MAX_SOCKETS MULLION_WIRE_MAX_HELD_PORTS

typedef struct
{
  MullionRenderSockets *owner; /* (unowned) */
  guint number;
  int fd;                  /* until the socket is opened; then -1 */
  MullionChannel *channel; /* (nullable): once it is */
} Socket;

struct _MullionRenderSockets
{
  GHashTable *sockets; /* number → Socket; NULL when closed */
  guint last_number;
  guint n_lent; /* that streams have, and which count as sockets */

  MullionRenderSides *sides;             /* (nullable): (unowned) */
  MullionRenderSocketsListener listener; /* each NULL before listen () */
};

static void
free_socket (gpointer data)
{
  Socket *socket = data;

  if (socket->channel != NULL)
    mullion_channel_finish (socket->channel);
  g_clear_object (&socket->channel);
  if (socket->fd >= 0)
    close (socket->fd);
  g_free (socket);
}

MullionRenderSockets *
mullion_render_sockets_new (void)
{
  MullionRenderSockets *self = g_rc_box_new0 (MullionRenderSockets);

  self->sockets = g_hash_table_new_full (NULL, NULL, NULL, free_socket);

  return self;
}

MullionRenderSockets *
mullion_render_sockets_ref (MullionRenderSockets *self)
{
  return g_rc_box_acquire (self);
}

void
mullion_render_sockets_unref (MullionRenderSockets *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) mullion_render_sockets_close);
}

void
mullion_render_sockets_close (MullionRenderSockets *self)
{
  g_clear_pointer (&self->sockets, g_hash_table_unref);
  g_clear_object (&self->listener.frame);
  g_clear_object (&self->listener.drained);
  g_clear_object (&self->listener.closed);
  self->sides = NULL;
}

void
mullion_render_sockets_listen (MullionRenderSockets *self,
                               JSCValue             *listener,
                               MullionRenderSides   *sides)
{
  g_return_if_fail (self->sides == NULL);

  self->sides = sides;
  self->listener.frame = jsc_value_object_get_property (listener, "frame");
  self->listener.drained = jsc_value_object_get_property (listener, "drained");
  self->listener.closed = jsc_value_object_get_property (listener, "closed");
}

static guint
add (MullionRenderSockets *self,
     int                   fd)
{
  Socket *socket = g_new0 (Socket, 1);

  socket->owner = self;
  socket->number = ++self->last_number;
  socket->fd = fd;
  g_hash_table_insert (self->sockets, GUINT_TO_POINTER (socket->number), socket);

  return socket->number;
}

guint
mullion_render_sockets_add (MullionRenderSockets *self,
                            const MullionFrame   *frame)
{
  guint first = self->last_number + 1;
  g_autofree int *fds = NULL;
  int n_fds = 0;

  if (frame->ports == NULL || self->sockets == NULL)
    return 0;

  fds = g_unix_fd_list_steal_fds (frame->ports, &n_fds);
  for (int i = 0; i < n_fds; i++)
    add (self, fds[i]);

  return first;
}

guint
mullion_render_sockets_make_pair (MullionRenderSockets  *self,
                                  GError               **error)
{
  guint first = self->last_number + 1;
  int pair[2];

  if (self->sockets == NULL ||
      g_hash_table_size (self->sockets) + self->n_lent + 2 > MAX_SOCKETS)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_TOO_LARGE,
                   "A document cannot have more than %d ports and streams at a time", MAX_SOCKETS);
      return 0;
    }

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Making a socket pair failed: %s", g_strerror (saved_errno));
      return 0;
    }

  add (self, pair[0]);
  add (self, pair[1]);
  return first;
}

static Socket *
find (MullionRenderSockets *self,
      guint                 number)
{
  return self->sockets != NULL
    ? g_hash_table_lookup (self->sockets, GUINT_TO_POINTER (number)) : NULL;
}

static MullionChannel *
find_channel (MullionRenderSockets *self,
              guint                 number)
{
  Socket *socket = find (self, number);

  return socket != NULL ? socket->channel : NULL;
}

/* The runtime's functions catch what they call: what comes here is a mistake of ours. */
static void
clear_exception (JSCValue *function)
{
  JSCContext *context = jsc_value_get_context (function);
  JSCException *exception = jsc_context_get_exception (context);
  g_autofree char *report = NULL;

  if (exception == NULL)
    return;

  report = jsc_exception_report (exception);
  g_warning ("Telling a page of a socket failed: %s", report);
  jsc_context_clear_exception (context);
}

/* What the functions run may end the document, and so this. */
static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  Socket *socket = user_data;
  g_autoptr(MullionRenderSockets) self = mullion_render_sockets_ref (socket->owner);
  g_autoptr(JSCValue) function = g_object_ref (self->listener.frame);
  guint side = mullion_render_sides_add (self->sides, frame);
  guint first_port = mullion_render_sockets_add (self, frame);
  g_autoptr(JSCValue) result =
    jsc_value_function_call (function,
                             G_TYPE_UINT, socket->number,
                             G_TYPE_UINT, (guint) frame->header.kind,
                             G_TYPE_STRING, frame->body,
                             G_TYPE_UINT, side,
                             G_TYPE_UINT, first_port,
                             G_TYPE_UINT, (guint) frame->header.n_ports,
                             G_TYPE_NONE);

  clear_exception (function);
}

static void
drained_cb (MullionChannel *channel,
            gpointer        user_data)
{
  Socket *socket = user_data;
  g_autoptr(JSCValue) function = g_object_ref (socket->owner->listener.drained);
  g_autoptr(JSCValue) result =
    jsc_value_function_call (function, G_TYPE_UINT, socket->number, G_TYPE_NONE);

  clear_exception (function);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  Socket *socket = user_data;
  guint number = socket->number;
  g_autoptr(JSCValue) function = g_object_ref (socket->owner->listener.closed);
  g_autoptr(JSCValue) result = NULL;

  if (!g_error_matches (reason, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED))
    g_warning ("A port or stream ended: %s", reason->message);

  g_hash_table_remove (socket->owner->sockets, GUINT_TO_POINTER (number));
  result = jsc_value_function_call (function, G_TYPE_UINT, number, G_TYPE_NONE);
  clear_exception (function);
}

static const MullionChannelFuncs channel_funcs = {
  .frame = frame_cb, .closed = closed_cb, .drained = drained_cb,
};

gboolean
mullion_render_sockets_open (MullionRenderSockets *self,
                             guint                 number)
{
  Socket *socket = find (self, number);

  if (socket == NULL || socket->channel != NULL || self->sides == NULL)
    return FALSE;

  socket->channel = mullion_channel_new (socket->fd, &channel_funcs, socket);
  socket->fd = -1;
  mullion_channel_set_reads_always (socket->channel, TRUE);
  mullion_channel_attach (socket->channel, G_PRIORITY_DEFAULT);

  return TRUE;
}

gboolean
mullion_render_sockets_send (MullionRenderSockets  *self,
                             guint                  number,
                             MullionFrameKind       kind,
                             const char            *text,
                             const MullionSide     *side,
                             GUnixFDList           *ports,
                             GError               **error)
{
  MullionChannel *channel = find_channel (self, number);

  if (channel != NULL)
    return mullion_channel_send_full (channel, kind, 0, 0, text, strlen (text), side, ports, error);

  g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                       "The socket is closed");
  g_clear_object (&ports);
  return FALSE;
}

void
mullion_render_sockets_set_reading (MullionRenderSockets *self,
                                    guint                 number,
                                    gboolean              reading)
{
  MullionChannel *channel = find_channel (self, number);

  if (channel != NULL)
    mullion_channel_set_reading (channel, reading);
}

guint64
mullion_render_sockets_get_queued (MullionRenderSockets *self,
                                   guint                 number)
{
  MullionChannel *channel = find_channel (self, number);

  return channel != NULL ? mullion_channel_get_queued (channel) : 0;
}

void
mullion_render_sockets_remove (MullionRenderSockets *self,
                               guint                 number)
{
  if (self->sockets != NULL)
    g_hash_table_remove (self->sockets, GUINT_TO_POINTER (number));
}

static Socket *
find_at (MullionRenderSockets *self,
         JSCValue             *numbers,
         guint                 index)
{
  g_autoptr(JSCValue) number = jsc_value_object_get_property_at_index (numbers, index);

  return find (self, jsc_value_to_int32 (number));
}

/* Who is named twice would be gone the second time. */
static gboolean
may_take (MullionRenderSockets *self,
          JSCValue             *numbers,
          guint                 index)
{
  Socket *socket = find_at (self, numbers, index);

  for (guint i = 0; i < index; i++)
    if (find_at (self, numbers, i) == socket)
      return FALSE;

  return socket != NULL && socket->fd >= 0;
}

GUnixFDList *
mullion_render_sockets_take (MullionRenderSockets  *self,
                             JSCValue              *numbers,
                             GError               **error)
{
  g_autoptr(JSCValue) length = jsc_value_object_get_property (numbers, "length");
  guint n = jsc_value_to_int32 (length);
  g_autoptr(GArray) fds = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < n; i++)
    if (!may_take (self, numbers, i))
      {
        g_set_error_literal (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED,
                             "A port is in use, or was sent away already");
        return NULL;
      }

  for (guint i = 0; i < n; i++)
    {
      Socket *socket = find_at (self, numbers, i);

      if (socket == NULL)
        continue;
      g_array_append_val (fds, socket->fd);
      socket->fd = -1;
      g_hash_table_remove (self->sockets, GUINT_TO_POINTER (socket->number));
    }

  return g_unix_fd_list_new_from_array ((int *) fds->data, fds->len);
}

int
mullion_render_sockets_borrow (MullionRenderSockets *self,
                                 guint                 number)
{
  Socket *socket = find (self, number);
  int fd;

  if (socket == NULL || socket->fd < 0)
    return -1;

  fd = g_steal_fd (&socket->fd);
  g_hash_table_remove (self->sockets, GUINT_TO_POINTER (number));
  self->n_lent++;

  return fd;
}

void
mullion_render_sockets_give_back (MullionRenderSockets *self)
{
  g_assert (self->n_lent > 0);

  self->n_lent--;
}
