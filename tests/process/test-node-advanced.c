/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-v8-reader.h"
#include "mullion-v8-writer.h"
#include "mullion-value.h"

#include <math.h>
#include <string.h>

/*
 * The serialization `advanced` of the IPC channel of Node.js: what a real node writes is read, written again
 * and found to be the same by node; and bytes that no V8 writes.
 */

typedef struct
{
  Outcome outcome;
  MullionChildProcess *child;
  MullionNodeChannel *channel; /* the child's */
  JsonNode *message;           /* (nullable): the last one */
  GBytes *bytes;               /* (nullable): of a message that is bytes */
  GPtrArray *errors;           /* of GError */
} Talk;

/* The bytes of a value are there while the signal is. */
static void
message_cb (MullionNodeChannel *channel,
            JsonNode           *message,
            GSocket            *handle,
            Talk               *talk)
{
  g_assert_null (talk->message);
  talk->message = json_node_ref (message);
  g_clear_pointer (&talk->bytes, g_bytes_unref);
  talk->bytes = mullion_value_dup_bytes (message);
}

static void
error_cb (MullionNodeChannel *channel,
          const GError       *error,
          Talk               *talk)
{
  g_test_message ("%s", error->message);
  g_ptr_array_add (talk->errors, g_error_copy (error));
}

static void
begin (Talk *talk)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "process", "node", "advanced-child.js",
                                                   NULL);
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autoptr(GError) error = NULL;

  mullion_spawn_options_set_serialization (options, MULLION_SERIALIZATION_ADVANCED);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_INHERIT);
  talk->child = mullion_child_process_fork (script, NULL, options, NULL, &error);
  g_assert_no_error (error);
  talk->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  follow (talk->child, &talk->outcome);
  talk->channel = mullion_child_process_get_channel (talk->child);
  g_signal_connect (talk->channel, "message", G_CALLBACK (message_cb), talk);
  g_signal_connect (talk->channel, "error", G_CALLBACK (error_cb), talk);
}

static void
end (Talk *talk)
{
  mullion_node_channel_disconnect (talk->channel);
  wait_until (talk->outcome.n_exits > 0);
  g_assert_cmpint (talk->outcome.code, ==, 0);
  g_assert_cmpuint (talk->errors->len, ==, 0);
  finish (talk->child, &talk->outcome);
  g_clear_pointer (&talk->message, json_node_unref);
  g_clear_pointer (&talk->bytes, g_bytes_unref);
  g_ptr_array_unref (talk->errors);
}

/* @value: (transfer full) (nullable). (transfer full): the answer */
static JsonNode *
ask (Talk       *talk,
     const char *type,
     const char *name,
     JsonNode   *value)
{
  g_autoptr(GError) error = NULL;
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_object_set_string_member (object, "type", type);
  if (name != NULL)
    json_object_set_string_member (object, g_str_equal (type, "eval") ? "code" : "name", name);
  if (value != NULL)
    json_object_set_member (object, "value", value);
  mullion_node_channel_send (talk->channel, node, NULL, &error);
  g_assert_no_error (error);
  wait_until (talk->message != NULL);

  return g_steal_pointer (&talk->message);
}

static void
assert_eval (Talk       *talk,
             const char *code,
             JsonNode   *value,
             const char *expected)
{
  g_autoptr(JsonNode) answer = ask (talk, "eval", code, value);
  g_autofree char *text = mullion_json_to_string (answer);

  g_assert_cmpstr (text, ==, expected);
}

/* -- With Node.js -- */

/* The bytes that a value names are gone with the message: it is sent back from the handler. */
static void
send_back_cb (MullionNodeChannel *channel,
              JsonNode           *message,
              GSocket            *handle,
              const char         *name)
{
  g_autoptr(GError) error = NULL;
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  g_signal_handlers_disconnect_by_func (channel, send_back_cb, (gpointer) name);
  json_object_set_string_member (object, "type", "check");
  json_object_set_string_member (object, "name", name);
  json_object_set_member (object, "value", json_node_copy (message));
  mullion_node_channel_send (channel, node, NULL, &error);
  g_assert_no_error (error);
}

