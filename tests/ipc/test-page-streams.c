/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include "mullion-wire.h"


/* Streams between the main process and real pages: tests/ipc/apps/streams has the page. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"streams/preload.js\" } }"
#define MIB (1024 * 1024)
#define CHUNK (256 * 1024)

typedef struct
{
  IpcWindow *window;
  IpcWindow *other; /* (nullable): to which `relay` sends */
  guint64 n_put;    /* of what a source made */
  guint64 n_wanted; /* as many it makes at all */
  guint n_opened;
  guint n_destroyed;
  GPtrArray *kept;      /* events whose streams live on with them */
  GInputStream *input;  /* (nullable): that a page sent */
  GOutputStream *output; /* (nullable): the same, or that a page writes to */
  GBytes *bytes;         /* (nullable): what was read */
  GError *error;
  gboolean is_done;
} Fixture;

static guint8
byte_at (guint64 place)
{
  return ((guint32) place * 2654435761u) >> 13;
}

static GBytes *
make_bytes (guint64 at,
            gsize   size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = byte_at (at + i);

  return g_bytes_new_take (bytes, size);
}

/* -- What the main process has -- */

static void
pull_cb (MullionStreamSource *source,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  gsize size = MIN (CHUNK, fixture->n_wanted - fixture->n_put);

  if (size == 0)
    {
      mullion_stream_source_end (source);
      return;
    }

  mullion_stream_source_put (source, make_bytes (fixture->n_put, size));
  fixture->n_put += size;
}

/* The same memory each time: what is measured then is not the making of it. */
static void
pull_zeros_cb (MullionStreamSource *source,
               gpointer             user_data)
{
  static const guint8 zeros[CHUNK];
  Fixture *fixture = user_data;

  if (fixture->n_put >= fixture->n_wanted)
    {
      mullion_stream_source_end (source);
      return;
    }

  mullion_stream_source_put (source, g_bytes_new_static (zeros, CHUNK));
  fixture->n_put += CHUNK;
}

static void
pull_once_cb (MullionStreamSource *source,
              gpointer             user_data)
{
  Fixture *fixture = user_data;

  if (fixture->n_put++ == 0)
    mullion_stream_source_put (source, g_bytes_new_static ("abc", 3));
  else
    mullion_stream_source_fail (source, g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room"));
}

static void
destroy_cb (gpointer user_data)
{
  ((Fixture *) user_data)->n_destroyed++;
}

static JsonNode *
new_source (Fixture               *fixture,
            MullionStreamPullFunc  pull)
{
  g_autoptr(MullionStreamSource) source = mullion_stream_source_new (pull, fixture, destroy_cb);

  fixture->n_put = 0;
  fixture->n_opened++;

  return mullion_value_new_input_stream (G_INPUT_STREAM (source));
}

static void
open_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;

  fixture->n_wanted = json_array_get_int_element (args, 0);
  mullion_ipc_main_invoke_event_return (event, new_source (fixture, pull_cb));
}

static void
open_zeros_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  Fixture *fixture = user_data;

  fixture->n_wanted = json_array_get_int_element (args, 0);
  mullion_ipc_main_invoke_event_return (event, new_source (fixture, pull_zeros_cb));
}

static void
open_failing_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, new_source (user_data, pull_once_cb));
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &fixture->error);
  fixture->bytes =
    g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  fixture->is_done = TRUE;
}

static void
read_all (Fixture *fixture)
{
  g_autoptr(GOutputStream) copy = g_memory_output_stream_new_resizable ();

  g_output_stream_splice_async (copy, fixture->input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                read_cb, fixture);
}

static void
take_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  JsonNode *value = json_array_get_element (args, 0);
  GInputStream *input = mullion_value_get_input_stream (value);
  GOutputStream *output = mullion_value_get_output_stream (value);

  g_assert_true ((input != NULL) != (output != NULL));
  g_set_object (&fixture->input, input);
  g_set_object (&fixture->output, output);
}

static void
keep_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  g_ptr_array_add (((Fixture *) user_data)->kept, g_object_ref (event));
}

static void
relay_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(JsonArray) message = json_array_new ();

  json_array_add_string_element (message, "relayed");
  json_array_add_element (message, json_array_dup_element (args, 0));
  mullion_web_contents_send (fixture->other->contents, "stream", g_steal_pointer (&message));
}

static void
write_to_cb (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  Fixture *fixture = user_data;

  g_clear_object (&fixture->output);
  fixture->output = g_memory_output_stream_new_resizable ();
  mullion_ipc_main_invoke_event_return (event, mullion_value_new_output_stream (fixture->output));
}

