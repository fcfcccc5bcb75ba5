/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-transport.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>

/*
 * Transports with somebody in between: the local bus, whose host this process is, a Redis server, which is
 * started for it, and the session bus, at the other end of which is an app whose handlers are called.
 */

#define LOCAL_NAME "io.github.mullion.bench"

#define APP_ID "io.github.mullion.BenchEcho"
#define APP_PATH "/io/github/mullion/BenchEcho"
#define CHANNEL "bench:echo"

/* -- The message bus -- */

static void
connect_bus (BenchTransport *self)
{
  g_signal_connect_swapped (self->bus, "subscribed", G_CALLBACK (bench_transport_answer), self);
  g_signal_connect_swapped (self->bus, "message", G_CALLBACK (bench_transport_answer), self);
  mullion_message_bus_subscribe (self->bus, "answers", NULL);
  mullion_message_bus_open (self->bus);
  g_main_loop_run (self->loop);
}

/* It says something when it listens. */
static gboolean
meet (BenchTransport  *self,
      const char      *mode,
      const char      *name,
      GError         **error)
{
  connect_bus (self);
  if (self->has_ended)
    return bench_transport_fail (error);
  if (!bench_transport_start (self, mode, name, mullion_spawn_options_new (), error))
    return FALSE;

  g_main_loop_run (self->loop);
  return !self->has_ended || bench_transport_fail (error);
}

gboolean
bench_transport_open_local_bus (BenchTransport  *self,
                                GError         **error)
{
  self->bus = MULLION_MESSAGE_BUS (mullion_local_bus_new (LOCAL_NAME));
  return meet (self, "bus", LOCAL_NAME, error);
}

/* Nobody else gets at it, and it keeps nothing. */
static gboolean
start_redis (BenchTransport  *self,
             const char      *path,
             GError         **error)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *argv[] = { "redis-server", "--port", "0", "--unixsocket", path, "--unixsocketperm", "600",
                         "--save", "", "--dir", self->socket_folder, NULL };

  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  self->redis = mullion_child_process_spawn (argv, options, NULL, error);
  if (self->redis == NULL)
    return FALSE;

  g_signal_connect_swapped (self->redis, "exit", G_CALLBACK (bench_transport_end), self);
  return TRUE;
}

gboolean
bench_transport_open_redis (BenchTransport  *self,
                            GError         **error)
{
  g_autofree char *path = NULL;

  self->socket_folder = g_dir_make_tmp ("mullion-bench-XXXXXX", error);
  if (self->socket_folder == NULL)
    return FALSE;

  path = g_build_filename (self->socket_folder, "redis", NULL);
  if (!start_redis (self, path, error))
    return FALSE;

  self->bus = MULLION_MESSAGE_BUS (mullion_redis_bus_new_for_path (path));
  return meet (self, "redis", path, error);
}

gboolean
bench_transport_send_bus (BenchTransport  *self,
                          JsonNode        *message,
                          GError         **error)
{
  return mullion_message_bus_publish (self->bus, "questions", message, error);
}

/* -- D-Bus -- */

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  BenchTransport *self = user_data;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    self->has_ended = TRUE;
  g_main_loop_quit (self->loop);
}

/* The app writes something when its handler can be called, which is later than its name is there. */
gboolean
bench_transport_open_dbus (BenchTransport  *self,
                           GError         **error)
{
  self->session_bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  if (self->session_bus == NULL ||
      !bench_transport_start (self, "dbus", APP_ID, mullion_spawn_options_new (), error))
    return FALSE;

  g_input_stream_read_bytes_async (mullion_child_process_get_stdout (self->child), 64, G_PRIORITY_DEFAULT,
                                   NULL, ready_cb, self);
  g_main_loop_run (self->loop);
  return !self->has_ended || bench_transport_fail (error);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  BenchTransport *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *text = NULL;

  if (answer == NULL)
    {
      g_printerr ("A call over D-Bus failed: %s\n", error->message);
      self->has_ended = TRUE;
      g_main_loop_quit (self->loop);
      return;
    }

  /* Null is the answer to a long one. */
  g_variant_get (answer, "(&s)", &text);
  if (!g_str_equal (text, "null"))
    bench_transport_answer (self);
}

gboolean
bench_transport_send_dbus (BenchTransport  *self,
                           JsonNode        *message,
                           GError         **error)
{
  g_autoptr(JsonNode) list = json_node_alloc ();
  JsonArray *args = json_array_new ();
  g_autofree char *text = NULL;

  json_array_add_element (args, message);
  json_node_init_array (list, args);
  json_array_unref (args);
  text = json_to_string (list, FALSE);
  g_dbus_connection_call (self->session_bus, APP_ID, APP_PATH, "io.github.mullion.IpcMain", "Invoke",
                          g_variant_new ("(ss)", CHANNEL, text), G_VARIANT_TYPE ("(s)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, answered_cb, self);

  return TRUE;
}

/* -- Both -- */

void
bench_transport_clear_bus (BenchTransport *self)
{
  if (self->bus != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->bus, self);
      mullion_message_bus_close (self->bus);
    }
  if (self->redis != NULL)
    {
      g_autofree char *path = g_build_filename (self->socket_folder, "redis", NULL);

      g_signal_handlers_disconnect_by_data (self->redis, self);
      mullion_child_process_kill (self->redis, SIGTERM);
      g_unlink (path);
    }

  g_clear_object (&self->bus);
  g_clear_object (&self->redis);
  g_clear_object (&self->session_bus);
}
