/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mullion.h>

#include "app/mullion-ipc-main-event-private.h"
#include "app/mullion-ipc-main-invoke-event-private.h"
#include "app/mullion-ipc-main-private.h"
#include "app/mullion-web-frame-main-private.h"
#include "tests/test-warnings.h"

/* MullionIpcMain and its events alone: messages are made here, and no page sends them. */

/* One for all tests: contents without a view end with the program. */
static MullionWebContents *contents;

/* What was called, in its order, each as its name and a space. */
typedef struct
{
  MullionIpcMain *ipc;
  MullionWebFrameMain *frame;
  JsonArray *args;
  GString *calls;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *name;
  guint victim; /* a listener that is removed by this one */
} Callee;

static Callee *
callee (Fixture    *fixture,
        const char *name)
{
  Callee *self = g_new0 (Callee, 1);

  self->fixture = fixture;
  self->name = name;

  return self;
}

static void
free_callee (gpointer data)
{
  Callee *self = data;

  g_string_append_printf (self->fixture->calls, "~%s ", self->name);
  g_free (self);
}

static void
note (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  Callee *self = user_data;

  g_assert_true (args == self->fixture->args);
  g_string_append_printf (self->fixture->calls, "%s ", self->name);
}

static void
note_call (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  note (NULL, args, user_data);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static guint
listen (Fixture    *fixture,
        const char *channel,
        const char *name)
{
  return mullion_ipc_main_on (fixture->ipc, channel, note, callee (fixture, name), free_callee);
}

static gboolean
emit (Fixture    *fixture,
      const char *channel)
{
  g_autoptr(MullionIpcMainEvent) event =
    mullion_ipc_main_event_new (contents, fixture->frame, channel, 0);

  return mullion_ipc_main_emit (fixture->ipc, event, fixture->args);
}

static gboolean
call (Fixture    *fixture,
      const char *channel)
{
  g_autoptr(MullionIpcMainInvokeEvent) event =
    mullion_ipc_main_invoke_event_new (contents, fixture->frame, channel, 1);

  return mullion_ipc_main_call (fixture->ipc, event, fixture->args);
}

/* Asserts what was called since the last time. */
static void
assert_calls (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpstr (fixture->calls->str, ==, expected);
  g_string_truncate (fixture->calls, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->ipc = mullion_ipc_main_new ();
  fixture->frame = mullion_web_frame_main_new (NULL, 1, 1, "app://test/", "app://test", TRUE);
  fixture->args = json_array_new ();
  fixture->calls = g_string_new (NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->ipc != NULL)
    g_assert_finalize_object (fixture->ipc);
  g_assert_finalize_object (fixture->frame);
  json_array_unref (fixture->args);
  g_string_free (fixture->calls, TRUE);
  assert_warned ();
}

/* -- Listeners -- */

static void
test_on (Fixture       *fixture,
         gconstpointer  data)
{
  guint first, second;

  g_assert_false (emit (fixture, "a"));
  g_assert_cmpuint (mullion_ipc_main_listener_count (fixture->ipc, "a"), ==, 0);

  first = listen (fixture, "a", "1");
  second = listen (fixture, "a", "2");
  listen (fixture, "b", "3");
  g_assert_cmpuint (first, !=, 0);
  g_assert_cmpuint (second, !=, first);
  g_assert_cmpuint (mullion_ipc_main_listener_count (fixture->ipc, "a"), ==, 2);

  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "1 2 ");
  g_assert_true (emit (fixture, "b"));
  assert_calls (fixture, "3 ");
  g_assert_false (emit (fixture, "A"));
  g_assert_false (emit (fixture, ""));
  assert_calls (fixture, "");
}

static void
test_off (Fixture       *fixture,
          gconstpointer  data)
{
  guint id = listen (fixture, "a", "1");

  listen (fixture, "a", "2");
  mullion_ipc_main_off (fixture->ipc, id + 100);
  mullion_ipc_main_off (fixture->ipc, 0);
  assert_calls (fixture, "");

  mullion_ipc_main_off (fixture->ipc, id);
  assert_calls (fixture, "~1 ");
  mullion_ipc_main_off (fixture->ipc, id);
  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "2 ");
  g_assert_cmpuint (mullion_ipc_main_listener_count (fixture->ipc, "a"), ==, 1);
}

