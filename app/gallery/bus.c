/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <unistd.h>

/*
 * A topic of the message bus: what one program says, all hear that have subscribed. The page that joined
 * last is told of it here.
 *
 * The engine is the local one, which needs no server, or Redis: then the first instance of this app
 * starts a server where one is installed, which ends with the app. It listens at a Unix socket that is
 * its user's alone, and at no port, to which others could connect.
 */

#define TOPIC "gallery"

#define LOCAL_NAME "io.github.mullion.Gallery"

#define MAX_TEXT 500

typedef struct
{
  MullionMessageBus *bus;     /* (nullable) */
  MullionChildProcess *redis; /* (nullable) */
  MullionChildProcess *other; /* (nullable): the second instance */
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

/* What is published now is heard, here too. */
static void
subscribed_cb (MullionMessageBus *bus,
               const char        *topic,
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

static char *
build_redis_path (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "mullion-gallery-redis", NULL);
}

/* A connection to a Unix socket is made or refused at once, except to a server that hangs and to which
 * more want to connect than may wait: that is somebody, too. */
static gboolean
is_anybody_at (const char *path)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (socket == NULL)
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  return g_socket_connect (socket, address, NULL, &error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* A second server would take the place of the first one's socket. */
static gboolean
start_redis (Bus         *self,
             const char  *path,
             GError     **error)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *argv[] = { "redis-server", "--port", "0", "--unixsocket", path, "--unixsocketperm", "600",
                         "--save", "", NULL };

  if (is_anybody_at (path) || (self->redis != NULL && mullion_child_process_is_running (self->redis)))
    return TRUE;

  mullion_spawn_options_set_stdio (options, 0, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  g_clear_object (&self->redis);
  self->redis = mullion_child_process_spawn (argv, options, NULL, error);

  return self->redis != NULL;
}

static void
end_other (Bus *self)
{
  if (self->other != NULL)
    mullion_child_process_kill (self->other, SIGTERM);
  g_clear_object (&self->other);
}

static gboolean
join (Bus         *self,
      const char  *engine,
      GError     **error)
{
  g_autofree char *path = build_redis_path ();

  leave (self);
  if (!g_str_equal (engine, "redis"))
    self->bus = MULLION_MESSAGE_BUS (mullion_local_bus_new (LOCAL_NAME));
  else if (start_redis (self, path, error))
    self->bus = MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_path (path));
  else
    return FALSE;

  g_signal_connect (self->bus, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->bus, "subscribed", G_CALLBACK (subscribed_cb), self);
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
    mullion_ipc_main_invoke_event_return (event, gallery_number_node (getpid ()));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

/* Another process, with everything of its own. It ends when the page is left, or this app. */
static void
start_instance_handler (MullionIpcMainInvokeEvent *event,
                        JsonArray                 *args,
                        gpointer                   user_data)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  Bus *self = user_data;
  GError *error = NULL;
  const char *engine = gallery_args_get_string (args, 0, MAX_TEXT, &error);
  const char *place = g_strcmp0 (engine, "redis") == 0 ? "bus/redis" : "bus/local";
  const char *argv[] = { program, "--new-instance", "--", place, NULL };

  for (int fd = 0; fd <= 2; fd++)
    mullion_spawn_options_set_stdio (options, (guint) fd, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  if (engine != NULL)
    {
      end_other (self);
      self->other = mullion_child_process_spawn (argv, options, NULL, &error);
    }

  gallery_reply (event, error);
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

  gallery_reply (event, error);
}

static void
leave_listener (MullionIpcMainEvent *event,
                JsonArray           *args,
                gpointer             user_data)
{
  leave (user_data);
  end_other (user_data);
}

static void
free_bus (gpointer data)
{
  Bus *self = data;

  leave (self);
  end_other (self);
  g_clear_object (&self->redis);
  g_clear_weak_pointer (&self->page);
  g_free (self);
}

void
gallery_bus_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  Bus *self = g_new0 (Bus, 1);

  mullion_ipc_main_handle (ipc, "bus:start-instance", start_instance_handler, self, NULL);
  mullion_ipc_main_handle (ipc, "bus:publish", publish_handler, self, NULL);
  mullion_ipc_main_on (ipc, "bus:leave", leave_listener, self, NULL);
  mullion_ipc_main_handle (ipc, "bus:join", join_handler, self, free_bus);
}