static void
test_there_and_back (void)
{
  Talk talk = { 0 };
  g_autoptr(JsonNode) names = NULL;
  JsonArray *array;

  begin (&talk);
  names = ask (&talk, "names", NULL, NULL);
  array = json_node_get_array (names);
  g_assert_cmpuint (json_array_get_length (array), >, 20);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *name = json_array_get_string_element (array, i);
      g_autoptr(JsonNode) value = NULL;

      g_test_message ("%s", name);
      g_signal_connect (talk.channel, "message", G_CALLBACK (send_back_cb), (gpointer) name);
      value = ask (&talk, "give", name, NULL);
      g_assert_cmpint (mullion_value_get_kind (value), !=, MULLION_VALUE_INVALID);
      wait_until (talk.message != NULL);
      g_assert_cmpstr (json_node_get_string (talk.message), ==, "right");
      g_clear_pointer (&talk.message, json_node_unref);
    }
  end (&talk);
}

static void
test_read (void)
{
  Talk talk = { 0 };
  g_autoptr(JsonNode) dates = NULL;
  g_autoptr(JsonNode) map = NULL;
  g_autoptr(JsonNode) object = NULL;
  g_autoptr(JsonNode) buffer = NULL;
  g_autoptr(JsonNode) cause = NULL;
  g_autoptr(JsonNode) native = NULL;
  g_autofree char *message = NULL;
  double milliseconds = 0;

  begin (&talk);
  dates = ask (&talk, "give", "dates", NULL);
  g_assert_true (mullion_value_get_date (json_array_get_element (json_node_get_array (dates), 1),
                                         &milliseconds));
  g_assert_cmpfloat (milliseconds, ==, 1700000000123.0);
  map = ask (&talk, "give", "map", NULL);
  g_assert_cmpuint (json_array_get_length (mullion_value_get_map (map)), ==, 3);
  object = ask (&talk, "give", "object", NULL);
  g_assert_cmpint (mullion_value_get_kind (object), ==, MULLION_VALUE_OBJECT);
  g_assert_cmpstr (json_node_get_string (mullion_value_get_member (object, "$mullion")), ==, "date");
  g_assert_cmpstr (json_node_get_string (mullion_value_get_member (object, "1.5")), ==, "half");
  buffer = ask (&talk, "buffer", NULL, NULL);
  g_assert_cmpint (mullion_value_get_kind (buffer), ==, MULLION_VALUE_VIEW);
  g_assert_cmpmem (g_bytes_get_data (talk.bytes, NULL), g_bytes_get_size (talk.bytes),
                   "\x00\x01\x02\xfe\xff", 5);
  cause = ask (&talk, "cause", NULL, NULL);
  message = mullion_value_dup_error_message (cause);
  g_assert_cmpstr (message, ==, "outer");
  g_assert_cmpstr (json_node_get_string (mullion_value_get_member (mullion_value_get_error_cause (cause),
                                                                   "why")), ==, "inner");
  native = ask (&talk, "native", NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (native)), ==, 2);
  g_assert_cmpint (mullion_value_get_kind (json_array_get_element (json_node_get_array (native), 0)), ==,
                   MULLION_VALUE_OBJECT);
  end (&talk);
}