/* -- Fixture -- */

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->kept = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_handle (ipc, "open", open_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "open-zeros", open_zeros_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "open-failing", open_failing_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "write-to", write_to_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "take", take_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "keep", keep_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "relay", relay_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->window, "streams/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());
  const char *channels[] = { "open", "open-zeros", "open-failing", "write-to", "echo" };

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    mullion_ipc_main_remove_handler (ipc, channels[i]);
  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  g_ptr_array_unref (fixture->kept);
  g_clear_object (&fixture->input);
  g_clear_object (&fixture->output);
  g_clear_pointer (&fixture->bytes, g_bytes_unref);
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->window, ipc_window_free);
  /* Whatever was read of a source: nothing of it outlives the page. */
  ipc_wait_until (fixture->n_destroyed == fixture->n_opened);
  assert_warned ();
}

static void
assert_bytes (GBytes *bytes,
              gsize   size)
{
  g_autoptr(GBytes) expected = make_bytes (0, size);

  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
wait_done (Fixture *fixture)
{
  ipc_wait_until (fixture->is_done);
  fixture->is_done = FALSE;
}

/* -- C to a page -- */

static void
test_read (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.invoke('open', 10000001).then(check)", "10000001");
  g_assert_cmpuint (fixture->n_put, ==, 10000001);
  ipc_wait_until (fixture->n_destroyed == 1);

  ipc_assert_run (fixture->window, "api.invoke('open', 0).then(check)", "0");
  ipc_assert_run (fixture->window, "api.readHere('open', 10000001)", "10000001");
}

static void
test_read_event (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(JsonArray) args = json_array_new ();

  fixture->n_wanted = 1000;
  json_array_add_string_element (args, "one");
  json_array_add_element (args, new_source (fixture, pull_cb));
  mullion_web_contents_send (fixture->window->contents, "stream", g_steal_pointer (&args));
  ipc_assert_run (fixture->window, "arrived.promise.then((name) => check(kept[name]))", "1000");
}

/* What the page gets is its own, whatever way the bytes went. */
static void
test_read_in_page (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "(async () => {"
                  "  const stream = await api.invoke('open', 100);"
                  "  for await (const chunk of stream)"
                  "    return [chunk.constructor === Uint8Array, chunk.buffer instanceof ArrayBuffer,"
                  "            stream instanceof ReadableStream].join();"
                  "})()", "\"true,true,true\"");
  ipc_assert_run (fixture->window,
                  "api.isLockedAfter('open', 1000).then(async ({ isLocked, stream }) =>"
                  "  [isLocked(), await check(stream), isLocked()].join())", "\"true,1000,true\"");
  ipc_assert_run (fixture->window, "api.isLockedAfter('open', 1000).then(({ again }) =>"
                  "  failure(new Promise(() => again())))",
                  "\"Error|Error|An object could not be cloned.||\"");
}

/* What the preload has read is not read again. */
static void
test_read_part (Fixture       *fixture,
                gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.readPart('open', 10000001).then(async ({ size, stream }) =>"
                  "  size > 0 && size < 10000001 && size + await count(stream))", "10000001");
}

/* A reader that stops stops the source. */
static void
test_slow_reader (Fixture       *fixture,
                  gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.invoke('open-zeros', 1e12).then((stream) => {"
                  "  kept.reader = stream.getReader(); kept.size = 0; })", "null");
  ipc_settle ();
  g_assert_cmpuint (fixture->n_put, ==, 0);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *size =
        ipc_window_run (fixture->window,
                        "kept.reader.read().then(({ value }) => kept.size += value.length)");

      g_assert_cmpuint (fixture->n_put, <=,
                        g_ascii_strtoull (size, NULL, 10) + MULLION_STREAM_WINDOW + CHUNK);
    }
  ipc_assert_run (fixture->window, "kept.reader.cancel(new Error('enough')).then(() => 1)", "1");
  ipc_wait_until (fixture->n_destroyed == 1);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "(async () => {"
                  "  for await (const chunk of await api.invoke('open-zeros', 1e12)) break;"
                  "})()", "null");
  ipc_wait_until (fixture->n_destroyed == 1);

  /* Nobody can read it any more. */
  ipc_assert_run (fixture->window,
                  "api.invoke('open-zeros', 1e12).then((stream) => stream.getReader().read())"
                  "  .then(({ done }) => done)", "false");
  mullion_web_contents_load_file (fixture->window->contents, "streams/index.html");
  ipc_wait_until (fixture->n_destroyed == 2);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

static void
test_fail (Fixture       *fixture,
           gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "(async () => {"
                  "  const reader = (await api.invoke('open-failing')).getReader();"
                  "  const { value } = await reader.read();"
                  "  return new TextDecoder().decode(value) + ' ' + await failure(reader.read());"
                  "})()", "\"abc Error|Error|no room|g-io-error-quark|12\"");
}

/* -- A page to C -- */

