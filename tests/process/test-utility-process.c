/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-app.h"
#include "mullion-json-writer.h"
#include "mullion-message-channel-main.h"
#include "mullion-message-event.h"
#include "mullion-process-error.h"
#include "mullion-utility-process.h"
#include "mullion-value.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* Helpers with a message port: a real program that is linked with the library, and the same as a module.
 * Most tests run with each. */

typedef struct
{
  const char *folder; /* in the build folder of the tests */
  const char *file;
} Kind;

static const Kind program = { "process", "utility-program" };
static const Kind module = { "modules", "libmodule-helper.so" };

typedef struct
{
  const Kind *kind;
  MullionUtilityProcess *helper;
  GPtrArray *heard; /* of texts of JSON */
  guint n_spawns;
  guint n_exits;
  int code;
  int signal_number;
} Talk;

static void
spawn_cb (MullionUtilityProcess *helper,
          Talk                  *talk)
{
  g_assert_cmpint (mullion_utility_process_get_pid (helper), >, 0);
  talk->n_spawns++;
}

static void
message_cb (GObject             *object,
            MullionMessageEvent *event,
            Talk                *talk)
{
  JsonNode *data = mullion_message_event_get_data (event);

  g_assert_cmpuint (talk->n_exits, ==, 0);
  g_ptr_array_add (talk->heard,
                   data != NULL ? mullion_json_to_string (data) : g_strdup ("undefined"));
}

static void
exit_cb (MullionUtilityProcess *helper,
         int                    code,
         int                    signal_number,
         Talk                  *talk)
{
  g_assert_cmpint (mullion_utility_process_get_pid (helper), ==, -1);
  talk->n_exits++;
  talk->code = code;
  talk->signal_number = signal_number;
}

static void
begin (Talk                *talk,
       const Kind          *kind,
       MullionSpawnOptions *options)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, kind->folder, kind->file, NULL);
  const char *args[] = { "hello", NULL };
  g_autoptr(GError) error = NULL;

  *talk = (Talk) { .kind = kind };
  talk->heard = g_ptr_array_new_with_free_func (g_free);
  talk->helper = mullion_utility_process_fork (path, args, options, &error);
  g_assert_no_error (error);
  g_signal_connect (talk->helper, "spawn", G_CALLBACK (spawn_cb), talk);
  g_signal_connect (talk->helper, "message", G_CALLBACK (message_cb), talk);
  g_signal_connect (talk->helper, "exit", G_CALLBACK (exit_cb), talk);
}

static void
end (Talk *talk,
     int   code,
     int   signal_number)
{
  g_autoptr(GError) error = NULL;

  wait_until (talk->n_exits > 0);
  g_assert_cmpint (talk->code, ==, code);
  g_assert_cmpint (talk->signal_number, ==, signal_number);
  g_assert_false (mullion_utility_process_kill (talk->helper));
  g_assert_false (mullion_utility_process_post_message (talk->helper, NULL, NULL, 0, &error));
  g_assert_nonnull (error);
  g_assert_finalize_object (talk->helper);
  g_ptr_array_unref (talk->heard);
}

static void
post (Talk       *talk,
      const char *json)
{
  g_autoptr(GError) error = NULL;

  mullion_utility_process_post_message (talk->helper, json_from_string (json, NULL), NULL, 0, &error);
  g_assert_no_error (error);
}

#define assert_heard(talk, index, json) \
  G_STMT_START { \
    wait_until ((talk)->heard->len > (index)); \
    g_assert_cmpstr ((talk)->heard->pdata[index], ==, json); \
  } G_STMT_END

static void
test_messages (gconstpointer kind)
{
  Talk talk;

  begin (&talk, kind, NULL);
  assert_heard (&talk, 0, "\"hello\"");
  g_assert_cmpuint (talk.n_spawns, ==, 1);
  post (&talk, "{ \"list\": [ 1.5, \"é€😀\" ] }");
  assert_heard (&talk, 1, "{\"list\":[1.5,\"é€😀\"]}");

  /* Its last words come before its end. */
  post (&talk, "\"leave\"");
  end (&talk, 7, 0);
}

static void
test_crash (gconstpointer kind)
{
  Talk talk;

  begin (&talk, kind, NULL);
  assert_heard (&talk, 0, "\"hello\"");
  post (&talk, "\"crash\"");
  assert_heard (&talk, 1, "\"crash\"");
  end (&talk, -1, SIGABRT);
}

