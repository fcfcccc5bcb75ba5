/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-message-stream.h"
#include "mullion-value.h"

#include <math.h>
#include <signal.h>
#include <string.h>

/* Messages over the standard input and output of real programs. */

typedef struct
{
  Outcome outcome;
  MullionChildProcess *child;
  MullionMessageStream *stream;

  GPtrArray *messages; /* of JsonNode */
  GPtrArray *errors;   /* of GError */
  guint n_closed;
  GError *reason;
  guint n_drained;
} Talk;

static void
message_cb (MullionMessageStream *stream,
            JsonNode             *value,
            gpointer              user_data)
{
  g_ptr_array_add (((Talk *) user_data)->messages, json_node_ref (value));
}

static void
error_cb (MullionMessageStream *stream,
          const GError         *error,
          gpointer              user_data)
{
  g_ptr_array_add (((Talk *) user_data)->errors, g_error_copy (error));
}

static void
closed_cb (MullionMessageStream *stream,
           const GError         *error,
           gpointer              user_data)
{
  Talk *talk = user_data;

  talk->n_closed++;
  talk->reason = error != NULL ? g_error_copy (error) : NULL;
}

static void
drained_cb (MullionMessageStream *stream,
            gpointer              user_data)
{
  ((Talk *) user_data)->n_drained++;
}

/* Takes @child. */
static void
begin (Talk                *talk,
       MullionChildProcess *child,
       MullionFraming       framing)
{
  talk->child = child;
  talk->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  talk->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  talk->stream = mullion_message_stream_new_for_child (child, framing);
  g_signal_connect (talk->stream, "message", G_CALLBACK (message_cb), talk);
  g_signal_connect (talk->stream, "error", G_CALLBACK (error_cb), talk);
  g_signal_connect (talk->stream, "closed", G_CALLBACK (closed_cb), talk);
  g_signal_connect (talk->stream, "drained", G_CALLBACK (drained_cb), talk);
}

static MullionSpawnOptions *
quiet_options (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  return options;
}

static void
begin_shell (Talk       *talk,
             const char *script)
{
  begin (talk, spawn_shell (quiet_options (), &talk->outcome, script), MULLION_FRAMING_LINES);
}

static void
end (Talk *talk)
{
  g_assert_finalize_object (talk->stream);
  finish (talk->child, &talk->outcome);
  g_ptr_array_unref (talk->messages);
  g_ptr_array_unref (talk->errors);
  g_clear_error (&talk->reason);
}

static JsonNode *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

static void
send_json (Talk       *talk,
           const char *json)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (mullion_message_stream_send (talk->stream, parse (json), &error));
  g_assert_no_error (error);
}

static void
assert_message (Talk       *talk,
                guint       index,
                const char *json)
{
  g_autofree char *text = NULL;

  wait_until (talk->messages->len > index || talk->n_closed > 0);
  g_assert_cmpuint (talk->messages->len, >, index);
  text = mullion_json_to_string (talk->messages->pdata[index]);
  g_assert_cmpstr (text, ==, json);
}

static void
assert_error_at (Talk       *talk,
                 guint       index,
                 int         code,
                 const char *message)
{
  wait_until (talk->errors->len > index);
  g_assert_error ((GError *) talk->errors->pdata[index], MULLION_MESSAGE_ERROR, code);
  g_assert_cmpstr (((GError *) talk->errors->pdata[index])->message, ==, message);
}

/* -- Handshakes -- */

