/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-child-output.h"

#include "mullion-instant-close.h"

/*
 * MullionChildOutput: what a child process writes, and when that is over.
 *
 * Lives in the main process. It is a GUnixInputStream: nothing is read before the app reads, so a
 * pipe that is full makes the child wait. It tells its end besides, which the process needs to know
 * for its own `close`.
 */

struct _MullionChildOutput
{
  GUnixInputStream parent_instance;

  int has_ended; /* (atomic): streams may be read in any thread */
  gboolean is_disposed;
};

enum
{
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionChildOutput, mullion_child_output, G_TYPE_UNIX_INPUT_STREAM)

static gboolean
tell_ended_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[ENDED], 0);
  return G_SOURCE_REMOVE;
}

static void
end (MullionChildOutput *self)
{
  if (!self->is_disposed && g_atomic_int_compare_and_exchange (&self->has_ended, FALSE, TRUE))
    g_idle_add_full (G_PRIORITY_DEFAULT, tell_ended_cb, g_object_ref (self), g_object_unref);
}

static gssize
mullion_child_output_read (GInputStream  *stream,
                           void          *buffer,
                           gsize          count,
                           GCancellable  *cancellable,
                           GError       **error)
{
  GInputStreamClass *parent = G_INPUT_STREAM_CLASS (mullion_child_output_parent_class);
  gssize n = parent->read_fn (stream, buffer, count, cancellable, error);

  if (n == 0 && count > 0)
    end (MULLION_CHILD_OUTPUT (stream));

  return n;
}

static gboolean
mullion_child_output_close (GInputStream  *stream,
                            GCancellable  *cancellable,
                            GError       **error)
{
  end (MULLION_CHILD_OUTPUT (stream));

  return G_INPUT_STREAM_CLASS (mullion_child_output_parent_class)->close_fn (stream, cancellable,
                                                                             error);
}

static void
mullion_child_output_dispose (GObject *object)
{
  MULLION_CHILD_OUTPUT (object)->is_disposed = TRUE;

  G_OBJECT_CLASS (mullion_child_output_parent_class)->dispose (object);
}

static void
mullion_child_output_class_init (MullionChildOutputClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_child_output_dispose;
  stream_class->read_fn = mullion_child_output_read;
  stream_class->close_fn = mullion_child_output_close;
  mullion_instant_close_install (stream_class);

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
mullion_child_output_init (MullionChildOutput *self)
{
}

GInputStream *
mullion_child_output_new (int fd)
{
  return g_object_new (MULLION_TYPE_CHILD_OUTPUT, "fd", fd, "close-fd", TRUE, NULL);
}