static void
test_kill (gconstpointer kind)
{
  Talk talk;

  begin (&talk, kind, NULL);
  post (&talk, "\"hang\"");
  assert_heard (&talk, 1, "\"hang\"");
  g_assert_true (mullion_utility_process_kill (talk.helper));
  end (&talk, -1, SIGTERM);
}

/* The helper ends by itself when nobody holds the other end of its port. */
static void
test_let_go (gconstpointer kind)
{
  Talk talk;
  int pid;

  begin (&talk, kind, NULL);
  assert_heard (&talk, 0, "\"hello\"");
  pid = mullion_utility_process_get_pid (talk.helper);
  g_assert_finalize_object (talk.helper);
  wait_until (kill (pid, 0) < 0);
  g_ptr_array_unref (talk.heard);
}

/* A channel of which the helper gets one end: messages on it have nothing to do with its own port. */
static void
test_ports (gconstpointer kind)
{
  g_autoptr(MullionMessageChannelMain) channel = mullion_message_channel_main_new (NULL);
  MullionMessagePortMain *here = mullion_message_channel_main_get_port1 (channel);
  MullionMessagePortMain *ports[] = { mullion_message_channel_main_get_port2 (channel) };
  g_autoptr(GError) error = NULL;
  Talk talk;

  begin (&talk, kind, NULL);
  assert_heard (&talk, 0, "\"hello\"");
  mullion_utility_process_post_message (talk.helper, NULL, ports, 1, &error);
  g_assert_no_error (error);
  g_assert_false (mullion_message_port_main_is_open (ports[0]));
  wait_until (talk.heard->len == 2);

  g_signal_connect (here, "message", G_CALLBACK (message_cb), &talk);
  mullion_message_port_main_start (here);
  mullion_message_port_main_post_message (here, mullion_value_new_string ("direct", -1), NULL, 0,
                                          &error);
  g_assert_no_error (error);
  assert_heard (&talk, 2, "\"direct\"");
  g_signal_handlers_disconnect_by_data (here, &talk);
  mullion_message_port_main_close (here);
  post (&talk, "\"leave\"");
  end (&talk, 7, 0);
}

/* Two helpers with the same options; and the options are as they were. */
static void
test_options (gconstpointer kind)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  Talk first;
  Talk second;

  mullion_spawn_options_setenv (options, "GREETING", "hello");
  begin (&first, kind, options);
  begin (&second, kind, options);
  assert_heard (&first, 0, "\"hello\"");
  assert_heard (&second, 0, "\"hello\"");
  g_assert_nonnull (mullion_utility_process_get_stdout (first.helper));
  post (&first, "\"leave\"");
  post (&second, "\"leave\"");
  end (&first, 7, 0);
  end (&second, 7, 0);
}

