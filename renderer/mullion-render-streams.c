/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-render-streams.h"

/*
 * MullionRenderStreams: the streams that a document reads and writes.
 *
 * Lives in the web process. The other end may be in the main process, or in another page when the
 * main process passed it on. It is not trusted more than MullionStreamReader and MullionStreamWriter
 * trust it. JavaScript is told that a stream has changed, and asks what it wants to know.
 */

typedef struct
{
  MullionRenderStreams *owner; /* (unowned) */
  guint number;
  MullionStreamReader *reader; /* (nullable): or */
  MullionStreamWriter *writer; /* (nullable) */
} Stream;

struct _MullionRenderStreams
{
  MullionRenderSockets *sockets;
  GHashTable *streams; /* number → Stream; NULL when closed */
  guint last_number;
  JSCValue *changed; /* NULL before listen () */
};

static void
free_stream (gpointer data)
{
  Stream *stream = data;

  g_clear_pointer (&stream->reader, mullion_stream_reader_free);
  g_clear_pointer (&stream->writer, mullion_stream_writer_free);
  mullion_render_sockets_give_back (stream->owner->sockets);
  g_free (stream);
}

MullionRenderStreams *
mullion_render_streams_new (MullionRenderSockets *sockets)
{
  MullionRenderStreams *self = g_rc_box_new0 (MullionRenderStreams);

  self->sockets = mullion_render_sockets_ref (sockets);
  self->streams = g_hash_table_new_full (NULL, NULL, NULL, free_stream);

  return self;
}

MullionRenderStreams *
mullion_render_streams_ref (MullionRenderStreams *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  MullionRenderStreams *self = data;

  mullion_render_streams_close (self);
  mullion_render_sockets_unref (self->sockets);
}

void
mullion_render_streams_unref (MullionRenderStreams *self)
{
  g_rc_box_release_full (self, clear);
}

void
mullion_render_streams_listen (MullionRenderStreams *self,
                               JSCValue             *changed)
{
  g_set_object (&self->changed, changed);
}

void
mullion_render_streams_close (MullionRenderStreams *self)
{
  g_clear_pointer (&self->streams, g_hash_table_unref);
  g_clear_object (&self->changed);
}

/* The runtime's function catches what it calls: what comes here is a mistake of ours. What it runs
 * may end the stream, or the document. */
static void
changed_cb (gpointer user_data)
{
  Stream *stream = user_data;
  g_autoptr(JSCValue) changed = g_object_ref (stream->owner->changed);
  g_autoptr(JSCValue) result =
    jsc_value_function_call (changed, G_TYPE_UINT, stream->number, G_TYPE_NONE);
  JSCContext *context = jsc_value_get_context (changed);
  JSCException *exception = jsc_context_get_exception (context);
  g_autofree char *report = NULL;

  if (exception == NULL)
    return;

  report = jsc_exception_report (exception);
  g_warning ("Telling a page of a stream failed: %s", report);
  jsc_context_clear_exception (context);
}

guint
mullion_render_streams_open (MullionRenderStreams *self,
                             guint                 socket,
                             gboolean              writes)
{
  Stream *stream;
  int fd;

  if (self->changed == NULL || self->streams == NULL)
    return 0;

  fd = mullion_render_sockets_borrow (self->sockets, socket);
  if (fd < 0)
    return 0;

  stream = g_new0 (Stream, 1);
  stream->owner = self;
  stream->number = ++self->last_number;
  if (writes)
    stream->writer = mullion_stream_writer_new (fd, G_PRIORITY_DEFAULT, changed_cb, stream);
  else
    stream->reader = mullion_stream_reader_new (fd, G_PRIORITY_DEFAULT, changed_cb, stream);
  g_hash_table_insert (self->streams, GUINT_TO_POINTER (stream->number), stream);

  return stream->number;
}

static Stream *
find (MullionRenderStreams *self,
      guint                 number)
{
  return self->streams != NULL
    ? g_hash_table_lookup (self->streams, GUINT_TO_POINTER (number)) : NULL;
}

MullionStreamReader *
mullion_render_streams_find_reader (MullionRenderStreams *self,
                                    guint                 number)
{
  Stream *stream = find (self, number);

  return stream != NULL ? stream->reader : NULL;
}

MullionStreamWriter *
mullion_render_streams_find_writer (MullionRenderStreams *self,
                                    guint                 number)
{
  Stream *stream = find (self, number);

  return stream != NULL ? stream->writer : NULL;
}

void
mullion_render_streams_remove (MullionRenderStreams *self,
                               guint                 number)
{
  if (self->streams != NULL)
    g_hash_table_remove (self->streams, GUINT_TO_POINTER (number));
}
