/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-socket-outbox.h"

/*
 * MullionWebSocketOutbox: hands messages to libsoup bit by bit.
 *
 * libsoup takes all that it is given, and does not tell how much of it waits. So it is given a little,
 * and the next when it has nothing left. It writes from a source for the connection's output with the
 * priority G_PRIORITY_DEFAULT; the one here is for the same output and has a lower priority, so it is
 * dispatched only when the connection can be written to and libsoup has nothing to write.
 */

/* Below GDK_PRIORITY_REDRAW, which this folder does not know. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 25)

#define AT_ONCE (256 * 1024)

typedef struct
{
  SoupWebsocketDataType type;
  GBytes *bytes;
} Message;

struct _MullionWebSocketOutbox
{
  SoupWebsocketConnection *link;
  GPollableOutputStream *output;
  void (*flushed) (gpointer owner);
  gpointer owner; /* (unowned) */

  GQueue waiting; /* of Message */
  gsize n_waiting; /* bytes of them, */
  gsize n_given;   /* and those that libsoup has */
  GSource *source; /* (nullable) */
};

static void
free_message (gpointer data)
{
  Message *message = data;

  g_bytes_unref (message->bytes);
  g_free (message);
}

/* What waits when the other end has closed the connection is for nobody. */
static void
drop (MullionWebSocketOutbox *self)
{
  g_queue_clear_full (&self->waiting, free_message);
  self->n_waiting = 0;
}

static void
give (MullionWebSocketOutbox *self)
{
  if (soup_websocket_connection_get_state (self->link) != SOUP_WEBSOCKET_STATE_OPEN)
    drop (self);

  while (self->n_given < AT_ONCE && !g_queue_is_empty (&self->waiting))
    {
      Message *message = g_queue_pop_head (&self->waiting);
      gsize size = g_bytes_get_size (message->bytes);

      self->n_waiting -= size;
      self->n_given += size;
      soup_websocket_connection_send_message (self->link, message->type, message->bytes);
      free_message (message);
    }
}

static gboolean
writable_cb (GObject  *stream,
             gpointer  user_data)
{
  MullionWebSocketOutbox *self = user_data;

  self->n_given = 0;
  if (!g_queue_is_empty (&self->waiting))
    {
      give (self);
      return G_SOURCE_CONTINUE;
    }

  g_clear_pointer (&self->source, g_source_unref);
  self->flushed (self->owner);
  return G_SOURCE_REMOVE;
}

MullionWebSocketOutbox *
mullion_web_socket_outbox_new (SoupWebsocketConnection *link,
                               GOutputStream           *output,
                               void                   (*flushed) (gpointer owner),
                               gpointer                 owner)
{
  MullionWebSocketOutbox *self = g_new0 (MullionWebSocketOutbox, 1);

  self->link = g_object_ref (link);
  self->output = G_POLLABLE_OUTPUT_STREAM (g_object_ref (output));
  self->flushed = flushed;
  self->owner = owner;
  g_queue_init (&self->waiting);

  return self;
}

void
mullion_web_socket_outbox_free (MullionWebSocketOutbox *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  drop (self);
  g_object_unref (self->link);
  g_object_unref (self->output);
  g_free (self);
}

void
mullion_web_socket_outbox_send (MullionWebSocketOutbox *self,
                                SoupWebsocketDataType   type,
                                GBytes                 *bytes)
{
  Message *message = g_new0 (Message, 1);

  message->type = type;
  message->bytes = g_bytes_ref (bytes);
  self->n_waiting += g_bytes_get_size (bytes);
  g_queue_push_tail (&self->waiting, message);
  give (self);

  if (self->source != NULL)
    return;

  self->source = g_pollable_output_stream_create_source (self->output, NULL);
  g_source_set_static_name (self->source, "[mullion] WebSocket");
  g_source_set_priority (self->source, PRIORITY);
  g_source_set_callback (self->source, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->source, NULL);
}

gsize
mullion_web_socket_outbox_get_queued (MullionWebSocketOutbox *self)
{
  return self->n_waiting + self->n_given;
}