static void
test_write (void)
{
  static const guint8 bytes[] = { 1, 2, 3 };
  Talk talk = { 0 };

  begin (&talk);
  assert_eval (&talk, "typeof value", mullion_value_new_undefined (), "\"undefined\"");
  assert_eval (&talk, "Object.is(value, -0)", mullion_value_new_number (-0.0), "true");
  assert_eval (&talk, "value === 2n ** 100n",
               mullion_value_new_bigint ("1267650600228229401496703205376"), "true");
  assert_eval (&talk, "value === -5n", mullion_value_new_bigint ("-5"), "true");
  assert_eval (&talk, "value === 0n", mullion_value_new_bigint ("-0"), "true");
  assert_eval (&talk, "value === 'a\\0b'", mullion_value_new_string ("a\0b", 3), "true");
  assert_eval (&talk, "value instanceof Date && value.getTime()", mullion_value_new_date (5), "5");
  assert_eval (&talk, "value instanceof Date && Number.isNaN(value.getTime())",
               mullion_value_new_date (NAN), "true");
  assert_eval (&talk, "value instanceof Uint8Array && [...value]",
               mullion_value_new_bytes (g_bytes_new (bytes, sizeof bytes)), "[1,2,3]");
  assert_eval (&talk, "new Uint8Array(value).length",
               mullion_value_new_array_buffer (g_bytes_new (bytes, sizeof bytes)), "3");
  assert_eval (&talk, "value instanceof TypeError && value.message",
               mullion_value_new_error ("TypeError", "why", json_node_init_int (json_node_alloc (), 1)),
               "\"why\"");
  assert_eval (&talk, "value.message", mullion_value_new_exception ("AbortError", "gone"), "\"gone\"");
  end (&talk);
}

/* What Node.js has no form for, and what a hostile page might have it write. */
static void
test_unsupported (void)
{
  static const char *const values[] = {
    "{\"$mullion\":\"ref\",\"id\":1}",
    "{\"$mullion\":\"nonsense\"}",
    "{\"$mullion\":\"buffer\"}",
    "{\"$mullion\":\"view\",\"type\":\"Uint8Array\",\"offset\":0,\"length\":9,\"buffer\":"
    "{\"$mullion\":\"ref\",\"id\":1}}",
    "{\"$mullion\":\"geometry\",\"type\":\"DOMPoint\",\"values\":[1,2,3,4]}",
    "[1,{\"$mullion\":\"ref\",\"id\":1,\"value\":{\"$mullion\":\"ref\",\"id\":1}}]",
  };
  g_autofree char *digits = g_strnfill (30000, '9');
  g_autoptr(JsonNode) large = mullion_value_new_bigint (digits);
  g_autoptr(JsonNode) list = json_node_alloc ();
  g_autoptr(JsonArray) numbers = json_array_new ();
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(JsonNode) value = json_from_string (values[i], NULL);

      g_test_message ("%s", values[i]);
      g_assert_false (mullion_v8_write (out, value, &error));
      g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED);
      g_clear_error (&error);
    }
  g_assert_false (mullion_v8_write (out, large, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  /* Each of these can be written, and all of them take too long. */
  digits[19000] = '\0';
  for (guint i = 0; i < 1000; i++)
    json_array_add_element (numbers, mullion_value_new_bigint (digits));
  json_node_init_array (list, numbers);
  g_assert_false (mullion_v8_write (out, list, &error));
  g_assert_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "all of them have"));
}

/* -- What no V8 writes -- */

