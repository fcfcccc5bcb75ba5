/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-paced-input.h"

#include "mullion-message-error.h"

/*
 * MullionPacedInput: reads a little at a time, and not before a window is painted.
 *
 * Lives in the main process, between a socket and libsoup, which reads a WebSocket until there is
 * nothing more: whoever sends faster than that would have the main loop for ever. So after some time this
 * says that there is nothing for now, and its source has a priority below that of painting.
 *
 * libsoup limits the size of a fragment of a message, but not how many there are. That is limited here,
 * by what comes between two messages.
 */

/* Below GDK_PRIORITY_REDRAW, which this folder does not know. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

#define SLICE (4 * G_TIME_SPAN_MILLISECOND)

struct _MullionPacedInput
{
  GFilterInputStream parent_instance;

  gint64 until;     /* when the reader has read enough in this turn of the loop; 0 before it does */
  gsize n_unmarked; /* bytes since the last message */
  gsize max;
};

static void mullion_paced_input_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MullionPacedInput, mullion_paced_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      mullion_paced_input_iface_init))

static GPollableInputStream *
get_base (gpointer self)
{
  return G_POLLABLE_INPUT_STREAM (
      g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)));
}

static gboolean
mullion_paced_input_can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (get_base (stream));
}

static gboolean
mullion_paced_input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (get_base (stream));
}

static GSource *
mullion_paced_input_create_source (GPollableInputStream *stream,
                                   GCancellable         *cancellable)
{
  g_autoptr(GSource) child = g_pollable_input_stream_create_source (get_base (stream), NULL);
  GSource *source = g_pollable_source_new_full (stream, child, cancellable);

  g_source_set_priority (source, PRIORITY);
  return source;
}

static gssize
count (MullionPacedInput  *self,
       gssize              n,
       GError            **error)
{
  if (n <= 0)
    {
      self->until = 0;
      return n;
    }

  self->n_unmarked += (gsize) n;
  if (self->n_unmarked <= self->max)
    return n;

  g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
               "A message has more than %" G_GSIZE_FORMAT " bytes in its parts", self->max);
  return -1;
}

static gssize
mullion_paced_input_read_nonblocking (GPollableInputStream  *stream,
                                      void                  *buffer,
                                      gsize                  size,
                                      GError               **error)
{
  MullionPacedInput *self = MULLION_PACED_INPUT (stream);
  gint64 now = g_get_monotonic_time ();
  gssize n;

  if (self->until == 0)
    self->until = now + SLICE;
  if (now >= self->until)
    {
      self->until = 0;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Enough for this turn");
      return -1;
    }

  n = g_pollable_input_stream_read_nonblocking (get_base (self), buffer, size, NULL, error);
  return count (self, n, error);
}

static void
mullion_paced_input_iface_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = mullion_paced_input_can_poll;
  iface->is_readable = mullion_paced_input_is_readable;
  iface->create_source = mullion_paced_input_create_source;
  iface->read_nonblocking = mullion_paced_input_read_nonblocking;
}

static void
mullion_paced_input_class_init (MullionPacedInputClass *klass)
{
}

static void
mullion_paced_input_init (MullionPacedInput *self)
{
  self->max = G_MAXSIZE;
}

MullionPacedInput *
mullion_paced_input_new (GInputStream *base)
{
  /* The base is its connection's, which closes it. */
  return g_object_new (MULLION_TYPE_PACED_INPUT, "base-stream", base, "close-base-stream", FALSE,
                       NULL);
}

void
mullion_paced_input_set_max (MullionPacedInput *self,
                             gsize              max)
{
  self->max = max;
}

void
mullion_paced_input_mark (MullionPacedInput *self)
{
  self->n_unmarked = 0;
}