static void
test_node (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node", "handshake.js",
                                                   NULL);
  Talk talk = { 0 };
  JsonObject *payload;

  begin (&talk, spawn (quiet_options (), &talk.outcome, "node", script, NULL),
         MULLION_FRAMING_LINES);
  send_json (&talk, "{ \"type\": \"handshake\", \"payload\": { \"name\": \"Müllion\" } }");
  send_json (&talk, "{ \"type\": \"add\", \"payload\": { \"numbers\": [1, 2.5, -4] } }");
  send_json (&talk, "{ \"type\": \"nonsense\" }");
  assert_message (&talk, 1, "{\"type\":\"sum\",\"payload\":-0.5}");
  assert_message (&talk, 2, "{\"type\":\"error\",\"payload\":\"unknown type nonsense\"}");

  payload = json_object_get_object_member (json_node_get_object (talk.messages->pdata[0]),
                                           "payload");
  g_assert_cmpstr (json_object_get_string_member (payload, "name"), ==, "node");
  g_assert_cmpstr (json_object_get_string_member (payload, "hello"), ==, "Müllion");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (payload, "version"), "v"));

  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0 && talk.outcome.n_closes > 0);
  g_assert_no_error (talk.reason);
  g_assert_cmpint (talk.outcome.code, ==, 0);
  end (&talk);
}

static void
test_program (gconstpointer data)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "handshake-program",
                                                    NULL);
  MullionFraming framing = GPOINTER_TO_INT (data);
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Talk talk = { 0 };

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_IGNORE);
  begin (&talk, spawn (options, &talk.outcome, program,
                       framing == MULLION_FRAMING_LENGTH ? "length" : "lines", NULL), framing);
  send_json (&talk, "{ \"type\": \"handshake\", \"payload\": { \"name\": \"Müllion\" } }");
  send_json (&talk, "{ \"type\": \"add\", \"payload\": { \"numbers\": [1, 2.5, -4] } }");
  assert_message (&talk, 0,
                  "{\"type\":\"handshake\",\"payload\":{\"name\":\"c\",\"hello\":\"Müllion\"}}");
  assert_message (&talk, 1, "{\"type\":\"sum\",\"payload\":-0.5}");

  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0 && talk.outcome.n_exits > 0);
  g_assert_cmpint (talk.outcome.code, ==, 0);
  end (&talk);
}

/* The other way round: Node.js starts a program that is linked with Mullion. */
static void
test_node_parent (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node",
                                                   "handshake-parent.js", NULL);
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "process", "handshake-program",
                                                    NULL);
  Outcome outcome = { 0 };
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  MullionChildProcess *node;
  g_autofree char *text = NULL;

  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  node = spawn (options, &outcome, "node", script, program, NULL);
  text = read_to_end (mullion_child_process_get_stdout (node));
  g_assert_cmpstr (text, ==, "shaken\n");
  finish (node, &outcome);
}

static void
test_native_messaging (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node",
                                                   "native-messaging.js", NULL);
  g_autofree char *large = g_strnfill (300000, 'l');
  Talk talk = { 0 };

  begin (&talk, spawn (quiet_options (), &talk.outcome, "node", script, NULL),
         MULLION_FRAMING_LENGTH);
  send_json (&talk, "[\"é€😀\", null]");
  g_assert_true (mullion_message_stream_send (
      talk.stream, json_node_init_string (json_node_alloc (), large), NULL));
  send_json (&talk, "\"two\\nlines\"");
  assert_message (&talk, 0, "[\"é€😀\",null]");
  assert_message (&talk, 2, "\"two\\nlines\"");
  g_assert_cmpstr (json_node_get_string (talk.messages->pdata[1]), ==, large);
  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0);
  end (&talk);
}

/* -- What is wrong -- */

