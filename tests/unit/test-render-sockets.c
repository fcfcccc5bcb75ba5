/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "renderer/mullion-native-sockets.h"
#include "tests/test-warnings.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The sockets of a document, as JavaScript has them; here in a bare JavaScriptCore without a page. */

typedef struct
{
  JSCContext *context;
  MullionRenderSides *sides;
  MullionRenderSockets *sockets;
} Fixture;

/* What is heard goes into a list of texts. */
static const char listener_source[] =
  "var heard = [];"
  "({ frame (number, kind, text, side, first, count) {"
  "     heard.push (['frame', number, kind, text, side, first, count].join (' ')); },"
  "   drained (number) { heard.push ('drained ' + number); },"
  "   closed (number) { heard.push ('closed ' + number); } })";

static JSCValue *
evaluate (Fixture    *fixture,
          const char *code)
{
  JSCValue *value = jsc_context_evaluate (fixture->context, code, -1);
  JSCException *exception = jsc_context_get_exception (fixture->context);

  if (exception != NULL)
    g_error ("%s: %s", code, jsc_exception_get_message (exception));

  return value;
}

static char *
evaluate_to_text (Fixture    *fixture,
                  const char *code)
{
  g_autoptr(JSCValue) value = evaluate (fixture, code);

  return jsc_value_to_string (value);
}

#define assert_value(fixture, code, expected) \
  G_STMT_START { \
    g_autofree char *text_ = evaluate_to_text (fixture, code); \
    g_assert_cmpstr (text_, ==, expected); \
  } G_STMT_END

static void
assert_throws (Fixture    *fixture,
               const char *code,
               const char *message)
{
  g_autoptr(JSCValue) value = jsc_context_evaluate (fixture->context, code, -1);
  JSCException *exception = jsc_context_get_exception (fixture->context);

  g_assert_nonnull (exception);
  g_assert_cmpstr (jsc_exception_get_message (exception), ==, message);
  jsc_context_clear_exception (fixture->context);
}

static void
wait_until (Fixture    *fixture,
            const char *condition)
{
  gboolean is_met = FALSE;

  while (!is_met)
    {
      g_autoptr(JSCValue) value = evaluate (fixture, condition);

      is_met = jsc_value_to_boolean (value);
      if (!is_met)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(JSCValue) native = NULL;
  g_autoptr(JSCValue) listener = NULL;

  fixture->context = jsc_context_new ();
  fixture->sides = mullion_render_sides_new ();
  fixture->sockets = mullion_render_sockets_new ();
  native = jsc_value_new_object (fixture->context, NULL, NULL);
  mullion_native_add_socket_functions (native, fixture->context, fixture->sockets);
  jsc_context_set_value (fixture->context, "native", native);
  listener = evaluate (fixture, listener_source);
  mullion_render_sockets_listen (fixture->sockets, listener, fixture->sides);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_render_sockets_close (fixture->sockets);
  g_clear_object (&fixture->context);
  mullion_render_sockets_unref (fixture->sockets);
  mullion_render_sides_free (fixture->sides);
}

static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  assert_value (fixture, "native.makeSockets ()", "1");
  assert_value (fixture, "native.openSocket (1)", "true");
  assert_value (fixture, "native.sendToSocket (1, 64, 'early', null, null)", "true");
  assert_value (fixture, "native.openSocket (2)", "true");
  wait_until (fixture, "heard.length === 1");
  assert_value (fixture, "heard.shift ()", "frame 2 64 early 0 0 0");

  assert_value (fixture, "native.sendToSocket (2, 65, 'bytes', [ new Uint8Array ([7]).buffer ], null)",
                "true");
  wait_until (fixture, "heard.length === 1");
  assert_value (fixture, "heard.shift ()", "frame 1 65 bytes 1 0 0");
}

