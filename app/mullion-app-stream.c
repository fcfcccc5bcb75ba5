/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-stream.h"

/*
 * The body of a response of the app:// origin: so many bytes of a file, from
 * where it stands, and not one more. WebKit reads a body to its end whatever
 * length it was told, so that a range, or a file that grows while it is read,
 * needs an end of its own. It lives in the main process; the reads come from
 * WebKit on the main loop and are done by GIO on a worker thread.
 */

struct _MullionAppStream
{
  GFilterInputStream parent_instance;

  guint64 remaining;
};

G_DEFINE_FINAL_TYPE (MullionAppStream, mullion_app_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
mullion_app_stream_read (GInputStream  *stream,
                         void          *buffer,
                         gsize          count,
                         GCancellable  *cancellable,
                         GError       **error)
{
  MullionAppStream *self = MULLION_APP_STREAM (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gsize wanted = (gsize) MIN ((guint64) count, self->remaining);
  gssize got = wanted > 0 ? g_input_stream_read (base, buffer, wanted, cancellable, error) : 0;

  if (got > 0)
    self->remaining -= (guint64) got;

  return got;
}

static void
mullion_app_stream_class_init (MullionAppStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = mullion_app_stream_read;
}

static void
mullion_app_stream_init (MullionAppStream *self)
{
}

/*
 * mullion_app_stream_new:
 * @base: (transfer none): a stream, standing at the first byte that is wanted
 * @length: how many bytes are wanted
 *
 * Returns: (transfer full): a stream that ends after @length bytes
 */
GInputStream *
mullion_app_stream_new (GInputStream *base,
                        guint64       length)
{
  MullionAppStream *self = g_object_new (MULLION_TYPE_APP_STREAM, "base-stream", base, NULL);

  self->remaining = length;

  return G_INPUT_STREAM (self);
}
