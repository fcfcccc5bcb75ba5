/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include "mullion-process-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is more than any pipe holds. */
#define LARGE (4u * 1024 * 1024)

static const char *program_path;

static void
assert_text (GInputStream *stream,
             const char   *expected)
{
  g_autofree char *text = read_to_end (stream);

  g_assert_cmpstr (text, ==, expected);
}

/* -- Starting and ending -- */

static void
test_exit (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn_shell (NULL, &outcome, "echo out; echo err >&2; exit 3");

  g_assert_true (mullion_child_process_is_running (child));
  g_assert_cmpint (mullion_child_process_get_pid (child), >, 1);
  g_assert_cmpint (mullion_child_process_get_exit_code (child), ==, -1);
  g_assert_cmpint (mullion_child_process_get_signal_code (child), ==, 0);

  /* What it wrote is there after its end, and `close` waits for that to be read. */
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, 3);
  g_assert_cmpint (outcome.signal_number, ==, 0);
  assert_text (mullion_child_process_get_stdout (child), "out\n");
  g_assert_cmpuint (outcome.n_closes, ==, 0);
  assert_text (mullion_child_process_get_stderr (child), "err\n");
  wait_until (outcome.n_closes > 0);
  finish (child, &outcome);
}

/* Nobody needs to hold a process that runs, and it leaves no zombie. */
static void
test_unreferenced (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn_shell (NULL, &outcome, "read line; exit 4");
  GOutputStream *input = g_object_ref (mullion_child_process_get_stdin (child));
  int pid = mullion_child_process_get_pid (child);

  g_object_unref (child);
  g_assert_true (g_output_stream_write_all (input, "go\n", 3, NULL, NULL, NULL));
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, 4);
  g_assert_cmpint (waitpid (pid, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
  g_object_unref (input);
}

static void
assert_refused (const char          *program,
                MullionSpawnOptions *options,
                int                  code,
                const char          *message)
{
  g_autoptr(GError) error = NULL;
  const char *argv[] = { program, "argument", NULL };

  g_assert_null (mullion_child_process_spawn (argv, options, NULL, &error));
  g_assert_error (error, MULLION_PROCESS_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  g_autofree char *script = NULL;
  g_autofree char *text = NULL;
  int fd = g_file_open_tmp (NULL, &script, NULL);

  close (fd);
  assert_refused ("no-such-program-at-all", NULL, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
                  "Cannot run “no-such-program-at-all”: there is no such program");
  assert_refused ("/no/such/program", NULL, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
                  "Cannot run “/no/such/program”: there is no such program");
  text = g_strdup_printf ("Cannot run “%s”: it cannot be executed", script);
  assert_refused (script, NULL, MULLION_PROCESS_ERROR_NOT_EXECUTABLE, text);

  g_assert_true (g_file_set_contents (script, "#!/no/such/interpreter\n", -1, NULL));
  g_assert_no_errno (chmod (script, 0700));
  g_free (text);
  text = g_strdup_printf ("Cannot run “%s”: the interpreter that it needs is not there", script);
  assert_refused (script, NULL, MULLION_PROCESS_ERROR_NOT_EXECUTABLE, text);

  mullion_spawn_options_set_cwd (options, "/no/such/folder");
  assert_refused ("true", options, MULLION_PROCESS_ERROR_FOLDER_NOT_FOUND,
                  "Cannot run “true” in the folder “/no/such/folder”: there is no such folder");
  mullion_spawn_options_set_cwd (options, "/dev/null");
  assert_refused ("true", options, MULLION_PROCESS_ERROR_FOLDER_NOT_FOUND,
                  "Cannot run “true” in the folder “/dev/null”: it is no folder");
  g_assert_no_errno (g_unlink (script));
}

static void
test_bad_encoding (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();
  const char *argv[] = { "true", NULL };
  g_autoptr(GError) error = NULL;

  mullion_spawn_options_set_encoding (options, "no-such-encoding");
  g_assert_null (mullion_child_process_spawn (argv, options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* -- What it is started with -- */

static void
test_cwd_and_env (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  const char *env[] = { "PATH=/usr/bin:/bin", "FIRST=1", "SECOND=2", NULL };
  Outcome outcome = { 0 };
  MullionChildProcess *child;

  mullion_spawn_options_set_cwd (options, "/usr");
  mullion_spawn_options_set_env (options, env);
  mullion_spawn_options_setenv (options, "SECOND", NULL);
  mullion_spawn_options_setenv (options, "THIRD", "3");
  child = spawn_shell (options, &outcome, "pwd; echo $FIRST-$SECOND-$THIRD-$HOME");
  assert_text (mullion_child_process_get_stdout (child), "/usr\n1--3-\n");
  finish (child, &outcome);
}

/* A program is looked for in the PATH that it gets, as by Node.js. */
static void
test_path (void)
{
  g_autoptr(MullionSpawnOptions) options = mullion_spawn_options_new ();

  mullion_spawn_options_setenv (options, "PATH", "/no/such/folder");
  assert_refused ("sh", options, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
                  "Cannot run “sh”: there is no such program");
}

static void
test_ignore (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;

  mullion_spawn_options_set_stdio (options, 0, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, 2, MULLION_STDIO_IGNORE);
  child = spawn_shell (options, &outcome, "cat; echo gone >&2; ls /proc/self/fd");
  g_assert_null (mullion_child_process_get_stdin (child));
  g_assert_null (mullion_child_process_get_stderr (child));
  /* And nothing that the app has open is open there: 3 is the folder that ls reads. */
  assert_text (mullion_child_process_get_stdout (child), "0\n1\n2\n3\n");
  wait_until (outcome.n_closes > 0);
  finish (child, &outcome);
}

/* What the app has as its standard output, seen from a process of its own. */
static void
test_inherit (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, program_path, "--inherit", NULL);

  assert_text (mullion_child_process_get_stdout (child), "inherited\n");
  finish (child, &outcome);
}

static int
inherit_main (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;

  mullion_spawn_options_set_stdio (options, 1, MULLION_STDIO_INHERIT);
  child = spawn_shell (options, &outcome, "echo inherited");
  g_assert_null (mullion_child_process_get_stdout (child));
  finish (child, &outcome);
  return 0;
}

static void
test_given_fd (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  int ends[2];
  char text[16] = "";

  g_assert_no_errno (pipe2 (ends, O_CLOEXEC));
  mullion_spawn_options_take_fd (options, 5, ends[1]);
  child = spawn_shell (options, &outcome, "echo five >&5");
  wait_until (outcome.n_exits > 0);

  g_assert_cmpint (read (ends[0], text, sizeof text), ==, 5);
  g_assert_cmpstr (text, ==, "five\n");
  /* The app has given it away: nobody can write any more. */
  g_assert_cmpint (read (ends[0], text, sizeof text), ==, 0);
  close (ends[0]);
  finish (child, &outcome);
}

static void
test_further_pipe (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  GIOStream *stream;
  GOutputStream *output;

  mullion_spawn_options_set_stdio (options, 4, MULLION_STDIO_PIPE);
  child = spawn_shell (options, &outcome, "read word <&4; echo got $word >&4");
  stream = mullion_child_process_get_stdio (child, 4);
  g_assert_true (G_IS_IO_STREAM (stream));
  g_assert_null (mullion_child_process_get_stdio (child, 3));
  g_assert_null (mullion_child_process_get_stdio (child, 1));

  output = g_io_stream_get_output_stream (stream);
  g_assert_true (g_output_stream_write_all (output, "both\n", 5, NULL, NULL, NULL));
  assert_text (g_io_stream_get_input_stream (stream), "got both\n");
  finish (child, &outcome);
}

static void
test_encoding (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;

  mullion_spawn_options_set_encoding (options, "ISO-8859-1");
  child = spawn_shell (options, &outcome, "printf 'caf\\351'");
  assert_text (mullion_child_process_get_stdout (child), "café");
  finish (child, &outcome);
}

/* The streams do what GIO promises, an error of one included. */
static void
test_invalid_utf8 (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  g_autoptr(GError) error = NULL;
  char text[64];

  mullion_spawn_options_set_encoding (options, "UTF-8");
  child = spawn_shell (options, &outcome, "printf '\\303\\251 \\377'");
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (g_input_stream_read (mullion_child_process_get_stdout (child), text, sizeof text,
                                        NULL, NULL), ==, 3);
  g_assert_cmpmem (text, 3, "é ", 3);
  g_assert_cmpint (g_input_stream_read (mullion_child_process_get_stdout (child), text, sizeof text,
                                        NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  finish (child, &outcome);
}

/* -- Being ended -- */

static void
test_kill (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, "sleep", "1000", NULL);

  g_assert_false (mullion_child_process_is_killed (child));
  g_assert_true (mullion_child_process_kill (child, 0));
  g_assert_false (mullion_child_process_is_killed (child));
  g_assert_true (mullion_child_process_kill (child, SIGUSR1));
  g_assert_true (mullion_child_process_is_killed (child));

  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.code, ==, -1);
  g_assert_cmpint (outcome.signal_number, ==, SIGUSR1);
  g_assert_false (mullion_child_process_kill (child, 0));
  g_assert_false (mullion_child_process_kill (child, SIGKILL));
  finish (child, &outcome);
}

static void
test_timeout (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;

  mullion_spawn_options_set_timeout (options, 50);
  mullion_spawn_options_set_kill_signal (options, SIGKILL);
  child = spawn_shell (options, &outcome, "trap '' TERM; while :; do sleep 1000; done");
  wait_until (outcome.n_exits > 0);
  g_assert_cmpint (outcome.signal_number, ==, SIGKILL);
  g_assert_no_error (outcome.error);
  finish (child, &outcome);
}

static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const char *argv[] = { "sleep", "1000", NULL };
  Outcome outcome = { 0 };
  MullionChildProcess *child = mullion_child_process_spawn (argv, NULL, cancellable, NULL);
  g_autoptr(GError) error = NULL;

  follow (child, &outcome);
  g_cancellable_cancel (cancellable);
  wait_until (outcome.n_exits > 0);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (outcome.signal_number, ==, SIGTERM);
  finish (child, &outcome);

  g_assert_null (mullion_child_process_spawn (argv, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A cancellable may outlive the process, and be used for other things. */
static void
test_cancelled_late (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const char *argv[] = { "true", NULL };
  Outcome outcome = { 0 };
  MullionChildProcess *child = mullion_child_process_spawn (argv, NULL, cancellable, NULL);

  follow (child, &outcome);
  wait_until (outcome.n_exits > 0);
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.code, ==, 0);
  finish (child, &outcome);
}

static void
test_detached (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  int pid;

  mullion_spawn_options_set_detached (options, TRUE);
  child = spawn (options, &outcome, "cat", NULL);
  pid = mullion_child_process_get_pid (child);
  g_assert_cmpint (getsid (pid), ==, pid);
  g_assert_cmpint (getpgid (pid), ==, pid);
  g_assert_true (g_output_stream_close (mullion_child_process_get_stdin (child), NULL, NULL));
  finish (child, &outcome);

  child = spawn (NULL, &outcome, "cat", NULL);
  g_assert_cmpint (getsid (mullion_child_process_get_pid (child)), ==, getsid (0));
  mullion_child_process_kill (child, SIGKILL);
  wait_until (outcome.n_exits == 2);
  g_assert_finalize_object (child);
}

/* Starts a process that outlives it or not, says which one, and ends when its input does. */
static int
leave_main (gboolean ends_with_app)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();
  Outcome outcome = { 0 };
  MullionChildProcess *child;
  char byte;

  mullion_spawn_options_set_ends_with_app (options, ends_with_app);
  for (guint fd = 0; fd < 3; fd++)
    mullion_spawn_options_set_stdio (options, fd, MULLION_STDIO_IGNORE);
  child = spawn (options, &outcome, "sleep", "1000", NULL);
  g_print ("%d\n", mullion_child_process_get_pid (child));
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  _exit (0);
}

static int
leave_behind (const char *argument)
{
  Outcome outcome = { 0 };
  MullionChildProcess *app = spawn (NULL, &outcome, program_path, argument, NULL);
  char text[32] = "";
  int pid;
  int pid_fd;

  g_assert_cmpint (g_input_stream_read (mullion_child_process_get_stdout (app), text,
                                        sizeof text - 1, NULL, NULL), >, 0);
  pid = atoi (text);
  pid_fd = (int) syscall (SYS_pidfd_open, pid, 0);
  g_assert_cmpint (pid_fd, >=, 0);
  g_assert_true (g_output_stream_close (mullion_child_process_get_stdin (app), NULL, NULL));
  finish (app, &outcome);
  return pid_fd;
}

static void
test_ends_with_app (void)
{
  struct pollfd ended = { .fd = leave_behind ("--ends-with-app"), .events = POLLIN };

  g_assert_cmpint (poll (&ended, 1, 30000), ==, 1);
  close (ended.fd);
}

static void
test_lives_on (void)
{
  struct pollfd ended = { .fd = leave_behind ("--lives-on"), .events = POLLIN };

  g_assert_cmpint (poll (&ended, 1, 0), ==, 0);
  g_assert_no_errno ((int) syscall (SYS_pidfd_send_signal, ended.fd, SIGKILL, NULL, 0));
  g_assert_cmpint (poll (&ended, 1, 30000), ==, 1);
  close (ended.fd);
}

/* -- Flow -- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (source), NULL, NULL));
}

/* More than fits in two pipes: neither end may wait for the other in the main loop. */
static void
test_large (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, "cat", NULL);
  g_autofree char *sent = g_malloc (LARGE + 1);
  g_autofree char *got = NULL;

  for (gsize i = 0; i < LARGE; i++)
    sent[i] = (char) ('a' + (i * 7 + i / 251) % 26);
  sent[LARGE] = '\0';

  g_output_stream_write_all_async (mullion_child_process_get_stdin (child), sent, LARGE,
                                   G_PRIORITY_DEFAULT, NULL, written_cb, NULL);
  got = read_to_end (mullion_child_process_get_stdout (child));
  g_assert_true (g_str_equal (got, sent));
  finish (child, &outcome);
}

static gsize
count_waiting (GInputStream *stream)
{
  int n = 0;

  g_assert_no_errno (ioctl (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)), FIONREAD,
                            &n));
  return (gsize) n;
}

/* Nothing is read before the app reads: a child that floods waits, and takes no memory here. */
static void
test_back_pressure (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child =
      spawn_shell (NULL, &outcome, "head -c 1000000 /dev/zero | tr '\\0' x; echo done >&2");
  GInputStream *output = mullion_child_process_get_stdout (child);
  int capacity = fcntl (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (output)), F_GETPIPE_SZ);
  g_autofree char *text = NULL;

  while (count_waiting (output) < (gsize) capacity)
    g_assert_cmpuint (outcome.n_exits, ==, 0);
  g_assert_cmpuint (count_waiting (mullion_child_process_get_stderr (child)), ==, 0);

  text = read_to_end (output);
  g_assert_cmpuint (strlen (text), ==, 1000000);
  assert_text (mullion_child_process_get_stderr (child), "done\n");
  finish (child, &outcome);
}