static void
test_errors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, program.folder, program.file, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  char *argv[] = { path, NULL };
  int status = 0;

  g_assert_null (mullion_utility_process_fork ("/nowhere/helper", NULL, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/helper"));
  g_clear_error (&error);

  /* One that nobody forked as a helper. */
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &text, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_nonnull (strstr (text, "There is no channel to a parent"));
}

/* How the app heard of an end. */
typedef struct
{
  Talk talk;
  guint n_told;
  char *reason;
  int exit_code;
} Gone;

static void
gone_cb (MullionApp *app,
         const char *type,
         const char *reason,
         int         exit_code,
         const char *name,
         Gone       *gone)
{
  g_assert_cmpstr (type, ==, "Utility");
  g_assert_cmpstr (name, ==, gone->talk.kind->file);
  g_assert_cmpuint (gone->talk.n_exits, ==, 1);
  gone->n_told++;
  gone->reason = g_strdup (reason);
  gone->exit_code = exit_code;
}

static void
begin_gone (Gone       *gone,
            const Kind *kind,
            MullionApp *app,
            const char *order)
{
  g_autofree char *json = g_strdup_printf ("\"%s\"", order);

  *gone = (Gone) { 0 };
  begin (&gone->talk, kind, NULL);
  g_signal_connect (app, "child-process-gone", G_CALLBACK (gone_cb), gone);
  post (&gone->talk, json);
  assert_heard (&gone->talk, 1, json);
}

/* @reason: (nullable): nothing is told */
static void
end_gone (Gone       *gone,
          MullionApp *app,
          int         code,
          int         signal_number,
          const char *reason)
{
  end (&gone->talk, code, signal_number);
  g_assert_cmpuint (gone->n_told, ==, reason != NULL ? 1 : 0);
  g_assert_cmpstr (gone->reason, ==, reason);
  if (reason != NULL)
    {
      g_assert_cmpint (WIFSIGNALED (gone->exit_code), ==, signal_number != 0);
      g_assert_cmpint (WTERMSIG (gone->exit_code), ==, signal_number);
      g_assert_cmpint (WEXITSTATUS (gone->exit_code), ==, MAX (code, 0));
    }
  g_signal_handlers_disconnect_by_data (app, gone);
  g_free (gone->reason);
}

static void
test_gone_unexpectedly (gconstpointer kind)
{
  g_autoptr(MullionApp) app = mullion_app_new ("org.example.Gone", G_APPLICATION_NON_UNIQUE);
  Gone gone;

  begin_gone (&gone, kind, app, "crash");
  end_gone (&gone, app, -1, SIGABRT, "crashed");

  begin_gone (&gone, kind, app, "exit 3");
  end_gone (&gone, app, 3, 0, "abnormal-exit");

  begin_gone (&gone, kind, app, "hang");
  kill (mullion_utility_process_get_pid (gone.talk.helper), SIGKILL);
  end_gone (&gone, app, -1, SIGKILL, "killed");
}

static void
test_gone_as_expected (gconstpointer kind)
{
  g_autoptr(MullionApp) app = mullion_app_new ("org.example.Gone", G_APPLICATION_NON_UNIQUE);
  Gone gone;

  begin_gone (&gone, kind, app, "exit 0");
  end_gone (&gone, app, 0, 0, NULL);

  begin_gone (&gone, kind, app, "hang");
  g_assert_true (mullion_utility_process_kill (gone.talk.helper));
  end_gone (&gone, app, -1, SIGTERM, NULL);
}

/* It was asked to end, and does it badly. */
static void
test_gone_by_crash (gconstpointer kind)
{
  g_autoptr(MullionApp) app = mullion_app_new ("org.example.Gone", G_APPLICATION_NON_UNIQUE);
  Gone gone;

  begin_gone (&gone, kind, app, "crash on SIGTERM");
  g_assert_true (mullion_utility_process_kill (gone.talk.helper));
  end_gone (&gone, app, -1, SIGABRT, "crashed");
}

/* -- Modules that cannot run -- */

typedef struct
{
  GError *error;
  int code;
  int signal_number;
  char *reason; /* what the app was told */
} Failure;

static void
failed_cb (MullionUtilityProcess *helper,
           const GError          *error,
           Failure               *failure)
{
  g_assert_null (failure->error);
  failure->error = g_error_copy (error);
}

static void
failed_exit_cb (MullionUtilityProcess *helper,
                int                    code,
                int                    signal_number,
                Failure               *failure)
{
  failure->code = code;
  failure->signal_number = signal_number;
}

static void
failed_gone_cb (MullionApp *app,
                const char *type,
                const char *reason,
                int         exit_code,
                const char *name,
                Failure    *failure)
{
  failure->reason = g_strdup (reason);
}

/* @code: of an error that has to be told and to name @path, or -1 for none */
static void
check_failure (const char *path,
               int         code,
               int         signal_number,
               const char *reason)
{
  g_autoptr(MullionApp) app = mullion_app_new ("org.example.Gone", G_APPLICATION_NON_UNIQUE);
  Failure failure = { 0 };
  g_autoptr(GError) error = NULL;
  MullionUtilityProcess *helper = mullion_utility_process_fork (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_signal_connect (helper, "error", G_CALLBACK (failed_cb), &failure);
  g_signal_connect (helper, "exit", G_CALLBACK (failed_exit_cb), &failure);
  g_signal_connect (app, "child-process-gone", G_CALLBACK (failed_gone_cb), &failure);
  wait_until (failure.reason != NULL);

  g_assert_cmpstr (failure.reason, ==, reason);
  g_assert_cmpint (failure.signal_number, ==, signal_number);
  if (code < 0)
    g_assert_no_error (failure.error);
  else
    {
      g_assert_error (failure.error, MULLION_PROCESS_ERROR, code);
      g_assert_nonnull (strstr (failure.error->message, path));
      g_assert_cmpint (failure.code, ==, 1);
    }

  g_signal_handlers_disconnect_by_data (app, &failure);
  g_assert_finalize_object (helper);
  g_clear_error (&failure.error);
  g_free (failure.reason);
}

static void
test_module_errors (void)
{
  g_autofree char *empty = g_test_build_filename (G_TEST_BUILT, "modules", "libmodule-empty.so", NULL);
  g_autofree char *lacking =
      g_test_build_filename (G_TEST_BUILT, "modules", "libmodule-helper-lacking.so", NULL);
  g_autofree char *crash = g_test_build_filename (G_TEST_BUILT, "modules", "libmodule-helper-crash.so", NULL);
  g_autofree char *folder = g_dir_make_tmp ("mullion-module-XXXXXX", NULL);
  g_autofree char *text = g_build_filename (folder, "text.so", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.so", NULL);
  g_autofree char *no_file = g_build_filename (folder, "folder.so", NULL);
  g_autoptr(GError) error = NULL;

  check_failure (empty, MULLION_PROCESS_ERROR_NO_ENTRY_POINT, 0, "launch-failed");
  check_failure (lacking, MULLION_PROCESS_ERROR_MODULE_NOT_LOADED, 0, "launch-failed");
  g_file_set_contents (text, "no library", -1, &error);
  g_assert_no_error (error);
  check_failure (text, MULLION_PROCESS_ERROR_MODULE_NOT_LOADED, 0, "launch-failed");

  /* It is code already: the helper crashes, and the app does not. */
  check_failure (crash, -1, SIGABRT, "crashed");

  g_assert_null (mullion_utility_process_fork (missing, NULL, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);
  g_assert_no_errno (g_mkdir (no_file, 0700));
  g_assert_null (mullion_utility_process_fork (no_file, NULL, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_MODULE_NOT_LOADED);
  remove_folder (folder);
}

static void
test_no_host (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, module.folder, module.file, NULL);
  g_autofree char *folder = g_strdup (g_getenv ("MULLION_EXTENSION_DIR"));
  g_autoptr(GError) error = NULL;

  g_setenv ("MULLION_EXTENSION_DIR", "/nowhere/extensions", TRUE);
  g_assert_null (mullion_utility_process_fork (path, NULL, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_HOST_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“/nowhere/helpers/mullion-utility-host”"));
  g_setenv ("MULLION_EXTENSION_DIR", folder, TRUE);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* The path of a module is one in the folder where the helper runs. */
static void
test_module_folder (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, module.folder, NULL);
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *args[] = { "hello", NULL };
  g_autoptr(GError) error = NULL;
  guint n_exits = 0;
  MullionUtilityProcess *helper;

  mullion_spawn_options_set_cwd (options, folder);
  helper = mullion_utility_process_fork (module.file, args, options, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (helper, "exit", G_CALLBACK (count_cb), &n_exits);
  g_signal_connect (helper, "message", G_CALLBACK (mullion_utility_process_kill), NULL);
  wait_until (n_exits == 1);
  g_assert_finalize_object (helper);
}

static void
ended_cb (MullionUtilityProcess *helper,
          int                    code,
          int                    signal_number,
          int                   *status)
{
  *status = code;
}

/* One that never asks for its port. */
static void
test_not_passed_on (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, program.folder, program.file, NULL);
  const char *args[] = { "run-shell", NULL };
  g_autoptr(GError) error = NULL;
  MullionUtilityProcess *helper = mullion_utility_process_fork (path, args, NULL, &error);
  int status = -2;

  g_assert_no_error (error);
  g_signal_connect (helper, "exit", G_CALLBACK (ended_cb), &status);
  wait_until (status != -2);
  g_assert_cmpint (status, ==, 0);
  g_assert_finalize_object (helper);
}

/* -- All of them -- */

static const struct
{
  const char *name;
  GTestDataFunc func;
} tests[] = {
  { "messages", test_messages },
  { "crash", test_crash },
  { "kill", test_kill },
  { "let-go", test_let_go },
  { "ports", test_ports },
  { "options", test_options },
  { "gone/unexpectedly", test_gone_unexpectedly },
  { "gone/as-expected", test_gone_as_expected },
  { "gone/by-crash", test_gone_by_crash },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *of_program = g_strconcat ("/utility-process/program/", tests[i].name, NULL);
      g_autofree char *of_module = g_strconcat ("/utility-process/module/", tests[i].name, NULL);

      g_test_add_data_func (of_program, &program, tests[i].func);
      g_test_add_data_func (of_module, &module, tests[i].func);
    }
  g_test_add_func ("/utility-process/errors", test_errors);
  g_test_add_func ("/utility-process/module-errors", test_module_errors);
  g_test_add_func ("/utility-process/module-folder", test_module_folder);
  g_test_add_func ("/utility-process/no-host", test_no_host);
  g_test_add_func ("/utility-process/not-passed-on", test_not_passed_on);

  return g_test_run ();
}