static void
test_no_json (void)
{
  Talk talk = { 0 };

  begin_shell (&talk, "printf '1\\nhello\\n2\\n\"\\377\"\\n3\\n\"\\\\u0000\"\\n4\\n1e999\\n5\\n'");
  assert_message (&talk, 4, "5");
  assert_message (&talk, 1, "2");
  g_assert_cmpuint (talk.errors->len, ==, 4);
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_SYNTAX,
                   "Message 2: Invalid JSON at byte 0: expected a value, not 'h'");
  assert_error_at (&talk, 1, MULLION_MESSAGE_ERROR_ENCODING,
                   "Message 4: Invalid JSON at byte 1: a string is not valid UTF-8");
  g_assert_error ((GError *) talk.errors->pdata[2], MULLION_MESSAGE_ERROR,
                  MULLION_MESSAGE_ERROR_ENCODING);
  g_assert_error ((GError *) talk.errors->pdata[3], MULLION_MESSAGE_ERROR,
                  MULLION_MESSAGE_ERROR_UNSUPPORTED);
  wait_until (talk.n_closed > 0);
  g_assert_no_error (talk.reason);
  end (&talk);
}

static void
test_too_large (void)
{
  Talk talk = { 0 };
  g_autofree char *long_text = g_strnfill (999, 'x');
  g_autoptr(GError) error = NULL;

  begin_shell (&talk, "echo '\"before\"'; head -c 1000000 /dev/zero | tr '\\0' 7; echo; echo 8; cat");
  mullion_message_stream_set_max_size (talk.stream, 1000);
  assert_message (&talk, 0, "\"before\"");
  assert_message (&talk, 1, "8");
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_TOO_LARGE,
                   "Message 2 is over the limit of 1000 bytes");

  /* And what is sent has the same limit. */
  g_assert_false (mullion_message_stream_send (
      talk.stream, json_node_init_string (json_node_alloc (), long_text), &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE);
  send_json (&talk, "9");
  assert_message (&talk, 2, "9");
  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0);
  end (&talk);
}

static void
test_cut (void)
{
  Talk talk = { 0 };

  begin_shell (&talk, "printf '1\\n{\"half\":'; kill -9 $$");
  wait_until (talk.n_closed > 0);
  assert_message (&talk, 0, "1");
  assert_error_at (&talk, 0, MULLION_MESSAGE_ERROR_CUT,
                   "The other end stopped in the middle of message 2");
  wait_until (talk.outcome.n_closes > 0);
  g_assert_cmpint (talk.outcome.signal_number, ==, SIGKILL);
  end (&talk);
}

typedef struct
{
  guint n_sent;
  guint n_failed;
  GError *error;
} Sendings;

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Sendings *sendings = user_data;
  g_autoptr(GError) error = NULL;

  if (mullion_message_stream_send_finish (MULLION_MESSAGE_STREAM (source), result, &error))
    sendings->n_sent++;
  else
    {
      sendings->n_failed++;
      g_clear_error (&sendings->error);
      sendings->error = g_steal_pointer (&error);
    }
}

static JsonNode *
new_text (gsize size)
{
  g_autofree char *text = g_strnfill (size, 't');

  return json_node_init_string (json_node_alloc (), text);
}