/* Who closes what a process writes ends it, as a pipe does in a shell. */
static void
test_closed_output (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, "yes", NULL);

  g_assert_true (g_input_stream_close (mullion_child_process_get_stdout (child), NULL, NULL));
  g_assert_true (g_input_stream_close (mullion_child_process_get_stderr (child), NULL, NULL));
  wait_until (outcome.n_closes > 0);
  g_assert_cmpint (outcome.signal_number, ==, SIGPIPE);
  finish (child, &outcome);
}

static void
test_dead_reader (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, "true", NULL);
  g_autoptr(GError) error = NULL;

  wait_until (outcome.n_exits > 0);
  g_assert_false (g_output_stream_write_all (mullion_child_process_get_stdin (child), "x", 1, NULL,
                                             NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  finish (child, &outcome);
}

/* Standard input can be opened by its name: it is a pipe and no socket. */
static void
test_dev_stdin (void)
{
  Outcome outcome = { 0 };
  MullionChildProcess *child = spawn (NULL, &outcome, "cat", "/dev/stdin", NULL);
  GOutputStream *input = mullion_child_process_get_stdin (child);

  g_assert_true (g_output_stream_write_all (input, "by name", 7, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));
  assert_text (mullion_child_process_get_stdout (child), "by name");
  finish (child, &outcome);
}

int
main (int   argc,
      char *argv[])
{
  program_path = argv[0];
  if (argc == 2 && g_str_equal (argv[1], "--inherit"))
    return inherit_main ();
  if (argc == 2 && g_str_equal (argv[1], "--ends-with-app"))
    return leave_main (TRUE);
  if (argc == 2 && g_str_equal (argv[1], "--lives-on"))
    return leave_main (FALSE);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/child-process/exit", test_exit);
  g_test_add_func ("/child-process/unreferenced", test_unreferenced);
  g_test_add_func ("/child-process/refused", test_refused);
  g_test_add_func ("/child-process/bad-encoding", test_bad_encoding);
  g_test_add_func ("/child-process/cwd-and-env", test_cwd_and_env);
  g_test_add_func ("/child-process/path", test_path);
  g_test_add_func ("/child-process/ignore", test_ignore);
  g_test_add_func ("/child-process/inherit", test_inherit);
  g_test_add_func ("/child-process/given-fd", test_given_fd);
  g_test_add_func ("/child-process/further-pipe", test_further_pipe);
  g_test_add_func ("/child-process/encoding", test_encoding);
  g_test_add_func ("/child-process/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/child-process/kill", test_kill);
  g_test_add_func ("/child-process/timeout", test_timeout);
  g_test_add_func ("/child-process/cancelled", test_cancelled);
  g_test_add_func ("/child-process/cancelled-late", test_cancelled_late);
  g_test_add_func ("/child-process/detached", test_detached);
  g_test_add_func ("/child-process/ends-with-app", test_ends_with_app);
  g_test_add_func ("/child-process/lives-on", test_lives_on);
  g_test_add_func ("/child-process/large", test_large);
  g_test_add_func ("/child-process/back-pressure", test_back_pressure);
  g_test_add_func ("/child-process/closed-output", test_closed_output);
  g_test_add_func ("/child-process/dead-reader", test_dead_reader);
  g_test_add_func ("/child-process/dev-stdin", test_dev_stdin);

  return g_test_run ();
}
