/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-file.h"
#include "mullion-app-path.h"
#include "mullion-app-scheme.h"
#include "mullion-error.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ORIGIN "app://org.example.notes"

/* --- text --------------------------------------------------------------- */

static const struct
{
  const char *path;
  const char *relative;
} good_paths[] = {
  { "", "" },
  { "/", "" },
  { "?a=/../b", "" },
  { "#/..", "" },
  { "/index.html", "index.html" },
  { "/a/b/c.js?x=1#y", "a/b/c.js" },
  { "/docs/", "docs/" },
  { "/.hidden", ".hidden" },
  { "/...", "..." },
  { "/..a/b..", "..a/b.." },
  { "/a%20b%23%3f.txt", "a b#?.txt" },
  { "/%C3%A9t%c3%a9.html", "\303\251t\303\251.html" },
  { "/100%25.html", "100%.html" },
  { "/%2525", "%25" },
};

static const struct
{
  const char *uri;
  int code;
} bad_uris[] = {
  { "app://other/index.html", MULLION_ERROR_NOT_FOUND },
  { ORIGIN ".evil/index.html", MULLION_ERROR_NOT_FOUND },
  { ORIGIN ":80/index.html", MULLION_ERROR_NOT_FOUND },
  { ORIGIN "@other/index.html", MULLION_ERROR_NOT_FOUND },
  { "app://ORG.example.notes/", MULLION_ERROR_NOT_FOUND },
  { "app:///etc/passwd", MULLION_ERROR_NOT_FOUND },
  { "file:///etc/passwd", MULLION_ERROR_NOT_FOUND },
  { "", MULLION_ERROR_NOT_FOUND },
  { ORIGIN "/..", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/../x", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a/../b", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a/..", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/./a", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/%2e%2e/x", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/.%2E/x", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a%2fb", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/..%2F..%2Fetc", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a%5cb", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/..\\..\\x", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "//etc/passwd", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a//b", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a//", MULLION_ERROR_NOT_ALLOWED },
  { ORIGIN "/a%00.html", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/a%0a", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/a%7f", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%4", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%4g", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%%41", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%ff", MULLION_ERROR_INVALID_ARGUMENT },
  { ORIGIN "/%c0%ae%c0%ae/x", MULLION_ERROR_INVALID_ARGUMENT },
};

static void
test_decode (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_paths); i++)
    {
      g_autofree char *uri = g_strconcat (ORIGIN, good_paths[i].path, NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *relative = mullion_app_path_decode (uri, ORIGIN, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (relative, ==, good_paths[i].relative);
    }
}

static void
test_refuse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_uris); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *relative = mullion_app_path_decode (bad_uris[i].uri, ORIGIN, &error);

      g_test_message ("%s", bad_uris[i].uri);
      g_assert_null (relative);
      g_assert_error (error, MULLION_ERROR, bad_uris[i].code);
    }
}