static void
test_dead_peer (void)
{
  Talk talk = { 0 };
  Sendings sendings = { 0 };
  g_autoptr(GError) error = NULL;

  begin_shell (&talk, "head -c 10 >/dev/null; exit 1");
  mullion_message_stream_send_async (talk.stream, new_text (1000000), NULL, sent_cb, &sendings);
  mullion_message_stream_send_async (talk.stream, parse ("2"), NULL, sent_cb, &sendings);
  wait_until (sendings.n_failed == 2);
  g_assert_error (sendings.error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  g_assert_false (mullion_message_stream_send (talk.stream, parse ("3"), &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  g_assert_cmpuint (mullion_message_stream_get_queued (talk.stream), ==, 0);
  wait_until (talk.n_closed > 0);
  g_clear_error (&sendings.error);
  end (&talk);
}

/* -- Flow -- */

/* A process that hangs: what is sent is kept up to the limit, in its order, and nothing of it is
 * lost when the process wakes up. */
static void
test_hangs (void)
{
  Talk talk = { 0 };
  Sendings sendings = { 0 };
  g_autoptr(GError) error = NULL;
  guint n = 0;

  begin_shell (&talk, "kill -STOP $$; exec cat");
  mullion_message_stream_set_max_queued (talk.stream, 1000000);
  while (mullion_message_stream_send (talk.stream, json_node_init_int (json_node_alloc (), n),
                                      &error))
    n++;
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL);
  g_assert_cmpuint (mullion_message_stream_get_queued (talk.stream), <=, 1000000 + 64);
  g_assert_cmpuint (n, >, 100000);

  mullion_message_stream_send_async (talk.stream, parse ("1"), NULL, sent_cb, &sendings);
  wait_until (sendings.n_failed == 1);
  g_assert_error (sendings.error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL);
  g_assert_cmpuint (talk.n_drained, ==, 0);

  g_assert_true (mullion_child_process_kill (talk.child, SIGCONT));
  wait_until (talk.n_drained > 0);
  mullion_message_stream_send_async (talk.stream, json_node_init_int (json_node_alloc (), n), NULL,
                                     sent_cb, &sendings);
  wait_until (sendings.n_sent == 1);
  wait_until (talk.messages->len == n + 1);
  for (guint i = 0; i <= n; i++)
    g_assert_cmpint (json_node_get_int (talk.messages->pdata[i]), ==, i);

  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0);
  g_clear_error (&sendings.error);
  end (&talk);
}

static void
count_cb (MullionMessageStream *stream,
          JsonNode             *value,
          gpointer              user_data)
{
  (*(guint64 *) user_data)++;
}

/* A process that floods the app does not stop the loop: 60 ticks a second, as for painting. */
static void
test_flood (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (quiet_options (), &outcome, "yes", "{\"flood\":[1,2,3]}", NULL);
  MullionMessageStream *stream =
      mullion_message_stream_new_for_child (child, MULLION_FRAMING_LINES);
  LoopWatch watch;
  guint64 count = 0;

  g_signal_connect (stream, "message", G_CALLBACK (count_cb), &count);
  watch_loop (&watch);
  unwatch_loop (&watch, 60);
  g_assert_cmpuint (count, >, 1000);

  /* Who closes the stream ends the flood as well. */
  mullion_message_stream_close (stream);
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.signal_number, ==, SIGPIPE);
  g_assert_finalize_object (stream);
  finish (child, &outcome);
}