static void
test_ports (Fixture       *fixture,
            gconstpointer  data)
{
  evaluate (fixture, "native.makeSockets (); native.makeSockets ();");
  evaluate (fixture, "native.openSocket (1); native.openSocket (2); native.openSocket (3);");
  assert_value (fixture, "native.sendToSocket (1, 64, 'port', null, [4])", "true");
  wait_until (fixture, "heard.length === 1");
  assert_value (fixture, "heard.shift ()", "frame 2 64 port 0 5 1");

  /* It is the same pair still. */
  assert_value (fixture, "native.openSocket (5)", "true");
  evaluate (fixture, "native.sendToSocket (3, 64, 'through', null, null)");
  wait_until (fixture, "heard.length === 1");
  assert_value (fixture, "heard.shift ()", "frame 5 64 through 0 0 0");
}

/* What was sent away, is in use, or never was, cannot be sent. */
static void
test_wrong_ports (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *message = "A port is in use, or was sent away already";

  evaluate (fixture, "native.makeSockets (); native.makeSockets (); native.openSocket (1);");
  assert_throws (fixture, "native.sendToSocket (1, 64, '', null, [99])", message);
  assert_throws (fixture, "native.sendToSocket (1, 64, '', null, [1])", message);
  evaluate (fixture, "native.sendToSocket (1, 64, '', null, [3])");
  assert_throws (fixture, "native.sendToSocket (1, 64, '', null, [3])", message);
  assert_value (fixture, "native.openSocket (3)", "false");
  assert_value (fixture, "native.openSocket (1)", "false");
  assert_value (fixture, "native.openSocket (99)", "false");
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  evaluate (fixture, "native.makeSockets (); native.openSocket (1); native.openSocket (2);");
  evaluate (fixture, "native.sendToSocket (1, 64, 'last', null, null); native.closeSocket (1)");
  wait_until (fixture, "heard.length === 2");
  assert_value (fixture, "heard.join ()", "frame 2 64 last 0 0 0,closed 2");

  /* Used after that, both do nothing. */
  assert_value (fixture, "native.sendToSocket (1, 64, '', null, null)", "false");
  assert_value (fixture, "native.sendToSocket (2, 64, '', null, null)", "false");
  assert_value (fixture, "native.getSocketQueued (2)", "0");
  evaluate (fixture, "native.closeSocket (2); native.setSocketReading (2, true);");
}

/* More than the socket takes, and then closed at once: all of it arrives. */
static void
test_close_with_much_to_send (Fixture       *fixture,
                              gconstpointer  data)
{
  evaluate (fixture, "native.makeSockets (); native.openSocket (1); native.openSocket (2);"
                     "for (let i = 0; i < 40; i++)"
                     "  native.sendToSocket (1, 64, 'x'.repeat (100000), null, null);");
  assert_value (fixture, "native.getSocketQueued (1) > 1000000", "true");
  evaluate (fixture, "native.closeSocket (1)");
  wait_until (fixture, "heard.length === 41");
  assert_value (fixture, "heard[39].length > 100000", "true");
  assert_value (fixture, "heard[40]", "closed 2");
}

static void
test_reading (Fixture       *fixture,
              gconstpointer  data)
{
  evaluate (fixture, "native.makeSockets (); native.openSocket (1); native.openSocket (2);"
                     "native.setSocketReading (2, false);"
                     "for (let i = 0; i < 40; i++)"
                     "  native.sendToSocket (1, 64, 'x'.repeat (100000), null, null);");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_value (fixture, "heard.length", "0");
  assert_value (fixture, "native.getSocketQueued (1) > 1000000", "true");

  evaluate (fixture, "native.setSocketReading (2, true)");
  wait_until (fixture, "heard.length === 41");
  assert_value (fixture, "heard.includes ('drained 1')", "true");
  assert_value (fixture, "native.getSocketQueued (1)", "0");
}

/* Both ends send more than the other has read: neither waits for the other. */
static void
test_flood_both_ways (Fixture       *fixture,
                      gconstpointer  data)
{
  evaluate (fixture, "native.makeSockets (); native.openSocket (1); native.openSocket (2);"
                     "for (let i = 0; i < 24; i++) {"
                     "  native.sendToSocket (1, 64, 'x'.repeat (1 << 20), null, null);"
                     "  native.sendToSocket (2, 64, 'x'.repeat (1 << 20), null, null);"
                     "}");
  wait_until (fixture, "heard.filter ((text) => text.startsWith ('frame')).length === 48");
}