static void
test_remove_all (Fixture       *fixture,
                 gconstpointer  data)
{
  listen (fixture, "a", "1");
  listen (fixture, "a", "2");
  listen (fixture, "b", "3");
  mullion_ipc_main_handle (fixture->ipc, "a", note_call, callee (fixture, "h"), free_callee);

  mullion_ipc_main_remove_all_listeners (fixture->ipc, "a");
  assert_calls (fixture, "~1 ~2 ");
  mullion_ipc_main_remove_all_listeners (fixture->ipc, "a");
  g_assert_false (emit (fixture, "a"));
  g_assert_true (emit (fixture, "b"));
  assert_calls (fixture, "3 ");

  listen (fixture, "a", "4");
  mullion_ipc_main_remove_all_listeners (fixture->ipc, NULL);
  g_assert_nonnull (strstr (fixture->calls->str, "~3 "));
  g_assert_nonnull (strstr (fixture->calls->str, "~4 "));
  g_string_truncate (fixture->calls, 0);

  g_assert_true (call (fixture, "a"));
  assert_calls (fixture, "h ");
}

static void
note_once (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  Callee *self = user_data;

  g_assert_cmpuint (mullion_ipc_main_listener_count (self->fixture->ipc, "a"), ==, 0);
  note (event, args, user_data);
  /* It has gone by now, so this reaches nobody. */
  g_assert_false (emit (self->fixture, "a"));
}

static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  guint id;

  mullion_ipc_main_once (fixture->ipc, "a", note_once, callee (fixture, "1"), free_callee);
  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "1 ~1 ");
  g_assert_false (emit (fixture, "a"));

  id = mullion_ipc_main_once (fixture->ipc, "a", note, callee (fixture, "2"), free_callee);
  mullion_ipc_main_off (fixture->ipc, id);
  g_assert_false (emit (fixture, "a"));
  assert_calls (fixture, "~2 ");
}

/* -- Changes while a message is handed out -- */

static void
remove_victim (MullionIpcMainEvent *event,
               JsonArray           *args,
               gpointer             user_data)
{
  Callee *self = user_data;

  note (event, args, user_data);
  mullion_ipc_main_off (self->fixture->ipc, self->victim);
}

static void
test_off_another (Fixture       *fixture,
                  gconstpointer  data)
{
  Callee *remover = callee (fixture, "1");

  mullion_ipc_main_on (fixture->ipc, "a", remove_victim, remover, free_callee);
  remover->victim = listen (fixture, "a", "2");
  listen (fixture, "a", "3");

  g_assert_true (emit (fixture, "a"));
  g_assert_cmpuint (mullion_ipc_main_listener_count (fixture->ipc, "a"), ==, 2);
  /* Who was removed is not called, but its data may be needed until the end of the round. */
  assert_calls (fixture, "1 3 ~2 ");
}

static void
test_off_itself (Fixture       *fixture,
                 gconstpointer  data)
{
  Callee *remover = callee (fixture, "1");

  remover->victim =
    mullion_ipc_main_on (fixture->ipc, "a", remove_victim, remover, free_callee);
  listen (fixture, "a", "2");

  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "1 2 ~1 ");
  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "2 ");
}

static void
remove_everybody (MullionIpcMainEvent *event,
                  JsonArray           *args,
                  gpointer             user_data)
{
  Callee *self = user_data;

  note (event, args, user_data);
  mullion_ipc_main_remove_all_listeners (self->fixture->ipc, NULL);
}

static void
test_remove_all_inside (Fixture       *fixture,
                        gconstpointer  data)
{
  listen (fixture, "a", "1");
  mullion_ipc_main_on (fixture->ipc, "a", remove_everybody, callee (fixture, "2"), free_callee);
  listen (fixture, "a", "3");

  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "1 2 ~1 ~2 ~3 ");
  g_assert_false (emit (fixture, "a"));
}

static void
add_another (MullionIpcMainEvent *event,
             JsonArray           *args,
             gpointer             user_data)
{
  Callee *self = user_data;

  note (event, args, user_data);
  listen (self->fixture, "a", "new");
}

static void
test_on_inside (Fixture       *fixture,
                gconstpointer  data)
{
  mullion_ipc_main_once (fixture->ipc, "a", add_another, callee (fixture, "1"), free_callee);

  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "1 ~1 ");
  g_assert_true (emit (fixture, "a"));
  assert_calls (fixture, "new ");
}

static void
free_and_remove_all (gpointer data)
{
  Callee *self = data;

  mullion_ipc_main_remove_all_listeners (self->fixture->ipc, "a");
  free_callee (self);
}