static void
test_not_reading (void)
{
  Talk talk = { 0 };

  begin_shell (&talk, "cat; echo '\"end\"'");
  mullion_message_stream_set_reading (talk.stream, FALSE);
  send_json (&talk, "1");
  mullion_message_stream_end (talk.stream);
  wait_until (talk.outcome.n_exits > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (talk.messages->len, ==, 0);
  g_assert_cmpuint (talk.n_closed, ==, 0);

  mullion_message_stream_set_reading (talk.stream, TRUE);
  wait_until (talk.n_closed > 0);
  assert_message (&talk, 0, "1");
  assert_message (&talk, 1, "\"end\"");
  end (&talk);
}

/* -- Values -- */

static void
test_values (void)
{
  Talk talk = { 0 };
  g_autoptr(GError) error = NULL;
  JsonObject *object = json_object_new ();

  begin_shell (&talk, "cat");
  json_object_set_member (object, "undefined", mullion_value_new_undefined ());
  json_object_set_member (object, "nan", json_node_init_double (json_node_alloc (), NAN));
  json_object_set_member (object, "zero", json_node_init_double (json_node_alloc (), -0.0));
  json_object_set_member (object, "date", mullion_value_new_date (0));
  json_object_set_member (object, "set", mullion_value_new_set (json_array_new ()));
  json_object_set_member (object, "text", mullion_value_new_string ("line\nfeed", -1));
  g_assert_true (mullion_message_stream_send (
      talk.stream, json_node_init_object (json_node_alloc (), object), &error));
  assert_message (&talk, 0,
                  "{\"nan\":null,\"zero\":0,\"date\":\"1970-01-01T00:00:00.000Z\",\"set\":{},"
                  "\"text\":\"line\\nfeed\"}");

  g_assert_false (mullion_message_stream_send (talk.stream, mullion_value_new_bigint ("1"),
                                               &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED);
  json_object_unref (object);
  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0);
  end (&talk);
}

/* Another process cannot make tags: what looks like one is an object with such a key. */
static void
test_no_tags (void)
{
  Talk talk = { 0 };

  begin_shell (&talk, "printf '{\"$mullion\":\"undefined\"}\\n{\"$\\\\u006dullion\":\"undefined\"}\\n'; cat");
  wait_until (talk.messages->len == 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (mullion_value_get_kind (talk.messages->pdata[i]), ==, MULLION_VALUE_OBJECT);
      g_assert_cmpstr (json_node_get_string (mullion_value_get_member (talk.messages->pdata[i],
                                                                       "$mullion")),
                       ==, "undefined");
      g_assert_true (mullion_message_stream_send (
          talk.stream, json_node_ref (talk.messages->pdata[i]), NULL));
    }
  /* And they come back as they were. */
  wait_until (talk.messages->len == 4);
  g_assert_true (json_node_equal (talk.messages->pdata[0], talk.messages->pdata[2]));
  mullion_message_stream_end (talk.stream);
  wait_until (talk.n_closed > 0);
  end (&talk);
}

/* -- Lifetime -- */

static void
unref_cb (MullionMessageStream *stream,
          JsonNode             *value,
          gpointer              user_data)
{
  MullionMessageStream **owner = user_data;

  g_clear_object (owner);
}

static void
test_unref_in_handler (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (quiet_options (), &outcome, "yes", "1", NULL);
  MullionMessageStream *stream =
      mullion_message_stream_new_for_child (child, MULLION_FRAMING_LINES);

  g_object_add_weak_pointer (G_OBJECT (stream), (gpointer *) &stream);
  g_signal_connect (stream, "message", G_CALLBACK (unref_cb), &stream);
  wait_until (stream == NULL);
  mullion_child_process_kill (child, SIGKILL);
  finish (child, &outcome);
}

static void
test_closed_here (void)
{
  Talk talk = { 0 };
  g_autoptr(GError) error = NULL;

  begin_shell (&talk, "cat");
  mullion_message_stream_close (talk.stream);
  mullion_message_stream_close (talk.stream);
  g_assert_false (mullion_message_stream_send (talk.stream, parse ("1"), &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED);
  wait_until (talk.outcome.n_closes > 0);
  g_assert_cmpuint (talk.n_closed, ==, 0);
  end (&talk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message-stream/node", test_node);
  g_test_add_data_func ("/message-stream/program/lines", GINT_TO_POINTER (MULLION_FRAMING_LINES),
                        test_program);
  g_test_add_data_func ("/message-stream/program/length", GINT_TO_POINTER (MULLION_FRAMING_LENGTH),
                        test_program);
  g_test_add_func ("/message-stream/node-parent", test_node_parent);
  g_test_add_func ("/message-stream/native-messaging", test_native_messaging);
  g_test_add_func ("/message-stream/no-json", test_no_json);
  g_test_add_func ("/message-stream/too-large", test_too_large);
  g_test_add_func ("/message-stream/cut", test_cut);
  g_test_add_func ("/message-stream/dead-peer", test_dead_peer);
  g_test_add_func ("/message-stream/hangs", test_hangs);
  g_test_add_func ("/message-stream/flood", test_flood);
  g_test_add_func ("/message-stream/not-reading", test_not_reading);
  g_test_add_func ("/message-stream/values", test_values);
  g_test_add_func ("/message-stream/no-tags", test_no_tags);
  g_test_add_func ("/message-stream/unref-in-handler", test_unref_in_handler);
  g_test_add_func ("/message-stream/closed-here", test_closed_here);

  return g_test_run ();
}