/* The same one cannot go twice; neither has gone then. */
static void
test_named_twice (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(JSCValue) numbers = NULL;
  g_autoptr(GUnixFDList) list = NULL;
  g_autoptr(GUnixFDList) good_list = NULL;
  g_autoptr(GError) error = NULL;

  evaluate (fixture, "native.makeSockets ();");
  numbers = evaluate (fixture, "[2, 1, 2]");
  list = mullion_render_sockets_take (fixture->sockets, numbers, &error);
  g_assert_null (list);
  g_assert_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_CLOSED);

  g_clear_object (&numbers);
  numbers = evaluate (fixture, "[2, 1]");
  good_list = mullion_render_sockets_take (fixture->sockets, numbers, NULL);
  g_assert_cmpint (g_unix_fd_list_get_length (good_list), ==, 2);
}

static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  evaluate (fixture, "for (let i = 0; i < 128; i++) native.makeSockets ();");
  assert_throws (fixture, "native.makeSockets ()",
                 "A document cannot have more than 256 ports and streams at a time");
  evaluate (fixture, "native.closeSocket (1); native.closeSocket (9);");
  assert_value (fixture, "native.makeSockets ()", "257");
}

/* The other end breaks the rules: it is closed, with a word to the developer. */
static void
test_malformed (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree int *fds = NULL;
  g_autoptr(JSCValue) numbers = NULL;
  g_autoptr(GUnixFDList) list = NULL;
  g_autoptr(GError) error = NULL;
  const char nonsense[32] = "this is no header of any frame.";

  evaluate (fixture, "native.makeSockets (); native.openSocket (1);");
  numbers = evaluate (fixture, "[2]");
  list = mullion_render_sockets_take (fixture->sockets, numbers, &error);
  g_assert_no_error (error);
  fds = g_unix_fd_list_steal_fds (list, NULL);

  expect_warning ("A port or stream ended: *");
  g_assert_cmpint (write (fds[0], nonsense, sizeof nonsense), ==, sizeof nonsense);
  wait_until (fixture, "heard.length === 1");
  assert_warned ();
  assert_value (fixture, "heard[0]", "closed 1");
  close (fds[0]);
}

/* The document ends: whoever has the other ends hears of it, and late calls do nothing. */
static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(JSCValue) numbers = NULL;
  g_autoptr(GUnixFDList) list = NULL;
  g_autofree int *fds = NULL;
  char byte;

  evaluate (fixture, "native.makeSockets (); native.openSocket (1); native.makeSockets ();");
  numbers = evaluate (fixture, "[2, 4]");
  list = mullion_render_sockets_take (fixture->sockets, numbers, NULL);
  fds = g_unix_fd_list_steal_fds (list, NULL);

  mullion_render_sockets_close (fixture->sockets);
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 0);
  g_assert_cmpint (read (fds[1], &byte, 1), ==, 0);
  assert_value (fixture, "native.sendToSocket (1, 64, '', null, null)", "false");
  assert_value (fixture, "native.openSocket (3)", "false");
  evaluate (fixture, "native.closeSocket (1); native.setSocketReading (1, false);");
  close (fds[0]);
  close (fds[1]);
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
    { "frames", test_frames },
    { "ports", test_ports },
    { "wrong-ports", test_wrong_ports },
    { "named-twice", test_named_twice },
    { "close", test_close },
    { "close-with-much-to-send", test_close_with_much_to_send },
    { "reading", test_reading },
    { "flood-both-ways", test_flood_both_ways },
    { "limit", test_limit },
    { "malformed", test_malformed },
    { "end", test_end },
  };

  g_test_init (&argc, &argv, NULL);
  watch_warnings ();

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/render-sockets/", tests[i].path, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }

  return g_test_run ();
}
