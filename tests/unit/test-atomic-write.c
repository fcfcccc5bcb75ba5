/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "app/launcher/capabilities/mullion-file-grants.h"
#include "app/launcher/capabilities/mullion-text-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* A program that is killed while it writes leaves the old text or the new one, and all of it. The
 * test runs itself as that program, and kills it at a moment that chance chooses. */

#define N_KILLS 200
#define NAME "note.txt"

/* Long enough that most kills find a write under way. */
#define LENGTH (512 * 1024)

/* From the first write on: some writes, and not so long that the test takes long. */
#define MAX_DELAY_US 20000

static const char *own_path;

static MullionTextStore *
open_store (const char *root)
{
  g_autoptr(MullionFileGrants) grants = mullion_file_grants_new ();

  return mullion_text_store_new (root, grants);
}

/* Each text is of one letter, and says at its end that it is whole. */
static char *
make_text (guint n)
{
  char *text = g_strnfill (LENGTH, 'a' + n % 26);

  text[LENGTH - 1] = '\n';

  return text;
}

static G_GNUC_NORETURN void
write_for_ever (const char *root)
{
  g_autoptr(MullionTextStore) store = open_store (root);

  for (guint n = 0;; n++)
    {
      g_autofree char *text = make_text (n);
      g_autoptr(GError) error = NULL;

      if (!mullion_text_store_write (store, NAME, text, &error))
        g_error ("%s", error->message);
      if (n == 0)
        g_print ("writing\n");
    }
}

static char
check_whole (MullionTextStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = mullion_text_store_read (store, NAME, &error);
  gsize length;

  g_assert_no_error (error);
  length = strlen (text);
  g_assert_cmpuint (length, ==, LENGTH);
  g_assert_cmpint (text[LENGTH - 1], ==, '\n');
  for (gsize i = 1; i < LENGTH - 1; i++)
    if (text[i] != text[0])
      g_error ("Byte %zu is '%c' among '%c'", i, text[i], text[0]);

  return text[0];
}

static void
kill_writer (const char *root)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    own_path, "--write", root, NULL);
  char word[7];

  g_assert_no_error (error);
  /* The first text is there. */
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (writer), word, sizeof word,
                                        NULL, &error), ==, sizeof word);
  g_usleep (g_test_rand_int_range (0, MAX_DELAY_US));
  g_subprocess_force_exit (writer);
  g_assert_true (g_subprocess_wait (writer, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (writer));
  g_assert_cmpint (g_subprocess_get_term_sig (writer), ==, SIGKILL);
}

/* Removes the files that killed writers had begun. Returns how many there were. */
static guint
remove_begun (const char *root)
{
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_equal (name, NAME))
      {
        g_autofree char *path = g_build_filename (root, name, NULL);

        g_assert_no_errno (g_unlink (path));
        n++;
      }

  return n;
}

static void
test_killed (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("mullion-atomic-XXXXXX", &error);
  g_autofree char *path = g_build_filename (root, NAME, NULL);
  g_autoptr(MullionTextStore) store = open_store (root);
  gboolean seen[256] = { FALSE };
  guint n_begun = 0;
  guint n_seen = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < N_KILLS; i++)
    {
      kill_writer (root);
      seen[(guchar) check_whole (store)] = TRUE;
      n_begun += remove_begun (root);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    n_seen += seen[i];

  g_test_message ("%d kills: %u in the middle of a write, %u different texts found", N_KILLS,
                  n_begun, n_seen);
  /* Or it was no test. */
  g_assert_cmpuint (n_begun, >, 0);
  g_assert_cmpuint (n_seen, >, 1);
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (root));
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    write_for_ever (argv[2]);

  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/atomic-write/killed", test_killed);

  return g_test_run ();
}
