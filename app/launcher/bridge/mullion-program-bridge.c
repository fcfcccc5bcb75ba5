/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-bridge.h"

#include <signal.h>
#include <string.h>

/*
 * MullionProgramBridge: programs that pages may run. Main process.
 *
 * A page posts a port to the channel of a program, which runs then: what it writes comes on the port,
 * and what the page posts there it can read. What is run, with which arguments and where, is said by
 * the manifest alone; nothing of it is the page's, and there is no shell. When the port is closed, as
 * by the end of its page, the program is ended.
 */

#define MAX_RUNNING 16

#define CHUNK_SIZE (64u * 1024)

/* What the page may post that the program has not read. */
#define MAX_UNREAD (16u * 1024 * 1024)

/* How soon it is looked again whether a page reads its port. */
#define PAUSE_MS 50

struct _MullionProgramBridge
{
  MullionApp *app; /* (unowned) */
  GHashTable *programs; /* name → GStrv */
  char *folder;
  GArray *listeners; /* of guint */
  GPtrArray *runs;   /* of Run (unowned) */
};

/* A program that runs. What is under way has a reference of it. */
typedef struct
{
  gatomicrefcount ref_count;
  MullionProgramBridge *bridge; /* (nullable) (unowned): NULL when the run is over */
  MullionMessagePortMain *port;
  MullionChildProcess *child; /* (nullable) */
  GCancellable *cancellable;
  GByteArray *input;   /* that waits to be written */
  GByteArray *writing; /* that is being written */
  gboolean ends_input;
  int code; /* how it has ended */
  int signal_number;
} Run;

/* What a program wrote, on its way to the page. */
typedef struct
{
  Run *run; /* (owned) */
  GInputStream *stream;
  const char *type;
  GBytes *bytes;
} Output;

static void read_output (Output *output);

static void
release (Run *run)
{
  if (!g_atomic_ref_count_dec (&run->ref_count))
    return;

  g_object_unref (run->port);
  g_clear_object (&run->child);
  g_object_unref (run->cancellable);
  g_byte_array_unref (run->input);
  g_byte_array_unref (run->writing);
  g_free (run);
}

static Run *
retain (Run *run)
{
  g_atomic_ref_count_inc (&run->ref_count);
  return run;
}

/* Whoever ends it first: the page, the program or the app. */
static void
end (Run *run)
{
  if (run->bridge == NULL)
    return;

  g_ptr_array_remove (run->bridge->runs, run);
  run->bridge = NULL;
  g_cancellable_cancel (run->cancellable);
  g_signal_handlers_disconnect_by_data (run->port, run);
  mullion_message_port_main_close (run->port);
  if (run->child != NULL)
    {
      g_signal_handlers_disconnect_by_data (run->child, run);
      mullion_child_process_kill (run->child, SIGTERM);
    }
  release (run);
}

/* -- What the program says -- */

static void
free_output (Output *output)
{
  release (output->run);
  g_object_unref (output->stream);
  g_clear_pointer (&output->bytes, g_bytes_unref);
  g_free (output);
}

/* A page whose process does not keep up makes the program wait. */
static gboolean
tell_output_cb (gpointer user_data)
{
  Output *output = user_data;
  g_autoptr(GError) error = NULL;

  if (output->run->bridge == NULL)
    {
      free_output (output);
      return G_SOURCE_REMOVE;
    }

  if (mullion_bridge_tell (output->run->port, output->type, "data",
                           mullion_value_new_bytes (g_bytes_ref (output->bytes)), &error))
    read_output (output);
  else if (g_error_matches (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE))
    g_timeout_add (PAUSE_MS, tell_output_cb, output);
  else
    free_output (output);

  return G_SOURCE_REMOVE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Output *output = user_data;

  g_clear_pointer (&output->bytes, g_bytes_unref);
  output->bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (output->bytes == NULL || g_bytes_get_size (output->bytes) == 0)
    free_output (output);
  else
    tell_output_cb (output);
}

static void
read_output (Output *output)
{
  g_input_stream_read_bytes_async (output->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT_IDLE,
                                   output->run->cancellable, read_cb, output);
}

static void
follow (Run          *run,
        GInputStream *stream,
        const char   *type)
{
  Output *output = g_new0 (Output, 1);

  output->run = retain (run);
  output->stream = g_object_ref (stream);
  output->type = type;
  read_output (output);
}

static JsonNode *
make_exit (Run *run)
{
  JsonObject *object = json_object_new ();
  JsonNode *message = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, "type", "exit");
  json_object_set_int_member (object, "code", run->code);
  json_object_set_int_member (object, "signal", run->signal_number);

  return message;
}

/* The page has no other way to hear of it, so this waits for the page as output does. */
static gboolean
tell_exit_cb (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr(GError) error = NULL;

  if (run->bridge != NULL &&
      !mullion_message_port_main_post_message (run->port, make_exit (run), NULL, 0, &error) &&
      g_error_matches (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE))
    g_timeout_add (PAUSE_MS, tell_exit_cb, run);
  else
    {
      end (run);
      release (run);
    }

  return G_SOURCE_REMOVE;
}

/* All that it wrote was told before. */
static void
close_cb (MullionChildProcess *child,
          int                  code,
          int                  signal_number,
          gpointer             user_data)
{
  Run *run = user_data;

  run->code = code;
  run->signal_number = signal_number;
  tell_exit_cb (retain (run));
}

/* -- What the page says -- */

