/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/capabilities/mullion-text-path.h"
#include "launcher/capabilities/mullion-text-store.h"
#include "mullion-error.h"
#include "tests/test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Text files of a page: where they may lie, what is in them, and that a write is all or nothing.
 * Beside the store's root there is a folder "outside" that no path may reach.
 */

typedef struct
{
  char *folder;
  char *root;
  char *outside;
  MullionFileGrants *grants;
  MullionTextStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *secret = NULL;

  fixture->folder = g_dir_make_tmp ("mullion-text-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->root = g_build_filename (fixture->folder, "data", "files", NULL);
  fixture->outside = g_build_filename (fixture->folder, "outside", NULL);
  g_assert_cmpint (g_mkdir (fixture->outside, 0700), ==, 0);
  secret = g_build_filename (fixture->outside, "secret", NULL);
  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  fixture->grants = mullion_file_grants_new ();
  fixture->store = mullion_text_store_new (fixture->root, fixture->grants);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->store);
  g_assert_finalize_object (fixture->grants);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->root);
  g_free (fixture->outside);
}

static char *
in_root (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->root, name, NULL);
}

static void
write_text (Fixture    *fixture,
            const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean is_written = mullion_text_store_write (fixture->store, path, text, &error);

  g_assert_no_error (error);
  g_assert_true (is_written);
}

