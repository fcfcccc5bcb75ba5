/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-stream-end.h"

#include "mullion-error.h"
#include "mullion-readable-stream-private.h"
#include "mullion-stream-pump.h"
#include "mullion-stream-sink.h"
#include "mullion-writable-stream-private.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * MullionStreamEnd: a stream that stands in a message.
 *
 * Lives in the main process. One that came from a page is a socket until a handler takes it as a GIO
 * stream; untouched it can be sent on, to the same page or another, and its bytes never pass here. One
 * that the app made is a GIO stream until it is sent: then it gets a socket, and somebody who pumps.
 */

struct _MullionStreamEnd
{
  MullionStreamKind kind;
  int fd;                  /* of one that came, until it is taken or sent on; else -1 */
  MullionPortQuota *quota; /* (nullable): while there is a file descriptor that it counts */
  GObject *stream;         /* (nullable): of the app, or made for it */
  gboolean is_ours;        /* the stream was made by the app, and not yet sent */
};

static MullionStreamEnd *
end_new (MullionStreamKind  kind,
         int                fd,
         gpointer           stream)
{
  MullionStreamEnd *self = g_atomic_rc_box_new0 (MullionStreamEnd);

  self->kind = kind;
  self->fd = fd;
  self->stream = stream != NULL ? g_object_ref (stream) : NULL;
  self->is_ours = stream != NULL;

  return self;
}

MullionStreamEnd *
mullion_stream_end_new_received (MullionStreamKind  kind,
                                 int                fd,
                                 MullionPortQuota  *quota)
{
  MullionStreamEnd *self = end_new (kind, -1, NULL);

  if (!mullion_port_quota_take (quota, 1))
    {
      close (fd);
      return self;
    }

  self->fd = fd;
  self->quota = mullion_port_quota_ref (quota);

  return self;
}

static void
give_back (gpointer data)
{
  MullionPortQuota *quota = data;

  mullion_port_quota_release (quota);
  mullion_port_quota_unref (quota);
}

MullionStreamEnd *
mullion_stream_end_new_input (GInputStream *stream)
{
  return end_new (MULLION_STREAM_READABLE, -1, stream);
}

MullionStreamEnd *
mullion_stream_end_new_output (GOutputStream *stream)
{
  return end_new (MULLION_STREAM_WRITABLE, -1, stream);
}

MullionStreamEnd *
mullion_stream_end_ref (MullionStreamEnd *self)
{
  return g_atomic_rc_box_acquire (self);
}

static gboolean
let_go_cb (gpointer stream)
{
  g_object_unref (stream);

  return G_SOURCE_REMOVE;
}

/* In any thread, but a stream is closed when it goes, and belongs to the main loop. */
static void
clear (gpointer data)
{
  MullionStreamEnd *self = data;

  if (self->stream != NULL)
    g_main_context_invoke (NULL, let_go_cb, self->stream);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->quota, give_back);
}

void
mullion_stream_end_unref (MullionStreamEnd *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

MullionStreamKind
mullion_stream_end_get_kind (MullionStreamEnd *self)
{
  return self->kind;
}

/* The socket is the stream's, and is counted as long as that lives. */
static void
take_stream (MullionStreamEnd *self,
             gpointer          stream)
{
  self->stream = stream;
  if (self->quota != NULL)
    g_object_set_data_full (self->stream, "mullion-port-quota", g_steal_pointer (&self->quota),
                            give_back);
}

static MullionTurn *
get_turn (MullionStreamEnd *self)
{
  return self->quota != NULL ? mullion_port_quota_get_turn (self->quota) : NULL;
}

GInputStream *
mullion_stream_end_get_input (MullionStreamEnd *self)
{
  if (self->kind != MULLION_STREAM_READABLE)
    return NULL;

  if (self->fd >= 0)
    take_stream (self, mullion_readable_stream_new (g_steal_fd (&self->fd), get_turn (self)));

  return self->stream != NULL ? G_INPUT_STREAM (self->stream) : NULL;
}

GOutputStream *
mullion_stream_end_get_output (MullionStreamEnd *self)
{
  if (self->kind != MULLION_STREAM_WRITABLE)
    return NULL;

  if (self->fd >= 0)
    take_stream (self, mullion_writable_stream_new (g_steal_fd (&self->fd), get_turn (self)));

  return self->stream != NULL ? G_OUTPUT_STREAM (self->stream) : NULL;
}

static int
put_fd (GUnixFDList  *ports,
        int           fd,
        GError      **error)
{
  int place = g_unix_fd_list_append (ports, fd, error);

  close (fd);

  return place;
}

static int
connect_stream (MullionStreamEnd  *self,
                GUnixFDList       *ports,
                GError           **error)
{
  g_autoptr(GObject) stream = g_steal_pointer (&self->stream);
  int pair[2];

  self->is_ours = FALSE;
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Making the socket of a stream failed: %s", g_strerror (saved_errno));
      return -1;
    }

  if (self->kind == MULLION_STREAM_READABLE)
    mullion_stream_pump_start (G_INPUT_STREAM (stream), pair[0]);
  else
    mullion_stream_sink_start (G_OUTPUT_STREAM (stream), pair[0]);

  return put_fd (ports, pair[1], error);
}

int
mullion_stream_end_send (MullionStreamEnd  *self,
                         GUnixFDList       *ports,
                         GError           **error)
{
  if (self->fd >= 0)
    {
      g_clear_pointer (&self->quota, give_back);
      return put_fd (ports, g_steal_fd (&self->fd), error);
    }
  if (self->is_ours)
    return connect_stream (self, ports, error);

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE,
                       "A stream can be sent once, and not while it is read or written");
  return -1;
}