static void write_input (Run *run);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Run *run = user_data;

  /* A program that reads no more is no error of the page. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_byte_array_set_size (run->writing, 0);
  write_input (run);
  release (run);
}

static void
write_input (Run *run)
{
  GOutputStream *stream = run->child != NULL ? mullion_child_process_get_stdin (run->child) : NULL;
  GByteArray *batch = run->input;

  if (run->bridge == NULL || stream == NULL || run->writing->len > 0)
    return;

  if (batch->len == 0)
    {
      if (run->ends_input)
        g_output_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }

  run->input = run->writing;
  run->writing = batch;
  g_output_stream_write_all_async (stream, batch->data, batch->len, G_PRIORITY_DEFAULT,
                                   run->cancellable, written_cb, retain (run));
}

static void
refuse (Run        *run,
        const char *reason)
{
  mullion_bridge_tell (run->port, "error", "message", mullion_value_new_string (reason, -1), NULL);
}

/* (nullable): the bytes of a text, or bytes */
static GBytes *
get_input (JsonNode *message)
{
  g_autofree char *text = mullion_bridge_dup_text (message, "data");
  JsonNode *data;

  if (text != NULL)
    return g_bytes_new (text, strlen (text));
  if (message == NULL || mullion_value_get_kind (message) != MULLION_VALUE_OBJECT)
    return NULL;

  data = mullion_value_get_member (message, "data");
  return data != NULL ? mullion_value_dup_bytes (data) : NULL;
}

static void
take_input (Run      *run,
            JsonNode *message)
{
  g_autoptr(GBytes) bytes = get_input (message);

  if (bytes == NULL)
    refuse (run, "“data” has to be a text, or bytes");
  else if (run->ends_input)
    refuse (run, "The input of the program was ended");
  else if (run->input->len + run->writing->len + g_bytes_get_size (bytes) > MAX_UNREAD)
    refuse (run, "The program does not read its input");
  else
    {
      g_byte_array_append (run->input, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      write_input (run);
    }
}

static void
posted_cb (MullionMessagePortMain *port,
           MullionMessageEvent    *event,
           gpointer                user_data)
{
  Run *run = user_data;
  JsonNode *message = mullion_message_event_get_data (event);
  g_autofree char *type = mullion_bridge_dup_text (message, "type");

  if (g_strcmp0 (type, "stdin") == 0)
    take_input (run, message);
  else if (g_strcmp0 (type, "kill") == 0)
    mullion_child_process_kill (run->child, SIGTERM);
  else if (g_strcmp0 (type, "end") == 0)
    {
      run->ends_input = TRUE;
      write_input (run);
    }
  else
    refuse (run, "“type” has to be “stdin”, “end” or “kill”");
}

static void
closed_cb (MullionMessagePortMain *port,
           gpointer                user_data)
{
  end (user_data);
}

/* -- Starting -- */

static Run *
make_run (MullionProgramBridge   *self,
          MullionMessagePortMain *port)
{
  Run *run = g_new0 (Run, 1);

  g_atomic_ref_count_init (&run->ref_count);
  run->bridge = self;
  run->port = port;
  run->cancellable = g_cancellable_new ();
  run->input = g_byte_array_new ();
  run->writing = g_byte_array_new ();
  g_ptr_array_add (self->runs, run);
  g_signal_connect (port, "close", G_CALLBACK (closed_cb), run);

  return run;
}

static void
start (Run               *run,
       const char *const *argv)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autoptr(GError) error = NULL;

  mullion_spawn_options_set_cwd (options, run->bridge->folder);
  mullion_spawn_options_set_ends_with_app (options, TRUE);
  run->child = mullion_child_process_spawn (argv, options, NULL, &error);
  if (run->child == NULL)
    {
      refuse (run, error->message);
      end (run);
      return;
    }

  g_signal_connect (run->child, "close", G_CALLBACK (close_cb), run);
  g_signal_connect (run->port, "message", G_CALLBACK (posted_cb), run);
  follow (run, mullion_child_process_get_stdout (run->child), "stdout");
  follow (run, mullion_child_process_get_stderr (run->child), "stderr");
  mullion_message_port_main_start (run->port);
}

static void
run_cb (MullionIpcMainEvent *event,
        JsonArray           *args,
        gpointer             user_data)
{
  MullionProgramBridge *self = user_data;
  const char *name = mullion_ipc_main_event_get_channel (event) + strlen (MULLION_BRIDGE_PROGRAM);
  MullionMessagePortMain *port = mullion_bridge_take_port (event);
  Run *run;

  if (port == NULL)
    return;

  run = make_run (self, port);
  if (self->runs->len > MAX_RUNNING)
    {
      refuse (run, "Too many programs are running");
      end (run);
    }
  else
    start (run, g_hash_table_lookup (self->programs, name));
}

MullionProgramBridge *
mullion_program_bridge_new (MullionApp *app,
                            GHashTable *programs,
                            const char *folder)
{
  MullionProgramBridge *self = g_new0 (MullionProgramBridge, 1);
  GHashTableIter iter;
  gpointer name;

  self->app = app;
  self->programs = g_hash_table_ref (programs);
  self->folder = g_strdup (folder);
  self->listeners = g_array_new (FALSE, FALSE, sizeof (guint));
  self->runs = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, programs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *channel = g_strconcat (MULLION_BRIDGE_PROGRAM, name, NULL);
      guint id = mullion_ipc_main_on (mullion_app_get_ipc_main (app), channel, run_cb, self, NULL);

      g_array_append_val (self->listeners, id);
    }

  return self;
}

void
mullion_program_bridge_free (MullionProgramBridge *self)
{
  for (guint i = 0; i < self->listeners->len; i++)
    mullion_ipc_main_off (mullion_app_get_ipc_main (self->app),
                          g_array_index (self->listeners, guint, i));

  while (self->runs->len > 0)
    end (self->runs->pdata[self->runs->len - 1]);
  g_ptr_array_unref (self->runs);
  g_array_unref (self->listeners);
  g_hash_table_unref (self->programs);
  g_free (self->folder);
  g_free (self);
}