#define HEAD "\xff\x0f"
#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *bytes;
  gsize length;
  int code;
  const char *message;
} bad[] = {
  { BYTES (""), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES ("{\"a\":1}"), MULLION_MESSAGE_ERROR_SYNTAX, "not what V8 serializes" },
  { BYTES ("\xff\x10T"), MULLION_MESSAGE_ERROR_SYNTAX, "a version of it that is unknown" },
  { BYTES (HEAD), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES (HEAD "TT"), MULLION_MESSAGE_ERROR_SYNTAX, "something is behind the value" },
  { BYTES (HEAD "!"), MULLION_MESSAGE_ERROR_SYNTAX, "nothing of V8's begins so" },
  { BYTES (HEAD "I\xff\xff\xff\xff\xff\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "more than 32 bits" },
  { BYTES (HEAD "N1234"), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES (HEAD "S\x05" "ab"), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES (HEAD "S\x02\xc3\x28"), MULLION_MESSAGE_ERROR_ENCODING, "no UTF-8" },
  { BYTES (HEAD "c\x01" "a"), MULLION_MESSAGE_ERROR_SYNTAX, "half a character" },
  { BYTES (HEAD "A\xff\xff\xff\xff\x0f"), MULLION_MESSAGE_ERROR_SYNTAX, "longer than the message" },
  { BYTES (HEAD "A\x01T$\x00\x02"), MULLION_MESSAGE_ERROR_SYNTAX, "another length" },
  { BYTES (HEAD "a\x05@\x00\x06"), MULLION_MESSAGE_ERROR_SYNTAX, "another length" },
  { BYTES (HEAD "o\"\x01" "aT{\x02"), MULLION_MESSAGE_ERROR_SYNTAX, "another number of members" },
  { BYTES (HEAD "o\"\x01" "aT\"\x01" "aF{\x02"), MULLION_MESSAGE_ERROR_SYNTAX, "a member twice" },
  { BYTES (HEAD "oTT{\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "a text is expected" },
  { BYTES (HEAD "oN\0\0\0\0\0\0\xf8\x7fT{\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "no name" },
  { BYTES (HEAD ";TT:\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "another length" },
  { BYTES (HEAD ";T:\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "nothing of V8's begins so" },
  { BYTES (HEAD "'T,\x03"), MULLION_MESSAGE_ERROR_SYNTAX, "another length" },
  { BYTES (HEAD "^\x00"), MULLION_MESSAGE_ERROR_SYNTAX, "not there" },
  { BYTES (HEAD "A\x01^\x07$\x00\x01"), MULLION_MESSAGE_ERROR_SYNTAX, "not there" },
  { BYTES (HEAD "s^\x00"), MULLION_MESSAGE_ERROR_SYNTAX, "a text is expected" },
  { BYTES (HEAD "R\"\x01" "a\x80\x40"), MULLION_MESSAGE_ERROR_UNSUPPORTED, "an unusual one" },
  { BYTES (HEAD "Z\xfe\xff\xff\xff\x0f"), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES (HEAD "B\xff\xff\xff\xff\x0f"), MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early" },
  { BYTES (HEAD "\\\x05"), MULLION_MESSAGE_ERROR_SYNTAX, "an unknown kind" },
  { BYTES (HEAD "\\\x00\x63\x00"), MULLION_MESSAGE_ERROR_UNSUPPORTED, "an unknown class" },
  { BYTES (HEAD "\\\x00\x05\x03" "abc"), MULLION_MESSAGE_ERROR_SYNTAX, "within an element" },
  { BYTES (HEAD "\\\x01T" "T"), MULLION_MESSAGE_ERROR_SYNTAX, "something is behind the value" },
  { BYTES (HEAD "A\x02\\\x01T^\x01$\x00\x02"), MULLION_MESSAGE_ERROR_SYNTAX, "not there" },
  { BYTES (HEAD "rX"), MULLION_MESSAGE_ERROR_SYNTAX, "an unknown member" },
  { BYTES (HEAD "rcTcT."), MULLION_MESSAGE_ERROR_SYNTAX, "a member twice" },
  { BYTES (HEAD "u\x00"), MULLION_MESSAGE_ERROR_SYNTAX, "nothing of V8's begins so" },
};

static void
assert_bad (const char *bytes,
            gsize       length,
            int         code,
            const char *message)
{
  MullionByteHold *hold = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *own = g_memdup2 (bytes, length);

  g_assert_null (mullion_v8_read (own, length, &hold, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, MULLION_MESSAGE_ERROR, code);
  g_assert_nonnull (strstr (error->message, message));
  g_assert_null (hold);
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (bad[i].bytes, bad[i].length, bad[i].code, bad[i].message);
}

/* Nested beyond all measure, a number that takes too long, and a little that would be much. */
static void
test_excess (void)
{
  g_autoptr(GString) deep = g_string_new_len (HEAD, 2);
  g_autoptr(GString) digits = g_string_new_len (HEAD "Z\x80\x80\x02", 6);
  g_autoptr(GString) counts = g_string_new_len (HEAD, 2);
  g_autoptr(GString) holes = g_string_new_len (HEAD "A\x81\x80\x40", 6);
  g_autoptr(GString) many = g_string_new_len (HEAD "A\x80\x80\x80\x01", 7);

  for (guint i = 0; i < 100000; i++)
    g_string_append_len (deep, "A\x01", 2);
  assert_bad (deep->str, deep->len, MULLION_MESSAGE_ERROR_UNSUPPORTED, "nested too deeply");

  for (guint i = 0; i < 16384; i++)
    g_string_append_c (digits, '\x7f');
  assert_bad (digits->str, digits->len, MULLION_MESSAGE_ERROR_UNSUPPORTED, "too many digits");

  /* Each of these is allowed: together they are many seconds of work. */
  g_string_truncate (digits, 2);
  g_string_append_len (digits, "A\x80\x08", 3);
  for (guint i = 0; i < 1024; i++)
    {
      g_string_append_len (digits, "Z\x80\x7d", 3);
      for (guint j = 0; j < 8000; j++)
        g_string_append_c (digits, '\x7f');
    }
  assert_bad (digits->str, digits->len, MULLION_MESSAGE_ERROR_UNSUPPORTED, "all of them have");

  /* What V8 may say before a value, as often as there is room. */
  for (guint i = 0; i < 4000000; i++)
    g_string_append_len (counts, "?\x01", 2);
  assert_bad (counts->str, counts->len, MULLION_MESSAGE_ERROR_SYNTAX, "it ends too early");

  /* A hole at the end, which makes pairs of all the elements before. */
  for (guint i = 0; i < 1048576; i++)
    g_string_append_len (holes, "0", 1);
  g_string_append_len (holes, "-", 1);
  assert_bad (holes->str, holes->len, MULLION_MESSAGE_ERROR_UNSUPPORTED, "too much memory");

  for (guint i = 0; i < 2097152; i++)
    g_string_append_len (many, "_", 1);
  assert_bad (many->str, many->len, MULLION_MESSAGE_ERROR_UNSUPPORTED, "too much memory");
}

/* A message that is none is an error of the channel, which goes on. */
static void
test_nonsense (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  Talk talk = { .errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free) };

  mullion_spawn_options_set_stdio (options, 3, MULLION_STDIO_IPC);
  mullion_spawn_options_set_serialization (options, MULLION_SERIALIZATION_ADVANCED);
  talk.child = spawn_shell (g_steal_pointer (&options), &talk.outcome,
                            "printf '\\000\\000\\000\\002{}\\000\\000\\000\\003\\377\\017T\\000\\000' >&3");
  talk.channel = mullion_child_process_get_channel (talk.child);
  g_signal_connect (talk.channel, "message", G_CALLBACK (message_cb), &talk);
  g_signal_connect (talk.channel, "error", G_CALLBACK (error_cb), &talk);
  wait_until (talk.message != NULL && talk.errors->len == 2);
  g_assert_true (json_node_get_boolean (talk.message));
  g_assert_error ((GError *) talk.errors->pdata[0], MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_SYNTAX);
  g_assert_true (g_str_has_prefix (((GError *) talk.errors->pdata[0])->message, "Message 1: Byte 2: "));
  g_assert_error ((GError *) talk.errors->pdata[1], MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CUT);
  wait_until (talk.outcome.n_exits > 0);
  finish (talk.child, &talk.outcome);
  json_node_unref (talk.message);
  g_ptr_array_unref (talk.errors);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/node-advanced/there-and-back", test_there_and_back);
  g_test_add_func ("/node-advanced/read", test_read);
  g_test_add_func ("/node-advanced/write", test_write);
  g_test_add_func ("/node-advanced/unsupported", test_unsupported);
  g_test_add_func ("/node-advanced/bad", test_bad);
  g_test_add_func ("/node-advanced/excess", test_excess);
  g_test_add_func ("/node-advanced/nonsense", test_nonsense);

  return g_test_run ();
}