static void
test_upload (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.send('take', make(10000001, 77777)); 0", "0");
  ipc_wait_until (fixture->input != NULL);
  read_all (fixture);
  wait_done (fixture);
  g_assert_no_error (fixture->error);
  assert_bytes (fixture->bytes, 10000001);
}

/* Each chunk takes more writes than one, and is less than what credit is given for at once. */
static void
test_upload_large_chunks (Fixture       *fixture,
                          gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.send('take', make(10000001, 700000)); 0", "0");
  ipc_wait_until (fixture->input != NULL);
  read_all (fixture);
  wait_done (fixture);
  g_assert_no_error (fixture->error);
  assert_bytes (fixture->bytes, 10000001);
}

/* Nothing is asked of the page's stream before somebody reads, and not much more than was read. */
static void
test_upload_slow (Fixture       *fixture,
                  gconstpointer  data)
{
  guint8 buffer[1000];

  ipc_assert_run (fixture->window, "api.send('take', make(1e9, 100000)); made", "0");
  ipc_wait_until (fixture->input != NULL);
  ipc_assert_run (fixture->window, "made", "0");
  ipc_wait_until (g_input_stream_read (fixture->input, buffer, sizeof buffer, NULL, NULL) > 0);
  for (int i = 0; i < 10; i++)
    ipc_assert_run (fixture->window, "made <= 5 << 20", "true");
  mullion_readable_stream_cancel (MULLION_READABLE_STREAM (fixture->input),
                                  g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "enough"));
  ipc_assert_run (fixture->window, "ended.promise", "\"Error|Error|enough|g-io-error-quark|0\"");
}

static void
test_upload_fails (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.send('take',"
                  "  new ReadableStream({ pull() { throw new TypeError('boom'); } })); 0", "0");
  ipc_wait_until (fixture->input != NULL);
  read_all (fixture);
  wait_done (fixture);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_SCRIPT);
  g_assert_cmpstr (fixture->error->message, ==, "Error: boom");
}

/* A stream that no handler takes is cancelled with its event. */
static void
test_upload_unheard (Fixture       *fixture,
                     gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.send('nobody', make(1e9, 1000)); ended.promise",
                  "\"Error|Error|The other end of the stream is gone: The other end "
                  "closed the channel||\"");
}

static void
test_upload_gone (Fixture       *fixture,
                  gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.send('take', make(1e9, 1000)); 0", "0");
  ipc_wait_until (fixture->input != NULL);
  read_all (fixture);
  mullion_web_contents_load_file (fixture->window->contents, "streams/index.html");
  wait_done (fixture);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_GONE);
  g_free (ipc_window_wait (fixture->window, "did-finish-load"));
}

/* -- WritableStream -- */

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  GMemoryOutputStream *memory;

  ipc_assert_run (fixture->window,
                  "api.invoke('write-to').then((out) => make(3000001, 77777).pipeTo(out))"
                  "  .then(() => 1)", "1");
  memory = G_MEMORY_OUTPUT_STREAM (fixture->output);
  g_assert_true (g_output_stream_is_closed (fixture->output));
  fixture->bytes = g_memory_output_stream_steal_as_bytes (memory);
  assert_bytes (fixture->bytes, 3000001);

  /* What is no byte. */
  ipc_assert_run (fixture->window,
                  "api.invoke('write-to').then((out) => failure(out.getWriter().write({})))",
                  "\"Error|Error|A stream that leaves the page carries bytes: a chunk must "
                  "be a Uint8Array or another view, an ArrayBuffer or a string||\"");
}

static void
write_cb (GObject      *stream,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &fixture->error);
  fixture->is_done = TRUE;
}

static void
write_all (Fixture *fixture,
           gsize    size)
{
  g_autoptr(GBytes) bytes = make_bytes (0, size);
  g_autoptr(GInputStream) source = g_memory_input_stream_new_from_bytes (bytes);

  g_output_stream_splice_async (fixture->output, source, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, write_cb, fixture);
  wait_done (fixture);
}

static void
test_write_from_c (Fixture       *fixture,
                   gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "const { readable, writable } = new TransformStream();"
                  "kept.checked = check(chunksOf(readable));"
                  "api.send('take', writable); 0", "0");
  ipc_wait_until (fixture->output != NULL);
  write_all (fixture, 10000001);
  g_assert_no_error (fixture->error);
  ipc_assert_run (fixture->window, "kept.checked", "10000001");
}

