/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bridge.h"

#include <string.h>

/*
 * MullionTopicBridge: topics of the message bus for pages. Main process.
 *
 * A page posts a port to the channel of a topic. What it then posts on the port is published, and what
 * anybody publishes comes on the port. Which topics there are is said by the manifest, and which pages
 * may use one by the grants of its channel; a page cannot name another.
 */

/* Of one app. */
#define MAX_PORTS 256

struct _MullionTopicBridge
{
  MullionApp *app; /* (unowned) */
  MullionMessageBus *bus;
  GHashTable *heard; /* set of the topics that are listened to */
  GArray *listeners; /* of guint */
  GPtrArray *ports;  /* of Line (owned) */
};

/* A port of a page, and its topic. */
typedef struct
{
  MullionTopicBridge *bridge; /* (unowned) */
  MullionMessagePortMain *port;
  char *topic;
  gboolean is_ready; /* what is posted is published; until then it waits in the port */
} Line;

static void
free_line (gpointer data)
{
  Line *line = data;

  g_signal_handlers_disconnect_by_data (line->port, line);
  mullion_message_port_main_close (line->port);
  g_object_unref (line->port);
  g_free (line->topic);
  g_free (line);
}

static void
tell_error (Line         *line,
            const GError *error)
{
  mullion_bridge_tell (line->port, "error", "message",
                       mullion_value_new_string (error->message, -1), NULL);
}

static void
posted_cb (MullionMessagePortMain *port,
           MullionMessageEvent    *event,
           gpointer                user_data)
{
  Line *line = user_data;
  JsonNode *data = mullion_message_event_get_data (event);
  g_autoptr(GError) error = NULL;

  if (!mullion_message_bus_publish (line->bridge->bus, line->topic,
                                    data != NULL ? json_node_ref (data) : NULL, &error))
    tell_error (line, error);
}

static void
closed_cb (MullionMessagePortMain *port,
           gpointer                user_data)
{
  Line *line = user_data;

  g_ptr_array_remove (line->bridge->ports, line);
}

/* A port that is full misses what is published, as anybody who is not there. */
static void
message_cb (MullionMessageBus *bus,
            const char        *topic,
            JsonNode          *value,
            gpointer           user_data)
{
  MullionTopicBridge *self = user_data;

  for (guint i = 0; i < self->ports->len; i++)
    {
      Line *line = self->ports->pdata[i];

      if (g_str_equal (line->topic, topic))
        mullion_bridge_tell (line->port, "message", "value", json_node_ref (value), NULL);
    }
}

/* What the page says first it shall hear itself, as everybody does. */
static void
consider_ready (Line *line)
{
  MullionTopicBridge *self = line->bridge;

  if (line->is_ready || !mullion_message_bus_is_connected (self->bus) ||
      !g_hash_table_contains (self->heard, line->topic))
    return;

  line->is_ready = TRUE;
  mullion_message_port_main_start (line->port);
  mullion_bridge_tell (line->port, "ready", NULL, NULL, NULL);
}

static void
connect_cb (MullionMessageBus *bus,
            gpointer           user_data)
{
  MullionTopicBridge *self = user_data;

  for (guint i = 0; i < self->ports->len; i++)
    consider_ready (self->ports->pdata[i]);
}

static void
subscribed_cb (MullionMessageBus *bus,
               const char        *topic,
               gpointer           user_data)
{
  MullionTopicBridge *self = user_data;

  g_hash_table_add (self->heard, g_strdup (topic));
  connect_cb (bus, self);
}

static void
listen_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  MullionTopicBridge *self = user_data;
  MullionMessagePortMain *port = mullion_bridge_take_port (event);
  Line *line;

  if (port == NULL)
    return;

  if (self->ports->len >= MAX_PORTS)
    {
      mullion_bridge_tell (port, "error", "message",
                           mullion_value_new_string ("Too many ports listen to topics", -1), NULL);
      g_object_unref (port);
      return;
    }

  line = g_new0 (Line, 1);
  line->bridge = self;
  line->port = port;
  line->topic = g_strdup (mullion_ipc_main_event_get_channel (event) + strlen (MULLION_BRIDGE_TOPIC));
  g_ptr_array_add (self->ports, line);
  g_signal_connect (port, "message", G_CALLBACK (posted_cb), line);
  g_signal_connect (port, "close", G_CALLBACK (closed_cb), line);
  consider_ready (line);
}

static void
bus_error_cb (MullionMessageBus *bus,
              const GError      *error,
              gpointer           user_data)
{
  MullionTopicBridge *self = user_data;

  for (guint i = 0; i < self->ports->len; i++)
    tell_error (self->ports->pdata[i], error);
}

/* @name: an address of a Redis server, which the manifest has checked, or the name of a local bus */
static MullionMessageBus *
make_bus (const char *name)
{
  if (strchr (name, ':') != NULL)
    return MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_uri (name, NULL));

  return MULLION_MESSAGE_BUS (mullion_local_bus_new (name));
}

MullionTopicBridge *
mullion_topic_bridge_new (MullionApp        *app,
                          const char *const *topics,
                          const char        *bus)
{
  MullionTopicBridge *self = g_new0 (MullionTopicBridge, 1);

  self->app = app;
  self->bus = make_bus (bus);
  self->heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->listeners = g_array_new (FALSE, FALSE, sizeof (guint));
  self->ports = g_ptr_array_new_with_free_func (free_line);
  g_signal_connect (self->bus, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->bus, "error", G_CALLBACK (bus_error_cb), self);
  g_signal_connect (self->bus, "connect", G_CALLBACK (connect_cb), self);
  g_signal_connect (self->bus, "subscribed", G_CALLBACK (subscribed_cb), self);

  for (const char *const *topic = topics; *topic != NULL; topic++)
    {
      g_autofree char *channel = g_strconcat (MULLION_BRIDGE_TOPIC, *topic, NULL);
      guint id = mullion_ipc_main_on (mullion_app_get_ipc_main (app), channel, listen_cb, self, NULL);

      g_array_append_val (self->listeners, id);
      mullion_message_bus_subscribe (self->bus, *topic, NULL);
    }
  mullion_message_bus_open (self->bus);

  return self;
}

void
mullion_topic_bridge_free (MullionTopicBridge *self)
{
  for (guint i = 0; i < self->listeners->len; i++)
    mullion_ipc_main_off (mullion_app_get_ipc_main (self->app),
                          g_array_index (self->listeners, guint, i));

  g_signal_handlers_disconnect_by_data (self->bus, self);
  mullion_message_bus_close (self->bus);
  g_object_unref (self->bus);
  g_ptr_array_unref (self->ports);
  g_hash_table_unref (self->heard);
  g_array_unref (self->listeners);
  g_free (self);
}