static void
test_too_long (void)
{
  const gsize lengths[] = { 256, 5000, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *name = g_strnfill (lengths[i], 'a');
      g_autofree char *uri = g_strconcat (ORIGIN, "/", name, NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *relative = mullion_app_path_decode (uri, ORIGIN, &error);

      g_assert_null (relative);
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
      g_assert_cmpuint (strlen (error->message), <, 300);
    }
}

static void
test_encode (void)
{
  const char *paths[] = { "", "index.html", "a b/c#d?e%f.html", "\303\251/+&=;,.txt", "docs/" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *encoded = mullion_app_path_encode (paths[i], &error);
      g_autofree char *uri = g_strconcat (ORIGIN, encoded, NULL);
      g_autofree char *back = mullion_app_path_decode (uri, ORIGIN, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (back, ==, paths[i]);
      g_assert_null (strpbrk (encoded, " #?\303"));
    }
}

static void
test_encode_refuses (void)
{
  const char *paths[] = { "../x", "a//b", "/abs", "a\\b", "a\nb", "\377" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *encoded = mullion_app_path_encode (paths[i], &error);

      g_assert_null (encoded);
      g_assert_nonnull (error);
    }
}

/* --- the disk ----------------------------------------------------------- */

typedef struct
{
  char *outer;
  char *path;
  GFile *root;
} Folder;

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
link_to (Folder     *folder,
         const char *target,
         const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);

  g_assert_no_errno (symlink (target, path));
}

static void
set_up (Folder        *folder,
        gconstpointer  data)
{
  g_autofree char *sub = NULL;
  g_autofree char *pipe = NULL;
  g_autofree char *sibling = NULL;
  g_autofree char *absolute = NULL;

  folder->outer = g_dir_make_tmp ("mullion-path-XXXXXX", NULL);
  folder->path = g_build_filename (folder->outer, "root", NULL);
  folder->root = g_file_new_for_path (folder->path);
  sub = g_build_filename (folder->path, "sub", NULL);
  sibling = g_build_filename (folder->outer, "root-not", NULL);
  pipe = g_build_filename (folder->path, "pipe", NULL);
  absolute = g_build_filename (folder->path, "index.html", NULL);

  g_assert_no_errno (g_mkdir_with_parents (sub, 0700));
  g_assert_no_errno (g_mkdir (sibling, 0700));
  g_assert_no_errno (mkfifo (pipe, 0600));
  write_file (folder->path, "index.html", "home");
  write_file (folder->path, ".hidden", "hidden");
  write_file (sub, "index.html", "sub home");
  write_file (folder->outer, "secret", "secret");
  write_file (sibling, "secret", "secret");

  link_to (folder, "sub/index.html", "inside");
  link_to (folder, absolute, "inside-absolute");
  link_to (folder, "sub/../index.html", "inside-dots");
  link_to (folder, "../secret", "outside");
  link_to (folder, "../root-not/secret", "sibling");
  link_to (folder, "..", "up");
  link_to (folder, "/etc/passwd", "passwd");
  link_to (folder, "loop", "loop");
  link_to (folder, "gone", "dangling");
  link_to (folder, "/proc/self/environ", "environ");
  link_to (folder, "/dev/zero", "zero");
}

static void
tear_down (Folder        *folder,
           gconstpointer  data)
{
  char *arguments[] = { (char *) "rm", (char *) "-rf", folder->outer, NULL };

  g_assert_true (g_spawn_sync (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                               NULL, NULL));
  g_clear_object (&folder->root);
  g_clear_pointer (&folder->path, g_free);
  g_clear_pointer (&folder->outer, g_free);
}

static void
assert_content (GFile      *root,
                const char *relative,
                const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) file = mullion_app_file_open (root, relative, &error);
  char text[64] = { 0 };
  gsize length = 0;

  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (file->stream, text, sizeof text - 1, &length, NULL,
                                          &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (file->size, ==, length);
  g_assert_true (G_IS_SEEKABLE (file->stream));
}

static void
assert_refused (GFile      *root,
                const char *relative,
                int         code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) file = mullion_app_file_open (root, relative, &error);

  g_test_message ("%s", relative);
  g_assert_null (file);
  g_assert_error (error, MULLION_ERROR, code);
}

static void
test_open (Folder        *folder,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) sub = mullion_app_file_open (folder->root, "sub", &error);

  assert_content (folder->root, "", "home");
  assert_content (folder->root, "index.html", "home");
  assert_content (folder->root, "sub/", "sub home");
  assert_content (folder->root, ".hidden", "hidden");
  assert_content (folder->root, "inside", "sub home");
  assert_content (folder->root, "inside-absolute", "home");
  assert_content (folder->root, "inside-dots", "home");

  g_assert_no_error (error);
  g_assert_null (sub->stream);
}