/* The last that is heard of a listener may change the list once more. */
static void
test_remove_all_in_free (Fixture       *fixture,
                         gconstpointer  data)
{
  guint id = mullion_ipc_main_on (fixture->ipc, "a", note, callee (fixture, "1"),
                                  free_and_remove_all);

  listen (fixture, "a", "2");
  mullion_ipc_main_off (fixture->ipc, id);
  assert_calls (fixture, "~2 ~1 ");
  g_assert_cmpuint (mullion_ipc_main_listener_count (fixture->ipc, "a"), ==, 0);
}

/* -- Handlers -- */

static void
test_handle (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_false (call (fixture, "a"));
  g_assert_true (mullion_ipc_main_handle (fixture->ipc, "a", note_call, callee (fixture, "1"),
                                          free_callee));
  g_assert_true (call (fixture, "a"));
  g_assert_true (call (fixture, "a"));
  g_assert_false (call (fixture, "b"));
  assert_calls (fixture, "1 1 ");
  /* Listeners and handlers are two things. */
  g_assert_false (emit (fixture, "a"));

  mullion_ipc_main_remove_handler (fixture->ipc, "b");
  mullion_ipc_main_remove_handler (fixture->ipc, "a");
  assert_calls (fixture, "~1 ");
  g_assert_false (call (fixture, "a"));
  g_assert_true (mullion_ipc_main_handle (fixture->ipc, "a", note_call, callee (fixture, "2"),
                                          free_callee));
}

static void
test_second_handler (Fixture       *fixture,
                     gconstpointer  data)
{
  if (g_test_subprocess ())
    {
      Callee *second = callee (fixture, "2");

      g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
      mullion_ipc_main_handle (fixture->ipc, "a", note_call, callee (fixture, "1"), free_callee);
      g_assert_false (mullion_ipc_main_handle (fixture->ipc, "a", note_call, second, free_callee));
      assert_calls (fixture, "~2 ");
      g_assert_false (mullion_ipc_main_handle_once (fixture->ipc, "a", note_call,
                                                    callee (fixture, "3"), free_callee));
      assert_calls (fixture, "~3 ");
      g_assert_true (call (fixture, "a"));
      assert_calls (fixture, "1 ");
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Attempted to register a second handler for 'a'*"
                             "Attempted to register a second handler for 'a'*");
}

static void
handle_again (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  Callee *self = user_data;

  note_call (event, args, user_data);
  g_assert_true (mullion_ipc_main_handle (self->fixture->ipc, "a", note_call,
                                          callee (self->fixture, "2"), free_callee));
}

static void
test_handle_once (Fixture       *fixture,
                  gconstpointer  data)
{
  mullion_ipc_main_handle_once (fixture->ipc, "a", handle_again, callee (fixture, "1"),
                                free_callee);

  g_assert_true (call (fixture, "a"));
  assert_calls (fixture, "1 ~1 ");
  g_assert_true (call (fixture, "a"));
  assert_calls (fixture, "2 ");
}

static void
remove_itself (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  Callee *self = user_data;

  mullion_ipc_main_remove_handler (self->fixture->ipc, "a");
  note_call (event, args, user_data);
}

static void
test_remove_handler_inside (Fixture       *fixture,
                            gconstpointer  data)
{
  mullion_ipc_main_handle (fixture->ipc, "a", remove_itself, callee (fixture, "1"), free_callee);

  g_assert_true (call (fixture, "a"));
  assert_calls (fixture, "1 ~1 ");
  g_assert_false (call (fixture, "a"));
}

static void
test_finalize (Fixture       *fixture,
               gconstpointer  data)
{
  listen (fixture, "a", "1");
  listen (fixture, "a", "2");
  mullion_ipc_main_handle (fixture->ipc, "a", note_call, callee (fixture, "3"), free_callee);

  g_assert_finalize_object (g_steal_pointer (&fixture->ipc));
  assert_calls (fixture, "~1 ~2 ~3 ");
}

/* -- Events -- */

static void
test_event (Fixture       *fixture,
            gconstpointer  data)
{
  MullionIpcMainEvent *event = mullion_ipc_main_event_new (contents, fixture->frame, "a", 0);

  g_assert_cmpstr (mullion_ipc_main_event_get_channel (event), ==, "a");
  g_assert_true (mullion_ipc_main_event_get_sender (event) == contents);
  g_assert_false (mullion_ipc_main_event_is_sync (event));
  /* The frame was made without a page, as one whose page is gone. */
  g_assert_null (mullion_ipc_main_event_get_sender_frame (event));
  mullion_ipc_main_event_set_return_value (event, json_node_new (JSON_NODE_NULL));
  mullion_ipc_main_event_reply (event, "b", json_array_new ());
  g_assert_finalize_object (event);
}

