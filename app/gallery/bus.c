/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * A topic of the message bus: what one program says, all hear that have subscribed. The page that joined
 * last is told of it here.
 *
 * The engine is the local one, which needs no server, or Redis: then this starts a server on the
 * loopback device where one is installed, which ends with the app.
 */

#define TOPIC "gallery"

#define LOCAL_NAME "io.github.mullion.Gallery"

#define MAX_TEXT 500

/* Not that of a server which is there for something else. */
#define REDIS_PORT 16379

typedef struct
{
  MullionMessageBus *bus;     /* (nullable) */
  MullionChildProcess *redis; /* (nullable) */
  MullionWebContents *page;   /* (nullable) (weak): who has joined */
} Bus;

static void
tell (Bus        *self,
      const char *channel,
      JsonNode   *value)
{
  if (self->page != NULL)
    mullion_web_contents_send (self->page, channel, gallery_args_new (value, NULL));
  else
    json_node_unref (value);
}

static void
message_cb (MullionMessageBus *bus,
            const char        *topic,
            JsonNode          *value,
            Bus               *self)
{
  tell (self, "bus:message", json_node_copy (value));
}

static void
connect_cb (MullionMessageBus *bus,
            Bus               *self)
{
  tell (self, "bus:state", gallery_string_node ("connected"));
}

static void
disconnect_cb (MullionMessageBus *bus,
               Bus               *self)
{
  tell (self, "bus:state", gallery_string_node ("disconnected"));
}

static void
error_cb (MullionMessageBus *bus,
          const GError      *error,
          Bus               *self)
{
  tell (self, "bus:error", gallery_string_node (error->message));
}

static void
leave (Bus *self)
{
  if (self->bus == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->bus, self);
  mullion_message_bus_close (self->bus);
  g_clear_object (&self->bus);
}

static gboolean
start_redis (Bus     *self,
             GError **error)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autofree char *port = g_strdup_printf ("%d", REDIS_PORT);
  const char *argv[] = { "redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", NULL };

  if (self->redis != NULL && mullion_child_process_is_running (self->redis))
    return TRUE;

  mullion_spawn_options_set_stdio (options, 0, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  g_clear_object (&self->redis);
  self->redis = mullion_child_process_spawn (argv, options, NULL, error);

  return self->redis != NULL;
}

static gboolean
join (Bus         *self,
      const char  *engine,
      GError     **error)
{
  leave (self);
  if (!g_str_equal (engine, "redis"))
    self->bus = MULLION_MESSAGE_BUS (mullion_local_bus_new (LOCAL_NAME));
  else if (start_redis (self, error))
    self->bus = MULLION_MESSAGE_BUS (mullion_redis_bus_new ("127.0.0.1", REDIS_PORT));
  else
    return FALSE;

  g_signal_connect (self->bus, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->bus, "connect", G_CALLBACK (connect_cb), self);
  g_signal_connect (self->bus, "disconnect", G_CALLBACK (disconnect_cb), self);
  g_signal_connect (self->bus, "error", G_CALLBACK (error_cb), self);
  mullion_message_bus_subscribe (self->bus, TOPIC, NULL);
  mullion_message_bus_open (self->bus);
  return TRUE;
}

static void
join_handler (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  Bus *self = user_data;
  GError *error = NULL;
  const char *engine = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  g_set_weak_pointer (&self->page, mullion_ipc_main_invoke_event_get_sender (event));
  if (engine != NULL && join (self, engine, &error))
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
publish_handler (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  Bus *self = user_data;
  GError *error = NULL;
  const char *text = gallery_args_get_string (args, 0, MAX_TEXT, &error);

  if (text != NULL && self->bus == NULL)
    g_set_error_literal (&error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_CLOSED, "Join the bus first");
  else if (text != NULL)
    mullion_message_bus_publish (self->bus, TOPIC, gallery_string_node (text), &error);

  if (error == NULL)
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
leave_listener (MullionIpcMainEvent *event,
                JsonArray           *args,
                gpointer             user_data)
{
  leave (user_data);
}

static void
free_bus (gpointer data)
{
  Bus *self = data;

  leave (self);
  g_clear_object (&self->redis);
  g_clear_weak_pointer (&self->page);
  g_free (self);
}

void
gallery_bus_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  Bus *self = g_new0 (Bus, 1);

  mullion_ipc_main_handle (ipc, "bus:publish", publish_handler, self, NULL);
  mullion_ipc_main_on (ipc, "bus:leave", leave_listener, self, NULL);
  mullion_ipc_main_handle (ipc, "bus:join", join_handler, self, free_bus);
}
