/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/*
 * The program `mullion` as a person at a terminal sees it, without a display: what it says and which
 * status it ends with when it cannot run an app. MULLION_PROGRAM is where it was built, and
 * MULLION_TEST_MODULES where this test's modules are.
 */

typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

static void
clear_run (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

/* Without a display the program can only end, and at once: whatever starts GTK ends it too. */
static Run
run_program (const char *first,
             const char *second)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("MULLION_PROGRAM"), first,
                                         second, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run.out, &run.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.status = g_subprocess_get_exit_status (process);
  return run;
}

static void
test_version (void)
{
  g_auto (Run) run = run_program ("--version", NULL);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.out, ==, "mullion " MULLION_VERSION "\n");
  g_assert_cmpstr (run.err, ==, "");
}

static void
test_help (void)
{
  g_auto (Run) run = run_program ("--help", NULL);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "[FOLDER] [-- ARGUMENTS…]"));
  g_assert_nonnull (strstr (run.out, "--dev-tools"));
  g_assert_nonnull (strstr (run.out, "--screenshot=FILE"));
  g_assert_nonnull (strstr (run.out, "--version"));
  g_assert_cmpstr (run.err, ==, "");
}

static void
test_doctor (void)
{
  g_auto (Run) run = run_program ("--doctor", NULL);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.out, "Mullion " MULLION_VERSION ", GTK 4."));
  g_assert_nonnull (strstr (run.out, "\nGraphics "));
  g_assert_nonnull (strstr (run.out, "\nDisplay     none: DISPLAY and WAYLAND_DISPLAY lead nowhere"));
  g_assert_nonnull (strstr (run.out, "libmullion-renderer.so\n"));
  g_assert_nonnull (strstr (run.out, "\nSandbox "));
  g_assert_nonnull (strstr (run.out, " notifications (org.freedesktop.Notifications)\n"));
}

static void
test_unknown_option (void)
{
  g_auto (Run) run = run_program ("--nonsense", NULL);

  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.err, "--nonsense"));
  g_assert_nonnull (strstr (run.err, "mullion --help"));
  g_assert_cmpstr (run.out, ==, "");
}

static void
test_no_folder (void)
{
  g_auto (Run) run = run_program ("/nonexistent/app", NULL);

  g_assert_cmpint (run.status, ==, 2);
  g_assert_cmpstr (run.err, ==, "mullion: /nonexistent/app: there is no such app folder\n");
}

/* An app folder of its own, with what its manifest's `mullion` object shall hold. */
static char *
make_folder (const char *mullion)
{
  char *folder = g_dir_make_tmp ("mullion-launcher-XXXXXX", NULL);
  g_autofree char *package = g_build_filename (folder, "package.json", NULL);
  g_autofree char *index = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text = g_strdup_printf ("{ \"name\": \"a\", \"mullion\": %s }", mullion);

  g_assert_true (g_file_set_contents (package, text, -1, NULL));
  g_assert_true (g_file_set_contents (index, "<p>", -1, NULL));
  return folder;
}

static void
remove_file (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_remove (path);
}

static void
remove_folder (const char *folder)
{
  remove_file (folder, "package.json");
  remove_file (folder, "index.html");
  remove_file (folder, "module.so");
  g_rmdir (folder);
}

static void
test_bad_manifest (void)
{
  g_autofree char *folder = make_folder ("{ \"page\": 7 }");
  g_auto (Run) run = run_program (folder, NULL);

  g_assert_cmpint (run.status, ==, 2);
  g_assert_nonnull (strstr (run.err, folder));
  g_assert_nonnull (strstr (run.err, "package.json: \"mullion.page\" must be a string"));
  remove_folder (folder);
}

static void
test_warning (void)
{
  g_autofree char *folder = make_folder ("{ \"pages\": \"x\", \"page\": \"none.html\" }");
  g_autofree char *good = make_folder ("{ \"pages\": \"x\" }");
  g_auto (Run) bad_run = run_program (folder, NULL);
  g_auto (Run) run = run_program (good, NULL);

  /* A manifest that is no good is not warned about as well. */
  g_assert_cmpint (bad_run.status, ==, 2);
  g_assert_null (strstr (bad_run.err, "warning"));
  g_assert_nonnull (strstr (run.err, "mullion: warning: "));
  g_assert_nonnull (strstr (run.err, "\"mullion.pages\""));
  remove_folder (folder);
  remove_folder (good);
}

static void
check_bad_module (const char *built,
                  const char *expected)
{
  g_autofree char *folder = make_folder ("{ \"module\": \"module.so\" }");
  g_autofree char *module = g_build_filename (folder, "module.so", NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (built != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("MULLION_TEST_MODULES"), built, NULL);

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
    }
  g_assert_true (g_file_set_contents (module, contents != NULL ? contents : "no module",
                                      contents != NULL ? (gssize) length : -1, NULL));
  {
    g_auto (Run) run = run_program (folder, NULL);

    g_test_message ("%s", run.err);
    g_assert_cmpint (run.status, ==, 2);
    g_assert_nonnull (strstr (run.err, "\"mullion.module\""));
    g_assert_nonnull (strstr (run.err, module));
    g_assert_nonnull (strstr (run.err, expected));
  }
  remove_folder (folder);
}

static void
test_broken_module (void)
{
  check_bad_module (NULL, "cannot load the module");
}

static void
test_empty_module (void)
{
  check_bad_module ("libmodule-empty.so", "mullion_app_module_activate");
}

/* No picture means no file, and no status that says otherwise. */
static void
test_no_display (void)
{
  g_autofree char *folder = make_folder ("{}");
  g_autofree char *picture = g_build_filename (folder, "a.png", NULL);
  g_autofree char *option = g_strconcat ("--screenshot=", picture, NULL);
  g_auto (Run) run = run_program (option, folder);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_false (g_file_test (picture, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

/* WebKit would end the program with a crash. */
static void
test_no_sandbox_helpers (void)
{
  g_autofree char *folder = make_folder ("{}");
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *disabled = g_strdup (g_getenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"));
  g_auto (Run) run = { 0 };

  if (g_file_test ("/run/.containerenv", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("in this container WebKit decides for itself");
      remove_folder (folder);
      return;
    }

  g_setenv ("PATH", folder, TRUE);
  g_unsetenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS");
  run = run_program (folder, NULL);
  g_setenv ("PATH", path, TRUE);
  if (disabled != NULL)
    g_setenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", disabled, TRUE);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.err, "mullion: the program bwrap is missing"));
  g_assert_nonnull (strstr (run.err, "install bubblewrap"));
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("MULLION_PROGRAM"));
  g_assert_nonnull (g_getenv ("MULLION_TEST_MODULES"));

  g_test_add_func ("/launcher/version", test_version);
  g_test_add_func ("/launcher/help", test_help);
  g_test_add_func ("/launcher/doctor", test_doctor);
  g_test_add_func ("/launcher/unknown-option", test_unknown_option);
  g_test_add_func ("/launcher/no-folder", test_no_folder);
  g_test_add_func ("/launcher/bad-manifest", test_bad_manifest);
  g_test_add_func ("/launcher/warning", test_warning);
  g_test_add_func ("/launcher/module/broken", test_broken_module);
  g_test_add_func ("/launcher/module/empty", test_empty_module);
  g_test_add_func ("/launcher/no-display", test_no_display);
  g_test_add_func ("/launcher/no-sandbox-helpers", test_no_sandbox_helpers);

  return g_test_run ();
}