static void
test_answer_twice (Fixture       *fixture,
                   gconstpointer  data)
{
  MullionIpcMainInvokeEvent *event =
    mullion_ipc_main_invoke_event_new (contents, fixture->frame, "a", 1);

  mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
  expect_warning ("A call of 'a' was answered a second time; the first answer stands");
  mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
  expect_warning ("A call of 'a' was answered a second time; the first answer stands");
  mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_FAILED, "x");
  g_assert_finalize_object (event);
}

static void
answer_cb (GCancellable              *cancellable,
           MullionIpcMainInvokeEvent *event)
{
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* A document that goes takes its calls along, and a late answer is no mistake. */
static void
test_detach (Fixture       *fixture,
             gconstpointer  data)
{
  MullionIpcMainInvokeEvent *pending =
    mullion_ipc_main_invoke_event_new (contents, fixture->frame, "a", 1);
  MullionIpcMainInvokeEvent *eager =
    mullion_ipc_main_invoke_event_new (contents, fixture->frame, "a", 2);
  MullionIpcMainInvokeEvent *answered =
    mullion_ipc_main_invoke_event_new (contents, fixture->frame, "a", 3);

  g_signal_connect (mullion_ipc_main_invoke_event_get_cancellable (eager), "cancelled",
                    G_CALLBACK (answer_cb), eager);
  mullion_ipc_main_invoke_event_return (answered, NULL);
  mullion_web_frame_main_detach (fixture->frame);

  g_assert_true (g_cancellable_is_cancelled (
    mullion_ipc_main_invoke_event_get_cancellable (pending)));
  g_assert_true (g_cancellable_is_cancelled (
    mullion_ipc_main_invoke_event_get_cancellable (eager)));
  g_assert_false (g_cancellable_is_cancelled (
    mullion_ipc_main_invoke_event_get_cancellable (answered)));

  mullion_ipc_main_invoke_event_return (pending, json_node_new (JSON_NODE_NULL));
  g_assert_finalize_object (pending);
  g_assert_finalize_object (eager);
  g_assert_finalize_object (answered);
}

static gpointer
drop_event (gpointer event)
{
  g_object_unref (event);
  return NULL;
}

static void
weak_notify_cb (gpointer  flag,
                GObject  *frame)
{
  *(GThread **) flag = g_thread_self ();
}

/* A thread may let go of the last reference to an event; the frame still goes where it lives. */
static void
test_drop_in_thread (Fixture       *fixture,
                     gconstpointer  data)
{
  MullionWebFrameMain *frame =
    mullion_web_frame_main_new (NULL, 2, 2, "app://test/", "app://test", TRUE);
  MullionIpcMainInvokeEvent *event =
    mullion_ipc_main_invoke_event_new (contents, frame, "a", 1);
  GThread *freed_in = NULL;

  g_object_weak_ref (G_OBJECT (frame), weak_notify_cb, &freed_in);
  g_object_unref (frame);

  g_assert_true (g_main_context_acquire (NULL));
  g_thread_join (g_thread_new ("drop", drop_event, event));
  g_main_context_release (NULL);
  while (freed_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (freed_in == g_thread_self ());
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/ipc-main/on", test_on },
    { "/ipc-main/off", test_off },
    { "/ipc-main/remove-all", test_remove_all },
    { "/ipc-main/once", test_once },
    { "/ipc-main/off-another", test_off_another },
    { "/ipc-main/off-itself", test_off_itself },
    { "/ipc-main/remove-all-inside", test_remove_all_inside },
    { "/ipc-main/on-inside", test_on_inside },
    { "/ipc-main/remove-all-in-free", test_remove_all_in_free },
    { "/ipc-main/handle", test_handle },
    { "/ipc-main/second-handler", test_second_handler },
    { "/ipc-main/handle-once", test_handle_once },
    { "/ipc-main/remove-handler-inside", test_remove_handler_inside },
    { "/ipc-main/finalize", test_finalize },
    { "/ipc-main/event", test_event },
    { "/ipc-main/answer-twice", test_answer_twice },
    { "/ipc-main/detach", test_detach },
    { "/ipc-main/drop-in-thread", test_drop_in_thread },
  };

  g_test_init (&argc, &argv, NULL);
  watch_warnings ();
  contents = g_object_new (MULLION_TYPE_WEB_CONTENTS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