static void
test_write_from_c_fails (Fixture       *fixture,
                         gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.send('take',"
                  "  new WritableStream({ write() { throw new RangeError('full'); } })); 0", "0");
  ipc_wait_until (fixture->output != NULL);
  write_all (fixture, 10000001);
  g_assert_error (fixture->error, MULLION_ERROR, MULLION_ERROR_SCRIPT);
  g_assert_cmpstr (fixture->error->message, ==, "Error: full");
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.send('take', new WritableStream({"
                  "  abort(reason) { ended.resolve(describe(reason)); } })); 0", "0");
  ipc_wait_until (fixture->output != NULL);
  mullion_writable_stream_abort (MULLION_WRITABLE_STREAM (fixture->output),
                                 g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "changed my mind"));
  ipc_assert_run (fixture->window, "ended.promise",
                  "\"Error|Error|changed my mind|g-io-error-quark|0\"");
}

/* -- Ways -- */

/* Nobody looks into the stream: it comes back, or goes to another page. */
static void
test_pass_on (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->other = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->other, "streams/index.html");
  ipc_assert_run (fixture->window, "api.invoke('echo', make(1000001, 3333)).then(check)",
                  "1000001");

  ipc_assert_run (fixture->window, "api.send('relay', make(1000001, 3333)); 0", "0");
  ipc_assert_run (fixture->other, "arrived.promise.then((name) => check(kept[name]))", "1000001");
  g_clear_pointer (&fixture->other, ipc_window_free);
}

/* Between the worlds of a page anything may be in a stream. */
static void
test_bridge (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window,
                  "api.collect(api.objects()).then(([a, b]) =>"
                  "  [a.text, typeof a.list[0], b === undefined, a instanceof Object].join())",
                  "\"a,bigint,true,true\"");
  ipc_assert_run (fixture->window, "failure(check(api.failing()))",
                  "\"DOMException|DataError|worn out||0\"");
  ipc_assert_run (fixture->window,
                  "api.failing() instanceof ReadableStream &&"
                  "Object.getPrototypeOf(api.failing()) === ReadableStream.prototype", "true");
}

/* -- What goes wrong in the page -- */

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const char *locked = "\"TypeError: A stream that is locked cannot be sent\"";

  ipc_assert_run (fixture->window, "api.bad.locked()", locked);
  ipc_assert_run (fixture->window, "api.bad.sentBefore()", locked);
  ipc_assert_run (fixture->window, "api.bad.lockedWritable()", locked);
  ipc_assert_run (fixture->window, "api.bad.sync()",
                  "\"Error: A stream cannot be sent with sendSync: the page stands still "
                  "meanwhile\"");
  ipc_assert_run (fixture->window, "api.bad.many()",
                  "\"Error: A document cannot have more than 256 ports and streams at a time\"");
}

/* -- Memory -- */

/* The sanitizer keeps what is freed for a while, 256 MiB of it. */
#ifdef __SANITIZE_ADDRESS__
#define SLACK (320 * MIB)
#else
#define SLACK (32 * MIB)
#endif

static guint64
stream_zeros (Fixture *fixture,
              GPid     page,
              guint    size)
{
  g_autofree char *script =
    g_strdup_printf ("api.invoke('open-zeros', %u).then(count)", size);
  g_autofree char *count = g_strdup_printf ("%u", size);

  ipc_assert_run (fixture->window, script, count);
  return (guint64) read_resident_kib (page) * 1024;
}

/* The engine frees chunks that the page has dropped when it likes, and that is some time after the
 * first are dropped: so what counts is that a stream thrice as long takes no more. */
static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  GPid page = mullion_web_contents_get_os_process_id (fixture->window->contents);
  guint64 ours = read_resident_kib (getpid ());
  guint64 theirs = stream_zeros (fixture, page, 256 * MIB);

  g_assert_cmpuint (stream_zeros (fixture, page, 768 * MIB), <, theirs + 256 * MIB);
  g_assert_cmpuint (read_resident_kib (getpid ()), <, ours + SLACK / 1024);
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Fixture       *fixture,
                 gconstpointer  data);
  } tests[] = {
    { "/page-streams/read", test_read },
    { "/page-streams/read-in-page", test_read_in_page },
    { "/page-streams/read-part", test_read_part },
    { "/page-streams/read-event", test_read_event },
    { "/page-streams/slow-reader", test_slow_reader },
    { "/page-streams/cancel", test_cancel },
    { "/page-streams/fail", test_fail },
    { "/page-streams/upload", test_upload },
    { "/page-streams/upload-large-chunks", test_upload_large_chunks },
    { "/page-streams/upload-slow", test_upload_slow },
    { "/page-streams/upload-fails", test_upload_fails },
    { "/page-streams/upload-unheard", test_upload_unheard },
    { "/page-streams/upload-gone", test_upload_gone },
    { "/page-streams/write", test_write },
    { "/page-streams/write-from-c", test_write_from_c },
    { "/page-streams/write-from-c-fails", test_write_from_c_fails },
    { "/page-streams/abort", test_abort },
    { "/page-streams/pass-on", test_pass_on },
    { "/page-streams/bridge", test_bridge },
    { "/page-streams/refused", test_refused },
    { "/page-streams/memory", test_memory },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageStreams");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
