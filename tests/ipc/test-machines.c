/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "tests/test-folder.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>

/*
 * Machines that lack something (docs/machines.md), as far as they can be made here: an app without C
 * opens its window all the same, and the picture of it is the witness.
 */

typedef struct
{
  char *folder; /* for the picture, and the home */
  char *home;
  char *picture;
  char *err;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mullion-machines-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->home = g_build_filename (fixture->folder, "home", NULL);
  g_assert_cmpint (g_mkdir (fixture->home, 0700), ==, 0);
  fixture->picture = g_build_filename (fixture->folder, "picture.png", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->home);
  g_free (fixture->picture);
  g_free (fixture->err);
}

/* Returns: the status that the program of @argv ended with */
static int
run (Fixture           *fixture,
     const char        *home,
     const char *const *argv)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  /* What stands in the place of the home is for us to remove. */
  g_subprocess_launcher_setenv (launcher, "TMPDIR", fixture->folder, TRUE);
  for (const char *const *name = (const char *const[]) { "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
                                                         "XDG_DATA_HOME", "XDG_STATE_HOME", NULL };
       *name != NULL; name++)
    g_subprocess_launcher_unsetenv (launcher, *name);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &fixture->err, &error);
  g_assert_no_error (error);
  g_test_message ("%s", fixture->err);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

static void
assert_painted (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) picture = gdk_texture_new_from_filename (fixture->picture, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (picture), >, 100);
}

static char *
dup_app (void)
{
  return g_test_build_filename (G_TEST_DIST, "..", "resources", "jotter", NULL);
}

static int
take_picture (Fixture    *fixture,
              const char *home,
              const char *app)
{
  const char *argv[] = {
    g_getenv ("MULLION_PROGRAM"), "--screenshot", fixture->picture, app, NULL,
  };

  return run (fixture, home, argv);
}

/* Below what is no folder nothing can be made, not even by root. */
static void
test_no_home (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *app = dup_app ();

  g_assert_cmpint (take_picture (fixture, "/dev/null/home", app), ==, 0);
  assert_painted (fixture);
}

/* -- Homes that are mounted -- */

/* Runs a program in a mount namespace in which bwrap has made the home what @... says. */
#define RUN_MOUNTED(fixture, ...)                                                                  \
  run (fixture, (fixture)->home,                                                                   \
       (const char *const[]) { "bwrap", "--dev-bind", "/", "/", __VA_ARGS__, NULL })
#define READ_ONLY(home) "--ro-bind", home, home
/* 64 KiB, all of which a file has. */
#define FULL(home)                                                                                 \
  "--size", "65536", "--tmpfs", home,                                                              \
  "sh", "-c", "head -c 1M /dev/zero >\"$HOME/all\" 2>&-; exec \"$@\"", "sh"

/* WebKit's own sandbox has to work in there. */
static gboolean
can_mount (Fixture *fixture)
{
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");

  if (bwrap != NULL && RUN_MOUNTED (fixture, FULL (fixture->home), "bwrap", "--unshare-user",
                                    "--unshare-pid", "--ro-bind", "/", "/", "true") == 0)
    return TRUE;

  g_test_skip ("bwrap mounts nothing here");
  return FALSE;
}

static void
test_read_only_home (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *app = dup_app ();

  if (!can_mount (fixture))
    return;

  g_assert_cmpint (RUN_MOUNTED (fixture, READ_ONLY (fixture->home), g_getenv ("MULLION_PROGRAM"),
                                "--screenshot", fixture->picture, app),
                   ==, 0);
  assert_painted (fixture);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *app = dup_app ();

  if (!can_mount (fixture))
    return;

  g_assert_cmpint (RUN_MOUNTED (fixture, FULL (fixture->home), g_getenv ("MULLION_PROGRAM"),
                                "--screenshot", fixture->picture, app),
                   ==, 0);
  assert_painted (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/machines/no-home", Fixture, NULL, set_up, test_no_home, tear_down);
  g_test_add ("/machines/read-only-home", Fixture, NULL, set_up, test_read_only_home, tear_down);
  g_test_add ("/machines/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);

  return g_test_run ();
}