static void
test_open_refuses (Folder        *folder,
                   gconstpointer  data)
{
  const char *outside[] = { "outside", "sibling", "up", "up/secret", "passwd", "zero", "environ" };

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    assert_refused (folder->root, outside[i], MULLION_ERROR_NOT_ALLOWED);

  assert_refused (folder->root, "pipe", MULLION_ERROR_NOT_ALLOWED);
  assert_refused (folder->root, "loop", MULLION_ERROR_NOT_ALLOWED);
  assert_refused (folder->root, "dangling", MULLION_ERROR_NOT_FOUND);
  assert_refused (folder->root, "missing.html", MULLION_ERROR_NOT_FOUND);
  assert_refused (folder->root, "index.html/", MULLION_ERROR_NOT_FOUND);
  assert_refused (folder->root, "index.html/x", MULLION_ERROR_NOT_FOUND);
}

static void
test_missing_root (Folder        *folder,
                   gconstpointer  data)
{
  g_autoptr(GFile) missing = g_file_get_child (folder->root, "nowhere");
  g_autoptr(GFile) file = g_file_get_child (folder->root, "index.html");

  assert_refused (missing, "", MULLION_ERROR_NOT_FOUND);
  assert_refused (file, "", MULLION_ERROR_NOT_FOUND);
}

/* A root that is itself reached through a link serves what lies behind it. */
static void
test_linked_root (Folder        *folder,
                  gconstpointer  data)
{
  g_autofree char *path = g_build_filename (folder->outer, "alias", NULL);
  g_autoptr(GFile) alias = g_file_new_for_path (path);

  g_assert_no_errno (symlink ("root", path));

  assert_content (alias, "inside", "sub home");
  assert_refused (alias, "outside", MULLION_ERROR_NOT_ALLOWED);
}

static void
test_resource (void)
{
  g_autoptr(GFile) root = g_file_new_for_uri ("resource:///org/gtk/libgtk/theme");
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionAppFile) file = mullion_app_file_open (root, "Default/gtk.css", &error);
  g_autoptr(MullionAppFile) folder = mullion_app_file_open (root, "Default", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (file->content_type, ==, "text/css; charset=utf-8");
  g_assert_cmpuint (file->size, >, 0);
  g_assert_true (G_IS_SEEKABLE (file->stream));
  g_assert_nonnull (folder);
  g_assert_null (folder->stream);
  assert_refused (root, "Default/missing.css", MULLION_ERROR_NOT_FOUND);
}

/* --- addresses ---------------------------------------------------------- */

static void
assert_uri (MullionAppScheme *scheme,
            const char       *path,
            const char       *query,
            const char       *hash,
            const char       *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = mullion_app_scheme_dup_uri (scheme, path, query, hash, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, expected);
}

static void
test_uri (Folder        *folder,
          gconstpointer  data)
{
  g_autoptr(MullionAppScheme) scheme = mullion_app_scheme_new ("org.example.notes");
  g_autofree char *absolute = g_build_filename (folder->path, "sub", "a#b.html", NULL);

  mullion_app_scheme_set_root (scheme, folder->root);

  assert_uri (scheme, "index.html", NULL, NULL, ORIGIN "/index.html");
  assert_uri (scheme, "./sub/../index.html", "", "", ORIGIN "/index.html");
  assert_uri (scheme, "missing.html", "?a=1&b=2", "#top", ORIGIN "/missing.html?a=1&b=2#top");
  assert_uri (scheme, "index.html", "q=a b#c%20", "x y", ORIGIN "/index.html?q=a%20b%23c%20#x%20y");
  assert_uri (scheme, "sub", NULL, NULL, ORIGIN "/sub/");
  assert_uri (scheme, ".", NULL, NULL, ORIGIN "/");
  assert_uri (scheme, "a?b.html", NULL, NULL, ORIGIN "/a%3Fb.html");
  assert_uri (scheme, absolute, NULL, NULL, ORIGIN "/sub/a%23b.html");
}

static void
test_uri_refuses (Folder        *folder,
                  gconstpointer  data)
{
  g_autoptr(MullionAppScheme) scheme = mullion_app_scheme_new ("org.example.notes");
  const char *outside[] = { "../secret", "/etc/passwd", "resource:///org/gtk", "sub/../../secret" };

  mullion_app_scheme_set_root (scheme, folder->root);

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *uri = mullion_app_scheme_dup_uri (scheme, outside[i], NULL, NULL, &error);

      g_assert_null (uri);
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED);
      g_assert_nonnull (strstr (error->message, outside[i]));
      g_assert_nonnull (strstr (error->message, folder->path));
    }
}