static void
assert_text (Fixture    *fixture,
             const char *path,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = mullion_text_store_read (fixture->store, path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* Reading, writing and removing all say no, for the same reason. */
static void
assert_refused (Fixture    *fixture,
                const char *path,
                int         code)
{
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GError) remove_error = NULL;
  g_autofree char *text = mullion_text_store_read (fixture->store, path, &read_error);

  g_assert_null (text);
  g_assert_error (read_error, MULLION_ERROR, code);
  g_assert_false (mullion_text_store_write (fixture->store, path, "x", &write_error));
  g_assert_error (write_error, MULLION_ERROR, code);
  g_assert_false (mullion_text_store_remove (fixture->store, path, &remove_error));
  g_assert_error (remove_error, MULLION_ERROR, code);
}

static void
assert_secret_untouched (Fixture *fixture)
{
  g_autofree char *secret = g_build_filename (fixture->outside, "secret", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (secret, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "secret");
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *file = in_root (fixture, "a.txt");
  struct stat info;

  write_text (fixture, "a.txt", "Grüße\n");
  assert_text (fixture, "a.txt", "Grüße\n");
  write_text (fixture, "a.txt", "");
  assert_text (fixture, "a.txt", "");
  write_text (fixture, "deep/er/b.txt", "b");
  assert_text (fixture, "deep/er/b.txt", "b");

  /* Nobody else's business. */
  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_not_found (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mullion_text_store_read (fixture->store, "none.txt", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mullion_text_store_remove (fixture->store, "none.txt", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
}

static void
test_path_rules (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *secret = g_build_filename (fixture->outside, "secret", NULL);
  g_autofree char *inside = in_root (fixture, "a.txt");
  g_autofree char *long_name = g_strnfill (MULLION_TEXT_PATH_MAX_NAME + 1, 'n');
  g_autofree char *longest_name = g_strnfill (MULLION_TEXT_PATH_MAX_NAME, 'n');
  g_autofree char *long_path = g_strnfill (MULLION_TEXT_PATH_MAX + 1, '/');

  write_text (fixture, "a.txt", "a");
  assert_refused (fixture, "..", MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, "../../outside/secret", MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, "x/../../../outside/secret", MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, secret, MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, "/", MULLION_ERROR_NOT_ALLOWED);
  /* Absolute is absolute, also where it would be allowed. */
  assert_refused (fixture, inside, MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, "", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, ".", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, "x//y", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, "x/", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, "a\nb", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, "\xff\xfe", MULLION_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, long_name, MULLION_ERROR_TOO_LARGE);
  assert_refused (fixture, long_path, MULLION_ERROR_TOO_LARGE);
  assert_secret_untouched (fixture);

  /* What only looks bad is a name like any other. */
  write_text (fixture, "..a", "1");
  write_text (fixture, "%2e%2e", "2");
  write_text (fixture, "a\\b", "3");
  write_text (fixture, longest_name, "4");
  assert_text (fixture, longest_name, "4");
}

static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *to_folder = in_root (fixture, "folder");
  g_autofree char *to_file = in_root (fixture, "file");
  g_autofree char *dangling = in_root (fixture, "dangling");
  g_autofree char *inside = in_root (fixture, "inside");
  g_autofree char *secret = g_build_filename (fixture->outside, "secret", NULL);
  g_autofree char *new_file = g_build_filename (fixture->outside, "new", NULL);
  g_autoptr (GError) error = NULL;

  write_text (fixture, "a.txt", "a");
  g_assert_cmpint (symlink (fixture->outside, to_folder), ==, 0);
  g_assert_cmpint (symlink (secret, to_file), ==, 0);
  g_assert_cmpint (symlink (new_file, dangling), ==, 0);
  g_assert_cmpint (symlink ("a.txt", inside), ==, 0);

  assert_refused (fixture, "folder/secret", MULLION_ERROR_NOT_ALLOWED);
  g_assert_false (mullion_text_store_write (fixture->store, "folder/new", "x", NULL));
  g_assert_false (mullion_text_store_write (fixture->store, "folder/sub/new", "x", NULL));
  g_assert_null (mullion_text_store_list (fixture->store, "folder", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);
  g_assert_null (mullion_text_store_read (fixture->store, "file", NULL));
  g_assert_false (mullion_text_store_write (fixture->store, "file", "x", NULL));
  g_assert_false (mullion_text_store_write (fixture->store, "dangling", "x", NULL));
  g_assert_false (g_file_test (new_file, G_FILE_TEST_EXISTS));
  assert_secret_untouched (fixture);

  /* A link that stays inside is followed, and stays a link. */
  write_text (fixture, "inside", "b");
  assert_text (fixture, "a.txt", "b");
  g_assert_true (g_file_test (inside, G_FILE_TEST_IS_SYMLINK));

  /* The link goes, and not what it points at. */
  g_assert_true (mullion_text_store_remove (fixture->store, "file", NULL));
  assert_secret_untouched (fixture);
}

static void
test_sibling_prefix (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *sibling = g_strconcat (fixture->root, "-too", NULL);
  g_autofree char *link = in_root (fixture, "link");

  /* "files-too" begins with "files" and is another folder all the same. */
  write_text (fixture, "a.txt", "a");
  g_assert_cmpint (g_mkdir (sibling, 0700), ==, 0);
  g_assert_cmpint (symlink (sibling, link), ==, 0);
  g_assert_false (mullion_text_store_write (fixture->store, "link/x", "x", NULL));
}

static void
test_content_rules (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *file = NULL;
  g_autofree char *large = g_malloc (MULLION_TEXT_STORE_MAX_SIZE + 2);
  g_autoptr (GError) error = NULL;

  write_text (fixture, "a.txt", "a");
  file = in_root (fixture, "a.txt");
  memset (large, 'x', MULLION_TEXT_STORE_MAX_SIZE + 1);
  large[MULLION_TEXT_STORE_MAX_SIZE + 1] = '\0';

  g_assert_false (mullion_text_store_write (fixture->store, "a.txt", "\xff", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (mullion_text_store_write (fixture->store, "a.txt", large, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
  g_clear_error (&error);
  assert_text (fixture, "a.txt", "a");

  g_assert_true (g_file_set_contents (file, "a\0b", 3, NULL));
  g_assert_null (mullion_text_store_read (fixture->store, "a.txt", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_cmpint (truncate (file, MULLION_TEXT_STORE_MAX_SIZE + 1L), ==, 0);
  g_assert_null (mullion_text_store_read (fixture->store, "a.txt", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *pipe_file = NULL;
  g_autoptr (GError) error = NULL;

  write_text (fixture, "folder/a.txt", "a");
  pipe_file = in_root (fixture, "pipe");
  g_assert_cmpint (mkfifo (pipe_file, 0600), ==, 0);

  /* A pipe would hold a careless reader for ever. */
  g_assert_null (mullion_text_store_read (fixture->store, "pipe", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (mullion_text_store_read (fixture->store, "folder", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (mullion_text_store_write (fixture->store, "folder", "x", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (mullion_text_store_write (fixture->store, "folder/a.txt/b", "x", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (mullion_text_store_remove (fixture->store, "folder", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_FAILED);
}

/* Somebody who had the file open before a write keeps the old text, whole: the new one was put in
 * its place and not written over it. */
static void
test_atomic (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *file = in_root (fixture, "a.txt");
  g_autoptr (GDir) dir = NULL;
  char buffer[16] = "";
  int fd;

  write_text (fixture, "a.txt", "old");
  g_assert_cmpint (g_chmod (file, 0640), ==, 0);
  fd = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  write_text (fixture, "a.txt", "new text");
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 3);
  g_assert_cmpstr (buffer, ==, "old");
  close (fd);
  assert_text (fixture, "a.txt", "new text");

  dir = g_dir_open (fixture->root, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "a.txt");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_keeps_mode (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *file = in_root (fixture, "a.txt");
  struct stat info;

  write_text (fixture, "a.txt", "old");
  g_assert_cmpint (g_chmod (file, 0640), ==, 0);
  write_text (fixture, "a.txt", "new");
  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
}

static void
test_granted (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *secret = g_build_filename (fixture->outside, "secret", NULL);
  g_autofree char *other_spelling = g_strconcat (fixture->outside, "/./secret", NULL);
  g_autofree char *neighbour = g_build_filename (fixture->outside, "new", NULL);
  g_autofree char *link = g_build_filename (fixture->outside, "link", NULL);
  g_autoptr (GError) error = NULL;

  mullion_file_grants_add (fixture->grants, secret);
  assert_text (fixture, secret, "secret");
  write_text (fixture, secret, "changed");
  assert_text (fixture, secret, "changed");

  /* The very path, and nothing else: no other spelling, no neighbour, no removal. */
  assert_refused (fixture, other_spelling, MULLION_ERROR_NOT_ALLOWED);
  assert_refused (fixture, neighbour, MULLION_ERROR_NOT_ALLOWED);
  g_assert_false (mullion_text_store_remove (fixture->store, secret, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);

  /* A file that does not exist yet: chosen to save under. */
  mullion_file_grants_add (fixture->grants, neighbour);
  write_text (fixture, neighbour, "new");
  assert_text (fixture, neighbour, "new");

  /* A link that the user chose is theirs, and stays. */
  g_assert_cmpint (symlink ("secret", link), ==, 0);
  mullion_file_grants_add (fixture->grants, link);
  write_text (fixture, link, "by link");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_text (fixture, secret, "by link");
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (JsonNode) nothing = mullion_text_store_list (fixture->store, "", NULL);
  g_autoptr (JsonNode) all = NULL;
  g_autoptr (JsonNode) inner = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *entry;

  g_assert_cmpint (json_array_get_length (json_node_get_array (nothing)), ==, 0);
  write_text (fixture, "b.txt", "four");
  write_text (fixture, "a/c.txt", "");

  all = mullion_text_store_list (fixture->store, "", NULL);
  g_assert_cmpint (json_array_get_length (json_node_get_array (all)), ==, 2);
  entry = json_array_get_object_element (json_node_get_array (all), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "name"), ==, "a");
  g_assert_cmpstr (json_object_get_string_member (entry, "type"), ==, "folder");
  entry = json_array_get_object_element (json_node_get_array (all), 1);
  g_assert_cmpstr (json_object_get_string_member (entry, "name"), ==, "b.txt");
  g_assert_cmpstr (json_object_get_string_member (entry, "type"), ==, "file");
  g_assert_cmpint (json_object_get_int_member (entry, "size"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (entry, "modified"), >, 1000000000000);

  inner = mullion_text_store_list (fixture->store, "a", NULL);
  g_assert_cmpint (json_array_get_length (json_node_get_array (inner)), ==, 1);
  g_assert_null (mullion_text_store_list (fixture->store, "none", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mullion_text_store_list (fixture->store, "b.txt", &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);

  g_assert_true (mullion_text_store_remove (fixture->store, "a/c.txt", NULL));
  g_assert_true (mullion_text_store_remove (fixture->store, "a", NULL));
  g_assert_true (mullion_text_store_remove (fixture->store, "b.txt", NULL));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/text-files/round-trip", test_round_trip);
  ADD ("/text-files/not-found", test_not_found);
  ADD ("/text-files/path-rules", test_path_rules);
  ADD ("/text-files/links", test_links);
  ADD ("/text-files/sibling-prefix", test_sibling_prefix);
  ADD ("/text-files/content-rules", test_content_rules);
  ADD ("/text-files/no-file", test_no_file);
  ADD ("/text-files/atomic", test_atomic);
  ADD ("/text-files/keeps-mode", test_keeps_mode);
  ADD ("/text-files/granted", test_granted);
  ADD ("/text-files/list", test_list);

  return g_test_run ();
}