static void
test_uri_chooses_root (Folder        *folder,
                       gconstpointer  data)
{
  g_autoptr(MullionAppScheme) absolute = mullion_app_scheme_new ("org.example.notes");
  g_autoptr(MullionAppScheme) relative = mullion_app_scheme_new ("org.example.notes");
  g_autoptr(MullionAppScheme) resource = mullion_app_scheme_new ("org.example.notes");
  g_autofree char *path = g_build_filename (folder->path, "index.html", NULL);
  g_autofree char *current = g_get_current_dir ();
  g_autofree char *uri = NULL;

  assert_uri (absolute, path, NULL, NULL, ORIGIN "/index.html");
  g_assert_true (g_file_equal (mullion_app_scheme_get_root (absolute), folder->root));

  assert_uri (relative, "pages/index.html", NULL, NULL, ORIGIN "/pages/index.html");
  g_assert_cmpstr (g_file_peek_path (mullion_app_scheme_get_root (relative)), ==, current);

  assert_uri (resource, "resource:///a/b/c.html", NULL, NULL, ORIGIN "/c.html");
  uri = g_file_get_uri (mullion_app_scheme_get_root (resource));
  g_assert_cmpstr (uri, ==, "resource:///a/b");
}

static void
test_policy (void)
{
  MullionAppScheme *scheme = mullion_app_scheme_new ("org.example.notes");
  g_autofree char *standard = g_strdup (mullion_app_scheme_get_policy (scheme));

  g_assert_nonnull (strstr (standard, "script-src 'self'"));
  g_assert_cmpstr (mullion_app_scheme_get_origin (scheme), ==, ORIGIN);

  mullion_app_scheme_set_policy (scheme, "default-src 'none';\nimg-src 'self'");
  g_assert_cmpstr (mullion_app_scheme_get_policy (scheme), ==,
                   "default-src 'none'; img-src 'self'");

  mullion_app_scheme_set_policy (scheme, NULL);
  g_assert_cmpstr (mullion_app_scheme_get_policy (scheme), ==, standard);

  g_assert_finalize_object (scheme);
}

/* A warning ends a test program, so that this happens in one of its own. */
static void
test_no_policy (void)
{
  if (g_test_subprocess ())
    {
      MullionAppScheme *scheme = mullion_app_scheme_new ("org.example.notes");

      mullion_app_scheme_set_policy (scheme, "");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*The Content-Security-Policy of app://org.example.notes is weak: there is "
                             "none*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* The resources of GTK stand in for an app's own. Without a display this
   * registers them, and nothing else of GTK is used. */
  gtk_disable_setlocale ();
  gtk_init_check ();

  g_test_add_func ("/app-path/decode", test_decode);
  g_test_add_func ("/app-path/refuse", test_refuse);
  g_test_add_func ("/app-path/too-long", test_too_long);
  g_test_add_func ("/app-path/encode", test_encode);
  g_test_add_func ("/app-path/encode-refuses", test_encode_refuses);

#define ADD(path, function) \
  g_test_add (path, Folder, NULL, set_up, function, tear_down)
  ADD ("/app-path/open", test_open);
  ADD ("/app-path/open-refuses", test_open_refuses);
  ADD ("/app-path/missing-root", test_missing_root);
  ADD ("/app-path/linked-root", test_linked_root);
  ADD ("/app-path/uri", test_uri);
  ADD ("/app-path/uri-refuses", test_uri_refuses);
  ADD ("/app-path/uri-chooses-root", test_uri_chooses_root);
#undef ADD
  g_test_add_func ("/app-path/resource", test_resource);
  g_test_add_func ("/app-path/policy", test_policy);
  g_test_add_func ("/app-path/no-policy", test_no_policy);

  return g_test_run ();
}
